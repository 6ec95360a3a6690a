//! The story file for a terminal: what a journalist reads first. The order is that of every
//! format: counts, disagreements, statements, timeline, figures, positions, parties, reports.

mod brief;
mod page;

use std::collections::BTreeSet;

use variorum_model::{
    Agreement, Disagreement, Origin, PartialDate, Report, Statement, Story, StoryFigure, StoryFile,
    TimelineEntry, Wording,
};

use crate::labels::{self, Labels};
use crate::provenance::{self, Provenance};
use crate::wordings::{self, Said};
use crate::{dates, numbers, quote, sides, tree, words};
pub use brief::brief_text;
use page::{Ink, Page};

/// Most reports of one origin that are listed, how deep copies are set in, and how much of a shared passage is
/// shown, in characters.
const ROWS: usize = 12;
const DEEPEST: usize = 5;
const PASSAGE: usize = 160;
/// For how many reports a shared passage is shown.
const QUOTED: usize = 4;

/// Of how many reports the hashes are listed.
const HASHES: usize = 12;
/// From how many columns on a whole hash leaves room for what it is of, and how many of its digits are shown below.
const WIDE: usize = 80;
const SHORT_HASH: usize = 12;

/// How text for a terminal is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextStyle {
    /// Columns to wrap to.
    pub width: usize,
    /// Whether to colour with ANSI escape sequences.
    pub color: bool,
    /// Whether to show what is less certain too.
    pub all: bool,
}

impl Default for TextStyle {
    fn default() -> Self {
        TextStyle {
            width: 80,
            color: false,
            all: false,
        }
    }
}

/// The story file as text for a terminal.
///
/// Words in quotation marks stand in a report exactly so, but for line breaks. Control characters
/// of the reports, and those that set the direction of writing, are dropped. `reports` may be empty: the text needs none of their full texts.
pub fn text(file: &StoryFile, reports: &[Report], style: &TextStyle) -> String {
    let _ = reports;
    let mut page = Page::new(style.width, style.color);
    if file.stories.is_empty() {
        page.put(0, "No story was found.", Ink::Plain);
    }
    if file.stories.len() > 1 {
        page.put(0, &words::story_total(file.stories.len()), Ink::Strong);
        for (at, story) in file.stories.iter().enumerate() {
            let line = format!("{} ({})", words::title(story), words::story_counts(story));
            page.item(0, &format!("{:>2}. ", at + 1), &line, Ink::Plain);
        }
    }
    for story in &file.stories {
        put_story(&mut page, story, file, style.all);
    }
    if !file.unread.is_empty() {
        page.heading("Not read");
        for unread in &file.unread {
            let line = format!(
                "{}: {}",
                quote::line(&unread.path),
                quote::line(&unread.reason)
            );
            page.item(2, "- ", &line, Ink::Plain);
        }
    }
    put_provenance(&mut page, file, style.width);
    page.finish()
}

fn put_provenance(page: &mut Page, file: &StoryFile, width: usize) {
    let provenance = Provenance::of(file);
    page.gap();
    page.put(0, &provenance.made, Ink::Faint);
    for line in &provenance.limits {
        page.put(0, line, Ink::Faint);
    }
    let (shown, more) = provenance
        .inputs
        .split_at(provenance.inputs.len().min(HASHES));
    // On a narrow page the beginning of a hash must do to tell texts apart.
    let digits = if width < WIDE { SHORT_HASH } else { usize::MAX };
    if !shown.is_empty() {
        page.put(0, provenance::HASHES, Ink::Faint);
    }
    for input in shown {
        let cut = input.sha256.char_indices().nth(digits);
        let hash = cut.map_or(input.sha256.clone(), |(end, _)| {
            format!("{}…", &input.sha256[..end])
        });
        let retrieved = input.retrieved.as_ref();
        let retrieved = retrieved.map_or(String::new(), |at| format!(", {at}"));
        let line = format!("{hash} {}{retrieved}", input.label);
        page.item(2, "", &line, Ink::Faint);
    }
    if !more.is_empty() {
        let words = format!("and {} more, in the JSON format", more.len());
        page.put(2, &words, Ink::Faint);
    }
}

