//! The statements of a story by speaker, each with every report's wording.

use variorum_model::{Statement, StatementKind, Story, Wording};

use super::anchors::{Anchors, StoryAnchors};
use super::texts::{Passage, Texts};
use crate::diff::Piece;
use crate::labels::Labels;
use crate::wordings::{self, WordingGroup};
use crate::{dates, quote, words};

/// What one speaker said.
pub(super) struct SpeakerView {
    pub(super) anchor: String,
    pub(super) name: String,
    pub(super) count: String,
    pub(super) statements: Vec<StatementView>,
}

/// One statement.
pub(super) struct StatementView {
    pub(super) anchor: String,
    pub(super) words: String,
    pub(super) kind: &'static str,
    pub(super) said_on: Option<String>,
    /// The report when there is one, else how many there are.
    pub(super) counts: String,
    pub(super) badge: Option<Badge>,
    pub(super) has_marks: bool,
    pub(super) wordings: Vec<WordingView>,
}

/// How alike the wordings are.
pub(super) struct Badge {
    pub(super) class: &'static str,
    pub(super) sign: &'static str,
    pub(super) words: &'static str,
}

/// One wording and the reports that have it.
pub(super) struct WordingView {
    pub(super) who: String,
    report_count: usize,
    pub(super) kind: &'static str,
    pub(super) is_best: bool,
    pub(super) before: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) after: &'static str,
    pub(super) passages: Vec<Passage>,
}

/// Builds the statements of a story: those that are folded away, or the others.
pub(super) fn views(
    story: &Story,
    places: &StoryAnchors,
    labels: &Labels<'_>,
    anchors: &mut Anchors,
    texts: &mut Texts<'_>,
    folded: bool,
) -> Vec<SpeakerView> {
    let mut views = Vec::new();
    for said in wordings::by_speaker(story, folded) {
        let name = said
            .speaker
            .map_or("No speaker named".to_owned(), words::speaker);
        views.push(SpeakerView {
            anchor: anchors.claim("speaker", &name),
            name,
            count: words::count(said.statements.len(), "statement"),
            statements: said
                .statements
                .iter()
                .map(|&(at, statement)| {
                    view(statement, places.statements[at].clone(), labels, texts)
                })
                .collect(),
        });
    }
    views
}

fn view(
    statement: &Statement,
    anchor: String,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> StatementView {
    let kind = wordings::best_kind(statement);
    let groups = wordings::wordings(statement);
    let several = statement.report_count > 1;
    let counts = match wordings::only_report(statement) {
        Some(only) => labels.get(only),
        None => words::carried_by(statement.report_count, statement.origin_count),
    };
    let media = words::from_media(wordings::media(statement), labels);
    let counts = media.map_or(counts.clone(), |media| format!("{counts} · {media}"));
    let has_marks = groups.iter().any(|g| g.pieces.iter().any(|p| p.differs));
    let mut wordings: Vec<WordingView> = groups
        .into_iter()
        .map(|group| wording(group, &anchor, labels, texts))
        .collect();
    // The name of an only report stands right above its words already.
    let several_wordings = wordings.len() > 1;
    for view in &mut wordings {
        if !several || (several_wordings && view.report_count == 1) {
            let passages = std::mem::take(&mut view.passages);
            view.passages = passages.into_iter().map(Passage::unnamed).collect();
        }
    }
    StatementView {
        anchor,
        words: wordings::head(statement),
        kind: words::statement_kind(kind),
        said_on: statement.said_on.map(dates::long),
        counts,
        badge: statement.wording.filter(|_| several).map(badge),
        has_marks,
        wordings,
    }
}

fn badge(wording: Wording) -> Badge {
    let (class, sign) = match wording {
        Wording::Same => ("same", "="),
        Wording::Varies => ("varies", "≈"),
        Wording::Differs => ("differs", "≠"),
    };
    Badge {
        class,
        sign,
        words: words::wording(wording),
    }
}

fn wording(
    group: WordingGroup<'_>,
    line: &str,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> WordingView {
    let mut passages = Vec::new();
    for variant in &group.variants {
        let via = variant
            .via
            .as_deref()
            .filter(|via| !quote::line(via).is_empty());
        for passage in texts.passages(&variant.spans, line, labels) {
            passages.push(match via {
                Some(via) => passage.noted(words::medium(via)),
                None => passage,
            });
        }
    }
    let quoted = group.kind == StatementKind::Direct;
    let (before, after) = if quoted {
        quote::around(&group.words)
    } else {
        ("", "")
    };
    WordingView {
        report_count: group.variants.len(),
        who: labels.list(group.variants.iter().map(|v| v.report.as_str())),
        kind: words::statement_kind(group.kind),
        is_best: group.is_best,
        before: group.cue + before,
        pieces: group.pieces,
        after,
        passages,
    }
}
