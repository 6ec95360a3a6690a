//! The timeline of a story: the drawing of its days, and the list of what happens on them. What
//! lies far before or after the reports is listed apart and not drawn.

use jiff::ToSpan;
use jiff::civil::Date;
use variorum_model::{Agreement, EventStatus, PartialDate, Precision, Story, TimelineEntry};

use super::anchors::StoryAnchors;
use super::texts::{Passage, Texts};
use crate::labels::Labels;
use crate::timeline_svg::{self, Chart, Mark, Shape};
use crate::{dates, quote, words};

/// How many days before the first and after the last report still belong to the story's days.
const BEFORE: i64 = 45;
const AFTER: i64 = 120;

/// The timeline.
pub(super) struct TimelineView {
    pub(super) charts: Vec<Chart>,
    /// The shapes that the drawing uses, as drawn, and what they mean.
    pub(super) legend: Vec<(String, &'static str)>,
    pub(super) parts: Vec<PartView>,
}

/// A stretch of the list.
pub(super) struct PartView {
    pub(super) heading: Option<&'static str>,
    pub(super) days: Vec<DayView>,
}

/// What happens on a day (or in a month or year).
pub(super) struct DayView {
    pub(super) date: String,
    pub(super) entries: Vec<EntryView>,
}

/// One event.
pub(super) struct EntryView {
    pub(super) anchor: String,
    pub(super) shape: String,
    /// What its sentence has before the words that tell of it, these words, and what follows them.
    pub(super) before: String,
    pub(super) what: String,
    pub(super) after: String,
    pub(super) status: &'static str,
    pub(super) setting: String,
    pub(super) counts: String,
    pub(super) agree: Option<&'static str>,
    pub(super) disputed: bool,
    pub(super) passages: Vec<Passage>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Days,
    Vague,
    Earlier,
    Later,
}

impl Part {
    fn heading(self) -> Option<&'static str> {
        match self {
            Part::Days => None,
            Part::Vague => Some("Not known to the day"),
            Part::Earlier => Some("Earlier"),
            Part::Later => Some("Later"),
        }
    }
}

