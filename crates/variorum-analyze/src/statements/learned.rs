//! Statements as the trained labeller finds them: its spans, with the outlet named beside the cue.

use std::ops::Range;

use variorum_model::{NameKind, StatementKind};
use variorum_text::attribution::{Attribution, View, attributions};
use variorum_text::tagger::Tag;

use super::content::{trim, via};
use super::source::is_negated_or_passive;
use super::speakers::is_relative;
use super::weak::is_weak;
use super::{Context, Found, outlet};
use crate::cues::{Cue, Group};

/// The statements that the labeller finds, completed by those that the rules find: a source where the
/// labeller has none, and whole statements where it has nothing.
pub(super) fn completed(context: &Context<'_>, mut by_rule: Vec<Found>) -> Vec<Found> {
    let view = View::new(context.doc, context.syntax, &context.quotations);
    let found = attributions(&view);
    let mut found: Vec<Found> = found
        .iter()
        .filter_map(|one| statement(context, one))
        .collect();
    for one in found.iter_mut().chain(&mut by_rule) {
        quoted_as_saying(context, one);
    }
    pass_on(context, &mut found);
    pass_on(context, &mut by_rule);
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
    // "Kelley was found guilty in 2012, the Pentagon reported": what is reported holds no other statement.
    let reports: Vec<Found> = by_rule
        .iter()
        .filter(|rule| is_told_behind(context, rule))
        .filter(|rule| !found.iter().any(|one| share_cue(one, rule)))
        .cloned()
        .collect();
    let is_reported = |one: &Found| {
        let cue = context.doc.bytes(one.cue.clone().unwrap_or_default());
        let mut contents = reports.iter().flat_map(|rule| &rule.content);
        super::kind(context, one) == StatementKind::Indirect
            && contents.any(|content| content.contains(&cue.start))
    };
    found.retain(|one| !is_reported(one));
    by_rule.retain(|rule| !is_reported(rule));
    for one in &mut found {
        if let Some(rule) = by_rule.iter().find(|rule| share_cue(one, rule)) {
            reconcile(context, one, rule);
        }
    }
    // "rejected any suggestion that ...": what is said is no cue.
    for one in &mut found {
        if let (Some(cue), Some(said)) = (&mut one.cue, one.content.first()) {
            let said = context.doc.tokens_in(said.clone());
            if cue.start < said.start {
                cue.end = cue.end.min(said.start);
            }
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
    // "Its union sees things differently: ..., Haugen said": Haugen's words, whatever the labeller makes of them.
    found.retain(|one| {
        !is_weak(context, one)
            || !by_rule
                .iter()
                .any(|rule| same(one, rule) && is_told_behind(context, rule))
    });
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
        && (before.ends_with(" that ") && (told || tells_where(before)) || before.ends_with(": "));
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
    let its_end = its.end;
    if behind_other_words || reported || split || quoted {
        one.content.clone_from(&rule.content);
        one.at = rule.at;
    } else if lacks_day(context, one, rule)
        && let Some(last) = one.content.last_mut()
    {
        last.end = its_end;
    }
}

/// Whether nothing but a day parts the end of a content from where the rule sees it: "(to meet) |on Friday, March 13".
fn lacks_day(context: &Context<'_>, one: &Found, rule: &Found) -> bool {
    let ([mine], [its]) = (one.content.as_slice(), rule.content.as_slice()) else {
        return false;
    };
    let rest = mine.end..its.end.max(mine.end);
    let mut tokens = context.doc.tokens_in(rest.clone());
    meet((mine, its))
        && !rest.is_empty()
        && tokens.all(|t| {
            let preposition = ["on", "in", "at", "by"].contains(&context.lower(t).as_str());
            context.time_of[t].is_some() || context.is_mark(t) || preposition
        })
}

/// Whether words in front of a content tell where it was said: "(said) in their ruling that".
fn tells_where(before: &str) -> bool {
    let first = before.split(' ').next().unwrap_or_default();
    ["in", "at", "on", "during"].contains(&first) && before.len() < 60
}

/// Whether words of the report are followed by who says them: "..., Weber said".
fn is_told_behind(context: &Context<'_>, rule: &Found) -> bool {
    let (Some(cue), Some(source), Some(last)) = (&rule.cue, &rule.source, rule.content.last())
    else {
        return false;
    };
    let says = |c: &&Cue| c.tokens == *cue && (c.is(Group::Say) || c.is(Group::Clause));
    let behind = last.end
        <= context
            .doc
            .bytes(source.start.min(cue.start)..source.end)
            .start;
    behind && !rule.elided && context.cues.iter().any(|c| says(&c))
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

/// "The agency quoted Weber as saying no": the statement is Weber's, by way of the agency.
fn quoted_as_saying(context: &Context<'_>, one: &mut Found) {
    let cue = one.cue.clone().unwrap_or_default();
    let quotes = ["quoted", "quotes", "quoting", "cited", "cites", "citing"];
    let Some(verb) = cue
        .clone()
        .find(|&t| quotes.contains(&context.lower(t).as_str()))
    else {
        return;
    };
    let quoted = (verb + 1..context.doc.tokens.len())
        .take(3)
        .find_map(|t| context.mention_of[t])
        .map(|m| &context.mentions[m])
        .filter(|m| m.kind == NameKind::Person);
    if let Some(person) = quoted
        && context.lower(person.tokens.end) == "as"
        && ["saying", "telling"].contains(&context.lower(person.tokens.end + 1).as_str())
    {
        one.via = one.via.take().or_else(|| outlet_of(context, one));
        one.source = Some(person.tokens.clone());
        one.cue = Some(verb..verb + 1);
    }
}

/// "Weber said no, according to Reuters": the statement is Weber's, by way of Reuters.
fn pass_on(context: &Context<'_>, found: &mut Vec<Found>) {
    let mut outlets: Vec<Found> = Vec::new();
    found.retain(|one| {
        let is_outlet = is_outlet(context, one);
        if is_outlet {
            outlets.push(one.clone());
        }
        !is_outlet
    });
    for outlet in outlets {
        let held = |one: &&mut Found| {
            let cue = context.doc.bytes(one.cue.clone().unwrap_or_default());
            one.source.is_some()
                && outlet
                    .content
                    .iter()
                    .any(|content| content.contains(&cue.start))
        };
        match found.iter_mut().find(held) {
            Some(one) => one.via = one.via.take().or_else(|| outlet_of(context, &outlet)),
            None => found.push(outlet),
        }
    }
}

/// The usual name of the outlet that a statement's source is.
fn outlet_of(context: &Context<'_>, one: &Found) -> Option<String> {
    let source = one.source.clone()?;
    let words = &context.doc.text[context.doc.bytes(source)];
    outlet(words.trim_start_matches("the "))
}

fn is_outlet(context: &Context<'_>, one: &Found) -> bool {
    outlet_of(context, one).is_some()
}

fn statement(context: &Context<'_>, one: &Attribution) -> Option<Found> {
    let one = &without_clause(context, one);
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
        via: via(context, &(start..(end + 4).min(context.doc.tokens.len()))),
        source,
        elided: false,
        cue: Some(one.cue.clone()),
        content,
        frame,
    })
}

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
    let verb = |t: usize| context.cues.iter().any(|cue| cue.tokens.start == t);
    if let Some(comma) = comma
        && one.cue.end == source.start
        && (source.end..source.end + 2).contains(&content.start)
        && (comma..source.end).any(verb)
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
