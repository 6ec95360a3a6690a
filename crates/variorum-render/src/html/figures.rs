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
    /// How many reports give it, and whether they agree; empty for one report.
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
    anchored
        .map(|(figure, anchor)| view(figure, anchor, labels, texts))
        .collect()
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
        .map(|(value, values)| row(value, &values, anchor, scale.as_ref(), labels, texts))
        .collect();
    FigureView {
        anchor: anchor.to_owned(),
        what: quote::line(&figure.what),
        counts: counts(figure, labels),
        agree: words::figures_agree(figure.agree, figure.report_count),
        disputed: figure.agree == Agreement::Conflict,
        rows,
        ticks: scale.as_ref().map_or(Vec::new(), Scale::ticks),
        by_powers: scale.as_ref().is_some_and(Scale::by_powers),
    }
}

fn counts(figure: &StoryFigure, labels: &Labels<'_>) -> String {
    let carried = (figure.report_count > 1)
        .then(|| words::carried_by(figure.report_count, figure.origin_count));
    let media = figure
        .values
        .iter()
        .map(|v| (v.evidence.report.as_str(), v.via.as_deref()));
    let notes = [carried, words::from_media(media, labels)];
    notes.into_iter().flatten().collect::<Vec<_>>().join(" · ")
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
    line: &str,
    scale: Option<&Scale>,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> RowView {
    let who = claimants(values, labels);
    let bar = values.first().zip(scale).and_then(|(first, scale)| {
        scale.bar(
            first.min,
            first.max,
            first.approximate,
            format!("{value}: {who}"),
        )
    });
    let passages = values
        .iter()
        .map(|v| {
            let several = values.len() > 1;
            let speaker = v.speaker.as_ref().filter(|_| several).map(words::speaker);
            let claimed = speaker.map(|s| format!("claimed by {s}"));
            let via = v.via.as_deref().map(words::medium);
            let note: Vec<String> = claimed.into_iter().chain(via).collect();
            let passage = texts
                .passage(&v.evidence, line, labels)
                .noted(note.join(", "));
            if values.len() == 1 {
                passage.unnamed()
            } else {
                passage
            }
        })
        .collect();
    RowView {
        value,
        who,
        bar,
        passages,
    }
}

/// Who gives a value: "the fire service in The Harbour Post; Coastal Wire".
fn claimants(values: &[&FigureValue], labels: &Labels<'_>) -> String {
    let mut by_speaker: Vec<(Option<String>, Vec<&str>)> = Vec::new();
    for value in values {
        let speaker = value.speaker.as_ref().map(words::speaker);
        let report = value.evidence.report.as_str();
        match by_speaker.iter_mut().find(|(known, _)| *known == speaker) {
            Some((_, reports)) => reports.push(report),
            None => by_speaker.push((speaker, vec![report])),
        }
    }
    let named = by_speaker.into_iter().map(|(speaker, reports)| {
        let reports = labels.list(reports);
        speaker.map_or(reports.clone(), |speaker| format!("{speaker} in {reports}"))
    });
    named.collect::<Vec<_>>().join("; ")
}
