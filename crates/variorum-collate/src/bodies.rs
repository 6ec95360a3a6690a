//! One body under the short and the full form of its name: "Ninth Circuit" and "Ninth Circuit Court of
//! Appeals", "Air Force" and "U.S. Air Force".
//!
//! The full form only adds what kind of body it is, or whose. Where two full forms fit that do not
//! contain one another, the short one is left as it is.

use std::collections::{BTreeMap, BTreeSet};

use variorum_text::lexicon;

/// For each short form the full one, among the names of a story's bodies.
pub(crate) fn full_names(names: &BTreeSet<&str>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for &short in names {
        let mut full: Vec<&str> = names
            .iter()
            .copied()
            .filter(|long| is_short_for(short, long))
            .collect();
        full.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
        if let Some((&longest, others)) = full.split_first()
            && others.iter().all(|other| longest.contains(other))
        {
            found.insert(short.to_owned(), longest.to_owned());
        }
    }
    found
}

fn is_short_for(short: &str, long: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (words(short), words(long));
    if a.len() < 2 || a.len() >= b.len() {
        return false;
    }
    let has_head = |words: &[&str]| words.iter().any(|word| lexicon::organization_head(word));
    let kind_added = b.starts_with(&a) && !has_head(&a) && has_head(&b[a.len()..]);
    let front = &b[..b.len() - a.len()];
    let owner_added =
        b.ends_with(&a) && has_head(&a) && lexicon::party_alias(&front.join(" ")).is_some();
    kind_added || owner_added
}

fn words(name: &str) -> Vec<&str> {
    let article = |word: &&str| matches!(*word, "the" | "The");
    name.split_whitespace()
        .filter(|word| !article(word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: &[(&str, &str)]) {
        let found = full_names(&names.iter().copied().collect());
        let expected = expected
            .iter()
            .map(|(short, full)| ((*short).to_owned(), (*full).to_owned()))
            .collect();
        assert_eq!(found, expected, "{names:?}");
    }

    #[test]
    fn a_full_form_adds_the_kind_or_the_owner() {
        check(
            &["Ninth Circuit", "Ninth Circuit Court of Appeals"],
            &[("Ninth Circuit", "Ninth Circuit Court of Appeals")],
        );
        check(
            &["Air Force", "U.S. Air Force"],
            &[("Air Force", "U.S. Air Force")],
        );
    }

    #[test]
    fn another_body_is_no_full_form() {
        check(&["Air Force", "Air Force Academy"], &[]);
        check(&["Air Force", "Russian Air Force", "U.S. Air Force"], &[]);
        check(&["Fourth Circuit", "Ninth Circuit Court of Appeals"], &[]);
    }
}
