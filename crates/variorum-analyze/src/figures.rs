//! Quantities and what they count.
//!
//! A number (`variorum_text::numbers`) is a figure when the words tell what it counts: the noun phrase
//! behind it ("100,000 Russian troops"), what happened to those counted ("13,000 dead"), or for money
//! and shares the noun before it ("cost around $1 billion"). Numbers inside time expressions, ages and
//! numbers that count nothing are left out. The word lists are `data/en/figures.toml`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_model::{CodePoints, Figure};
use variorum_text::numbers::{NumberExpression, numbers};
use variorum_text::times::TimeExpression;
use variorum_text::words::{self, fold};
use variorum_text::{Document, TokenKind};

/// How many tokens a noun phrase has at most.
const PHRASE: usize = 5;
/// How many tokens a phrase has at most that is linked to it.
const LINKED: usize = 4;
/// How many tokens before an amount are searched for what it belongs to.
const BEFORE: usize = 8;
/// How many auxiliaries stand at most before what happened: "are now known to have (died)".
const AUXILIARIES: usize = 6;
/// A count of at least this may stand without its noun: "cut admissions of refugees to 50,000".
const LARGE: f64 = 1000.0;

#[derive(Deserialize)]
struct Words {
    outcomes: BTreeSet<String>,
    auxiliaries: BTreeSet<String>,
    stops: BTreeSet<String>,
    links: BTreeSet<String>,
    empty: BTreeSet<String>,
    aged: BTreeSet<String>,
    groups: BTreeSet<String>,
    counts: BTreeSet<String>,
    rises: BTreeSet<String>,
    not_subjects: BTreeSet<String>,
    #[cfg(test)]
    example: Vec<tests::Example>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| words::data("figures.toml", include_str!("../data/en/figures.toml")));

/// All figures of a report, in text order.
pub(crate) fn figures(
    doc: &Document<'_>,
    points: &CodePoints<'_>,
    times: &[TimeExpression],
) -> Vec<Figure> {
    numbers(doc)
        .into_iter()
        .filter(|number| !is_time(times, &number.range))
        .filter_map(|number| figure(doc, points, times, number))
        .collect()
}

fn overlaps(times: &[TimeExpression], range: &Range<usize>) -> bool {
    let next = times.partition_point(|time| time.range.end <= range.start);
    times
        .get(next)
        .is_some_and(|time| time.range.start < range.end)
}

/// Whether a time expression takes the number itself, rather than words behind it: "90 miles an hour".
fn is_time(times: &[TimeExpression], range: &Range<usize>) -> bool {
    let next = times.partition_point(|time| time.range.end <= range.start);
    times.get(next).is_some_and(|time| {
        let behind = time.range.start > range.start && time.range.end <= range.end;
        time.range.start < range.end && !behind
    })
}

fn figure(
    doc: &Document<'_>,
    points: &CodePoints<'_>,
    times: &[TimeExpression],
    number: NumberExpression,
) -> Option<Figure> {
    let reader = Reader {
        doc,
        times,
        sentence: sentence_tokens(doc, number.range.start)?,
    };
    let measured = number.unit.is_some();
    let before = reader.token_at(number.range.start);
    if reader.is_age(before) || reader.is_of_it(number.range.end) {
        return None;
    }
    let named_before = reader
        .group_of(before, number.range.end)
        .or_else(|| reader.risen(before));
    let start = named_before
        .as_ref()
        .map_or(number.range.start, |what| what.start);
    let what = named_before
        .or_else(|| reader.counted(number.range.end, measured))
        .or_else(|| match number.min.or(number.max) {
            _ if measured => reader.subject(number.range.start, false),
            Some(value) if value >= LARGE => reader.subject(number.range.start, true),
            _ => None,
        })?;
    let end = if what.start >= number.range.end {
        what.end
    } else {
        number.range.end
    };
    let span = points.span(start..end);
    Some(Figure {
        start: span.start,
        end: span.end,
        what: doc.text[what].to_owned(),
        unit: number.unit,
        min: number.min,
        max: number.max,
        approximate: number.approximate,
    })
}

/// The tokens of the sentence that holds a byte.
fn sentence_tokens(doc: &Document<'_>, byte: usize) -> Option<Range<usize>> {
    doc.sentence_at(byte)
        .map(|i| doc.sentences[i].tokens.clone())
}

