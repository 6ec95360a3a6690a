//! A report's language: the one that its source gives, else the one that its letters show.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::decode::front;

/// Fewer letters than this do not show a language.
const LEAST_LETTERS: usize = 40;
/// Longer texts show theirs by their first so many bytes.
const SAMPLE: usize = 4_000;

/// The two-letter code of a language given as a code, with or without region, or by name.
pub(crate) fn given(name: &str) -> Option<String> {
    let name = name.trim().to_lowercase();
    let main = name.split(['-', '_']).next().unwrap_or_default();
    if main.len() == 2 && main.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(main.to_owned());
    }
    let names = |names: &Vec<String>| names.iter().any(|known| *known == name || known == main);
    LANGUAGES
        .names
        .iter()
        .find(|(_, known)| names(known))
        .map(|(code, _)| code.clone())
}

/// The language of a page's text: what its letters show counts before what it declares, as that is
/// often left as some template had it, unless it is one that letters do not show.
pub(crate) fn of_page(declared: Option<String>, text: &str) -> Option<String> {
    let shown = || detect(text);
    match declared {
        Some(declared) if !LANGUAGES.shown.contains(&declared) => Some(declared),
        declared => shown().or(declared),
    }
}

/// The language of a text; `None` when it is too short to tell.
pub(crate) fn detect(text: &str) -> Option<String> {
    let sample = front(text, SAMPLE);
    let letters = sample
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(LEAST_LETTERS)
        .count();
    if letters < LEAST_LETTERS {
        return None;
    }
    given(whichlang::detect_language(sample).three_letter_code())
}

#[derive(Deserialize, Default)]
struct Languages {
    /// Those that are told by their letters.
    shown: Vec<String>,
    names: BTreeMap<String, Vec<String>>,
    #[cfg(test)]
    examples: Vec<(String, String)>,
    #[cfg(test)]
    counter_examples: Vec<String>,
}

static LANGUAGES: LazyLock<Languages> =
    LazyLock::new(|| toml::from_str(include_str!("../data/languages.toml")).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_keeps_its_examples() {
        assert!(!LANGUAGES.names.is_empty(), "languages.toml is not read");
        for (name, code) in &LANGUAGES.examples {
            assert_eq!(given(name).as_ref(), Some(code), "{name:?}");
        }
        for name in &LANGUAGES.counter_examples {
            assert_eq!(given(name), None, "{name:?}");
        }
    }

    #[test]
    fn letters_show_the_language() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(detect(text).as_deref(), expected, "{text:?}");
        };
        check(
            "The council met on Monday and agreed to repair the old bridge before winter.",
            Some("en"),
        );
        check(
            "Le conseil s'est réuni lundi et a décidé de réparer le vieux pont avant l'hiver.",
            Some("fr"),
        );
        check(
            "Der Rat tagte am Montag und beschloss, die alte Brücke vor dem Winter zu reparieren.",
            Some("de"),
        );
        check(
            "Совет собрался в понедельник и решил починить старый мост до начала зимы.",
            Some("ru"),
        );
        check("Too short", None);
        check(
            "2022 - 12345678901234567890123456789012345678901234567890",
            None,
        );
    }
}
