//! Words for happenings that can stand on a calendar ("talks", "vote", "earthquake"), by kind.
//!
//! The words are in `data/en/happenings.toml`. Two words of one kind may name one happening in two
//! reports.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::words::data;

/// A kind of happening: an index into the data file, the same in every run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(usize);

impl Kind {
    /// Its name in the data file ("meeting").
    pub fn name(self) -> &'static str {
        HAPPENINGS.names.get(self.0).map_or("", String::as_str)
    }

    /// Whether nobody schedules such a happening.
    pub fn is_sudden(self) -> bool {
        HAPPENINGS.sudden.get(self.0).copied().unwrap_or(false)
    }

    /// Whether such a happening is mostly told of long before its day: an election, a deadline.
    pub fn is_foreseen(self) -> bool {
        HAPPENINGS.foreseen.get(self.0).copied().unwrap_or(false)
    }
}

/// The kind of a name in the data file.
pub fn kind(name: &str) -> Option<Kind> {
    let names = &HAPPENINGS.names;
    names.iter().position(|one| one == name).map(Kind)
}

/// The kind of happening that a lower-case noun, or a phrase of two, names.
pub fn noun(lower: &str) -> Option<Kind> {
    HAPPENINGS.nouns.get(lower).copied()
}

/// The kind of happening that a lower-case verb form tells of.
pub fn verb(lower: &str) -> Option<Kind> {
    HAPPENINGS.verbs.get(lower).copied()
}

struct Happenings {
    names: Vec<String>,
    sudden: Vec<bool>,
    foreseen: Vec<bool>,
    nouns: FxHashMap<String, Kind>,
    verbs: FxHashMap<String, Kind>,
}

#[derive(Deserialize)]
struct File {
    kind: BTreeMap<String, Words>,
    #[cfg(test)]
    example: Vec<Example>,
    #[cfg(test)]
    counter: Vec<Counter>,
}

#[derive(Deserialize)]
struct Words {
    #[serde(default)]
    sudden: bool,
    #[serde(default)]
    foreseen: bool,
    nouns: Vec<String>,
    verbs: Vec<String>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct Example {
    kind: String,
    words: Vec<String>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct Counter {
    words: Vec<String>,
}

fn file() -> File {
    data(
        "happenings.toml",
        include_str!("../data/en/happenings.toml"),
    )
}

static HAPPENINGS: LazyLock<Happenings> = LazyLock::new(|| {
    let mut found = Happenings {
        names: Vec::new(),
        sudden: Vec::new(),
        foreseen: Vec::new(),
        nouns: FxHashMap::default(),
        verbs: FxHashMap::default(),
    };
    for (name, words) in file().kind {
        let kind = Kind(found.names.len());
        found.names.push(name);
        found.sudden.push(words.sudden);
        found.foreseen.push(words.foreseen);
        found
            .nouns
            .extend(words.nouns.into_iter().map(|word| (word, kind)));
        found
            .verbs
            .extend(words.verbs.into_iter().map(|word| (word, kind)));
    }
    found
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_data_file() {
        let file = file();
        for example in &file.example {
            for word in &example.words {
                let kind = noun(word).or_else(|| verb(word)).map(Kind::name);
                assert_eq!(kind, Some(example.kind.as_str()), "{word}");
            }
        }
        for word in file.counter.iter().flat_map(|counter| &counter.words) {
            assert!(noun(word).is_none() && verb(word).is_none(), "{word}");
        }
    }
}
