//! Where the text of a page is: sums over its elements, the place of its headline and of its prose,
//! places that look alike, and words that stand on it twice.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::blocks::Block;
use super::cues::{self, Groups};
use super::shapes::{Shape, share};
use super::tags::Tag;
use super::tree::{NONE, NodeId, Tree};

/// Sums over the blocks below an element.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    pub chars: f32,
    pub linked: f32,
    pub blocks: f32,
    /// Characters in blocks of prose.
    pub prose: f32,
    /// Blocks that are items of lists.
    pub items: f32,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.chars += other.chars;
        self.linked += other.linked;
        self.blocks += other.blocks;
        self.prose += other.prose;
        self.items += other.items;
    }
}

/// What is known of each block from the page around it.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Sums below each node.
    pub sums: Vec<Sum>,
    /// Groups of [`cues::NAMES`] of each node.
    pub groups: Vec<Groups>,
    /// How many elements have the same name and class, for elements that have a class.
    pub alike: Vec<u32>,
    /// The element that scores best as container of prose.
    pub best: NodeId,
    /// The deepest element with most of the prose.
    pub core: NodeId,
    /// The block of the headline.
    pub head: Option<usize>,
    /// Sums over the blocks in places that look alike, for each block.
    pub places: Vec<Sum>,
    /// Share of each block's runs of four words that stand in an earlier block, and in a later one.
    pub repeats: Vec<(f32, f32)>,
    /// Characters of prose before each block, and after the last.
    pub prose_before: Vec<f32>,
}

/// Looks over a page. `titles`: its title as its head gives it.
pub(crate) fn layout(
    tree: &Tree<'_>,
    blocks: &[Block],
    shapes: &[Shape],
    titles: &[String],
) -> Layout {
    let (groups, alike) = names(tree);
    let sums = sums(tree, blocks, shapes);
    let best = best(tree, blocks, shapes, &sums);
    let mut prose_before = vec![0.0];
    let mut prose = 0.0;
    for shape in shapes {
        prose += shape.prose();
        prose_before.push(prose);
    }
    Layout {
        core: core(tree, &sums),
        head: head(tree, blocks, titles),
        places: places(tree, blocks, shapes),
        repeats: repeats(blocks),
        best,
        sums,
        groups,
        alike,
        prose_before,
    }
}

fn names(tree: &Tree<'_>) -> (Vec<Groups>, Vec<u32>) {
    let mut known: FxHashMap<u64, (Groups, u32)> = FxHashMap::default();
    let keys: Vec<Option<u64>> = (0..tree.nodes.len() as NodeId)
        .map(|id| {
            let tag = tree.tag(id)?;
            let mut hasher = FxHasher::default();
            tag.hash(&mut hasher);
            let mut any = false;
            for (name, value) in tree.raw_attributes(id) {
                if cues::is_telling(name) {
                    any = true;
                    (name, value).hash(&mut hasher);
                }
            }
            if !any {
                return None;
            }
            let key = hasher.finish();
            known
                .entry(key)
                .or_insert_with(|| (cues::of_element(tree, id), 0))
                .1 += 1;
            Some(key)
        })
        .collect();
    let of = |key: Option<u64>| {
        key.and_then(|key| known.get(&key))
            .copied()
            .unwrap_or_default()
    };
    keys.into_iter().map(of).unzip()
}

fn sums(tree: &Tree<'_>, blocks: &[Block], shapes: &[Shape]) -> Vec<Sum> {
    let mut sums = vec![Sum::default(); tree.nodes.len()];
    for (block, shape) in blocks.iter().zip(shapes) {
        let items = if tree.tag(block.node) == Some(Tag::Li) {
            1.0
        } else {
            0.0
        };
        let sum = Sum {
            chars: shape.chars,
            linked: shape.linked * shape.chars,
            blocks: 1.0,
            prose: shape.prose(),
            items,
        };
        if let Some(at) = sums.get_mut(block.node as usize) {
            at.add(sum);
        }
    }
    // Children have higher numbers than their parents.
    for id in (1..tree.nodes.len()).rev() {
        let Some(sum) = sums.get(id).copied().filter(|sum| sum.blocks > 0.0) else {
            continue;
        };
        let parent = tree.nodes.get(id).map_or(NONE, |node| node.parent);
        if let Some(above) = sums.get_mut(parent as usize) {
            above.add(sum);
        }
    }
    sums
}

