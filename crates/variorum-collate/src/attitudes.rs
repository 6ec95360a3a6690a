//! Verbs that say how somebody stands to something, without which the rest says something else
//! (`data/en/attitudes.toml`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::stem::stem;
use variorum_text::words::{data, fold, is_negation};

#[derive(Deserialize)]
struct File {
    verbs: Vec<String>,
    ends: BTreeSet<String>,
    holding: Vec<String>,
    conditions: BTreeSet<String>,
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

/// The stems of the verbs of all lists.
struct Attitudes {
    verbs: BTreeSet<String>,
    /// Words as they stand.
    ends: BTreeSet<String>,
    holding: BTreeSet<String>,
    /// Words as they stand.
    conditions: BTreeSet<String>,
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
        holding: stems(&file.holding),
        ends: file.ends,
        conditions: file.conditions,
        denials: stems(&file.denials),
    }
});

/// Whether a cue holds a verb that must be kept, in any form, or a negation.
pub(crate) fn is_attitude(cue: &str) -> bool {
    cue.split_whitespace()
        .map(fold)
        .take_while(|word| !ATTITUDES.ends.contains(word))
        .any(|word| is_negation(&word) || ATTITUDES.verbs.contains(&stem(&word)))
}

/// Whether a lower-case word is one under which a second clause stands as well.
pub(crate) fn is_holding(lower: &str) -> bool {
    ATTITUDES.holding.contains(&stem(lower))
}

/// Whether all stands under a lower-case word that follows in its sentence.
pub(crate) fn is_condition(lower: &str) -> bool {
    ATTITUDES.conditions.contains(lower)
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
