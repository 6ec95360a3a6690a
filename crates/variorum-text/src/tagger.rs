//! Part-of-speech tags: what kind of word each token of a sentence is.
//!
//! An averaged perceptron reads a sentence from left to right (Collins 2002, "Discriminative training
//! methods for hidden Markov models"): each word gets the tag whose features weigh most, given the two
//! tags before it. Features are hashed into one table of small whole numbers, so that the model is a
//! plain block of bytes, compiled in and used as it lies (`models/tags.bin`, described in
//! `models/tags.md`).

use std::ops::Range;

use crate::forms::{Forms, NONE};
use crate::rows::{self, feature};

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

/// Two to this power is the number of rows of the model.
pub const BITS: u32 = 17;

static WEIGHTS: &[u8] = include_bytes!("../models/tags.bin");

/// The tags of some tokens, which are one sentence.
pub fn tags(forms: &Forms<'_>, tokens: Range<usize>) -> Vec<Tag> {
    tags_with(WEIGHTS, forms, tokens)
}

/// The same with other weights, as training compares them.
pub fn tags_with(weights: &[u8], forms: &Forms<'_>, tokens: Range<usize>) -> Vec<Tag> {
    let sentence = Sentence { forms, tokens };
    let mut found = Vec::with_capacity(sentence.tokens.len());
    let mut places = Vec::with_capacity(32);
    for token in sentence.tokens.clone() {
        if sentence.is_mark(token) {
            found.push(Tag::Mark);
            continue;
        }
        sentence.features(token, &found, &mut places);
        let sums = rows::sums::<{ Tag::ALL.len() }>(weights, BITS, &places);
        found.push(Tag::ALL[rows::best(&sums)]);
    }
    found
}

/// A sentence as the features see it.
pub struct Sentence<'a> {
    /// The words of the whole text.
    pub forms: &'a Forms<'a>,
    /// The tokens of the sentence.
    pub tokens: Range<usize>,
}

impl Sentence<'_> {
    /// Whether a token is a mark, which needs no features.
    pub fn is_mark(&self, token: usize) -> bool {
        self.forms.get(token).is_some_and(|form| form.is_mark)
    }

    /// What tells about one word, given the tags before it.
    pub fn features(&self, token: usize, before: &[Tag], found: &mut Vec<u64>) {
        found.clear();
        let form = |step: isize| {
            let token = token.checked_add_signed(step)?;
            let here = self.tokens.contains(&token);
            self.forms.get(token).filter(|_| here)
        };
        let Some(own) = form(0) else { return };
        let tag = |back: usize| {
            let at = before.len().checked_sub(back);
            at.map_or(NONE, |at| before[at] as u64)
        };
        let lower = |step: isize| form(step).map_or(NONE, |form| form.lower);
        let ending = |step: isize| form(step).map_or(NONE, |form| form.suffixes[2]);
        let first = u64::from(before.iter().all(|tag| *tag == Tag::Mark));
        let shape = own.shape << 1 | first;
        let list = [
            (0, 0, 0, 0),
            (1, own.lower, 0, 0),
            (2, own.suffixes[0], 0, 0),
            (3, own.suffixes[1], 0, 0),
            (4, own.suffixes[2], 0, 0),
            (5, own.suffixes[3], 0, 0),
            (6, own.prefixes[0], 0, 0),
            (7, own.prefixes[2], 0, 0),
            (8, tag(1), 0, 0),
            (9, tag(1), tag(2), 0),
            (10, tag(1), own.lower, 0),
            (11, lower(-1), 0, 0),
            (12, ending(-1), 0, 0),
            (13, lower(-2), 0, 0),
            (14, lower(1), 0, 0),
            (15, ending(1), 0, 0),
            (16, lower(2), 0, 0),
            (17, own.lower, lower(1), 0),
            (18, lower(-1), own.lower, 0),
            (19, shape, 0, 0),
            (20, shape, tag(1), own.suffixes[2]),
            (21, tag(1), tag(2), own.suffixes[1]),
        ];
        found.extend(list.iter().map(|&(n, a, b, c)| feature(n, a, b, c)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn nouns_and_verbs_of_one_form_are_told_apart() {
        let check = |text: &str, word: &str, verb: bool| {
            let doc = Document::new(text, None);
            let tags = tags(&Forms::of(&doc), doc.sentences[0].tokens.clone());
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
            let forms = Forms::of(&doc);
            for sentence in &doc.sentences {
                let tags = tags(&forms, sentence.tokens.clone());
                assert_eq!(tags.len(), sentence.tokens.len());
            }
        }
    }
}
