//! Statements as the trained labeller finds them: its spans, with the outlet named beside the cue.

use std::ops::Range;

use variorum_model::StatementKind;
use variorum_text::attribution::{Attribution, View, attributions};

use super::content::{trim, via};
use super::source::is_negated_or_passive;
use super::{Context, Found, outlet};
use crate::cues::{Cue, Group};

/// The statements that the labeller finds, completed by those that the rules find: a source where the
/// labeller has none, and whole statements where it has nothing.
pub(super) fn completed(context: &Context<'_>, by_rule: Vec<Found>) -> Vec<Found> {
    let view = View::new(context.doc, context.syntax, &context.quotations);
    let found = attributions(&view);
    let mut found: Vec<Found> = found
        .iter()
        .filter_map(|one| statement(context, one))
        .collect();
    // "According to Reuters, Weber said no" is Weber's, which the rules know how to read.
    found.retain(|one| !is_outlet(context, one) || !by_rule.iter().any(|rule| same(one, rule)));
    // "Weber did not say when": nothing was said.
    found.retain(|one| {
        let cue = one.cue.clone().unwrap_or_default();
        let says = |c: &&Cue| cue.contains(&c.tokens.start) && c.is(Group::Say);
        !context.cues.iter().find(says).is_some_and(|say| {
            let sentence = context.syntax.sentences[say.tokens.start];
            let tokens = context.doc.sentences[sentence].tokens.clone();
            is_negated_or_passive(context, &tokens, say)
                && context.doc.word(say.tokens.start) == "say"
        })
    });
    for one in &mut found {
        if let Some(rule) = by_rule.iter().find(|rule| share_cue(one, rule)) {
            reconcile(context, one, rule);
        }
    }
    for rule in by_rule.iter().filter(|rule| is_quotation(context, rule)) {
        if !found.iter().any(|one| share_cue(one, rule)) {
            for one in &mut found {
                carve(context, one, rule);
            }
        }
    }
    found.retain(|one| !one.content.is_empty());
    for one in found.iter_mut().filter(|one| one.source.is_none()) {
        let Some(rule) = by_rule
            .iter()
            .find(|rule| rule.source.is_some() && same(one, rule))
        else {
            continue;
        };
        one.source.clone_from(&rule.source);
        one.frame = one.frame.start.min(rule.frame.start)..one.frame.end.max(rule.frame.end);
        one.via = one.via.take().or_else(|| rule.via.clone());
    }
    let missed: Vec<Found> = by_rule
        .into_iter()
        .filter(|rule| !found.iter().any(|one| same(one, rule)))
        .collect();
    found.extend(missed);
    found
}

/// Takes from the rule's reading of the same cue what rules read better: quotations, a content that the
/// report interrupts or ends with who reports it, the words behind the person who is told or behind a colon, and
/// where a source begins behind other words.
fn reconcile(context: &Context<'_>, one: &mut Found, rule: &Found) {
    if let (Some(mine), Some(its)) = (&one.source, &rule.source)
        && its.start > mine.start
        && its.end == mine.end
        && context.is_mark(its.start - 1)
    {
        one.source = Some(its.clone());
        // What stood in front of the source belongs to what is said: "... the carrier Ottoline, the board found".
        let (mine, its) = (one.content.last(), rule.content.last());
        if let (Some(mine), Some(its)) = (mine, its)
            && its.end > mine.end
            && meet((mine, its))
            && let Some(last) = one.content.last_mut()
        {
            last.end = its.end;
        }
    }
    let (Some(mine), Some(its)) = (one.content.first(), rule.content.first()) else {
        return;
    };
    let between = mine.start.min(its.start)..its.start;
    let told = context
        .cues
        .iter()
        .any(|cue| cue.is(Group::Tell) && rule.cue.as_ref() == Some(&cue.tokens));
    let before = &context.doc.text[between];
    let behind_other_words = one.content.len() == 1
        && meet((mine, its))
        && its.end.abs_diff(mine.end) < SLACK
        && (told && before.ends_with(" that ") || before.ends_with(": "));
    // "... to hold talks, informs our correspondent": the end tells who reports it.
    let tail = its.end..mine.end.max(its.end);
    let reported = context.doc.text[tail.clone()].starts_with(',')
        && context
            .cues
            .iter()
            .any(|cue| tail.contains(&context.doc.bytes(cue.tokens.clone()).start));
    let holds = |r: &Range<usize>| r.start <= mine.start && r.end + SLACK > mine.end;
    let split = rule.content.len() > one.content.len() && rule.content.iter().any(holds);
    let quoted = is_quotation(context, rule) && same(one, rule);
    if behind_other_words || reported || split || quoted {
        one.content.clone_from(&rule.content);
        one.at = rule.at;
        // "rejected any suggestion that ...": what is said is no cue.
        if let (Some(cue), Some(said)) = (&mut one.cue, one.content.first()) {
            let said = context.doc.tokens_in(said.clone());
            if cue.start < said.start {
                cue.end = cue.end.min(said.start);
            }
        }
    }
}