/// The container that paragraphs speak for, each less for those farther above it, as Readability
/// weighs them.
fn best(tree: &Tree<'_>, blocks: &[Block], shapes: &[Shape], sums: &[Sum]) -> NodeId {
    let mut scores: FxHashMap<NodeId, f32> = FxHashMap::default();
    for (block, shape) in blocks
        .iter()
        .zip(shapes)
        .filter(|(_, shape)| shape.is_prose())
    {
        let commas = shape.commas * shape.chars / 100.0;
        let mut score = 1.0 + commas + (shape.chars / 100.0).min(3.0);
        for above in tree.above(block.node).take(3) {
            *scores.entry(above).or_default() += score;
            score *= 0.5;
        }
    }
    let unlinked = |id: NodeId| {
        sums.get(id as usize)
            .map_or(0.0, |sum| 1.0 - share(sum.linked, sum.chars))
    };
    let mut scores: Vec<(NodeId, f32)> = scores
        .into_iter()
        .map(|(id, score)| (id, score * unlinked(id)))
        .collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    scores.first().map_or(0, |&(id, _)| id)
}

fn core(tree: &Tree<'_>, sums: &[Sum]) -> NodeId {
    let prose = |id: NodeId| sums.get(id as usize).map_or(0.0, |sum| sum.prose);
    let most = 0.6 * prose(0);
    let mut core = 0;
    while most > 0.0
        && let Some(child) = tree.children(core).find(|&child| prose(child) > most)
    {
        core = child;
    }
    core
}

/// The first heading that says what the page's title says, or the first heading of the first rank.
fn head(tree: &Tree<'_>, blocks: &[Block], titles: &[String]) -> Option<usize> {
    let says_title = |block: &Block| {
        let key = letters(&block.text);
        key.len() >= 8
            && titles.iter().any(|title| {
                title.starts_with(&key) || (title.len() >= 20 && key.starts_with(title))
            })
    };
    let first = |tags: &[Tag], title: bool| {
        blocks.iter().position(|block| {
            tree.tag(block.node)
                .is_some_and(|tag| tags.is_empty() || tags.contains(&tag))
                && (!title || says_title(block))
        })
    };
    first(&[Tag::H1], true)
        .or_else(|| first(&[Tag::H2, Tag::H3], true))
        .or_else(|| first(&[Tag::H1], false))
        .or_else(|| first(&[], true))
}

/// A text's letters and digits in lower case, by which texts are compared.
pub(crate) fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// So many bytes of a class tell places apart.
const LONGEST_CLASS: usize = 400;

fn places(tree: &Tree<'_>, blocks: &[Block], shapes: &[Shape]) -> Vec<Sum> {
    let class = |id: NodeId| {
        let class = tree.raw_attributes(id).find(|(name, _)| *name == "class");
        let class = class.map_or("", |(_, value)| value).as_bytes();
        class.get(..LONGEST_CLASS).unwrap_or(class)
    };
    let place = |id: NodeId| {
        let parent = tree.nodes.get(id as usize).map_or(NONE, |node| node.parent);
        (tree.tag(id), class(id), tree.tag(parent), class(parent))
    };
    let mut sums: FxHashMap<_, Sum> = FxHashMap::default();
    for (block, shape) in blocks.iter().zip(shapes) {
        let sum = Sum {
            chars: shape.chars,
            linked: shape.linked * shape.chars,
            blocks: 1.0,
            prose: shape.prose(),
            items: 0.0,
        };
        sums.entry(place(block.node)).or_default().add(sum);
    }
    blocks
        .iter()
        .map(|block| sums.get(&place(block.node)).copied().unwrap_or_default())
        .collect()
}

fn repeats(blocks: &[Block]) -> Vec<(f32, f32)> {
    let runs: Vec<Vec<u64>> = blocks.iter().map(|block| runs(&block.text)).collect();
    // The first and last block in which each run stands.
    let mut stands: FxHashMap<u64, (usize, usize)> = FxHashMap::default();
    for (at, runs) in runs.iter().enumerate() {
        for &run in runs {
            stands
                .entry(run)
                .and_modify(|range| range.1 = at)
                .or_insert((at, at));
        }
    }
    let of = |(at, runs): (usize, &Vec<u64>)| {
        let count = |is: &dyn Fn((usize, usize)) -> bool| {
            runs.iter()
                .filter(|run| stands.get(run).is_some_and(|&range| is(range)))
                .count() as f32
        };
        let all = runs.len() as f32;
        (
            share(count(&|range| range.0 < at), all),
            share(count(&|range| range.1 > at), all),
        )
    };
    runs.iter().enumerate().map(of).collect()
}

/// A text's runs of four words, each as one number; a shorter text is one run.
pub(crate) fn runs(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut hasher = FxHasher::default();
            word.chars()
                .flat_map(char::to_lowercase)
                .for_each(|c| c.hash(&mut hasher));
            hasher.finish()
        })
        .collect();
    let number = |words: &[u64]| {
        let mut hasher = FxHasher::default();
        words.hash(&mut hasher);
        hasher.finish()
    };
    if words.len() < 4 {
        vec![number(&words)]
    } else {
        words.windows(4).map(number).collect()
    }
}
