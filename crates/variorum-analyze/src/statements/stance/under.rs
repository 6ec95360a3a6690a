//! What is no statement for where it stands: what nobody said, what is told under "if" or "the illusion that", and
//! what somebody was asked.

use std::ops::Range;

use variorum_text::tagger::Tag;

use super::words::{Class, WORDS, class_at, units};
use super::{BEFORE, NOUN, walk};
use crate::cues::{Form, Group, stands_between};
use crate::statements::{Context, Found};

/// "Nobody said", "neither side said", "not one of them said".
pub(super) fn said_by_nobody(context: &Context<'_>, one: &Found) -> bool {
    let Some(source) = &one.source else {
        return false;
    };
    let first = context.lower(source.start);
    let sentence = &context.doc.sentences[context.syntax.sentences[source.start]].tokens;
    let before = (source.start > sentence.start).then(|| context.lower(source.start - 1));
    let follows = context.lower(source.start + 1);
    // "few" but not "a few", "No. 10" but not "no".
    let numbered = first == "no" && follows == ".";
    !numbered
        && (WORDS.nobody.contains(&first)
            || before.is_some_and(|word| WORDS.nobody.contains(&word) || WORDS.is_not(&word)))
}

/// Whether a statement is told under a condition, a question, or something that turns it: "only if Weber says", "the
/// illusion that Weber intended", "it is not true that Weber said".
pub(super) fn is_under(context: &Context<'_>, one: &Found, cue: &Range<usize>) -> bool {
    let sentence = &context.doc.sentences[context.syntax.sentences[cue.start]].tokens;
    let source = one.source.as_ref().filter(|s| s.end <= cue.start);
    let start = source.map_or_else(|| walk(context, sentence.start, cue.start), |s| s.start);
    if start <= sentence.start || context.quotation_of[start - 1] != context.quotation_of[start] {
        return false;
    }
    let before = context.lower(start - 1);
    if WORDS.conditions.contains(&before) {
        return true;
    }
    // "(denied the claim) that the late mayor, Weber, |promised".
    let noun = |t: usize| !context.is_mark(t) && !context.tag(t).is_verb();
    let that = (sentence.start..start)
        .rev()
        .take(NOUN)
        .take_while(|&t| noun(t))
        .find(|&t| context.lower(t) == "that");
    let Some(that) = that else { return false };
    let mut at = that;
    while at > sentence.start && that - at < BEFORE {
        let verb = context.tag(at - 1).is_verb();
        let goes_on = class_at(context, at - 1).is_some()
            || stands_between(&context.lower(at - 1))
            || !verb && !context.is_mark(at - 1);
        if !goes_on {
            break;
        }
        at -= 1;
    }
    units(context, at..that).iter().any(|unit| {
        matches!(
            unit.class,
            Class::Not
                | Class::Deny
                | Class::Reject
                | Class::Doubt
                | Class::Decline
                | Class::Short
                | Class::Illusion
        )
    })
}

/// "When asked about the ferry", "asked whether it was late, she said": whoever stands there was asked.
pub(super) fn is_asked(context: &Context<'_>, cue: &Range<usize>) -> bool {
    let sentence = &context.doc.sentences[context.syntax.sentences[cue.start]].tokens;
    let past = matches!(context.tag(cue.start), Tag::VerbPast | Tag::VerbParticiple);
    let known = context
        .cues_in(cue.clone())
        .first()
        .is_none_or(|c| c.form == Form::Past);
    if !past || !known {
        return false;
    }
    let opens = (sentence.start..cue.start).all(|t| context.is_mark(t));
    let when = cue.start > sentence.start && WORDS.when.contains(&context.lower(cue.start - 1));
    let addresses = class_at(context, cue.start).is_some_and(|(class, _)| class == Class::Ask)
        || context
            .cues_in(cue.clone())
            .iter()
            .any(|c| c.is(Group::Tell));
    when || opens && addresses
}
