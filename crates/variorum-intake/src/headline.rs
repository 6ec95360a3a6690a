//! The title of a plain text: its first line, if that is plainly a headline.
//!
//! A wrong title is worse than none, so everything has to fit: a short line without a full stop, a
//! blank line after it and then a real paragraph. The word lists are in `data/en/headlines.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::dateline;

/// A headline has at least and at most so many words.
const WORDS: std::ops::RangeInclusive<usize> = 3..=20;
/// ... and at most so many characters.
const LONGEST: usize = 140;
/// The paragraph after it has at least so many.
const PARAGRAPH: usize = 80;

/// The headline on top of a text.
pub(crate) fn of(text: &str) -> Option<&str> {
    let mut lines = text.trim_start().lines();
    let line = lines.next()?.trim_end();
    if line.len() > 4 * LONGEST || !lines.next()?.trim().is_empty() {
        return None;
    }
    let paragraph = lines.map(str::trim).find(|line| !line.is_empty())?;
    let title = line.trim_start_matches('#').trim();
    (is_headline(title) && is_paragraph(paragraph)).then_some(title)
}

/// Whether a given title can be one: it has a letter and is no date.
pub(crate) fn is_title(title: &str) -> bool {
    title.chars().any(char::is_alphabetic) && !dateline::is_date(title)
}

fn is_headline(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let bare = |word: &&str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let (Some(first), Some(last)) = (words.first().map(bare), words.last().map(bare)) else {
        return false;
    };
    WORDS.contains(&words.len())
        && line.chars().count() <= LONGEST
        && !line.ends_with(['.', ',', ';', ':', '…', '-', '—', '–'])
        && begins_anew(line)
        && !line.contains("://")
        && !LISTS.cut_after.contains(&last)
        && !LISTS.labels.contains(&first)
        // A label such as "On at 18:50 CET" has no two real words beside each other.
        && words.windows(2).any(|pair| pair.iter().all(|word| is_word(word)))
        && is_title(line)
}

fn is_word(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !LISTS.cut_after.contains(&word.to_lowercase())
}

fn is_paragraph(line: &str) -> bool {
    line.chars().count() >= PARAGRAPH
        && begins_anew(line)
        && line.contains(['.', '!', '?', '”', '。'])
}

/// Whether a line begins as a sentence does, and not in the middle of one.
fn begins_anew(line: &str) -> bool {
    let first = line.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| !c.is_lowercase())
}

#[derive(Deserialize, Default)]
struct Lists {
    cut_after: Vec<String>,
    labels: Vec<String>,
    #[cfg(test)]
    examples: Vec<String>,
    #[cfg(test)]
    counter_examples: Vec<String>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("../data/en/headlines.toml")).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_keeps_its_examples() {
        let spread = |text: &str| text.replace(" ¶ ", "\n\n").replace(" / ", "\n");
        assert!(!LISTS.examples.is_empty(), "headlines.toml is not read");
        for text in &LISTS.examples {
            let expected = text.split(" ¶ ").next().map(|t| t.trim_start_matches("# "));
            assert_eq!(of(&spread(text)), expected, "{text:?}");
        }
        for text in &LISTS.counter_examples {
            assert_eq!(of(&spread(text)), None, "{text:?}");
        }
    }

    #[test]
    fn a_date_is_no_title() {
        for (title, expected) in [
            ("Talks end", true),
            ("2022-01-08", false),
            ("Jan. 7, 2022", false),
            ("—", false),
        ] {
            assert_eq!(is_title(title), expected, "{title:?}");
        }
    }
}
