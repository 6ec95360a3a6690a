//! Small stories and the origins they have.

use std::borrow::Cow;

use variorum_model::{Analysis, CodePoints, Credit, Origin, OriginKind, Report};
use variorum_text::outlets::Outlets;

use super::{TextPrint, origin_ids, origins};
use crate::Member;
use crate::tests::report;

const WIRE: &str = "PORT MERROW (Meridian Press) — At least four people died when a ferry and a \
    grain carrier collided in fog outside the harbour late on Wednesday, the harbour authority \
    said. The ferry was on its last crossing of the day from the islands with 212 passengers on \
    board when it struck the stern of the carrier. “It was told twice to hold its position,” the \
    harbour master said. The operator promised to hand over the logs of the ship by Friday. The \
    harbour was closed to all traffic until further notice.";
const SHORT: &str = "At least four people died when a ferry and a grain carrier collided in fog \
    outside the harbour late on Wednesday, the harbour authority said. The operator promised to \
    hand over the logs of the ship by Friday.";
const OTHER: &str = "Investigators ask why nobody answered the radio. “It was told twice to hold \
    its position,” the harbour master said on Thursday. Most of the people on board were islanders \
    who had been to the spring market in town.";
const MORE: &str = "Two days after the collision the first boats have left port again. Nobody on \
    the quay wants to talk about the night when the lights went out behind the breakwater.";

struct Given<'a> {
    id: &'a str,
    outlet: &'a str,
    day: Option<&'a str>,
    text: &'a str,
    agency: Option<(&'a str, &'a str)>,
}

fn given<'a>(id: &'a str, outlet: &'a str, day: &'a str, text: &'a str) -> Given<'a> {
    Given {
        id,
        outlet,
        day: Some(day),
        text,
        agency: None,
    }
}

