//! Who takes part in a happening: whom the words mean that the tree hangs on its verb or noun.

use std::collections::BTreeSet;

use variorum_model::NameKind;
use variorum_text::parser::Relation;
use variorum_text::stem::stem;
use variorum_text::tagger::Tag;

use super::super::view::View;
use super::who::Who;
use super::{Told, words};

/// How far a subject is looked for above a verb that has none.
const CLIMB: usize = 4;
/// "one of the A380s": how deep a noun is followed.
const DEPTH: usize = 2;

/// The names of those who take part, each once.
pub(super) fn part(view: &View<'_>, who: &Who, told: &Told) -> Vec<String> {
    let mut tokens = Vec::new();
    if told.verb {
        verb(view, told.token, &mut tokens);
    } else {
        noun(view, told.token, &mut tokens);
    }
    let mut names: Vec<String> = Vec::new();
    for token in tokens {
        meant(view, who, token, DEPTH, &mut names);
    }
    names
}

/// The words that take part in what a verb tells.
fn verb(view: &View<'_>, verb: usize, found: &mut Vec<usize>) {
    let syntax = view.syntax;
    found.extend(subjects(view, verb));
    for &child in syntax.children(verb) {
        match syntax.relations[child] {
            Relation::Object => found.push(child),
            Relation::Oblique if has_case(view, child, &words().with_verb) => {
                found.push(child);
            }
            // "unveils new 787": read as a mere addition, but without a preposition.
            Relation::Oblique
                if child > verb && syntax.child(child, |r| r == Relation::Case).is_none() =>
            {
                found.push(child);
            }
            _ => {}
        }
    }
    // "the plane |made| by", "the order that it |won|"
    if matches!(
        syntax.relations[verb],
        Relation::NounClause | Relation::RelativeClause
    ) && let Some(noun) = syntax.heads[verb]
    {
        let tag = view.tag(verb);
        let whole = syntax.relations[verb] == Relation::RelativeClause;
        if whole || matches!(tag, Tag::VerbParticiple | Tag::VerbPast | Tag::VerbIng) {
            found.push(noun);
        }
    }
}

/// The subjects of a verb: its own, or those of the verb that it is joined to or that governs it. A parser may
/// read "airframer Boeing has announced" as two.
fn subjects(view: &View<'_>, verb: usize) -> Vec<usize> {
    let syntax = view.syntax;
    let mut at = verb;
    for _ in 0..CLIMB {
        let children = syntax.children(at).iter().copied();
        let mut subjects: Vec<usize> = children
            .filter(|&child| syntax.relations[child].is_subject())
            .collect();
        if let Some(&subject) = subjects.last() {
            // "Boeing executive |Ann Carter| replied": the person right before the verb.
            let last = at.checked_sub(1).filter(|&last| last > subject);
            let named = last.and_then(|last| view.name_before(last + 1));
            if let Some(person) = named.filter(|named| named.kind == NameKind::Person) {
                subjects = vec![person.tokens.end - 1];
            }
            return subjects;
        }
        let shares = matches!(
            syntax.relations[at],
            Relation::Conjunct | Relation::OpenComplement | Relation::AdverbialClause
        );
        match syntax.heads[at].filter(|_| shares) {
            Some(head) => at = head,
            None => break,
        }
    }
    Vec::new()
}

/// The words that take part in what a noun tells.
fn noun(view: &View<'_>, noun: usize, found: &mut Vec<usize>) {
    let syntax = view.syntax;
    for &child in syntax.children(noun) {
        match syntax.relations[child] {
            Relation::Possessor | Relation::Compound => found.push(child),
            Relation::NounModifier if has_case(view, child, &words().with_noun) => {
                found.push(child);
            }
            _ => {}
        }
    }
    // "Boeing |made| an offer"
    let governor = syntax.heads[noun].filter(|_| syntax.relations[noun] == Relation::Object);
    if let Some(above) = governor
        && words().light.contains(&stem(view.lower(above)))
    {
        found.extend(subjects(view, above));
    }
}

/// Whether one of some prepositions stands before a noun.
fn has_case(view: &View<'_>, token: usize, cases: &BTreeSet<String>) -> bool {
    let case = view.syntax.child(token, |r| r == Relation::Case);
    case.is_some_and(|case| cases.contains(view.lower(case)))
}

/// The names that a noun means, with those that are joined to it.
fn meant(view: &View<'_>, who: &Who, token: usize, depth: usize, names: &mut Vec<String>) {
    let syntax = view.syntax;
    let mut add = |token: usize| {
        for name in who.names(token) {
            if !names.iter().any(|one| one == name) {
                names.push(name.to_owned());
            }
        }
    };
    add(token);
    // "60 Boeing 787 Dreamliner |aircraft|"
    if who.names(token).next().is_none() && is_thing(view.lower(token)) {
        for &child in syntax.children(token) {
            if syntax.relations[child] == Relation::Compound {
                add(child);
            }
        }
    }
    if depth == 0 {
        return;
    }
    let counts = view.tag(token) == Tag::Number || words().counting.contains(view.lower(token));
    for &child in syntax.children(token) {
        let belongs = match syntax.relations[child] {
            Relation::Conjunct | Relation::Apposition => true,
            Relation::NounModifier => {
                let case = syntax.child(child, |r| r == Relation::Case);
                counts && case.is_some_and(|case| view.lower(case) == "of")
            }
            _ => false,
        };
        if belongs {
            meant(view, who, child, depth - 1, names);
        }
    }
}

fn is_thing(lower: &str) -> bool {
    let singular = lower.strip_suffix('s').unwrap_or(lower);
    words().things.contains(lower) || words().things.contains(singular)
}
