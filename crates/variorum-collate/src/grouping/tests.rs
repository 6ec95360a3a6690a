//! Streams of small reports, and what people feed by mistake.

use std::time::{Duration, Instant};

use variorum_model::{Analysis, Report};

use super::*;
use crate::tests::report;

const DAM: &str = "The Tamsin dam broke on Monday night and flooded Lodane, the provincial governor Ilse Corran said. \
    Rescuers in boats took families from their roofs while the water of the river Tamsin rose.";
const DAM_AGAIN: &str = "Rescuers searched Lodane on Tuesday after the Tamsin dam broke and the river flooded the town. \
    Governor Ilse Corran said that boats were taking families from the roofs of Lodane.";
const FERRY: &str = "A ferry and a grain carrier collided in fog outside Port Merrow on Monday, the harbour authority said. \
    The ferry Sea Lark struck the stern of the Ottoline with two hundred passengers on board.";

/// What a stream says of some reports, as (change, stories left open or closed).
fn stream(reports: &[Report]) -> (Vec<Vec<Change>>, Vec<Vec<u32>>) {
    let (mut stems, mut furniture) = (Stems::default(), Furniture::default());
    let mut stream = Stream::default();
    let (mut changes, mut closed) = (Vec::new(), Vec::new());
    for report in reports {
        let digest = Digest::of(report, &Analysis::bare(report), &mut stems);
        furniture.learn(&digest);
        changes.push(stream.add(Profile::of(&digest, &furniture)));
        closed.extend(stream.close());
    }
    closed.extend(stream.finish());
    let mut stories: Vec<Vec<u32>> = closed.into_iter().map(|story| story.reports).collect();
    stories.sort();
    (changes, stories)
}

/// The stories of a batch, as the ids of their reports.
fn batch(reports: &[Report]) -> Vec<Vec<String>> {
    let analyses: Vec<_> = reports.iter().map(|r| (r, Analysis::bare(r))).collect();
    let analysed: Vec<_> = analyses.iter().map(|(r, a)| (*r, a)).collect();
    let mut stories: Vec<Vec<String>> = crate::groups(&analysed)
        .into_iter()
        .map(|group| {
            group
                .reports
                .iter()
                .map(|&i| reports[i].id.clone())
                .collect()
        })
        .collect();
    stories.sort();
    stories
}

fn check(reports: &[Report], expected: &[&[&str]]) {
    assert_eq!(batch(reports), expected);
    let reversed: Vec<Report> = reports.iter().rev().cloned().collect();
    assert_eq!(batch(&reversed), expected, "in the other order");
}

#[test]
fn a_report_begins_a_story_or_joins_one() {
    let reports = [
        report("a", Some("2026-03-02"), DAM),
        report("b", Some("2026-03-02"), FERRY),
        report("c", Some("2026-03-03"), DAM_AGAIN),
    ];
    let (changes, stories) = stream(&reports);
    let [first, second, third] = &changes[..] else {
        panic!("a list of changes for each report");
    };
    let [Change::New { story }] = &first[..] else {
        panic!("{first:?} begins a story");
    };
    assert!(matches!(second[..], [Change::New { .. }]), "{second:?}");
    assert_eq!(
        third,
        &[Change::Joined {
            story: story.clone()
        }]
    );
    assert_eq!(stories, [vec![0, 2], vec![1]]);
    check(&reports, &[&["a", "c"], &["b"]]);
}

#[test]
fn a_report_that_belongs_to_both_merges_two_stories() {
    let both = format!("{DAM_AGAIN} {DAM}");
    let reports = [
        report(
            "a",
            Some("2026-03-02"),
            "The provincial governor Ilse Corran said that the Tamsin dam broke on Monday night and flooded Lodane.",
        ),
        report(
            "b",
            Some("2026-03-02"),
            "Rescuers in boats took families from their roofs while the water of the river rose.",
        ),
        report("c", Some("2026-03-02"), &both),
    ];
    let (changes, stories) = stream(&reports);
    let began = |at: usize| match &changes[at][..] {
        [Change::New { story }] => story.clone(),
        other => panic!("{other:?} begins a story"),
    };
    let (older, younger) = (began(0), began(1));
    let merged = Change::Merged {
        gone: younger,
        into: older.clone(),
    };
    assert_eq!(changes[2], [Change::Joined { story: older }, merged]);
    assert_eq!(stories, [vec![0, 1, 2]]);
}

