//! The words that are said: which side of the cue they stand on, and what source and cue make with
//! them.

use std::ops::Range;

use variorum_model::NameKind;
use variorum_text::outlets;

use super::sides::{REACH, end_of, left, left_of, right};
use super::source::{self, Before};
use super::{Context, Found};
use crate::cues::{Cue, Form, Group};

/// Of a longer quotation, in tokens, the closing mark is missing: not all of it belongs to a cue inside of it.
const LONGEST_QUOTATION: usize = 1000;

/// "X said A" and "A, X said" and "A, X said, B".
pub(super) fn regular(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    before: Before,
    earlier: &[Found],
) -> Option<Found> {
    let frame_start = before.tokens.start;
    let left = left(context, sentence, frame_start);
    let right = right(context, sentence, cue, cue.tokens.end);
    let as_clause = frame_start >= sentence.start + 2
        && context.lower(frame_start - 1) == "as"
        && context.doc.word(frame_start - 2) == ",";
    let left = if as_clause {
        left_of(context, sentence, frame_start - 2)
    } else {
        left
    };
    if let Some(shared) = earlier.last().filter(|_| as_clause) {
        // "X supported the position that A, as Y had complained": Y said A, not that X supports it.
        let mut found = shared.clone();
        found.source = Some(before.tokens);
        found.cue = Some(cue.tokens.clone());
        found.frame = frame_start..sentence.end;
        return Some(found);
    }
    let quoted_left = left
        .as_ref()
        .is_some_and(|l| context.quotation_of[l.end - 1].is_some());
    let takes_left =
        cue.is(Group::Say) || cue.is(Group::Clause) || cue.is(Group::Quote) || cue.is(Group::Tell);
    let left = left.filter(|_| takes_left);
    let rest = left
        .as_ref()
        .filter(|_| !quoted_left)
        .and_then(|_| inserted(context, sentence, cue));
    let (content, frame) = match (left, rest, right) {
        // "If it fails, she said, they would go": the frame is an insertion.
        (Some(left), Some(rest), _) => {
            let frame = frame_start..rest.start;
            (vec![left, rest], frame)
        }
        (Some(left), _, None) => (vec![left], frame_start..sentence.end),
        (Some(left), _, Some(right)) if quoted_left || as_clause => {
            // “A,” he said, “B.”
            if right.quoted && !as_clause {
                let frame = frame_start..right.content.start;
                (vec![left, right.content], frame)
            } else {
                (vec![left], frame_start..sentence.end)
            }
        }
        (_, _, Some(right)) => {
            let frame = frame_start..right.content.start;
            (vec![right.content], frame)
        }
        (None, _, None) => return None,
    };
    build(context, Some(before.tokens), false, cue, content, frame)
}

/// What goes on behind a cue that closes with a comma, when it is no quotation and no other saying.
fn inserted(context: &Context<'_>, sentence: &Range<usize>, cue: &Cue) -> Option<Range<usize>> {
    let comma = (cue.tokens.end..sentence.end)
        .take(5)
        .take_while(|&t| {
            t == cue.tokens.end
                || context.time_of[t - 1].is_some()
                || context.time_of[t].is_some()
                || context.lower(t - 1) == "on"
        })
        .find(|&t| context.doc.word(t) == ",")?;
    let start = comma + 1;
    let other = !context.cues_in(start..start + 1).is_empty();
    if start >= sentence.end || other || context.is_mark(start) || context.lower(start) == "that" {
        return None;
    }
    let rest = start..end_of(context, sentence, start);
    context.has_finite(rest.clone()).then_some(rest)
}

/// "A, said X", "A, said X, B".
pub(super) fn inverted(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    behind: Range<usize>,
) -> Option<Found> {
    let start = if context.lower(cue.tokens.start - 1) == "and" {
        cue.tokens.start - 1
    } else {
        cue.tokens.start
    };
    let mut content = vec![left(context, sentence, start)?];
    let mut frame = cue.tokens.start..behind.end;
    let mut at = behind.end;
    let stop = (at + REACH).min(sentence.end);
    while at < stop && !context.has_finite(at..at + 1) {
        // “A,” said X, “B.” and ... said X, for whom “B”.
        if context.quotation_from(at).is_some() || context.lower(at) == "that" {
            let begin = if context.lower(at) == "that" {
                at + 1
            } else {
                at
            };
            let whom = at >= 2 && context.lower(at - 1) == "whom";
            let comma = at >= 1 && context.doc.word(at - 1) == ",";
            if whom || comma {
                content.push(begin..end_of(context, sentence, begin));
                frame.end = begin;
            }
            break;
        }
        let cues = context.cues_in(at..at + 1);
        if cues.iter().any(|c| c.form == Form::Participle) {
            break;
        }
        at += 1;
    }
    build(context, Some(behind), false, cue, content, frame)
}

