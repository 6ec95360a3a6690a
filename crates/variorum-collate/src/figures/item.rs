//! One figure of one report, made ready for comparing: what kind of thing it counts, and the words
//! that stand around it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_model::{Attribution, Figure, Moment, Span, Time};
use variorum_text::words::{self, fold};
use variorum_text::{Document, TokenKind, lexicon, rarity, stem::stem, tokens, vectors};

use crate::Member;

/// A report tells what it is about in its first sentences.
const OPENING: usize = 8;
/// Words less rare than this tell nothing about what a figure belongs to.
const TELLING: f32 = 2.0;
/// A source of more characters tells more than who says it.
const FRAME: usize = 48;
/// So many days before the report, a happening is another one.
const LONG_AGO: i32 = 10;
/// How many words may stand between those counted and what happened to them.
const AUXILIARIES: usize = 5;
/// How many words behind a figure's first one tell that it counts a part.
const PART: usize = 5;

#[derive(Deserialize)]
struct FigureWords {
    heads: Vec<Vec<String>>,
    anyone: BTreeSet<String>,
    records: BTreeSet<String>,
    after: BTreeSet<String>,
    superseded: BTreeSet<String>,
    sayings: BTreeSet<String>,
    outcome: Vec<Outcome>,
    parts: Parts,
    length: Vec<Length>,
}

/// A unit of time as so many of another.
#[derive(Deserialize)]
struct Length {
    unit: String,
    of: String,
    count: f64,
}

#[derive(Deserialize)]
struct Outcome {
    grows: bool,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Parts {
    before: BTreeSet<String>,
    after: BTreeSet<String>,
}

static WORDS: LazyLock<FigureWords> = LazyLock::new(|| {
    words::data(
        "figure-words.toml",
        include_str!("../../data/en/figure-words.toml"),
    )
});

/// One figure of one report.
// Each is told by other words and holds with or without the others.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Item<'a> {
    /// Index of its report among the members.
    pub(super) member: usize,
    pub(super) figure: &'a Figure,
    /// Its unit and bounds, lengths of time in a common unit.
    pub(super) unit: Option<&'a str>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    /// How many of that unit one of the figure's own is.
    pub(super) scale: f64,
    /// The statement that claims it.
    pub(super) statement: Option<&'a Attribution>,
    /// The counted noun, as the first of its group, or its stem; empty when only an outcome is told.
    pub(super) head: String,
    /// Whether the noun says nothing more than that people are counted.
    pub(super) anyone: bool,
    /// What happened to those counted: an index into the list of outcomes.
    pub(super) outcome: Option<usize>,
    /// Whether the words tell that it counts only a part of something.
    pub(super) part: bool,
    /// Whether its sentence tells of another time than the report's own.
    pub(super) elsewhen: bool,
    /// Whether the report itself gives it as what was said before.
    pub(super) superseded: bool,
    /// Whether only one thing can be so counted: "a 30-year low".
    pub(super) record: bool,
    /// Stems of the words for what is counted.
    pub(super) stems: BTreeSet<String>,
    /// Where the counted noun lies in the space of word vectors.
    pub(super) vector: Vec<f32>,
    /// Whether it is the toll of what the report is about: the first count of people to whom that
    /// happened, near its beginning.
    pub(super) leads: bool,
    /// Stems of its sentence, with their weights; the square root of the sum of their squares.
    pub(super) context: BTreeMap<String, f32>,
    pub(super) length: f32,
}

/// Whether a count of such things can grow from one report to the next.
pub(super) fn grows(outcome: Option<usize>) -> bool {
    outcome.is_some_and(|index| WORDS.outcome[index].grows)
}

