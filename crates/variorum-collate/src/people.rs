//! One person under all spellings of a story's reports, and two people of one surname kept apart.
//!
//! Names with the same surname are one person when their given names are the same, short forms of
//! one another (`data/en/nicknames.toml`: Tony, Antony), an initial, or left out. Surnames that
//! differ by one or two letters (Kuleba, Kouleba) need the same given name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::words::{data, fold};

#[derive(Deserialize)]
struct File {
    groups: Vec<BTreeSet<String>>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct Example {
    a: String,
    b: String,
    same: bool,
}

/// Longer words, in bytes, are no surnames that are spelled in two ways.
const LONGEST_SURNAME: usize = 60;

static NICKNAMES: LazyLock<File> =
    LazyLock::new(|| data("nicknames.toml", include_str!("../data/en/nicknames.toml")));

/// For each name as the reports have it, the fullest and most used form of that person's name.
///
/// `counts` tells how often each name is used. A surname alone that fits two people is left as it is.
pub(crate) fn canonical_names(counts: &BTreeMap<String, usize>) -> BTreeMap<String, String> {
    // The fuller and the more used names first, so that each group is led by its best form.
    let mut names: Vec<(&String, Parts)> = counts.keys().map(|n| (n, Parts::of(n))).collect();
    names.sort_by_key(|(name, parts)| {
        (
            std::cmp::Reverse(parts.words.len().min(2)),
            std::cmp::Reverse(counts[*name]),
            *name,
        )
    });
    let mut groups: Vec<Vec<&String>> = Vec::new();
    let mut leaders: Vec<&Parts> = Vec::new();
    for (name, parts) in &names {
        let mut fitting = (0..groups.len()).filter(|&at| leaders[at].may_be(parts));
        if let (Some(first), None) = (fitting.next(), fitting.next()) {
            groups[first].push(name);
        } else {
            groups.push(vec![name]);
            leaders.push(parts);
        }
    }
    groups
        .iter()
        .flat_map(|group| group.iter().map(|name| ((*name).clone(), group[0].clone())))
        .collect()
}

fn words(name: &str) -> Vec<String> {
    name.split_whitespace()
        .map(|word| fold(word.trim_matches('.')))
        .collect()
}

/// A name, ready to be held against many others.
struct Parts {
    words: Vec<String>,
    /// Whether it ends with no surname.
    has_suffix: bool,
    /// Which letters the last word has, a bit for each; several share one.
    letters: u64,
}

impl Parts {
    fn of(name: &str) -> Self {
        let words = words(name);
        let last = words.last().map_or("", String::as_str);
        Parts {
            has_suffix: ["jr", "sr", "ii", "iii"].contains(&last),
            letters: last.chars().fold(0, |all, c| all | 1 << (c as u32 % 64)),
            words,
        }
    }

    fn given(&self) -> Option<&String> {
        self.words.first().filter(|_| self.words.len() > 1)
    }

    /// Whether two names can be one person's.
    fn may_be(&self, other: &Parts) -> bool {
        let (Some(last_a), Some(last_b)) = (self.words.last(), other.words.last()) else {
            return false;
        };
        let (given_a, given_b) = (self.given(), other.given());
        if last_a == last_b || self.has_suffix || other.has_suffix {
            return match (given_a, given_b) {
                (Some(given_a), Some(given_b)) => same_given(given_a, given_b),
                _ => last_a == last_b,
            };
        }
        let (Some(given_a), Some(given_b)) = (given_a, given_b) else {
            return false;
        };
        // "Abdullah Abdullah", "Ursula von der Leyen": the surname may be longer than one word.
        let most = 1 + last_a.len() / 8;
        // Each change of a letter changes two bits at most.
        let other_letters = (self.letters ^ other.letters).count_ones() as usize;
        let (least, longest) = (
            last_a.len().min(last_b.len()),
            last_a.len().max(last_b.len()),
        );
        least >= 4
            && longest <= LONGEST_SURNAME
            && other_letters <= 2 * most
            && distance(last_a, last_b) <= most
            && same_given(given_a, given_b)
    }
}

fn same_given(a: &str, b: &str) -> bool {
    let initial = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
    a == b
        || initial(a, b)
        || initial(b, a)
        || NICKNAMES
            .groups
            .iter()
            .any(|group| group.contains(a) && group.contains(b))
        || (a.len().min(b.len()) >= 4
            && a.len().max(b.len()) <= LONGEST_SURNAME
            && distance(a, b) <= 1)
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_data_file() {
        for Example { a, b, same } in &NICKNAMES.example {
            assert_eq!(Parts::of(a).may_be(&Parts::of(b)), *same, "{a:?} and {b:?}");
        }
    }

    #[test]
    fn a_surname_that_fits_two_people_is_left_alone() {
        let counts = [
            ("Anna Weber", 2),
            ("Paul Weber", 2),
            ("Weber", 1),
            ("A. Weber", 1),
        ];
        let counts = counts
            .map(|(name, count)| (name.to_owned(), count))
            .into_iter()
            .collect();
        let names = canonical_names(&counts);
        assert_eq!(names["Weber"], "Weber");
        assert_eq!(names["A. Weber"], "Anna Weber");
        assert_eq!(names["Paul Weber"], "Paul Weber");
    }
}
