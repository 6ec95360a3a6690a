//! The words that are said: which side of the cue they stand on, where they begin and end.

use std::ops::Range;

use variorum_model::NameKind;
use variorum_text::TokenKind;

use super::source::{self, Before};
use super::{Context, Found, outlet};
use crate::cues::{Cue, Form, Group};

/// How far behind a cue its "that", colon or quotation may stand.
const REACH: usize = 26;

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
    let (content, frame) = match (left.filter(|_| takes_left), right) {
        (Some(left), None) => (vec![left], frame_start..sentence.end),
        (Some(left), Some(right)) if quoted_left || as_clause => {
            // “A,” he said, “B.”
            if right.quoted && !as_clause {
                let frame = frame_start..right.content.start;
                (vec![left, right.content], frame)
            } else {
                (vec![left], frame_start..sentence.end)
            }
        }
        (_, Some(right)) => {
            let frame = frame_start..right.content.start;
            (vec![right.content], frame)
        }
        (None, None) => return None,
    };
    build(context, Some(before.tokens), false, cue, content, frame)
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
        if context
            .cues
            .iter()
            .any(|c| c.tokens.start == at && c.form == Form::Participle)
        {
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
            let content = vec![begin..end_of(context, sentence, begin)];
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
    let via = outlet(words.trim_start_matches("the "));
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
        via: None,
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

/// What stands before `end`, when it can be the words that are said: a quotation or a clause that
/// closes with a comma or a quotation mark.
fn left(context: &Context<'_>, sentence: &Range<usize>, end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|&l| l >= sentence.start)?;
    let closes = matches!(context.doc.word(last), "," | "?" | "!" | "—" | "–" | "-")
        || context.is_quotation_mark(last);
    if !closes {
        return None;
    }
    left_of(context, sentence, end)
}

fn left_of(context: &Context<'_>, sentence: &Range<usize>, end: usize) -> Option<Range<usize>> {
    let mut start = sentence.start;
    // A quotation that began in an earlier sentence belongs to this one as a whole.
    if let Some(quotation) = context.quotation_of[sentence.start] {
        let first = context
            .doc
            .tokens_in(context.quotations[quotation].inner.clone())
            .start;
        start = start.min(first);
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
struct Right {
    content: Range<usize>,
    /// It begins with a quotation.
    quoted: bool,
}

fn right(context: &Context<'_>, sentence: &Range<usize>, cue: &Cue, at: usize) -> Option<Right> {
    let at = if context.doc.word(at) == "," && context.quotation_from(at + 1).is_some() {
        at + 1
    } else {
        at
    };
    if cue.is(Group::Intend) && context.lower(at) == "to" {
        let content = at..end_of(context, sentence, at);
        return (content.len() >= 3).then_some(Right { content, quoted: false });
    }
    if cue.is(Group::Clause) && ["of", "about"].contains(&context.lower(at).as_str()) {
        // "warned of the risk"
        let content = at + 1..end_of(context, sentence, at + 1);
        return (content.len() >= 2).then_some(Right { content, quoted: false });
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
            that = Some(t + 1);
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
    let fits = (cue.is(Group::Say) && finite && !preposition)
        || (cue.is(Group::Tell) && finite && !preposition)
        || (cue.is(Group::Clause)
            && (asks || (finite && !preposition && clause_soon(context, rest.clone()))))
        || (cue.is(Group::Demand) && (!preposition || lower == "to") && lower != "by")
        || (cue.is(Group::Judge) && !preposition);
    if !fits {
        return None;
    }
    make(start, false)
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
        if context.time_of[at].is_some() {
            at += 1;
        } else if at + 1 < sentence.end
            && ["on", "in", "this", "late", "early"].contains(&lower.as_str())
            && context.time_of[at + 1].is_some()
        {
            at += 1;
        } else if lower.len() > 4 && lower.ends_with("ly") {
            at += 1;
        } else {
            return at;
        }
    }
}

/// Where content that begins at `start` ends: with its sentence, before another source that speaks
/// in the same sentence, or with the quotation that it opens.
fn end_of(context: &Context<'_>, sentence: &Range<usize>, start: usize) -> usize {
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
    let via = via(context, &frame);
    Some(Found {
        source,
        elided,
        cue: Some(cue.tokens.clone()),
        content,
        frame,
        via,
        at,
    })
}

/// The medium in a frame: "told Reuters", "in an interview with the BBC", "wrote on Twitter".
fn via(context: &Context<'_>, frame: &Range<usize>) -> Option<String> {
    frame.clone().find_map(|t| {
        let before = t.checked_sub(1).map(|t| context.lower(t))?;
        if !["to", "with", "told", "tells", "the", "on", "by", "telling"].contains(&before.as_str())
        {
            return None;
        }
        let mention = &context.mentions[context.mention_of[t]?];
        outlet(&mention.name).or_else(|| {
            (before == "on"
                && [
                    "Twitter",
                    "Facebook",
                    "Telegram",
                    "Instagram",
                    "YouTube",
                    "X",
                ]
                .contains(&mention.name.as_str()))
            .then(|| mention.name.clone())
        })
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
        let front = text.trim_start_matches(|c: char| loose(c) || matches!(c, '.' | '!' | '?' | '…'));
        let back = front.trim_end_matches(|c: char| loose(c) || c == '.');
        start += text.len() - front.len();
        end = start + back.len();
        let first = back.chars().next().filter(|&c| mark(c)).map_or(0, char::len_utf8);
        let last = back.chars().next_back().filter(|&c| mark(c)).map_or(0, char::len_utf8);
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
