//! Cuts what a report attributes to somebody into propositions: sentence- or clause-sized thoughts,
//! which is what is lined up across reports.
//!
//! A sentence is cut where a second main clause begins ("..., but we must be prepared ...", "... and
//! that the alliance ..."): behind a conjunction, when both sides have a finite verb and the right
//! one a subject of its own. A sentence that the report interrupts ("“A,” he said, “B”") is put
//! together again.

use std::ops::Range;

use variorum_model::{Attribution, PartialDate, Span, Speaker, Stance, StatementKind};
use variorum_text::sentences::sentences;
use variorum_text::words::{fold, is_finite, is_subject_pronoun};
use variorum_text::{Token, TokenKind, lexicon, tokens};

use crate::attitudes::{is_condition, is_holding};
use crate::{Member, attitudes};

/// A paraphrase of fewer words tells nothing.
const FEWEST_WORDS: usize = 4;

/// The most words of an answer that is told with its question.
const LONGEST_ANSWER: usize = 3;

/// At most so many bytes stand between a cue and the content that is not understood without it.
const FRAME: usize = 80;

/// One report's wording of one thought.
#[derive(Debug, Clone)]
pub(crate) struct Proposition {
    /// Index of the report in its story.
    pub member: usize,
    /// How it is given.
    pub kind: StatementKind,
    /// How its speaker stands to it.
    pub stance: Stance,
    /// The saying words.
    pub cue: Option<Span>,
    /// The words, in code points.
    pub spans: Vec<Span>,
    /// The words as one text.
    pub text: String,
    /// Who says it, as the report's analysis has it.
    pub speaker: Option<Speaker>,
    /// The medium that the report itself names.
    pub via: Option<String>,
    /// The day it was said.
    pub said_on: Option<PartialDate>,
    /// How likely all of it is right, where the reader tells.
    pub certainty: Option<f64>,
}

/// The propositions of all members, in the order of members and text.
pub(crate) fn propositions(members: &[Member<'_>]) -> Vec<Proposition> {
    let mut found = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let told = |attribution: &&Attribution| !attribution.weak;
        for attribution in member.analysis.statements.iter().filter(told) {
            of_attribution(index, member, attribution, &mut found);
        }
    }
    found
}

