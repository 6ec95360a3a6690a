//! Timelines of small stories, from events given by hand.

use variorum_model::{Analysis, Event, Report, Span};

use variorum_text::happenings;
use variorum_text::outlets::Outlets;

use super::*;
use crate::tests::report;

/// A report with one event: its text is the event, its line stands in front of a `|`.
fn told(
    id: &str,
    published: &str,
    text: &str,
    date: &str,
    who: &[&str],
    place: Option<&str>,
) -> (Report, Analysis) {
    let what = text.split('|').next().unwrap_or_default().trim().to_owned();
    let report = report(id, Some(published), text);
    let mut analysis = Analysis::bare(&report);
    let end = text.chars().count();
    let kind = what.split(' ').find_map(|word| {
        let kind = happenings::noun(word).or_else(|| happenings::verb(word))?;
        Some(kind.name().to_owned())
    });
    analysis.events.push(Event {
        start: 0,
        end,
        what,
        kind,
        participants: who.iter().map(|&name| name.to_owned()).collect(),
        place: place.map(str::to_owned),
        date: date.parse().ok(),
        time: Some(Span { start: 0, end: 1 }),
        status: if published < date {
            EventStatus::Scheduled
        } else {
            EventStatus::Held
        },
        via: None,
    });
    (report, analysis)
}

fn check(told: &[(Report, Analysis)], expected: &[&str]) {
    let entries: Vec<_> = told.iter().map(|(r, a)| (r, a)).collect();
    let members = crate::dates::members(&entries, Outlets::built_in());
    let (timeline, disagreements) = timeline(&members);
    let lines: Vec<String> = timeline
        .iter()
        .map(|e| format!("{} {:?} {} reports", e.date, e.agree, e.report_count))
        .collect();
    assert_eq!(lines, expected);
    let conflicts = timeline
        .iter()
        .filter(|e| e.agree == Agreement::Conflict)
        .count();
    assert_eq!(
        disagreements.len(),
        conflicts,
        "each conflict is a disagreement"
    );
}

#[test]
fn one_event_with_two_dates() {
    check(
        &[
            told(
                "a",
                "2022-01-08",
                "a meeting of the board|",
                "2022-01-13",
                &["Russia", "NATO"],
                None,
            ),
            told(
                "b",
                "2022-01-07",
                "talks in the council|",
                "2022-01-12",
                &["NATO", "Russia"],
                None,
            ),
            told(
                "c",
                "2022-01-07",
                "a meeting of the council|",
                "2022-01-12",
                &["Russia", "NATO"],
                None,
            ),
        ],
        &["2022-01-12 Conflict 3 reports"],
    );
}

#[test]
fn other_people_or_places_are_other_events() {
    check(
        &[
            told(
                "a",
                "2022-01-08",
                "talks|",
                "2022-01-10",
                &["Russia", "United States"],
                Some("Geneva"),
            ),
            told(
                "b",
                "2022-01-08",
                "talks|",
                "2022-01-12",
                &["Russia", "NATO"],
                Some("Brussels"),
            ),
            told(
                "c",
                "2022-01-08",
                "a meeting of the OSCE|",
                "2022-01-12",
                &["OSCE"],
                Some("Vienna"),
            ),
        ],
        &[
            "2022-01-10 Same 1 reports",
            "2022-01-12 Same 1 reports",
            "2022-01-12 Same 1 reports",
        ],
    );
}

#[test]
fn two_debates_of_one_campaign_are_no_conflict() {
    check(
        &[
            told(
                "a",
                "2016-10-05",
                "the debate|",
                "2016-10-04",
                &["Kaine", "Pence"],
                Some("Farmville"),
            ),
            told(
                "b",
                "2016-10-10",
                "the debate|",
                "2016-10-09",
                &["Kaine", "Pence"],
                Some("Farmville"),
            ),
        ],
        &["2016-10-04 Same 1 reports", "2016-10-09 Same 1 reports"],
    );
}
