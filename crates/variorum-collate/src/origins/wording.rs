//! The words of a report, told apart into its own and others' speech, and their shingles.

use std::ops::Range;

use variorum_model::StatementKind;
use variorum_text::{Document, TokenKind, quotations};

use super::rules;
use crate::Member;

/// Words in a shingle.
const SHINGLE: usize = 7;
/// How many places of one shingle are tried; more are repetitions inside one text.
const PLACES: usize = 8;

/// One word of a report.
pub(super) struct Word {
    /// Of the word in small letters.
    hash: u64,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Whether it is no reporting: quoted, speech without marks, or the site's furniture.
    pub foreign: bool,
}

/// The words of a report in text order, with an index of its shingles.
pub(super) struct Wording {
    pub words: Vec<Word>,
    /// Hash of the shingle that begins at each word.
    shingle_at: Vec<u64>,
    /// The same with the word, sorted.
    shingles: Vec<(u64, usize)>,
    /// How many words do not stand in quotation marks.
    pub own: usize,
}

impl Wording {
    /// Reads a report.
    pub(super) fn of(member: &Member<'_>) -> Self {
        let text = member.report.text.as_str();
        let doc = Document::new(text, None);
        let quoted = quoted(&doc, member);
        let mut words: Vec<Word> = Vec::with_capacity(doc.tokens.len());
        let mut post = None;
        for sentence in &doc.sentences {
            let post = match post {
                Some((paragraph, is_post)) if paragraph == sentence.paragraph => is_post,
                _ => {
                    let is_post = rules::is_post(&text[doc.paragraph_bytes(sentence.paragraph)]);
                    post = Some((sentence.paragraph, is_post));
                    is_post
                }
            };
            let first = words.len();
            let tokens = &doc.tokens[sentence.tokens.clone()];
            let mut said = Vec::new();
            for token in tokens.iter().filter(|token| token.kind != TokenKind::Mark) {
                let inside = is_inside(&quoted, token.start);
                let word = token.of(text).replace('’', "'");
                let hash = hash(&word.to_lowercase());
                if !inside {
                    said.push(word);
                }
                words.push(Word {
                    hash,
                    range: token.range(),
                    quoted: inside,
                    foreign: inside,
                });
            }
            let sentence = &text[sentence.range.clone()];
            let speech = || rules::is_speech(sentence, said.iter().map(String::as_str));
            if post || speech() || rules::is_furniture(sentence) {
                words[first..]
                    .iter_mut()
                    .for_each(|word| word.foreign = true);
            }
        }
        let shingle_at: Vec<u64> = words
            .windows(SHINGLE)
            .map(|window| window.iter().fold(0, |sum, word| mix(sum, word.hash)))
            .collect();
        let mut shingles: Vec<(u64, usize)> = shingle_at.iter().copied().zip(0..).collect();
        shingles.sort_unstable();
        let own = words.iter().filter(|word| !word.quoted).count();
        Wording {
            words,
            shingle_at,
            shingles,
            own,
        }
    }

    /// Every shingle once.
    pub(super) fn shingles(&self) -> impl Iterator<Item = u64> {
        self.shingles
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| same[0].0)
    }

    /// The longest runs of words that `other` has too, as (place here, place there, words): from
    /// the left, each as long as it goes.
    pub(super) fn runs(&self, other: &Wording) -> Vec<Run> {
        let mut found = Vec::new();
        let mut here = 0;
        while let Some(&shingle) = self.shingle_at.get(here) {
            let first = other.shingles.partition_point(|s| s.0 < shingle);
            let places = other.shingles[first..].iter().take(PLACES);
            let best = places
                .take_while(|place| place.0 == shingle)
                .map(|&(_, there)| Run {
                    here,
                    there,
                    words: self.alike(here, other, there),
                })
                .max_by_key(|run| (run.words, std::cmp::Reverse(run.there)));
            match best.filter(|run| run.words >= SHINGLE) {
                Some(run) => {
                    here += run.words;
                    found.push(run);
                }
                None => here += 1,
            }
        }
        found
    }

    fn alike(&self, here: usize, other: &Wording, there: usize) -> usize {
        let pairs = self.words[here..].iter().zip(&other.words[there..]);
        pairs.take_while(|(a, b)| a.hash == b.hash).count()
    }
}

/// Words that two reports have in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// First word in the one.
    pub here: usize,
    /// First word in the other.
    pub there: usize,
    /// How many.
    pub words: usize,
}

/// What stands in quotation marks or was found to be said word for word: sorted byte ranges that do
/// not overlap.
fn quoted(doc: &Document<'_>, member: &Member<'_>) -> Vec<Range<usize>> {
    let marked = quotations::quotations(doc)
        .into_iter()
        .map(|quotation| quotation.outer);
    let direct = member
        .analysis
        .statements
        .iter()
        .filter(|s| s.kind == StatementKind::Direct);
    let said = direct.flat_map(|s| s.content.iter().map(|&span| member.points.bytes(span)));
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

fn is_inside(ranges: &[Range<usize>], byte: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= byte);
    ranges.get(next).is_some_and(|range| range.start <= byte)
}

/// FNV-1a.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn mix(sum: u64, word: u64) -> u64 {
    (sum.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
