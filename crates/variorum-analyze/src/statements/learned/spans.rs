//! From the labeller's spans to a statement: sources and contents without what does not belong to them.

use std::ops::Range;

use variorum_model::NameKind;
use variorum_text::attribution::Attribution;
use variorum_text::tagger::Tag;

use super::super::content::{platform, trim};
use super::super::speakers::is_relative;
use super::super::{Context, Found};

/// The statement that the labeller's spans make; none when no content is left.
pub(super) fn statement(context: &Context<'_>, one: &Attribution) -> Option<Found> {
    let one = &without_clause(context, one);
    let content: Vec<_> = one
        .content
        .iter()
        .map(|tokens| trim(context, context.doc.bytes(tokens.clone())))
        .filter(|bytes| !bytes.is_empty())
        .map(|bytes| to_the_end(context, bytes))
        .collect();
    let content = without_remains(context, content);
    let content = one_side(context, content, &one.cue);
    let distance = |at: usize| at.abs_diff(one.cue.start);
    // Nobody inside a quotation says what stands outside it.
    let outside = |source: &&Range<usize>| {
        let quoted = |token: usize| context.quotation_of[token].is_some();
        !quoted(source.start) || quoted(one.cue.start)
    };
    let unmarked = |source: &Range<usize>| {
        let last = source.clone().rfind(|&t| !context.is_mark(t));
        source.start..last.map_or(source.end, |last| last + 1)
    };
    let source = one
        .source
        .iter()
        .filter(outside)
        .min_by_key(|source| distance(source.start))
        .map(unmarked)
        .map(|source| whole_source(context, source, &one.cue));
    let (start, end) = source
        .iter()
        .fold((one.cue.start, one.cue.end), |(start, end), source| {
            // A source far away, before other statements, is no frame for a time.
            if distance(source.start) > FRAME {
                return (start, end);
            }
            (start.min(source.start), end.max(source.end))
        });
    let frame = start..end;
    Some(Found {
        at: context
            .doc
            .tokens_in(content.first()?.clone())
            .start
            .min(start),
        via: platform(context, &(start..(end + 4).min(context.doc.tokens.len()))),
        source,
        elided: false,
        cue: Some(one.cue.clone()),
        content,
        frame,
        ..Found::default()
    })
}

/// How far source and cue of one frame stand apart at most, in tokens.
const FRAME: usize = 40;

/// Gives back to the content what a source in front of it has taken: "According to the agency, |Velmar called it
/// unhelpful".
fn without_clause(context: &Context<'_>, one: &Attribution) -> Attribution {
    let mut one = one.clone();
    let ([source], Some(content)) = (one.source.as_mut_slice(), one.content.first_mut()) else {
        return one;
    };
    // "According to a report |by the Institute, Velmar was warned".
    let sentence = &context.doc.sentences[context.syntax.sentences[source.start]].tokens;
    let mut rest = content.start..content.end.min(sentence.end);
    if one.cue.end == source.start
        && content.start == source.end
        && context.syntax.tags[content.start] == Tag::Preposition
        && let Some(comma) = rest.find(|&t| context.doc.word(t) == ",")
        && comma + 1 < content.end
    {
        source.end = comma;
        content.start = comma + 1;
    }
    let comma = source.clone().find(|&t| context.doc.word(t) == ",");
    if let Some(comma) = comma
        && one.cue.end == source.start
        && (source.end..source.end + 2).contains(&content.start)
        && !context.cues_in(comma..source.end).is_empty()
    {
        content.start = comma + 1;
        source.end = comma;
    }
    one
}

/// A source without the beginning of a clause ("The president, who has |said"), and with the name in front of a
/// role and a colon ("David Cameron, |British Prime Minister:").
fn whole_source(context: &Context<'_>, source: Range<usize>, cue: &Range<usize>) -> Range<usize> {
    let doc = context.doc;
    let Range { mut start, mut end } = source;
    let relative = |t: &usize| doc.word(*t) == "," && is_relative(&context.lower(t + 1));
    if let Some(comma) = (start + 1..end).find(relative)
        && end - comma <= 4
    {
        end = comma;
    }
    // "Weber, who sold Kelley a car last year, said": the labeller may begin behind the pronoun.
    let sentence = doc.sentences[context.syntax.sentences[start]].tokens.start;
    let opener = context.mention_of[sentence].map(|m| &context.mentions[m]);
    if let Some(opener) = opener
        && opener.kind == NameKind::Person
        && cue.start == end + 1
        && doc.word(end) == ","
        && doc.word(opener.tokens.end) == ","
        && (opener.tokens.end..start).any(|t| is_relative(&context.lower(t)))
    {
        start = sentence;
    }
    if doc.word(cue.start) == ":" && start >= 2 && doc.word(start - 1) == "," {
        let name = context.mention_of[start - 2].map(|m| &context.mentions[m]);
        start = name.map_or(start, |name| name.tokens.start);
    }
    start..end
}

/// Of a content on both sides of its cue only what follows, when a semicolon parts the other side from the cue.
fn one_side(
    context: &Context<'_>,
    mut content: Vec<Range<usize>>,
    cue: &Range<usize>,
) -> Vec<Range<usize>> {
    let cue = context.doc.bytes(cue.clone());
    let follows = content.iter().any(|piece| piece.start >= cue.end);
    content.retain(|piece| {
        let parted =
            piece.end <= cue.start && context.doc.text[piece.start..cue.start].contains(';');
        !(follows && parted)
    });
    content
}

/// The labeller reads a few sentences at a time; what begins with a quotation goes on to its end.
fn to_the_end(context: &Context<'_>, bytes: Range<usize>) -> Range<usize> {
    let at = context
        .quotations
        .partition_point(|q| q.inner.end <= bytes.start);
    match context.quotations.get(at) {
        Some(q)
            if (q.outer.start..=q.inner.start).contains(&bytes.start)
                && bytes.end < q.inner.end =>
        {
            trim(context, bytes.start..q.inner.end)
        }
        _ => bytes,
    }
}

/// A content that is quoted does not go on, behind the closing mark, with words of the report that make no
/// clause: “We are ready,” he said before a week of talks.
fn without_remains(context: &Context<'_>, mut content: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let quoted = |bytes: &Range<usize>| {
        let mut tokens = context.doc.tokens_in(bytes.clone());
        tokens.any(|t| context.quotation_of[t].is_some())
    };
    let clause = |bytes: &Range<usize>| context.has_finite(context.doc.tokens_in(bytes.clone()));
    if content.first().is_some_and(&quoted) {
        let first = content.remove(0);
        content.retain(|rest| quoted(rest) || clause(rest));
        content.insert(0, first);
    }
    content
}
