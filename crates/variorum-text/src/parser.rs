//! Syntax: on which word each word of a sentence hangs, and as what.
//!
//! A greedy transition parser in the arc-hybrid system. At each step a linear model over the top of
//! the stack and the next words chooses to shift or to make an arc; a second model names the arc's
//! relation at once, so that later choices see it. Each word is pushed once and popped once, so the
//! time is linear. Trained with a dynamic oracle (Goldberg and Nivre 2013), which also learns from the
//! states that its own mistakes lead to. The models are `models/arcs.bin` and
//! `models/relations.bin`, described in `models/syntax.md`.

pub mod features;
mod relation;
mod state;

use std::ops::Range;

pub use relation::Relation;
pub use state::{Action, State};

use crate::forms::Forms;
use crate::rows;
use crate::tagger::Tag;

/// Two to this power is the number of rows of the model that chooses actions.
pub const ACTION_BITS: u32 = 19;
/// Two to this power is the number of rows of the model that names relations.
pub const RELATION_BITS: u32 = 16;

const ACTIONS: &[u8] = include_bytes!("../models/arcs.bin");
const RELATIONS: &[u8] = include_bytes!("../models/relations.bin");

/// The dependencies of one sentence; places are counted from its first token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// For each word its head; `None` for a word that hangs on nothing.
    pub heads: Vec<Option<usize>>,
    /// For each word what it is to its head.
    pub relations: Vec<Relation>,
}

/// Parses some tokens, which are one sentence, with their tags.
pub fn parse(forms: &Forms<'_>, tokens: Range<usize>, tags: &[Tag]) -> Tree {
    parse_with(ACTIONS, RELATIONS, forms, tokens, tags)
}

/// The same with other weights, as training compares them.
pub fn parse_with(
    actions: &[u8],
    relations: &[u8],
    forms: &Forms<'_>,
    tokens: Range<usize>,
    tags: &[Tag],
) -> Tree {
    let words = features::Words::of(forms, tokens, tags);
    let mut state = State::new(words.count());
    let mut found = Vec::with_capacity(64);
    while !state.is_done() {
        let forced = !state.allows(Action::Left) && !state.allows(Action::Right);
        let sums = if forced {
            [0; 3]
        } else {
            features::of_state(&words, &state, &mut found);
            rows::sums::<3>(actions, ACTION_BITS, &found)
        };
        let Some(action) = Action::ALL
            .into_iter()
            .filter(|&action| state.allows(action))
            .max_by_key(|&action| (sums[action as usize], std::cmp::Reverse(action as u8)))
        else {
            break;
        };
        let relation = match state.arc(action) {
            Some((head, _)) if head == words.count() => Relation::Root,
            Some((head, child)) => {
                features::of_arc(&words, &state, head, child, &mut found);
                let sums = rows::sums::<{ Relation::ALL.len() }>(relations, RELATION_BITS, &found);
                Relation::ALL[rows::best(&sums)]
            }
            None => Relation::Other,
        };
        state.take(action, relation);
    }
    let count = words.count();
    Tree {
        heads: state
            .heads
            .into_iter()
            .map(|head| head.filter(|&head| head < count))
            .collect(),
        relations: state.relations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use crate::syntax::Syntax;

    #[test]
    fn words_hang_on_their_heads() {
        let check = |text: &str, word: &str, head: &str, relation: Relation| {
            let doc = Document::new(text, None);
            let syntax = Syntax::of(&doc);
            let at = (0..doc.tokens.len()).find(|&t| doc.word(t) == word);
            let at = at.expect("the word is in the text");
            let found = (syntax.heads[at].map(|h| doc.word(h)), syntax.relations[at]);
            assert_eq!(found, (Some(head), relation), "{word} in {text:?}");
        };
        let text = "The minister said that the port was closed.";
        check(text, "minister", "said", Relation::Subject);
        check(text, "closed", "said", Relation::Complement);
        check(text, "port", "closed", Relation::SubjectPassive);
        check("She met the head of NATO.", "head", "met", Relation::Object);
    }

    proptest::proptest! {
        #[test]
        fn every_word_has_at_most_one_head_and_none_hangs_on_itself(text in "[a-zA-Z0-9 .,’é“-]{0,80}") {
            let doc = Document::new(&text, None);
            let syntax = Syntax::of(&doc);
            assert_eq!(syntax.heads.len(), doc.tokens.len());
            for start in 0..doc.tokens.len() {
                let mut above = syntax.heads[start];
                let mut steps = 0;
                while let Some(head) = above {
                    steps += 1;
                    assert!(steps <= doc.tokens.len(), "a circle in {text:?}");
                    above = syntax.heads[head];
                }
            }
        }
    }
}
