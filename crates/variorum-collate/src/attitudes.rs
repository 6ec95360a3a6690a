//! Verbs that say how somebody stands to something, without which the rest says something else
//! (`data/en/attitudes.toml`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::stem::stem;
use variorum_text::words::{data, fold};

#[derive(Deserialize)]
struct File {
    verbs: Vec<String>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct Example {
    cue: String,
    kept: bool,
}

fn file() -> File {
    data("attitudes.toml", include_str!("../data/en/attitudes.toml"))
}

static VERBS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| file().verbs.iter().map(|verb| stem(verb)).collect());

/// Whether a cue is such a verb, in any form.
pub(crate) fn is_attitude(cue: &str) -> bool {
    let first = cue.split_whitespace().next().unwrap_or(cue);
    VERBS.contains(&stem(&fold(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_data_file() {
        for Example { cue, kept } in file().example {
            assert_eq!(is_attitude(&cue), kept, "{cue:?}");
        }
    }
}