/// Reads the words around one number.
struct Reader<'a, 't> {
    doc: &'a Document<'t>,
    times: &'a [TimeExpression],
    /// Tokens of the number's sentence.
    sentence: Range<usize>,
}

impl Reader<'_, '_> {
    fn lower(&self, token: usize) -> String {
        fold(self.doc.word(token))
    }

    /// The first token at or behind a byte.
    fn token_at(&self, byte: usize) -> usize {
        self.doc.tokens.partition_point(|t| t.start < byte)
    }

    /// "a woman of |71"
    fn is_age(&self, number: usize) -> bool {
        number >= self.sentence.start + 2
            && self.lower(number - 1) == "of"
            && WORDS.aged.contains(&self.lower(number - 2))
    }

    /// "half of it": what it is a share of is not told.
    fn is_of_it(&self, end: usize) -> bool {
        let of = self.token_at(end);
        of + 1 < self.sentence.end
            && self.lower(of) == "of"
            && matches!(self.lower(of + 1).as_str(), "it" | "them" | "that" | "this")
    }

    /// The group whose size the number is: "its crew of |14 was unhurt".
    fn group_of(&self, number: usize, end: usize) -> Option<Range<usize>> {
        let group = number
            .checked_sub(2)
            .filter(|&t| t >= self.sentence.start)?;
        let fits = self.lower(number - 1) == "of"
            && WORDS.groups.contains(&self.lower(group))
            && !self.is_noun_part(self.token_at(end), true);
        fits.then(|| self.doc.tokens[group].range())
    }

    /// What a count is of that has risen: "the number of |people killed| in the fire rose to seven",
    /// "the |toll| has risen to 7".
    fn risen(&self, number: usize) -> Option<Range<usize>> {
        let to = (self.sentence.start..number)
            .rev()
            .take(3)
            .find(|&t| self.lower(t) == "to")?;
        let rise = to.checked_sub(1).filter(|&t| t >= self.sentence.start)?;
        if !WORDS.rises.contains(&self.lower(rise)) {
            return None;
        }
        let head = (self.sentence.start..rise)
            .rev()
            .find(|&t| WORDS.counts.contains(&self.lower(t)))?;
        if self.lower(head + 1) != "of" {
            return Some(self.doc.tokens[head].range());
        }
        let start = head + 2;
        let mut end = start;
        while end < start + PHRASE && self.is_noun_part(end, end == start) {
            end += 1;
        }
        let end = self.outcome(end).unwrap_or(end);
        (end > start).then(|| self.doc.bytes(start..end))
    }

    /// Whether a token may stand in the noun phrase.
    fn is_noun_part(&self, token: usize, first: bool) -> bool {
        if token >= self.sentence.end || self.doc.tokens[token].kind != TokenKind::Word {
            return false;
        }
        let word = self.lower(token);
        let capital = self.doc.word(token).starts_with(char::is_uppercase);
        let stops = WORDS.stops.contains(&word) || WORDS.links.contains(&word);
        if overlaps(self.times, &self.doc.tokens[token].range()) || (stops && !capital) {
            return false;
        }
        if word == "'s" {
            return token > self.sentence.start && !first;
        }
        let verb = !capital && (word.ends_with("ed") || word.ends_with("ing")) && !first;
        !(words::is_function_word(&word) || words::is_finite(&word) || verb)
    }

