//! Opposites: "safe" and "unsafe", "rise" and "fall", "before the vote" and "after the vote"
//! (`data/en/opposites.toml`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::words::data;

use super::words::{Clause, Words};
use super::{Close, Grade, Point};
use crate::bags::content_stem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pairs: Vec<(String, String)>,
    beside: Vec<(String, String)>,
    prefixes: Vec<String>,
    apart: BTreeSet<String>,
    #[cfg(test)]
    example: Vec<super::tests::Example>,
    #[cfg(not(test))]
    #[serde(rename = "example")]
    _example: serde::de::IgnoredAny,
}

fn file() -> File {
    data(
        "opposites.toml",
        include_str!("../../data/en/opposites.toml"),
    )
}

struct Opposites {
    /// For a stem those of its opposites.
    pairs: BTreeMap<String, BTreeSet<String>>,
    /// For a word its opposites, which count beside the same word.
    beside: BTreeMap<String, BTreeSet<String>>,
    prefixes: Vec<String>,
    apart: BTreeSet<String>,
}

static OPPOSITES: LazyLock<Opposites> = LazyLock::new(|| {
    let file = file();
    let both = |pairs: &[(String, String)], key: &dyn Fn(&str) -> String| {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (a, b) in pairs {
            found.entry(key(a)).or_default().insert(key(b));
            found.entry(key(b)).or_default().insert(key(a));
        }
        found
    };
    Opposites {
        pairs: both(&file.pairs, &content_stem),
        beside: both(&file.beside, &str::to_owned),
        prefixes: file.prefixes,
        apart: file.apart,
    }
});

/// A remainder behind a prefix has at least so many letters.
const LEAST: usize = 4;

/// Where two clauses have opposites in one place.
pub(super) fn point((a, x): (&Words, &Clause), (b, y): (&Words, &Clause)) -> Option<Point> {
    for i in x.words.clone() {
        for j in y.words.clone() {
            if let Some(point) = at((a, x, i), (b, y, j)) {
                return Some(point);
            }
        }
    }
    None
}

fn at((a, x, i): (&Words, &Clause, usize), (b, y, j): (&Words, &Clause, usize)) -> Option<Point> {
    let (one, other) = (&a.words[i], &b.words[j]);
    let list = &*OPPOSITES;
    let holds = |map: &BTreeMap<String, BTreeSet<String>>, key: &str, of: &str| {
        map.get(key).is_some_and(|set| set.contains(of))
    };
    let free = one.content
        && other.content
        && one.stem != other.stem
        && (holds(&list.pairs, &one.stem, &other.stem)
            || turned_round(&one.lower, &other.lower)
            || turned_round(&other.lower, &one.lower));
    let beside = || {
        let same_next = match (a.next_content(x, i), b.next_content(y, j)) {
            (Some(p), Some(q)) => p <= i + 3 && q <= j + 3 && a.words[p].stem == b.words[q].stem,
            _ => false,
        };
        holds(&list.beside, &one.lower, &other.lower) && same_next
    };
    if !(free || beside()) || x.turned_at(i) != y.turned_at(j) || a.turned != b.turned {
        return None;
    }
    let has = |words: &Words, lower: &str, stem: &str| {
        let mut all = words.words.iter();
        all.any(|word| word.lower == lower || (word.content && word.stem == stem))
    };
    if has(a, &other.lower, &other.stem) || has(b, &one.lower, &one.stem) {
        return None;
    }
    let without = |stems: &BTreeSet<String>, stem: &str| -> BTreeSet<String> {
        stems.iter().filter(|s| *s != stem).cloned().collect()
    };
    let close = Close::of(
        &without(&x.stems, &one.stem),
        &without(&y.stems, &other.stem),
    );
    let grade = match close {
        Close::Whole | Close::Most => Grade::Plain,
        Close::Half if free => Grade::Apart,
        _ => return None,
    };
    Some(Point {
        a: one.surface.clone(),
        b: other.surface.clone(),
        grade,
        opposite: true,
    })
}

/// Whether a word is another one that a prefix turns round.
fn turned_round(long: &str, short: &str) -> bool {
    let list = &*OPPOSITES;
    short.len() >= LEAST
        && long.len() > short.len()
        && !list.apart.contains(long)
        && list.prefixes.iter().any(|prefix| {
            let rest = long.strip_prefix(prefix.as_str());
            rest.is_some_and(|rest| {
                let rest = rest.trim_start_matches('-');
                rest == short || (rest.len() >= LEAST && content_stem(rest) == content_stem(short))
            })
        })
}

#[cfg(test)]
mod tests {
    #[test]
    fn examples_of_the_data_file() {
        super::super::tests::check_all(super::file().example);
    }
}
