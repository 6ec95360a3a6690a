//! Cues: the words that tell that somebody says something (`data/en/cues.toml`).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::Document;
use variorum_text::syntax::Syntax;
use variorum_text::words::{data, fold};

/// What can follow a cue; the data file says what each group means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Group {
    Say,
    Clause,
    Quote,
    Tell,
    Intend,
    Demand,
    Judge,
    /// A phrase before the source ("according to").
    Before,
}

/// The grammatical form of a cue verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// "say", "says"
    Present,
    /// "said"
    Past,
    /// "saying"
    Participle,
}

/// A place in the text where a cue may stand: a verb, or a phrase such as "according to". Only a
/// source and a content make it a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cue {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The groups that its verb is in, in order.
    pub groups: &'static [Group],
    /// Its form.
    pub form: Form,
}

impl Cue {
    pub(crate) fn is(&self, group: Group) -> bool {
        self.groups.contains(&group)
    }
}

/// All cues of a text, in order, the longest at each place.
pub(crate) fn cues(doc: &Document<'_>, syntax: &Syntax) -> Vec<Cue> {
    let mut found = Vec::new();
    for sentence in &doc.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let verb = syntax.tags[at].is_verb();
            match cue_at(doc, at).filter(|cue| verb || cue.is(Group::Before)) {
                Some(cue) => {
                    at = cue.tokens.end;
                    found.push(cue);
                }
                None => at += 1,
            }
        }
    }
    found
}

/// Whether a lower-case word may stand between a source and its cue.
pub(crate) fn stands_between(lower: &str) -> bool {
    CUES.between.contains(lower) || (lower.len() > 4 && lower.ends_with("ly"))
}

fn cue_at(doc: &Document<'_>, at: usize) -> Option<Cue> {
    let first = fold(doc.word(at));
    let forms = CUES.by_first_word.get(&first)?;
    forms.iter().find_map(|entry| {
        let fits = entry
            .rest
            .iter()
            .enumerate()
            .all(|(i, word)| fold(doc.word(at + 1 + i)) == *word);
        fits.then(|| Cue {
            tokens: at..at + 1 + entry.rest.len(),
            groups: &entry.groups,
            form: entry.form,
        })
    })
}

struct Entry {
    rest: Vec<String>,
    groups: Vec<Group>,
    form: Form,
}

struct Cues {
    /// Entries by first word, longest first.
    by_first_word: BTreeMap<String, Vec<Entry>>,
    between: std::collections::BTreeSet<String>,
}

#[derive(Deserialize)]
struct File {
    group: BTreeMap<Group, Vec<String>>,
    irregular: BTreeMap<String, Vec<String>>,
    before: Phrases,
    between: Words,
    #[cfg(test)]
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Phrases {
    phrases: Vec<String>,
}

#[derive(Deserialize)]
struct Words {
    words: std::collections::BTreeSet<String>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct Example {
    text: String,
    finds: Vec<String>,
}

fn file() -> File {
    data("cues.toml", include_str!("../data/en/cues.toml"))
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let file = file();
    let mut groups: BTreeMap<String, Vec<Group>> = BTreeMap::new();
    for (group, lemmas) in &file.group {
        for lemma in lemmas {
            let irregular = file.irregular.get(lemma);
            for form in irregular.cloned().unwrap_or_else(|| inflect(lemma)) {
                let entry = groups.entry(form).or_default();
                if !entry.contains(group) {
                    entry.push(*group);
                }
            }
        }
    }
    for phrase in &file.before.phrases {
        groups
            .entry(phrase.clone())
            .or_default()
            .push(Group::Before);
    }
    let mut by_first_word: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for (phrase, groups) in groups {
        let mut words = phrase.split(' ').map(str::to_owned);
        let Some(first) = words.next() else { continue };
        let form = form_of(&first);
        by_first_word.entry(first).or_default().push(Entry {
            rest: words.collect(),
            groups,
            form,
        });
    }
    for entries in by_first_word.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
    }
    Cues {
        by_first_word,
        between: file.between.words,
    }
});

fn form_of(verb: &str) -> Form {
    const PAST: [&str; 14] = [
        "said", "told", "wrote", "thought", "found", "held", "swore", "sought", "began", "went",
        "put", "shot", "made", "written",
    ];
    if verb.ends_with("ing") {
        Form::Participle
    } else if verb.ends_with("ed") || PAST.contains(&verb) {
        Form::Past
    } else {
        Form::Present
    }
}

/// The regular forms of a verb; of a phrase, its first word is inflected.
fn inflect(lemma: &str) -> Vec<String> {
    let (verb, rest) = match lemma.split_once(' ') {
        Some((verb, rest)) => (verb, format!(" {rest}")),
        None => (lemma, String::new()),
    };
    let consonant_y = verb.ends_with('y') && !verb.ends_with(['a', 'e', 'o']) && {
        !verb[..verb.len() - 1].ends_with(['a', 'e', 'o', 'u'])
    };
    let (third, past, participle) = if consonant_y {
        let stem = &verb[..verb.len() - 1];
        (
            format!("{stem}ies"),
            format!("{stem}ied"),
            format!("{verb}ing"),
        )
    } else if let Some(stem) = verb.strip_suffix('e') {
        (format!("{verb}s"), format!("{verb}d"), format!("{stem}ing"))
    } else {
        let hisses = ["s", "sh", "ch", "x"].iter().any(|end| verb.ends_with(end));
        let third = if hisses {
            format!("{verb}es")
        } else {
            format!("{verb}s")
        };
        (third, format!("{verb}ed"), format!("{verb}ing"))
    };
    [verb.to_owned(), third, past, participle]
        .map(|form| form + &rest)
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_data_file() {
        for example in file().example {
            let doc = Document::new(&example.text, None);
            let found: Vec<_> = cues(&doc, &Syntax::of(&doc))
                .into_iter()
                .map(|cue| &doc.text[doc.bytes(cue.tokens)])
                .collect();
            assert_eq!(found, example.finds, "cues of {:?}", example.text);
        }
    }

    #[test]
    fn verbs_are_inflected() {
        let check = |lemma: &str, expected: [&str; 4]| assert_eq!(inflect(lemma), expected);
        check(
            "announce",
            ["announce", "announces", "announced", "announcing"],
        );
        check("deny", ["deny", "denies", "denied", "denying"]);
        check("convey", ["convey", "conveys", "conveyed", "conveying"]);
        check("stress", ["stress", "stresses", "stressed", "stressing"]);
        check(
            "point out",
            ["point out", "points out", "pointed out", "pointing out"],
        );
    }
}
