//! What stands on either side of a cue: where words that are said begin and end.

use std::ops::Range;

use variorum_text::TokenKind;

use super::stance::shows_verb;
use super::{Context, source};
use crate::cues::{Cue, Group};

/// How far behind a cue its "that", colon or quotation may stand.
pub(super) const REACH: usize = 26;

/// How many tokens the hearer of a demand takes at most.
const HEARER: usize = 8;

/// What stands before `end`, when it can be the words that are said: a quotation or a clause that
/// closes with a comma or a quotation mark.
pub(super) fn left(
    context: &Context<'_>,
    sentence: &Range<usize>,
    end: usize,
) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|&l| l >= sentence.start)?;
    let closes = matches!(context.doc.word(last), "," | "?" | "!" | "—" | "–" | "-")
        || context.is_quotation_mark(last);
    if !closes {
        return None;
    }
    left_of(context, sentence, end)
}

pub(super) fn left_of(
    context: &Context<'_>,
    sentence: &Range<usize>,
    end: usize,
) -> Option<Range<usize>> {
    let mut start = sentence.start;
    // A quotation that began in an earlier sentence belongs to this one as a whole.
    if let Some(quotation) = context.quotation_of[sentence.start] {
        let first = context
            .doc
            .tokens_in(context.quotations[quotation].inner.clone())
            .start;
        start = start.min(first);
    }
    // "Others see it differently: it is late, she said": what she said stands behind the colon.
    let plain = |t: usize| context.quotation_of[t].is_none();
    if let Some(colon) = (start..end)
        .rev()
        .find(|&t| context.doc.word(t) == ":" && plain(t))
        && context.has_finite(start..colon)
        && context.has_finite(colon..end)
    {
        start = colon + 1;
    }
    let mut end = end;
    while end > start && context.is_mark(end - 1) {
        end -= 1;
    }
    let quoted = (start..end).any(|t| context.quotation_of[t].is_some());
    let words = (start..end)
        .filter(|&t| context.doc.tokens[t].kind != TokenKind::Mark)
        .count();
    (words >= 2 && (quoted || context.has_finite(start..end)) || (quoted && words == 1))
        .then_some(start..end)
}

/// Content behind a cue.
pub(super) struct Right {
    pub content: Range<usize>,
    /// It begins with a quotation.
    pub quoted: bool,
}

pub(super) fn right(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    at: usize,
) -> Option<Right> {
    let at = if context.doc.word(at) == "," && context.quotation_from(at + 1).is_some() {
        at + 1
    } else {
        at
    };
    if cue.is(Group::Intend) && context.lower(at) == "to" {
        let content = at..end_of(context, sentence, at);
        return (content.len() >= 3).then_some(Right {
            content,
            quoted: false,
        });
    }
    if cue.is(Group::Clause) && ["of", "about"].contains(&context.lower(at).as_str()) {
        // "warned of the risk"
        let content = at + 1..end_of(context, sentence, at + 1);
        return (content.len() >= 2).then_some(Right {
            content,
            quoted: false,
        });
    }
    let stop = (at + REACH).min(sentence.end);
    let mut quote = None;
    let mut that = None;
    for t in at..stop {
        if context.quotation_from(t).is_some() {
            quote = Some(t);
            break;
        }
        let lower = context.lower(t);
        if lower == "that" || context.doc.word(t) == ":" {
            // "that |the ferry sank", but "|that offer".
            let joins = lower != "that" || shows_verb(context, t + 1);
            that = Some(t + usize::from(joins));
            break;
        }
        if context.mention_of[t].is_none() && variorum_text::words::is_finite(&lower) {
            break;
        }
    }
    let close_to_cue = |t: usize| t <= at + 1 || is_adverbial(context, cue, at..t);
    let make = |start: usize, quoted: bool| {
        let end = end_of(context, sentence, start);
        let words = (start..end)
            .filter(|&t| context.doc.tokens[t].kind != TokenKind::Mark)
            .count();
        (words >= 2 || (quoted && words >= 1)).then_some(Right {
            content: start..end,
            quoted,
        })
    };
    if let Some(start) = that.filter(|&t| close_to_cue(t - 1)) {
        let start = if context.doc.word(start) == "," {
            start + 1
        } else {
            start
        };
        return make(start, context.quotation_from(start).is_some());
    }
    if let Some(start) = quote.filter(|&t| close_to_cue(t)) {
        return make(start, true);
    }
    // A bare clause or thing.
    let start = skip_adverbials(context, sentence, cue, at);
    if cue.is(Group::Demand) && context.lower(start) == "to" {
        // "proposed to the other side to hold talks": what is demanded stands behind the hearer.
        let verb = |&t: &usize| {
            context.lower(t) == "to" && !context.is_mark(t + 1) && is_bare_word(context, t + 1)
        };
        let mut near = start..(start + HEARER).min(sentence.end);
        return make(near.find(verb).unwrap_or(start), false);
    }
    if start >= sentence.end
        || context.is_mark(start) && !matches!(context.doc.word(start), "$" | "€" | "£")
    {
        return None;
    }
    let lower = context.lower(start);
    let rest = start..end_of(context, sentence, start);
    let asks = ["how", "why", "what", "whether", "if", "where"].contains(&lower.as_str());
    let finite = context.has_finite(rest.clone());
    let preposition = [
        "of", "on", "in", "at", "by", "with", "about", "to", "as", "for", "after", "from", "into",
    ]
    .contains(&lower.as_str());
    let clause = finite && !preposition;
    let says = (cue.is(Group::Say) || cue.is(Group::Tell)) && clause;
    let states = cue.is(Group::Clause) && (asks || (clause && clause_soon(context, rest)));
    let demands = cue.is(Group::Demand) && (!preposition || lower == "to");
    let judges = cue.is(Group::Judge) && !preposition;
    if !(says || states || demands || judges) {
        return None;
    }
    make(start, false)
}

