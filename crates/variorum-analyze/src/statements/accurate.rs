//! Statements as the encoder reads them, with what the rules know of the same words.
//!
//! The encoder says which runs of words are one thought each that a reader would list, how they are given, and which
//! words name the speaker. The linear models and rules say by which words of saying and by which medium it came, and how
//! the source stands to it; `named` decides between the speakers that both find. Each thought keeps what speaks for and
//! against it, which `certainty` weighs.

use std::ops::Range;

use variorum_encoder::Said;
use variorum_model::{Stance, StatementKind};
use variorum_text::ranges::Ranges;

use super::speakers::{Known, speakers};
use super::weak::is_weak;
use super::{Arbitrated, Context, Found, Part, named, stance, via_of};
use crate::certainty;
use crate::via::Via;

/// All statements, in text order: those of the rules with the thoughts that the encoder finds in them, and what it finds
/// elsewhere. Those without a thought are weak.
pub(super) fn statements(
    context: &Context<'_>,
    vias: &[Via],
    read: &[Said],
    mut found: Vec<Found>,
) -> Vec<Arbitrated> {
    let lying = Ranges::of(found.iter().map(|one| &one.content));
    let statements = whole(context, read, &found);
    let of_rules = found.len();
    let mut homes = Vec::new();
    for said in &statements {
        let at = home(context, said, &found, &lying);
        homes.push(at.unwrap_or(found.len()));
        if at.is_none() {
            let mut alone = Found {
                content: vec![context.doc.bytes(said.tokens.clone())],
                frame: said.tokens.start..said.tokens.start,
                at: said.tokens.start,
                ..Found::default()
            };
            alone.via = via_of(context, vias, &alone);
            found.push(alone);
        }
    }
    let known = Known::of(context);
    let resolved = speakers(context, &known, &found[..of_rules]);
    let homes_of: Vec<&Found> = homes.iter().map(|&home| &found[home]).collect();
    let candidates = named::candidates(context, &known, &statements, &homes_of);

    let mut parts: Vec<Vec<Part>> = found.iter().map(|_| Vec::new()).collect();
    for ((said, &at), candidates) in statements.iter().zip(&homes).zip(&candidates) {
        let home = Some(&found[at]).filter(|_| at < of_rules);
        let by_rules = resolved.get(at).and_then(Option::as_ref);
        let chosen = named::choose(candidates, by_rules);
        let quoted = quoted(context, said);
        let kind = kind(said, quoted);
        let told = certainty::Told {
            said,
            chosen: &chosen,
            alike: home.map(|home| alike(context, said, home)),
            weak: home.is_some_and(|home| home.unsaid || is_weak(context, home)),
            speaks: found[at].cue.is_some(),
            kind,
            quoted,
        };
        parts[at].push(Part {
            content: pieces(context, &said.tokens, &found[at]),
            kind,
            weight: weight(said),
            features: certainty::features(&told),
            speaker: chosen.speaker,
        });
    }
    let resolved = resolved.into_iter().chain(std::iter::repeat(None));
    let mut all: Vec<Arbitrated> = found
        .into_iter()
        .zip(resolved)
        .zip(parts)
        .map(|((found, resolved), parts)| Arbitrated {
            kind: super::kind(context, &found),
            weak: parts.is_empty(),
            speaker: parts.first().map_or(resolved, |part| part.speaker.clone()),
            parts: Some(parts),
            found,
        })
        .collect();
    all.sort_by_key(|one| one.found.at);
    all
}

/// The statement that holds half of some words, and most of them; `lying` tells where their contents lie.
fn home(context: &Context<'_>, said: &Said, found: &[Found], lying: &Ranges) -> Option<usize> {
    let bytes = context.doc.bytes(said.tokens.clone());
    let shared = |one: &Found| -> usize {
        let shared = |piece: &Range<usize>| {
            let end = piece.end.min(bytes.end);
            end.saturating_sub(piece.start.max(bytes.start))
        };
        one.content.iter().map(shared).sum()
    };
    let mut best = None;
    let mut least = bytes.len().div_ceil(2);
    for at in lying.meeting(bytes.clone()) {
        let shared = shared(&found[at]);
        if shared >= least {
            least = shared + 1;
            best = Some(at);
        }
    }
    best
}

/// The share of characters that a statement has in common with one of the rules'.
fn alike(context: &Context<'_>, said: &Said, one: &Found) -> f32 {
    let bytes = context.doc.bytes(said.tokens.clone());
    let (Some(first), Some(last)) = (one.content.first(), one.content.last()) else {
        return 0.0;
    };
    let end = last.end.min(bytes.end);
    let shared = end.saturating_sub(first.start.max(bytes.start));
    shared as f32 / (last.end.max(bytes.end) - first.start.min(bytes.start)) as f32
}

