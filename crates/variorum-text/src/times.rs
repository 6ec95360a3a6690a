//! Time expressions and their TIMEX3 values.
//!
//! The patterns of `data/en/times.toml` find them (`patterns`), the longest of those that overlap
//! stays, and each is then given its value in text order (`resolve`): against the day of
//! publication, or in a narrative against the dates mentioned before. Tense and cue words tell
//! whether a bare weekday lies behind or ahead (`direction`).
//!
//! Where times are found does not depend on the day of publication; only their values do. The line that says
//! this day itself is no part of what the text tells, and is left out.

mod calendar;
mod direction;
mod kind;
mod lent;
mod patterns;
mod resolve;
mod triggers;
mod words;

use std::ops::Range;

use variorum_model::{CodePoints, PartialDate, Time, TimeType};

use crate::Document;
use calendar::Stretch;
use direction::{Clause, clause};
use patterns::{Found, Logic, patterns};
use resolve::{Context, Place, Resolved};

/// Which way a time expression looks from the day of publication, as the words tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Back, or to the day itself.
    Past,
    /// Ahead.
    Future,
    /// The words do not tell.
    Unknown,
}

/// One time expression: a byte range and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value.
    pub value: String,
    /// Which way it looks.
    pub direction: Direction,
}

impl TimeExpression {
    /// The calendar date that the value names, when it names one.
    pub fn date(&self) -> Option<PartialDate> {
        PartialDate::from_timex(&self.value)
    }

    /// The same with offsets in code points.
    pub fn to_model(&self, points: &CodePoints<'_>) -> Time {
        let span = points.span(self.range.clone());
        Time {
            start: span.start,
            end: span.end,
            kind: self.kind,
            value: self.value.clone(),
        }
    }
}

/// All time expressions of a text, in text order, resolved against `doc.published`.
pub fn times(doc: &Document<'_>) -> Vec<TimeExpression> {
    let found = find(doc);
    let clauses: Vec<Clause> = found.iter().map(|one| clause(doc, &one.range)).collect();
    let published = doc.published.or_else(|| kind::date_line(doc, &found));
    let mut context = Context {
        published,
        narrative: kind::is_narrative(doc, &found, published),
        goes_on: published.is_some_and(|day| kind::goes_on(doc, &found, &clauses, day)),
        ..Context::default()
    };
    let mut times = Vec::with_capacity(found.len());
    let mut sentence = usize::MAX;
    for (index, one) in found.iter().enumerate() {
        let here = doc.sentence_at(one.range.start).unwrap_or(0);
        if here != sentence {
            context.before = None;
            sentence = here;
        }
        let place = Place {
            text: doc.text,
            found: one,
            sentence: here,
            clause: clauses[index],
            beside: beside(doc, &found, &clauses, index, &context),
        };
        let pattern = patterns().get(one.pattern);
        let Some(mut resolved) = resolve::resolve(&place, pattern, &mut context) else {
            continue;
        };
        resolved.direction = looks(&resolved, place.clause.direction, &context);
        context.note(&resolved, here, &one.range);
        if !kind::says_published(doc, one) {
            push(&mut times, doc, one, &resolved, &mut context);
        }
    }
    times
}

/// Adds an expression, and the other half of a range as its own.
fn push(
    times: &mut Vec<TimeExpression>,
    doc: &Document<'_>,
    found: &Found,
    resolved: &Resolved,
    context: &mut Context,
) {
    let (first, last) = (found.place("first_day"), found.place("last"));
    let end = match (&last, found.place("day").or(found.place("year"))) {
        (Some(_), Some(first)) => first.end,
        _ => found.range.end,
    };
    let mut start = found.range.start;
    if let (Some(range), Some(day)) = (first, found.place("day"))
        && let Ok(number) = doc.text[range.clone()].parse::<i8>()
    {
        start = day.start;
        let stretch = match resolved.stretch {
            Some(Stretch::Day(day)) => jiff::civil::Date::new(day.year(), day.month(), number).ok(),
            _ => None,
        };
        let open = || {
            format!(
                "{}{number:02}",
                resolved.value.get(..8).unwrap_or("XXXX-XX-")
            )
        };
        times.push(TimeExpression {
            range,
            kind: TimeType::Date,
            value: stretch.map_or_else(open, |day| Stretch::Day(day).value()),
            direction: resolved.direction,
        });
    }
    times.push(TimeExpression {
        range: start..end,
        kind: resolved.kind,
        value: resolved.value.clone(),
        direction: resolved.direction,
    });
    if let Some(range) = last
        && let Some(number) = doc.text[range.clone()].parse().ok()
    {
        let stretch = resolved
            .stretch
            .and_then(|stretch| range_end(stretch, number));
        let value = match stretch {
            Some(stretch) => stretch.value(),
            None => format!(
                "{}{number:02}",
                resolved.value.get(..8).unwrap_or("XXXX-XX-")
            ),
        };
        if stretch.is_some() {
            context.last = stretch;
        }
        times.push(TimeExpression {
            range,
            kind: TimeType::Date,
            value,
            direction: resolved.direction,
        });
    }
}