fn of_attribution(
    index: usize,
    member: &Member<'_>,
    attribution: &Attribution,
    found: &mut Vec<Proposition>,
) {
    let text = member.points.text();
    if let Some(propositions) = &attribution.propositions {
        for one in propositions {
            let mut piece: Vec<Range<usize>> = one
                .content
                .iter()
                .map(|&span| member.points.bytes(span))
                .collect();
            if attribution.stance == Stance::Asserts {
                let cue = attribution.cue.first().map(|&cue| member.points.bytes(cue));
                if let (Some(cue), Some(first)) = (cue, piece.first())
                    && cue.end <= first.start
                    && (matches!(&text[cue.end..first.start], " " | " that ")
                        || text[first.clone()].starts_with("to "))
                {
                    keep_verb(text, one.kind, cue, &mut piece);
                }
                without_that(text, one.kind, &mut piece);
            }
            let words: Vec<&str> = piece.iter().map(|range| &text[range.clone()]).collect();
            let words = words.join(" … ");
            let spans = piece.into_iter().map(|range| member.points.span(range));
            found.push(Proposition {
                kind: one.kind,
                speaker: one.speaker.clone(),
                certainty: Some(one.certainty),
                ..proposition(index, attribution, spans.collect(), words)
            });
        }
        return;
    }
    // What is not asserted is shown with its cue anyway.
    let asserted = attribution.stance == Stance::Asserts;
    // What is believed is one belief, however long.
    let cue = attribution.cue.first().map(|cue| member.points.bytes(*cue));
    let held = attribution.kind != StatementKind::Direct
        && cue.is_some_and(|cue| {
            text[cue]
                .split_whitespace()
                .any(|word| is_holding(&fold(word)))
        })
        && asserted;
    let mut pieces: Vec<Vec<Range<usize>>> = Vec::new();
    let mut open = false;
    for span in &attribution.content {
        let bytes = member.points.bytes(*span);
        for sentence in sentences(text, bytes.clone()) {
            let first = sentence.start == bytes.start;
            let clauses = if held {
                vec![trim(text, sentence)]
            } else {
                clauses(text, sentence)
            };
            for (i, clause) in clauses.into_iter().enumerate() {
                let goes_on = open && first && i == 0 && continues(&text[clause.clone()]);
                let depends = open
                    && first
                    && i == 0
                    && pieces
                        .last()
                        .and_then(|p| p.first())
                        .is_some_and(|p| is_dependent(&text[p.clone()]));
                if i == 0
                    && !first
                    && let Some(question) = pieces.last_mut().and_then(|piece| piece.last_mut())
                    && answers(&text[question.clone()], &text[clause.clone()])
                {
                    question.end = clause.end;
                    continue;
                }
                match pieces.last_mut().filter(|_| goes_on || depends) {
                    Some(last) => last.push(clause),
                    None => pieces.push(vec![clause]),
                }
            }
        }
        open = !text[..bytes.end].ends_with(['.', '!', '?'])
            && !text[bytes.end..].starts_with(['.', '!', '?']);
    }
    if let (Some(piece), Some(cue), true) = (pieces.first_mut(), attribution.cue.first(), asserted)
    {
        keep_verb(text, attribution.kind, member.points.bytes(*cue), piece);
    }
    if let (Some(piece), true) = (pieces.first_mut(), asserted) {
        without_that(text, attribution.kind, piece);
    }
    for piece in pieces {
        let piece: Vec<_> = piece
            .into_iter()
            .filter(|range| !range.is_empty())
            .collect();
        let words: Vec<&str> = piece.iter().map(|range| &text[range.clone()]).collect();
        let words = words.join(" … ");
        if words.chars().filter(|c| c.is_alphabetic()).count() < 3
            || kind_of(attribution.kind, &words) == StatementKind::Indirect
                && words.split_whitespace().count() < FEWEST_WORDS
                && asserted
        {
            continue;
        }
        let spans = piece.into_iter().map(|range| member.points.span(range));
        let one = proposition(index, attribution, spans.collect(), words);
        found.push(Proposition {
            kind: kind_of(one.kind, &one.text),
            ..one
        });
    }
}

/// A thought of an attribution.
fn proposition(member: usize, of: &Attribution, spans: Vec<Span>, text: String) -> Proposition {
    Proposition {
        member,
        kind: of.kind,
        stance: of.stance,
        cue: of.cue.first().copied(),
        spans,
        text,
        speaker: of.speaker.clone(),
        via: of.via.clone(),
        said_on: of.said_on,
        certainty: None,
    }
}

/// Takes off the word that only leads to a content.
fn without_that(text: &str, kind: StatementKind, piece: &mut [Range<usize>]) {
    if let Some(first) = piece.first_mut()
        && kind != StatementKind::Direct
        && text[first.clone()].starts_with("that ")
    {
        first.start += "that ".len();
    }
}

/// Puts the cue before content that is not understood without it.
fn keep_verb(text: &str, kind: StatementKind, cue: Range<usize>, piece: &mut Vec<Range<usize>>) {
    let Some(first) = piece.first_mut().filter(|first| cue.end <= first.start) else {
        return;
    };
    let between = &text[cue.end..first.start];
    let attitude = kind != StatementKind::Direct && attitudes::is_attitude(&text[cue.clone()]);
    if !(attitude || needs_verb(&text[cue.clone()], between, &text[first.clone()])) {
        return;
    }
    if matches!(between, " " | " that ") {
        first.start = cue.start;
    } else if between.len() < FRAME {
        piece.insert(0, cue);
    }
}

