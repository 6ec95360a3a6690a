//! Happenings that a report puts on the calendar.
//!
//! Every time expression that names a day, a month or a year is asked what it dates:
//!
//! 1. `clause`: the clause around it, from what stands around it in its sentence.
//! 2. A mere saying ("she said on Friday that ...") is no happening, but a meeting on whose occasion
//!    it was said is one.
//! 3. `phrase`: a noun phrase of the clause that names a happening ("talks between ..."), where the
//!    time belongs to it; else the clause itself.
//! 4. `people`: who takes part, and where.
//!
//! In an undated report the times are open; `collate` fills in the dates.

mod clause;
mod people;
mod phrase;
mod view;

use std::ops::Range;

use variorum_model::{CodePoints, Event, EventStatus, Name, PartialDate, TimeType};
use variorum_text::Document;
use variorum_text::times::{Direction, TimeExpression};

use crate::cues::Cue;
use view::View;

/// A saying dates the meeting that a sentence so many sentences later mentions.
const SAME_OCCASION: usize = 5;

/// All events of a report, in text order.
pub(crate) fn events(
    doc: &Document<'_>,
    points: &CodePoints<'_>,
    cues: &[Cue],
    names: &[Name],
    times: &[TimeExpression],
) -> Vec<Event> {
    let view = View::of(doc, points, cues, names, times);
    let mut found: Vec<Event> = Vec::new();
    let mut said: Option<(usize, usize)> = None;
    let mut next = 0;
    for (number, sentence) in doc.sentences.iter().enumerate() {
        let first = next;
        while times
            .get(next)
            .is_some_and(|time| time.range.start < sentence.range.end)
        {
            next += 1;
        }
        let dated: Vec<usize> = (first..next).filter(|&i| names_a_date(&times[i])).collect();
        for &time in &dated {
            let Some(happening) = happening(&view, sentence.tokens.clone(), time) else {
                continue;
            };
            if happening.said {
                said = Some((number, time));
            }
            let told = |what: &Range<usize>| !phrase::is_bare_briefing(&view, what);
            if let Some(what) = happening.what.filter(told) {
                let around = (&happening.clause, &happening.among);
                found.push(event(&view, points, around, what, time, times));
            }
        }
        if dated.is_empty()
            && let Some((at, time)) = said
            && number - at <= SAME_OCCASION
            && let Some((who, what)) = phrase::occasion(&view, sentence.tokens.clone(), None)
        {
            found.push(event(&view, points, (&who, &who), what, time, times));
        }
    }
    found.sort_by_key(|event| (event.start, event.end, event.time));
    found.dedup_by(|a, b| (a.start, a.end, &a.what, a.time) == (b.start, b.end, &b.what, b.time));
    found
}

/// What a time expression dates.
struct Happening {
    /// Tokens of the clause.
    clause: Range<usize>,
    /// Tokens of the line that stands for it, none for a mere saying.
    what: Option<Range<usize>>,
    /// Tokens among which those who take part are named.
    among: Range<usize>,
    /// Whether the time says when something was said.
    said: bool,
}

fn happening(view: &View<'_>, sentence: Range<usize>, time: usize) -> Option<Happening> {
    let at = view.time_tokens(time);
    if at.is_empty() {
        return None;
    }
    let clause = clause::around(view, sentence.clone(), at.clone());
    if view.is_standing(&at, sentence.start) && clause.start < at.start {
        return None;
    }
    let said = clause::dates_a_saying(view, &clause, &at);
    if let Some(what) = phrase::modified(view, &clause, &at) {
        return Some(Happening {
            clause,
            among: what.clone(),
            what: Some(what),
            said,
        });
    }
    if said {
        let (among, what) = match phrase::occasion(view, sentence, Some(time)) {
            Some((who, what)) => (who, Some(what)),
            None => (clause.clone(), None),
        };
        return Some(Happening {
            clause: clause.start.min(among.start)..clause.end.max(among.end),
            what,
            among,
            said,
        });
    }
    let (clause, what) = phrase::named(view, &clause, &at)
        .map(|what| (clause.clone(), what))
        .or_else(|| clause::line(view, &clause, &at).map(|what| (clause.clone(), what)))
        .or_else(|| phrase::shared(view, sentence, &clause))?;
    Some(Happening {
        among: clause.clone(),
        clause,
        what: Some(what),
        said,
    })
}

/// Whether the value is a day, a month or a year, or will be one when the report gets a date.
fn names_a_date(time: &TimeExpression) -> bool {
    if !matches!(time.kind, TimeType::Date | TimeType::Time) {
        return false;
    }
    let value = time.value.split('T').next().unwrap_or_default();
    if value.parse::<PartialDate>().is_ok() {
        return true;
    }
    // Open values: XXXX-01-07, XXXX-WXX-5, XXXX-XX-XX.
    let open = value.starts_with("XXXX") && value.len() > 4;
    open && value
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'X' | b'-' | b'W'))
}

fn event(
    view: &View<'_>,
    points: &CodePoints<'_>,
    (clause, among): (&Range<usize>, &Range<usize>),
    what: Range<usize>,
    time: usize,
    times: &[TimeExpression],
) -> Event {
    let doc = view.doc;
    let at = view.time_tokens(time);
    let whole = clause.start.min(what.start)..clause.end.max(what.end);
    let span = points.span(doc.bytes(whole.clone()));
    let what = without_light_verb(view, what);
    let expression = &times[time];
    let date = expression.date();
    let (participants, place) = people::people(view, among, &what);
    Event {
        start: span.start,
        end: span.end,
        what: doc.text[doc.bytes(what)].to_owned(),
        participants,
        place,
        date,
        time: Some(points.span(expression.range.clone())),
        status: status(view, &whole, &at, expression.direction, date),
    }
}

/// "hold | negotiations in Geneva" tells no more than "negotiations in Geneva".
fn without_light_verb(view: &View<'_>, what: Range<usize>) -> Range<usize> {
    let light = view.lower(what.start) == "hold" || view.lower(what.start) == "attend";
    let rest = what.start + 1..what.end;
    let near = rest.start..rest.end.min(rest.start + 4);
    if light && near.clone().any(|k| view.noun_kind(k).is_some()) {
        rest
    } else {
        what
    }
}

/// Whether it has happened, from the words, the direction of the time, and the date.
fn status(
    view: &View<'_>,
    clause: &Range<usize>,
    time: &Range<usize>,
    direction: Direction,
    date: Option<PartialDate>,
) -> EventStatus {
    let has = |words: &dyn Fn(&str) -> bool| {
        clause.clone().any(|k| {
            words(view.lower(k))
                || (k + 1 < clause.end
                    && words(&format!("{} {}", view.lower(k), view.lower(k + 1))))
        })
    };
    let words = view::words();
    if has(&|w| words.cancelled.contains(w)) {
        return EventStatus::Cancelled;
    }
    if has(&|w| words.postponed.contains(w)) {
        return EventStatus::Postponed;
    }
    if let (Some(published), Some(date)) = (view.doc.published, date) {
        if date.first() > published {
            return EventStatus::Scheduled;
        }
        if date.last() < published {
            return EventStatus::Held;
        }
    }
    let ahead = || {
        let mut clause = clause.clone();
        clause.any(|k| words.ahead.contains(view.lower(k)) && !time.contains(&k))
    };
    match direction {
        Direction::Future => EventStatus::Scheduled,
        Direction::Unknown if ahead() => EventStatus::Scheduled,
        _ => EventStatus::Held,
    }
}

#[cfg(test)]
mod tests;
