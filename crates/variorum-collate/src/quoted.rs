//! Direct quotations of one utterance that give another word in one place: "I fought this campaign", "I
//! fought his campaign".
//!
//! Both cannot be what was said. Spellings ("programme"), short forms ("we'll"), numbers in words and words
//! that a report puts in brackets are no difference.

use variorum_text::words::{fold, is_function_word};
use variorum_text::{TokenKind, numerals, tokens};

use crate::wording::Difference;

/// A quotation has at least so many words for one of them to stand out.
const LEAST: usize = 8;
/// So many words in a row on each side of the difference are the same, or all up to the end.
const SAME_AROUND: usize = 3;

/// Where the first two quotations differ in a single word, with all others on the side whose word they give.
pub(crate) fn difference(quotations: &[(usize, &str)]) -> Option<Difference> {
    let words: Vec<(usize, Vec<String>)> = quotations
        .iter()
        .map(|&(index, text)| (index, words(text)))
        .collect();
    for (at, (_, a)) in words.iter().enumerate() {
        for (_, b) in &words[at + 1..] {
            let Some(place) = odd_word(a, b) else {
                continue;
            };
            let side = |word: &String| -> Vec<usize> {
                let fits = |other: &&(usize, Vec<String>)| {
                    other.1.get(place) == Some(word) && other.1.len() == a.len()
                };
                words.iter().filter(fits).map(|(index, _)| *index).collect()
            };
            let around = place.saturating_sub(SAME_AROUND)..(place + SAME_AROUND + 1).min(a.len());
            let mut what = a[around.clone()].to_vec();
            "…".clone_into(&mut what[place - around.start]);
            return Some(Difference {
                what: what.join(" "),
                sides: vec![side(&a[place]), side(&b[place])],
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

/// The place of the only word in which two runs of words differ.
fn odd_word(a: &[String], b: &[String]) -> Option<usize> {
    if a.len() != b.len() || a.len() < LEAST {
        return None;
    }
    let mut odd = (0..a.len()).filter(|&i| a[i] != b[i]);
    let place = odd.next()?;
    (odd.next().is_none() && differ(&a[place], &b[place])).then_some(place)
}

/// Whether two words are no spellings of one: little words are known well enough, others must have less
/// than half of their letters in common.
fn differ(a: &str, b: &str) -> bool {
    let plain = |word: &str| word.chars().all(char::is_alphabetic);
    if !plain(a) || !plain(b) || numerals::numeral(a).is_some() || numerals::numeral(b).is_some() {
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
            let found = difference(&[(0, a), (1, b)]).map(|one| one.what);
            assert_eq!(found.as_deref(), expected, "{a:?} / {b:?}");
        };
        check(
            "I fought this campaign in the only way I know how",
            "I fought his campaign in the only way I know how",
            Some("i fought … campaign in the"),
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
    }
}
