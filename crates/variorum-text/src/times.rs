//! Time expressions and their TIMEX3 values.
//!
//! The patterns of `data/en/times.toml` find them (`patterns`), the longest of those that overlap
//! stays, and each is then given its value in text order (`resolve`): against the day of
//! publication, or in a narrative against the dates mentioned before. Tense and cue words tell
//! whether a bare weekday lies behind or ahead (`direction`).
//!
//! Where times are found does not depend on the day of publication; only their values do.

mod calendar;
mod direction;
mod patterns;
mod resolve;
mod words;

use std::ops::Range;

use variorum_model::{CodePoints, PartialDate, Time, TimeType};

use crate::Document;
use calendar::Stretch;
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
        self.value.split('T').next()?.parse().ok()
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

/// A narrative names at least so many years.
const NARRATIVE_YEARS: usize = 6;
/// A date line of an undated text stands within so many bytes of its start.
const DATE_LINE: usize = 400;

/// All time expressions of a text, in text order, resolved against `doc.published`.
pub fn times(doc: &Document<'_>) -> Vec<TimeExpression> {
    let found = find(doc);
    let mut context = Context {
        published: doc.published.or_else(|| date_line(doc, &found)),
        ..Context::default()
    };
    context.narrative = is_narrative(doc, &found, context.published);
    let mut times = Vec::with_capacity(found.len());
    let mut sentence = usize::MAX;
    for (index, one) in found.iter().enumerate() {
        let here = doc.sentence_at(one.range.start).unwrap_or(0);
        if here != sentence {
            context.before = None;
            sentence = here;
        }
        let (clause, cue) = direction::direction(doc, &one.range);
        let place = Place {
            text: doc.text,
            found: one,
            sentence: here,
            clause,
            cue,
            beside: beside(doc, &found, index, &context),
        };
        let pattern = patterns().get(one.pattern);
        let Some(mut resolved) = resolve::resolve(&place, pattern, &mut context) else {
            continue;
        };
        resolved.direction = looks(&resolved, clause, &context);
        context.note(&resolved, here, &one.range);
        push(&mut times, doc, one, &resolved, &mut context);
    }
    times
}

/// Adds an expression, and the second half of a range as its own.
fn push(
    times: &mut Vec<TimeExpression>,
    doc: &Document<'_>,
    found: &Found,
    resolved: &Resolved,
    context: &mut Context,
) {
    let last = found.place("last");
    let end = match (&last, found.place("day").or(found.place("year"))) {
        (Some(_), Some(first)) => first.end,
        _ => found.range.end,
    };
    times.push(TimeExpression {
        range: found.range.start..end,
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
        (!bare || before_christ) && resolve::is_possible(one, doc.text, logic(one))
    });
    longest(found)
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

/// The full date that stands alone, or nearly so, at the head of an undated text.
fn date_line(doc: &Document<'_>, found: &[Found]) -> Option<jiff::civil::Date> {
    let mut head = found.iter().take_while(|one| one.range.start < DATE_LINE);
    head.find_map(|one| {
        let sentence = doc.sentence_at(one.range.start)?;
        let line = doc.paragraph_bytes(doc.sentences[sentence].paragraph);
        let rest = line.len().saturating_sub(one.range.len());
        let day = resolve::full_day(one, doc.text, patterns().get(one.pattern).logic)?;
        (rest < 12).then_some(day)
    })
}

/// Whether a text tells of long ago: most years that it names lie at least two years before it was
/// published, and it seldom says today, yesterday or Monday.
fn is_narrative(doc: &Document<'_>, found: &[Found], published: Option<jiff::civil::Date>) -> bool {
    let (mut years, mut past, mut deictic) = (0, 0, 0);
    for one in found {
        let logic = patterns().get(one.pattern).logic;
        deictic += usize::from(matches!(logic, Logic::DayWord | Logic::Weekday));
        let Some(year) = one
            .get(doc.text, "year")
            .and_then(|y| y.parse::<i16>().ok())
        else {
            continue;
        };
        years += 1;
        let before_christ = matches!(logic, Logic::BeforeChrist | Logic::BeforeChristBare);
        let recent = published.is_some_and(|day| year >= day.year() - 1);
        past += usize::from(before_christ || !recent);
    }
    years >= NARRATIVE_YEARS && past * 4 >= years * 3 && deictic * 10 <= years
}

/// The date that stands right beside a clock time.
fn beside(doc: &Document<'_>, found: &[Found], index: usize, context: &Context) -> Option<Stretch> {
    if patterns().get(found[index].pattern).logic != Logic::Clock {
        return None;
    }
    let next = found.get(index + 1)?;
    let gap = doc.text.get(found[index].range.end..next.range.start)?;
    let joins = gap.len() <= 12
        && gap
            .split_whitespace()
            .all(|w| matches!(w, "on" | "," | "of" | "local" | "time" | "late"));
    let before = context.before.and_then(|before| before.day);
    if !joins {
        return before.map(Stretch::Day);
    }
    let (clause, cue) = direction::direction(doc, &next.range);
    let place = Place {
        text: doc.text,
        found: next,
        sentence: doc.sentence_at(next.range.start).unwrap_or(0),
        clause,
        cue,
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
