//! What the built-in encoder reads, and that it takes any text.
#![expect(clippy::expect_used)]

use proptest::prelude::*;
use variorum_encoder::{Encoder, Said};
use variorum_text::Document;

fn read(text: &str) -> Vec<Said> {
    let encoder = Encoder::built_in().expect("the built-in weights fit");
    let doc = Document::new(text, None);
    encoder.read(&doc).expect("any text can be read")
}

/// The words of each sure statement with the word that likeliest names its speaker.
fn check(text: &str, expected: &[(&str, &str)]) {
    let doc = Document::new(text, None);
    let read = read(text);
    let sure = read.iter().filter(|said| !said.eager);
    let found: Vec<(&str, &str)> = sure
        .map(|said| {
            let named = said.named.first().map_or("", |(token, _)| doc.word(*token));
            (&text[doc.bytes(said.tokens.clone())], named)
        })
        .collect();
    assert_eq!(found, expected, "statements of {text:?}");
}

#[test]
fn who_said_what() {
    check(
        "The mayor, Ada Lovel, said on Monday that the bridge would stay closed until Friday. \
         “We need two more days,” she told reporters.",
        &[
            ("the bridge would stay closed until Friday", "Lovel"),
            ("We need two more days", "Lovel"),
        ],
    );
}

#[test]
fn the_reports_own_telling_is_no_statement() {
    check(
        "The bridge over the river was closed on Monday. Traffic is led through the old town.",
        &[],
    );
}

#[test]
fn the_same_text_is_read_alike() {
    let text = "Tom Hale said the dam was safe. “It will hold,” he said.";
    assert_eq!(read(text), read(text));
}

#[test]
fn what_nobody_writes_is_read_too() {
    assert_eq!(read(""), []);
    read(&"x".repeat(100_000));
    read(&"\n\n".repeat(10_000));
    read(&"And so on ".repeat(2_000));
    read("\u{feff}\u{202e}“”„«»\u{0}\u{1F600}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn spans_lie_in_the_text(text in "[ -~“”’\n\u{e9}\u{4e2d}]{0,300}") {
        let tokens = Document::new(&text, None).tokens.len();
        let read = read(&text);
        for said in &read {
            prop_assert!(said.tokens.start < said.tokens.end && said.tokens.end <= tokens);
            let sum: f32 = said.named.iter().map(|(_, likely)| likely).sum::<f32>() + said.nobody;
            prop_assert!(sum <= 1.001);
        }
    }
}
