//! Happenings that a report puts on the calendar.
//!
//! Every time expression that names a day, a month or a year is asked what it dates:
//!
//! 1. `dated`: the noun or the verb of its sentence that tells the happening.
//! 2. A mere saying ("she said on Friday that ...") is no happening, but a meeting on whose occasion
//!    it was said is one (`occasion`).
//! 3. `line`: the words that stand for the happening, a noun phrase or a clause.
//! 4. `people`: who takes part, and where.
//!
//! In an undated report the times are open; `collate` fills in the dates.

mod dated;
mod line;
pub(crate) mod mentions;
mod occasion;
mod people;
mod view;

use std::ops::Range;

use variorum_model::{CodePoints, Event, EventStatus, Name, PartialDate, TimeType};
use variorum_text::Document;
use variorum_text::happenings::Kind;
use variorum_text::outlets::Outlets;
use variorum_text::syntax::Syntax;
use variorum_text::times::{Direction, TimeExpression};

use crate::cues::Cue;
use dated::Dated;
use view::View;

/// A saying dates the meeting that a sentence so many sentences later mentions.
const SAME_OCCASION: usize = 5;
/// A line stands at most so many tokens from a time that does not hang on its head.
const FAR: usize = 12;

/// All events of a report, in text order.
pub(crate) fn events(
    doc: &Document<'_>,
    syntax: &Syntax<'_>,
    points: &CodePoints<'_>,
    cues: &[Cue],
    names: &[Name],
    times: &[TimeExpression],
    outlets: &Outlets,
) -> Vec<Event> {
    let view = View::of(doc, syntax, points, cues, names, times, outlets);
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
        let dates: Vec<usize> = (first..next).filter(|&i| names_a_date(&times[i])).collect();
        for &time in &dates {
            let at = view.time_tokens(time);
            if at.is_empty() || view.is_name(&at) || is_link_list(&view, &sentence.tokens) {
                continue;
            }
            if let Some(what) = line::when(&view, &at) {
                let passage = around(&what, &at);
                let among = what.clone();
                let told = Told {
                    kind: None,
                    what,
                    passage,
                    among,
                };
                found.push(event(&view, points, &told, time, times));
                continue;
            }
            if view.is_standing(&at, sentence.tokens.start) || view.is_bound(&at) {
                continue;
            }
            let dated = dated::dated(&view, &at);
            if let Some(Dated::Saying(_)) = dated {
                said = Some((number, time));
            }
            let near = || match dated {
                Some(Dated::Saying(_) | Dated::Clause(_) | Dated::Nothing) => None,
                _ => dated::nearest(&view, &sentence.tokens, &at),
            };
            let told = dated
                .and_then(|dated| told(&view, &sentence.tokens, dated, &at))
                .or_else(|| told(&view, &sentence.tokens, near()?, &at));
            if let Some(told) = told.filter(|told| !has_link(&view, &told.passage)) {
                found.push(event(&view, points, &told, time, times));
            }
        }
        if dates.is_empty()
            && let Some((at, time)) = said
            && number - at <= SAME_OCCASION
            && let Some(told) = occasion::occasion(&view, &sentence.tokens, &(0..0))
        {
            found.push(event(&view, points, &told, time, times));
        }
    }
    found.sort_by_key(|event| (event.start, event.end, event.time));
    found.dedup_by(|a, b| (a.start, a.end, &a.what, a.time) == (b.start, b.end, &b.what, b.time));
    found
}

/// Whether a sentence is a list of links to other pages, which a page ends with a link to more.
fn is_link_list(view: &View<'_>, sentence: &Range<usize>) -> bool {
    let more = |k: usize| view.doc.word(k) == "MORE";
    let shouted = |k: &usize| {
        let word = view.doc.word(*k);
        word.len() > 1 && word.chars().all(char::is_uppercase)
    };
    sentence.clone().any(more) && sentence.clone().filter(shouted).count() * 3 < sentence.len()
}

/// Whether an address of the web stands in a passage: what is before it is not told of what is behind.
fn has_link(view: &View<'_>, passage: &Range<usize>) -> bool {
    passage.clone().any(|k| line::is_link(view.doc.word(k)))
}

/// A happening as its sentence tells it, in tokens.
struct Told {
    /// The kind of happening that its noun or verb names.
    kind: Option<Kind>,
    /// The line that stands for it.
    what: Range<usize>,
    /// The passage that shows it, with the line in it.
    passage: Range<usize>,
    /// Where those who take part and the place are named.
    among: Range<usize>,
}

