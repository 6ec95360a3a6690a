//! What tells a block of the article from the rest of a page, as numbers.
//!
//! Each block is described by its words, by the element that holds it and those around, by how their
//! names read, by its place among the page's prose, by its neighbours, and by the heading above it.

use rustc_hash::FxHashSet;

use super::blocks::Block;
use super::cues::{self, Groups};
use super::layout::{self, Layout, Sum};
use super::shapes::{Shape, flag, shape, share};
use super::tags::Tag;
use super::tree::{NONE, NodeId, Tree};

/// What the page's head says of its article.
#[derive(Debug, Default)]
pub(crate) struct Hints<'a> {
    /// Its titles.
    pub titles: Vec<&'a str>,
    /// Its teaser.
    pub description: Option<&'a str>,
    /// Its text.
    pub body: Option<&'a str>,
}

/// Elements around a block whose distance counts.
const AROUND: [&[Tag]; 13] = [
    &[Tag::Article],
    &[Tag::Main],
    &[Tag::Aside],
    &[Tag::Nav],
    &[Tag::Footer],
    &[Tag::Header],
    &[Tag::Form],
    &[Tag::Figure, Tag::Figcaption],
    &[Tag::Table],
    &[Tag::Ul, Tag::Ol],
    &[Tag::Blockquote],
    &[Tag::Section],
    &[Tag::Button, Tag::Details],
];

/// Elements that hold blocks.
const HOLDING: [&[Tag]; 13] = [
    &[Tag::P],
    &[Tag::Div],
    &[Tag::Li],
    &[Tag::H1],
    &[Tag::H2],
    &[Tag::H3],
    &[Tag::H4, Tag::H5, Tag::H6],
    &[Tag::Td, Tag::Th],
    &[Tag::Tr],
    &[Tag::Blockquote],
    &[Tag::Figcaption],
    &[Tag::Button],
    &[Tag::Section, Tag::Article],
];

/// How far up elements are looked at.
const FARTHEST: usize = 40;

/// The features of each block, the same number for all.
pub(crate) fn features(tree: &Tree<'_>, blocks: &[Block], hints: &Hints<'_>) -> Vec<Vec<f32>> {
    let shapes: Vec<Shape> = blocks.iter().map(shape).collect();
    let titles: Vec<String> = hints
        .titles
        .iter()
        .map(|title| layout::letters(title))
        .collect();
    let layout = layout::layout(tree, blocks, &shapes, &titles);
    let set = |text: Option<&str>| -> FxHashSet<u64> {
        text.map(layout::runs)
            .unwrap_or_default()
            .into_iter()
            .collect()
    };
    let page = Page {
        tree,
        blocks,
        shapes: &shapes,
        title_words: hints.titles.iter().flat_map(|title| words(title)).collect(),
        body: set(hints.body),
        description: set(hints.description),
        head_line: layout
            .head
            .and_then(|head| blocks.get(head))
            .map(|block| line(tree, block.node))
            .unwrap_or_default(),
        layout: &layout,
    };
    let mut heading = None;
    let mut chars_before = 0.0;
    let mut rows = Vec::with_capacity(blocks.len());
    for (at, (block, shape)) in blocks.iter().zip(&shapes).enumerate() {
        let mut row = Vec::with_capacity(rows.first().map_or(256, Vec::len));
        page.of_words(at, block, shape, &mut row);
        page.of_elements(block, &mut row);
        page.of_place(at, block, chars_before, &mut row);
        page.of_neighbours(at, block, &mut row);
        of_heading(at, heading, &mut row);
        rows.push(row);
        chars_before += shape.chars;
        if tree.tag(block.node).is_some_and(Tag::is_heading) {
            heading = Some((at, shape.groups, shape.linked));
        }
    }
    rows
}

struct Page<'a> {
    tree: &'a Tree<'a>,
    blocks: &'a [Block],
    shapes: &'a [Shape],
    layout: &'a Layout,
    title_words: FxHashSet<String>,
    body: FxHashSet<u64>,
    description: FxHashSet<u64>,
    /// The headline's element and those above it.
    head_line: Vec<NodeId>,
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .map(str::to_lowercase)
}

/// An element and those above it.
fn line(tree: &Tree<'_>, id: NodeId) -> Vec<NodeId> {
    std::iter::once(id).chain(tree.above(id)).collect()
}

