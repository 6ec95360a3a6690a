//! Names: which tokens name a person, an organisation or a place.
//!
//! A linear chain over hashed features, learned from machine-labelled news and hand-labelled texts. What the
//! lexicons know of a word (given name, place, title ...) is a feature like any other, and so is how the
//! word is written elsewhere in the text. The model is `models/names.bin`, described in
//! `models/names.md`.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::forms::{Form, NONE};
use crate::outlets::Outlets;
use crate::rows::feature;
use crate::sequence::{self, Layout, Observed};
use crate::syntax::Syntax;
use crate::{Document, TokenKind, lexicon, words};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person.
    Person,
    /// A company, authority, party, team.
    Organization,
    /// A country, town, region, building.
    Place,
}

impl Kind {
    /// All kinds, in the order of their labels.
    pub const ALL: [Kind; 3] = [Kind::Person, Kind::Organization, Kind::Place];
}

/// How many labels there are: 0 for no name, then for each kind its first word and its other words.
pub const LABELS: usize = 7;

/// The label of a word of a name.
pub fn label(kind: Kind, first: bool) -> usize {
    2 * kind as usize + if first { 1 } else { 2 }
}

/// The size of the model.
pub const LAYOUT: Layout = Layout {
    own: 18,
    shared: 12,
};

/// Added to the weight of each label, since a model that is unsure would rather find nothing.
const BIAS: [i32; LABELS] = [0, 10, 10, 10, 10, 10, 10];

static WEIGHTS: &[u8] = include_bytes!("../models/names.bin");

/// The names of a text, as tokens, in text order.
pub fn names(
    doc: &Document<'_>,
    syntax: &Syntax<'_>,
    outlets: &Outlets,
) -> Vec<(Range<usize>, Kind)> {
    let view = View::of(doc, syntax, outlets);
    let mut observed = Observed::default();
    let mut found: Vec<(Range<usize>, Kind)> = Vec::new();
    for tokens in doc.sentences.iter().map(|s| s.tokens.clone()) {
        view.observe(tokens.clone(), &mut observed);
        let labels = sequence::decode::<LABELS>(WEIGHTS, LAYOUT, &observed, BIAS);
        for (token, label) in tokens.zip(labels) {
            let Some(index) = label.checked_sub(1) else {
                continue;
            };
            let kind = Kind::ALL[index / 2];
            match found.last_mut() {
                Some((last, k)) if index % 2 == 1 && *k == kind && last.end == token => {
                    last.end += 1;
                }
                _ => found.push((token..token + 1, kind)),
            }
        }
    }
    agree(doc, &mut found);
    found
}

/// Gives all mentions of one name in a text the kind that most of them have.
fn agree(doc: &Document<'_>, found: &mut [(Range<usize>, Kind)]) {
    let mut votes: FxHashMap<&str, [usize; 3]> = FxHashMap::default();
    for (tokens, kind) in found.iter() {
        let words = &doc.text[doc.bytes(tokens.clone())];
        votes.entry(words).or_default()[*kind as usize] += 1;
    }
    for (tokens, kind) in found {
        let votes = votes[&doc.text[doc.bytes(tokens.clone())]];
        let most = Kind::ALL
            .into_iter()
            .max_by_key(|&k| (votes[k as usize], k == *kind));
        *kind = most.unwrap_or(*kind);
    }
}

/// A text as the features see it.
pub struct View<'a> {
    syntax: &'a Syntax<'a>,
    /// For each distinct word.
    words: Vec<Word>,
}

/// What only the finder of names asks of a word.
#[derive(Clone, Copy)]
struct Word {
    /// What the lexicons know of it, a bit each.
    known: u64,
    /// How it is written elsewhere: with a capital inside a sentence, in lower case.
    elsewhere: u64,
}

impl<'a> View<'a> {
    /// Looks at a text.
    pub fn of(doc: &Document<'_>, syntax: &'a Syntax<'a>, outlets: &Outlets) -> Self {
        let forms = &syntax.forms;
        // For each word in small letters.
        let mut elsewhere: FxHashMap<u64, u64> = FxHashMap::default();
        for sentence in &doc.sentences {
            for at in sentence.tokens.clone() {
                let Some(form) = forms.get(at) else { continue };
                let capital = form.shape & Form::CAPITAL > 0;
                let inside =
                    at > sentence.tokens.start && doc.tokens[at - 1].kind == TokenKind::Word;
                let bit = match (capital, inside) {
                    (true, true) => 1,
                    (false, _) if doc.word(at).starts_with(char::is_alphabetic) => 2,
                    _ => continue,
                };
                *elsewhere.entry(form.lower).or_default() |= bit;
            }
        }
        let words = forms
            .distinct()
            .map(|(text, form)| Word {
                known: known(text, outlets),
                elsewhere: elsewhere.get(&form.lower).copied().unwrap_or(0),
            })
            .collect();
        View { syntax, words }
    }

    /// Observes the tokens of a sentence.
    pub fn observe(&self, tokens: Range<usize>, observed: &mut Observed) {
        observed.clear();
        let mut alone = Vec::with_capacity(48);
        let mut shared = Vec::with_capacity(8);
        for at in tokens.clone() {
            alone.clear();
            shared.clear();
            self.of_token(&tokens, at, &mut alone, &mut shared);
            observed.push(&alone, &shared);
        }
    }

