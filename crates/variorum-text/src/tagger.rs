//! Part-of-speech tags: what kind of word each token of a sentence is.
//!
//! An averaged perceptron reads a sentence from left to right (Collins 2002, "Discriminative training
//! methods for hidden Markov models"): each word gets the tag whose features weigh most, given the two
//! tags before it. Features are hashed into one table of small whole numbers, so that the model is a
//! plain block of bytes, compiled in and used as it lies (`models/tags.bin`, described in
//! `models/tags.md`).

use std::ops::Range;

use crate::{Document, TokenKind, rows};

/// Kinds of words, after the Penn Treebank; rare ones are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tag {
    /// Adjective: "big", "bigger".
    Adjective,
    /// Adverb: "quickly", "not".
    Adverb,
    /// "and", "but".
    Conjunction,
    /// Article, "this", "each".
    Determiner,
    /// "can", "will".
    Modal,
    /// Common noun in the singular.
    Noun,
    /// Common noun in the plural.
    Nouns,
    /// Number.
    Number,
    /// "'s" behind its owner.
    Possessive,
    /// Preposition, or a conjunction such as "that", "if".
    Preposition,
    /// "he", "them".
    Pronoun,
    /// "his", "their".
    PronounPossessive,
    /// Word of a name.
    ProperNoun,
    /// "up" in "gave up".
    Particle,
    /// "to".
    To,
    /// Base form: "go".
    Verb,
    /// Past tense: "went".
    VerbPast,
    /// Present participle: "going".
    VerbIng,
    /// Past participle: "gone".
    VerbParticiple,
    /// Present: "go", "goes".
    VerbPresent,
    /// "who", "which", "how".
    Wh,
    /// Punctuation.
    Mark,
    /// Anything else: "there is", foreign words, interjections.
    Other,
}

impl Tag {
    /// All tags, in the order of their numbers.
    pub const ALL: [Tag; 23] = [
        Tag::Adjective,
        Tag::Adverb,
        Tag::Conjunction,
        Tag::Determiner,
        Tag::Modal,
        Tag::Noun,
        Tag::Nouns,
        Tag::Number,
        Tag::Possessive,
        Tag::Preposition,
        Tag::Pronoun,
        Tag::PronounPossessive,
        Tag::ProperNoun,
        Tag::Particle,
        Tag::To,
        Tag::Verb,
        Tag::VerbPast,
        Tag::VerbIng,
        Tag::VerbParticiple,
        Tag::VerbPresent,
        Tag::Wh,
        Tag::Mark,
        Tag::Other,
    ];

    /// The tag that stands for a tag of the Penn Treebank.
    pub fn from_penn(tag: &str) -> Tag {
        match tag {
            "JJ" | "JJR" | "JJS" | "AFX" => Tag::Adjective,
            "RB" | "RBR" | "RBS" => Tag::Adverb,
            "CC" => Tag::Conjunction,
            "DT" | "PDT" => Tag::Determiner,
            "MD" => Tag::Modal,
            "NN" => Tag::Noun,
            "NNS" => Tag::Nouns,
            "CD" => Tag::Number,
            "POS" => Tag::Possessive,
            "IN" => Tag::Preposition,
            "PRP" => Tag::Pronoun,
            "PRP$" => Tag::PronounPossessive,
            "NNP" | "NNPS" => Tag::ProperNoun,
            "RP" => Tag::Particle,
            "TO" => Tag::To,
            "VB" => Tag::Verb,
            "VBD" => Tag::VerbPast,
            "VBG" => Tag::VerbIng,
            "VBN" => Tag::VerbParticiple,
            "VBP" | "VBZ" => Tag::VerbPresent,
            "WDT" | "WP" | "WP$" | "WRB" => Tag::Wh,
            "." | "," | ":" | "``" | "''" | "-LRB-" | "-RRB-" | "HYPH" | "NFP" | "$" | "#"
            | "SYM" => Tag::Mark,
            _ => Tag::Other,
        }
    }

    /// Whether it is a verb of any form.
    pub fn is_verb(self) -> bool {
        (Tag::Verb as u8..=Tag::VerbPresent as u8).contains(&(self as u8))
    }
}

/// How many rows the table of weights has; a power of two.
pub const ROWS: usize = 1 << 17;

/// The model: for each row one weight a tag.
static WEIGHTS: &[u8; ROWS * Tag::ALL.len()] = include_bytes!("../models/tags.bin");

/// The tags of some tokens of a document, which are one sentence.
pub fn tags(doc: &Document<'_>, tokens: Range<usize>) -> Vec<Tag> {
    tags_with(WEIGHTS, doc, tokens)
}

/// The same with other weights, as training compares them.
pub fn tags_with(weights: &[u8], doc: &Document<'_>, tokens: Range<usize>) -> Vec<Tag> {
    let words: Vec<Word<'_>> = tokens.map(|t| Word::of(doc, t)).collect();
    let mut found = Vec::with_capacity(words.len());
    let mut places = Vec::new();
    for at in 0..words.len() {
        if words[at].is_mark {
            found.push(Tag::Mark);
            continue;
        }
        places.clear();
        features(&words, at, &found, &mut places);
        let mut scores = [0i16; Tag::ALL.len()];
        for &row in &places {
            let row = row as usize * scores.len();
            rows::add(&mut scores, &weights[row..row + Tag::ALL.len()]);
        }
        let best = (0..scores.len()).fold(0, |best, tag| {
            if scores[tag] > scores[best] {
                tag
            } else {
                best
            }
        });
        found.push(Tag::ALL[best]);
    }
    found
}