fn ln(number: f32) -> f32 {
    number.max(0.0).ln_1p()
}

fn nearness(distance: Option<usize>) -> f32 {
    distance.map_or(0.0, |distance| 1.0 / (1.0 + distance as f32))
}

fn bits(groups: Groups, count: usize, row: &mut Vec<f32>) {
    row.extend((0..count).map(|group| flag(groups >> group & 1 == 1)));
}

impl Page<'_> {
    fn of_words(&self, at: usize, block: &Block, s: &Shape, row: &mut Vec<f32>) {
        row.extend([
            ln(s.chars),
            s.words,
            s.linked,
            s.bold,
            s.ends,
            s.sentences,
            s.commas,
            s.digits,
            s.upper,
            s.length,
        ]);
        row.extend([
            s.lower_words,
            s.marks,
            s.lower,
            s.colon,
            s.dots,
            s.question,
            s.address,
            s.lines,
            s.quote,
        ]);
        row.push(flag(block.hidden));
        bits(s.groups, cues::WORDS.groups, row);
        let (earlier, later) = self.layout.repeats.get(at).copied().unwrap_or_default();
        row.extend([earlier, later]);
        let runs = if self.body.is_empty() && self.description.is_empty() {
            Vec::new()
        } else {
            layout::runs(&block.text)
        };
        for known in [&self.body, &self.description] {
            let found = runs.iter().filter(|run| known.contains(run)).count();
            row.push(if known.is_empty() {
                -1.0
            } else {
                share(found as f32, runs.len() as f32)
            });
        }
        let of_title = if block.text.len() < 400 {
            words(&block.text)
                .filter(|word| self.title_words.contains(word))
                .count()
        } else {
            0
        };
        row.extend([
            share(of_title as f32, self.title_words.len() as f32),
            share(of_title as f32, s.words),
        ]);
    }

    fn of_elements(&self, block: &Block, row: &mut Vec<f32>) {
        let tag = self.tree.tag(block.node);
        row.extend(
            HOLDING
                .iter()
                .map(|tags| flag(tag.is_some_and(|tag| tags.contains(&tag)))),
        );
        let line = line(self.tree, block.node);
        let near = line.get(..FARTHEST).unwrap_or(&line);
        let tags: Vec<Tag> = near.iter().filter_map(|&id| self.tree.tag(id)).collect();
        row.extend(
            AROUND
                .iter()
                .map(|wanted| nearness(tags.iter().position(|tag| wanted.contains(tag)))),
        );
        let mut distances = [None; 64];
        for (distance, (&id, tag)) in near.iter().zip(&tags).enumerate() {
            let mut groups = self
                .layout
                .groups
                .get(id as usize)
                .copied()
                .unwrap_or_default();
            while groups != 0 && !matches!(tag, Tag::Body | Tag::Html) {
                if let Some(slot) = distances.get_mut(groups.trailing_zeros() as usize) {
                    *slot = slot.or(Some(distance));
                }
                groups &= groups - 1;
            }
        }
        row.extend(
            distances
                .iter()
                .take(cues::NAMES.groups)
                .map(|&distance| nearness(distance)),
        );
        let total = self.sum(0);
        for level in 0..5 {
            let id = line.get(level).copied().unwrap_or(0);
            let sum = self.sum(id);
            row.extend([
                ln(sum.chars),
                share(sum.linked, sum.chars),
                ln(sum.blocks),
                share(sum.chars, sum.blocks),
            ]);
            row.extend([
                share(sum.chars, total.chars),
                share(sum.prose, sum.chars),
                share(sum.items, sum.blocks),
            ]);
            row.push(self.layout.alike.get(id as usize).copied().unwrap_or(0) as f32);
        }
        row.push(line.len() as f32);
        let parent = self
            .tree
            .nodes
            .get(block.node as usize)
            .map_or(NONE, |node| node.parent);
        let beside = self
            .tree
            .children(parent)
            .filter(|&id| self.tree.tag(id).is_some())
            .take(50)
            .count();
        row.push(beside as f32);
    }

    fn sum(&self, id: NodeId) -> Sum {
        self.layout
            .sums
            .get(id as usize)
            .copied()
            .unwrap_or_default()
    }

    fn of_place(&self, at: usize, block: &Block, chars_before: f32, row: &mut Vec<f32>) {
        let total = self.sum(0);
        let line = line(self.tree, block.node);
        for target in [self.layout.best, self.layout.core] {
            let end = self.tree.after(target);
            let inside = line.iter().position(|&id| id == target);
            row.push(inside.map_or(-1.0, |levels| levels as f32));
            // Levels to the nearest element around both.
            let common = line
                .iter()
                .position(|&id| id <= target && self.tree.after(id) >= end);
            row.push(common.map_or(-1.0, |levels| levels as f32));
            let sum = self.sum(target);
            row.extend([
                share(sum.chars, total.chars),
                share(sum.prose, total.prose),
                share(sum.linked, sum.chars),
            ]);
            let from = self.blocks.partition_point(|block| block.node < target);
            let to = self.blocks.partition_point(|block| block.node < end);
            let prose = |from: usize, to: usize| {
                let before = |at: usize| {
                    self.layout
                        .prose_before
                        .get(at)
                        .copied()
                        .unwrap_or_default()
                };
                if from < to {
                    before(to) - before(from)
                } else {
                    0.0
                }
            };
            row.extend([
                share(prose(from, at.min(to)), sum.prose),
                share(prose((at + 1).max(from), to), sum.prose),
            ]);
        }
        // The headline.
        let common = line.iter().position(|id| self.head_line.contains(id));
        row.push(common.map_or(-1.0, |levels| levels as f32));
        let around = common
            .and_then(|levels| line.get(levels))
            .copied()
            .unwrap_or(0);
        let from_head = self.head_line.iter().position(|&id| id == around);
        row.push(from_head.map_or(-1.0, |levels| levels as f32));
        row.push(share(self.sum(around).prose, total.prose));
        let article = |line: &[NodeId]| {
            line.iter()
                .copied()
                .find(|&id| self.tree.tag(id) == Some(Tag::Article))
        };
        let (own, heads) = (article(&line), article(&self.head_line));
        row.push(if own.is_none() {
            0.0
        } else if own == heads {
            1.0
        } else {
            -1.0
        });
        row.push(
            self.layout
                .head
                .map_or(-500.0, |head| at as f32 - head as f32),
        );
        let before = |at: usize| {
            self.layout
                .prose_before
                .get(at)
                .copied()
                .unwrap_or_default()
        };
        row.push(
            self.layout
                .head
                .map_or(0.0, |head| share(before(at) - before(head), total.prose)),
        );
        row.extend([
            at as f32 / self.blocks.len() as f32,
            share(chars_before, total.chars),
        ]);
        row.push(share(before(at), total.prose));
        let place = self.layout.places.get(at).copied().unwrap_or_default();
        row.extend([
            ln(place.chars),
            share(place.linked, place.chars),
            ln(place.blocks),
            share(place.chars, place.blocks),
        ]);
        row.extend([
            share(place.prose, place.chars),
            share(place.chars, total.chars),
        ]);
        row.extend([
            ln(total.chars),
            ln(total.blocks),
            share(total.prose, total.chars),
            ln(total.prose),
            share(total.linked, total.chars),
        ]);
    }

    fn of_neighbours(&self, at: usize, block: &Block, row: &mut Vec<f32>) {
        let parent = |id: NodeId| self.tree.nodes.get(id as usize).map(|node| node.parent);
        for offset in [-3, -2, -1, 1, 2, 3] {
            let other = at.checked_add_signed(offset);
            let Some((other, shape)) =
                other.and_then(|at| Some((self.blocks.get(at)?, self.shapes.get(at)?)))
            else {
                row.extend([-1.0; 6]);
                continue;
            };
            let tag = self.tree.tag(other.node);
            row.extend([ln(shape.chars), shape.linked, shape.ends]);
            row.push(flag(tag.is_some_and(Tag::is_heading)));
            row.push(flag(parent(other.node) == parent(block.node)));
            row.push(flag(tag == self.tree.tag(block.node)));
        }
    }
}

fn of_heading(at: usize, heading: Option<(usize, Groups, f32)>, row: &mut Vec<f32>) {
    let (distance, groups, linked) = heading.map_or((-1.0, 0, -1.0), |(above, groups, linked)| {
        ((at - above) as f32, groups, linked)
    });
    row.extend([distance, linked]);
    bits(groups, cues::WORDS.groups, row);
}
