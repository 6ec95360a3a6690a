//! What is found in single sentences.

use variorum_model::EventStatus;
use variorum_text::times;

use super::*;

fn found(text: &str) -> Vec<Event> {
    let day = "2022-01-08"
        .parse::<PartialDate>()
        .ok()
        .and_then(PartialDate::as_day);
    let doc = Document::new(text, day);
    let points = CodePoints::of(text);
    let syntax = Syntax::of(&doc);
    let (cues, mentions) = crate::names::cues_and_mentions(&doc, &syntax, Outlets::built_in());
    let names: Vec<Name> = mentions.iter().map(|m| m.to_model(&doc, &points)).collect();
    let times = times::times(&doc);
    events(
        &doc,
        &syntax,
        &points,
        &cues,
        &names,
        &times,
        Outlets::built_in(),
    )
}

#[test]
fn examples_of_the_data_file() {
    for example in &view::words().example {
        let lines: Vec<String> = found(&example.text).into_iter().map(|e| e.what).collect();
        assert_eq!(lines, example.finds, "events of {:?}", example.text);
    }
}

#[test]
fn who_where_when() {
    let text = "Before the US-Russian talks Monday, January 10 in Geneva, NATO shows its unity.";
    let [event] = &found(text)[..] else {
        panic!("one event in {text:?}: {:?}", found(text))
    };
    assert_eq!(event.participants, ["United States", "Russia"]);
    assert_eq!(event.place.as_deref(), Some("Geneva"));
    assert_eq!(
        event.date.map(|d| d.to_string()).as_deref(),
        Some("2022-01-10")
    );
    assert_eq!(event.status, EventStatus::Scheduled);
}

#[test]
fn every_line_is_part_of_its_clause() {
    let text = "The vote, planned for Monday, was postponed. On Friday 7 January she met Ms. Doe.";
    let points = CodePoints::of(text);
    for event in found(text) {
        assert!(
            points.slice(event.span()).contains(&event.what),
            "{event:?}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_taken(text in "([a-zA-Z,.;“”()]{1,6}| |Friday|on|talks|said|in Geneva|and|2014|January 7){0,40}") {
        let points = CodePoints::of(&text);
        for event in found(&text) {
            assert!(points.slice(event.span()).contains(&event.what), "{event:?}");
        }
    }
}
