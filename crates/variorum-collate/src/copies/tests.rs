//! Small streams, and the pairs that are found in them.

use std::time::{Duration, Instant};

use variorum_model::{Analysis, Report, SharedKind, SharedText};
use variorum_text::outlets::Outlets;

use super::copies;
use crate::TextPrint;
use crate::tests::report;

const WIRE: &str = "At least four people died when a ferry and a grain carrier collided in fog outside \
    the harbour late on Wednesday, the harbour authority said. The ferry was on its last crossing of \
    the day from the islands with 212 passengers on board when it struck the stern of the carrier. \
    “It was told twice to hold its position, and it never gave us any answer at all before it went on \
    at full speed,” the harbour master said. The operator promised to hand over the logs of the ship \
    by Friday. The harbour was closed to all traffic until further notice. Divers searched the wreck \
    through the night and brought up two more bodies from the lower deck before dawn.";
const REWRITTEN: &str = "PORT MERROW (Coast News) — Divers searched the wreck during the night and brought \
    up two bodies from the lower deck before dawn.\nAt least four persons died when a ferry and a \
    grain carrier collided in thick fog outside the harbour late yesterday, the harbour authority \
    said. The ferry was on its last crossing of the day with 212 passengers aboard when it struck \
    the stern of the carrier.";
const SAME_QUOTATION: &str = "Islanders ask who steered. “It was told twice to hold its position, and it \
    never gave us any answer at all before it went on at full speed,” the harbour master told them in \
    the crowded hall of the school, where many had waited for hours.";

fn published(id: &str, outlet: &str, day: Option<&str>, text: &str) -> Report {
    Report {
        outlet: Some(outlet.to_owned()).filter(|outlet| !outlet.is_empty()),
        ..report(id, day, text)
    }
}

fn found(reports: &[Report]) -> Vec<SharedText> {
    let outlets = Outlets::built_in();
    let prints = reports
        .iter()
        .map(|r| TextPrint::of(r, &Analysis::bare(r), outlets));
    copies(prints.collect(), outlets)
}

/// Each pair as its ids, kind and origin.
fn check(reports: &[Report], expected: &[(&str, &str, SharedKind, Option<&str>)]) {
    let found = found(reports);
    let shown: Vec<_> = found
        .iter()
        .map(|p| (p.a.as_str(), p.b.as_str(), p.kind, p.origin.as_deref()))
        .collect();
    assert_eq!(shown, expected);
}

/// Words that no other report has, `count` of them.
fn own_words(seed: usize, count: usize) -> String {
    let words: Vec<String> = (0..count).map(|i| format!("w{seed}x{i}")).collect();
    words.join(" ")
}

#[test]
fn a_rewritten_copy_is_found_and_dated() {
    let reports = [
        published("b", "Two", Some("2026-03-06"), REWRITTEN),
        published("a", "One", Some("2026-03-05"), WIRE),
    ];
    check(&reports, &[("a", "b", SharedKind::Copy, Some("a"))]);
}

#[test]
fn a_link_tells_the_original_whatever_the_dates() {
    let page = "https://www.one.example/world/ferry";
    let reports = [
        Report {
            url: Some(page.to_owned()),
            ..published("a", "One", Some("2026-03-06"), WIRE)
        },
        published(
            "b",
            "Two",
            Some("2026-03-05"),
            &format!("{WIRE} More: {page}."),
        ),
    ];
    check(&reports, &[("b", "a", SharedKind::Copy, Some("a"))]);
}

#[test]
fn the_shares_are_of_each_report() {
    let long = format!("{WIRE} {}", own_words(1, 200));
    let reports = [
        published("a", "One", Some("2026-03-05"), WIRE),
        published("b", "Two", Some("2026-03-06"), &long),
    ];
    let found = found(&reports);
    assert_eq!(found.len(), 1);
    assert!(found[0].share_a > 0.99, "{:?}", found[0]);
    assert!((0.25..0.4).contains(&found[0].share_b), "{:?}", found[0]);
}

#[test]
fn a_common_quotation_is_no_copy() {
    let reports = [
        published("a", "One", Some("2026-03-05"), WIRE),
        published("b", "Two", Some("2026-03-05"), SAME_QUOTATION),
    ];
    check(&reports, &[("a", "b", SharedKind::Quotes, None)]);
}

