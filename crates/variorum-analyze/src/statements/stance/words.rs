//! The words that turn a statement round (`data/en/stances.toml`), and where they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::stem::stem;
use variorum_text::words::{data, is_negation};

use super::super::Context;

/// What a word does to what it governs; the data file says what each list means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Deny,
    Reject,
    Doubt,
    Ask,
    Believe,
    Answer,
    Decline,
    Short,
    Claim,
    Illusion,
    Not,
}

/// Words of one class at a place in the text.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub class: Class,
    pub tokens: Range<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: Lists,
    #[cfg(test)]
    example: Vec<Example>,
    #[cfg(not(test))]
    #[serde(rename = "example")]
    _example: serde::de::IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    deny: Vec<String>,
    reject: Vec<String>,
    doubt: Vec<String>,
    ask: Vec<String>,
    believe: Vec<String>,
    answer: Vec<String>,
    decline: Vec<String>,
    short: Vec<String>,
    claim: Vec<String>,
    illusion: Vec<String>,
    refused: BTreeSet<String>,
    nots: BTreeSet<String>,
    only: BTreeSet<String>,
    nobody: BTreeSet<String>,
    between: BTreeSet<String>,
    conditions: BTreeSet<String>,
    when: BTreeSet<String>,
    asking: BTreeSet<String>,
    about: BTreeSet<String>,
    against: BTreeSet<String>,
    more: BTreeSet<String>,
    persons: BTreeSet<String>,
    own: BTreeSet<String>,
    others: BTreeSet<String>,
    be: BTreeSet<String>,
    auxiliaries: BTreeSet<String>,
}

#[cfg(test)]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    words: String,
    stance: String,
    cue: Option<String>,
}

/// The words of the data file, ready to be looked up.
pub(super) struct Words {
    /// By the stem of the first word: the words that follow it, the longest first.
    by_first: BTreeMap<String, Vec<(Vec<String>, Class)>>,
    nots: BTreeSet<String>,
    only: BTreeSet<String>,
    pub refused: BTreeSet<String>,
    pub nobody: BTreeSet<String>,
    pub between: BTreeSet<String>,
    pub conditions: BTreeSet<String>,
    pub when: BTreeSet<String>,
    pub asking: BTreeSet<String>,
    pub about: BTreeSet<String>,
    pub against: BTreeSet<String>,
    pub more: BTreeSet<String>,
    pub persons: BTreeSet<String>,
    pub own: BTreeSet<String>,
    pub others: BTreeSet<String>,
    pub be: BTreeSet<String>,
    pub auxiliaries: BTreeSet<String>,
}

impl Words {
    /// Whether a lower-case word negates.
    pub(super) fn is_not(&self, lower: &str) -> bool {
        self.nots.contains(lower) || is_negation(lower)
    }
}

fn file() -> File {
    data(
        "stances.toml",
        include_str!("../../../data/en/stances.toml"),
    )
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lists = file().words;
    let classes = [
        (Class::Deny, &lists.deny),
        (Class::Reject, &lists.reject),
        (Class::Doubt, &lists.doubt),
        (Class::Ask, &lists.ask),
        (Class::Believe, &lists.believe),
        (Class::Answer, &lists.answer),
        (Class::Decline, &lists.decline),
        (Class::Short, &lists.short),
        (Class::Claim, &lists.claim),
        (Class::Illusion, &lists.illusion),
    ];
    let mut by_first: BTreeMap<String, Vec<(Vec<String>, Class)>> = BTreeMap::new();
    for (class, entries) in classes {
        for entry in entries {
            let mut words = entry.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            let rest = words.collect();
            by_first
                .entry(stem(&first))
                .or_default()
                .push((rest, class));
        }
    }
    for entries in by_first.values_mut() {
        entries.sort_by_key(|(rest, class)| (std::cmp::Reverse(rest.len()), *class));
    }
    Words {
        by_first,
        nots: lists.nots,
        only: lists.only,
        refused: lists
            .refused
            .iter()
            .flat_map(|noun| [noun.clone(), format!("{noun}s")])
            .collect(),
        nobody: lists.nobody,
        between: lists.between,
        conditions: lists.conditions,
        when: lists.when,
        asking: lists.asking,
        about: lists.about,
        against: lists.against,
        more: lists.more,
        persons: lists.persons,
        own: lists.own,
        others: lists.others,
        be: lists.be,
        auxiliaries: lists.auxiliaries,
    }
});

/// The class of the words that begin at a token, and how many they are. A noun of a claim is no verb: "the report that",
/// but "they report that".
pub(super) fn class_at(context: &Context<'_>, at: usize) -> Option<(Class, usize)> {
    let entries = WORDS.by_first.get(&stem(&context.lower(at)))?;
    let verb = context.syntax.tags.get(at)?.is_verb();
    entries.iter().find_map(|(rest, class)| {
        let follows = rest
            .iter()
            .enumerate()
            .all(|(i, word)| context.lower(at + 1 + i) == *word);
        let fits = !(*class == Class::Claim && verb);
        (follows && fits).then_some((*class, 1 + rest.len()))
    })
}

/// The words that turn something in some tokens, in order. What "only" takes back is no negation.
pub(super) fn units(context: &Context<'_>, tokens: Range<usize>) -> Vec<Unit> {
    let mut found = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        let lower = context.lower(at);
        if let Some((class, count)) = class_at(context, at) {
            found.push(Unit {
                class,
                tokens: at..at + count,
            });
            at += count;
            continue;
        }
        if WORDS.is_not(&lower) && !WORDS.only.contains(&context.lower(at + 1)) {
            found.push(Unit {
                class: Class::Not,
                tokens: at..at + 1,
            });
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use variorum_model::{CodePoints, Stance};

    use super::*;

    #[test]
    fn examples_of_the_data_file() {
        let mut wrong = Vec::new();
        for Example {
            text,
            words,
            stance,
            cue,
        } in file().example
        {
            let report = crate::statements::tests::report(&text);
            let points = CodePoints::of(&text);
            let analysis = crate::analyze(&report);
            let holds = |s: &&variorum_model::Attribution| {
                !s.weak && s.content.iter().any(|c| points.slice(*c).contains(&words))
            };
            let found: Vec<_> = analysis.statements.iter().filter(holds).collect();
            if found.is_empty() && stance != "none" {
                wrong.push(format!("{text:?}: none of {:?}", analysis.statements));
            }
            for one in found {
                let name = match one.stance {
                    Stance::Asserts => "asserts",
                    Stance::Denies => "denies",
                    Stance::Doubts => "doubts",
                    Stance::Declines => "declines",
                    Stance::Asks => "asks",
                };
                let shown: Vec<&str> = one.cue.iter().map(|c| points.slice(*c)).collect();
                let fits = cue.as_ref().is_none_or(|cue| shown == [cue]);
                if name != stance || !fits {
                    wrong.push(format!("{text:?}: {name} by {shown:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
