//! Tables that lay out a page: a cell of links beside the cell that holds the text is navigation.

use rustc_hash::FxHashMap;

use super::blocks::Block;
use super::tags::Tag;
use super::tree::{NodeId, Tree};

/// A cell of navigation has at least so many blocks or lines of links ...
const LINES: usize = 3;
/// ... of which so much is in links.
const LINKED: f32 = 0.7;
/// The cell of the text has at least so many characters outside of links ...
const LEAST_TEXT: u32 = 200;
/// ... and this share of those on the page.
const OF_PAGE: f32 = 0.5;

#[derive(Default, Clone, Copy)]
struct Sum {
    chars: u32,
    linked: u32,
    lines: usize,
}

/// For each block, whether it stands in a cell of navigation beside the text.
pub(crate) fn navigation(tree: &Tree<'_>, blocks: &[Block]) -> Vec<bool> {
    let cells = |node: NodeId| {
        std::iter::once(node)
            .chain(tree.above(node))
            .filter(|&id| matches!(tree.tag(id), Some(Tag::Td | Tag::Th)))
    };
    let mut sums: FxHashMap<NodeId, Sum> = FxHashMap::default();
    let mut unlinked = 0;
    for block in blocks {
        unlinked += block.chars - block.linked;
        for cell in cells(block.node) {
            let sum = sums.entry(cell).or_default();
            sum.chars += block.chars;
            sum.linked += block.linked;
            sum.lines += block.text.lines().count();
        }
    }
    let row = |cell: NodeId| tree.above(cell).next();
    let is_text = |sum: &Sum| {
        let own = sum.chars - sum.linked;
        own >= LEAST_TEXT && own as f32 >= OF_PAGE * unlinked as f32
    };
    let rows: Vec<NodeId> = sums
        .iter()
        .filter(|(_, sum)| is_text(sum))
        .filter_map(|(&cell, _)| row(cell))
        .collect();
    let is_navigation = |cell: NodeId| {
        sums.get(&cell)
            .is_some_and(|sum| sum.lines >= LINES && sum.linked as f32 >= LINKED * sum.chars as f32)
            && row(cell).is_some_and(|row| rows.contains(&row))
    };
    blocks
        .iter()
        .map(|block| !rows.is_empty() && cells(block.node).any(is_navigation))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::blocks::blocks;
    use crate::page::parse::parse;

    #[test]
    fn cells_of_links_beside_the_text() {
        let check = |row: &str, expected: &[&str]| {
            let html = format!("<table><tr>{row}</tr></table>");
            let tree = parse(&html);
            let blocks = blocks(&tree);
            let marked = navigation(&tree, &blocks);
            let left: Vec<&str> = blocks
                .iter()
                .zip(marked)
                .filter(|(_, navigation)| *navigation)
                .map(|(block, _)| block.text.as_str())
                .collect();
            assert_eq!(left, expected, "{row}");
        };
        let text = format!(
            "<td><h1>Old bridge</h1>{}</td>",
            "<p>The council met on Monday.</p>".repeat(20)
        );
        let links = "<td><a>Home</a><br><a>News</a><br><a>Sport</a></td>";
        let found: &[&str] = &["Home\nNews\nSport"];
        check(&format!("{links}{text}"), found);
        check(&format!("{text}{links}"), found);
        check(
            &format!("<td><ul><li><a>Home</a><li><a>News</a><li><a>Sport</a></ul></td>{text}"),
            &["Home", "News", "Sport"],
        );
        check(
            &format!(
                "<td><table><tr><td><a>Home</a><tr><td><a>News</a><tr><td><a>Sport</a></table></td>{text}"
            ),
            &["Home", "News", "Sport"],
        );
        check(&format!("<td><a>Old bridge</a></td>{text}"), &[]);
        check(
            &format!("<td>The council met.<br>It agreed.<br>It left.</td>{text}"),
            &[],
        );
        check(links, &[]);
    }
}