    /// The bytes of the noun phrase behind a number, with what happened to those counted or one short
    /// phrase that is linked to it.
    fn counted(&self, byte: usize, measured: bool) -> Option<Range<usize>> {
        // "28-member": the counted noun is joined to the number.
        if let Some(joined) = self.doc.text[byte..].strip_prefix(['-', '‑']) {
            let length = joined
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(joined.len());
            let start = self.doc.text.len() - joined.len();
            return (length > 0).then_some(start..start + length);
        }
        let mut start = self.token_at(byte);
        let is_of = |token: usize| token < self.sentence.end && self.lower(token) == "of";
        if is_of(start) {
            start += 1;
            while start < self.sentence.end
                && matches!(
                    self.lower(start).as_str(),
                    "the" | "its" | "their" | "his" | "our" | "all" | "her" | "these" | "those"
                )
            {
                start += 1;
            }
        } else if measured && start < self.sentence.end && self.lower(start) == "for" {
            start += 1;
        }
        // "a few homeless guys": there the word only describes them.
        if let Some(end) = self.outcome(start)
            && !self.is_noun_part(end, false)
        {
            return Some(self.doc.bytes(start..end));
        }
        let mut end = start;
        while end < start + PHRASE && self.is_noun_part(end, end == start) {
            if end > start && WORDS.outcomes.contains(&self.lower(end)) {
                break;
            }
            end += 1;
        }
        if end == start {
            return None;
        }
        let head = self.lower(end - 1);
        if end == start + 1 && WORDS.empty.contains(&head) {
            return None;
        }
        if let Some(outcome) = self.outcome(end) {
            return Some(self.doc.bytes(start..outcome));
        }
        Some(self.doc.bytes(start..self.linked(end)))
    }

    /// One past a word for what happened to those counted, right behind them or after an auxiliary.
    fn outcome(&self, mut token: usize) -> Option<usize> {
        for _ in 0..AUXILIARIES {
            if token >= self.sentence.end {
                return None;
            }
            let word = self.lower(token);
            if WORDS.outcomes.contains(&word) {
                // "killed" with something behind it is what they did, unless it is where or when.
                return Some(token + 1);
            }
            if !WORDS.auxiliaries.contains(&word) {
                return None;
            }
            token += 1;
        }
        None
    }

    /// One past a short phrase that is linked to a noun phrase ending before `end`.
    fn linked(&self, end: usize) -> usize {
        if end >= self.sentence.end || !WORDS.links.contains(&self.lower(end)) {
            return end;
        }
        let mut at = end + 1;
        while at < self.sentence.end
            && matches!(
                self.lower(at).as_str(),
                "the" | "a" | "an" | "its" | "their"
            )
        {
            at += 1;
        }
        let start = at;
        while at < end + 1 + LINKED && self.is_noun_part(at, false) {
            at += 1;
        }
        if at == start { end } else { at }
    }

    /// The noun before an amount that it belongs to: "cost around $1 billion".
    fn subject(&self, byte: usize, plural: bool) -> Option<Range<usize>> {
        let end = self.token_at(byte);
        let from = self.sentence.start.max(end.saturating_sub(BEFORE));
        let token = (from..end).rev().find(|&token| {
            let word = self.lower(token);
            let capital = self.doc.word(token).starts_with(char::is_uppercase);
            let verb = !capital && (word.ends_with("ed") || word.ends_with("ing"));
            self.doc.tokens[token].kind == TokenKind::Word
                && word.len() > 2
                && !verb
                && (!plural || (word.ends_with('s') && !capital))
                && !WORDS.not_subjects.contains(&word)
                && !words::is_function_word(&word)
                && !words::is_finite(&word)
                && !overlaps(self.times, &self.doc.tokens[token].range())
        })?;
        Some(self.doc.tokens[token].range())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_text::times::times;

    #[derive(Deserialize)]
    pub(super) struct Example {
        text: String,
        finds: Vec<[String; 2]>,
    }

    #[test]
    fn examples_of_the_data_file() {
        let mut failures = Vec::new();
        for example in &WORDS.example {
            let doc = Document::new(&example.text, None);
            let points = CodePoints::of(&example.text);
            let found: Vec<[String; 2]> = figures(&doc, &points, &times(&doc))
                .into_iter()
                .map(|figure| [points.slice(figure.span()).to_owned(), figure.what])
                .collect();
            if found != example.finds {
                failures.push(format!(
                    "{:?}\n   found  {found:?}\n   wanted {:?}\n",
                    example.text, example.finds
                ));
            }
        }
        assert!(failures.is_empty(), "\n{}", failures.join(""));
    }

    #[test]
    fn what_is_counted_stands_in_the_text() {
        let text = "Über 5 Männer, $1.2bn for tanks, 30 % — and 12 dozen 5 % of the";
        let doc = Document::new(text, None);
        for figure in figures(&doc, &CodePoints::of(text), &times(&doc)) {
            assert!(text.contains(&figure.what), "{figure:?}");
        }
    }
}
