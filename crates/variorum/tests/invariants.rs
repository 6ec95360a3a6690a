//! What holds for any text at all: no panic, true evidence, and no effect of the order of input.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests may fail the test"
)]

use proptest::prelude::*;
use variorum_analyze::analyze;
use variorum_collate::collate;
use variorum_model::{Analysis, Evidence, PublishedFrom, Report, Span, Story};

fn report(id: usize, text: String, day: Option<u8>) -> Report {
    let published = day.and_then(|day| format!("2022-01-{day:02}").parse().ok());
    Report {
        id: format!("r{id}"),
        outlet: Some(format!("Outlet {}", id % 3)),
        url: None,
        title: None,
        author: None,
        published,
        published_from: if day.is_some() {
            PublishedFrom::Metadata
        } else {
            PublishedFrom::None
        },
        retrieved: None,
        sha256: variorum_model::id::sha256(text.as_bytes()),
        language: None,
        analysed: true,
        text,
        credits: Vec::new(),
        updated: None,
        page: None,
        sources: std::collections::BTreeMap::new(),
        version_of: None,
    }
}

/// Pieces that news is made of, broken ones too, so that random texts reach the rules.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "The minister",
        "Jens Stoltenberg",
        "NATO",
        "he",
        "said",
        "told Reuters",
        "that",
        "“",
        "”",
        "\"",
        "‘",
        ",",
        ".",
        " . ",
        "\n",
        "\n\n",
        "on Friday (13)",
        "next Monday",
        "January 7",
        "40 000 men",
        "at least four dead",
        "according to",
        "the talks in Geneva",
        "will",
        "not",
        "(",
        ")",
        "—",
        "and",
        "but",
        "risk of conflict is real",
        "é",
        "🙂",
        "\u{301}",
        "\u{202e}شرق",
        "date 2022-01-08",
        "31 February",
        "12/11/10",
        "$1.2bn",
        "99999999999999999999",
        "Mr.",
        "U.S.",
        "'s",
        "’",
        ":",
        "warned",
        "Anna Weber, head of the port",
        "we",
        "per cent",
        "X: yes",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
}

fn reports() -> impl Strategy<Value = Vec<Report>> {
    let day = prop::option::of(1..28u8);
    prop::collection::vec((text(), day), 1..5).prop_map(|reports| {
        reports
            .into_iter()
            .enumerate()
            .map(|(id, (text, day))| report(id, text, day))
            .collect()
    })
}

fn check_span(text: &str, span: Span, what: &str) {
    let length = text.chars().count();
    assert!(
        span.start < span.end && span.end <= length,
        "{what} {span:?} in {text:?}"
    );
}

fn check_analysis(report: &Report, analysis: &Analysis) {
    let text = &report.text;
    for name in &analysis.names {
        check_span(
            text,
            Span {
                start: name.start,
                end: name.end,
            },
            "name",
        );
    }
    for statement in &analysis.statements {
        assert!(
            !statement.content.is_empty(),
            "a statement without content in {text:?}"
        );
        for span in statement
            .source
            .iter()
            .chain(&statement.cue)
            .chain(&statement.content)
        {
            check_span(text, *span, "statement");
        }
    }
    for time in &analysis.times {
        check_span(text, time.span(), "time");
    }
    for figure in &analysis.figures {
        check_span(text, figure.span(), "figure");
        assert!(
            text.contains(&figure.what),
            "{:?} is not in {text:?}",
            figure.what
        );
    }
    for event in &analysis.events {
        check_span(text, event.span(), "event");
        assert!(
            text.contains(&event.what),
            "{:?} is not in {text:?}",
            event.what
        );
    }
}

fn check_story(reports: &[Report], story: &Story) {
    let check = |evidence: &Evidence| {
        let report = reports
            .iter()
            .find(|r| r.id == evidence.report)
            .expect("a report of the story");
        let slice = |start: usize, end: usize| -> String {
            report.text.chars().skip(start).take(end - start).collect()
        };
        assert_eq!(
            slice(evidence.start, evidence.end),
            evidence.exact,
            "in {:?}",
            report.text
        );
        assert!(!evidence.exact.is_empty());
    };
    story
        .statements
        .iter()
        .flat_map(|s| &s.variants)
        .flat_map(|v| &v.spans)
        .for_each(check);
    story
        .timeline
        .iter()
        .flat_map(|e| &e.mentions)
        .for_each(|m| check(&m.evidence));
    story
        .figures
        .iter()
        .flat_map(|f| &f.values)
        .for_each(|v| check(&v.evidence));
    story
        .disagreements
        .iter()
        .flat_map(|d| &d.sides)
        .flat_map(|s| &s.evidence)
        .for_each(check);
    for disagreement in &story.disagreements {
        assert!(disagreement.sides.len() > 1, "one side is no disagreement");
    }
    for passage in story
        .origins
        .iter()
        .flat_map(|o| &o.edges)
        .flat_map(|e| &e.passages)
    {
        check(&passage.0);
        check(&passage.1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_taken_and_evidence_is_true(reports in reports()) {
        let analyses: Vec<Analysis> = reports.iter().map(analyze).collect();
        for (report, analysis) in reports.iter().zip(&analyses) {
            check_analysis(report, analysis);
        }
        let analysed: Vec<_> = reports.iter().zip(&analyses).collect();
        let stories = collate(&analysed);
        let count: usize = stories.iter().map(|story| story.reports.len()).sum();
        prop_assert_eq!(count, reports.len(), "every report is in one story");
        for story in &stories {
            check_story(&reports, story);
        }
    }

    #[test]
    fn the_order_of_input_has_no_effect(reports in reports(), turn in 0..5usize) {
        let analyses: Vec<Analysis> = reports.iter().map(analyze).collect();
        let analysed: Vec<_> = reports.iter().zip(&analyses).collect();
        let mut turned = analysed.clone();
        turned.rotate_left(turn % reports.len());
        turned.reverse();
        prop_assert_eq!(collate(&analysed), collate(&turned));
    }

    #[test]
    fn any_characters_are_taken(text in "\\PC{0,200}") {
        let report = report(0, text, Some(7));
        check_analysis(&report, &analyze(&report));
    }
}
