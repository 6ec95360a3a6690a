//! The short form of a story file, on about forty lines: where the reports disagree, what most of them carry,
//! what comes next. What does not fit is counted, never cut within.

use variorum_model::{
    Disagreement, EventStatus, Stance, Statement, Story, StoryFile, TimelineEntry,
};

use crate::labels::Labels;
use crate::provenance::Provenance;
use crate::{dates, quote, sides, wordings, words};

/// How many lines the whole has at most, but for a narrow page.
const LINES: usize = 40;
/// Of how many stories more than the number is told.
const STORIES: usize = 3;

/// One paragraph of the short form.
pub(crate) enum Line {
    /// The title of a story.
    Title(String),
    /// A paragraph.
    Plain(String),
    /// What the items below it are.
    Heading(String),
    /// An item of a list.
    Item(String),
    /// What belongs to the item above it.
    Under(String),
    /// What made it and what it compares.
    Last(String),
}

/// The short form; `height` tells how many lines a paragraph takes, empty ones around it included.
pub(crate) fn lines(file: &StoryFile, height: impl Fn(&Line) -> usize) -> Vec<Line> {
    let provenance = Provenance::of(file);
    let mut last = vec![Line::Last(provenance.made)];
    last.extend(provenance.limits.map(Line::Last));
    let tall = |lines: &[Line]| lines.iter().map(&height).sum::<usize>();
    // Those that most reports tell come first.
    let mut stories: Vec<&Story> = file.stories.iter().collect();
    stories.sort_by_key(|story| std::cmp::Reverse(story.reports.len()));
    let more = stories.len().saturating_sub(STORIES);
    stories.truncate(STORIES);
    let mut out = Vec::new();
    match file.stories.len() {
        0 => out.push(Line::Plain("No story was found.".to_owned())),
        1 => {}
        several => out.push(Line::Plain(words::story_total(several))),
    }
    // With the empty line above the last ones, and the line that counts what is left out.
    let around = tall(&last) + 1 + tall(&out) + usize::from(more > 0);
    let mut room = LINES.saturating_sub(around);
    for (at, story) in stories.iter().enumerate() {
        // What the stories behind it leave over is a story's own.
        let later = stories[at + 1..].iter();
        let later = later.map(|story| tall(&story_lines(story, room, &height)));
        let share = room
            .saturating_sub(later.sum())
            .max(room / (stories.len() - at));
        let told = story_lines(story, share, &height);
        room = room.saturating_sub(tall(&told));
        out.extend(told);
    }
    if more > 0 {
        out.push(Line::Plain(format!("and {more} more")));
    }
    out.extend(last);
    out
}

fn story_lines(story: &Story, room: usize, height: &impl Fn(&Line) -> usize) -> Vec<Line> {
    let tall = |lines: &[Line]| lines.iter().map(height).sum::<usize>();
    let period = dates::period(story.from, story.to).map_or(String::new(), |p| format!("{p} · "));
    let mut out = vec![
        Line::Title(words::title(story)),
        Line::Plain(format!("{period}{}", words::story_counts(story))),
    ];
    let mut room = room.saturating_sub(tall(&out));
    let sections = sections(story);
    // How many lines a section would take, so far as there are any.
    let need = |items: &[Item<'_>], room: usize| {
        let mut lines = height(&Line::Heading(String::new()));
        for item in items {
            if lines > room {
                break;
            }
            lines += tall(&item());
        }
        lines
    };
    for (at, (heading, items)) in sections.iter().enumerate() {
        // What the sections behind it leave over is a section's own.
        let later = sections[at + 1..]
            .iter()
            .map(|(_, items)| need(items, room));
        let left_over = room.saturating_sub(later.sum());
        let share = left_over.max(room / (sections.len() - at));
        let mut part = vec![Line::Heading(heading.clone())];
        let mut shown = 0;
        for item in items {
            let item = item();
            let rest = usize::from(shown + 1 < items.len());
            // What matters most is there however little room there is.
            let room = match (at, shown) {
                (0, 0) => usize::MAX,
                (_, 0) => room,
                _ => share,
            };
            if tall(&part) + tall(&item) + rest > room {
                break;
            }
            part.extend(item);
            shown += 1;
        }
        if shown == 0 {
            continue;
        }
        if shown < items.len() {
            part.push(Line::Item(format!("and {} more", items.len() - shown)));
        }
        room = room.saturating_sub(tall(&part));
        out.extend(part);
    }
    out
}