#[test]
fn what_is_closed_is_forgotten() {
    let days = (1..=12).map(|month| format!("2026-{month:02}-01"));
    let reports: Vec<Report> = days
        .map(|day| report(&day, Some(&day), &format!("{DAM} {day}")))
        .collect();
    let mut stream = Stream::default();
    let mut told = 0;
    for report in &reports {
        let digest = Digest::of(report, &Analysis::bare(report), &mut Stems::default());
        stream.add(Profile::of(&digest, &Furniture::default()));
        told += stream.close().len();
    }
    assert!(stream.kept() < 5, "{} reports are kept", stream.kept());
    assert_eq!(told + stream.finish().len(), reports.len());
}

#[test]
fn the_same_words_are_one_story_whoever_has_them() {
    let mut reports: Vec<Report> = (0..10_000)
        .map(|i| report(&format!("{i:05}"), Some("2026-03-02"), DAM))
        .collect();
    reports.push(report("other", Some("2026-03-02"), FERRY));
    let start = Instant::now();
    let sizes: Vec<usize> = batch(&reports).iter().map(Vec::len).collect();
    assert_eq!(sizes, [10_000, 1]);
    assert!(
        start.elapsed() < Duration::from_mins(1),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn undated_reports_find_their_stories() {
    let reports = [
        report("a", Some("2020-03-02"), DAM),
        report("b", Some("2026-03-02"), FERRY),
        report("c", None, DAM_AGAIN),
    ];
    check(&reports, &[&["a", "c"], &["b"]]);
}

#[test]
fn a_clock_in_the_future_closes_nothing() {
    let reports = [
        report("a", Some("2026-03-02"), DAM),
        report("f", Some("2099-01-01"), FERRY),
        report("c", Some("2026-03-03"), DAM_AGAIN),
    ];
    assert_eq!(stream(&reports).1, [vec![0, 2], vec![1]]);
    check(&reports, &[&["a", "c"], &["f"]]);
}

#[test]
fn long_and_short_reports_are_taken() {
    let long = format!(
        "{DAM}\n{}",
        "The water rose in the village of Istren again. ".repeat(100_000)
    );
    let reports = [
        report("empty", Some("2026-03-02"), ""),
        report("long", Some("2026-03-02"), &long),
        report("short", Some("2026-03-02"), "Photos: dam breaks"),
    ];
    let start = Instant::now();
    assert_eq!(batch(&reports).concat().len(), 3);
    assert!(
        start.elapsed() < Duration::from_secs(30),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_footer_under_every_page_ties_nothing() {
    let footer = "The Lodane Observer is owned by the Corran Trust of Marnfeld and read in forty Karsovan towns. ".repeat(18);
    let topics = [
        ("Ferry hits carrier", FERRY),
        ("Dam breaks", DAM),
        (
            "Wheat prices fall",
            "Wheat prices in Velmar fell to a record low as farmers brought in the harvest early this summer.",
        ),
        (
            "Museum reopens",
            "The national museum in Hallam opened its doors again after nine years of repairs to the old palace.",
        ),
        (
            "Striker signs",
            "Striker Tomas Hedrin signed a contract for three seasons with the champions of the second league.",
        ),
    ];
    for (outlet, url) in [
        (Some("The Lodane Observer"), None),
        (None, Some("https://lodane.example/1")),
    ] {
        let reports: Vec<Report> = topics
            .iter()
            .map(|(title, text)| Report {
                title: Some((*title).to_owned()),
                outlet: outlet.map(str::to_owned),
                url: url.map(str::to_owned),
                ..report(title, Some("2026-03-02"), &format!("{text}\n\n{footer}"))
            })
            .collect();
        assert_eq!(batch(&reports).len(), topics.len(), "{outlet:?} {url:?}");
    }
}

#[test]
fn a_wire_under_many_headlines_is_one_story() {
    let reports: Vec<Report> = (0..20)
        .map(|i| Report {
            title: Some(format!("Headline{i} of paper{i}")),
            outlet: Some(format!("Paper {i}")),
            ..report(
                &format!("{i:02}"),
                Some("2026-03-02"),
                &format!("{DAM}\n{DAM_AGAIN}\nDesk {i}"),
            )
        })
        .collect();
    assert_eq!(batch(&reports).len(), 1);
}

proptest::proptest! {
    #[test]
    fn every_report_is_in_one_story(
        given in proptest::collection::vec(("[a-c ]{0,40}", proptest::option::of(1u8..28)), 0..12)
    ) {
        let reports: Vec<Report> = given
            .iter()
            .enumerate()
            .map(|(i, (text, day))| {
                let day = day.map(|day| format!("2026-03-{day:02}"));
                report(&format!("{i:02}"), day.as_deref(), &text.repeat(8))
            })
            .collect();
        let mut found = batch(&reports).concat();
        found.sort();
        let ids: Vec<String> = reports.iter().map(|report| report.id.clone()).collect();
        proptest::prop_assert_eq!(found, ids);
    }
}
