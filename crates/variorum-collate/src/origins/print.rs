//! What origins are found from: a report's words as hashes, and what it says about where it comes from.
//!
//! A print is made once, from one report and its analysis, and holds no text: a word is four bytes.
//! It can be kept, written to disk and read again; the words themselves are needed only to show the
//! passages that two reports share ([`ranges`]).

use std::ops::Range;

use serde::{Deserialize, Serialize};
use variorum_model::{Analysis, CodePoints, Moment, PublishedFrom, Report, StatementKind};
use variorum_text::outlets::Outlets;
use variorum_text::{Document, TokenKind, quotations, tokens};

use super::{addresses, rules};

/// What is kept of a report for finding its origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextPrint {
    /// Id of the report.
    pub id: String,
    /// Who published it, as given.
    pub outlet: Option<String>,
    /// Where it was published: its outlet, or the host of its address.
    pub(super) site: Option<String>,
    /// When it was published, as given: an inferred date tells nothing about who had the words first.
    pub published: Option<Moment>,
    /// Hash of its web address.
    pub(super) address: Option<u32>,
    /// Hashes of the addresses that its text links to, sorted.
    pub(super) linked: Vec<u32>,
    /// Its words, in text order.
    pub(super) words: Vec<Word>,
    /// Whom it credits.
    pub(super) credits: Vec<Credited>,
    /// Agencies that the text names, each with the word at which its name begins.
    pub(super) named: Vec<(u32, String)>,
}

/// An agency or outlet that a report credits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Credited {
    pub name: String,
    pub agency: bool,
    /// Whether it only helped ("contributed to this report").
    pub helped: bool,
}

/// One word: 29 bits of a hash of its small letters, and three marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Word(u32);

const QUOTED: u32 = 1;
const FOREIGN: u32 = 2;
const CAPITAL: u32 = 4;
const MARKS: u32 = QUOTED | FOREIGN | CAPITAL;

impl Word {
    pub(super) fn of(word: &str) -> Self {
        let capital = word.starts_with(char::is_uppercase);
        Word(hash(word) & !MARKS | if capital { CAPITAL } else { 0 })
    }

    /// Of the word in small letters.
    pub(super) fn hash(self) -> u32 {
        self.0 & !MARKS
    }

    /// Whether it stands in quotation marks.
    pub(super) fn is_quoted(self) -> bool {
        self.0 & QUOTED != 0
    }

    /// Whether it is no reporting: quoted, speech without marks, or the site's furniture.
    pub(super) fn is_foreign(self) -> bool {
        self.0 & FOREIGN != 0
    }

    /// Whether it is the same word, begun with the same kind of letter.
    pub(super) fn is_written_as(self, other: Word) -> bool {
        (self.0 ^ other.0) & !(QUOTED | FOREIGN) == 0
    }
}

impl TextPrint {
    /// The print of a report; of its analysis only the credits and the direct statements count.
    pub fn of(report: &Report, analysis: &Analysis, outlets: &Outlets) -> Self {
        let text = report.text.as_str();
        let doc = Document::new(text, None);
        let points = CodePoints::of(text);
        TextPrint {
            id: report.id.clone(),
            outlet: report.outlet.clone(),
            site: site(report),
            published: report
                .published
                .filter(|_| report.published_from != PublishedFrom::Inferred),
            address: report.url.as_deref().and_then(addresses::address),
            linked: addresses::linked(text),
            words: words(&doc, &quoted(&doc, &points, analysis)),
            credits: credits(&points, analysis),
            named: named(&doc, outlets),
        }
    }

    /// Whether its text links to another report.
    pub(super) fn links_to(&self, other: &TextPrint) -> bool {
        let address = other.address.filter(|_| self.address != other.address);
        address.is_some_and(|address| self.linked.binary_search(&address).is_ok())
    }

    /// How many words do not stand in quotation marks.
    pub(super) fn own(&self) -> usize {
        self.words.iter().filter(|word| !word.is_quoted()).count()
    }
}

/// Where a report was published: its outlet, or the host of its address.
pub(crate) fn site(report: &Report) -> Option<String> {
    let outlet = report.outlet.as_deref().map(str::trim);
    let host = || {
        let rest = report.url.as_deref()?.split_once("://")?.1;
        rest.split(['/', '?', '#', ':']).next()
    };
    let site = outlet.filter(|name| !name.is_empty()).or_else(host)?;
    Some(site.to_lowercase())
}

