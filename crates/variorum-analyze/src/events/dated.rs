//! What a time expression dates: the word of its sentence that tells the happening.
//!
//! The tree of the sentence is climbed from the time to the first word that can happen: a noun for a
//! happening ("Wednesday's attack", "talks on Monday"), or the verb of a clause ("was told on
//! Friday"). A noun that is no happening passes the time on to the verb that it hangs on, since
//! a parser often hangs a time on the noun before it ("bought two guns on Monday").

use std::ops::Range;

use variorum_text::happenings::{self, Kind};
use variorum_text::parser::Relation;
use variorum_text::stem::stem;
use variorum_text::tagger::Tag;
use variorum_text::words::is_negation;

use super::view::{View, words};

/// How far a tree is climbed from a time.
const CLIMB: usize = 6;
/// A time stands at most so many tokens behind the saying verb that it dates.
const BEHIND_SAYING: usize = 2;
/// How far a time is from the predicate that it may date.
const NEAREST: usize = 24;
/// A phrase before a clause has at most so many tokens up to its time.
const FRONTED: usize = 14;

/// The word that a time dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dated {
    /// A noun that names a happening.
    Noun(usize),
    /// The verb, or the predicate noun or adjective, of a clause.
    Clause(usize),
    /// A verb that merely reports what somebody says.
    Saying(usize),
    /// The time only tells which one is meant: "the 2012 voting data".
    Nothing,
}

/// The word that a time dates, where one does.
pub(super) fn dated(view: &View<'_>, time: &Range<usize>) -> Option<Dated> {
    let syntax = view.syntax;
    if let Some(verb) = saying_before(view, time) {
        return Some(Dated::Saying(verb));
    }
    let mut at = time
        .clone()
        .find(|&k| syntax.heads[k].is_none_or(|head| !time.contains(&head)) && !view.is_mark(k))?;
    if view.merely_says(time.end) && !is_passive(view, time.end) {
        return Some(Dated::Saying(time.end));
    }
    // "will enter 2018": the year itself is what is done something to.
    let year = time.len() == 1 && view.tag(at) == Tag::Number;
    if year && syntax.relations[at] == Relation::Object {
        return Some(Dated::Nothing);
    }
    if let Some(noun) = fronted(view, time) {
        return Some(Dated::Noun(noun));
    }
    if let Some(added) = addition(view, time) {
        return Some(added);
    }
    for _ in 0..CLIMB {
        let relation = syntax.relations[at];
        let Some(head) = syntax.heads[at] else {
            // "On Wednesday, there will be talks": read with the time as what is.
            let children = syntax.children(at).iter().copied();
            let verb = children
                .filter(|k| !time.contains(k))
                .find(|&k| is_verbal(view, k))?;
            return Some(clause(view, verb, time));
        };
        if view.noun_kind(head).is_some() && view.tag(head) != Tag::VerbPast {
            return Some(Dated::Noun(head));
        }
        if is_predicate(view, head) {
            // "made the offer a day earlier |and pledged": the time belongs to what stands before it.
            let joined = head > time.end && view.tag(time.end) == Tag::Conjunction;
            let before = || syntax.heads[head].filter(|&k| k < time.start && is_predicate(view, k));
            let verb = joined.then(before).flatten().unwrap_or(head);
            return Some(clause(view, verb, time));
        }
        // "Monday's winner" and "the Sunday paper" date nothing, "during Sunday prayers" does.
        let modifies = matches!(relation, Relation::Possessor | Relation::Compound);
        if modifies && !time.contains(&head) && !is_stretch(view, head) {
            return Some(Dated::Nothing);
        }
        at = head;
    }
    None
}

fn is_verbal(view: &View<'_>, token: usize) -> bool {
    view.tag(token).is_verb() && view.syntax.relations[token] != Relation::Auxiliary
}

/// "In a |ruling| of the court on Monday, the judges": the noun that a phrase at the beginning of a clause
/// names, where nothing but names and phrases stand between it and the time.
pub(super) fn fronted(view: &View<'_>, time: &Range<usize>) -> Option<usize> {
    let syntax = view.syntax;
    let from = time.start.saturating_sub(FRONTED);
    let carries = |&k: &usize| {
        let preposition = view.tag(k) == Tag::Preposition && view.time_at(k).is_none();
        view.is_nominal(k) || preposition
    };
    let segment: Vec<usize> = (from..time.start).rev().take_while(carries).collect();
    let first = *segment.last()?;
    // Only at the beginning of a sentence or behind a mark or a conjunction: else a verb may be meant.
    let before = first.checked_sub(1);
    let opens = before.is_none_or(|k| view.is_mark(k) || view.tag(k) == Tag::Conjunction)
        && view.tag(first) == Tag::Preposition;
    let noun = segment
        .iter()
        .copied()
        .rfind(|&k| view.noun_kind(k).is_some())?;
    let follows = view.is_mark(time.end);
    (opens
        && follows
        && !(noun..time.start).any(|k| {
            view.noun_kind(k).is_some() && k > noun && syntax.relations[k] != Relation::Compound
        }))
    .then_some(noun)
}