fn of(given: &[Given<'_>]) -> Vec<Origin> {
    let reports: Vec<Report> = given
        .iter()
        .map(|given| Report {
            outlet: Some(given.outlet.to_owned()).filter(|outlet| !outlet.is_empty()),
            ..report(given.id, given.day, given.text)
        })
        .collect();
    let members: Vec<Member<'_>> = reports
        .iter()
        .zip(given)
        .map(|(report, given)| {
            let points = CodePoints::of(&report.text);
            let credits = given.agency.iter().filter_map(|(agency, words)| {
                let start = report.text.find(words)?;
                let span = points.span(start..start + words.len());
                let agency = Some((*agency).to_owned());
                Some(Credit {
                    agency,
                    outlet: None,
                    start: span.start,
                    end: span.end,
                })
            });
            let analysis = Analysis {
                credits: credits.collect(),
                ..Analysis::bare(report)
            };
            Member {
                report,
                points,
                analysis: Cow::Owned(analysis),
                published: report.published,
                published_from: report.published_from,
                outlets: variorum_text::outlets::Outlets::built_in(),
                origin: String::new(),
                media: std::collections::BTreeMap::new(),
            }
        })
        .collect();
    let found = origins(&members, Outlets::built_in());
    let prints: Vec<TextPrint> = members
        .iter()
        .map(|member| TextPrint::of(member.report, &member.analysis, Outlets::built_in()))
        .collect();
    check_prints(&prints, &found);
    for (ours, theirs) in found
        .iter()
        .flat_map(|o| &o.edges)
        .flat_map(|edge| &edge.passages)
    {
        for evidence in [ours, theirs] {
            let member = members.iter().find(|m| m.report.id == evidence.report);
            let text: Option<String> = member.map(|m| &m.report.text).map(|t| {
                t.chars()
                    .skip(evidence.start)
                    .take(evidence.end - evidence.start)
                    .collect()
            });
            assert_eq!(text.as_ref(), Some(&evidence.exact), "evidence is the text");
        }
        let words = |text: &str| {
            let lower = text.to_lowercase();
            lower
                .split(|c: char| !c.is_alphanumeric())
                .map(str::to_owned)
                .collect::<String>()
        };
        assert_eq!(
            words(&ours.exact),
            words(&theirs.exact),
            "passages hold the same words"
        );
    }
    found
}

/// Prints that were written and read again give the same origins.
fn check_prints(prints: &[TextPrint], found: &[Origin]) {
    let written: String = serde_json::to_string(prints).expect("prints can be written");
    let read: Vec<TextPrint> = serde_json::from_str(&written).expect("and read");
    let ids = origin_ids(&read.iter().collect::<Vec<_>>(), Outlets::built_in());
    for (print, id) in prints.iter().zip(ids) {
        let origin = found.iter().find(|o| o.reports.contains(&print.id));
        assert_eq!(origin.map(|o| &o.id), Some(&id));
    }
}

/// Each origin as its kind and reports.
fn check(given: &[Given<'_>], expected: &[(OriginKind, &[&str])]) -> Vec<Origin> {
    let found = of(given);
    let shown: Vec<(OriginKind, Vec<&str>)> = found
        .iter()
        .map(|o| (o.kind, o.reports.iter().map(String::as_str).collect()))
        .collect();
    let expected: Vec<(OriginKind, Vec<&str>)> = expected
        .iter()
        .map(|(kind, reports)| (*kind, reports.to_vec()))
        .collect();
    assert_eq!(shown, expected);
    found
}

#[test]
fn no_reports_have_no_origins() {
    check(&[], &[]);
}

#[test]
fn a_common_quotation_is_no_common_origin() {
    let given = [
        given("a", "One", "2026-03-05", WIRE),
        given("b", "Two", "2026-03-05", OTHER),
    ];
    check(
        &given,
        &[(OriginKind::Single, &["a"]), (OriginKind::Single, &["b"])],
    );
}

#[test]
fn a_shortened_copy_comes_from_the_longer_text() {
    let given = [
        given("a", "One", "2026-03-05", SHORT),
        given("b", "Two", "2026-03-05", WIRE),
    ];
    let found = check(&given, &[(OriginKind::Copy, &["a", "b"])]);
    let edge = &found[0].edges[0];
    assert_eq!((edge.from.as_deref(), edge.to.as_str()), (Some("b"), "a"));
    assert!(edge.share > 0.95, "{}", edge.share);
    assert!(
        edge.passages[0]
            .0
            .exact
            .starts_with("At least four people died")
    );
}

#[test]
fn a_wire_and_its_copies_are_one_origin_whatever_their_dates() {
    let wire = |id, outlet, day| Given {
        agency: Some(("Meridian Press", "(Meridian Press)")),
        ..given(id, outlet, day, WIRE)
    };
    let given = [
        wire("a", "One", "2026-03-05"),
        wire("b", "Two", "2026-03-06"),
        given("c", "Three", "2026-03-04", SHORT),
        given("d", "Four", "2026-03-06", OTHER),
    ];
    let expected: [(OriginKind, &[&str]); 2] = [
        (OriginKind::Agency, &["a", "b", "c"]),
        (OriginKind::Single, &["d"]),
    ];
    let found = check(&given, &expected);
    assert_eq!(found[0].agency.as_deref(), Some("Meridian Press"));
}

#[test]
fn the_agency_had_it_before_an_earlier_date() {
    let given = [
        given("a", "Daily", "2026-03-04", SHORT),
        given("b", "Reuters", "2026-03-05", WIRE),
    ];
    let found = check(&given, &[(OriginKind::Copy, &["a", "b"])]);
    assert_eq!(found[0].edges[0].from.as_deref(), Some("b"));
}

#[test]
fn one_outlet_is_one_origin_unless_its_text_is_a_wire() {
    let given = [
        given("a", "One", "2026-03-05", WIRE),
        given("b", "Two", "2026-03-05", WIRE),
        given("c", "Two", "2026-03-06", OTHER),
        given("d", "Two", "2026-03-07", MORE),
    ];
    check(
        &given,
        &[
            (OriginKind::Copy, &["a", "b"]),
            (OriginKind::Publisher, &["c", "d"]),
        ],
    );
}

#[test]
fn reports_without_outlet_or_words_stand_alone() {
    let given = [
        given("a", "", "2026-03-05", ""),
        given("b", "", "2026-03-05", "“"),
    ];
    check(
        &given,
        &[(OriginKind::Single, &["a"]), (OriginKind::Single, &["b"])],
    );
}

#[test]
fn undated_copies_of_one_length_have_no_direction() {
    let undated = |id, outlet| Given {
        day: None,
        ..given(id, outlet, "", SHORT)
    };
    let found = check(
        &[undated("a", "One"), undated("b", "Two")],
        &[(OriginKind::Copy, &["a", "b"])],
    );
    assert_eq!(found[0].edges[0].from, None);
}

#[test]
fn many_copies_are_tied_through_their_neighbours() {
    let ids: Vec<String> = (100..140).map(|i| format!("r{i}")).collect();
    let outlets: Vec<String> = (100..140).map(|i| format!("Outlet {i}")).collect();
    let given: Vec<Given<'_>> = ids
        .iter()
        .zip(&outlets)
        .map(|(id, outlet)| given(id, outlet, "2026-03-05", WIRE))
        .collect();
    let found = of(&given);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].reports.len(), 40);
}

proptest::proptest! {
    #[test]
    fn every_report_is_in_one_origin(texts in proptest::collection::vec("[a-c “”.!\n]{0,120}", 0..6)) {
        let ids: Vec<String> = (0..texts.len()).map(|i| i.to_string()).collect();
        let given: Vec<Given<'_>> =
            ids.iter().zip(&texts).map(|(id, text)| given(id, "", "2026-03-05", text)).collect();
        let mut reports: Vec<String> = of(&given).into_iter().flat_map(|o| o.reports).collect();
        reports.sort_unstable();
        proptest::prop_assert_eq!(reports, ids);
    }
}
