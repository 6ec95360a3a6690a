//! The story file in Markdown, for an Obsidian vault or a pull request on GitHub. Only what both
//! render is used: front matter, headings, tables, nested lists, `[!warning]` callouts.

mod escape;

use std::fmt::Write;

use variorum_model::{
    Disagreement, Evidence, Origin, Report, Statement, Story, StoryFile, StoryFigure,
    TimelineEntry, Wording,
};

use crate::diff::Piece;
use crate::labels::{self, Labels};
use crate::{dates, links, numbers, quote, sides, wordings, words};
use escape::{address, escape, yaml};

/// How many shared passages are shown for two reports, and how much of each, in characters. A whole
/// copy would otherwise fill the note twice.
const PASSAGES: usize = 3;
const PASSAGE: usize = 280;

/// The story file in Markdown.
///
/// Words in quotation marks stand in a report exactly so, but for line breaks; in a list of
/// wordings the words that others lack are bold. `reports` may be empty: nothing of their full
/// texts is used.
pub fn markdown(file: &StoryFile, reports: &[Report]) -> String {
    let _ = reports;
    let mut out = front_matter(file);
    let several = file.stories.len() > 1;
    match file.stories.as_slice() {
        [] => out.push_str("# Story file\n\nNo story was found.\n"),
        [_] => {}
        stories => {
            line(&mut out, format_args!("# {}\n", words::story_total(stories.len())));
            for (at, story) in stories.iter().enumerate() {
                let counts = words::story_counts(story);
                line(&mut out, format_args!("{}. {} ({counts})", at + 1, title(story)));
            }
        }
    }
    for story in &file.stories {
        let mark = if several { "##" } else { "#" };
        put_story(&mut out, story, file, mark);
    }
    if !file.unread.is_empty() {
        line(&mut out, format_args!("\n{} Not read\n", if several { "##" } else { "#" }));
        for unread in &file.unread {
            let (path, reason) = (escape(&unread.path), escape(&unread.reason));
            line(&mut out, format_args!("- {path}: {reason}"));
        }
    }
    out
}

/// Appends a line; writing to a string cannot fail.
fn line(out: &mut String, words: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{words}");
}

fn title(story: &Story) -> String {
    escape(&words::title(story))
}

fn front_matter(file: &StoryFile) -> String {
    let mut out = "---\n".to_owned();
    let title = match file.stories.as_slice() {
        [] => "Story file".to_owned(),
        [story] => words::title(story),
        stories => words::story_total(stories.len()),
    };
    line(&mut out, format_args!("title: {}", yaml(&title)));
    if let Some(from) = file.stories.iter().filter_map(|s| s.from).min() {
        line(&mut out, format_args!("from: {from}"));
    }
    if let Some(to) = file.stories.iter().filter_map(|s| s.to).max() {
        line(&mut out, format_args!("to: {to}"));
    }
    let sum = |part: fn(&Story) -> usize| file.stories.iter().map(part).sum::<usize>();
    line(&mut out, format_args!("stories: {}", file.stories.len()));
    line(&mut out, format_args!("reports: {}", sum(|s| s.reports.len())));
    line(&mut out, format_args!("origins_at_most: {}", sum(|s| s.origins.len())));
    line(&mut out, format_args!("disagreements: {}", sum(|s| s.disagreements.len())));
    out.push_str("---\n\n");
    out
}

fn put_story(out: &mut String, story: &Story, file: &StoryFile, mark: &str) {
    let labels = Labels::of(story);
    if file.stories.len() > 1 {
        out.push('\n');
    }
    line(out, format_args!("{mark} {}\n", title(story)));
    let period = dates::period(story.from, story.to).map_or(String::new(), |p| format!("{p} · "));
    line(out, format_args!("{period}{}", words::story_counts(story)));
    let linked: Vec<String> =
        words::linked_titles(story, file).iter().map(|t| escape(t)).collect();
    if !linked.is_empty() {
        line(out, format_args!("\nLinked: {}", linked.join("; ")));
    }
    put_disagreements(out, story, &labels, mark);
    put_statements(out, story, &labels, mark);
    put_timeline(out, story, &labels, mark);
    put_figures(out, story, &labels, mark);
    put_positions(out, story, &labels, mark);
    put_parties(out, story, mark);
    put_reports(out, story, &labels, mark);
}

