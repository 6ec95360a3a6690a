//! How sure or how binding something is: "may close", "will close", "must close" (`data/en/force.toml`).
//!
//! The force of a verb is that of the little word before it. A plain verb has none, which differs from what is
//! only possible, but from what will be or ought to be only when it is told as done ("was closed").

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_text::words::{data, is_negation};

use super::words::{Clause, Words};
use super::{Close, Grade, Point};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    force: BTreeMap<Force, BTreeSet<String>>,
    done: BTreeSet<String>,
    #[cfg(test)]
    example: Vec<super::tests::Example>,
    #[cfg(not(test))]
    #[serde(rename = "example")]
    _example: serde::de::IgnoredAny,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Force {
    Possible,
    Will,
    Duty,
}

fn file() -> File {
    data("force.toml", include_str!("../../data/en/force.toml"))
}

static FILE: LazyLock<File> = LazyLock::new(file);

static FORCES: LazyLock<BTreeMap<&str, Force>> = LazyLock::new(|| {
    let of = |(force, words): (&Force, &'static BTreeSet<String>)| {
        let force = *force;
        words.iter().map(move |word| (word.as_str(), force))
    };
    FILE.force.iter().flat_map(of).collect()
});

/// A verb with the little word that says how sure or binding it is.
struct Bound {
    verb: usize,
    force: Force,
    /// Place of the little word.
    at: usize,
}

/// The first verb behind each little word.
fn bound(words: &Words, clause: &Clause) -> Vec<Bound> {
    let force = |at: usize| {
        let word = &words.words[at];
        // A capital inside a sentence is a month or a name.
        let name = at > 0 && word.surface.starts_with(char::is_uppercase);
        FORCES.get(word.lower.as_str()).copied().filter(|_| !name)
    };
    // "should be dishonourably discharged": an adverb stands before its verb.
    let verb = |at: usize| {
        let next = words.next_content(clause, at)?;
        let adverb = words.words[next].lower.ends_with("ly");
        let behind = words.next_content(clause, next).filter(|_| adverb);
        Some(behind.unwrap_or(next))
    };
    let of = |at: usize| {
        Some(Bound {
            force: force(at)?,
            verb: verb(at)?,
            at,
        })
    };
    clause.words.clone().filter_map(of).collect()
}

/// So many words stand between "was" or "has" and its verb at most.
const DONE: usize = 3;

/// Whether a verb is told as done: "was closed", "has closed".
fn is_done(words: &Words, clause: &Clause, verb: usize) -> bool {
    let before = clause.words.start.max(verb.saturating_sub(DONE))..verb;
    let participle = ["ed", "en", "t"]
        .iter()
        .any(|end| words.words[verb].lower.ends_with(end));
    participle
        && words.words[before]
            .iter()
            .any(|word| FILE.done.contains(&word.lower))
}

/// Where two clauses give one verb another force.
pub(super) fn point((a, x): (&Words, &Clause), (b, y): (&Words, &Clause)) -> Option<Point> {
    let negated = |words: &Words, clause: &Clause| {
        clause.carried
            || clause
                .words
                .clone()
                .any(|at| is_negation(&words.words[at].lower))
    };
    if negated(a, x) || negated(b, y) {
        return None;
    }
    let (of_a, of_b) = (bound(a, x), bound(b, y));
    let point = |one: (&Words, &[Bound], usize), other: (&Words, &Clause, &[Bound])| {
        let (from, all, verb) = one;
        let (to, clause, others) = other;
        let stem = &from.words[verb].stem;
        let place = clause.words.clone().find(|&i| to.words[i].stem == *stem)?;
        let here = |all: &[Bound], verb: usize| -> BTreeSet<Force> {
            all.iter()
                .filter(|bound| bound.verb == verb)
                .map(|bound| bound.force)
                .collect()
        };
        let (of_one, of_other) = (here(all, verb), here(others, place));
        let done = is_done(to, clause, place);
        let differs = if of_other.is_empty() {
            done || (of_one.contains(&Force::Possible) && others.is_empty())
        } else {
            of_one.is_disjoint(&of_other)
        };
        let start = |all: &[Bound], verb: usize| {
            let mut bound = all.iter().filter(|bound| bound.verb == verb);
            bound.next().map_or(verb, |bound| bound.at)
        };
        let words = (
            from.surface(start(all, verb)..verb + 1),
            to.surface(start(others, place)..place + 1),
        );
        differs.then_some((
            words,
            of_other.is_empty() && !of_one.contains(&Force::Possible),
        ))
    };
    let mut from_a = of_a.iter().map(|one| one.verb);
    let mut from_b = of_b.iter().map(|one| one.verb);
    let ((words_a, words_b), only_done) = from_a
        .find_map(|verb| point((a, &of_a, verb), (b, y, &of_b)))
        .or_else(|| {
            let found = from_b.find_map(|verb| point((b, &of_b, verb), (a, x, &of_a)));
            found.map(|((b, a), only_done)| ((a, b), only_done))
        })?;
    let grade = match Close::of(&x.stems, &y.stems) {
        // A plan and its outcome may both be told truly.
        Close::Whole if !only_done => Grade::Plain,
        Close::Whole | Close::Most | Close::Half => Grade::Differs,
        Close::Far => return None,
    };
    Some(Point {
        a: words_a,
        b: words_b,
        grade,
        opposite: false,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn examples_of_the_data_file() {
        super::super::tests::check_all(super::file().example);
    }
}
