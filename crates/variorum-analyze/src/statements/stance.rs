//! How a source stands to what it is reported to say: whether it asserts, denies, doubts or asks it, or says neither.
//!
//! The words between a source and its content are read for what turns the content round ([`Class`], from
//! `data/en/stances.toml`, and negations). The last verb among them that turns something decides together with what
//! stands before it: "denied that" denies, "did not deny that" says neither, "never said that" says nothing at all.
//! Those words become the cue, so that no content is shown without them. What nobody said, or what is told under "if",
//! "whether" or "the illusion that", is no statement.

mod content;
mod under;
mod words;

use std::ops::Range;

use variorum_model::{Stance, StatementKind};
use variorum_text::tagger::Tag;

use super::{Context, Found, kind};
use crate::cues::{Cue, Form, Group, stands_between};
use content::{asks, asks_for_part, cut, is_person, names_claim, names_refused, take_in};
use under::{is_asked, is_under, said_by_nobody};
use words::{Class, Unit, WORDS, class_at, units};

/// How many tokens in front of a cue may turn it.
const BEFORE: usize = 10;
/// How many tokens may part a cue from its content.
const GAP: usize = 14;
/// How many tokens behind the words that turn a content still belong to the cue: "(denied) to reporters |that".
const LINK: usize = 3;
/// Within how many tokens a clause shows its verb, and a phrase its noun.
const NEAR: usize = 12;
const NOUN: usize = 7;
/// Within how many tokens behind "that" its verb stands.
const CLAUSE: usize = 30;

/// What follows the words that tell of saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Complement {
    /// "that it was late", "it was late".
    Clause,
    /// "whether it was late", "how late it was".
    Question,
    /// "to sail".
    Infinitive,
    /// "the plan", "selling it".
    Thing,
    /// A quotation of whole sentences, or words in front of their cue.
    Quotation,
}

/// What the words make of a content.
enum Verdict {
    /// A statement with this stance.
    Is(Stance),
    /// A statement that is understood only with its cue.
    Keeps,
    /// Nothing that anybody has said.
    Nothing,
}

/// Sets the stance of a statement, and the cue that shows it. False when the words make no statement.
pub(super) fn read(context: &Context<'_>, one: &mut Found) -> bool {
    let Some(cue) = one.cue.clone().filter(|cue| !is_layout(context, cue)) else {
        return true;
    };
    if said_by_nobody(context, one) || is_under(context, one, &cue) || is_asked(context, &cue) {
        return false;
    }
    let head = head(context, one, &cue);
    let next = content_behind(context, one, &cue);
    let direct = kind(context, one) == StatementKind::Direct;
    let gap = next.map(|next| gap(context, cue.end..next));
    let reach = next.filter(|_| !direct && gap == Some(Gap::Plain));
    let end = reach.unwrap_or(cue.end);
    let found = units(context, head..end);
    let complement = match gap {
        Some(Gap::Parted) if direct => Complement::Quotation,
        _ => complement(context, next, cue.end, direct),
    };
    let verdict = verdict(context, one, &cue, &found, complement);
    let turned = !matches!(verdict, Verdict::Is(Stance::Asserts));
    let verdict = match gap {
        Some(Gap::Says) if turned => return true,
        Some(Gap::Acts) if turned => Verdict::Nothing,
        // "On his way home, he denied |the report": what stands in front is not what he denied.
        None if turned && !direct && !context.is_mark(cue.end) => Verdict::Nothing,
        _ => verdict,
    };
    match verdict {
        Verdict::Nothing => return false,
        Verdict::Is(Stance::Asserts) => return true,
        Verdict::Is(stance) => {
            one.stance = stance;
            let end = last_of(&found, cue.end);
            let joined = reach.filter(|&next| (end..=end + LINK).contains(&next));
            one.cue = Some(head..joined.unwrap_or(end));
        }
        Verdict::Keeps => one.cue = Some(head..last_of(&found, cue.end)),
    }
    if one.stance != Stance::Asserts
        && let Some(next) = next
    {
        take_in(context, one, next);
    }
    if one.stance != Stance::Asserts && next.is_some() {
        cut(context, one, &cue, complement);
    }
    one.stance != Stance::Declines || !asks_for_part(context, one)
}

/// Whether what follows a word is only so if something else is: "if", "until".
pub(super) fn is_condition(lower: &str) -> bool {
    WORDS.conditions.contains(lower) || WORDS.when.contains(lower)
}

/// Whether a statement, though it asserts nothing, tells what its source said to it: "did not say whether".
pub(super) fn is_answer(context: &Context<'_>, one: &Found) -> bool {
    let mut one = one.clone();
    read(context, &mut one) && one.stance != Stance::Asserts
}