/// A token as the features see it.
pub struct Word<'t> {
    text: &'t str,
    lower: String,
    is_mark: bool,
}

impl<'t> Word<'t> {
    /// The word of a token.
    pub fn of(doc: &Document<'t>, token: usize) -> Self {
        let text = doc.tokens[token].of(doc.text);
        Word {
            text,
            lower: crate::words::fold(text),
            is_mark: doc.tokens[token].kind == TokenKind::Mark,
        }
    }

    /// Whether it is a mark, which needs no features.
    pub fn is_mark(&self) -> bool {
        self.is_mark
    }
}

/// The rows of the table that tell about one word, given the tags before it.
pub fn features(words: &[Word<'_>], at: usize, before: &[Tag], rows: &mut Vec<u32>) {
    let lower = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .map_or("", |word| word.lower.as_str())
    };
    let word = &words[at];
    let tag = |back: usize| at.checked_sub(back).map_or(0xff, |at| before[at] as u8);
    let (one, two) = (tag(1), tag(2));
    let (left, right) = (lower(at.checked_sub(1)), lower(Some(at + 1)));
    let mut add = |template: u8, parts: &[&[u8]]| rows.push(hash(template, parts));
    let own = word.lower.as_str();
    add(0, &[]);
    add(1, &[own.as_bytes()]);
    for (template, length) in [(2, 1), (3, 2), (4, 3), (5, 4)] {
        add(template, &[suffix(own, length).as_bytes()]);
    }
    add(6, &[prefix(own, 2).as_bytes()]);
    add(7, &[prefix(own, 4).as_bytes()]);
    add(8, &[&[one]]);
    add(9, &[&[one, two]]);
    add(10, &[&[one], own.as_bytes()]);
    add(11, &[left.as_bytes()]);
    add(12, &[suffix(left, 3).as_bytes()]);
    add(13, &[lower(at.checked_sub(2)).as_bytes()]);
    add(14, &[right.as_bytes()]);
    add(15, &[suffix(right, 3).as_bytes()]);
    add(16, &[lower(Some(at + 2)).as_bytes()]);
    add(17, &[own.as_bytes(), b" ", right.as_bytes()]);
    add(18, &[left.as_bytes(), b" ", own.as_bytes()]);
    let first = words[..at].iter().all(|word| word.is_mark);
    let shape = shape(word.text);
    add(19, &[&[shape, u8::from(first)]]);
    add(
        20,
        &[&[shape, u8::from(first), one], suffix(own, 3).as_bytes()],
    );
    add(21, &[&[one, two], suffix(own, 2).as_bytes()]);
}

/// What a word looks like: capitals, digits, hyphens.
fn shape(word: &str) -> u8 {
    let has = |is: fn(char) -> bool| word.chars().any(is);
    let first = word.chars().next().is_some_and(char::is_uppercase);
    u8::from(first)
        | u8::from(!has(char::is_lowercase)) << 1
        | u8::from(has(char::is_numeric)) << 2
        | u8::from(word.contains('-')) << 3
        | u8::from(word.contains('.')) << 4
}

fn suffix(word: &str, length: usize) -> &str {
    let start = word.char_indices().rev().nth(length - 1);
    start.map_or(word, |(at, _)| &word[at..])
}

fn prefix(word: &str, length: usize) -> &str {
    let end = word.char_indices().nth(length);
    end.map_or(word, |(at, _)| &word[..at])
}

/// FNV-1a, folded to a row.
fn hash(template: u8, parts: &[&[u8]]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(template);
    hash = hash.wrapping_mul(0x0100_0000_01b3);
    for byte in parts.iter().copied().flatten() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    ((hash ^ (hash >> 32)) as u32) & (ROWS as u32 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_and_verbs_of_one_form_are_told_apart() {
        let check = |text: &str, word: &str, verb: bool| {
            let doc = Document::new(text, None);
            let tags = tags(&doc, doc.sentences[0].tokens.clone());
            let at = (0..tags.len()).find(|&t| doc.word(t) == word);
            let tag = at.map(|t| tags[t]);
            assert_eq!(
                tag.map(Tag::is_verb),
                Some(verb),
                "{word} in {text:?}: {tag:?}"
            );
        };
        check("She claims that the port is safe.", "claims", true);
        check("The claims of the minister were rejected.", "claims", false);
        check("Police report two arrests.", "report", true);
        check("The report was published on Monday.", "report", false);
    }

    proptest::proptest! {
        #[test]
        fn every_token_gets_a_tag(text in "[a-zA-Z0-9 .,’é“-]{0,60}") {
            let doc = Document::new(&text, None);
            for sentence in &doc.sentences {
                let tags = tags(&doc, sentence.tokens.clone());
                assert_eq!(tags.len(), sentence.tokens.len());
            }
        }
    }
}