/// "In addition to the |debate| in the council this Wednesday, there will be": the time belongs to what the clause only
/// adds to, which may name a happening.
pub(super) fn addition(view: &View<'_>, time: &Range<usize>) -> Option<Dated> {
    let from = time.start.saturating_sub(FRONTED);
    let before = (from..time.start).rev();
    let phrase: Vec<usize> = before
        .take_while(|&k| !view.is_mark(k) && !view.is_verb(k))
        .collect();
    let nominal = phrase.first().is_some_and(|&k| view.is_nominal(k));
    let added = phrase
        .iter()
        .position(|&k| words().additions.contains(view.lower(k)))
        .filter(|_| nominal && view.is_mark(time.end))?;
    let happens = |&&k: &&usize| view.noun_kind(k).is_some();
    let noun = phrase[..added].iter().find(happens);
    Some(noun.map_or(Dated::Nothing, |&noun| Dated::Noun(noun)))
}

/// "during |prayers|": a noun that tells when.
fn is_stretch(view: &View<'_>, noun: usize) -> bool {
    let case = view.syntax.child(noun, |r| r == Relation::Case);
    case.is_some_and(|case| {
        matches!(
            view.lower(case),
            "during" | "in" | "at" | "after" | "before"
        )
    })
}

/// The kind of happening that a noun or a predicate tells; of a verb that only says that something takes
/// place, its subject's.
pub(super) fn kind(view: &View<'_>, head: usize) -> Option<Kind> {
    if let Some(kind) = view.noun_kind(head) {
        return Some(kind);
    }
    let syntax = view.syntax;
    let subject = || {
        let noun = syntax.child(head, |r| {
            matches!(r, Relation::Subject | Relation::SubjectPassive)
        })?;
        view.noun_kind(noun)
    };
    let verb = happenings::verb(view.lower(head)).filter(|_| view.tag(head).is_verb());
    let aim = || {
        let aim = syntax.child(head, |r| r == Relation::OpenComplement)?;
        happenings::verb(view.lower(aim))
    };
    // "agreed to participate in a |meeting|", "at the centre of |discussions|"
    let light = is_light(view, head) || syntax.child(head, |r| r == Relation::Copula).is_some();
    let within = || {
        let behind = head + 1..syntax.subtree(head).end.min(head + NEAREST);
        behind.into_iter().find_map(|k| view.noun_kind(k))
    };
    let verb = verb.or_else(subject).or_else(aim);
    verb.or_else(|| light.then(within).flatten())
}

/// Whether a clause tells what is, not what happens: "Japan is a treasured partner", "a form lists her as his
/// wife"; a present that is scheduled ("the House convenes on Friday") has its time ahead.
pub(super) fn is_standing_truth(
    view: &View<'_>,
    head: usize,
    line: &Range<usize>,
    time: &Range<usize>,
) -> bool {
    let copula = view.syntax.child(head, |r| r == Relation::Copula);
    let verb = copula.unwrap_or(head);
    let present = view.tag(verb) == Tag::VerbPresent || matches!(view.lower(verb), "is" | "are");
    let helped = line
        .clone()
        .any(|k| view.tag(k) == Tag::Modal || view.syntax.relations[k] == Relation::Auxiliary);
    present && !helped && (copula.is_some() || !view.looks_ahead(time))
}

/// The predicate nearest to a time, the ones before it first, for a time that hangs on nothing that tells;
/// none behind a mark that parts clauses.
pub(super) fn nearest(
    view: &View<'_>,
    sentence: &Range<usize>,
    time: &Range<usize>,
) -> Option<Dated> {
    let wall = |&k: &usize| {
        matches!(view.lower(k), ";" | ":" | "—" | "–" | "--") || view.time_at(k).is_some()
    };
    let before = (sentence.start..time.start).rev().take_while(|k| !wall(k));
    let behind = (time.end..sentence.end).take_while(|k| !wall(k));
    let outside = |k: usize| {
        let between = k.min(time.start)..k.max(time.end);
        between.filter(|&k| view.is_quote(k)).count() % 2 == 0
    };
    let verb = before
        .take(NEAREST)
        .chain(behind.take(NEAREST))
        .find(|&k| {
            let subject = view.syntax.child(k, Relation::is_subject);
            is_predicate(view, k) && subject.is_some() && outside(k)
        })?;
    (!view.merely_says(verb)).then(|| clause(view, verb, time))
}