/// Statements with what an interruption tears apart put together: "If they close, |she said,| we go".
fn whole(context: &Context<'_>, statements: &[Said], found: &[Found]) -> Vec<Said> {
    let frames = Ranges::of(found.iter().map(|one| std::iter::once(&one.frame)));
    let mut whole: Vec<Said> = Vec::new();
    for said in statements {
        let goes_on = |last: &Said| {
            let between = last.tokens.end..said.tokens.start;
            let words: Vec<usize> = between.clone().filter(|&t| !context.is_mark(t)).collect();
            let Some(&first) = words.first() else {
                return false;
            };
            let sentence = |token: usize| context.syntax.sentences[token];
            let ends = between
                .clone()
                .any(|t| matches!(context.doc.word(t), "." | "!" | "?"));
            let mut around = frames.meeting(first..first + 1);
            last.eager == said.eager
                && !ends
                && sentence(last.tokens.start) == sentence(said.tokens.start)
                && around.any(|at| words.iter().all(|word| found[at].frame.contains(word)))
        };
        match whole.last_mut().filter(|last| goes_on(last)) {
            Some(last) => {
                last.tokens.end = said.tokens.end;
                last.inside = last.inside.min(said.inside);
                last.ends = last.ends.min(said.ends);
            }
            None => whole.push(said.clone()),
        }
    }
    whole
}

/// The most tokens that a thought may begin before the content that it stands in, as the cue has it.
const LEAD: usize = 10;

/// A thought without the words that tell who says it, where they stand within it ("Yes," she said, "we will") or in
/// front of it ("told farmers |that ...").
fn pieces(context: &Context<'_>, content: &Range<usize>, home: &Found) -> Vec<Range<usize>> {
    let marked = |token: usize| context.is_mark(token);
    // "If |they close": without its condition it would be another thought.
    let with_condition = |start: usize| {
        let before = start.checked_sub(1);
        let before = before.filter(|&t| stance::is_condition(&context.lower(t)));
        before.unwrap_or(start)
    };
    let content = &(with_condition(content.start)..content.end);
    let frame = &home.frame;
    let within = content.start < frame.start && frame.end < content.end;
    if within && marked(frame.start - 1) && marked(frame.end) {
        let parts = [content.start..frame.start, frame.end..content.end];
        let trim = |tokens| super::content::trim(context, context.doc.bytes(tokens));
        let parts: Vec<_> = parts.into_iter().map(trim).collect();
        if parts.iter().all(|part| !part.is_empty()) {
            return parts;
        }
    }
    let first = home
        .content
        .first()
        .map(|piece| context.doc.tokens_in(piece.clone()).start);
    let behind_cue = home.cue.as_ref().filter(|cue| home.at >= cue.end);
    let start = first.filter(|first| {
        behind_cue.is_some() && (content.start + 1..=content.start + LEAD).contains(first)
    });
    let cue = home.cue.clone().filter(|_| home.stance != Stance::Asserts);
    let cue = cue
        .filter(|cue| cue.contains(&content.start))
        .map(|cue| cue.end);
    let start = start.or(cue).filter(|start| *start < content.end);
    let start = start.map_or(content.start, with_condition);
    vec![with_marks(context, start..content.end)]
}

/// The bytes of some words, with the mark at an end whose other one stands within: he would meet "at any table".
fn with_marks(context: &Context<'_>, tokens: Range<usize>) -> Range<usize> {
    let mut bytes = context.doc.bytes(tokens.clone());
    let opens = context.quotation_of[tokens.end - 1].map(|at| &context.quotations[at].outer);
    let closes = context.quotation_of[tokens.start].map(|at| &context.quotations[at].outer);
    if let Some(outer) = opens
        && outer.start > bytes.start
        && (tokens.end..context.doc.tokens_in(bytes.end..outer.end).end).all(|t| context.is_mark(t))
    {
        bytes.end = outer.end.max(bytes.end);
    }
    if let Some(outer) = closes
        && outer.end < bytes.end
        && (context.doc.tokens_in(outer.start..bytes.start)).all(|t| context.is_mark(t))
    {
        bytes.start = outer.start.min(bytes.start);
    }
    bytes
}

/// The share of words that stand in quotation marks.
fn quoted(context: &Context<'_>, said: &Said) -> f32 {
    let words: Vec<usize> = said
        .tokens
        .clone()
        .filter(|&t| !context.is_mark(t))
        .collect();
    let quoted = words.iter().filter(|&&t| context.quotation_of[t].is_some());
    quoted.count() as f32 / words.len().max(1) as f32
}

/// How it is given: what the encoder finds likeliest, but direct where all words are quoted.
fn kind(said: &Said, quoted: f32) -> StatementKind {
    if quoted >= 1.0 {
        return StatementKind::Direct;
    }
    match likeliest(&said.kind) {
        0 => StatementKind::Direct,
        1 => StatementKind::Indirect,
        _ => StatementKind::Mixed,
    }
}

/// How much it matters.
fn weight(said: &Said) -> u8 {
    match likeliest(&said.weight) {
        0 => 1,
        1 => 2,
        _ => 3,
    }
}

fn likeliest(likely: &[f32; 3]) -> usize {
    let mut best = 0;
    for one in 1..likely.len() {
        if likely[one] > likely[best] {
            best = one;
        }
    }
    best
}
