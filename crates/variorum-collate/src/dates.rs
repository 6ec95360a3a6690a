//! Dates for undated reports.
//!
//! An undated report is taken to be published on the latest day that it tells as past. Its days
//! seldom name their year; that is the one which brings them nearest to the other reports of the
//! story and agrees with their day of the week. With the date its times are resolved again, and the
//! dates of its events and statements are read from them. A report that gives no such day stays
//! undated.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Span as Days;
use jiff::civil::{Date, Weekday};
use variorum_model::{
    Analysis, CodePoints, EventStatus, Moment, PartialDate, PublishedFrom, Report, Span,
};
use variorum_text::Document;
use variorum_text::outlets::Outlets;
use variorum_text::times::{self, Direction, TimeExpression};

use crate::member::Member;

/// An inferred date lies at most so many days from another report of its story.
const NEAR: i32 = 45;
/// A full date in the first bytes of a text may be its date line.
const DATE_LINE: usize = 300;

/// The members of a story, each with a date where one is known or can be inferred.
pub(crate) fn members<'a>(
    entries: &[(&'a Report, &'a Analysis)],
    outlets: &'a Outlets,
) -> Vec<Member<'a>> {
    let mut known: Vec<Date> = entries
        .iter()
        .filter_map(|(report, _)| report.published)
        .map(Moment::date)
        .collect();
    let undated = |report: &Report| report.published.is_none() && report.analysed;
    if known.is_empty() {
        // Only reports that name a year can begin; the others follow them.
        let alone = entries.iter().filter(|(report, _)| undated(report));
        known.extend(alone.filter_map(|(report, analysis)| inferred(report, analysis, &[])));
    }
    entries
        .iter()
        .map(|&(report, analysis)| {
            let date = if undated(report) {
                inferred(report, analysis, &known)
            } else {
                None
            };
            let points = CodePoints::of(&report.text);
            let (analysis, published, published_from) = match date {
                Some(date) => (
                    Cow::Owned(resolved(report, analysis, &points, date)),
                    Some(Moment::day(date)),
                    PublishedFrom::Inferred,
                ),
                None => (
                    Cow::Borrowed(analysis),
                    report.published,
                    report.published_from,
                ),
            };
            Member {
                report,
                points,
                analysis,
                published,
                published_from,
                outlets,
                origin: String::new(),
                media: BTreeMap::new(),
            }
        })
        .collect()
}

/// The latest day that an undated report tells as past, given the days of the other reports; the
/// day of its date line, where it has one.
fn inferred(report: &Report, analysis: &Analysis, known: &[Date]) -> Option<Date> {
    let doc = Document::new(&report.text, None);
    let points = CodePoints::of(&report.text);
    let times = times::times(&doc);
    let near =
        |day: &Date| known.is_empty() || known.iter().any(|k| days_between(*k, *day).abs() <= NEAR);
    let days = |chosen: &dyn Fn(&TimeExpression) -> bool| -> Option<Date> {
        let chosen = times.iter().filter(|time| chosen(time));
        chosen
            .filter_map(|time| day(&report.text, time, known))
            .filter(near)
            .max()
    };
    let said = |time: &TimeExpression| {
        let span = points.span(time.range.clone());
        analysis
            .statements
            .iter()
            .any(|s| s.said_on_time == Some(span))
    };
    let headed = days(&|time| time.range.start < DATE_LINE && is_alone(&doc, time));
    // Without a story, a past day may be any anniversary: only one on which somebody spoke tells
    // when the report was written.
    let past = |time: &TimeExpression| time.direction == Direction::Past && !known.is_empty();
    headed
        .or_else(|| days(&|time| time.direction != Direction::Future && (said(time) || past(time))))
}

/// Whether a time stands on a line of its own, or nearly so.
fn is_alone(doc: &Document<'_>, time: &TimeExpression) -> bool {
    doc.sentence_at(time.range.start).is_some_and(|at| {
        let line = doc.paragraph_bytes(doc.sentences[at].paragraph);
        line.len() <= time.range.len() + 12
    })
}