/// Builds the timeline; `None` when nothing is on it.
pub(super) fn view(
    story: &Story,
    places: &StoryAnchors,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> Option<TimelineView> {
    if story.timeline.is_empty() {
        return None;
    }
    let window = window(story);
    let mut ordered: Vec<(Part, &TimelineEntry, &String)> = story
        .timeline
        .iter()
        .zip(&places.timeline)
        .map(|(entry, anchor)| (part(entry.date, window), entry, anchor))
        .collect();
    ordered.sort_by_key(|(part, entry, _)| (*part, entry.date));
    let mut marks = Vec::new();
    let mut parts: Vec<(Part, PartView)> = Vec::new();
    for (at, &(part, entry, anchor)) in ordered.iter().enumerate() {
        if part == Part::Days {
            marks.extend(entry_marks(entry, at + 1, anchor, window));
        }
        if parts.last().is_none_or(|(last, _)| *last != part) {
            parts.push((
                part,
                PartView {
                    heading: part.heading(),
                    days: Vec::new(),
                },
            ));
        }
        let Some((_, list)) = parts.last_mut() else {
            continue;
        };
        let date = dates::long(entry.date);
        if list.days.last().is_none_or(|day| day.date != date) {
            list.days.push(DayView {
                date,
                entries: Vec::new(),
            });
        }
        if let Some(day) = list.days.last_mut() {
            day.entries
                .push(entry_view(entry, at + 1, anchor, labels, texts));
        }
    }
    let legend = legend(&marks);
    let charts = timeline_svg::draw(marks);
    Some(TimelineView {
        legend,
        charts,
        parts: parts.into_iter().map(|(_, view)| view).collect(),
    })
}

/// The first and last day that are drawn: those around the reports; without a dated report, those
/// around the event in the middle.
fn window(story: &Story) -> (Date, Date) {
    let days: Vec<Date> = story
        .timeline
        .iter()
        .filter_map(|e| e.date.as_day())
        .collect();
    let middle = days.get(days.len() / 2).copied();
    let from = story
        .from
        .map(PartialDate::first)
        .or(middle)
        .unwrap_or(Date::MAX);
    let to = story
        .to
        .map(PartialDate::last)
        .or(middle)
        .unwrap_or(Date::MIN);
    (
        from.saturating_sub(BEFORE.days()),
        to.saturating_add(AFTER.days()),
    )
}

fn part(date: PartialDate, window: (Date, Date)) -> Part {
    if date.last() < window.0 {
        Part::Earlier
    } else if date.first() > window.1 {
        Part::Later
    } else if date.precision() == Precision::Day {
        Part::Days
    } else {
        Part::Vague
    }
}

/// The mark of an entry, and one on every other day that reports give for it.
fn entry_marks(
    entry: &TimelineEntry,
    number: usize,
    anchor: &str,
    window: (Date, Date),
) -> Vec<Mark> {
    let disputed = entry.agree == Agreement::Conflict;
    let mark = |day, minority: bool| Mark {
        number,
        anchor: anchor.to_owned(),
        what: quote::shortened(&entry.what, 120),
        day,
        status: entry.status,
        disputed: disputed && !minority,
        minority,
    };
    let mut days: Vec<Date> = entry
        .mentions
        .iter()
        .filter_map(|m| m.date.as_day())
        .collect();
    days.retain(|day| Some(*day) != entry.date.as_day() && (window.0..=window.1).contains(day));
    days.sort_unstable();
    days.dedup();
    let others = days
        .into_iter()
        .filter(|_| disputed)
        .map(|day| mark(day, true));
    entry
        .date
        .as_day()
        .map(|day| mark(day, false))
        .into_iter()
        .chain(others)
        .collect()
}

fn entry_view(
    entry: &TimelineEntry,
    number: usize,
    anchor: &str,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> EntryView {
    let disputed = entry.agree == Agreement::Conflict;
    let shape = Shape {
        status: timeline_svg::class(entry.status),
        number,
        disputed,
        minority: false,
    };
    let names: Vec<String> = entry
        .participants
        .iter()
        .map(|name| quote::line(name))
        .collect();
    let place = entry
        .place
        .as_deref()
        .map(quote::line)
        .filter(|place| !place.is_empty());
    let setting: Vec<String> = [names.join(", ")]
        .into_iter()
        .filter(|n| !n.is_empty())
        .chain(place)
        .collect();
    let one_date = entry.mentions.iter().all(|m| m.date == entry.date);
    let passages = entry
        .mentions
        .iter()
        .map(|m| {
            let date = (!one_date).then(|| dates::long(m.date));
            let status = (m.status != entry.status).then(|| words::status(m.status).to_owned());
            let via = m.via.as_deref().map(words::medium);
            let note: Vec<String> = date.into_iter().chain(status).chain(via).collect();
            texts
                .passage(&m.evidence, anchor, labels)
                .noted(note.join(", "))
        })
        .collect();
    let media = entry
        .mentions
        .iter()
        .map(|m| (m.evidence.report.as_str(), m.via.as_deref()));
    let media = words::from_media(media, labels);
    let counts = match entry.mentions.as_slice() {
        [only] => labels.get(&only.evidence.report),
        _ => words::carried_by(entry.report_count, entry.origin_count),
    };
    let what = quote::line(&entry.what);
    // A sentence that gives another date would contradict the one above it.
    let (dated, others): (Vec<_>, Vec<_>) =
        entry.mentions.iter().partition(|m| m.date == entry.date);
    let told = dated
        .into_iter()
        .chain(others)
        .find_map(|m| texts.rest_of_sentence(&m.evidence, &what));
    let (before, after) = told.unwrap_or_default();
    EntryView {
        anchor: anchor.to_owned(),
        shape: shape.to_string(),
        before,
        what,
        after,
        status: words::status(entry.status),
        setting: setting.join(" · "),
        counts: media.map_or(counts.clone(), |media| format!("{counts} · {media}")),
        agree: words::dates_agree(entry.agree, entry.report_count),
        disputed,
        passages,
    }
}

/// The shapes that occur, with their meaning.
fn legend(marks: &[Mark]) -> Vec<(String, &'static str)> {
    use EventStatus::{Cancelled, Held, Postponed, Scheduled};
    let shape = |status, disputed, minority| {
        let status = timeline_svg::class(status);
        Shape {
            status,
            number: 0,
            disputed,
            minority,
        }
        .to_string()
    };
    let mut legend: Vec<(String, &'static str)> = [Held, Scheduled, Postponed, Cancelled]
        .into_iter()
        .filter(|status| marks.iter().any(|mark| mark.status == *status))
        .map(|status| (shape(status, false, false), words::status(status)))
        .collect();
    if let Some(mark) = marks.iter().find(|mark| mark.disputed) {
        legend.push((
            shape(mark.status, true, false),
            "the reports give different dates",
        ));
    }
    if let Some(mark) = marks.iter().find(|mark| mark.minority) {
        legend.push((shape(mark.status, false, true), "another date given for it"));
    }
    legend
}
