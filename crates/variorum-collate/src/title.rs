//! The title of a story, cut from the words of its reports.
//!
//! The headline that tells most of what all reports tell; where there are no headlines, who says
//! what most reports carry, or else the clause near the beginning of a report that tells most.

use std::collections::BTreeMap;

use variorum_model::{Name, Statement, StatementKind};
use variorum_text::words::{fold, is_finite, is_function_word};
use variorum_text::{Document, TokenKind, rarity, tokens};

use crate::Member;
use crate::bags::content_stem;
use crate::propositions::clauses;

/// A title has at least this many words where it is cut from a sentence.
const FEWEST_WORDS: usize = 5;

/// And at most this many.
const MOST_WORDS: usize = 18;

/// How many sentences of a report a title may be cut from.
const OPENING: usize = 3;

/// The title of a story; empty only when its reports have no words.
pub(crate) fn title(members: &[Member<'_>], statements: &[Statement]) -> String {
    let untitled = members.iter().all(|m| m.report.title.is_none());
    if untitled {
        let said = statements.iter().rev().filter_map(saying);
        if let Some((_, title)) = said.max_by_key(|(reports, _)| *reports) {
            return title;
        }
    }
    let weights = weights(members);
    let mut best: Option<(f32, String)> = None;
    let mut offer = |candidate: &str, bonus: f32| {
        let score = score(candidate, &weights) * bonus;
        if best.as_ref().is_none_or(|(top, _)| score > *top) {
            best = Some((
                score,
                candidate.split_whitespace().collect::<Vec<_>>().join(" "),
            ));
        }
    };
    for title in members.iter().filter_map(|m| m.report.title.as_deref()) {
        // A blank before a colon marks a rough translation; any other headline reads better.
        offer(title, if title.contains(" :") { 0.7 } else { 1.0 });
    }
    if untitled {
        for member in members {
            for (candidate, bonus) in openings(member) {
                offer(&candidate, bonus);
            }
        }
    }
    best.map(|(_, title)| title).unwrap_or_default()
}

/// "Anna Weber: “The port is safe”" for a short quotation that several reports carry, with their number.
fn saying(statement: &Statement) -> Option<(usize, String)> {
    let speaker = statement.speaker.as_ref()?;
    let words = statement.exact.split_whitespace().count();
    let quoted = statement.variants.iter().any(|variant| {
        matches!(variant.spans.as_slice(), [span] if span.exact == statement.exact)
            && variant.kind == StatementKind::Direct
    });
    let fits = quoted && statement.report_count > 1 && (FEWEST_WORDS..=MOST_WORDS).contains(&words);
    fits.then(|| {
        (
            statement.report_count,
            format!("{}: “{}”", speaker.name, statement.exact),
        )
    })
}

/// Clauses near the beginning of a report that can stand alone.
fn openings(member: &Member<'_>) -> Vec<(String, f32)> {
    let text = member.report.text.as_str();
    let doc = Document::new(text, None);
    let long = |s: &&variorum_text::Sentence| s.tokens.len() >= FEWEST_WORDS;
    let mut found = Vec::new();
    let mut last_resort = None;
    for sentence in doc.sentences.iter().filter(long).take(OPENING) {
        last_resort.get_or_insert_with(|| text[sentence.range.clone()].to_owned());
        for clause in clauses(text, sentence.range.clone()) {
            found.extend(alone(&text[clause], &member.analysis.names).map(|c| (c, 1.0)));
        }
    }
    for statement in member.analysis.statements.iter().take(4) {
        // What somebody is quoted with is a claim, and no title.
        if let (StatementKind::Indirect, [span]) = (statement.kind, statement.content.as_slice()) {
            found.extend(alone(member.words(*span), &member.analysis.names).map(|c| (c, 1.1)));
        }
    }
    if found.is_empty() {
        found.extend(last_resort.map(|sentence| {
            let words: Vec<&str> = sentence.split_whitespace().take(MOST_WORDS).collect();
            (words.join(" "), 0.1)
        }));
    }
    found
}

/// The words, when they are a clause of fitting length that names somebody.
fn alone(words: &str, names: &[Name]) -> Option<String> {
    let count = words.split_whitespace().count();
    let lower: Vec<String> = words.split_whitespace().map(fold).collect();
    let dangling = [
        "he", "she", "it", "they", "this", "that", "but", "and", "his", "her", "we", "i",
    ];
    let fits = (FEWEST_WORDS..=MOST_WORDS).contains(&count)
        && lower.iter().any(|word| is_finite(word))
        && !dangling.contains(&lower[0].as_str())
        && names.iter().any(|name| words.contains(&name.name));
    fits.then(|| words.to_owned())
}

/// How much of the story each stem stands for: the share of the reports that hold it, by rarity.
fn weights(members: &[Member<'_>]) -> BTreeMap<String, f32> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for member in members {
        let mut stems = stems(&member.report.text);
        stems.sort_unstable();
        stems.dedup();
        for stem in stems {
            *counts.entry(stem).or_default() += 1;
        }
    }
    let reports = members.len().max(1) as f32;
    counts
        .into_iter()
        .map(|(stem, count)| {
            let weight = (count as f32 / reports).powi(2) * rarity::of_stem(&stem).min(8.0);
            (stem, weight)
        })
        .collect()
}

fn stems(text: &str) -> Vec<String> {
    let words = tokens::tokens(text)
        .into_iter()
        .filter(|t| t.kind == TokenKind::Word);
    let lower = words.map(|t| fold(t.of(text)));
    lower
        .filter(|word| !is_function_word(word))
        .map(|word| content_stem(&word))
        .collect()
}

/// The weight of a title's words, against its length.
fn score(candidate: &str, weights: &BTreeMap<String, f32>) -> f32 {
    let mut stems = stems(candidate);
    stems.sort_unstable();
    stems.dedup();
    let weight: f32 = stems.iter().filter_map(|stem| weights.get(stem)).sum();
    weight / (candidate.split_whitespace().count() as f32 + 2.0).sqrt()
}
