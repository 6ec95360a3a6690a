//! Verbs that say how somebody stands to something, without which the rest says something else
//! (`data/en/attitudes.toml`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::stem::stem;
use variorum_text::words::{data, fold, is_function_word};

#[derive(Deserialize)]
struct File {
    verbs: Vec<String>,
    denials: Vec<String>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct Example {
    cue: String,
    kept: bool,
    denial: bool,
}

/// The stems of the verbs of both lists.
struct Attitudes {
    verbs: BTreeSet<String>,
    denials: BTreeSet<String>,
}

fn file() -> File {
    data("attitudes.toml", include_str!("../data/en/attitudes.toml"))
}

static ATTITUDES: LazyLock<Attitudes> = LazyLock::new(|| {
    let file = file();
    let stems = |verbs: &[String]| verbs.iter().map(|verb| stem(verb)).collect();
    Attitudes {
        verbs: stems(&file.verbs),
        denials: stems(&file.denials),
    }
});

/// Whether a cue is a verb that must be kept, in any form.
pub(crate) fn is_attitude(cue: &str) -> bool {
    let words = cue.split_whitespace().map(fold);
    let first = words
        .clone()
        .find(|word| !is_function_word(word))
        .or(words.clone().next());
    first.is_some_and(|first| ATTITUDES.verbs.contains(&stem(&first)))
}

/// Whether a lower-case word denies what it governs, in any form.
pub(crate) fn is_denial(lower: &str) -> bool {
    ATTITUDES.denials.contains(&stem(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_data_file() {
        for Example { cue, kept, denial } in file().example {
            assert_eq!(is_attitude(&cue), kept, "{cue:?}");
            assert_eq!(is_denial(&cue), denial, "{cue:?}");
        }
    }
}
