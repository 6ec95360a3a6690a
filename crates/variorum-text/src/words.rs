//! Single words: stems, function words, and the reading of data files.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Reads a data file that is compiled in.
///
/// # Panics
/// When the file does not have the shape of `T`; the tests read every file.
#[allow(clippy::panic)]
pub fn data<T: DeserializeOwned>(name: &str, content: &str) -> T {
    match toml::from_str(content) {
        Ok(value) => value,
        Err(error) => panic!("data file {name}: {error}"),
    }
}

#[derive(Deserialize)]
struct FunctionWords {
    function: FxHashSet<String>,
    negation: FxHashSet<String>,
    finite: FxHashSet<String>,
    pronouns: FxHashSet<String>,
}

static WORDS: LazyLock<FunctionWords> = LazyLock::new(|| {
    data(
        "function-words.toml",
        include_str!("../data/en/function-words.toml"),
    )
});

/// Whether a lower-case word carries grammar rather than meaning (the, of, would, it).
pub fn is_function_word(lower: &str) -> bool {
    WORDS.function.contains(lower)
}

/// Whether a lower-case word negates (not, never, without, can't).
pub fn is_negation(lower: &str) -> bool {
    WORDS.negation.contains(lower) || lower.ends_with("n't") || lower.ends_with("n’t")
}

/// Whether a lower-case word is a finite auxiliary or a common finite verb (is, will, has).
pub fn is_finite(lower: &str) -> bool {
    WORDS.finite.contains(lower) || lower.ends_with("n't") || lower.ends_with("n’t")
}

/// Whether a lower-case word is a pronoun that can be a subject.
pub fn is_subject_pronoun(lower: &str) -> bool {
    WORDS.pronouns.contains(lower)
}

/// Lower-case form with straight apostrophes.
pub fn fold(word: &str) -> String {
    // Most words are plain, and this is asked of every word many times.
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}
