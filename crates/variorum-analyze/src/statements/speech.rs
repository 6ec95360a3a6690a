//! Speech that no cue marks: quotations between those that have one, and paragraphs that a line
//! "Name, role" marks as speech.

use std::collections::BTreeSet;
use std::ops::Range;

use variorum_model::NameKind;
use variorum_text::lexicon;
use variorum_text::ranges::Ranges;

use super::content::trim;
use super::turns::begins_in;
use super::{Context, Found};

/// Quotations of fewer words are taken for single words that a reporter sets in marks.
const FEWEST_WORDS: usize = 4;

/// How many paragraphs a signature line may stand for.
const MOST_SIGNED: usize = 6;

/// Gives quotations that no cue claims to the speaker before them: behind a statement in the same
/// paragraph, or a whole paragraph of quotation behind a paragraph in which somebody is quoted.
pub(super) fn unclaimed_quotations(context: &Context<'_>, found: &mut Vec<Found>) {
    let doc = context.doc;
    let claims = Ranges::of(found.iter().map(|one| &one.content));
    // Where the statement of a speaker ends, and its index.
    let mut ends: BTreeSet<(usize, usize)> = found
        .iter()
        .enumerate()
        .filter(|(_, f)| f.cue.is_some() || f.source.is_some())
        .filter_map(|(at, f)| Some((f.content.last()?.end, at)))
        .collect();
    for quotation in &context.quotations {
        let bytes = &quotation.inner;
        let claimed = claims.meeting(bytes.clone()).next().is_some();
        let tokens = doc.tokens_in(bytes.clone());
        let (Some(sentence), false) = (doc.sentence_at(quotation.outer.start), claimed) else {
            continue;
        };
        let sentence = &doc.sentences[sentence];
        let begins = sentence.range.start + 1 >= quotation.outer.start.saturating_sub(2)
            && sentence.range.start <= quotation.outer.start
            && doc.text[sentence.range.start..quotation.outer.start]
                .trim()
                .is_empty();
        if tokens.len() < FEWEST_WORDS || !begins {
            continue;
        }
        let paragraph = doc.paragraph_bytes(sentence.paragraph);
        let before = ends
            .range(..=(bytes.start, usize::MAX))
            .next_back()
            .copied();
        let content = trim(context, bytes.clone());
        match before {
            Some((end, at))
                if (found[at].content.last()).is_some_and(|c| c.start >= paragraph.start) =>
            {
                ends.remove(&(end, at));
                ends.insert((content.end, at));
                found[at].content.push(content);
            }
            _ => {
                // The next statement of the paragraph may be the speaker's: “A.” “B,” he said.
                found.push(Found {
                    at: tokens.start,
                    frame: tokens.start..tokens.start,
                    content: vec![content],
                    ..Found::default()
                });
            }
        }
    }
}

/// Paragraphs without quotation marks in front of a line "Name, role" are that person's words.
pub(super) fn signed_paragraphs(context: &Context<'_>, found: &mut Vec<Found>) {
    let doc = context.doc;
    let signatures: Vec<Option<usize>> = (0..doc.paragraphs.len())
        .map(|paragraph| signature(context, paragraph))
        .collect();
    let (mut signed, mut replaced) = (Vec::new(), Vec::new());
    for paragraph in 0..doc.paragraphs.len() {
        let Some(mention) = signatures[paragraph] else {
            continue;
        };
        let name = &context.mentions[mention].name;
        let speaks_here = |p: usize| {
            let bytes = doc.paragraph_bytes(p);
            let tokens = doc.tokens_in(bytes.clone());
            let names_self = tokens
                .clone()
                .any(|t| context.mention_of[t].is_some_and(|m| context.mentions[m].name == *name));
            let quoted = tokens.clone().any(|t| context.quotation_of[t].is_some());
            tokens.len() >= 8 && !names_self && !quoted && signatures[p].is_none()
        };
        let first = (0..paragraph)
            .rev()
            .take(MOST_SIGNED)
            .take_while(|&p| speaks_here(p))
            .last();
        let Some(first) = first else { continue };
        let whole = doc.paragraph_bytes(first).start..doc.paragraph_bytes(paragraph - 1).end;
        replaced.push(whole.clone());
        let content: Vec<Range<usize>> = (first..paragraph)
            .flat_map(|p| doc.paragraphs[p].clone())
            .map(|sentence| trim(context, doc.sentences[sentence].range.clone()))
            .filter(|bytes| !bytes.is_empty())
            .collect();
        let start = doc.tokens_in(whole).start;
        let line = doc.tokens_in(doc.paragraph_bytes(paragraph));
        signed.push(Found {
            source: Some(line),
            content,
            at: start,
            frame: start..start,
            ..Found::default()
        });
    }
    found.retain(|one| !begins_in(&replaced, one));
    found.extend(signed);
}

/// The person of a line that is nothing but a name and a role ("Jens Stoltenberg, NATO
/// Secretary-General").
fn signature(context: &Context<'_>, paragraph: usize) -> Option<usize> {
    let doc = context.doc;
    let sentences = doc.paragraphs[paragraph].clone();
    let tokens = doc.tokens_in(doc.paragraph_bytes(paragraph));
    if sentences.len() != 1 || !(3..=16).contains(&tokens.len()) {
        return None;
    }
    let first = if context.is_mark(tokens.start) {
        tokens.start + 1
    } else {
        tokens.start
    };
    let mention = context.mention_of[first]?;
    let person = &context.mentions[mention];
    let behind = person.tokens.end;
    if person.kind != NameKind::Person
        || person.tokens.len() < 2
        || !matches!(doc.word(behind), "," | "—" | "–" | "(")
        || matches!(doc.word(tokens.end - 1), "." | "!" | "?" | ":")
    {
        return None;
    }
    let has_role = (behind..tokens.end).any(|t| {
        lexicon::role(&context.lower(t)).is_some() || lexicon::title(doc.word(t)).is_some()
    });
    let has_long_role = (behind + 1..tokens.end)
        .any(|t| lexicon::title(&doc.text[doc.bytes(t..tokens.end)]).is_some());
    let finite = (behind..tokens.end).any(|t| variorum_text::words::is_finite(&context.lower(t)));
    ((has_role || has_long_role) && !finite).then_some(mention)
}
