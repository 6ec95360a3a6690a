//! Where a story's reports come from: a tree of copies, each with what it shares with the report above it,
//! passage beside passage.

use variorum_model::{Origin, Story};

use super::anchors::Anchors;
use super::texts::{Passage, Texts};
use crate::labels::Labels;
use crate::tree::{self, Row};
use crate::words;

/// The most shared passages shown for two reports.
const PASSAGES: usize = 5;
/// How much of a passage is shown, in characters.
const PASSAGE: usize = 500;
/// More reports of one origin are folded away.
const SHOWN: usize = 10;
/// Deeper copies are not set in any further.
const DEEPEST: usize = 5;

/// Reports with a common origin.
pub(super) struct OriginView {
    pub(super) how: String,
    pub(super) rows: Vec<RowView>,
    pub(super) folded: Vec<RowView>,
}

/// A report with what it shares with the one above it.
pub(super) struct RowView {
    pub(super) anchor: String,
    pub(super) depth: usize,
    pub(super) label: String,
    /// Nothing for the first of a branch.
    pub(super) taken: Option<TakenView>,
}

/// What a report shares with the one above it.
pub(super) struct TakenView {
    pub(super) how: String,
    pub(super) from: String,
    pub(super) passages: Vec<(Passage, Passage)>,
    /// How many more there are.
    pub(super) more: usize,
}

/// The origins of more than one report.
pub(super) fn views(
    story: &Story,
    labels: &Labels<'_>,
    anchors: &mut Anchors,
    texts: &mut Texts<'_>,
) -> Vec<OriginView> {
    let shared = story
        .origins
        .iter()
        .filter(|origin| origin.reports.len() > 1);
    shared
        .map(|origin| view(origin, labels, anchors, texts))
        .collect()
}

fn view(
    origin: &Origin,
    labels: &Labels<'_>,
    anchors: &mut Anchors,
    texts: &mut Texts<'_>,
) -> OriginView {
    let mut rows: Vec<RowView> = tree::rows(origin)
        .iter()
        .map(|one| {
            row(
                origin,
                one,
                anchors.claim("copy", one.report),
                labels,
                texts,
            )
        })
        .collect();
    // One more line takes no more room than the words that would fold it.
    let folded = rows.split_off(if rows.len() > SHOWN + 1 {
        SHOWN
    } else {
        rows.len()
    });
    OriginView {
        how: words::origin(origin),
        rows,
        folded,
    }
}

fn row(
    origin: &Origin,
    row: &Row<'_>,
    anchor: String,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> RowView {
    RowView {
        depth: row.depth.min(DEEPEST),
        label: labels.get(row.report),
        taken: row.taken.map(|taken| TakenView {
            how: words::taken(origin, &taken, labels),
            from: labels.get(taken.from),
            passages: taken
                .passages()
                .take(PASSAGES)
                .map(|(ours, theirs)| {
                    let mut side = |one| texts.passage(one, &anchor, labels).shortened(PASSAGE);
                    (side(ours), side(theirs))
                })
                .collect(),
            more: taken.edge.passages.len().saturating_sub(PASSAGES),
        }),
        anchor,
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