fn put_disagreements(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    if story.disagreements.is_empty() {
        if let Some(words) = words::no_disagreement(story) {
            line(out, format_args!("\n{words}"));
        }
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
    let (question, what) = (words::disagreement(disagreement.kind), escape(&disagreement.what));
    line(out, format_args!("\n> [!warning]\n> **{question}** {what}\n>"));
    for side in &disagreement.sides {
        let value = sides::value(story, disagreement, side);
        let carried = words::carried_by(side.reports.len(), side.origin_count);
        let who = escape(&labels.list(side.reports.iter().map(String::as_str)));
        line(out, format_args!("> - {}", escape(&value)));
        line(out, format_args!(">   - {who} ({carried})"));
        for (report, exact) in sides::words_beside(side, &value) {
            let label = escape(&labels.get(report));
            line(out, format_args!(">   - {label}: {}", escape(&exact)));
        }
    }
}

fn put_statements(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    if story.statements.is_empty() {
        return;
    }
    line(out, format_args!("\n{mark}# {}", words::count(story.statements.len(), "statement")));
    for said in wordings::by_speaker(story) {
        let name = said.speaker.map_or("No speaker named".to_owned(), |s| escape(&words::speaker(s)));
        line(out, format_args!("\n{mark}## {name}\n"));
        for (_, statement) in said.statements {
            put_statement(out, statement, labels);
        }
    }
}

fn put_statement(out: &mut String, statement: &Statement, labels: &Labels<'_>) {
    let kind = wordings::best_kind(statement);
    let mut notes = Vec::new();
    if statement.variants.len() != 1 {
        notes.push(words::carried_by(statement.report_count, statement.origin_count));
    }
    if let Some(day) = statement.said_on {
        notes.push(format!("said on {}", dates::long(day)));
    }
    if statement.report_count > 1 {
        notes.push(match statement.wording {
            Wording::Differs => format!("**{}**", words::wording(statement.wording)),
            other => words::wording(other).to_owned(),
        });
    }
    line(out, format_args!("- {}", escape(&wordings::shown(&statement.exact, kind))));
    if !notes.is_empty() {
        line(out, format_args!("  - {}", notes.join(" · ")));
    }
    let groups = wordings::wordings(statement);
    let one = groups.len() == 1;
    for group in &groups {
        let who = escape(&labels.list(group.variants.iter().map(|v| v.report.as_str())));
        let mut how = words::statement_kind(group.kind).to_owned();
        for via in group.variants.iter().filter_map(|v| v.via.as_deref()) {
            let via = escape(via);
            if !how.contains(&via) {
                let _ = write!(how, ", as told by {via}");
            }
        }
        if one && group.is_best {
            line(out, format_args!("  - {who} ({how})"));
        } else {
            let words = marked(&group.pieces, group.kind);
            line(out, format_args!("  - {who} ({how}): {words}"));
        }
    }
}

/// A wording with what others lack in bold.
fn marked(pieces: &[Piece], kind: variorum_model::StatementKind) -> String {
    let shown = |piece: &Piece| {
        let words = escape(&piece.text);
        if piece.differs { format!("**{words}**") } else { words }
    };
    let words = pieces.iter().map(shown).collect::<Vec<_>>().join(" ");
    if kind == variorum_model::StatementKind::Direct {
        let plain: Vec<&str> = pieces.iter().map(|p| p.text.as_str()).collect();
        let (before, after) = quote::around(&plain.join(" "));
        format!("{before}{words}{after}")
    } else {
        words
    }
}

fn put_timeline(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    if story.timeline.is_empty() {
        return;
    }
    line(out, format_args!("\n{mark}# Timeline\n"));
    line(out, format_args!("| Date | What | Status | Reports |\n| --- | --- | --- | --- |"));
    for entry in &story.timeline {
        let who = escape(&labels.list(entry.mentions.iter().map(|m| m.evidence.report.as_str())));
        let (date, what) = (dates::short(entry.date), escape(&entry.what));
        let mark = if differing(entry) { " ⚠" } else { "" };
        line(
            out,
            format_args!("| {date}{mark} | {what} | {} | {who} |", words::status(entry.status)),
        );
    }
    for entry in story.timeline.iter().filter(|entry| differing(entry)) {
        let note = words::dates_agree(entry.agree, entry.report_count).unwrap_or_default();
        line(out, format_args!("\n⚠ {}: {note}.\n", escape(&entry.what)));
        for mention in &entry.mentions {
            let label = escape(&labels.get(&mention.evidence.report));
            let words = words_of(&mention.evidence);
            line(out, format_args!("- {}, {label}: {words}", dates::long(mention.date)));
        }
    }
}

fn differing(entry: &TimelineEntry) -> bool {
    use variorum_model::Agreement::{Conflict, Updated};
    matches!(entry.agree, Conflict | Updated)
}

/// The words of a report in quotation marks.
fn words_of(evidence: &Evidence) -> String {
    escape(&quote::quoted(&evidence.exact))
}

/// A shared passage, cut when it is long.
fn passage(evidence: &Evidence) -> String {
    escape(&quote::quoted(&quote::shortened(&evidence.exact, PASSAGE)))
}

fn put_figures(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
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
        let _ = write!(head, " · {}", words::carried_by(figure.report_count, figure.origin_count));
    }
    if let Some(agree) = words::figures_agree(figure.agree, figure.report_count) {
        let _ = write!(head, " · {agree}");
    }
    line(out, format_args!("- {head}"));
    for value in &figure.values {
        let range = numbers::range(value.min, value.max, value.approximate, figure.unit.as_deref());
        let mut who = labels.get(&value.evidence.report);
        if let Some(speaker) = &value.speaker {
            who = format!("{} in {who}", words::speaker(speaker));
        }
        let (range, words) = (escape(&range), words_of(&value.evidence));
        line(out, format_args!("  - {range}: {words} ({})", escape(&who)));
    }
}

