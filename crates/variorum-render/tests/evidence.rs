//! Every piece of evidence on a page can be followed to its report and back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unnecessary_wraps
)]
#![allow(dead_code, reason = "the fixture serves other tests too")]

mod fixture;
mod page;

use page::{Followed, follow, letters};
use proptest::prelude::*;
use variorum_model::{CodePoints, Evidence, Report, Span, StoryFile, Variant, id};
use variorum_render::html;

/// Follows every link of the page and tries that what is shown is what is lit, all of it.
fn check(file: &StoryFile, reports: &[Report]) -> Vec<Followed> {
    let page = html(file, reports);
    page::check(&page);
    let followed = follow(&page);
    for link in &followed {
        link.check();
    }
    for evidence in shown_evidence(file) {
        let found = followed.iter().any(|link| {
            let runs = link.lit.iter().map(|run| letters(run));
            runs.into_iter()
                .any(|run| run.contains(&letters(&evidence.exact)))
        });
        let is_there = reports.iter().any(|report| report.id == evidence.report);
        assert!(
            found || !is_there || letters(&evidence.exact).is_empty(),
            "{evidence:?}"
        );
    }
    followed
}

/// All evidence of a story file that the page shows whole.
fn shown_evidence(file: &StoryFile) -> Vec<&Evidence> {
    let stories = file.stories.iter();
    let all = stories.flat_map(|s| {
        let statements = s.statements.iter().flat_map(|s| &s.variants);
        let sides = s.disagreements.iter().flat_map(|d| &d.sides);
        let mentions = s.timeline.iter().flat_map(|e| &e.mentions);
        let values = s.figures.iter().flat_map(|f| &f.values);
        let edges = s.origins.iter().flat_map(|o| &o.edges);
        statements
            .flat_map(|variant| &variant.spans)
            .chain(sides.flat_map(|side| &side.evidence))
            .chain(mentions.map(|mention| &mention.evidence))
            .chain(values.map(|value| &value.evidence))
            .chain(s.positions.iter().flat_map(|p| &p.evidence))
            .chain(
                edges
                    .flat_map(|e| e.passages.iter().take(5))
                    .flat_map(|(a, b)| [a, b]),
            )
    });
    all.collect()
}

#[test]
fn the_words_of_the_fixture_are_lit_and_lead_back() {
    let followed = check(&fixture::file(), &fixture::reports());
    assert!(followed.len() > 20);
    assert!(
        followed.iter().any(|link| link.lit.len() > 1),
        "an interrupted quotation"
    );
}

#[test]
fn a_long_passage_that_is_cut_when_shown_is_lit_whole() {
    let (mut file, mut reports) = (fixture::file(), fixture::reports());
    let words = "Nobody saw where the fire began. ".repeat(40);
    for report in &mut reports[1..3] {
        report.text.push_str("\n\n");
        report.text.push_str(&words);
    }
    let cut = |report: &Report| {
        let start = report.text.len() - words.len();
        let points = CodePoints::of(&report.text);
        points.evidence(&report.id, points.span(start..report.text.len()))
    };
    let pair = (cut(&reports[1]), cut(&reports[2]));
    file.stories[0].origins[1].edges[0].passages.push(pair);
    let followed = check(&file, &reports);
    let long = followed.iter().filter(|link| link.lit[0].len() > 1000);
    assert_eq!(long.count(), 2);
}

/// A cut of a text: where it begins and how long it is.
type Cut = (usize, usize);

/// The fixture with other texts, statements that have these cuts of them as words, and its other
/// lines with one of these cuts each.
fn generated(texts: &[String], cuts: &[(usize, Vec<Cut>)]) -> (StoryFile, Vec<Report>) {
    let (mut file, mut reports) = (fixture::file(), fixture::reports());
    file.stories.truncate(1);
    reports.truncate(texts.len());
    for (report, text) in reports.iter_mut().zip(texts) {
        report.text.clone_from(text);
        report.sha256 = id::sha256(text.as_bytes());
    }
    let evidence = |of: usize, (start, length): Cut| {
        let report = &reports[of % reports.len()];
        let points = CodePoints::of(&report.text);
        let last = points.point(report.text.len());
        let start = start.min(last);
        let end = (start + length).min(last);
        points.evidence(&report.id, Span { start, end })
    };
    let story = &mut file.stories[0];
    let pattern = story.statements[0].clone();
    let statements = cuts.iter().enumerate().map(|(at, (of, spans))| {
        let spans = spans.iter().map(|&cut| evidence(*of, cut));
        let mut statement = pattern.clone();
        statement.id = format!("s{at}");
        statement.variants = vec![Variant {
            report: reports[of % reports.len()].id.clone(),
            spans: spans.collect(),
            ..pattern.variants[0].clone()
        }];
        statement
    });
    story.statements = statements.collect();
    let mut others = cuts
        .iter()
        .cycle()
        .map(|(of, spans)| evidence(*of, spans[0]));
    let sides = story.disagreements.iter_mut().flat_map(|d| &mut d.sides);
    let all = sides
        .flat_map(|side| &mut side.evidence)
        .chain(
            story
                .timeline
                .iter_mut()
                .flat_map(|e| &mut e.mentions)
                .map(|m| &mut m.evidence),
        )
        .chain(
            story
                .figures
                .iter_mut()
                .flat_map(|f| &mut f.values)
                .map(|v| &mut v.evidence),
        )
        .chain(story.positions.iter_mut().flat_map(|p| &mut p.evidence));
    for (place, other) in all.zip(&mut others) {
        *place = other;
    }
    story.origins[1].edges.clear();
    (file, reports)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_words_are_lit_and_lead_back(
        texts in prop::collection::vec("([a-d .,<>&\"“”é🙂אב]|\r\n|[\r\n\t]|[\u{0}\u{85}\u{9b}\u{202e}]){0,120}", 4),
        cuts in prop::collection::vec(
            (0usize..4, prop::collection::vec((0usize..120, 0usize..40), 1..4)),
            1..12,
        ),
    ) {
        let (file, reports) = generated(&texts, &cuts);
        check(&file, &reports);
    }
}