/// "... and said A", ", adding that A": the source stands elsewhere or is known from before.
pub(super) fn elided(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    subject: Option<Range<usize>>,
) -> Option<Found> {
    let content = right(context, sentence, cue, cue.tokens.end)?.content;
    let frame = cue.tokens.start..content.start;
    build(context, subject, true, cue, vec![content], frame)
}

/// "According to X, A" and "A, according to X".
pub(super) fn according_to(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
    previous: Option<&Found>,
) -> Option<Found> {
    if context.doc.word(cue.tokens.end - 1) == "whom" {
        // "..., for whom “A”" is taken with the cue before it, where there is one.
        return previous.is_none().then_some(()).and_then(|()| {
            let end = cue.tokens.start.checked_sub(1)?;
            let source = source::phrase_ending(context, sentence, end)?;
            let begin = cue.tokens.end;
            let content = begin..end_of(context, sentence, begin);
            let content = Vec::from([content]);
            build(
                context,
                Some(source),
                false,
                cue,
                content,
                cue.tokens.clone(),
            )
        });
    }
    let source = source::phrase_from(context, sentence, cue.tokens.end).or_else(|| {
        // Any noun phrase will do behind "according to": up to the comma or the end.
        let end = (cue.tokens.end..sentence.end)
            .take(12)
            .find(|&t| context.is_mark(t) && !matches!(context.doc.word(t), "'" | "’" | "-"))?;
        (end > cue.tokens.end).then_some(cue.tokens.end..end)
    })?;
    let opens = cue.tokens.start <= sentence.start + 1
        || context.is_mark(cue.tokens.start - 1)
            && left(context, sentence, cue.tokens.start).is_none();
    let words = &context.doc.text[context.doc.bytes(source.clone())];
    let content = if opens {
        let comma = (source.end..sentence.end)
            .take(14)
            .find(|&t| context.doc.word(t) == ",")?;
        comma + 1..end_of(context, sentence, comma + 1)
    } else {
        left(context, sentence, cue.tokens.start)
            .or_else(|| left_of(context, sentence, cue.tokens.start))?
    };
    let frame = cue.tokens.start..source.end;
    let via = context.outlet(words);
    let mut found = build(context, Some(source), false, cue, vec![content], frame)?;
    found.via = if opens { via } else { None };
    found.at = cue.tokens.start;
    Some(found)
}

/// “A, warned X. B”: a cue inside the quotation marks that are not its own.
pub(super) fn interruption(
    context: &Context<'_>,
    sentence: &Range<usize>,
    cue: &Cue,
) -> Option<Found> {
    if cue.form == Form::Participle || cue.tokens.start == sentence.start {
        return None;
    }
    let quotation = &context.quotations[context.quotation_of[cue.tokens.start]?];
    if context.doc.tokens_in(quotation.inner.clone()).len() > LONGEST_QUOTATION {
        return None;
    }
    let comma = cue.tokens.start - 1;
    let inverted = context.doc.word(comma) == ",";
    let named = |tokens: &Range<usize>| {
        tokens.clone().any(|t| {
            context.mention_of[t].is_some_and(|m| context.mentions[m].kind == NameKind::Person)
        })
    };
    if !inverted {
        return None;
    }
    // Only a person's name: a pronoun may be somebody whom the speaker quotes.
    let start = cue.tokens.end;
    let mention = context.mention_of.get(start).copied().flatten()?;
    let source = start..context.mentions[mention].tokens.end;
    if !named(&source) {
        return None;
    }
    let closes = context.doc.word(source.end);
    if !(closes == "." || closes == "," || source.end >= sentence.end) {
        return None;
    }
    let before = quotation.inner.start..context.doc.tokens[comma].start;
    let behind_start = context
        .doc
        .tokens
        .get(source.end + 1)
        .map_or(quotation.inner.end, |t| t.start);
    let mut content = vec![trim(context, before)];
    if behind_start < quotation.inner.end {
        content.push(trim(context, behind_start..quotation.inner.end));
    }
    content.retain(|c| !c.is_empty());
    Some(Found {
        source: Some(source.clone()),
        elided: false,
        cue: Some(cue.tokens.clone()),
        at: context.doc.tokens_in(content.first()?.clone()).start,
        content,
        frame: cue.tokens.start..source.end,
        ..Found::default()
    })
}

