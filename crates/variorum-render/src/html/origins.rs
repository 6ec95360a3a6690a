//! Where a story's reports come from: who shares text with whom, passage beside passage.

use variorum_model::{Origin, Story};

use super::texts::{Passage, Texts};
use crate::labels::Labels;
use crate::words;

/// The most shared passages shown for two reports.
const PASSAGES: usize = 12;

/// Reports with a common origin.
pub(super) struct OriginView {
    pub(super) who: String,
    pub(super) how: String,
    pub(super) edges: Vec<EdgeView>,
}

/// Two reports that share text.
pub(super) struct EdgeView {
    pub(super) line: String,
    pub(super) passages: Vec<(Passage, Passage)>,
    /// How many more there are.
    pub(super) more: usize,
}

/// The origins of more than one report.
pub(super) fn views(story: &Story, labels: &Labels<'_>, texts: &mut Texts<'_>) -> Vec<OriginView> {
    let shared = story
        .origins
        .iter()
        .filter(|origin| origin.reports.len() > 1);
    shared.map(|origin| view(origin, labels, texts)).collect()
}

fn view(origin: &Origin, labels: &Labels<'_>, texts: &mut Texts<'_>) -> OriginView {
    let mut edges = Vec::new();
    for edge in &origin.edges {
        let shown = edge.passages.iter().take(PASSAGES);
        edges.push(EdgeView {
            line: words::edge(origin, edge, labels),
            passages: shown
                .map(|(a, b)| (texts.passage(a, labels), texts.passage(b, labels)))
                .collect(),
            more: edge.passages.len().saturating_sub(PASSAGES),
        });
    }
    OriginView {
        who: labels.list(origin.reports.iter().map(String::as_str)),
        how: words::origin(origin),
        edges,
    }
}

/// The reports for which no shared origin was found.
pub(super) fn singles(story: &Story, labels: &Labels<'_>) -> Option<String> {
    let single = story
        .origins
        .iter()
        .filter(|origin| origin.reports.len() == 1);
    let names = labels.list(
        single
            .flat_map(|origin| &origin.reports)
            .map(String::as_str),
    );
    (!names.is_empty()).then_some(names)
}
