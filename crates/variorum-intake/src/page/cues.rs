//! What the names of a page's elements, and the words on it, tell about a part of it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use super::tree::{NodeId, Tree};

/// Groups of cues, one bit each.
pub(crate) type Groups = u64;

/// A lexicon of cues.
pub(crate) struct Lexicon {
    finder: Option<AhoCorasick>,
    /// The group of each word, and whether it counts as a whole part only.
    words: Vec<(usize, bool)>,
    /// How many groups there are.
    pub groups: usize,
}

impl Lexicon {
    fn new(groups: &BTreeMap<String, Vec<String>>) -> Self {
        let mut words = Vec::new();
        let mut patterns = Vec::new();
        for (group, list) in groups.values().enumerate() {
            for word in list {
                words.push((
                    group,
                    word.len() <= 4 && word.bytes().all(|b| b.is_ascii_alphanumeric()),
                ));
                patterns.push(word.as_str());
            }
        }
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(patterns)
            .ok();
        Lexicon {
            finder,
            words,
            groups: groups.len(),
        }
    }

    /// The groups whose words stand in a text.
    pub(crate) fn groups_in(&self, text: &str) -> Groups {
        let mut found = 0;
        let bytes = text.as_bytes();
        let is_part = |at: Option<&u8>| at.is_none_or(|b| !b.is_ascii_alphanumeric());
        for hit in self
            .finder
            .iter()
            .flat_map(|finder| finder.find_overlapping_iter(text))
        {
            let Some(&(group, whole)) = self.words.get(hit.pattern().as_usize()) else {
                continue;
            };
            let fits = !whole
                || (is_part(hit.start().checked_sub(1).and_then(|at| bytes.get(at)))
                    && is_part(bytes.get(hit.end())));
            if fits {
                found |= 1 << group;
            }
        }
        found
    }
}

/// Cues in classes and ids.
pub(crate) static NAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&lists().names));
/// Cues in words.
pub(crate) static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&lists().words));

/// Attributes that tell what an element is for.
pub(crate) fn is_telling(attribute: &str) -> bool {
    matches!(
        attribute,
        "class"
            | "id"
            | "itemprop"
            | "role"
            | "data-component"
            | "data-testid"
            | "aria-label"
            | "data-module"
            | "data-type"
    )
}

/// The groups that an element's telling attributes name.
pub(crate) fn of_element(tree: &Tree<'_>, id: NodeId) -> Groups {
    let telling = tree
        .raw_attributes(id)
        .filter(|(name, value)| is_telling(name) && value.len() < LONGEST);
    telling.fold(0, |groups, (_, value)| groups | NAMES.groups_in(value))
}

/// Longer values, in bytes, are no names.
const LONGEST: usize = 2000;

#[derive(Deserialize, Default)]
struct Lists {
    names: BTreeMap<String, Vec<String>>,
    words: BTreeMap<String, Vec<String>>,
}

fn lists() -> Lists {
    toml::from_str(include_str!("../../data/cues.toml")).unwrap_or_default()
}
