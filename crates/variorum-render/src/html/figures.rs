//! The figures of a story: each claimed value with who claims it, drawn on one scale.

use std::collections::BTreeMap;

use variorum_model::{Agreement, FigureValue, Story, StoryFigure};

use super::anchors::StoryAnchors;
use super::texts::{Passage, Texts};
use crate::labels::Labels;
use crate::range_svg::{Bar, Scale, Tick};
use crate::{numbers, quote, words};

/// One figure.
pub(super) struct FigureView {
    pub(super) anchor: String,
    pub(super) what: String,
    pub(super) counts: String,
    pub(super) agree: Option<&'static str>,
    pub(super) disputed: bool,
    pub(super) rows: Vec<RowView>,
    pub(super) ticks: Vec<Tick>,
    pub(super) by_powers: bool,
}

/// One value, and who gives it.
pub(super) struct RowView {
    pub(super) value: String,
    pub(super) who: String,
    pub(super) bar: Option<Bar>,
    pub(super) passages: Vec<Passage>,
}

/// Builds the figures of a story.
pub(super) fn views(
    story: &Story,
    places: &StoryAnchors,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> Vec<FigureView> {
    let anchored = story.figures.iter().zip(&places.figures);
    anchored.map(|(figure, anchor)| view(figure, anchor, labels, texts)).collect()
}

fn view(
    figure: &StoryFigure,
    anchor: &str,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> FigureView {
    let ranges: Vec<_> = figure.values.iter().map(|v| (v.min, v.max)).collect();
    let scale = Scale::of(&ranges);
    let rows = by_value(figure)
        .into_iter()
        .map(|(value, values)| row(value, &values, scale.as_ref(), labels, texts))
        .collect();
    FigureView {
        anchor: anchor.to_owned(),
        what: quote::line(&figure.what),
        counts: words::carried_by(figure.report_count, figure.origin_count),
        agree: words::figures_agree(figure.agree, figure.report_count),
        disputed: figure.agree == Agreement::Conflict,
        rows,
        ticks: scale.as_ref().map_or(Vec::new(), Scale::ticks),
        by_powers: scale.as_ref().is_some_and(Scale::by_powers),
    }
}

/// The values alike in words, in the order of the reports.
fn by_value(figure: &StoryFigure) -> Vec<(String, Vec<&FigureValue>)> {
    let mut rows: Vec<(String, Vec<&FigureValue>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for value in &figure.values {
        let unit = figure.unit.as_deref();
        let words = numbers::range(value.min, value.max, value.approximate, unit);
        let at = *known.entry(words.clone()).or_insert_with(|| {
            rows.push((words, Vec::new()));
            rows.len() - 1
        });
        rows[at].1.push(value);
    }
    rows
}

fn row(
    value: String,
    values: &[&FigureValue],
    scale: Option<&Scale>,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> RowView {
    let who = labels.list(values.iter().map(|v| v.evidence.report.as_str()));
    let bar = values.first().zip(scale).and_then(|(first, scale)| {
        scale.bar(first.min, first.max, first.approximate, format!("{value}: {who}"))
    });
    let passages = values
        .iter()
        .map(|v| {
            let claimed = v.speaker.as_ref().map(|s| format!("claimed by {}", words::speaker(s)));
            let via = v.via.as_deref().map(quote::line).map(|via| format!("as told by {via}"));
            let note: Vec<String> = claimed.into_iter().chain(via).collect();
            texts.passage(&v.evidence, labels).noted(note.join(", "))
        })
        .collect();
    RowView { value, who, bar, passages }
}
