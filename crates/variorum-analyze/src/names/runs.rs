//! Runs of words in which names stand: capitalised words, and what the trained finder found.

use std::ops::Range;

use variorum_text::rarity::{UNSEEN, rarity};
use variorum_text::words::{fold, is_function_word};
use variorum_text::{Document, TokenKind, lexicon};

use super::context::Context;
use super::{is_capitalised, is_initial, is_particle};

/// The runs of a sentence in which names stand, in text order.
pub(super) fn runs(
    doc: &Document<'_>,
    context: &Context<'_>,
    sentence: Range<usize>,
) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = context.learned_in(sentence.clone()).collect();
    if !is_shouted(doc, sentence.clone()) {
        found.extend(capitalised(doc, context, sentence));
    }
    found.sort_by_key(|run| run.start);
    found.dedup_by(|next, last| {
        let overlaps = next.start < last.end;
        if overlaps {
            last.end = last.end.max(next.end);
        }
        overlaps
    });
    found
}

/// The runs of capitalised words of a sentence.
fn capitalised(
    doc: &Document<'_>,
    context: &Context<'_>,
    sentence: Range<usize>,
) -> Vec<Range<usize>> {
    let names = |at: usize| {
        let word = doc.word(at);
        doc.tokens[at].kind == TokenKind::Word && is_capitalised(word) && !is_calendar_word(word)
    };
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if !names(at) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < sentence.end {
            if names(at)
                || (doc.word(at) == "." && is_initial(doc.word(at - 1)) && at + 1 < sentence.end)
            {
                at += 1;
            } else if let Some(next) = joined(doc, start, at, sentence.end, &names) {
                at = next;
            } else {
                break;
            }
        }
        let begins = start == sentence.start
            || doc.tokens[start - 1].kind == TokenKind::Mark && doc.word(start - 1) != ",";
        let start = if begins {
            skip_opener(doc, context, start, at)
        } else {
            start
        };
        if start < at {
            found.push(start..at);
        }
    }
    found
}

/// Where a run goes on behind the lower-case words at `at`: particles of a person's name, and the
/// "of", "for", "and" of a body's name ("Organization for Security and Co-operation in Europe").
fn joined(
    doc: &Document<'_>,
    start: usize,
    at: usize,
    end: usize,
    names: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let word = doc.word(at);
    let mut next = at + 1;
    if is_particle(word) || word == "&" {
        while next < end && is_particle(doc.word(next)) {
            next += 1;
        }
        return (next < end && next <= at + 2 && names(next)).then_some(next + 1);
    }
    if !["of", "for", "and", "on", "in"].contains(&word) {
        return None;
    }
    let bytes = doc.bytes(start..at);
    let head = doc.text[bytes.clone()].split_whitespace().next_back()?;
    let heads_body = (start..at).any(|t| lexicon::organization_head(doc.word(t)));
    let closes = if word == "of" {
        lexicon::organization_head(head) || lexicon::other_head(head)
    } else {
        heads_body && word != "in"
    };
    if lexicon::party(&doc.text[bytes]).is_some() {
        return None;
    }
    let known = (start..at).any(|from| {
        (at + 2..=(at + 8).min(end)).any(|to| {
            let words = &doc.text[doc.bytes(from..to)];
            lexicon::party(words).is_some() || lexicon::title(words).is_some()
        })
    });
    if !(closes || known || (word == "in" && heads_body && doc.word(at - 1).starts_with("Co"))) {
        return None;
    }
    if next < end && doc.word(next) == "the" {
        next += 1;
    }
    (next < end && names(next)).then_some(next + 1)
}

/// Drops a word that is capitalised only because it begins a sentence.
fn skip_opener(doc: &Document<'_>, context: &Context<'_>, start: usize, end: usize) -> usize {
    let word = doc.word(start);
    let lower = fold(word);
    let all_caps = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    if is_function_word(&lower) {
        return start + 1;
    }
    // "Nice" and "Salon" begin sentences that name no town and no magazine.
    let rare = end - start > 1 || rarity(&lower) >= UNSEEN;
    let known = lexicon::party(word).is_some()
        || (lexicon::place(word).is_some() || context.outlets.get(word).is_some()) && rare
        || lexicon::is_given_name(word)
        || lexicon::title(word).is_some()
        || all_caps;
    if known || context.capitalised.contains(word) || context.learned(start).is_some() {
        return start;
    }
    let common = context.lower.contains(&lower) || lexicon::role(&lower).is_some();
    let cue_beside = context.beside_cue.contains(&start);
    if end - start > 1 {
        return if common { start + 1 } else { start };
    }
    if common || !cue_beside {
        start + 1
    } else {
        start
    }
}

/// Whether a sentence is set in capitals throughout, so that capitals tell nothing.
fn is_shouted(doc: &Document<'_>, tokens: Range<usize>) -> bool {
    let words: Vec<_> = tokens
        .map(|t| doc.word(t))
        .filter(|w| w.chars().all(char::is_alphabetic))
        .collect();
    words.len() >= 4
        && words
            .iter()
            .filter(|w| w.chars().any(char::is_lowercase))
            .count()
            * 4
            < words.len()
}

/// Words that begin with a capital but name no one: days, months, "I".
fn is_calendar_word(word: &str) -> bool {
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Aug",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "I",
        "I’m",
        "I'm",
        "I’ve",
        "I've",
        "I’ll",
        "I'll",
        "CET",
        "GMT",
        "EST",
        "EDT",
        "UTC",
        "AM",
        "PM",
    ]
    .contains(&word)
}