/// Ends the content of earlier statements where a statement with an elided subject begins.
pub(super) fn cut_before(context: &Context<'_>, found: &mut [Found], token: usize) {
    let mut token = token;
    while token > 0
        && (crate::cues::stands_between(&context.lower(token - 1))
            || ["and", "but", ","].contains(&context.lower(token - 1).as_str()))
    {
        token -= 1;
    }
    let Some(byte) = context.doc.tokens.get(token).map(|t| t.start) else {
        return;
    };
    for one in found {
        for content in &mut one.content {
            if content.start < byte && byte < content.end {
                *content = trim(context, content.start..byte);
            }
        }
    }
}

/// Puts a statement together from token ranges.
fn build(
    context: &Context<'_>,
    source: Option<Range<usize>>,
    elided: bool,
    cue: &Cue,
    content: Vec<Range<usize>>,
    frame: Range<usize>,
) -> Option<Found> {
    let content: Vec<_> = content
        .into_iter()
        .map(|tokens| trim(context, context.doc.bytes(tokens)))
        .filter(|bytes| !bytes.is_empty())
        .collect();
    let at = context
        .doc
        .tokens_in(content.first()?.clone())
        .start
        .min(frame.start);
    let via = platform(context, &frame);
    Some(Found {
        source,
        elided,
        cue: Some(cue.tokens.clone()),
        content,
        frame,
        via,
        at,
        ..Found::default()
    })
}

/// The platform in a frame: "wrote on Twitter". Media of their own are read by `crate::via`.
pub(super) fn platform(context: &Context<'_>, frame: &Range<usize>) -> Option<String> {
    frame.clone().find_map(|t| {
        let before = t.checked_sub(1).map(|t| context.lower(t))?;
        let mention = &context.mentions[context.mention_of[t]?];
        let is_platform = before == "on" && outlets::is_platform(&mention.name);
        is_platform.then(|| mention.name.clone())
    })
}

/// Content without white space and stops at its ends. Quotation marks go too, unless only one of a
/// pair stands at an end: “Yes” loses both, “no” for now keeps them.
pub(super) fn trim(context: &Context<'_>, bytes: Range<usize>) -> Range<usize> {
    let loose = |c: char| c.is_whitespace() || ",;:—–".contains(c);
    let mark = |c: char| "“”\"«»„‘’'".contains(c);
    let Range { mut start, mut end } = bytes;
    loop {
        let text = &context.doc.text[start..end];
        let front =
            text.trim_start_matches(|c: char| loose(c) || matches!(c, '.' | '!' | '?' | '…'));
        let back = front.trim_end_matches(|c: char| loose(c) || c == '.');
        start += text.len() - front.len();
        end = start + back.len();
        let first = back
            .chars()
            .next()
            .filter(|&c| mark(c))
            .map_or(0, char::len_utf8);
        let last = back
            .chars()
            .next_back()
            .filter(|&c| mark(c))
            .map_or(0, char::len_utf8);
        let quotations = &context.quotations;
        let opens = quotations
            .get(quotations.partition_point(|q| q.outer.start < start))
            .filter(|q| q.outer.start == start);
        let closes = quotations
            .get(quotations.partition_point(|q| q.outer.end < end))
            .filter(|q| q.outer.end == end);
        let cut_front = first > 0 && opens.is_none_or(|q| q.outer.end >= end);
        let cut_back = last > 0 && closes.is_none_or(|q| q.outer.start <= start);
        if back.is_empty() || !(cut_front || cut_back) {
            return start..end;
        }
        start += if cut_front { first } else { 0 };
        end = (end - if cut_back { last } else { 0 }).max(start);
    }
}