fn put_positions(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    if story.positions.is_empty() {
        return;
    }
    line(out, format_args!("\n{mark}# Positions\n"));
    for position in &story.positions {
        let carried = words::carried_by(position.report_count, position.origin_count);
        line(out, format_args!("- {} ({carried})", escape(&words::position_line(position))));
        for evidence in &position.evidence {
            let label = escape(&labels.get(&evidence.report));
            line(out, format_args!("  - {label}: {}", words_of(evidence)));
        }
    }
}

fn put_parties(out: &mut String, story: &Story, mark: &str) {
    if story.parties.is_empty() {
        return;
    }
    line(out, format_args!("\n{mark}# Parties\n"));
    line(out, format_args!("| Party | Also called | In |\n| --- | --- | --- |"));
    for party in &story.parties {
        let also: Vec<String> = party.also.iter().map(|name| escape(name)).collect();
        let in_reports = words::count(party.reports.len(), "report");
        let (name, also) = (escape(&party.name), also.join(", "));
        line(out, format_args!("| {name} | {also} | {in_reports} |"));
    }
}

fn put_reports(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    line(out, format_args!("\n{mark}# Reports\n"));
    line(out, format_args!("| Report | Title | Published |\n| --- | --- | --- |"));
    for report in &story.reports {
        let mut label = escape(&labels.get(&report.id));
        let url = report.url.as_deref().and_then(links::web);
        if let Some(url) = url.or_else(|| links::web(&report.id)) {
            label = format!("[{label}]({})", address(url));
        }
        let title = report.title.as_deref().map_or(String::new(), escape);
        let mut published = labels::published(report, dates::short);
        if let Some(note) = words::not_analysed(report) {
            published = format!("{published}; {}", escape(&note));
        }
        line(out, format_args!("| {label} | {title} | {published} |"));
    }
    put_origins(out, story, labels, mark);
}

fn put_origins(out: &mut String, story: &Story, labels: &Labels<'_>, mark: &str) {
    let shared: Vec<&Origin> = story.origins.iter().filter(|o| o.reports.len() > 1).collect();
    if shared.is_empty() {
        if story.reports.len() > 1 {
            line(out, format_args!("\n{}", words::NO_SHARED_ORIGIN));
        }
        return;
    }
    line(out, format_args!("\n{mark}## Reports that share an origin\n"));
    for origin in shared {
        let who = escape(&labels.list(origin.reports.iter().map(String::as_str)));
        line(out, format_args!("- {who}: {}", escape(&words::origin(origin))));
        for edge in &origin.edges {
            line(out, format_args!("  - {}", escape(&words::edge(origin, edge, labels))));
            for side in edge.passages.iter().take(PASSAGES).flat_map(|(a, b)| [a, b]) {
                let (label, words) = (labels.get(&side.report), passage(side));
                line(out, format_args!("    - {}: {words}", escape(&label)));
            }
            let more = edge.passages.len().saturating_sub(PASSAGES);
            if more > 0 {
                let more = words::count(more, "more shared passage");
                line(out, format_args!("    - and {more}"));
            }
        }
    }
}