/// Whether two statements are one, read from two of its cues: "continues to |deny".
pub(super) fn is_again(one: &Found, before: &Found) -> bool {
    let meet = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let cues = one.cue.as_ref().zip(before.cue.as_ref());
    let contents = one.content.first().zip(before.content.first());
    one.stance != Stance::Asserts
        && one.stance == before.stance
        && cues.is_some_and(|(a, b)| meet(a, b))
        && contents.is_some_and(|(a, b)| meet(a, b))
}

/// Whether negations or other words in front of a cue turn it.
pub(super) fn is_turned(context: &Context<'_>, sentence: &Range<usize>, cue: &Cue) -> bool {
    let start = walk(context, sentence.start, cue.tokens.start);
    let found = units(context, start..cue.tokens.end);
    found
        .iter()
        .any(|unit| matches!(unit.class, Class::Not | Class::Decline | Class::Short))
}

/// Where the words that may turn a cue begin.
pub(super) fn start_of(context: &Context<'_>, sentence: &Range<usize>, cue: &Cue) -> usize {
    walk(context, sentence.start, cue.tokens.start)
}

fn is_layout(context: &Context<'_>, cue: &Range<usize>) -> bool {
    cue.clone().all(|token| context.is_mark(token))
}

fn last_of(found: &[Unit], end: usize) -> usize {
    found.last().map_or(end, |unit| unit.tokens.end.max(end))
}

/// Walks from a cue to the left over auxiliaries, adverbs, negations and words that turn.
fn walk(context: &Context<'_>, bound: usize, cue: usize) -> usize {
    let quoted = context.quotation_of[cue];
    let mut at = cue;
    while at > bound && cue - at < BEFORE && context.quotation_of[at - 1] == quoted {
        let lower = context.lower(at - 1);
        let named = context.mention_of[at - 1].is_some();
        let goes_on = stands_between(&lower)
            || context.time_of[at - 1].is_some()
            || WORDS.between.contains(&lower)
            || WORDS.is_not(&lower)
            || class_at(context, at - 1).is_some_and(|(class, _)| class != Class::Claim);
        if named || !goes_on {
            break;
        }
        at -= 1;
    }
    at
}

/// Where the words begin that turn the content: the cue's first token, or that of what stands before it.
fn head(context: &Context<'_>, one: &Found, cue: &Range<usize>) -> usize {
    let sentence = &context.doc.sentences[context.syntax.sentences[cue.start]].tokens;
    let source = one.source.as_ref().filter(|s| s.end <= cue.start);
    let bound = source.map_or(sentence.start, |s| s.end.max(sentence.start));
    let start = walk(context, bound, cue.start);
    // A time or an adverb of the sentence is no part of the cue.
    (start..cue.start)
        .find(|&t| context.time_of[t].is_none() && !context.is_mark(t))
        .unwrap_or(cue.start)
}

/// The first token of the content behind a cue.
fn content_behind(context: &Context<'_>, one: &Found, cue: &Range<usize>) -> Option<usize> {
    let end = context.doc.bytes(cue.clone()).end;
    let behind = one.content.iter().find(|piece| piece.start >= end)?;
    Some(context.doc.tokens_in(behind.clone()).start)
}

/// What parts a cue from its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing but words of the same clause.
    Plain,
    /// A comma, or many words.
    Parted,
    /// Another verb: what it governs is not under the cue.
    Acts,
    /// Another verb of saying.
    Says,
}

fn gap(context: &Context<'_>, between: Range<usize>) -> Gap {
    let verb = |t: usize| {
        context.tag(t).is_verb()
            && class_at(context, t).is_none()
            && !stands_between(&context.lower(t))
    };
    let says = |cue: &Cue| {
        let groups = cue.is(Group::Say) || cue.is(Group::Clause) || cue.is(Group::Tell);
        groups && cue.form != Form::Present && verb(cue.tokens.start)
    };
    if context.cues_in(between.clone()).iter().any(says) {
        Gap::Says
    } else if between.clone().any(verb) {
        Gap::Acts
    } else if between.len() > GAP
        || between
            .clone()
            .any(|t| context.is_mark(t) && !context.is_quotation_mark(t))
    {
        Gap::Parted
    } else {
        Gap::Plain
    }
}

