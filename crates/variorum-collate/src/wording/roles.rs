//! Who does it to whom: "the army attacked the rebels", "the rebels attacked the army".
//!
//! A word that both wordings have before and behind one verb, the other way round, has changed its role,
//! unless the passive ("was attacked by") has turned the words, or the verb says the same from both ends
//! (`data/en/roles.toml`). Only words that the tagger calls a verb count.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::Document;
use variorum_text::syntax::Syntax;
use variorum_text::tagger::Tag;
use variorum_text::words::data;

use super::words::{Clause, Words};
use super::{Close, Grade, Point};
use crate::bags::content_stem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    mutual: Vec<String>,
    agents: BTreeSet<String>,
    #[cfg(test)]
    example: Vec<super::tests::Example>,
    #[cfg(not(test))]
    #[serde(rename = "example")]
    _example: serde::de::IgnoredAny,
}

fn file() -> File {
    data("roles.toml", include_str!("../../data/en/roles.toml"))
}

static FILE: LazyLock<File> = LazyLock::new(file);

static MUTUAL: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| FILE.mutual.iter().map(|verb| content_stem(verb)).collect());

/// So many content words on each side of a verb can be who acts and who is acted on.
const NEAR: usize = 3;
/// So many words stand between a form of "be" and its participle at most.
const BE: usize = 2;

/// Who acts and who is acted on, by a verb.
struct Roles<'w> {
    acts: Vec<&'w str>,
    suffers: Vec<&'w str>,
}

fn roles<'w>(words: &'w Words, clause: &Clause, verb: usize) -> Roles<'w> {
    let is_content = |at: &usize| words.words[*at].content;
    let stem = |at: usize| words.words[at].stem.as_str();
    let before: Vec<&str> = (clause.words.start..verb)
        .rev()
        .filter(is_content)
        .take(NEAR)
        .map(stem)
        .collect();
    let passive = (clause.words.start.max(verb.saturating_sub(BE + 1))..verb).any(|at| {
        let lower = words.words[at].lower.as_str();
        content_stem(lower) == "be" || lower == "being"
    });
    let passive = passive && !words.words[verb].lower.ends_with("ing");
    let behind = |from: usize| -> Vec<&str> {
        let words = (from + 1..clause.words.end).filter(is_content);
        words.take(NEAR).map(stem).collect()
    };
    if passive {
        let by =
            (verb + 1..clause.words.end).find(|&at| FILE.agents.contains(&words.words[at].lower));
        Roles {
            acts: by.map_or(Vec::new(), behind),
            suffers: before,
        }
    } else {
        Roles {
            acts: before,
            suffers: behind(verb),
        }
    }
}

/// Where two clauses turn round who does something to whom.
pub(super) fn point((a, x): (&Words, &Clause), (b, y): (&Words, &Clause)) -> Option<Point> {
    if !matches!(Close::of(&x.stems, &y.stems), Close::Whole | Close::Most) {
        return None;
    }
    for i in x.words.clone() {
        let verb = &a.words[i];
        if !verb.content || MUTUAL.contains(&verb.stem) {
            continue;
        }
        let Some(j) = y.words.clone().find(|&j| b.words[j].stem == verb.stem) else {
            continue;
        };
        let (of_a, of_b) = (roles(a, x, i), roles(b, y, j));
        let turned = |one: &[&str], other: &[&str], again: &[&str], back: &[&str]| {
            let stays = |stem: &str| again.contains(&stem) || back.contains(&stem);
            one.iter().any(|stem| other.contains(stem) && !stays(stem))
        };
        let swapped = turned(&of_a.acts, &of_b.suffers, &of_a.suffers, &of_b.acts)
            && turned(&of_a.suffers, &of_b.acts, &of_a.acts, &of_b.suffers);
        if swapped && is_verb(a, x, i) && is_verb(b, y, j) {
            return Some(Point {
                a: String::new(),
                b: String::new(),
                grade: Grade::Plain,
                opposite: true,
            });
        }
    }
    None
}

/// Whether the tagger calls a word of a clause a verb.
fn is_verb(words: &Words, clause: &Clause, at: usize) -> bool {
    let text = words.surface(clause.words.clone());
    let doc = Document::new(&text, None);
    let syntax = Syntax::of(&doc);
    let place = at - clause.words.start;
    let same = doc.tokens.len() == clause.words.len();
    same && matches!(
        syntax.tags[place],
        Tag::Verb | Tag::VerbPast | Tag::VerbParticiple | Tag::VerbPresent
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn examples_of_the_data_file() {
        super::super::tests::check_all(super::file().example);
    }
}
