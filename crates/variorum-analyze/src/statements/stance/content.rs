//! The content of a statement that is turned round: where it begins and ends, and what it is.

use std::ops::Range;

use variorum_model::Stance;

use super::words::{Class, WORDS, class_at};
use super::{Complement, Gap, NEAR, NOUN, gap, infinitive, shows_verb};
use crate::statements::{Context, Found};

/// Leaves to a turned content only what the words that turn it govern: nothing of another sentence, nothing behind another
/// cue, and no clause that goes on against it: "denied the claims|, and the port is closed".
pub(super) fn cut(
    context: &Context<'_>,
    one: &mut Found,
    cue: &Range<usize>,
    complement: Complement,
) {
    let doc = context.doc;
    let Some(first) = one.content.first().map(|p| doc.tokens_in(p.clone())) else {
        return;
    };
    if first.start < cue.start {
        return;
    }
    let sentence = context.syntax.sentences[cue.start];
    let mut end = first.start;
    let mut open = true;
    one.content.retain(|piece| {
        let tokens = doc.tokens_in(piece.clone());
        let near = tokens.start <= end || gap(context, end..tokens.start) == Gap::Plain;
        open &= near && context.syntax.sentences[tokens.start] == sentence;
        end = tokens.end;
        open || tokens == first
    });
    let Some(piece) = one.content.last_mut() else {
        return;
    };
    let tokens = doc.tokens_in(piece.clone());
    let stop = (tokens.start + 1..tokens.end).find(|&t| {
        let free = context.quotation_of[t] == context.quotation_of[tokens.start];
        let lower = context.lower(t);
        let comma = doc.word(t - 1) == ",";
        let other = WORDS.against.contains(&lower);
        let more = WORDS.more.contains(&lower)
            && (comma || complement == Complement::Thing)
            && shows_verb(context, t + 1);
        free && (other || more)
    });
    if let Some(stop) = stop {
        let last = (tokens.start..stop)
            .rfind(|&t| !context.is_mark(t))
            .unwrap_or(tokens.start);
        piece.end = doc.tokens[last].end;
    }
}

/// Gives to the cue the words at the front of the content that belong to it: "(declined) to say |whether it was late",
/// "(rejected) claims |that it was late".
pub(super) fn take_in(context: &Context<'_>, one: &mut Found, next: usize) {
    let doc = context.doc;
    let Some(piece) = one
        .content
        .iter_mut()
        .find(|piece| doc.tokens_in((*piece).clone()).start == next)
    else {
        return;
    };
    let tokens = doc.tokens_in(piece.clone());
    let mut start = tokens.start;
    if one.stance == Stance::Declines
        && let Some(verb) = infinitive(context, start)
    {
        start = verb + 1;
        if WORDS.about.contains(&context.lower(start)) {
            start += 1;
        }
    } else if one.stance != Stance::Asks {
        let near = start..(start + NOUN).min(tokens.end);
        let noun = near.clone().find(|&t| {
            let plain = context.mention_of[t].is_none() && context.quotation_of[t].is_none();
            plain && class_at(context, t).is_some_and(|(class, _)| class == Class::Claim)
        });
        if let Some(noun) = noun
            && context.lower(noun + 1) == "that"
            && !near
                .clone()
                .take_while(|&t| t < noun)
                .any(|t| context.is_mark(t))
        {
            start = noun + 1;
        }
    }
    if start > tokens.start && start < tokens.end {
        piece.start = doc.tokens[start].start;
        if let Some(cue) = one.cue.as_mut().filter(|cue| cue.end <= tokens.start) {
            cue.end = start;
        }
    }
}

/// Whether a content is a question for a part of a proposition, not for its truth: "how many sailed", "when".
pub(super) fn asks_for_part(context: &Context<'_>, one: &Found) -> bool {
    one.content.first().is_some_and(|piece| {
        let first = context.lower(context.doc.tokens_in(piece.clone()).start);
        WORDS.asking.contains(&first) && !WORDS.conditions.contains(&first)
    })
}

/// Whether the content is a question.
pub(super) fn asks(context: &Context<'_>, one: &Found) -> bool {
    one.content.last().is_some_and(|piece| {
        let text = &context.doc.text[piece.start..];
        context.doc.text[piece.clone()].ends_with('?') || text[piece.len()..].starts_with('?')
    })
}

/// Whether the content is what a claim says: "the allegations", "a report that it was late".
pub(super) fn names_claim(context: &Context<'_>, one: &Found) -> bool {
    noun_of(context, one, Class::Claim)
}

pub(super) fn names_refused(context: &Context<'_>, one: &Found) -> bool {
    let passive_object = one.content.first().is_some_and(|piece| {
        let tokens = context.doc.tokens_in(piece.clone());
        tokens
            .clone()
            .take(NOUN)
            .any(|t| WORDS.refused.contains(&context.lower(t)))
    });
    passive_object && !names_claim(context, one)
}

/// Whether the content is a person: "questioned Anna Weber".
pub(super) fn is_person(context: &Context<'_>, one: &Found) -> bool {
    one.content.first().is_some_and(|piece| {
        let first = context.doc.tokens_in(piece.clone()).start;
        let pronoun = WORDS.persons.contains(&context.lower(first));
        pronoun
            || context
                .mention_of
                .get(first)
                .copied()
                .flatten()
                .is_some_and(|m| {
                    let mention = &context.mentions[m];
                    mention.kind == variorum_model::NameKind::Person
                        && !context
                            .doc
                            .word(mention.tokens.end)
                            .starts_with(['\'', '’'])
                })
    })
}

fn noun_of(context: &Context<'_>, one: &Found, class: Class) -> bool {
    one.content.first().is_some_and(|piece| {
        let tokens = context.doc.tokens_in(piece.clone());
        tokens
            .take(NEAR)
            .any(|t| class_at(context, t).is_some_and(|(of, _)| of == class))
    })
}