fn complement(context: &Context<'_>, next: Option<usize>, end: usize, direct: bool) -> Complement {
    let Some(next) = next else {
        return if direct {
            Complement::Quotation
        } else {
            Complement::Clause
        };
    };
    let doc = context.doc;
    let first = (next..next + 2)
        .find(|&t| !context.is_mark(t))
        .unwrap_or(next);
    let parted = next > 0 && matches!(doc.word(next - 1), "," | ":")
        || next > 1
            && context.is_quotation_mark(next - 1)
            && matches!(doc.word(next - 2), "," | ":");
    if direct && (parted || doc.word(first).starts_with(char::is_uppercase)) {
        return Complement::Quotation;
    }
    let opener = |t: usize| {
        let lower = context.lower(t);
        if lower == "that" && shows_verb(context, t + 1) {
            Some(Complement::Clause)
        } else if WORDS.asking.contains(&lower) {
            Some(Complement::Question)
        } else if lower == "to" && context.tag(t) == Tag::To {
            Some(Complement::Infinitive)
        } else {
            None
        }
    };
    let before = (next > end).then(|| opener(next - 1)).flatten();
    opener(first).or(before).unwrap_or_else(|| {
        let Some(&sentence) = context.syntax.sentences.get(first) else {
            return Complement::Thing;
        };
        let sentence = &doc.sentences[sentence].tokens;
        let near = first..(first + NEAR).min(sentence.end);
        let relative =
            |t: usize| context.lower(t) == "that" || WORDS.asking.contains(&context.lower(t));
        let finite = |t: usize| {
            let tag = context.tag(t);
            matches!(tag, Tag::VerbPast | Tag::VerbPresent | Tag::Modal)
                || t > first && tag == Tag::VerbParticiple && context.has_finite(t - 1..t)
        };
        let verb = near
            .clone()
            .find(|&t| relative(t) || finite(t) || doc.word(t) == ",");
        match verb {
            Some(verb) if verb > first && finite(verb) && !relative(verb) => Complement::Clause,
            _ => Complement::Thing,
        }
    })
}

/// Whether a clause with a finite verb begins: "that |the deal failed", but "that |posture on Sunday".
pub(super) fn shows_verb(context: &Context<'_>, first: usize) -> bool {
    let end = context.doc.tokens.len().min(first + CLAUSE);
    let subject = (first..end).next().is_some_and(|t| {
        matches!(
            context.tag(t),
            Tag::Determiner | Tag::Pronoun | Tag::PronounPossessive | Tag::ProperNoun
        )
    });
    (first..end)
        .take_while(|&t| {
            let word = context.doc.word(t);
            word != "." && (subject || word != ",")
        })
        .any(|t| {
            let tag = context.tag(t);
            matches!(tag, Tag::VerbPast | Tag::VerbPresent | Tag::Modal)
        })
}

/// What the words in front of a content make of it.
fn verdict(
    context: &Context<'_>,
    one: &Found,
    cue: &Range<usize>,
    found: &[Unit],
    complement: Complement,
) -> Verdict {
    use Complement::{Clause, Infinitive, Question, Quotation, Thing};
    let governs = |class: Class| {
        matches!(
            class,
            Class::Deny
                | Class::Reject
                | Class::Doubt
                | Class::Ask
                | Class::Believe
                | Class::Answer
        )
    };
    let main = found.iter().rposition(|unit| governs(unit.class));
    let before = &found[..main.unwrap_or(found.len())];
    let has = |class: Class| before.iter().any(|unit| unit.class == class);
    let verb = (cue.start..cue.end)
        .rfind(|&t| context.tag(t).is_verb() && class_at(context, t).is_none())
        .unwrap_or(cue.start);
    let not = has(Class::Not) || inverts(context, one);
    let turned = not || has(Class::Decline);
    if has(Class::Short) {
        return Verdict::Nothing;
    }
    let Some(main) = main else {
        let says = context
            .cues_in(cue.start..cue.end.max(cue.start + 1))
            .iter()
            .any(|c| c.is(Group::Say) || c.is(Group::Clause) || c.is(Group::Tell));
        let behind = found
            .iter()
            .any(|unit| unit.class == Class::Not && unit.tokens.start > verb);
        return match complement {
            _ if !turned => Verdict::Is(Stance::Asserts),
            Question => Verdict::Is(Stance::Declines),
            Infinitive => withheld(context, one),
            Clause | Quotation if says && !behind => Verdict::Nothing,
            _ => Verdict::Keeps,
        };
    };
    let unit = &found[main];
    let passive = unit.tokens.start > 0
        && WORDS.be.contains(&context.lower(unit.tokens.start - 1))
        && context.lower(unit.tokens.start).ends_with("ed");
    let thing = matches!(complement, Thing | Infinitive);
    match unit.class {
        _ if complement == Quotation && unit.class != Class::Ask => match turned {
            true if unit.class == Class::Answer => Verdict::Is(Stance::Declines),
            true => Verdict::Keeps,
            false => Verdict::Is(Stance::Asserts),
        },
        Class::Deny | Class::Reject => {
            // "rejected a bill that Weber put forth" has a verb, but not its own.
            let thing = thing || unit.class == Class::Reject && !opens_clause(context, one, cue);
            let claims = found[main..].iter().any(|unit| unit.class == Class::Claim)
                || unit.class == Class::Deny && !names_refused(context, one)
                || names_claim(context, one);
            match () {
                () if passive || thing && !claims => Verdict::Keeps,
                () if turned => Verdict::Is(Stance::Declines),
                () => Verdict::Is(Stance::Denies),
            }
        }
        Class::Doubt if turned => Verdict::Keeps,
        Class::Doubt if thing && is_person(context, one) => Verdict::Is(Stance::Asserts),
        Class::Ask if passive || turned => Verdict::Nothing,
        Class::Ask if complement == Question || asks(context, one) => Verdict::Is(Stance::Asks),
        Class::Believe if !turned => {
            let own = one
                .source
                .as_ref()
                .is_none_or(|source| WORDS.own.contains(&context.lower(source.start)));
            // "He believes it is legal" is often a speaker's word of somebody else, told without quotation marks.
            let of_another = one.source.as_ref().is_some_and(|source| {
                source.len() == 1 && WORDS.others.contains(&context.lower(source.start))
            }) && context.tag(cue.start) == Tag::VerbPresent;
            if of_another || context.quotation_of[cue.start].is_some() && !own {
                Verdict::Nothing
            } else {
                Verdict::Is(Stance::Asserts)
            }
        }
        // "could not believe what she saw"
        Class::Believe if thing || complement == Question => Verdict::Keeps,
        Class::Doubt | Class::Believe => Verdict::Is(Stance::Doubts),
        // "accused them of not revealing that": nobody was asked.
        Class::Answer if turned && is_reproach(context, before, unit) => Verdict::Nothing,
        Class::Answer if turned => Verdict::Is(Stance::Declines),
        _ => Verdict::Is(Stance::Asserts),
    }
}

