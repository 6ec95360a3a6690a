//! Language work: from a text to its paragraphs, sentences, tokens, quotations, names, time
//! expressions and numbers.
//!
//! Everything here is a pure function of the text. Places are byte ranges into it; the crates above
//! turn them into code points at their borders. Word lists and patterns are data files under
//! `data/`, each with examples and counter-examples that the tests run.
//!
//! [`Document`] holds one text with its paragraphs, sentences and tokens, found once.

pub mod attribution;
pub mod document;
pub mod forms;
pub mod happenings;
pub mod lexicon;
pub mod namer;
pub mod numbers;
pub mod numerals;
pub mod outlets;
pub mod parser;
pub mod quotations;
pub mod ranges;
pub mod rarity;
pub mod regexes;
pub mod rows;
pub mod sentences;
pub mod sequence;
pub mod stem;
pub mod syntax;
pub mod tagger;
pub mod times;
pub mod tokens;
pub mod vectors;
pub mod weights;
pub mod words;

pub use document::{Document, Sentence};
pub use tokens::{Token, TokenKind};
