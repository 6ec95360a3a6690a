//! Word pieces: what the encoder sees of a token.
//!
//! A token is cut by itself into the most likely pieces of a unigram vocabulary (Kudo 2018, "Subword
//! regularization"), with a mark of a word's beginning before it where white space stands.

use rustc_hash::FxHashMap;
use variorum_text::Document;

/// Begins a window.
pub(crate) const BEGIN: i32 = 0;
/// Ends a window.
pub(crate) const END: i32 = 2;
/// Stands for a character that the vocabulary lacks.
const UNKNOWN: i32 = 3;
/// Pieces before the first one that stands for characters.
const SPECIAL: usize = 4;
/// The mark of a word's beginning.
const WORD: char = '\u{2581}';
/// The most characters of a piece.
const LONGEST: usize = 16;
/// The most pieces of a token; those behind are left out.
const MOST: usize = 12;
/// The most characters of a token that are looked at.
const LOOKED_AT: usize = 200;
/// How much less likely than the least likely piece an unknown character is.
const UNKNOWN_COST: f32 = 10.0;

/// The pieces with their numbers and log likelihoods.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pieces: FxHashMap<String, (i32, f32)>,
    least: f32,
}

impl Vocabulary {
    /// Reads a table of lines `piece <tab> log likelihood`, in the order of their numbers.
    pub(crate) fn parse(table: &str) -> Option<Self> {
        let mut pieces = FxHashMap::default();
        let mut least = 0_f32;
        for (number, line) in table.lines().enumerate().skip(SPECIAL) {
            let (piece, score) = line.split_once('\t')?;
            let score: f32 = score.parse().ok()?;
            least = least.min(score);
            pieces.insert(piece.to_owned(), (i32::try_from(number).ok()?, score));
        }
        Some(Vocabulary {
            pieces,
            least: least - UNKNOWN_COST,
        })
    }

    /// The numbers of the pieces of one token of a document.
    pub(crate) fn of_token(&self, doc: &Document<'_>, token: usize) -> Vec<i32> {
        let start = doc.tokens[token].start;
        let begins = doc.text[..start].chars().next_back();
        self.cut(doc.word(token), begins.is_none_or(char::is_whitespace))
    }

    /// The most likely pieces of some characters.
    fn cut(&self, token: &str, begins: bool) -> Vec<i32> {
        let mut text = String::with_capacity(token.len() + WORD.len_utf8());
        if begins {
            text.push(WORD);
        }
        text.extend(token.chars().take(LOOKED_AT));
        let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        ends.push(text.len());
        // For each end the score of the best way there, where its last piece begins and which it is.
        let mut best = vec![(f32::NEG_INFINITY, 0, UNKNOWN); ends.len()];
        best[0].0 = 0.0;
        for end in 1..ends.len() {
            for start in end.saturating_sub(LONGEST)..end {
                let piece = self.pieces.get(&text[ends[start]..ends[end]]);
                let (number, score) = match piece {
                    Some(&found) => found,
                    None if end - start == 1 => (UNKNOWN, self.least),
                    None => continue,
                };
                let score = best[start].0 + score;
                if score > best[end].0 {
                    best[end] = (score, start, number);
                }
            }
        }
        let mut cut = Vec::new();
        let mut at = ends.len() - 1;
        while at > 0 {
            cut.push(best[at].2);
            at = best[at].1;
        }
        cut.reverse();
        cut.truncate(MOST);
        cut
    }
}
