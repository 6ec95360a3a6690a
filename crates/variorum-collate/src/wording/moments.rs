//! Other times for one thing: "in May", "in June" (`data/en/moments.toml`), "in 2009", "in 2011".

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::words::data;

use super::words::{Clause, Words};
use super::{Close, Grade, Point, SHARED};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    moments: BTreeMap<String, BTreeSet<String>>,
    doubtful: Doubtful,
    #[cfg(test)]
    example: Vec<super::tests::Example>,
    #[cfg(not(test))]
    #[serde(rename = "example")]
    _example: serde::de::IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubtful {
    words: BTreeSet<String>,
    behind: BTreeSet<String>,
}

fn file() -> File {
    data("moments.toml", include_str!("../../data/en/moments.toml"))
}

static FILE: LazyLock<File> = LazyLock::new(file);

/// A year is written like this.
fn is_year(lower: &str) -> bool {
    lower.len() == 4
        && (lower.starts_with("19") || lower.starts_with("20"))
        && lower.bytes().all(|byte| byte.is_ascii_digit())
}

/// Moments by their kind, as they stand.
type Moments<'w> = BTreeMap<&'static str, BTreeSet<&'w str>>;

/// The moments of some words.
fn moments(words: &Words, range: Range<usize>) -> Moments<'_> {
    let mut found = Moments::new();
    for at in range {
        let lower = words.words[at].lower.as_str();
        let before = at
            .checked_sub(1)
            .map_or("", |at| words.words[at].lower.as_str());
        let doubtful = &FILE.doubtful;
        if doubtful.words.contains(lower) && !doubtful.behind.contains(before) {
            continue;
        }
        let kinds = FILE.moments.iter();
        let kind = kinds
            .filter(|(_, words)| words.contains(lower))
            .map(|(kind, _)| kind.as_str());
        for kind in kind.chain(is_year(lower).then_some("year")) {
            found
                .entry(kind)
                .or_default()
                .insert(&words.words[at].surface);
        }
    }
    found
}

/// Whether two wordings of one statement tell of a moment of one kind, and of none that the other one tells of.
pub(super) fn others(a: &Words, b: &Words) -> bool {
    let all = |words: &Words| 0..words.words.len();
    let (of_a, of_b) = (moments(a, all(a)), moments(b, all(b)));
    let mut kinds = of_a.iter();
    kinds.any(|(kind, one)| of_b.get(kind).is_some_and(|other| one.is_disjoint(other)))
}

/// Where two clauses put one thing at another time.
pub(super) fn point((a, x): (&Words, &Clause), (b, y): (&Words, &Clause)) -> Option<Point> {
    let (of_a, of_b) = (moments(a, x.words.clone()), moments(b, y.words.clone()));
    let mut kinds = of_a
        .iter()
        .filter_map(|(kind, one)| Some((one, of_b.get(kind)?)));
    let (one, other) = kinds.find(|(one, other)| one.is_disjoint(other))?;
    let rest = |stems: &BTreeSet<String>, words: &Words, clause: &Clause| -> BTreeSet<String> {
        let mut rest = stems.clone();
        for word in &words.words[clause.words.clone()] {
            let lower = word.lower.as_str();
            let digits = lower.starts_with(|c: char| c.is_ascii_digit());
            if digits || FILE.moments.values().any(|words| words.contains(lower)) {
                rest.remove(&word.stem);
            }
        }
        rest
    };
    let (left, right) = (rest(&x.stems, a, x), rest(&y.stems, b, y));
    let grade = match Close::of(&left, &right) {
        Close::Whole => Grade::Plain,
        Close::Most if left.intersection(&right).count() >= SHARED => Grade::Differs,
        _ => return None,
    };
    let words = |moments: &BTreeSet<&str>| moments.iter().copied().collect::<Vec<_>>().join(", ");
    Some(Point {
        a: words(one),
        b: words(other),
        grade,
        opposite: false,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn examples_of_the_data_file() {
        super::super::tests::check_all(super::file().example);
    }
}