/// Whether a participle stands with its negation behind a preposition: "for |not explaining|".
fn is_reproach(context: &Context<'_>, before: &[Unit], unit: &Unit) -> bool {
    let mut nots = before.iter().filter(|unit| unit.class == Class::Not);
    let first = nots
        .next()
        .map_or(unit.tokens.start, |not| not.tokens.start);
    context.tag(unit.tokens.start) == Tag::VerbIng
        && first > 0
        && context.tag(first - 1) == Tag::Preposition
}

/// Whether the content begins with "that" or a word that asks.
fn opens_clause(context: &Context<'_>, one: &Found, cue: &Range<usize>) -> bool {
    let Some(next) = content_behind(context, one, cue) else {
        return true;
    };
    [next, next - 1]
        .into_iter()
        .map(|t| (t, context.lower(t)))
        .any(|(t, lower)| {
            lower == "that" && shows_verb(context, t + 1) || WORDS.asking.contains(&lower)
        })
}

/// "declined to say whether": without an answer, neither; "refused to leave" is an act.
fn withheld(context: &Context<'_>, one: &Found) -> Verdict {
    let content = one
        .content
        .first()
        .map_or(0..0, |piece| context.doc.tokens_in(piece.clone()));
    let verb = infinitive(context, content.start).filter(|verb| verb + 1 < content.end);
    let Some(verb) = verb else {
        return Verdict::Keeps;
    };
    let says = context
        .cues_in(verb..verb + 1)
        .iter()
        .any(|c| c.is(Group::Say) || c.is(Group::Clause) || c.is(Group::Tell));
    let answers = class_at(context, verb)
        .is_some_and(|(class, _)| matches!(class, Class::Answer | Class::Deny));
    let asked = (verb + 1..verb + 3).any(|t| WORDS.asking.contains(&context.lower(t)));
    match (answers || says && asked, says) {
        (true, _) => Verdict::Is(Stance::Declines),
        (false, true) if complement_clause(context, verb + 1) => Verdict::Nothing,
        _ => Verdict::Keeps,
    }
}

fn complement_clause(context: &Context<'_>, next: usize) -> bool {
    next < context.doc.tokens.len()
        && complement(context, Some(next), next, false) == Complement::Clause
}

/// The verb of "to say", "to publicly say".
fn infinitive(context: &Context<'_>, to: usize) -> Option<usize> {
    (context.lower(to) == "to").then_some(())?;
    let count = context.doc.tokens.len();
    (to + 1..(to + 3).min(count)).find(|&t| !context.lower(t).ends_with("ly"))
}

/// "Nor did she say that": the negation stands in front of the source.
fn inverts(context: &Context<'_>, one: &Found) -> bool {
    let Some(source) = &one.source else {
        return false;
    };
    let sentence = &context.doc.sentences[context.syntax.sentences[source.start]].tokens;
    let before = |back: usize| {
        source
            .start
            .checked_sub(back)
            .filter(|&t| t >= sentence.start)
            .map(|t| context.lower(t))
    };
    let auxiliary = before(1).is_some_and(|word| WORDS.auxiliaries.contains(&word));
    auxiliary && (2..6).filter_map(before).any(|word| WORDS.is_not(&word))
}
