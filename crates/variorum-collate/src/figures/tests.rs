//! Figures of small stories, from analyses made by hand.

use std::borrow::Cow;

use variorum_model::{Agreement, Analysis, CodePoints, Figure, PublishedFrom, Report};

use super::figures;
use crate::Member;
use crate::tests::report;

/// A report that gives one figure: its day, its text, the words for the figure and for what it
/// counts, and the range that they claim.
type Given = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<f64>,
    Option<f64>,
);

fn member<'a>(report: &'a Report, given: &Given) -> Member<'a> {
    let &(_, text, words, what, min, max) = given;
    let start = text.find(words).expect("the words stand in the text");
    let points = CodePoints::of(&report.text);
    let span = points.span(start..start + words.len());
    let figure = Figure {
        start: span.start,
        end: span.end,
        what: what.to_owned(),
        unit: None,
        min,
        max,
        via: None,
        approximate: words.starts_with("about"),
    };
    let analysis = Analysis {
        figures: vec![figure],
        ..Analysis::bare(report)
    };
    Member {
        report,
        points,
        analysis: Cow::Owned(analysis),
        published: report.published,
        published_from: PublishedFrom::Metadata,
        outlets: variorum_text::outlets::Outlets::built_in(),
        origin: report.id.clone(),
        media: std::collections::BTreeMap::new(),
    }
}

/// Of each quantity how many reports give it and how far they agree, and how many sides its
/// disagreement has.
fn check(given: &[Given], expected: &[(usize, Agreement, usize)]) {
    let reports: Vec<Report> = given
        .iter()
        .enumerate()
        .map(|(index, one)| report(&format!("r{index}"), Some(one.0), one.1))
        .collect();
    let members: Vec<Member<'_>> = reports
        .iter()
        .zip(given)
        .map(|(report, one)| member(report, one))
        .collect();
    let (found, disagreements) = figures(&members);
    let found: Vec<_> = found
        .iter()
        .map(|figure| {
            let about = disagreements.iter().find(|one| one.about == figure.id);
            (
                figure.report_count,
                figure.agree,
                about.map_or(0, |one| one.sides.len()),
            )
        })
        .collect();
    assert_eq!(found, expected, "figures of {given:#?}");
}

const FORCE: Given = (
    "2022-01-08",
    "The Atlantic Alliance can count on a force of 40,000 soldiers.",
    "40,000 soldiers",
    "soldiers",
    Some(40_000.0),
    Some(40_000.0),
);
const BORDER: Given = (
    "2022-01-13",
    "Ukraine estimates that about 100,000 Russian troops are already massed on the border.",
    "about 100,000 Russian troops",
    "Russian troops",
    Some(100_000.0),
    Some(100_000.0),
);

#[test]
fn one_quantity_in_other_words() {
    let other: Given = (
        "2022-01-07",
        "He recalled that NATO has a rapid reaction force of 40 000 men.",
        "40 000 men",
        "men",
        Some(40_000.0),
        Some(40_000.0),
    );
    check(&[FORCE, other], &[(2, Agreement::Same, 0)]);
}

#[test]
fn forces_of_two_sides_are_two_quantities() {
    check(
        &[FORCE, BORDER],
        &[(1, Agreement::Same, 0), (1, Agreement::Same, 0)],
    );
}

#[test]
fn ranges_that_meet_are_compatible() {
    let vague: Given = (
        "2022-01-07",
        "Russia has massed tens of thousands of troops near the border of Ukraine.",
        "tens of thousands of troops",
        "troops",
        Some(20_000.0),
        None,
    );
    check(&[vague, BORDER], &[(2, Agreement::Compatible, 0)]);
}

fn toll(day: &'static str, words: &'static str, count: f64) -> Given {
    let text = match words {
        "12 people" => "The bomb at the Kabul market killed 12 people, police said.",
        _ => "The bomb at the Kabul market killed 15 people, police said.",
    };
    (day, text, words, "people", Some(count), Some(count))
}

#[test]
fn a_toll_that_grows_is_updated_and_one_that_differs_is_a_conflict() {
    let (early, late) = (
        toll("2022-01-07", "12 people", 12.0),
        toll("2022-01-08", "15 people", 15.0),
    );
    check(&[early, late], &[(2, Agreement::Updated, 0)]);
    let same_day = toll("2022-01-07", "15 people", 15.0);
    check(&[early, same_day], &[(2, Agreement::Conflict, 2)]);
    let months_later = toll("2022-06-08", "15 people", 15.0);
    check(
        &[early, months_later],
        &[(1, Agreement::Same, 0), (1, Agreement::Same, 0)],
    );
}

#[test]
fn a_bare_small_count_stands_only_where_it_is_shared() {
    let pair: Given = (
        "2022-01-07",
        "They hold talks in two regions.",
        "two regions",
        "regions",
        Some(2.0),
        Some(2.0),
    );
    check(&[pair, BORDER], &[(1, Agreement::Same, 0)]);
    check(&[pair, pair], &[(2, Agreement::Same, 0)]);
}
