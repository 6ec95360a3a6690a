//! Timeline, figures, positions and parties.

use std::fmt::Write;

use variorum_model::{Story, StoryFigure, TimelineEntry};

use super::escape::escape;
use super::{line, words_of};
use crate::labels::Labels;
use crate::{dates, numbers, words};

pub(super) fn timeline(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    if story.timeline.is_empty() {
        return;
    }
    line(out, format_args!("\n{mark}# Timeline\n"));
    line(
        out,
        format_args!("| Date | What | Status | Reports |\n| --- | --- | --- | --- |"),
    );
    for entry in &story.timeline {
        let reports = entry.mentions.iter().map(|m| m.evidence.report.as_str());
        let media = entry
            .mentions
            .iter()
            .map(|m| (m.evidence.report.as_str(), m.via.as_deref()));
        let media = words::from_media(media, labels).map(|media| format!(" · {media}"));
        let who = words::carriers(reports, entry.origin_count, labels);
        let who = escape(&(who + &media.unwrap_or_default()));
        let (date, what) = (dates::short(entry.date), escape(&entry.what));
        let mark = if differing(entry) { " ⚠" } else { "" };
        line(
            out,
            format_args!(
                "| {date}{mark} | {what} | {} | {who} |",
                words::status(entry.status)
            ),
        );
    }
    for entry in story.timeline.iter().filter(|entry| differing(entry)) {
        let note = words::dates_agree(entry.agree, entry.report_count).unwrap_or_default();
        line(out, format_args!("\n⚠ {}: {note}.\n", escape(&entry.what)));
        for mention in &entry.mentions {
            let label = escape(&labels.get(&mention.evidence.report));
            let words = words_of(&mention.evidence);
            line(
                out,
                format_args!("- {}, {label}: {words}", dates::long(mention.date)),
            );
        }
    }
}

fn differing(entry: &TimelineEntry) -> bool {
    use variorum_model::Agreement::{Conflict, Updated};
    matches!(entry.agree, Conflict | Updated)
}

pub(super) fn figures(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    if story.figures.is_empty() {
        return;
    }
    line(out, format_args!("\n{mark}# Figures\n"));
    for figure in &story.figures {
        put_figure(out, figure, labels);
    }
}

fn put_figure(out: &mut String, figure: &StoryFigure, labels: &Labels<'_>) {
    let mut head = format!("**{}**", escape(&figure.what));
    if figure.report_count > 1 {
        let _ = write!(
            head,
            " · {}",
            words::carried_by(figure.report_count, figure.origin_count)
        );
    }
    if let Some(agree) = words::figures_agree(figure.agree, figure.report_count) {
        let _ = write!(head, " · {agree}");
    }
    line(out, format_args!("- {head}"));
    for value in &figure.values {
        let range = numbers::range(
            value.min,
            value.max,
            value.approximate,
            figure.unit.as_deref(),
        );
        let who = words::claimant(value, labels);
        let (range, words) = (escape(&range), words_of(&value.evidence));
        line(out, format_args!("  - {range}: {words} ({})", escape(&who)));
    }
}

pub(super) fn positions(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    if story.positions.is_empty() {
        return;
    }
    line(out, format_args!("\n{mark}# Positions\n"));
    for position in &story.positions {
        let carried = words::carried_by(position.report_count, position.origin_count);
        line(
            out,
            format_args!("- {} ({carried})", escape(&words::position_line(position))),
        );
        for evidence in &position.evidence {
            let label = escape(&labels.get(&evidence.report));
            line(out, format_args!("  - {label}: {}", words_of(evidence)));
        }
    }
}

pub(super) fn parties(out: &mut String, story: &Story, mark: &str) {
    if story.parties.is_empty() {
        return;
    }
    line(out, format_args!("\n{mark}# Parties\n"));
    line(
        out,
        format_args!("| Party | Also called | In |\n| --- | --- | --- |"),
    );
    for party in &story.parties {
        let also: Vec<String> = party.also.iter().map(|name| escape(name)).collect();
        let in_reports = words::count(party.reports.len(), "report");
        let (name, also) = (escape(&party.name), also.join(", "));
        line(out, format_args!("| {name} | {also} | {in_reports} |"));
    }
}