#[test]
fn undated_reports_and_wrong_clocks() {
    let undated = [
        published("b", "", None, WIRE),
        published("a", "", None, WIRE),
    ];
    check(&undated, &[("a", "b", SharedKind::Copy, None)]);
    let future = [
        published("a", "One", Some("2926-03-05"), WIRE),
        published("b", "Two", Some("2026-03-05"), WIRE),
        published("c", "", None, WIRE),
    ];
    let expected = [
        ("b", "a", SharedKind::Copy, Some("b")),
        ("b", "c", SharedKind::Copy, None),
    ];
    check(&future, &expected);
}

#[test]
fn reports_of_few_words_share_nothing() {
    let reports = ["", "Ships collide today.", "Ships collide today.", "“", "…"];
    let reports: Vec<Report> = reports
        .iter()
        .zip('a'..)
        .map(|(text, id)| published(&id.to_string(), "One", Some("2026-03-05"), text))
        .collect();
    check(&reports, &[]);
}

#[test]
fn identical_reports_are_tied_to_the_first() {
    let start = Instant::now();
    let reports: Vec<Report> = (10_000..20_000)
        .map(|i| {
            published(
                &i.to_string(),
                &format!("Outlet {i}"),
                Some("2026-03-05"),
                WIRE,
            )
        })
        .collect();
    let found = found(&reports);
    assert_eq!(found.len(), 9_999);
    assert!(found.iter().all(|pair| pair.a == "10000"));
    assert!(start.elapsed() < Duration::from_mins(1));
}

#[test]
fn nearly_identical_reports_are_tied_to_their_neighbours() {
    let reports: Vec<Report> = (1000..3000)
        .map(|i| {
            let text = format!("Edition {i}. {WIRE}");
            published(&i.to_string(), "", Some("2026-03-05"), &text)
        })
        .collect();
    let found = found(&reports);
    assert!(
        (1_999..=2_000 * 16).contains(&found.len()),
        "{}",
        found.len()
    );
    assert!(found.iter().all(|pair| pair.kind == SharedKind::Copy));
}

#[test]
fn a_footer_on_every_page_makes_no_pairs() {
    let footer = own_words(0, 300);
    let page = |i: usize, outlet: &str| {
        let text = format!("{}\n{footer}", own_words(i, 80));
        published(&i.to_string(), outlet, Some("2026-03-05"), &text)
    };
    let pages: Vec<Report> = (1..3000).map(|i| page(i, "One")).collect();
    check(&pages, &[]);
    check(&pages[..5], &[]);
    let nobodys: Vec<Report> = (1..300).map(|i| page(i, "")).collect();
    check(&nobodys, &[]);
    check(&nobodys[..10], &[]);
}

#[test]
fn a_copy_is_found_beside_its_footer() {
    let footer = own_words(0, 300);
    let mut pages: Vec<Report> = (1..40)
        .map(|i| {
            let text = format!("{}\n{footer}", own_words(i, 80));
            published(&format!("page {i}"), "One", Some("2026-03-05"), &text)
        })
        .collect();
    pages.push(published(
        "x",
        "One",
        Some("2026-03-05"),
        &format!("{WIRE}\n{footer}"),
    ));
    pages.push(published("y", "Two", Some("2026-03-06"), WIRE));
    check(&pages, &[("x", "y", SharedKind::Copy, Some("x"))]);
}

#[test]
fn a_report_of_five_megabytes() {
    let start = Instant::now();
    let long = format!("{} {WIRE}", own_words(1, 600_000));
    assert!(long.len() > 5_000_000);
    let reports = [
        published("a", "One", Some("2026-03-05"), &long),
        published("b", "Two", Some("2026-03-06"), WIRE),
    ];
    let found = found(&reports);
    assert_eq!(found.len(), 1);
    assert!(found[0].share_b > 0.99);
    assert!(start.elapsed() < Duration::from_mins(1));
}

proptest::proptest! {
    #[test]
    fn any_text_is_taken_and_order_does_not_matter(
        texts in proptest::collection::vec("([a-c]{1,2}[ .“”\n]){0,60}|\\PC{0,40}", 0..8),
        turn in 0usize..8,
    ) {
        let mut reports: Vec<Report> = texts
            .iter()
            .enumerate()
            .map(|(i, text)| {
                let day = [None, Some("2026-03-05"), Some("2026-03-06")][i % 3];
                published(&i.to_string(), ["", "One"][i % 2], day, text)
            })
            .collect();
        let before = found(&reports);
        reports.rotate_left(turn % texts.len().max(1));
        proptest::prop_assert_eq!(before, found(&reports));
    }
}
