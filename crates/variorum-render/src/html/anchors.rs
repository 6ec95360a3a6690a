//! Ids of the page's elements. Every id is claimed here, so that no two are alike whatever the
//! story file holds, and so that a link is only made to what exists.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::Story;

/// The ids given out so far.
#[derive(Default)]
pub(super) struct Anchors {
    taken: BTreeSet<String>,
    /// The last number added to an id that was wanted again.
    numbers: BTreeMap<String, usize>,
}

impl Anchors {
    /// An id like the wanted one that no other element has.
    pub(super) fn claim(&mut self, kind: &str, wanted: &str) -> String {
        let wanted: String = wanted
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(40)
            .collect();
        let base = format!("{kind}-{}", wanted.to_ascii_lowercase());
        let mut id = base.clone();
        let number = self.numbers.entry(base.clone()).or_insert(1);
        while !self.taken.insert(id.clone()) {
            *number += 1;
            id = format!("{base}-{number}");
        }
        id
    }
}

/// The ids of a story's lines in their order, and by their own ids.
pub(super) struct StoryAnchors {
    pub(super) statements: Vec<String>,
    pub(super) timeline: Vec<String>,
    pub(super) figures: Vec<String>,
    pub(super) positions: Vec<String>,
    pub(super) disagreements: Vec<String>,
    by_id: BTreeMap<String, String>,
}

impl StoryAnchors {
    pub(super) fn of(story: &Story, anchors: &mut Anchors) -> Self {
        let mut by_id = BTreeMap::new();
        let mut claim = |kind: &str, id: &str| {
            let anchor = anchors.claim(kind, id);
            by_id.entry(id.to_owned()).or_insert_with(|| anchor.clone());
            anchor
        };
        let statements = story
            .statements
            .iter()
            .map(|s| claim("statement", &s.id))
            .collect();
        let timeline = story
            .timeline
            .iter()
            .map(|e| claim("event", &e.id))
            .collect();
        let figures = story
            .figures
            .iter()
            .map(|f| claim("figure", &f.id))
            .collect();
        let positions = story
            .positions
            .iter()
            .map(|p| claim("position", &p.id))
            .collect();
        let disagreements = story
            .disagreements
            .iter()
            .map(|d| claim("disagreement", &d.id))
            .collect();
        StoryAnchors {
            statements,
            timeline,
            figures,
            positions,
            disagreements,
            by_id,
        }
    }

    /// Where the statement, event or figure with this id stands.
    pub(super) fn get(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(String::as_str)
    }
}