fn told(
    view: &View<'_>,
    sentence: &Range<usize>,
    dated: Dated,
    time: &Range<usize>,
) -> Option<Told> {
    let (head, what) = match dated {
        Dated::Saying(_) => return occasion::occasion(view, sentence, time),
        Dated::Nothing => return None,
        Dated::Clause(verb) => (verb, clause(view, verb, time)?),
        Dated::Noun(noun) => (noun, named(view, noun, time)?),
    };
    let kind = dated::kind(view, head);
    if kind.is_none() && dated::is_standing_truth(view, head, &what, time) {
        return None;
    }
    // What stands far from a time that hangs on another word is told of something else.
    let hangs = dated::hangs_on(view, head, time);
    let gap = time
        .start
        .saturating_sub(what.end)
        .max(what.start.saturating_sub(time.end));
    if !hangs && gap > FAR {
        return None;
    }
    let passage = around(&what, time);
    // "talks on Monday in Geneva and |on Wednesday in Brussels|" are two, told by one word.
    if let Some(own) = line::own_part(view, head, time) {
        let passage = around(&passage, &own);
        let what = what.start..what.end.max(own.end);
        return Some(Told {
            kind,
            what,
            passage,
            among: own,
        });
    }
    // "Russia will hold |talks| on Monday": who takes part stands around the noun.
    let clause = match dated {
        Dated::Noun(noun) => view.syntax.heads[noun]
            .filter(|&verb| dated::is_predicate(view, verb) && !view.merely_says(verb))
            .and_then(|verb| line::clause(view, verb, time))
            .filter(|clause| clause.contains(&noun)),
        _ => None,
    };
    let passage = clause.map_or(passage.clone(), |clause| around(&passage, &clause));
    Some(Told {
        kind,
        among: passage.clone(),
        what,
        passage,
    })
}

fn around(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}

/// The line of a noun that names a happening.
fn named(view: &View<'_>, noun: usize, time: &Range<usize>) -> Option<Range<usize>> {
    let phrase = line::phrase(view, noun, time);
    let with_time = line::with_time(noun, time);
    if is_briefing(view, noun) && view.names_in(phrase.clone()).next().is_none() {
        return with_time;
    }
    if !line::is_bare(view, &phrase) {
        return Some(phrase);
    }
    if dated::fronted(view, time) == Some(noun)
        && let Some(line) = line::fronted_with_time(&phrase, noun, time)
    {
        return Some(line);
    }
    if dated::addition(view, time) == Some(Dated::Noun(noun)) {
        return Some(line::up_to_time(view, phrase.start, time));
    }
    // A bare noun is told with its time ("Wednesday's attack") or its verb ("the vote was held").
    with_time.or_else(|| {
        let verb = line::predicate_above(view, noun).filter(|&verb| !view.merely_says(verb));
        let line = verb.and_then(|verb| line::clause(view, verb, time));
        line.or_else(|| (phrase.len() > 1).then_some(phrase))
    })
}

/// The line of a clause, or where it is none ("were among the |injured| on Wednesday") of the clause above.
fn clause(view: &View<'_>, verb: usize, time: &Range<usize>) -> Option<Range<usize>> {
    line::clause(view, verb, time).or_else(|| {
        let above = line::predicate_above(view, verb).filter(|&k| !view.merely_says(k))?;
        line::clause(view, above, time)
    })
}

/// "a press conference": that something was said at one is no happening of its own.
fn is_briefing(view: &View<'_>, noun: usize) -> bool {
    view.noun_kind(noun)
        .is_some_and(|kind| kind.name() == "briefing")
}

/// Whether the value is a day, a month or a year, or will be one when the report gets a date.
fn names_a_date(time: &TimeExpression) -> bool {
    if !matches!(time.kind, TimeType::Date | TimeType::Time) {
        return false;
    }
    if time.date().is_some() {
        return true;
    }
    let value = time.value.split('T').next().unwrap_or_default();
    // Open values: XXXX-01-07, XXXX-WXX-5, XXXX-XX-XX.
    let open = value.starts_with("XXXX") && value.len() > 4;
    open && value
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'X' | b'-' | b'W'))
}

fn event(
    view: &View<'_>,
    points: &CodePoints<'_>,
    told: &Told,
    time: usize,
    times: &[TimeExpression],
) -> Event {
    let doc = view.doc;
    let at = view.time_tokens(time);
    let span = points.span(doc.bytes(told.passage.clone()));
    let expression = &times[time];
    let date = expression.date();
    let (participants, place) = people::people(view, &told.among, &told.what);
    let status = status(view, &told.passage, &at, expression.direction, date);
    Event {
        start: span.start,
        end: span.end,
        what: doc.text[doc.bytes(told.what.clone())].to_owned(),
        kind: told.kind.map(|kind| kind.name().to_owned()),
        participants,
        place,
        date,
        time: Some(points.span(expression.range.clone())),
        status,
        via: None,
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
        // A report that was updated on the day after its date tells of that day as past.
        let told = direction == Direction::Past && published.tomorrow().ok() == date.as_day();
        if date.first() > published && !told {
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