/// Where a range ends that begins on a day or in a year: January 10-13, 1939-45.
fn range_end(from: Stretch, number: i16) -> Option<Stretch> {
    match from {
        Stretch::Day(day) => {
            let day = jiff::civil::Date::new(day.year(), day.month(), i8::try_from(number).ok()?);
            day.ok().map(Stretch::Day)
        }
        Stretch::Year(year) if number < 100 => Some(Stretch::Year(year / 100 * 100 + number)),
        Stretch::Year(_) => Some(Stretch::Year(number)),
        _ => None,
    }
}

/// Everything that is a time expression, without overlaps, in text order.
fn find(doc: &Document<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in &doc.sentences {
        patterns().find(doc.text, &sentence.range, &mut found);
    }
    let logic = |one: &Found| patterns().get(one.pattern).logic;
    let before_christ = found.iter().any(|one| logic(one) == Logic::BeforeChrist);
    found.retain(|one| {
        let bare = logic(one) == Logic::BeforeChristBare;
        (before_christ || !bare) && counts_up(one, doc.text)
    });
    let mut found = longest(found);
    // Only now, so that of the 31st of February not even February is left.
    found.retain(|one| resolve::is_possible(one, doc.text, logic(one)));
    lent::lend_years(doc.text, &mut found);
    found
}

/// Whether of two days joined the second is the later one: "12 to 14 March", not "30 or 12 March".
fn counts_up(found: &Found, text: &str) -> bool {
    let day = |group| found.get(text, group)?.parse::<i8>().ok();
    match (day("first_day"), day("day"), day("last")) {
        (Some(first), Some(day), _) => first < day,
        (None, Some(day), Some(last)) => day < last,
        _ => true,
    }
}

/// Of overlapping expressions the longest stays; of two as long the earlier pattern's.
fn longest(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| {
        (
            std::cmp::Reverse(one.range.len()),
            one.range.start,
            one.pattern,
        )
    });
    let mut taken = std::collections::BTreeMap::new();
    for one in found {
        let before = taken.range(..one.range.end).next_back();
        if before.is_none_or(|(_, kept): (_, &Found)| kept.range.end <= one.range.start) {
            taken.insert(one.range.start, one);
        }
    }
    taken.into_values().collect()
}

/// The date that stands right beside a clock time.
fn beside(
    doc: &Document<'_>,
    found: &[Found],
    clauses: &[Clause],
    index: usize,
    context: &Context,
) -> Option<Stretch> {
    if patterns().get(found[index].pattern).logic != Logic::Clock {
        return None;
    }
    let before = context.before.and_then(|before| before.day);
    let Some(next) = found.get(index + 1) else {
        return before.map(Stretch::Day);
    };
    let gap = doc.text.get(found[index].range.end..next.range.start)?;
    let joins = gap.len() <= 12
        && gap
            .split_whitespace()
            .all(|w| matches!(w, "on" | "," | "of" | "local" | "time" | "late"));
    if !joins {
        return before.map(Stretch::Day);
    }
    let place = Place {
        text: doc.text,
        found: next,
        sentence: doc.sentence_at(next.range.start).unwrap_or(0),
        clause: clauses[index + 1],
        beside: None,
    };
    let mut scratch = context.clone();
    resolve::resolve(&place, patterns().get(next.pattern), &mut scratch)?.stretch
}

