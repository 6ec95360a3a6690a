//! Web pages: the article's text and what the page says about it.
//!
//! `parse` makes a `tree` of the page. `facts` reads what the page says about itself: title, author,
//! outlet, dates, address, each with the place where it stands. `blocks` cuts the page's words
//! into paragraphs and the like; `shapes`, `cues` and `layout` look at them, `features` makes
//! numbers of that, and a `forest` that was trained on pages with known articles tells how likely
//! each belongs to the article; `body` chooses. `kinds` says what is no whole article.

mod blocks;
mod body;
mod byline;
mod cells;
mod cues;
mod dates;
mod facts;
mod features;
pub mod forest;
mod headline;
mod jsonld;
mod kinds;
mod layout;
mod marks;
mod meta;
mod names;
mod parse;
mod shapes;
mod shown;
mod site;
mod tags;
mod tree;
mod words;
mod written;

use crate::kept::kept;
use features::Hints;
use tree::Tree;
use variorum_model::PageKind;

pub use facts::{Facts, Found};

/// Longer articles in a page's data stand for what the page shows, if that is so much shorter.
const HIDDEN_TEXT: usize = 3;

/// A page that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What it says about itself.
    pub facts: Facts,
    /// The article's text, its paragraphs parted by empty lines; empty if there is none.
    pub text: String,
    /// What kind of page it is.
    pub kind: PageKind,
}

/// Reads a page. `address` is where it was fetched, if that is known; that of an archive's copy is
/// read as the address of the page that it keeps.
pub fn read(html: &str, address: Option<&str>) -> Page {
    let kept = address.and_then(kept);
    let address = kept.as_ref().map(|kept| kept.address.as_str()).or(address);
    let tree = parse::parse(html);
    let facts = facts::facts(&tree, address);
    let mut text = body::text(&tree, &hints(&facts));
    // Pages that are filled in by scripts show less than their data holds.
    if let Some(body) = facts
        .body
        .as_ref()
        .filter(|body| body.len() > HIDDEN_TEXT * text.len())
    {
        text.clone_from(body);
    }
    let kind = kinds::kind(&facts, text.chars().count());
    Page { facts, text, kind }
}

/// The words of a piece of HTML, such as a feed's entry, all of which is the article.
pub fn plain(html: &str) -> String {
    let tree = parse::parse(html);
    body::join(&tree, &blocks::blocks(&tree))
}

fn hints(facts: &Facts) -> Hints<'_> {
    Hints {
        titles: facts
            .title
            .iter()
            .map(|title| title.value.as_str())
            .collect(),
        description: facts.description.as_deref(),
        body: facts.body.as_deref(),
    }
}

/// A page's blocks with what tells them apart, for learning to choose among them.
pub struct Blocks<'a> {
    tree: Tree<'a>,
    list: Vec<blocks::Block>,
    /// The features of each block.
    pub features: Vec<Vec<f32>>,
}

impl<'a> Blocks<'a> {
    /// Cuts up a page.
    pub fn of(html: &'a str, address: Option<&str>) -> Self {
        let tree = parse::parse(html);
        let blocks = blocks::blocks(&tree);
        let facts = facts::facts(&tree, address);
        let features = features::features(&tree, &blocks, &hints(&facts));
        Blocks {
            tree,
            list: blocks,
            features,
        }
    }

    /// The text of each block.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|block| block.text.as_str())
    }

    /// The article's text, by how likely each block belongs to it.
    pub fn body(&self, likely: &[f32]) -> String {
        body::body(&self.tree, &self.list, likely)
    }
}

impl Page {
    /// A page of which only the words are known.
    pub(crate) fn of_words(text: String, kind: PageKind) -> Self {
        let facts = facts::facts(&parse::parse(""), None);
        Page { facts, text, kind }
    }
}