/// Whether a clause hangs on one that is still to follow: "If there was no answer".
fn is_dependent(words: &str) -> bool {
    let main = words.split_once(',').map_or("", |(_, rest)| rest);
    if main.split_whitespace().any(|word| is_finite(&fold(word))) {
        return false;
    }
    let first = words.split_whitespace().next().map(fold);
    first.is_some_and(|word| {
        [
            "if", "unless", "when", "while", "although", "though", "because", "once", "as",
        ]
        .contains(&word.as_str())
    })
}

/// Whether content is understood only with its cue ("accuse | Russia of having deployed troops",
/// "wants | to agree"): directly behind it, and without a finite verb of its own.
fn needs_verb(cue: &str, between: &str, content: &str) -> bool {
    let says =
        ["say", "says", "said", "saying", "told", "according to"].contains(&fold(cue).as_str());
    let words: Vec<String> = content.split_whitespace().map(fold).collect();
    let verbless = !words.iter().any(|word| is_finite(word));
    let infinitive = words.first().is_some_and(|word| word == "to");
    let quoted = content.starts_with(['“', '"', '«']);
    !says && between == " " && !quoted && (verbless || infinitive)
}

/// Whether a sentence is the short answer to a question that the speaker asks himself: "Do I want it? No."
fn answers(question: &str, words: &str) -> bool {
    question.ends_with('?') && words.split_whitespace().count() <= LONGEST_ANSWER
}

/// A part of a mixed statement that holds no quotation marks is indirect.
fn kind_of(kind: StatementKind, words: &str) -> StatementKind {
    if kind == StatementKind::Mixed && !words.contains(['“', '”', '"', '«', '»', '‘']) {
        StatementKind::Indirect
    } else {
        kind
    }
}

/// Whether the words behind an interruption go on with the sentence before it, rather than being a
/// clause of their own.
fn continues(words: &str) -> bool {
    if !words.chars().next().is_some_and(char::is_lowercase) {
        return false;
    }
    let mut first = words.split_whitespace().map(fold);
    let subject = first
        .next()
        .is_some_and(|word| is_subject_pronoun(&word) && word != "that");
    !(subject && first.take(2).any(|word| is_finite(&word)))
}

/// The main clauses of a sentence, trimmed.
pub(crate) fn clauses(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let words: Vec<Token> = tokens::tokens(&text[sentence.clone()])
        .into_iter()
        .map(|t| Token {
            start: t.start + sentence.start,
            end: t.end + sentence.start,
            ..t
        })
        .collect();
    let lower: Vec<String> = words.iter().map(|t| fold(t.of(text))).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..words.len() {
        let joins = matches!(
            lower[at].as_str(),
            "and" | "but" | "so" | "while" | "yet" | ";"
        );
        if !joins || at - start < 3 || words.len() - at < 4 {
            continue;
        }
        let mut right = at + 1;
        while matches!(
            lower[right].as_str(),
            "that" | "then" | "also" | "so" | "“" | "\"" | "now"
        ) && right + 3 < words.len()
        {
            right += 1;
        }
        let has_that = lower[at + 1] == "that" && lower[at] == "and";
        let left_finite = lower[start..at].iter().any(|word| is_verbal(word));
        let subject = begins_subject(text, &words, &lower, right);
        let verb = (right + 1..(right + 9).min(words.len())).find(|&i| is_finite(&lower[i]));
        // "both the United States and the European Union have threatened" is one subject.
        let both = lower[start..at]
            .iter()
            .rposition(|word| word == "both")
            .is_some_and(|both| !lower[start + both..at].iter().any(|word| is_finite(word)));
        let own_clause = !both
            && subject
            && verb.is_some_and(|verb| !lower[right..verb].iter().any(|w| w == ","));
        // "believed the bureau and the ministry were against him" is one belief.
        let comma = lower[at - 1] == ",";
        let left = &lower[start..at];
        let held = left.iter().any(|word| is_holding(word));
        let inner = (start + 1..at)
            .any(|i| lower[i] == "that" && begins_subject(text, &words, &lower, i + 1));
        if left.iter().any(|word| is_condition(word))
            || has_that && (held || inner)
            || held && !comma && lower[at] != ";"
        {
            continue;
        }
        if has_that || (left_finite && own_clause) {
            let end = if lower[at - 1] == "," { at - 2 } else { at - 1 };
            found.push(words[start].start..words[end].end);
            start = if has_that { at + 2 } else { at + 1 };
            if lower[at] != ";" && !has_that && lower[at] != "and" {
                // "but" and "so" tell how the second thought hangs on the first.
                start = at;
            }
        }
    }
    if let (Some(first), Some(last)) = (words.get(start), words.last()) {
        found.push(first.start..last.end);
    }
    found
        .into_iter()
        .map(|range| trim(text, range))
        .filter(|range| !range.is_empty())
        .collect()
}