/// All figures of a member.
pub(super) fn items<'a>(index: usize, member: &'a Member<'_>) -> Vec<Item<'a>> {
    let figures = &member.analysis.figures;
    if figures.is_empty() {
        return Vec::new();
    }
    let doc = Document::new(member.points.text(), None);
    let statements = &member.analysis.statements;
    let framing = framing(member, statements);
    let mut contexts: BTreeMap<usize, BTreeMap<String, f32>> = BTreeMap::new();
    let covering = Covering::new(statements);
    let mut told: BTreeSet<usize> = BTreeSet::new();
    figures
        .iter()
        .filter_map(|figure| {
            let bytes = member.points.bytes(figure.span());
            let sentence = doc.sentence_at(bytes.start)?;
            let context = contexts
                .entry(sentence)
                .or_insert_with(|| context(&doc, sentence, &framing))
                .clone();
            let length = context.values().map(|w| w * w).sum::<f32>().sqrt();
            let around = doc.tokens_in(bytes);
            let (noun, outcome) = kind(figure, member.words(figure.span()));
            let head = noun.as_deref().map_or(String::new(), group);
            let outcome = outcome
                .or_else(|| outcome_before(&doc, sentence, around.start))
                .or_else(|| outcome_behind(&doc, sentence, around.end));
            let (unit, scale) = common_unit(figure.unit.as_deref());
            let anyone = head.is_empty() || WORDS.anyone.contains(&head);
            let first = outcome.is_some_and(|outcome| told.insert(outcome));
            Some(Item {
                member: index,
                figure,
                unit,
                min: figure.min.map(|min| min * scale),
                max: figure.max.map(|max| max * scale),
                scale,
                elsewhen: elsewhen(member, &doc, sentence),
                superseded: is_superseded(&doc, sentence),
                record: noun
                    .as_ref()
                    .is_some_and(|noun| WORDS.records.contains(noun)),
                stems: stems(&figure.what),
                vector: vectors::mean(noun.iter().map(|noun| (noun.as_str(), 1.0))),
                statement: covering.find(figure.span()),
                leads: first && anyone && sentence < OPENING,
                anyone,
                head,
                outcome,
                part: is_part(&doc, &around),
                context,
                length,
            })
        })
        .collect()
}

/// Finds the statement that covers a figure; figures come in text order.
struct Covering<'a> {
    spans: Vec<(Span, &'a Attribution)>,
}

impl<'a> Covering<'a> {
    fn new(statements: &'a [Attribution]) -> Self {
        let mut spans: Vec<(Span, &Attribution)> = statements
            .iter()
            .flat_map(|one| one.content.iter().map(move |span| (*span, one)))
            .collect();
        spans.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        Covering { spans }
    }

    /// The innermost of the few statements that begin before the figure.
    fn find(&self, figure: Span) -> Option<&'a Attribution> {
        let before = self
            .spans
            .partition_point(|(span, _)| span.start <= figure.start);
        self.spans[..before]
            .iter()
            .rev()
            .take(4)
            .find(|(span, _)| span.end >= figure.end)
            .map(|(_, one)| *one)
    }
}

/// The bytes of the sources and cues of a report's statements: who says it is not what it is about.
fn framing(member: &Member<'_>, statements: &[Attribution]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = statements
        .iter()
        .flat_map(|one| one.source.iter().chain(&one.cue))
        .filter(|span| span.end - span.start <= FRAME)
        .map(|span| member.points.bytes(*span))
        .collect();
    found.sort_by_key(|range| range.start);
    found
}

fn context(doc: &Document<'_>, sentence: usize, framing: &[Range<usize>]) -> BTreeMap<String, f32> {
    let mut found = BTreeMap::new();
    for token in doc.sentences[sentence].tokens.clone() {
        let place = &doc.tokens[token];
        let next = framing.partition_point(|range| range.end <= place.start);
        let framed = framing
            .get(next)
            .is_some_and(|range| range.start <= place.start);
        if place.kind != TokenKind::Word || framed {
            continue;
        }
        let lower = fold(doc.word(token));
        if words::is_function_word(&lower) {
            continue;
        }
        // Russian and Moscow stand for Russia.
        let key = match lexicon::party_alias(doc.word(token)) {
            Some((party, _)) => party.name.clone(),
            None => stem(&lower),
        };
        let weight = rarity::of_stem(&key);
        if weight >= TELLING {
            found.insert(key, weight);
        }
    }
    found
}

/// The counted noun and what happened to those counted, from the words for what is counted.
fn kind(figure: &Figure, words: &str) -> (Option<String>, Option<usize>) {
    const LINKS: [&str; 12] = [
        "of", "in", "near", "from", "on", "at", "with", "for", "against", "among", "who", "that",
    ];
    let what = &figure.what;
    let lower: Vec<String> = tokens::tokens(what)
        .iter()
        .map(|t| fold(t.of(what)))
        .collect();
    let end = lower
        .iter()
        .position(|word| LINKS.contains(&word.as_str()))
        .unwrap_or(lower.len());
    let told = lower[..end].iter().rev().find_map(|word| outcome(word));
    // "28-|member| bloc": the joined noun is counted.
    let joined = words
        .find(what.as_str())
        .is_some_and(|at| words[..at].ends_with(['-', '‑']));
    if joined {
        return (lower.into_iter().next(), told);
    }
    // "troops | are massed", "people | lying on the ground"
    let end = lower[..end]
        .iter()
        .position(|word| words::is_finite(word))
        .filter(|at| *at > 0)
        .unwrap_or(end);
    let is_clause = |at: usize| {
        at > 0
            && lower[at].ends_with("ing")
            && (lower[at - 1].ends_with('s') || WORDS.anyone.contains(&lower[at - 1]))
    };
    let head = (0..end).rev().find(|&at| {
        let word = &lower[at];
        outcome(word).is_none()
            && !words::is_function_word(word)
            && word != "left"
            && !is_clause(at)
    });
    (head.map(|at| lower[at].clone()), told)
}

