//! Statements of all kinds, each as `kind | speaker | content`.

use variorum_model::{CodePoints, PublishedFrom, Report, StatementKind};

use crate::analyze;

fn check(text: &str, expected: &[&str]) {
    assert_eq!(statements(text), expected, "statements of {text:?}");
}

fn statements(text: &str) -> Vec<String> {
    let report = Report {
        id: "r".into(),
        outlet: None,
        url: None,
        title: None,
        author: None,
        published: "2022-01-08".parse().ok(),
        published_from: PublishedFrom::Metadata,
        retrieved: None,
        sha256: String::new(),
        language: Some("en".into()),
        analysed: true,
        text: text.into(),
        credits: Vec::new(),
    };
    let points = CodePoints::of(text);
    analyze(&report)
        .statements
        .iter()
        .map(|statement| {
            let kind = match statement.kind {
                StatementKind::Direct => "direct",
                StatementKind::Indirect => "indirect",
                StatementKind::Mixed => "mixed",
            };
            let speaker = statement.speaker.as_ref().map_or("-", |s| s.name.as_str());
            let content: Vec<&str> = statement.content.iter().map(|s| points.slice(*s)).collect();
            format!("{kind} | {speaker} | {}", content.join(" || "))
        })
        .collect()
}

#[test]
fn the_source_stands_on_either_side() {
    check(
        "Jens Stoltenberg said that the risk is real.",
        &["indirect | Jens Stoltenberg | that the risk is real"],
    );
    check(
        "The operator, Skerrow Lines, said that the ship was safe.",
        &["indirect | Skerrow Lines | that the ship was safe"],
    );
    check(
        "The union sees it differently: the ships are late, Anna Weber said.",
        &["indirect | Anna Weber | the ships are late"],
    );
    check(
        "If there was no answer by Friday, Anna Weber warned, the port would close.",
        &["indirect | Anna Weber | If there was no answer by Friday || the port would close"],
    );
    check(
        "Anna Weber proposed on Tuesday to the other side to hold talks, informs our correspondent.",
        &["indirect | Anna Weber | to hold talks"],
    );
    check(
        "“The risk is real,” Jens Stoltenberg said.",
        &["direct | Jens Stoltenberg | The risk is real"],
    );
    check(
        "“We are late,” said Anna Weber, a spokeswoman for the port.",
        &["direct | Anna Weber | We are late"],
    );
    check(
        "The ships are safe, according to Anna Weber.",
        &["indirect | Anna Weber | The ships are safe"],
    );
    check(
        "According to Anna Weber, the ships are safe.",
        &["indirect | Anna Weber | the ships are safe"],
    );
}

#[test]
fn a_statement_may_be_interrupted() {
    check(
        "“We came,” Anna Weber said, “and we won.”",
        &["direct | Anna Weber | We came || and we won"],
    );
    check(
        "“We must prepare, warned Jens Stoltenberg. Time is short.”",
        &["direct | Jens Stoltenberg | We must prepare || Time is short"],
    );
    check(
        "“We came,” Anna Weber said. “It was not easy at all.”",
        &["direct | Anna Weber | We came || It was not easy at all"],
    );
}

#[test]
fn partly_quoted_words_are_mixed() {
    check(
        "Anna Weber said it was “a bad day” for the port.",
        &["mixed | Anna Weber | it was “a bad day” for the port"],
    );
}

#[test]
fn short_names_roles_and_pronouns_mean_people() {
    check(
        "NATO Secretary General Jens Stoltenberg spoke in Brussels. “It is real,” the NATO head said. \
         He added that talks go on.",
        &[
            "direct | Jens Stoltenberg | It is real",
            "indirect | Jens Stoltenberg | that talks go on",
        ],
    );
    check(
        "Officials said the road was closed. A spokesman for Anna Weber said she was well.",
        &[
            "indirect | Officials | the road was closed",
            "indirect | A spokesman for Anna Weber | she was well",
        ],
    );
}

#[test]
fn a_second_verb_has_the_same_subject() {
    check(
        "Anna Weber said the port was open, adding that the ships were safe.",
        &[
            "indirect | Anna Weber | the port was open",
            "indirect | Anna Weber | that the ships were safe",
        ],
    );
}

#[test]
fn a_signature_marks_paragraphs_as_speech() {
    check(
        "Ministers met on Friday.\nThe risk is real and it has grown for weeks now. We are ready.\n\
         Jens Stoltenberg, NATO Secretary-General",
        &[
            "direct | Jens Stoltenberg | The risk is real and it has grown for weeks now || We are ready",
        ],
    );
}

#[test]
fn what_was_not_said_is_no_statement() {
    check("Anna Weber did not say when the port would open.", &[]);
    check("Anna Weber was told that the port was closed.", &[]);
    check("The report was late, and her claims were many.", &[]);
}

#[test]
fn quotation_marks_alone_say_nothing() {
    check("They met at the “White Horse” in town.", &[]);
}

#[test]
fn the_layout_of_a_transcript_or_a_list_of_voices_names_the_speaker() {
    check(
        "WEBER: We will open the port today.\n\nROSSI: And who will pay for it?\n\nWEBER: The city will pay for it.",
        &[
            "direct | WEBER | We will open the port today",
            "direct | ROSSI | And who will pay for it?",
            "direct | WEBER | The city will pay for it",
        ],
    );
    check(
        "“I hope that the port opens soon.” — Anna Weber",
        &["direct | Anna Weber | I hope that the port opens soon"],
    );
}

#[test]
fn a_relative_pronoun_means_the_noun_before_it() {
    check(
        "Police arrested Anna Weber, who said that the port was open.",
        &["indirect | Anna Weber | that the port was open"],
    );
}

#[test]
fn a_row_of_pronouns_ends() {
    let text = format!(
        "Weber {}said “the port is open now”.",
        "that ".repeat(50_000)
    );
    statements(&text);
}
