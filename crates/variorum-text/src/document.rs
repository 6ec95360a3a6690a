//! One text with its paragraphs, sentences and tokens, found once and shared by all finders.

use std::ops::Range;

use jiff::civil::Date;

use crate::sentences;
use crate::tokens::{self, Token};

/// The most tokens of a sentence. No writer makes one so long: it is a list, a table or a text without full stops,
/// and what asks something of each word about the rest of its sentence takes no longer for it than for others.
const LONGEST_SENTENCE: usize = 250;

/// One sentence: a byte range and the tokens in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Indexes into [`Document::tokens`].
    pub tokens: Range<usize>,
    /// Index into [`Document::paragraphs`].
    pub paragraph: usize,
}

/// A text and its parts, each in text order.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// The text itself.
    pub text: &'a str,
    /// The day it was published, against which its times are read; `None` when undated.
    pub published: Option<Date>,
    /// All tokens.
    pub tokens: Vec<Token>,
    /// All sentences.
    pub sentences: Vec<Sentence>,
    /// All paragraphs, as indexes into `sentences`.
    pub paragraphs: Vec<Range<usize>>,
}

impl<'a> Document<'a> {
    /// Splits a text.
    pub fn new(text: &'a str, published: Option<Date>) -> Self {
        let tokens = tokens::tokens(text);
        let mut found = Vec::new();
        let mut paragraphs = Vec::new();
        let mut next_token = 0;
        for (paragraph, range) in sentences::paragraphs(text).into_iter().enumerate() {
            let first = found.len();
            for range in sentences::sentences(text, range) {
                let start = next_token;
                while tokens.get(next_token).is_some_and(|t| t.start < range.end) {
                    next_token += 1;
                }
                found.extend(pieces(&tokens, range, start..next_token, paragraph));
            }
            paragraphs.push(first..found.len());
        }
        Document {
            text,
            published,
            tokens,
            sentences: found,
            paragraphs,
        }
    }

    /// The characters of a token.
    pub fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| &self.text[t.range()])
    }

    /// The bytes that a run of tokens covers.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match (
            self.tokens.get(tokens.start),
            self.tokens.get(tokens.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The tokens that lie in a byte range.
    pub fn tokens_in(&self, bytes: Range<usize>) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.start < bytes.start);
        let end = self.tokens.partition_point(|t| t.end <= bytes.end);
        start..end.max(start)
    }

    /// Index of the sentence that holds a byte, or of the one before it.
    pub fn sentence_at(&self, byte: usize) -> Option<usize> {
        self.sentences
            .partition_point(|s| s.range.start <= byte)
            .checked_sub(1)
    }

    /// The bytes of a paragraph.
    pub fn paragraph_bytes(&self, paragraph: usize) -> Range<usize> {
        let sentences = &self.sentences[self.paragraphs[paragraph].clone()];
        match (sentences.first(), sentences.last()) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => 0..0,
        }
    }
}

/// A sentence, cut where it is too long.
fn pieces(
    all: &[Token],
    range: Range<usize>,
    tokens: Range<usize>,
    paragraph: usize,
) -> impl Iterator<Item = Sentence> {
    let count = tokens.len().div_ceil(LONGEST_SENTENCE).max(1);
    (0..count).map(move |piece| {
        let first = tokens.start + piece * LONGEST_SENTENCE;
        let behind = (first + LONGEST_SENTENCE).min(tokens.end);
        let start = if piece == 0 {
            range.start
        } else {
            all[first].start
        };
        let end = if piece + 1 == count {
            range.end
        } else {
            all[behind - 1].end
        };
        Sentence {
            range: start..end,
            tokens: first..behind,
            paragraph,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sentence_is_longer_than_anybody_writes() {
        let text = "One short sentence. ".to_owned() + &"And so on ".repeat(300);
        let doc = Document::new(&text, None);
        let lengths: Vec<usize> = doc.sentences.iter().map(|s| s.tokens.len()).collect();
        assert_eq!(lengths, [4, 250, 250, 250, 150]);
        let mut at = 0;
        for sentence in &doc.sentences {
            assert!(text[at..sentence.range.start].trim().is_empty());
            assert_eq!(doc.bytes(sentence.tokens.clone()), sentence.range);
            at = sentence.range.end;
        }
        assert_eq!(doc.paragraphs.len(), 1);
        assert_eq!(doc.paragraphs[0], 0..5);
    }
}