/// Whether a time hangs on a word directly.
pub(super) fn hangs_on(view: &View<'_>, head: usize, time: &Range<usize>) -> bool {
    time.clone().any(|k| view.syntax.heads[k] == Some(head))
}

/// "said on Friday that": the verb right before a time.
fn saying_before(view: &View<'_>, time: &Range<usize>) -> Option<usize> {
    let small = |k: &usize| matches!(view.lower(*k), "on" | "late" | "early" | "in" | "earlier");
    let verb = (0..time.start)
        .rev()
        .take(BEHIND_SAYING)
        .find(|k| !small(k))?;
    (view.merely_says(verb) && !is_passive(view, verb)).then_some(verb)
}

fn is_passive(view: &View<'_>, verb: usize) -> bool {
    view.syntax
        .child(verb, |r| r == Relation::SubjectPassive)
        .is_some()
}

/// Whether a token is the predicate of a clause.
pub(super) fn is_predicate(view: &View<'_>, token: usize) -> bool {
    let syntax = view.syntax;
    let modifies = matches!(
        syntax.relations[token],
        Relation::AdjectiveModifier | Relation::Compound | Relation::Auxiliary | Relation::Case
    );
    let copula = || syntax.child(token, |r| r == Relation::Copula).is_some();
    !modifies && (view.tag(token).is_verb() || copula())
}

/// The clause that a predicate stands for: "agreed to come Wednesday" is told from "agreed".
fn clause(view: &View<'_>, predicate: usize, time: &Range<usize>) -> Dated {
    let syntax = view.syntax;
    let mut verb = predicate;
    for _ in 0..CLIMB {
        let above = syntax.heads[verb].filter(|&head| is_predicate(view, head));
        match above {
            Some(head) if syntax.relations[verb] == Relation::OpenComplement => verb = head,
            _ => break,
        }
    }
    if is_conditional(view, verb) {
        return Dated::Nothing;
    }
    let object = syntax.child(verb, |r| r == Relation::Object);
    if verb == predicate && (view.merely_says(verb) || issues(view, verb)) {
        // "noted a successful test last month"
        return match object.filter(|&noun| noun + 1 == time.start && view.noun_kind(noun).is_some())
        {
            Some(noun) => Dated::Noun(noun),
            None => Dated::Saying(verb),
        };
    }
    // "talks scheduled for Monday", "will hold talks on Monday": the noun names what happens.
    let happening = |noun: Option<usize>| noun.filter(|&noun| view.noun_kind(noun).is_some());
    if matches!(
        syntax.relations[verb],
        Relation::NounClause | Relation::RelativeClause
    ) && is_light(view, verb)
        && let Some(noun) = happening(syntax.heads[verb])
    {
        return Dated::Noun(noun);
    }
    // "There was not much fretting": without its verb the noun would tell the contrary.
    let denied = syntax
        .children(verb)
        .iter()
        .any(|&k| is_negation(view.lower(k)));
    if is_light(view, verb) && !denied {
        let subject = syntax.child(verb, Relation::is_subject);
        if let Some(noun) = happening(object).or(happening(subject)) {
            return Dated::Noun(noun);
        }
    }
    Dated::Clause(verb)
}

/// "if they were under 31 on June 15": told as a condition.
fn is_conditional(view: &View<'_>, verb: usize) -> bool {
    let marker = view.syntax.child(verb, |r| r == Relation::Marker);
    marker.is_some_and(|k| matches!(view.lower(k), "if" | "unless" | "whether"))
}

/// Whether a verb only tells that something takes place, or that somebody takes part.
fn is_light(view: &View<'_>, verb: usize) -> bool {
    words().light.contains(&stem(view.lower(verb)))
}

/// "The statement was issued", "remarks made".
fn issues(view: &View<'_>, verb: usize) -> bool {
    let syntax = view.syntax;
    let what = syntax
        .child(verb, |r| r == Relation::SubjectPassive)
        .or_else(|| syntax.child(verb, |r| r == Relation::Object))
        .or(syntax.heads[verb].filter(|_| syntax.relations[verb] == Relation::NounClause));
    words().issuing.contains(&stem(view.lower(verb)))
        && what.is_some_and(|noun| words().issued.contains(view.lower(noun)))
}
