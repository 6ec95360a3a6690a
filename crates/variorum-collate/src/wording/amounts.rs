//! How much of a thing, and how many of it: "all of the miners", "nearly all of the miners"
//! (`data/en/amounts.toml`); "40 boats", "60 boats".

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::numerals::numeral;
use variorum_text::words::data;

use super::words::{Clause, Words};
use super::{Close, Grade, Point, SHARED};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    amounts: BTreeMap<String, Vec<String>>,
    #[cfg(test)]
    example: Vec<super::tests::Example>,
    #[cfg(not(test))]
    #[serde(rename = "example")]
    _example: serde::de::IgnoredAny,
}

fn file() -> File {
    data("amounts.toml", include_str!("../../data/en/amounts.toml"))
}

/// An amount's words, and which amount it is.
type Phrase = (Vec<String>, String);

/// The amounts by the first of their words, the longest first.
static AMOUNTS: LazyLock<BTreeMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut found: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
    for (amount, phrases) in file().amounts {
        for phrase in phrases {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            let of = found.entry(words[0].clone()).or_default();
            of.push((words, amount.clone()));
        }
    }
    for phrases in found.values_mut() {
        phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    found
});

/// So many words stand between an amount and its thing at most.
const BETWEEN: usize = 2;

/// Each thing with its amount: the stem, the amount, the words.
fn amounts(words: &Words, clause: &Clause) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut at = clause.words.start;
    while at < clause.words.end {
        let fits = |phrase: &&Phrase| {
            let here = words.words[at..clause.words.end]
                .iter()
                .map(|word| &word.lower);
            phrase.0.len() <= clause.words.end - at
                && phrase.0.iter().zip(here).all(|(x, y)| x == y)
        };
        let phrases = AMOUNTS.get(&words.words[at].lower).into_iter().flatten();
        let Some((phrase, amount)) = phrases.clone().find(fits) else {
            at += 1;
            continue;
        };
        let end = at + phrase.len();
        let thing = words
            .next_content(clause, end - 1)
            .filter(|&thing| thing <= end + BETWEEN);
        if let Some(thing) = thing {
            let shown = words.surface(at..thing + 1);
            found.push((words.words[thing].stem.clone(), amount.clone(), shown));
        }
        at = end;
    }
    found
}

/// Where two clauses give one thing another amount.
pub(super) fn point((a, x): (&Words, &Clause), (b, y): (&Words, &Clause)) -> Option<Point> {
    let (of_a, of_b) = (amounts(a, x), amounts(b, y));
    let (thing, other) = of_a.iter().find_map(|one| {
        let same_thing = |other: &&(String, String, String)| other.0 == one.0;
        let mut others = of_b.iter().filter(same_thing);
        let first = others.next()?;
        // A thing that has several amounts tells nothing.
        let once = of_a.iter().filter(|other| other.0 == one.0).count() == 1;
        (once && others.next().is_none() && first.1 != one.1).then_some((one, first))
    })?;
    let grade = match Close::of(&plain(&x.stems), &plain(&y.stems)) {
        Close::Whole | Close::Most => Grade::Plain,
        Close::Half => Grade::Differs,
        Close::Far => return None,
    };
    Some(Point {
        a: thing.2.clone(),
        b: other.2.clone(),
        grade,
        opposite: false,
    })
}

/// Stems without the words of amounts.
fn plain(stems: &BTreeSet<String>) -> BTreeSet<String> {
    let amount = |stem: &&String| !AMOUNTS.contains_key(stem.as_str());
    stems.iter().filter(amount).cloned().collect()
}

/// Where two clauses count another number of one thing.
pub(super) fn count((a, x): (&Words, &Clause), (b, y): (&Words, &Clause)) -> Option<Point> {
    let shared = x.stems.intersection(&y.stems).count();
    let least = x.stems.len().min(y.stems.len());
    // Wordings that share a number say the same of it and more.
    let common = a.numbers.iter().any(|number| b.numbers.contains(number));
    if shared < SHARED || shared * 3 < least * 2 || common {
        return None;
    }
    x.counts.iter().find_map(|(stem, number)| {
        let other = y.counts.get(stem)?;
        ((other - number).abs() > f64::EPSILON).then(|| Point {
            a: number_words(a, x, *number, stem),
            b: number_words(b, y, *other, stem),
            grade: Grade::Plain,
            opposite: false,
        })
    })
}

/// Whether two wordings of one statement give numbers, and no number that the other one gives. "One" is often no number,
/// and "million" alone only a part of one.
pub(super) fn others(a: &Words, b: &Words) -> bool {
    let numbers = |words: &Words| -> Vec<f64> {
        let number = |lower: &str| {
            let digits = lower.starts_with(|c: char| c.is_ascii_digit());
            numeral(lower).filter(|number| digits || (2.0..100.0).contains(number))
        };
        let all = words.words.iter();
        all.filter_map(|word| number(&word.lower)).collect()
    };
    let (of_a, of_b) = (numbers(a), numbers(b));
    !of_a.is_empty() && !of_b.is_empty() && !of_a.iter().any(|number| of_b.contains(number))
}

/// The words from a number to what it counts.
fn number_words(words: &Words, clause: &Clause, number: f64, stem: &str) -> String {
    let is = |at: &usize| {
        variorum_text::numerals::numeral(&words.words[*at].lower)
            .is_some_and(|other| (other - number).abs() <= f64::EPSILON)
    };
    let Some(start) = clause.words.clone().find(is) else {
        return String::new();
    };
    let mut rest = start..clause.words.end;
    let end = rest
        .find(|&at| words.words[at].stem == stem)
        .unwrap_or(start);
    words.surface(start..end + 1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn examples_of_the_data_file() {
        super::super::tests::check_all(super::file().example);
    }
}