pub(crate) fn is_verbal(lower: &str) -> bool {
    is_finite(lower) || (lower.len() > 4 && (lower.ends_with("ed") || lower.ends_with("ing")))
}

/// Whether a subject may begin here: a pronoun, a determiner, a name.
fn begins_subject(text: &str, words: &[Token], lower: &[String], at: usize) -> bool {
    let Some(token) = words.get(at) else {
        return false;
    };
    let word = token.of(text);
    is_subject_pronoun(&lower[at])
        || [
            "the", "a", "an", "no", "our", "their", "his", "her", "its", "my",
        ]
        .contains(&lower[at].as_str())
        || (token.kind == TokenKind::Word && word.starts_with(char::is_uppercase))
        || lexicon::role(&lower[at]).is_some()
}

/// Without white space, commas and stops at the ends, and without a quotation mark whose partner is
/// elsewhere.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = range;
    loop {
        let piece = &text[start..end];
        let loose = |c: char| c.is_whitespace() || ",;:.—–".contains(c);
        let front = piece.trim_start_matches(loose);
        let back = front.trim_end_matches(loose);
        start += piece.len() - front.len();
        end = start + back.len();
        let marks = |c: char| "“”\"«»".contains(c);
        if back.chars().filter(|&c| marks(c)).count() % 2 == 0 {
            return start..end;
        }
        if let Some(mark) = back.chars().next().filter(|&c| marks(c)) {
            start += mark.len_utf8();
        } else if let Some(mark) = back.chars().next_back().filter(|&c| marks(c)) {
            end -= mark.len_utf8();
        } else {
            return start..end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: &[&str]) {
        let found: Vec<_> = clauses(sentence, 0..sentence.len())
            .into_iter()
            .map(|r| &sentence[r])
            .collect();
        assert_eq!(found, expected, "clauses of {sentence:?}");
    }

    #[test]
    fn a_second_main_clause_is_a_second_thought() {
        check(
            "We will talk in good faith, but we must also be prepared for failure",
            &[
                "We will talk in good faith",
                "but we must also be prepared for failure",
            ],
        );
        check(
            "the presence represents a “real” risk and that the alliance must be prepared",
            &[
                "the presence represents a “real” risk",
                "the alliance must be prepared",
            ],
        );
        check(
            "Now they are unacceptable and the risk of a new conflict is real",
            &[
                "Now they are unacceptable",
                "the risk of a new conflict is real",
            ],
        );
    }

    #[test]
    fn one_subject_is_one_thought() {
        for one in [
            "It continues around the town and is accompanied by threats",
            "Talks with France and the United States were held",
            "She came and saw and won",
            "“They left the bread, the butter and the milk",
            "Three in four believed the bureau and the ministry were against the mayor",
            "She doubts that the bridge is old and that the ministry knows it",
        ] {
            check(one, &[one.trim_start_matches('“')]);
        }
    }
}