/// The stems of the content words of some words.
fn stems(words: &str) -> BTreeSet<String> {
    tokens::tokens(words)
        .iter()
        .map(|token| fold(token.of(words)))
        .filter(|word| !words::is_function_word(word) && !words::is_finite(word))
        .map(|word| stem(&word))
        .collect()
}

/// Months and minutes for all lengths of time that are so many of them, and how many.
fn common_unit(unit: Option<&str>) -> (Option<&str>, f64) {
    let length = WORDS
        .length
        .iter()
        .find(|length| Some(length.unit.as_str()) == unit);
    length.map_or((unit, 1.0), |length| {
        (Some(length.of.as_str()), length.count)
    })
}

/// Whether a sentence names a year or day well before the report's own.
fn elsewhen(member: &Member<'_>, doc: &Document<'_>, sentence: usize) -> bool {
    let Some(published) = member.published.map(Moment::date) else {
        return false;
    };
    let bytes = &doc.sentences[sentence].range;
    let span = member.points.span(bytes.clone());
    let times = &member.analysis.times;
    let first = times.partition_point(|time| time.end <= span.start);
    times[first..]
        .iter()
        .take_while(|time| time.start < span.end)
        .filter_map(Time::date)
        .any(|date| {
            date.last()
                .until(published)
                .is_ok_and(|gap| gap.get_days() > LONG_AGO)
        })
}

/// Whether a sentence tells what had been said before: "police had earlier said".
fn is_superseded(doc: &Document<'_>, sentence: usize) -> bool {
    let tokens = doc.sentences[sentence].tokens.clone();
    let mut saying: Option<usize> = None;
    let mut before: Option<usize> = None;
    for token in tokens {
        let word = fold(doc.word(token));
        if WORDS.superseded.contains(&word) {
            before = Some(token);
        } else if WORDS.sayings.contains(&word) {
            saying = Some(token);
        }
        if let (Some(saying), Some(before)) = (saying, before)
            && saying.abs_diff(before) <= 2
        {
            return true;
        }
    }
    false
}

/// What is told right behind a figure: "three civilians | were among those killed".
fn outcome_behind(doc: &Document<'_>, sentence: usize, end: usize) -> Option<usize> {
    let behind = end..doc.sentences[sentence].tokens.end;
    for token in behind.take(AUXILIARIES) {
        let word = fold(doc.word(token));
        if let Some(outcome) = outcome(&word) {
            return Some(outcome);
        }
        if !WORDS.after.contains(&word) {
            return None;
        }
    }
    None
}

fn outcome(word: &str) -> Option<usize> {
    WORDS
        .outcome
        .iter()
        .position(|one| one.words.iter().any(|w| w == word))
}

fn group(word: &str) -> String {
    let same = WORDS
        .heads
        .iter()
        .find(|group| group.iter().any(|one| one == word));
    same.and_then(|group| group.first())
        .cloned()
        .unwrap_or_else(|| stem(word))
}

/// What the verb right before a number tells: "killed at least 50 people".
fn outcome_before(doc: &Document<'_>, sentence: usize, number: usize) -> Option<usize> {
    let from = doc.sentences[sentence]
        .tokens
        .start
        .max(number.saturating_sub(2));
    (from..number)
        .rev()
        .find_map(|token| outcome(&fold(doc.word(token))))
}

fn is_part(doc: &Document<'_>, around: &Range<usize>) -> bool {
    let words: Vec<String> = around
        .clone()
        .take(PART)
        .take_while(|&token| doc.tokens[token].kind != TokenKind::Mark)
        .map(|token| fold(doc.word(token)))
        .collect();
    let before = around
        .start
        .checked_sub(1)
        .map(|token| fold(doc.word(token)));
    let parts = &WORDS.parts;
    before.is_some_and(|word| parts.before.contains(&word))
        || words
            .iter()
            .any(|word| parts.before.contains(word) && word != "of")
        || words
            .windows(2)
            .any(|pair| parts.after.contains(&pair.join(" ")))
        || words.iter().skip(1).any(|word| parts.after.contains(word))
}
