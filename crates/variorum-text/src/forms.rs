//! Forms: what the trained models see of single words, as numbers that go into hashed features.
//!
//! Each distinct word of a text is looked at once, however often it comes.

use rustc_hash::FxHashMap;

use crate::rows::word;
use crate::{Document, TokenKind, stem, vectors, words};

/// Stands for a word that is not there.
pub const NONE: u64 = 97;

/// One distinct word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// The word as it is written.
    pub exact: u64,
    /// The word in lower case.
    pub lower: u64,
    /// Its stem; 0 for a mark.
    pub stem: u64,
    /// Its first two, three and four letters in lower case.
    pub prefixes: [u64; 3],
    /// Its last letter, and its last two, three and four letters in lower case.
    pub suffixes: [u64; 4],
    /// What it looks like, a bit each: see the constants of this type.
    pub shape: u64,
    /// Its groups in the word vectors, coarse and fine.
    pub clusters: [u64; vectors::LEVELS],
    /// Whether it is a mark of punctuation.
    pub is_mark: bool,
}

impl Form {
    /// It begins with a capital.
    pub const CAPITAL: u64 = 1;
    /// It has a capital behind its first letter.
    pub const INNER_CAPITAL: u64 = 1 << 1;
    /// It has a small letter.
    pub const SMALL: u64 = 1 << 2;
    /// It has a digit.
    pub const DIGIT: u64 = 1 << 3;
    /// It has a hyphen.
    pub const HYPHEN: u64 = 1 << 4;
    /// It has a full stop.
    pub const STOP: u64 = 1 << 5;
    /// It is one character.
    pub const SINGLE: u64 = 1 << 6;
    /// It begins with neither a letter nor a digit.
    pub const SIGN: u64 = 1 << 7;

    fn of(text: &str, is_mark: bool) -> Self {
        let lower = words::fold(text);
        Form {
            exact: word(text),
            stem: if is_mark {
                0
            } else {
                word(&stem::stem(&lower))
            },
            prefixes: [2, 3, 4].map(|count| word(prefix(&lower, count))),
            suffixes: [1, 2, 3, 4].map(|count| word(suffix(&lower, count))),
            shape: shape(text),
            clusters: vectors::clusters(&lower).map_or([NONE; vectors::LEVELS], |groups| {
                groups.map(|group| u64::from(group) + 1000)
            }),
            is_mark,
            lower: word(&lower),
        }
    }
}

/// The forms of the tokens of a text.
#[derive(Debug, Clone, Default)]
pub struct Forms<'t> {
    /// For each token its place among the forms.
    places: Vec<u32>,
    list: Vec<Form>,
    texts: Vec<&'t str>,
}

impl<'t> Forms<'t> {
    /// Looks at all tokens.
    pub fn of(doc: &Document<'t>) -> Self {
        let mut found = Forms {
            places: Vec::with_capacity(doc.tokens.len()),
            ..Forms::default()
        };
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        for token in &doc.tokens {
            let text = token.of(doc.text);
            let next = found.list.len() as u32;
            let place = *known.entry(text).or_insert(next);
            if place == next {
                let is_mark = token.kind == TokenKind::Mark;
                found.list.push(Form::of(text, is_mark));
                found.texts.push(text);
            }
            found.places.push(place);
        }
        found
    }

    /// The form of a token.
    pub fn get(&self, token: usize) -> Option<&Form> {
        self.list.get(self.place(token)?)
    }

    /// Which of the [distinct](Forms::distinct) words a token is.
    pub fn place(&self, token: usize) -> Option<usize> {
        self.places.get(token).map(|&place| place as usize)
    }

    /// The distinct words of the text, as they are written.
    pub fn distinct(&self) -> impl Iterator<Item = (&'t str, &Form)> {
        self.texts.iter().copied().zip(&self.list)
    }
}

fn shape(text: &str) -> u64 {
    let mut shape = 0;
    for (at, c) in text.chars().enumerate() {
        let first = at == 0;
        shape |= match c {
            '-' => Form::HYPHEN,
            '.' => Form::STOP,
            _ if c.is_uppercase() && first => Form::CAPITAL,
            _ if c.is_uppercase() => Form::INNER_CAPITAL,
            _ if c.is_lowercase() => Form::SMALL,
            _ if c.is_numeric() => Form::DIGIT,
            _ => 0,
        };
        if first && !c.is_alphanumeric() {
            shape |= Form::SIGN;
        }
    }
    if text.chars().nth(1).is_none() {
        shape |= Form::SINGLE;
    }
    shape
}

fn prefix(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count);
    end.map_or(text, |(at, _)| &text[..at])
}

fn suffix(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count - 1);
    start.map_or(text, |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_form_wherever_it_stands() {
        let doc = Document::new("The Port, the port.", None);
        let forms = Forms::of(&doc);
        let form = |token: usize| *forms.get(token).expect("there is a token");
        assert_eq!(form(1).lower, form(4).lower);
        assert_ne!(form(1).exact, form(4).exact);
        assert_eq!(form(1).shape, Form::CAPITAL | Form::SMALL);
        assert!(form(2).is_mark && form(2).shape & Form::SIGN > 0);
        assert_eq!(form(1).suffixes[2], word("ort"));
        assert_eq!(form(1).prefixes[0], word("po"));
        assert_eq!(forms.distinct().count(), 6);
        assert_eq!(forms.get(doc.tokens.len()), None);
    }
}
