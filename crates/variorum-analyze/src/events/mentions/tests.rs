//! What is found in short reports.

use serde::Deserialize;
use variorum_model::{CodePoints, PublishedFrom, Span};
use variorum_text::outlets::Outlets;

use super::*;

/// A text with the mentions that are found in it.
#[derive(Deserialize)]
pub(super) struct Example {
    text: String,
    finds: Vec<String>,
}

fn report(text: &str) -> Report {
    Report {
        id: String::new(),
        outlet: None,
        url: None,
        title: None,
        author: None,
        published: "2007-05-10".parse().ok(),
        published_from: PublishedFrom::Metadata,
        retrieved: None,
        sha256: String::new(),
        language: None,
        analysed: true,
        text: text.to_owned(),
        credits: Vec::new(),
        updated: None,
        page: None,
        sources: std::collections::BTreeMap::new(),
        version_of: None,
    }
}

fn lines(text: &str) -> Vec<String> {
    let points = CodePoints::of(text);
    let line = |mention: EventMention| {
        let span = Span {
            start: mention.start,
            end: mention.end,
        };
        let who = mention.participants.join(" ");
        let date = mention.date.map_or("-".to_owned(), |date| date.to_string());
        format!("{}: {who}, {date}", points.slice(span))
    };
    mentions(&report(text), Outlets::built_in())
        .into_iter()
        .map(line)
        .collect()
}

#[test]
fn examples_of_the_data_file() {
    for example in &words().example {
        assert_eq!(lines(&example.text), example.finds, "{:?}", example.text);
    }
}

#[test]
fn a_report_that_is_not_analysed_has_none() {
    let report = Report {
        analysed: false,
        ..report("Acme sold its works.")
    };
    assert!(mentions(&report, Outlets::built_in()).is_empty());
}

proptest::proptest! {
    #[test]
    fn any_text_is_taken(text in "([a-zA-Zé,.;“”()0-9]{1,6}| |\n|Friday|the company|it|Acme|(ACM)|A380|said|flight of|sold|2014|May 7){0,40}") {
        let count = text.chars().count();
        for mention in mentions(&report(&text), Outlets::built_in()) {
            assert!(mention.start < mention.end && mention.end <= count, "{mention:?}");
        }
    }
}