fn put_story(page: &mut Page, story: &Story, file: &StoryFile, all: bool) {
    let labels = Labels::of(story);
    page.gap();
    page.put(0, &words::title(story), Ink::Strong);
    page.rule('=');
    if let Some(period) = dates::period(story.from, story.to) {
        page.put(0, &period, Ink::Plain);
    }
    page.put(0, &words::story_counts(story), Ink::Plain);
    let linked = words::linked_titles(story, file);
    if !linked.is_empty() {
        page.put(0, &format!("Linked: {}", linked.join("; ")), Ink::Faint);
    }
    put_disagreements(page, story, &labels);
    put_statements(page, story, &labels, all);
    put_timeline(page, story, &labels);
    put_figures(page, story, &labels);
    put_positions(page, story, &labels);
    put_parties(page, story);
    put_reports(page, story, &labels);
}

fn put_disagreements(page: &mut Page, story: &Story, labels: &Labels<'_>) {
    if story.disagreements.is_empty() {
        return;
    }
    page.heading(&words::count(story.disagreements.len(), "disagreement"));
    for disagreement in &story.disagreements {
        page.gap();
        put_disagreement(page, story, disagreement, labels);
    }
}

fn put_disagreement(
    page: &mut Page,
    story: &Story,
    disagreement: &Disagreement,
    labels: &Labels<'_>,
) {
    let question = words::disagreement(disagreement.kind);
    let head = format!("{question} {}", quote::line(&disagreement.what));
    page.item(0, "! ", &head, Ink::Warning);
    for side in &disagreement.sides {
        let value = sides::value(story, disagreement, side);
        page.item(2, "- ", &value, Ink::Plain);
        let reports = side.reports.iter().map(String::as_str);
        page.put(
            4,
            &words::carriers(reports, side.origin_count, labels),
            Ink::Faint,
        );
        for (report, exact) in sides::words_beside(side, &value) {
            let label = labels.get(report);
            let one = side.reports.len() == 1;
            let line = if one {
                exact
            } else {
                format!("{label}: {exact}")
            };
            page.item(4, "- ", &line, Ink::Plain);
        }
    }
}

fn put_statements(page: &mut Page, story: &Story, labels: &Labels<'_>, all: bool) {
    let (number, folded) = (
        wordings::number(story, false),
        wordings::number(story, true),
    );
    if number > 0 {
        page.heading(&words::count(number, "statement"));
        put_said(page, story, labels, false);
    }
    if folded == 0 {
        return;
    }
    let heading = words::less_certain(folded);
    if all {
        page.heading(&heading);
        put_said(page, story, labels, true);
    } else {
        page.gap();
        page.put(0, &format!("{heading}: --all shows them"), Ink::Faint);
    }
}

fn put_said(page: &mut Page, story: &Story, labels: &Labels<'_>, folded: bool) {
    for said in wordings::by_speaker(story, folded) {
        page.gap();
        put_speaker(page, &said);
        for (_, statement) in &said.statements {
            put_statement(page, statement, labels);
        }
    }
}

fn put_speaker(page: &mut Page, said: &Said<'_>) {
    let name = said
        .speaker
        .map_or_else(|| "No speaker named".to_owned(), words::speaker);
    page.put(0, &name, Ink::Strong);
}