/// An item, made only when there is room for it.
type Item<'a> = Box<dyn Fn() -> Vec<Line> + 'a>;

/// What a story has to tell, with headings; nothing that is empty.
fn sections(story: &Story) -> Vec<(String, Vec<Item<'_>>)> {
    let disagreements = story.disagreements.iter();
    let disagreements: Vec<Item<'_>> = disagreements
        .map(|one| Box::new(move || disagreement(story, one)) as Item<'_>)
        .collect();
    let statements: Vec<Item<'_>> = first_statements(story)
        .into_iter()
        .map(|one| Box::new(move || vec![Line::Item(statement(story, one))]) as Item<'_>)
        .collect();
    let next: Vec<Item<'_>> = next(story)
        .map(|one| Box::new(move || vec![Line::Item(date(one))]) as Item<'_>)
        .collect();
    let as_of = story
        .to
        .map_or(String::new(), |to| format!(", as of {}", dates::short(to)));
    [
        (
            words::count(disagreements.len(), "disagreement"),
            disagreements,
        ),
        ("Carried by most".to_owned(), statements),
        (format!("What comes next{as_of}"), next),
    ]
    .into_iter()
    .filter(|(_, items)| !items.is_empty())
    .collect()
}

fn disagreement(story: &Story, one: &Disagreement) -> Vec<Line> {
    let labels = Labels::of(story);
    let what = quote::line(&one.what);
    let head = Line::Item(format!("{} {what}", words::disagreement(one.kind)));
    let sides = one.sides.iter().map(|side| {
        let who = match side.reports.as_slice() {
            [only] => labels.get(only),
            several => words::carried_by(several.len(), side.origin_count),
        };
        Line::Under(format!("{} ({who})", sides::value(story, one, side)))
    });
    std::iter::once(head).chain(sides).collect()
}

/// The statements, those that most origins and reports carry first. What is not asserted is left out where no
/// word says so.
fn first_statements(story: &Story) -> Vec<&Statement> {
    let mut statements: Vec<&Statement> = story
        .statements
        .iter()
        .filter(|s| !s.folded && (s.stance == Stance::Asserts || cue(s).is_some()))
        .collect();
    statements.sort_by_key(|s| {
        let reach = (s.origin_count, s.report_count);
        (s.speaker.is_none(), std::cmp::Reverse(reach))
    });
    statements
}

/// The word that turns a statement round.
fn cue(statement: &Statement) -> Option<String> {
    let cue = statement.variants.iter().find_map(|v| v.cue.as_ref())?;
    Some(quote::line(&cue.exact)).filter(|words| !words.is_empty())
}

fn statement(story: &Story, one: &Statement) -> String {
    let name = one
        .speaker
        .as_ref()
        .map_or_else(|| "No speaker named".to_owned(), words::speaker);
    let cue = cue(one).filter(|_| one.stance != Stance::Asserts);
    let turned = cue.map_or(String::new(), |cue| format!(" {cue}"));
    let shown = wordings::shown(&one.exact, wordings::best_kind(one));
    let carried = match wordings::only_report(one) {
        Some(report) => Labels::of(story).get(report),
        None => words::carried_by(one.report_count, one.origin_count),
    };
    format!("{name}{turned}: {shown} ({carried})")
}

/// What the reports announce for their last day or later, by date.
fn next(story: &Story) -> impl Iterator<Item = &TimelineEntry> {
    let is_to_come = |entry: &&TimelineEntry| {
        let announced = matches!(
            entry.status,
            EventStatus::Scheduled | EventStatus::Postponed
        );
        announced && story.to.is_none_or(|to| entry.date.last() >= to.first())
    };
    story.timeline.iter().filter(is_to_come)
}

fn date(entry: &TimelineEntry) -> String {
    let carried = words::carried_by(entry.report_count, entry.origin_count);
    let (day, what) = (dates::short(entry.date), quote::line(&entry.what));
    format!("{day}: {what} ({}; {carried})", words::status(entry.status))
}