/// A quotation with its speaker, as the rules find it.
fn is_quotation(context: &Context<'_>, rule: &Found) -> bool {
    rule.source.is_some() && !rule.elided && super::kind(context, rule) == StatementKind::Direct
}

fn share_cue(one: &Found, other: &Found) -> bool {
    one.cue.as_ref().zip(other.cue.as_ref()).is_some_and(meet)
}

/// Takes out of a content the sentences in which another statement stands whole.
fn carve(context: &Context<'_>, one: &mut Found, other: &Found) {
    let doc = context.doc;
    let (Some(first), Some(last), Some(cue)) =
        (other.content.first(), other.content.last(), &other.cue)
    else {
        return;
    };
    let cue = doc.bytes(cue.clone());
    if !one.content.iter().any(|mine| meet((mine, &cue))) {
        return;
    }
    let sentence = |byte: usize| {
        doc.sentence_at(byte)
            .map(|s| doc.sentences[s].range.clone())
    };
    let start = sentence(first.start.min(cue.start)).map_or(first.start, |s| s.start);
    let end = sentence(last.end.max(cue.end) - 1).map_or(last.end, |s| s.end);
    let pieces = one.content.iter().flat_map(|mine| {
        let before = mine.start..mine.end.min(start);
        let behind = mine.start.max(end)..mine.end;
        [before, behind]
    });
    one.content = pieces
        .filter(|piece| piece.start < piece.end)
        .map(|piece| trim(context, piece))
        .filter(|piece| !piece.is_empty())
        .collect();
}

/// How many bytes two readings of one end may differ: a stop and a mark.
const SLACK: usize = 4;

fn meet((a, b): (&Range<usize>, &Range<usize>)) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether two statements share words of their contents or of their cues.
fn same(one: &Found, other: &Found) -> bool {
    let contents = one.content.iter();
    let mut contents = contents.flat_map(|a| other.content.iter().map(move |b| (a, b)));
    let cues = one.cue.as_ref().zip(other.cue.as_ref());
    contents.any(meet) || cues.is_some_and(meet)
}

fn is_outlet(context: &Context<'_>, one: &Found) -> bool {
    let words = |source: &Range<usize>| &context.doc.text[context.doc.bytes(source.clone())];
    let source = one.source.as_ref().map(words);
    source.is_some_and(|words| outlet(words.trim_start_matches("the ")).is_some())
}

fn statement(context: &Context<'_>, one: &Attribution) -> Option<Found> {
    let content: Vec<_> = one
        .content
        .iter()
        .map(|tokens| trim(context, context.doc.bytes(tokens.clone())))
        .filter(|bytes| !bytes.is_empty())
        .collect();
    let content: Vec<_> = content
        .into_iter()
        .map(|bytes| to_the_end(context, bytes))
        .collect();
    let content = without_remains(context, content);
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
        .map(unmarked);
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
        via: via(context, &(start..(end + 4).min(context.doc.tokens.len()))),
        source,
        elided: false,
        cue: Some(one.cue.clone()),
        content,
        frame,
    })
}

/// How far source and cue of one frame stand apart at most, in tokens.
const FRAME: usize = 40;

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