/// Which way an expression looks: by the calendar where it can tell, else by the words.
fn looks(resolved: &Resolved, clause: Direction, context: &Context) -> Direction {
    let words = match resolved.direction {
        Direction::Unknown => clause,
        told => told,
    };
    match (resolved.stretch, context.published) {
        (Some(stretch), Some(published)) => match stretch.first() {
            Some(first) if first > published => Direction::Future,
            Some(first) if first < published && matches!(stretch, Stretch::Day(_)) => {
                Direction::Past
            }
            _ => words,
        },
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn values(text: &str, published: Option<jiff::civil::Date>) -> Vec<String> {
        let doc = Document::new(text, published);
        times(&doc).into_iter().map(|time| time.value).collect()
    }

    #[test]
    fn an_undated_text_keeps_its_times_open() {
        let text = "Moscow has agreed to come Wednesday, the first since the summer of 2019. \
            Another meeting will follow in Vienna the next day.";
        assert_eq!(values(text, None), ["XXXX-WXX-3", "2019-SU", "XXXX-XX-XX"]);
        let dated = values(text, Some(date(2022, 1, 7)));
        assert_eq!(dated, ["2022-01-12", "2019-SU", "2022-01-13"]);
    }

    #[test]
    fn a_full_date_lends_its_year() {
        let text = "It was issued on January 7, 2022. Talks begin on January 10.";
        assert_eq!(values(text, None), ["2022-01-07", "2022-01-10"]);
        assert_eq!(values("Talks begin on January 10.", None), ["XXXX-01-10"]);
    }

    #[test]
    fn what_no_calendar_holds_gets_no_value() {
        let check = |text: &str, expected: &[&str]| {
            let found = values(text, Some(date(2022, 1, 7)));
            assert_eq!(found, expected, "{text:?}");
        };
        check("31 February; the 31st of April 2021; February 30", &[]);
        check("in the year 0, in 99999, in 0000, year 10000", &[]);
        check("on 12/11/10 and 13/11/10", &["XXXX-XX-XX", "2010-11-13"]);
        check("45/13/2020; 0/0/0; 2021-00-10; 2021-13-01; 2021-02-29", &[]);
        check("Chapter XIV, Louis XIV, MMXX, World War II", &[]);
        check(
            "555-1212, (202) 456-1414, +44 20 7946 0958, 1-800-2020-123",
            &[],
        );
        check(
            "Arsenal 2, Chelsea 1; Leeds 2010-1; 6-4, 7-5, 6-3; scored 12:10",
            &[],
        );
        check("at 25:61, 24:30 GMT, 99:99, 12:60 p.m., 13 p.m.", &[]);
        check(
            "23 Ramadan 1443, 5 Tishri 5782, Year 7 of the Republic",
            &[],
        );
        let nines = "9".repeat(400);
        check(
            &format!("January {nines}, {nines} days ago, {nines} years"),
            &[],
        );
        let header = "Name Age 2019 2020 GDP 1.2 3.4 12:30 1,999 2,021";
        check(header, &["2019", "2020"]);
    }

    #[test]
    fn the_line_with_the_date_of_publication_is_no_time_of_the_text() {
        let text = "Airliner flies\nApril 27 , 2005\nThe plane took off on April 27, 2005.";
        assert_eq!(values(text, Some(date(2005, 4, 27))), ["2005-04-27"]);
        assert_eq!(values(text, Some(date(2005, 4, 28))).len(), 2);
        assert_eq!(values("April 27, 2005", Some(date(2005, 4, 27))).len(), 1);
    }

    #[test]
    fn a_day_of_publication_beyond_the_calendar_does_no_harm() {
        let text = "next week, ten years ago, 9999 years later, last Monday, tomorrow, the next day, \
            the weekend, a week from Monday, in two weeks' time, the year before last";
        for day in [date(9999, 12, 31), date(-9999, 1, 1), date(1, 1, 1)] {
            assert!(!values(text, Some(day)).is_empty());
        }
    }

    #[test]
    fn a_date_line_dates_an_undated_text() {
        let text = "Airliner flies\nApril 27, 2005\nThe plane took off today.";
        assert_eq!(values(text, None), ["2005-04-27", "2005-04-27"]);
    }

    proptest::proptest! {
        #[test]
        fn ranges_do_not_depend_on_the_date(
            text in "((next|last|two|the|on|29|February|Monday|days|day|year|2022|1999|, |5 p\\.m\\.|after|[0-9]{1,4}|\\(7\\)|12/31/99|é|“) ?){0,14}",
            year in 1i16..9999,
        ) {
            let ranges = |published| -> Vec<_> {
                let doc = Document::new(&text, published);
                times(&doc).into_iter().map(|time| (time.range, time.kind)).collect()
            };
            let undated = ranges(None);
            proptest::prop_assert_eq!(&undated, &ranges(Some(date(year, 2, 28))));
            for pair in undated.windows(2) {
                proptest::prop_assert!(pair[0].0.end <= pair[1].0.start);
            }
        }

        #[test]
        fn any_text_is_taken(text in "\\PC{0,80}") {
            times(&Document::new(&text, Some(date(9999, 12, 31))));
        }
    }
}