fn put_statement(page: &mut Page, statement: &Statement, labels: &Labels<'_>) {
    let kind = wordings::best_kind(statement);
    page.item(2, "- ", &wordings::head(statement), Ink::Plain);
    let groups = wordings::wordings(statement);
    let mut notes = vec![words::statement_kind(kind).to_owned()];
    if let Some(day) = statement.said_on {
        notes.push(format!("said on {}", dates::short(day)));
    }
    let only = wordings::only_report(statement);
    if let Some(only) = only {
        notes.push(labels.get(only));
    } else {
        notes.push(words::carried_by(
            statement.report_count,
            statement.origin_count,
        ));
        let wording = statement.wording.filter(|_| statement.report_count > 1);
        notes.extend(wording.map(|wording| words::wording(wording).to_owned()));
    }
    notes.extend(words::from_media(wordings::media(statement), labels));
    let differs = statement.wording == Some(Wording::Differs);
    page.put(
        4,
        &notes.join(" · "),
        if differs { Ink::Warning } else { Ink::Faint },
    );
    let show_all = groups.len() > 1 && statement.wording != Some(Wording::Same);
    if !show_all {
        if only.is_none() {
            let who = labels.list(statement.variants.iter().map(|v| v.report.as_str()));
            page.put(4, &who, Ink::Faint);
        }
        return;
    }
    for group in groups {
        let who = labels.list(group.variants.iter().map(|v| v.report.as_str()));
        let shown = group.cue + &wordings::shown(&group.words, group.kind);
        let words = match (group.is_best, only) {
            (true, Some(_)) => continue,
            (true, None) => format!("{who}: as above"),
            (false, Some(_)) => format!("also: {shown}"),
            (false, None) => format!("{who}: {shown}"),
        };
        page.item(4, "- ", &words, Ink::Plain);
    }
}

fn put_timeline(page: &mut Page, story: &Story, labels: &Labels<'_>) {
    if story.timeline.is_empty() {
        return;
    }
    page.heading("Timeline");
    let mut day: Option<PartialDate> = None;
    for entry in &story.timeline {
        if day != Some(entry.date) {
            page.gap();
            page.put(0, &dates::long(entry.date), Ink::Strong);
            day = Some(entry.date);
        }
        put_entry(page, entry, labels);
    }
}

fn put_entry(page: &mut Page, entry: &TimelineEntry, labels: &Labels<'_>) {
    let head = format!(
        "{} ({})",
        quote::line(&entry.what),
        words::status(entry.status)
    );
    page.item(2, "- ", &head, Ink::Plain);
    let who = labels.list(entry.mentions.iter().map(|m| m.evidence.report.as_str()));
    let disputed = matches!(entry.agree, Agreement::Conflict | Agreement::Updated);
    let note = words::dates_agree(entry.agree, entry.report_count).filter(|_| disputed);
    let media = entry
        .mentions
        .iter()
        .map(|m| (m.evidence.report.as_str(), m.via.as_deref()));
    let several =
        (entry.report_count > 1).then(|| words::carried_by(entry.report_count, entry.origin_count));
    let notes = [
        several,
        words::from_media(media, labels),
        note.map(str::to_owned),
    ];
    let line = std::iter::once(who).chain(notes.into_iter().flatten());
    let line = line.collect::<Vec<_>>().join(" · ");
    page.put(4, &line, if disputed { Ink::Warning } else { Ink::Faint });
    if disputed {
        for mention in &entry.mentions {
            let label = labels.get(&mention.evidence.report);
            let words = quote::quoted(&mention.evidence.exact);
            let line = format!("{}, {label}: {words}", dates::short(mention.date));
            page.item(4, "- ", &line, Ink::Plain);
        }
    }
}

fn put_figures(page: &mut Page, story: &Story, labels: &Labels<'_>) {
    if story.figures.is_empty() {
        return;
    }
    page.heading("Figures");
    for figure in &story.figures {
        page.gap();
        put_figure(page, figure, labels);
    }
}