/// Whether a token may be an infinitive: in lower case and no function word.
fn is_bare_word(context: &Context<'_>, token: usize) -> bool {
    let word = context.doc.word(token);
    let lower = word.starts_with(char::is_lowercase);
    lower && !variorum_text::words::is_function_word(word)
}

/// Whether a subject and a finite verb stand near the beginning ("noted Russia had agreed").
fn clause_soon(context: &Context<'_>, rest: Range<usize>) -> bool {
    let near = rest.start..rest.end.min(rest.start + 8);
    let subject = context.mention_of[rest.start].is_some()
        || variorum_text::words::is_subject_pronoun(&context.lower(rest.start))
        || ["the", "his", "her", "their", "its", "no"]
            .contains(&context.lower(rest.start).as_str());
    subject
        && near
            .clone()
            .any(|t| variorum_text::words::is_finite(&context.lower(t)))
}

/// Whether the tokens between a cue and its content tell only where, when or to whom.
fn is_adverbial(context: &Context<'_>, cue: &Cue, tokens: Range<usize>) -> bool {
    let first = context.lower(tokens.start);
    cue.is(Group::Tell)
        || context.time_of[tokens.start].is_some()
        || context.doc.word(tokens.start) == ","
        || first.ends_with("ly")
        || [
            "in",
            "at",
            "on",
            "to",
            "after",
            "during",
            "before",
            "from",
            "through",
            "via",
            "this",
            "late",
            "early",
            "about",
            "of",
            "by",
            "again",
            "when",
            "as",
            "here",
            "today",
            "yesterday",
            "later",
            "for",
            "with",
            "over",
            "it",
            "is",
            "–",
            "—",
        ]
        .contains(&first.as_str())
}

/// Skips the hearer of a telling verb and the adverbials in front of a bare clause.
fn skip_adverbials(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    mut at: usize,
) -> usize {
    if cue.is(Group::Tell) {
        if let Some(mention) = context
            .mention_of
            .get(at + 1)
            .copied()
            .flatten()
            .filter(|_| ["the", "a"].contains(&context.lower(at).as_str()))
            .or(context.mention_of.get(at).copied().flatten())
        {
            at = context.mentions[mention].tokens.end.max(at + 1);
        } else if at < sentence.end && !context.is_mark(at) {
            let determined = variorum_text::words::is_function_word(&context.lower(at));
            let pronoun =
                ["him", "her", "them", "us", "me", "you"].contains(&context.lower(at).as_str());
            at += if determined && !pronoun { 2 } else { 1 };
        }
    }
    loop {
        if at >= sentence.end {
            return at;
        }
        let lower = context.lower(at);
        let before_time = at + 1 < sentence.end
            && ["on", "in", "this", "late", "early"].contains(&lower.as_str())
            && context.time_of[at + 1].is_some();
        let adverb = lower.len() > 4 && lower.ends_with("ly");
        if !(context.time_of[at].is_some() || before_time || adverb) {
            return at;
        }
        at += 1;
    }
}

/// Where content that begins at `start` ends: with its sentence, before another source that speaks
/// in the same sentence, or with the quotation that it opens.
pub(super) fn end_of(context: &Context<'_>, sentence: &Range<usize>, start: usize) -> usize {
    let mut end = sentence.end;
    // A quotation that runs on behind the sentence is said as a whole.
    if let Some(quotation) = context.quotation_from(start) {
        let tokens = context.doc.tokens_in(quotation.outer.clone());
        if tokens.end >= sentence.end {
            return tokens.end;
        }
        let next = context.lower(tokens.end);
        let ends = context.is_mark(tokens.end)
            || [
                "as", "while", "in", "at", "during", "after", "on", "when", "before", "and", "but",
                "to", "from", "with", "for",
            ]
            .contains(&next.as_str());
        if ends && !context.doc.word(tokens.end).starts_with('(') {
            return tokens.end;
        }
    }
    if let Some(quotation) = context.quotation_of[sentence.end - 1] {
        let tokens = context
            .doc
            .tokens_in(context.quotations[quotation].outer.clone());
        end = end.max(tokens.end);
    }
    let first = context.cues.partition_point(|c| c.tokens.start < start);
    for cue in &context.cues[first..] {
        if cue.tokens.start >= end {
            break;
        }
        if context.quotation_of[cue.tokens.start].is_some() {
            continue;
        }
        if cue.is(Group::Before) {
            let mut at = cue.tokens.start;
            if at > start && context.doc.word(at - 1) == "," {
                at -= 1;
            }
            return at.max(start);
        }
        let says = cue.is(Group::Say) || cue.is(Group::Clause) || cue.is(Group::Tell);
        if !says && context.lower(cue.tokens.end) != "that" {
            continue;
        }
        // "..., reports our correspondent": a source behind its cue ends it too.
        let comma = cue.tokens.start - 1;
        if comma > start
            && context.doc.word(comma) == ","
            && source::behind(context, sentence, cue).is_some_and(|by| by.end + 4 >= sentence.end)
        {
            return comma;
        }
        let Some(other) = source::before(context, sentence, cue).filter(|b| !b.elided) else {
            continue;
        };
        if other.tokens.start <= start + 1 {
            continue;
        }
        let mut at = other.tokens.start;
        let joint = context.lower(at - 1);
        let joins = matches!(
            joint.as_str(),
            "and" | "but" | "," | "while" | ";" | "whereas" | "as" | "—"
        );
        if joins {
            at -= 1;
            if at > start && matches!(context.doc.word(at - 1), "," | ";") {
                at -= 1;
            }
            return at;
        }
    }
    end
}
