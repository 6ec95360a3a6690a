//! Speech that the layout marks: the turns of a transcript or an interview ("PENCE: Well, look ..."), and
//! quotations that a dash gives to somebody ("“...” — Carlos Raúl").

use std::ops::Range;

use super::content::trim;
use super::{Context, Found};

/// The most words in front of the colon of a turn.
const LONGEST_NAME: usize = 5;
/// The fewest words of speech.
const FEWEST_WORDS: usize = 4;

/// Finds turns and signed quotations; they replace what else was found in their paragraphs.
pub(super) fn turns(context: &Context<'_>, found: &mut Vec<Found>) {
    let doc = context.doc;
    let labels: Vec<Option<Range<usize>>> = (0..doc.paragraphs.len())
        .map(|paragraph| label(context, paragraph))
        .collect();
    // A single one may be a headline or a list.
    let is_transcript = labels.iter().flatten().count() >= 3;
    let mut turns = Vec::new();
    let mut replaced = Vec::new();
    for (paragraph, label) in labels.into_iter().enumerate() {
        let turn = label
            .filter(|_| is_transcript)
            .map(|name| turn(context, paragraph, name))
            .or_else(|| signed(context, paragraph));
        let Some(turn) = turn.filter(|turn| !turn.content.is_empty()) else {
            continue;
        };
        replaced.push(doc.paragraph_bytes(paragraph));
        turns.push(turn);
    }
    found.retain(|one| !begins_in(&replaced, one));
    found.extend(turns);
}

/// Whether a content of a statement begins in one of some passages, which come in text order.
pub(super) fn begins_in(passages: &[Range<usize>], one: &Found) -> bool {
    one.content.iter().any(|content| {
        let at = passages.partition_point(|passage| passage.end <= content.start);
        passages
            .get(at)
            .is_some_and(|passage| passage.contains(&content.start))
    })
}

fn tokens(context: &Context<'_>, paragraph: usize) -> Range<usize> {
    context
        .doc
        .tokens_in(context.doc.paragraph_bytes(paragraph))
}

/// The name in front of the colon that a paragraph begins with: capitalised words, or "Q" and "A".
fn label(context: &Context<'_>, paragraph: usize) -> Option<Range<usize>> {
    let doc = context.doc;
    let tokens = tokens(context, paragraph);
    let colon = tokens
        .clone()
        .take(LONGEST_NAME + 1)
        .find(|&t| doc.word(t) == ":")?;
    let name = tokens.start..colon;
    let capital = |t: usize| doc.word(t).starts_with(char::is_uppercase) || doc.word(t) == ".";
    let speech = (colon + 1..tokens.end)
        .filter(|&t| !context.is_mark(t))
        .count();
    let is_name = !name.is_empty() && name.clone().all(capital);
    (is_name && speech >= FEWEST_WORDS).then_some(name)
}

fn turn(context: &Context<'_>, paragraph: usize, name: Range<usize>) -> Found {
    let tokens = tokens(context, paragraph);
    let colon = name.end;
    Found {
        at: name.start,
        frame: name.start..colon + 1,
        content: said(context, colon + 1..tokens.end),
        cue: Some(colon..colon + 1),
        source: Some(name),
        ..Found::default()
    }
}

/// A paragraph that is a quotation and, behind a dash, a name.
fn signed(context: &Context<'_>, paragraph: usize) -> Option<Found> {
    let doc = context.doc;
    let tokens = tokens(context, paragraph);
    let quotation = context.quotation_from(tokens.start)?;
    let dash = doc.tokens_in(quotation.outer.clone()).end;
    let is_dash = matches!(doc.word(dash), "—" | "–" | "―" | "-");
    let name = dash + 1..tokens.end;
    let person = context
        .mention_of
        .get(name.start)
        .copied()
        .flatten()
        .is_some();
    let short = name.len() <= 2 * LONGEST_NAME;
    (is_dash && person && short).then(|| Found {
        at: tokens.start,
        frame: dash..tokens.end,
        content: said(context, tokens.start..dash),
        cue: Some(dash..dash + 1),
        source: Some(name.start..trimmed_end(context, name)),
        ..Found::default()
    })
}

fn said(context: &Context<'_>, tokens: Range<usize>) -> Vec<Range<usize>> {
    let bytes = trim(context, context.doc.bytes(tokens));
    Vec::from_iter((!bytes.is_empty()).then_some(bytes))
}

fn trimmed_end(context: &Context<'_>, tokens: Range<usize>) -> usize {
    let last = tokens.clone().rfind(|&t| !context.is_mark(t));
    last.map_or(tokens.end, |last| last + 1)
}