fn put_figure(page: &mut Page, figure: &StoryFigure, labels: &Labels<'_>) {
    page.put(0, &quote::line(&figure.what), Ink::Strong);
    let carried = words::carried_by(figure.report_count, figure.origin_count);
    let agree = words::figures_agree(figure.agree, figure.report_count);
    let line = agree.map_or(carried.clone(), |agree| format!("{carried} · {agree}"));
    let disputed = figure.agree == Agreement::Conflict;
    if figure.report_count > 1 || disputed {
        page.put(2, &line, if disputed { Ink::Warning } else { Ink::Faint });
    }
    for value in &figure.values {
        let range = numbers::range(
            value.min,
            value.max,
            value.approximate,
            figure.unit.as_deref(),
        );
        let who = words::claimant(value, labels);
        let line = format!("{range}: {} ({who})", quote::quoted(&value.evidence.exact));
        page.item(2, "- ", &line, Ink::Plain);
    }
}

fn put_positions(page: &mut Page, story: &Story, labels: &Labels<'_>) {
    if story.positions.is_empty() {
        return;
    }
    page.heading("Positions");
    for position in &story.positions {
        page.item(0, "- ", &words::position_line(position), Ink::Plain);
        let reports = position.evidence.iter().map(|e| e.report.as_str());
        page.put(
            2,
            &words::carriers(reports, position.origin_count, labels),
            Ink::Faint,
        );
    }
}

fn put_parties(page: &mut Page, story: &Story) {
    if story.parties.is_empty() {
        return;
    }
    page.heading("Parties");
    for party in &story.parties {
        let mut line = quote::line(&party.name);
        if !party.also.is_empty() {
            let also: Vec<String> = party.also.iter().map(|name| quote::line(name)).collect();
            line = format!("{line}, also called {}", also.join(", "));
        }
        let in_reports = words::count(party.reports.len(), "report");
        page.item(0, "- ", &format!("{line} (in {in_reports})"), Ink::Plain);
    }
}

fn put_reports(page: &mut Page, story: &Story, labels: &Labels<'_>) {
    page.heading("Reports");
    for report in &story.reports {
        let (label, title) = labels::head(report, labels);
        let mut line = format!("{label} · {}", labels::published(report, dates::short));
        if let Some(note) = words::not_analysed(report) {
            line = format!("{line} · {note}");
        }
        if let Some(id) = labels::id(report, labels) {
            line = format!("{line} · {id}");
        }
        page.item(0, "- ", &line, Ink::Plain);
        if let Some(title) = title {
            page.put(2, &title, Ink::Faint);
        }
    }
    page.gap();
    let shared: Vec<&Origin> = story
        .origins
        .iter()
        .filter(|o| o.reports.len() > 1)
        .collect();
    if shared.is_empty() {
        if story.reports.len() > 1 {
            page.put(0, words::NO_SHARED_ORIGIN, Ink::Plain);
        }
        return;
    }
    page.put(0, "Reports that share an origin", Ink::Strong);
    for origin in shared {
        page.item(0, "- ", &words::origin(origin), Ink::Plain);
        put_copies(page, origin, labels);
    }
}

/// The reports of an origin, copies set under what they were copied from.
fn put_copies(page: &mut Page, origin: &Origin, labels: &Labels<'_>) {
    let rows = tree::rows(origin);
    let mut shown = BTreeSet::new();
    for (at, row) in rows.iter().take(ROWS).enumerate() {
        let indent = 2 + 2 * row.depth.min(DEEPEST);
        let label = labels.get(row.report);
        let Some(taken) = &row.taken else {
            page.item(indent, "- ", &label, Ink::Plain);
            continue;
        };
        let line = format!("{label} {}", words::taken(origin, taken, labels));
        page.item(indent, "- ", &line, Ink::Plain);
        let longest = taken
            .passages()
            .max_by_key(|(_, theirs)| theirs.end.saturating_sub(theirs.start));
        let longest =
            longest.map(|(_, theirs)| quote::quoted(&quote::shortened(&theirs.exact, PASSAGE)));
        // What several copies have is shown once.
        if at < QUOTED
            && let Some(words) = longest.filter(|words| shown.insert(words.clone()))
        {
            page.put(indent + 2, &words, Ink::Faint);
        }
    }
    if rows.len() > ROWS {
        page.put(2, &format!("and {} more", rows.len() - ROWS), Ink::Faint);
    }
}
