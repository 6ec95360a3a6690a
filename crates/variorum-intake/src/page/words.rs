//! The words by which a page's own facts are told (`data/page-words.toml`).

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The lists; the file says what each is.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub before_names: Vec<String>,
    pub nobody: Vec<String>,
    pub others: Vec<String>,
    pub roles: Vec<String>,
    pub ranks: Vec<String>,
    pub particles: Vec<String>,
    pub not_names: Vec<String>,
    pub updated: Vec<String>,
    pub published: Vec<String>,
    pub people: Vec<String>,
    pub topics: Vec<String>,
    pub own_links: Vec<String>,
    pub other_days: Vec<String>,
    pub in_lines: Vec<String>,
    pub posted_leads: Vec<String>,
    pub edited_leads: Vec<String>,
    pub script_keys: Vec<String>,
    pub desks: Vec<String>,
    pub banners: Vec<String>,
    names: Names,
    // The examples, which tests read.
    #[serde(rename = "bylines")]
    _bylines: IgnoredAny,
    #[serde(rename = "dates")]
    _dates: IgnoredAny,
    #[serde(rename = "addresses")]
    _addresses: IgnoredAny,
    #[serde(rename = "classes")]
    _classes: IgnoredAny,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Names {
    author: Vec<String>,
    date: Vec<String>,
    live: Vec<String>,
    wall: Vec<String>,
    apart: Vec<String>,
    own_footers: Vec<String>,
    page_footers: Vec<String>,
    quotations: Vec<String>,
}

/// The lists.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/page-words.toml")).unwrap_or_default()
});

/// Whether a list has a word.
pub(super) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|known| known == word)
}

/// What a class or an id names; several are added.
pub(super) type Named = u8;
pub(super) const AUTHOR: Named = 1;
pub(super) const DATE: Named = 2;
pub(super) const LIVE: Named = 4;
pub(super) const WALL: Named = 8;

/// What a class or an id names, by the words in it.
pub(super) fn named(value: &str) -> Named {
    let (finder, groups) = &*NAMED;
    let hits = finder.iter().flat_map(|finder| finder.find_iter(value));
    hits.filter_map(|hit| groups.get(hit.pattern().as_usize()))
        .fold(0, |all, group| all | group)
}

/// Whether a class or an id names a part of the page that is about other articles.
pub(super) fn names_other_part(value: &str) -> bool {
    APART.as_ref().is_some_and(|finder| finder.is_match(value))
}

/// Whether a class or an id names the foot of an article.
pub(super) fn names_own_footer(value: &str) -> bool {
    names_any(value, &WORDS.names.own_footers)
}

/// Whether a class or an id names the foot of a page.
pub(super) fn names_page_footer(value: &str) -> bool {
    names_any(value, &WORDS.names.page_footers)
}

/// Whether a class or an id names a caption, or what is taken from elsewhere.
pub(super) fn names_quotation(value: &str) -> bool {
    names_any(value, &WORDS.names.quotations)
}

fn names_any(value: &str, names: &[String]) -> bool {
    let value = value.to_ascii_lowercase();
    names.iter().any(|name| value.contains(name.as_str()))
}

fn finder(words: &[&String]) -> Option<AhoCorasick> {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .ok()
}

static NAMED: LazyLock<(Option<AhoCorasick>, Vec<Named>)> = LazyLock::new(|| {
    let names = &WORDS.names;
    let lists = [
        (&names.author, AUTHOR),
        (&names.date, DATE),
        (&names.live, LIVE),
        (&names.wall, WALL),
    ];
    let all = lists
        .iter()
        .flat_map(|(list, group)| list.iter().map(move |word| (word, *group)));
    let (words, groups): (Vec<&String>, Vec<Named>) = all.unzip();
    (finder(&words), groups)
});

static APART: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| finder(&WORDS.names.apart.iter().collect::<Vec<_>>()));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{names, written};

    #[derive(Deserialize)]
    struct Cases {
        bylines: Examples<(String, String)>,
        dates: Examples<(String, String, String)>,
        addresses: Examples<(String, String)>,
        classes: Examples<(String, String)>,
    }

    #[derive(Deserialize)]
    struct Examples<T> {
        examples: Vec<T>,
        counter_examples: Vec<String>,
    }

    #[test]
    fn the_data_file_keeps_its_examples() {
        assert!(!WORDS.nobody.is_empty(), "page-words.toml is not read");
        let cases: Cases = toml::from_str(include_str!("../../data/page-words.toml")).unwrap();
        for (line, name) in &cases.bylines.examples {
            assert_eq!(names::of_line(line).as_ref(), Some(name), "{line:?}");
        }
        for line in &cases.bylines.counter_examples {
            assert_eq!(names::of_line(line), None, "{line:?} has no name");
        }
        let date = |text: &str| {
            let (role, moment) = written::within(text, false)?;
            Some((format!("{role:?}").to_lowercase(), moment.to_string()))
        };
        for (text, role, expected) in &cases.dates.examples {
            let expected = Some((role.clone(), expected.clone()));
            assert_eq!(date(text), expected, "{text:?}");
        }
        for text in &cases.dates.counter_examples {
            assert_eq!(date(text), None, "{text:?} has no date");
        }
        for (address, expected) in &cases.addresses.examples {
            let day = written::of_address(address).map(|day| day.to_string());
            assert_eq!(day.as_ref(), Some(expected), "{address}");
        }
        for address in &cases.addresses.counter_examples {
            assert_eq!(written::of_address(address), None, "{address} has no day");
        }
        let groups = |value: &str| {
            let all = [
                ("author", AUTHOR),
                ("date", DATE),
                ("live", LIVE),
                ("wall", WALL),
            ];
            let found = all.iter().filter(|(_, group)| named(value) & group != 0);
            let mut found: Vec<&str> = found.map(|(name, _)| *name).collect();
            found.extend(names_other_part(value).then_some("apart"));
            found.join(" ")
        };
        for (value, expected) in &cases.classes.examples {
            assert_eq!(groups(value), *expected, "{value:?}");
        }
        for value in &cases.classes.counter_examples {
            assert_eq!(groups(value), "", "{value:?}");
        }
    }
}