    fn of_token(
        &self,
        tokens: &Range<usize>,
        at: usize,
        alone: &mut Vec<u64>,
        shared: &mut Vec<u64>,
    ) {
        let get = |step: isize| {
            let at = at.checked_add_signed(step)?;
            let form = self.syntax.forms.get(at)?;
            let word = &self.words[self.syntax.forms.place(at)?];
            tokens.contains(&at).then_some((form, word, at))
        };
        let Some((form, own, _)) = get(0) else {
            return;
        };
        let word = |step: isize| get(step).map_or(NONE, |(form, ..)| form.lower);
        let shape = |step: isize| get(step).map_or(NONE, |(form, ..)| form.shape);
        let known = |step: isize| get(step).map_or(NONE, |(_, word, _)| word.known);
        let tag = |step: isize| get(step).map_or(NONE, |(.., at)| self.syntax.tags[at] as u64);
        let cluster = |step: isize| get(step).map_or(NONE, |(form, ..)| form.clusters[0]);
        let first = u64::from(at == tokens.start);
        let head = self.syntax.heads[at].and_then(|head| self.syntax.forms.get(head));
        let head = head.map_or(NONE, |head| head.lower);
        let relation = self.syntax.relations[at] as u64;
        let list = [
            (0, form.exact, 0, 0),
            (1, form.lower, 0, 0),
            (2, form.shape, first, own.elsewhere),
            (3, form.prefixes[1], form.shape, 0),
            (4, form.suffixes[1], form.shape, 0),
            (5, form.suffixes[2], form.shape, 0),
            (6, form.suffixes[3], form.shape, 0),
            (7, word(-1), form.shape, 0),
            (8, word(1), form.shape, 0),
            (9, word(-2), form.shape, 0),
            (10, word(2), form.shape, 0),
            (11, tag(-1), tag(0), tag(1)),
            (12, tag(0), form.shape, first),
            (13, known(0), form.shape, 0),
            (14, known(-1), known(0), form.shape),
            (15, known(0), known(1), form.shape),
            (16, known(-1), shape(-1), form.shape),
            (17, known(1), shape(1), form.shape),
            (18, shape(-1), form.shape, shape(1)),
            (19, word(-1), form.lower, 0),
            (20, form.lower, word(1), 0),
            (21, word(-1), word(1), form.shape),
            (22, word(-2), word(-1), form.shape),
            (23, word(1), word(2), form.shape),
            (24, relation, head, form.shape),
            (25, relation, tag(0), own.known),
            (26, own.elsewhere, own.known, first),
            (27, known(-2), known(-1), form.shape),
            (28, known(1), known(2), form.shape),
            (29, shape(1), shape(2), form.shape),
            (30, shape(-1), shape(-2), form.shape),
            (31, form.clusters[0], form.shape, 0),
            (32, form.clusters[1], form.shape, 0),
            (33, cluster(-1), form.clusters[0], form.shape),
            (34, form.clusters[0], cluster(1), form.shape),
            (35, cluster(-1), shape(-1), form.shape),
            (36, cluster(1), shape(1), form.shape),
            (37, form.clusters[1], 0, 0),
            (38, own.known, word(-1), 0),
        ];
        alone.extend(list.iter().map(|&(n, a, b, c)| feature(n, a, b, c)));
        let list = [
            (40, 0, 0, 0),
            (42, form.shape, shape(-1), 0),
            (44, known(-1), known(0), 0),
            (46, form.shape, own.known, 0),
        ];
        shared.extend(list.iter().map(|&(n, a, b, c)| feature(n, a, b, c)));
    }
}

/// What the lexicons know of a word, a bit each.
fn known(text: &str, outlets: &Outlets) -> u64 {
    let lower = &words::fold(text);
    let capital = text.starts_with(char::is_uppercase);
    let is = |is: bool, bit: u32| u64::from(is) << bit;
    let small = words::is_function_word(lower);
    let title_case = if capital || small {
        String::new()
    } else {
        let mut chars = text.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        first.chain(chars).collect()
    };
    is(!capital && lexicon::place(&title_case).is_some(), 10)
        | is(!capital && lexicon::is_given_name(&title_case), 11)
        | is(capital && lexicon::is_given_name(text), 0)
        | is(capital && lexicon::place(text).is_some(), 1)
        | is(capital && lexicon::party(text).is_some(), 2)
        | is(capital && outlets.get(text).is_some(), 3)
        | is(lexicon::title(text).is_some(), 4)
        | is(lexicon::role(lower).is_some(), 5)
        | is(lexicon::organization_head(text), 6)
        | is(lexicon::place_head(text), 7)
        | is(lexicon::other_head(text), 8)
        | is(small, 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_bodies_and_places() {
        let text = "Angela Merkel flew to Paris, the European Commission said on Monday.";
        let doc = Document::new(text, None);
        let found: Vec<(&str, Kind)> = names(&doc, &Syntax::of(&doc), Outlets::built_in())
            .into_iter()
            .map(|(tokens, kind)| (&text[doc.bytes(tokens)], kind))
            .collect();
        assert_eq!(
            found,
            [
                ("Angela Merkel", Kind::Person),
                ("Paris", Kind::Place),
                ("European Commission", Kind::Organization)
            ]
        );
    }
}
