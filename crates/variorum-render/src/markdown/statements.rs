//! Disagreements and statements, with each report's wording.

use variorum_model::{Disagreement, Statement, StatementKind, Story, Wording};

use super::escape::escape;
use super::line;
use crate::diff::Piece;
use crate::labels::Labels;
use crate::{dates, quote, sides, wordings, words};

pub(super) fn disagreements(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    if story.disagreements.is_empty() {
        return;
    }
    let count = words::count(story.disagreements.len(), "disagreement");
    line(out, format_args!("\n{mark}# {count}"));
    for disagreement in &story.disagreements {
        put_disagreement(out, story, disagreement, labels);
    }
}

fn put_disagreement(
    out: &mut String,
    story: &Story,
    disagreement: &Disagreement,
    labels: &Labels<'_>,
) {
    let (question, what) = (
        words::disagreement(disagreement.kind),
        escape(&disagreement.what),
    );
    line(
        out,
        format_args!("\n> [!warning]\n> **{question}** {what}\n>"),
    );
    for side in &disagreement.sides {
        let value = sides::value(story, disagreement, side);
        let reports = side.reports.iter().map(String::as_str);
        let who = words::carriers(reports, side.origin_count, labels);
        line(out, format_args!("> - {}", escape(&value)));
        line(out, format_args!(">   - {}", escape(&who)));
        for (report, exact) in sides::words_beside(side, &value) {
            let label = escape(&labels.get(report));
            line(out, format_args!(">     - {label}: {}", escape(&exact)));
        }
    }
}

pub(super) fn statements(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    for folded in [false, true] {
        let heading = match (wordings::number(story, folded), folded) {
            (0, _) => continue,
            (number, false) => words::count(number, "statement"),
            (number, true) => words::less_certain(number),
        };
        line(out, format_args!("\n{mark}# {heading}"));
        said(out, story, labels, mark, folded);
    }
}

fn said(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str, folded: bool) {
    for said in wordings::by_speaker(story, folded) {
        let name = said.speaker.map_or("No speaker named".to_owned(), |s| {
            escape(&words::speaker(s))
        });
        line(out, format_args!("\n{mark}## {name}\n"));
        for (_, statement) in said.statements {
            put_statement(out, statement, labels);
        }
    }
}

fn put_statement(out: &mut String, statement: &Statement, labels: &Labels<'_>) {
    let mut notes = Vec::new();
    if wordings::only_report(statement).is_none() {
        notes.push(words::carried_by(
            statement.report_count,
            statement.origin_count,
        ));
    }
    if let Some(day) = statement.said_on {
        notes.push(format!("said on {}", dates::long(day)));
    }
    if let Some(wording) = statement.wording.filter(|_| statement.report_count > 1) {
        let words = words::wording(wording);
        notes.push(match wording {
            Wording::Differs => format!("**{words}**"),
            _ => words.to_owned(),
        });
    }
    let media = words::from_media(wordings::media(statement), labels);
    notes.extend(media.map(|media| escape(&media)));
    line(
        out,
        format_args!("- {}", escape(&wordings::head(statement))),
    );
    if !notes.is_empty() {
        line(out, format_args!("  - {}", notes.join(" · ")));
    }
    let groups = wordings::wordings(statement);
    let one = groups.len() == 1;
    for group in &groups {
        let who = escape(&labels.list(group.variants.iter().map(|v| v.report.as_str())));
        let how = words::statement_kind(group.kind);
        if one && group.is_best {
            line(out, format_args!("  - {who} ({how})"));
        } else {
            let (cue, words) = (escape(&group.cue), marked(&group.pieces, group.kind));
            line(out, format_args!("  - {who} ({how}): {cue}{words}"));
        }
    }
}

/// A wording with what others lack in bold.
fn marked(pieces: &[Piece], kind: StatementKind) -> String {
    let shown = |piece: &Piece| {
        let words = escape(&piece.text);
        if piece.differs {
            format!("**{words}**")
        } else {
            words
        }
    };
    let words = pieces.iter().map(shown).collect::<Vec<_>>().join(" ");
    if kind == StatementKind::Direct {
        let plain: Vec<&str> = pieces.iter().map(|p| p.text.as_str()).collect();
        let (before, after) = quote::around(&plain.join(" "));
        format!("{before}{words}{after}")
    } else {
        words
    }
}
