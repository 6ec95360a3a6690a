//! The article's text: the blocks of a page that a trained forest takes for it.
//!
//! Blocks are judged one by one by their [`features`](super::features); the weights come from `variorum-train pages`.
//! A page on which no block is sure gives those that are surest on it. What says again what stands
//! before it is left out. A dateline in an element of its own belongs to the paragraph behind it.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::blocks::{self, Block};
use super::cells::navigation;
use super::features::{Hints, features};
use super::forest::Forest;
use super::layout::runs;
use super::shapes::{flag, shape};
use super::tags::Tag;
use super::tree::Tree;

/// A block is taken when it is at least so likely to belong to the article ...
const LEAST: f32 = 0.35;
/// ... or so likely in relation to the surest long block of the page.
const OF_SUREST: f32 = 0.5;
/// A long block has so many characters.
const LONG: u32 = 80;
/// A block with so many runs of four words that all stood before is one that is repeated ...
const REPEATED: usize = 17;
/// ... and one with so many, of which nearly all did, holds the article once more.
const ARTICLE: usize = 200;
/// A page of more blocks than this is no article's: of one, what reads like prose is taken.
const MOST_JUDGED: usize = 50_000;

static FOREST: LazyLock<Forest> = LazyLock::new(|| {
    postcard::from_bytes(include_bytes!("../../models/page-body.bin")).unwrap_or_default()
});

/// The article's text, its paragraphs parted by empty lines, items of lists and rows of tables by line breaks.
pub(crate) fn text(tree: &Tree<'_>, hints: &Hints<'_>) -> String {
    let blocks = blocks::blocks(tree);
    let mut likely: Vec<f32> = if blocks.len() > MOST_JUDGED {
        let prose = |block| flag(shape(block).is_prose());
        blocks.iter().map(prose).collect()
    } else {
        FOREST.probabilities(&features(tree, &blocks, hints))
    };
    for (likely, navigation) in likely.iter_mut().zip(navigation(tree, &blocks)) {
        if navigation {
            *likely = 0.0;
        }
    }
    body(tree, &blocks, &likely)
}

/// The article's text, by how likely each block belongs to it.
pub(crate) fn body(tree: &Tree<'_>, blocks: &[Block], likely: &[f32]) -> String {
    join(tree, choose(blocks, likely))
}

/// The blocks that make up the article, by how likely each belongs to it.
fn choose<'a>(blocks: &'a [Block], likely: &[f32]) -> Vec<&'a Block> {
    let long = blocks
        .iter()
        .zip(likely)
        .filter(|(block, _)| block.chars > LONG);
    let surest = long.map(|(_, &likely)| likely).fold(0.0, f32::max);
    let least = LEAST.min(OF_SUREST * surest);
    let mut seen = FxHashSet::default();
    let mut chosen = Vec::new();
    let mut dateline = None;
    for (block, &likely) in blocks.iter().zip(likely) {
        let before = dateline.take();
        if likely <= least {
            dateline = is_dateline(&block.text).then_some(block);
        } else {
            let runs = runs(&block.text);
            let again = runs.iter().filter(|run| seen.contains(*run)).count();
            let repeated = (runs.len() >= REPEATED && again == runs.len())
                || (runs.len() >= ARTICLE && 5 * again > 4 * runs.len());
            if !repeated {
                seen.extend(runs);
                chosen.extend(before);
                chosen.push(block);
            }
        }
    }
    chosen
}

/// The text of blocks, paragraphs parted by empty lines, items of a list and rows of a table by line
/// breaks.
pub(crate) fn join<'a>(tree: &Tree<'_>, blocks: impl IntoIterator<Item = &'a Block>) -> String {
    let mut text = String::new();
    let mut before = None;
    let mut opens = false;
    for block in blocks {
        let tag = tree.tag(block.node);
        if !text.is_empty() {
            let listed =
                matches!(tag, Some(Tag::Li | Tag::Tr | Tag::Dd | Tag::Dt)) && tag == before;
            text.push_str(match (opens, listed) {
                (true, _) => " ",
                (false, true) => "\n",
                (false, false) => "\n\n",
            });
        }
        text.push_str(&block.text);
        opens = block.text.ends_with(DASHES) && is_dateline(&block.text);
        before = tag;
    }
    text
}

/// A dateline is at most so many bytes long.
const LONGEST_DATELINE: usize = 80;
/// Marks at its end.
const DASHES: [char; 3] = ['—', '–', '-'];

/// Whether a block is a place with an agency behind it or a dash ("ASHFORD, Kent (AP) —").
fn is_dateline(text: &str) -> bool {
    let front = text.trim_end_matches(DASHES).trim_end();
    let dashed = front.len() < text.len();
    let agency = front
        .strip_suffix(')')
        .and_then(|front| front.rsplit_once('('))
        .map(|(_, agency)| agency);
    let place = front.split(['(', ',', ' ']).next().unwrap_or_default();
    let capitals = |word: &str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !word.chars().any(char::is_lowercase)
    };
    let sure = match agency {
        Some(agency) if dashed => agency.chars().all(|c| c.is_alphabetic() || c == ' '),
        Some(agency) => {
            capitals(place) && !agency.contains(' ') && agency.starts_with(char::is_uppercase)
        }
        None => dashed && capitals(place),
    };
    sure && text.len() <= LONGEST_DATELINE && place.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::parse::parse;

    #[test]
    fn datelines() {
        for (text, expected) in [
            ("ASHFORD, Kent (AP) —", true),
            ("PARIS, Jan. 7 (Reuters) -", true),
            ("LONDON —", true),
            ("Berlin (dpa) –", true),
            ("NEW YORK (AP)", true),
            ("MORE NEWS", false),
            ("Photo (Getty Images)", false),
            ("The bridge —", false),
            ("(AP) —", false),
            ("", false),
        ] {
            assert_eq!(is_dateline(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_dateline_of_its_own_opens_the_paragraph_behind_it() {
        let told = "Inspectors found cracks in three arches of the old bridge, and lorries keep off it until they are mended.";
        let html =
            format!("<p>ASHFORD, Kent (AP) —</p><p>{told}</p><p>PARIS —</p><ul><li>More</ul>");
        let tree = parse(&html);
        let blocks = blocks::blocks(&tree);
        let text = body(&tree, &blocks, &[0.1, 0.9, 0.1, 0.1]);
        assert_eq!(text, format!("ASHFORD, Kent (AP) — {told}"));
    }
}