/// Where the words of a print stand in its text, in bytes.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let tokens = tokens::tokens(text).into_iter();
    tokens
        .filter(|token| token.kind != TokenKind::Mark)
        .map(|token| token.range())
        .collect()
}

fn words(doc: &Document<'_>, quoted: &[Range<usize>]) -> Vec<Word> {
    let text = doc.text;
    let mut words: Vec<Word> = Vec::with_capacity(doc.tokens.len());
    let mut quoted = quoted.iter().peekable();
    let mut furniture = rules::furniture(text).peekable();
    let mut signatures = rules::signatures(text).peekable();
    for sentences in &doc.paragraphs {
        let mut paragraph_end = 0;
        let first_of_paragraph = words.len();
        for sentence in &doc.sentences[sentences.clone()] {
            let range = sentence.range.clone();
            paragraph_end = range.end;
            let first = words.len();
            let mut speech = rules::has_speech_mark(&text[range.clone()]);
            let tokens = &doc.tokens[sentence.tokens.clone()];
            for token in tokens.iter().filter(|token| token.kind != TokenKind::Mark) {
                let written = token.of(text);
                let mut word = Word::of(written);
                while quoted.next_if(|range| range.end <= token.start).is_some() {}
                if quoted
                    .peek()
                    .is_some_and(|range| range.start <= token.start)
                {
                    word.0 |= QUOTED | FOREIGN;
                } else {
                    speech |= rules::is_speech_word(word, written);
                }
                words.push(word);
            }
            while furniture.next_if(|&byte| byte < range.end).is_some() {
                speech = true;
            }
            if speech {
                words[first..].iter_mut().for_each(|word| word.0 |= FOREIGN);
            }
        }
        while signatures.next_if(|&byte| byte < paragraph_end).is_some() {
            words[first_of_paragraph..]
                .iter_mut()
                .for_each(|word| word.0 |= FOREIGN);
        }
    }
    words
}

/// What stands in quotation marks or was found to be said word for word: sorted byte ranges that do
/// not overlap.
fn quoted(doc: &Document<'_>, points: &CodePoints<'_>, analysis: &Analysis) -> Vec<Range<usize>> {
    let marked = quotations::quotations(doc)
        .into_iter()
        .map(|quotation| quotation.outer);
    let direct = analysis
        .statements
        .iter()
        .filter(|s| s.kind == StatementKind::Direct);
    let said = direct.flat_map(|s| s.content.iter().map(|&span| points.bytes(span)));
    let mut ranges: Vec<Range<usize>> = marked.chain(said).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

fn credits(points: &CodePoints<'_>, analysis: &Analysis) -> Vec<Credited> {
    let name = |agency: &Option<String>, outlet: &Option<String>| {
        let name = agency.as_ref().or(outlet.as_ref())?.clone();
        Some((name, agency.is_some()))
    };
    analysis
        .credits
        .iter()
        .filter_map(|credit| {
            let (name, agency) = name(&credit.agency, &credit.outlet)?;
            Some(Credited {
                name,
                agency,
                helped: rules::is_contribution(points.slice(credit.span())),
            })
        })
        .collect()
}

fn named(doc: &Document<'_>, outlets: &Outlets) -> Vec<(u32, String)> {
    let is_word = |token: &&variorum_text::Token| token.kind != TokenKind::Mark;
    let mut tokens = doc.tokens.iter().filter(is_word).enumerate().peekable();
    let mut named = Vec::new();
    for (byte, agency) in outlets.agencies_in(doc.text) {
        while tokens.next_if(|(_, token)| token.end <= byte).is_some() {}
        let at = tokens.peek().map_or(0, |(at, _)| *at);
        named.push((at as u32, agency.to_owned()));
    }
    named
}

/// FNV-1a of the small letters, with straight apostrophes.
pub(super) fn hash(word: &str) -> u32 {
    let mix = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let sum = if word.is_ascii() {
        word.bytes()
            .map(|byte| byte.to_ascii_lowercase())
            .fold(0xcbf2_9ce4_8422_2325, mix)
    } else {
        let word = word.replace('’', "'").to_lowercase();
        word.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
    };
    (sum ^ (sum >> 32)) as u32
}
