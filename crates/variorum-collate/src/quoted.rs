//! Quotations of one utterance that give another word in one place: "I fought this campaign", "I fought his
//! campaign".
//!
//! Both cannot be what was said. Two words that tell something differ only where all other words are the same, since
//! translations drift; persons differ in part of a quotation too. Spellings ("programme"), short forms ("we'll"), numbers in words, articles and
//! words that a report puts in brackets are no difference.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_model::StatementKind;
use variorum_text::words::{data, fold, is_function_word};
use variorum_text::{TokenKind, numerals, tokens};

use crate::propositions::Proposition;
use crate::wording::Difference;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    alike: Vec<Vec<String>>,
    persons: BTreeSet<String>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| data("quoted.toml", include_str!("../data/en/quoted.toml")));

/// What is the same around a word has at least so many words for it to stand out.
const LEAST: usize = 7;
/// Or so many where the word is no person and all others are the same.
const LEAST_WHOLE: usize = 8;
/// So many words in a row on each side of the difference are the same, or all up to the end.
const SAME_AROUND: usize = 3;

/// The words that a proposition quotes: all of them, or the longest part in quotation marks.
pub(crate) fn quoted_words(proposition: &Proposition) -> Vec<String> {
    match proposition.kind {
        StatementKind::Direct => words(&proposition.text),
        StatementKind::Indirect => Vec::new(),
        StatementKind::Mixed => {
            let pieces = proposition.text.split(['“', '”', '"', '«', '»']);
            let quoted = pieces.skip(1).step_by(2).map(words);
            quoted.max_by_key(Vec::len).unwrap_or_default()
        }
    }
}

/// Where the first two quotations differ in a single word, with all others on the side whose word they give.
pub(crate) fn difference(quotations: &[(usize, Vec<String>)]) -> Option<Difference> {
    for (at, (_, a)) in quotations.iter().enumerate() {
        for (_, b) in &quotations[at + 1..] {
            let Some((i, j)) = odd_word(a, b) else {
                continue;
            };
            let around = |words: &[String], place: usize| {
                place.saturating_sub(SAME_AROUND)..(place + SAME_AROUND + 1).min(words.len())
            };
            let (one, other) = (&a[around(a, i)], &b[around(b, j)]);
            let side = |window: &[String]| -> Vec<usize> {
                let holds =
                    |of: &&(usize, Vec<String>)| of.1.windows(window.len()).any(|w| w == window);
                quotations
                    .iter()
                    .filter(holds)
                    .map(|(index, _)| *index)
                    .collect()
            };
            let gap = i - around(a, i).start;
            let mut what = one.to_vec();
            "…".clone_into(&mut what[gap]);
            return Some(Difference {
                what: format!("{}: {} / {}", what.join(" "), a[i], b[j]),
                sides: vec![side(one), side(other)],
            });
        }
    }
    None
}

fn words(text: &str) -> Vec<String> {
    let tokens = tokens::tokens(text);
    let words = tokens.iter().filter(|token| token.kind != TokenKind::Mark);
    words.map(|token| fold(token.of(text))).collect()
}

/// The places of a word of each in which two runs of words differ, the same words standing around it.
fn odd_word(a: &[String], b: &[String]) -> Option<(usize, usize)> {
    for i in 0..a.len() {
        for j in 0..b.len() {
            if a[i] == b[j] {
                continue;
            }
            let before = (a[..i].iter().rev().zip(b[..j].iter().rev())).take_while(|(x, y)| x == y);
            let before = before.count();
            let starts = before == i && before == j;
            if before < SAME_AROUND && !starts {
                continue;
            }
            let behind = (a[i + 1..].iter().zip(&b[j + 1..]))
                .take_while(|(x, y)| x == y)
                .count();
            let ends = i + 1 + behind == a.len() && j + 1 + behind == b.len();
            let persons = FILE.persons.contains(&a[i]) && FILE.persons.contains(&b[j]);
            let enough = if persons {
                before + behind >= LEAST && (behind >= SAME_AROUND || ends)
            } else {
                before + behind >= LEAST_WHOLE && starts && ends
            };
            if enough && differ(&a[i], &b[j]) {
                return Some((i, j));
            }
        }
    }
    None
}

/// Whether two words are no spellings of one: little words are known well enough, others must have less
/// than half of their letters in common.
fn differ(a: &str, b: &str) -> bool {
    let plain = |word: &str| word.chars().all(char::is_alphabetic);
    if !plain(a) || !plain(b) || numerals::numeral(a).is_some() || numerals::numeral(b).is_some() {
        return false;
    }
    let alike = |words: &Vec<String>| [a, b].iter().all(|word| words.iter().any(|w| w == word));
    if FILE.alike.iter().any(alike) || a.starts_with(b) || b.starts_with(a) {
        return false;
    }
    if is_function_word(a) && is_function_word(b) {
        return true;
    }
    let ahead = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let behind = a
        .chars()
        .rev()
        .zip(b.chars().rev())
        .take_while(|(x, y)| x == y)
        .count();
    (ahead + behind) * 2 < a.chars().count().max(b.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_stands_out() {
        let check = |a: &str, b: &str, expected: Option<&str>| {
            let found = difference(&[(0, words(a)), (1, words(b))]).map(|one| one.what);
            assert_eq!(found.as_deref(), expected, "{a:?} / {b:?}");
        };
        check(
            "I fought this campaign in the only way I know how",
            "I fought his campaign in the only way I know how",
            Some("i fought … campaign in the: this / his"),
        );
        check(
            "Our resolve will never waiver in the face of this",
            "Our resolve will never waver in the face of this",
            None,
        );
        // A spelling, another length, two words, and a quotation too short to tell.
        check(
            "It is a programme that we all believe in today",
            "It is a program that we all believe in today",
            None,
        );
        check(
            "Hard to believe that they will put up with this much longer",
            "Hard to believe they will put up with this much longer",
            None,
        );
        check(
            "We will go there and talk to them about the dam",
            "We must go here and talk to them about the dam",
            None,
        );
        check("I fought this campaign", "I fought his campaign", None);
        // Short forms, and little words that tell the same.
        check(
            "I think that Governor Lund is keeping his plans for the dam secret",
            "I think that Gov Lund is keeping his plans for the dam secret",
            None,
        );
        check(
            "we know that's no small thing for the people of the coast",
            "we know it's no small thing for the people of the coast",
            None,
        );
        // A part of a longer quotation.
        check(
            "the storm and not the failure of their pumps at the old mill",
            "a goal was to show that it was the storm and not the failure of our pumps at the old mill",
            Some("the failure of … pumps at the: their / our"),
        );
        check(
            "rooted in the storm and not a broader failure of the pumps at the mill",
            "a goal was to show that it was rooted in the storm and not a broader failure or the pumps at the mill",
            None,
        );
        // A translation drifts.
        check(
            "they have boats and heavy engines on the coast near the border",
            "we see boats and heavy vehicles on the coast near the border",
            None,
        );
    }
}
