//! The publication date that the front of a text gives.
//!
//! Two places count: a header word with a date in front of everything (`date 2022-01-08 The ...`),
//! and a date line, which is a line of its own near the top or the place and day that open an
//! agency's first paragraph (`BRUSSELS, January 12, 2022 —`). Both need the year. A date in running
//! text is what the report tells, not when it was published.

use std::sync::LazyLock;

use serde::Deserialize;
use variorum_model::{Moment, PublishedFrom};

use crate::dates::{is_month, moment};
use crate::decode::front;

/// A date line of its own is one of the first so many lines that are not blank.
const LINES: usize = 3;
/// A paragraph's date line ends within so many bytes.
const REACH: usize = 120;

/// The date at the front of a text and what gives it.
pub(crate) fn published(text: &str) -> Option<(Moment, PublishedFrom)> {
    if let Some(moment) = header(text) {
        return Some((moment, PublishedFrom::Header));
    }
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(LINES);
    lines
        .find_map(|line| moment(line).or_else(|| opening(line)))
        .map(|m| (m, PublishedFrom::Text))
}

/// Whether a line is a header or a date line, and so no title.
pub(crate) fn is_date(line: &str) -> bool {
    header(line).is_some() || moment(line).is_some() || opening(line).is_some()
}

fn header(text: &str) -> Option<Moment> {
    let text = text.trim_start();
    let line = text.lines().next().unwrap_or_default();
    let (word, rest) = WORDS.header_words.iter().find_map(|word| {
        let rest = line.get(word.len()..)?;
        line[..word.len()]
            .eq_ignore_ascii_case(word)
            .then_some((word, rest))
    })?;
    if let Some(rest) = rest.strip_prefix(':') {
        return day_in_front(rest.trim_start()).or_else(|| moment(rest));
    }
    let spaced = rest.starts_with(char::is_whitespace) && word == "date";
    spaced.then(|| day_in_front(rest.trim_start())).flatten()
}

/// `2022-01-08` and then something that is no part of it.
fn day_in_front(text: &str) -> Option<Moment> {
    let after = text.get(10..)?.chars().next();
    let whole = !after.is_some_and(|c| c.is_alphanumeric() || c == '-');
    whole.then(|| text[..10].parse().ok()).flatten()
}

/// The date between the front of a paragraph and its first dash, with a place in capitals before
/// it or nothing.
fn opening(line: &str) -> Option<Moment> {
    let front = front(line, REACH);
    let dash = [" - ", " — ", " – ", "—", " -- ", "--"]
        .iter()
        .filter_map(|d| front.find(d))
        .min()?;
    let front = &front[..dash];
    // What stands in brackets or between slashes is the agency.
    let mut kept = String::new();
    let mut inside = false;
    for c in front.chars() {
        match c {
            '(' | ')' => inside = c == '(',
            '/' if inside || kept.ends_with(' ') => inside = !inside,
            _ if inside => {}
            c => kept.push(c),
        }
    }
    let at = date_start(&kept)?;
    let place = kept[..at].trim_end_matches([' ', ',', '.']);
    let in_capitals = place
        .split([',', ' '])
        .next()
        .is_some_and(|word| word.len() > 1 && !word.chars().any(char::is_lowercase));
    (place.is_empty() || (in_capitals && place.len() < 60))
        .then(|| moment(&kept[at..]))
        .flatten()
}

/// Where the date begins: its month's name, or the number in front of that.
fn date_start(text: &str) -> Option<usize> {
    let words = || text.split([' ', ',', '.']).filter(|word| !word.is_empty());
    let offset = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let month = words().find(|word| is_month(word) && word.starts_with(char::is_uppercase))?;
    let before = words()
        .take_while(|word| offset(word) < offset(month))
        .last();
    let day = before.filter(|word| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()));
    Some(offset(day.unwrap_or(month)))
}

#[derive(Deserialize, Default)]
struct Table {
    header_words: Vec<String>,
    #[cfg(test)]
    header: Examples,
    #[cfg(test)]
    text: Examples,
}

#[cfg(test)]
#[derive(Deserialize, Default)]
struct Examples {
    examples: Vec<(String, String)>,
    counter_examples: Vec<String>,
}

static WORDS: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../data/en/datelines.toml")).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_keeps_its_examples() {
        assert!(!WORDS.header_words.is_empty(), "datelines.toml is not read");
        let from = [
            (&WORDS.header, PublishedFrom::Header),
            (&WORDS.text, PublishedFrom::Text),
        ];
        for (examples, from) in from {
            for (text, expected) in &examples.examples {
                let found = published(&text.replace(" / ", "\n")).map(|(m, f)| (m.to_string(), f));
                assert_eq!(found, Some((expected.clone(), from)), "{text:?}");
            }
            for text in &examples.counter_examples {
                assert_eq!(published(&text.replace(" / ", "\n")), None, "{text:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "(date |[A-Z]{3}, |Jan |[0-9]{1,4}|[-—/(). \n]|.){0,30}") {
            let _ = published(&text);
        }
    }
}
