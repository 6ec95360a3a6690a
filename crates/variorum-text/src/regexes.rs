//! Regular expressions from the data files: made small, and compiled when they are first needed.
//!
//! In a pattern, `\d`, `\b`, `\p{L}` and the like mean all of Unicode, which makes automata of
//! thousands of states: slow to build at every start, and the word boundary slow to run. The texts
//! that these patterns read are in Latin script, so such classes are narrowed to it first.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

/// A regular expression of a data file. Whether it is one is for the tests of the file to say: each of
/// them compiles all of its patterns.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub struct LazyRegex {
    source: String,
    regex: OnceLock<Regex>,
}

impl From<String> for LazyRegex {
    fn from(source: String) -> Self {
        LazyRegex::new(&source)
    }
}

impl LazyRegex {
    /// Keeps the source until the expression is needed.
    pub fn new(source: &str) -> Self {
        LazyRegex {
            source: latin(source),
            regex: OnceLock::new(),
        }
    }

    /// The expression.
    #[allow(clippy::panic, reason = "the patterns of the data files are tested")]
    pub fn get(&self) -> &Regex {
        self.regex.get_or_init(|| match Regex::new(&self.source) {
            Ok(regex) => regex,
            Err(error) => panic!("a pattern of a data file: {error}"),
        })
    }

    /// The expression as it is compiled.
    pub fn source(&self) -> &str {
        &self.source
    }
}

/// A pattern with its classes narrowed to Latin script. The boundary knows ASCII letters only.
fn latin(source: &str) -> String {
    const CLASSES: [(&str, &str); 7] = [
        (r"\p{Lu}", "[A-ZÀ-ÖØ-ÞČĆĐŁĞİŚŞŠŹŻŽ]"),
        (r"\p{L}", "[A-Za-zÀ-ÖØ-öø-ɏ]"),
        (r"\d", "[0-9]"),
        (r"\s", r"[ \t\n\r\u{a0}\u{202f}]"),
        (r"\w", "[0-9A-Za-z_À-ÖØ-öø-ɏ]"),
        (r"\W", "[^0-9A-Za-z_À-ÖØ-öø-ɏ]"),
        (r"\b", r"(?-u:\b)"),
    ];
    CLASSES
        .iter()
        .fold(source.to_owned(), |source, (class, narrow)| {
            source.replace(class, narrow)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_narrowed_inside_and_outside_of_brackets() {
        let check = |pattern: &str, text: &str, expected: Option<&str>| {
            let regex = LazyRegex::new(pattern);
            let found = regex.get().find(text).map(|m| m.as_str());
            assert_eq!(found, expected, "{pattern} in {text:?}");
        };
        check(r"\b\d+\b", "in 2022.", Some("2022"));
        check(r"[\d.]+", "at 9.40,", Some("9.40"));
        check(r"\p{Lu}\p{L}+", "die Übung", Some("Übung"));
        check(r"[\p{L}’]+\s", "don’t go", Some("don’t "));
        check(r"^\W{0,3}by", "— by Ann", Some("— by"));
    }
}
