//! What the whole text tells about its words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use variorum_model::NameKind;
use variorum_text::outlets::Outlets;
use variorum_text::rarity::{UNSEEN, rarity};
use variorum_text::syntax::Syntax;
use variorum_text::words::fold;
use variorum_text::{Document, TokenKind, lexicon, namer};

use super::is_capitalised;
use crate::cues::{Cue, Group};

/// What the whole text tells about its words.
pub(super) struct Context<'o> {
    /// The known agencies and outlets.
    pub(super) outlets: &'o Outlets,
    /// Words that stand capitalised inside a sentence.
    pub(super) capitalised: BTreeSet<String>,
    /// Words that stand in lower case.
    pub(super) lower: BTreeSet<String>,
    /// Tokens directly before or behind which a saying verb stands.
    pub(super) beside_cue: BTreeSet<usize>,
    /// Words that stand where a place does ("in Velmar"), and are one wherever they stand.
    pub(super) located: BTreeSet<String>,
    /// What the trained finder takes for names, by their first token.
    learned: BTreeMap<usize, (usize, NameKind)>,
}

impl<'o> Context<'o> {
    pub(super) fn of(
        doc: &Document<'_>,
        syntax: &Syntax<'_>,
        cues: &[Cue],
        outlets: &'o Outlets,
    ) -> Self {
        let mut capitalised = BTreeSet::new();
        let mut lower = BTreeSet::new();
        let mut located = BTreeSet::new();
        for sentence in &doc.sentences {
            for at in sentence.tokens.clone() {
                let word = doc.word(at);
                let before = at.checked_sub(1).map_or("", |t| doc.word(t));
                let joined = is_capitalised(doc.word(at + 1)) || doc.word(at + 1) == "'s";
                if is_capitalised(word)
                    && matches!(before, "in" | "near" | "outside")
                    && !joined
                    && rarity(&fold(word)) >= UNSEEN
                {
                    located.insert(word.to_owned());
                }
                if !is_capitalised(word) {
                    lower.insert(word.to_owned());
                } else if at > sentence.tokens.start && doc.tokens[at - 1].kind == TokenKind::Word {
                    capitalised.insert(word.to_owned());
                }
            }
        }
        let mut beside_cue = BTreeSet::new();
        for cue in cues
            .iter()
            .filter(|c| c.is(Group::Say) || c.is(Group::Clause) || c.is(Group::Tell))
        {
            beside_cue.extend(cue.tokens.start.checked_sub(1));
            beside_cue.insert(cue.tokens.end);
        }
        let whole = namer::names(doc, syntax, outlets)
            .into_iter()
            .filter(|(tokens, _)| !is_cut_behind_of(doc, tokens.clone()));
        let learned = whole.map(|(tokens, kind)| {
            let kind = match kind {
                namer::Kind::Person => NameKind::Person,
                namer::Kind::Organization => NameKind::Organization,
                namer::Kind::Place => NameKind::Place,
            };
            (tokens.start, (tokens.end, kind))
        });
        Context {
            outlets,
            capitalised,
            lower,
            beside_cue,
            located,
            learned: learned.collect(),
        }
    }

    /// The name that the trained finder found at a token: its end and its kind.
    pub(super) fn learned(&self, start: usize) -> Option<(usize, NameKind)> {
        self.learned.get(&start).copied()
    }

    /// All names that the trained finder found in some tokens.
    pub(super) fn learned_in(&self, tokens: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        self.learned
            .range(tokens)
            .map(|(&start, &(end, _))| start..end)
    }
}

/// Whether words begin inside the name of a body that a person's follows: "(the Government of) Velmar T. Hedrin".
fn is_cut_behind_of(doc: &Document<'_>, words: Range<usize>) -> bool {
    let Some(of) = words.start.checked_sub(1).filter(|&t| doc.word(t) == "of") else {
        return false;
    };
    let body = of
        .checked_sub(1)
        .is_some_and(|t| lexicon::organization_head(doc.word(t)));
    let mut initials = words.start + 1..words.end;
    body && initials.any(|t| doc.word(t).chars().count() == 1 && doc.word(t + 1) == ".")
}