/// The day that an expression names; its year, where the words leave it open, from the days of the
/// other reports.
fn day(text: &str, time: &TimeExpression, known: &[Date]) -> Option<Date> {
    if let Some(date) = time.date() {
        return date.as_day();
    }
    let rest = time.value.split('T').next()?.strip_prefix("XXXX-")?;
    let (month, day) = rest.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let weekday = weekday(text, time);
    let nearest = |date: Date| known.iter().map(|k| days_between(*k, date).abs()).min();
    let years: std::collections::BTreeSet<i16> = known
        .iter()
        .flat_map(|k| [k.year() - 1, k.year(), k.year() + 1])
        .collect();
    years
        .into_iter()
        .filter_map(|year| Date::new(year, month, day).ok())
        .filter(|date| weekday.is_none_or(|weekday| date.weekday() == weekday))
        .min_by_key(|date| (nearest(*date), *date))
}

/// The day of the week that the words of an expression name, or the word before it does.
fn weekday(text: &str, time: &TimeExpression) -> Option<Weekday> {
    let before = text[..time.range.start].trim_end_matches([' ', ',']);
    let before = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let words = text[time.range.clone()].split(|c: char| !c.is_alphabetic());
    // The language's names of days are known to `times`: alone, one gives an open day of the week.
    words
        .chain([before])
        .filter(|word| word.len() > 2)
        .find_map(|word| {
            let alone = times::times(&Document::new(word, None));
            let number = alone
                .first()?
                .value
                .strip_prefix("XXXX-WXX-")?
                .parse()
                .ok()?;
            Weekday::from_monday_one_offset(number).ok()
        })
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until((jiff::Unit::Day, to))
        .map_or(i32::MAX / 2, |span: Days| span.get_days())
}

/// The analysis with its times resolved against a date, and the dates that were read from them.
fn resolved(
    report: &Report,
    analysis: &Analysis,
    points: &CodePoints<'_>,
    published: Date,
) -> Analysis {
    let mut analysis = analysis.clone();
    let doc = Document::new(&report.text, Some(published));
    analysis.published = Some(Moment::day(published));
    analysis.times = times::times(&doc)
        .iter()
        .map(|time| time.to_model(points))
        .collect();
    let dates: BTreeMap<(usize, usize), PartialDate> = analysis
        .times
        .iter()
        .filter_map(|time| Some(((time.start, time.end), time.date()?)))
        .collect();
    let date_of = |span: Option<Span>| span.and_then(|s| dates.get(&(s.start, s.end)).copied());
    for event in &mut analysis.events {
        event.date = date_of(event.time).or(event.date);
        let open = matches!(event.status, EventStatus::Held | EventStatus::Scheduled);
        if let (Some(date), true) = (event.date, open) {
            if date.first() > published {
                event.status = EventStatus::Scheduled;
            } else if date.last() < published {
                event.status = EventStatus::Held;
            }
        }
    }
    for statement in &mut analysis.statements {
        statement.said_on = date_of(statement.said_on_time)
            .or(statement.said_on)
            .filter(|day| day.first() <= published);
    }
    analysis
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, known: &[&str], expected: Option<&str>) {
        let known: Vec<Date> = known
            .iter()
            .map(|day| day.parse().expect("a date"))
            .collect();
        let report = crate::tests::report("r", None, text);
        let analysis = Analysis::bare(&report);
        let found = inferred(&report, &analysis, &known).map(|day| day.to_string());
        assert_eq!(found.as_deref(), expected, "date of {text:?}");
    }

    #[test]
    fn the_latest_day_told_as_past() {
        let text =
            "She spoke on Friday, January 7, after the vote. They will meet on Monday, January 10.";
        check(text, &["2022-01-08"], Some("2022-01-07"));
        check(text, &[], None);
        // 7 January was a Friday in 2022, not in 2021.
        check(text, &["2021-12-30"], Some("2022-01-07"));
        check(
            "Friday, March 6\n\nThe town got ready.",
            &["2026-03-04"],
            Some("2026-03-06"),
        );
        check("No day is named here.", &["2022-01-08"], None);
    }
}
