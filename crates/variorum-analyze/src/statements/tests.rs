//! Statements of all kinds, each as `kind | speaker | content`.

use variorum_model::{CodePoints, PublishedFrom, Report, StatementKind};

use crate::analyze;

fn check(text: &str, expected: &[&str]) {
    assert_eq!(statements(text), expected, "statements of {text:?}");
}

/// A report of 8 January 2022, a Saturday.
pub(crate) fn report(text: &str) -> Report {
    Report {
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
        updated: None,
        page: None,
        sources: std::collections::BTreeMap::new(),
        version_of: None,
    }
}

fn statements(text: &str) -> Vec<String> {
    let report = report(text);
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
            let weak = if statement.weak { "weak " } else { "" };
            format!("{weak}{kind} | {speaker} | {}", content.join(" || "))
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
    check("Anna Weber did not say that the port would open.", &[]);
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
fn what_an_agency_passes_on_is_its_sources() {
    check(
        "The port stays closed, Reuters quoted Anna Weber as saying.",
        &["indirect | Anna Weber | The port stays closed"],
    );
    check(
        "The mayor said the port was closed, according to the Press Association.",
        &["indirect | The mayor | the port was closed"],
    );
}

#[test]
fn an_aside_is_no_speaker() {
    check(
        "Anna Weber, who leads the council that sold Mr. Kelley a house last year, said “the port is open”.",
        &["direct | Anna Weber | the port is open"],
    );
    check(
        "The mayor, who has said “the port is open”, left.",
        &["direct | The mayor | the port is open"],
    );
}

#[test]
fn a_ruling_is_its_courts_and_a_panel_speaks_for_it() {
    check(
        "The 4th Circuit’s ruling says that the order was too broad.",
        &["indirect | 4th Circuit | that the order was too broad"],
    );
    check(
        "A panel of three judges on the 9th U.S. Circuit Court of Appeals said that the order was too broad.",
        &["indirect | 9th U.S. Circuit Court of Appeals | that the order was too broad"],
    );
}

#[test]
fn an_office_of_one_state_is_held_by_nobody_of_another() {
    check(
        "Theresa May said she was sad. The French prime minister said that students were hurt.",
        &[
            "indirect | Theresa May | she was sad",
            "indirect | The French prime minister | that students were hurt",
        ],
    );
}

#[test]
fn weak_statements_are_told_apart() {
    check(
        "The mayor vowed to reopen the port if the ministry rejected the plan.",
        &["indirect | The mayor | to reopen the port if the ministry rejected the plan"],
    );
    check(
        "Johnson is seen as a strong contender in the contest.",
        &["weak indirect | - | Johnson || a strong contender in the contest"],
    );
}

/// The propositions that the encoder reads, as `kind | speaker | words`.
fn check_accurate(text: &str, expected: &[&str]) {
    let encoder = variorum_encoder::Encoder::built_in().expect("the built-in weights fit");
    let outlets = variorum_text::outlets::Outlets::built_in();
    let analysis = crate::analyze_with(&report(text), outlets, Some(encoder));
    let points = CodePoints::of(text);
    let statements = analysis.statements.iter();
    let found: Vec<String> = statements
        .flat_map(|one| one.propositions.iter().flatten())
        .filter(|one| one.certainty >= 0.5)
        .map(|one| {
            let speaker = one.speaker.as_ref().map_or("-", |s| s.name.as_str());
            let words: Vec<&str> = one.content.iter().map(|s| points.slice(*s)).collect();
            format!("{:?} | {speaker} | {}", one.kind, words.join(" || "))
        })
        .collect();
    assert_eq!(found, expected, "propositions of {text:?}");
}

#[test]
fn the_encoder_tells_thoughts_apart() {
    check_accurate(
        "Ada Lovel, the mayor of Brenwick, said on Monday that the bridge would stay closed until Friday. “We need two \
         more days,” she told reporters. “Nobody will be put at risk.” Work had begun in March.",
        &[
            "Indirect | Ada Lovel | the bridge would stay closed until Friday",
            "Direct | Ada Lovel | We need two more days",
            "Direct | Ada Lovel | Nobody will be put at risk",
        ],
    );
}

#[test]
fn what_an_interruption_tears_apart_is_one_thought_with_its_condition() {
    check_accurate(
        "The foreign minister, Irena Dovak, spoke to farmers on Sunday. If the gates were closed without a treaty, she \
         said, Karsova would stop selling gas.",
        &[
            "Indirect | Irena Dovak | If the gates were closed without a treaty || Karsova would stop selling gas",
        ],
    );
}
