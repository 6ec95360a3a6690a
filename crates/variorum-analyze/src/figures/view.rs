//! The words around one number, as its finders see them.

use std::ops::Range;

use variorum_text::numbers::NumberExpression;
use variorum_text::parser::Relation;
use variorum_text::syntax::Syntax;
use variorum_text::tagger::Tag;
use variorum_text::times::TimeExpression;
use variorum_text::words::fold;
use variorum_text::{Document, TokenKind};

use super::lists::WORDS;

/// How far up the tree a number is followed.
const CLIMB: usize = 4;

/// One number and its sentence.
pub(super) struct View<'a, 't> {
    pub doc: &'a Document<'t>,
    pub syntax: &'a Syntax<'t>,
    pub times: &'a [TimeExpression],
    pub number: &'a NumberExpression,
    /// Tokens of the number's sentence.
    pub sentence: Range<usize>,
    /// The first and the last token of the number.
    pub first: usize,
    pub last: usize,
}

impl<'a, 't> View<'a, 't> {
    pub(super) fn new(
        doc: &'a Document<'t>,
        syntax: &'a Syntax<'t>,
        times: &'a [TimeExpression],
        number: &'a NumberExpression,
    ) -> Option<Self> {
        let sentence = doc.sentence_at(number.range.start)?;
        let first = doc.tokens.partition_point(|t| t.end <= number.range.start);
        let behind = doc.tokens.partition_point(|t| t.start < number.range.end);
        let last = behind.checked_sub(1).filter(|last| *last >= first)?;
        Some(View {
            doc,
            syntax,
            times,
            number,
            sentence: doc.sentences[sentence].tokens.clone(),
            first,
            last,
        })
    }

    /// A word in lower case; nothing outside the sentence.
    pub(super) fn lower(&self, token: usize) -> String {
        if self.sentence.contains(&token) {
            fold(self.doc.word(token))
        } else {
            String::new()
        }
    }

    /// The word so many tokens before the number.
    pub(super) fn before(&self, count: usize) -> String {
        self.first
            .checked_sub(count)
            .map_or(String::new(), |token| self.lower(token))
    }

    pub(super) fn tag(&self, token: usize) -> Tag {
        if self.sentence.contains(&token) {
            self.syntax.tags[token]
        } else {
            Tag::Mark
        }
    }

    pub(super) fn relation(&self, token: usize) -> Relation {
        self.syntax.relations[token]
    }

    pub(super) fn head(&self, token: usize) -> Option<usize> {
        self.syntax.heads[token]
    }

    pub(super) fn is_noun(&self, token: usize) -> bool {
        // "50 Boeing 737s"
        let model = || {
            self.lower(token).starts_with(|c: char| c.is_ascii_digit())
                && self.lower(token).ends_with('s')
        };
        matches!(self.tag(token), Tag::Noun | Tag::Nouns | Tag::ProperNoun)
            || (self.tag(token) == Tag::Number && model())
    }

    pub(super) fn is_verb(&self, token: usize) -> bool {
        matches!(
            self.tag(token),
            Tag::Verb | Tag::VerbPast | Tag::VerbIng | Tag::VerbParticiple | Tag::VerbPresent
        )
    }

    pub(super) fn is_outcome(&self, token: usize) -> bool {
        WORDS.outcomes.contains(&self.lower(token))
    }

    /// Whether the unit or the counted noun is joined to the number: "|28|-member", "|37-minute| flight".
    pub(super) fn is_joined(&self) -> bool {
        self.doc.text[self.number.range.end..].starts_with(['-', '‑'])
            && self.doc.tokens[self.last].end > self.number.range.end
    }

    /// Whether the unit hangs on its number by a hyphen: "a |37-minute| flight".
    pub(super) fn is_hyphened(&self) -> bool {
        self.doc.text[self.number.range.clone()].contains(['-', '‑'])
            && self.doc.tokens[self.last].kind == TokenKind::Number
            || self.doc.word(self.last).contains(['-', '‑'])
    }

    /// The token of the number that the others of it hang on.
    pub(super) fn anchor(&self) -> usize {
        let mut anchor = self.last;
        for _ in 0..CLIMB {
            match self.head(anchor) {
                Some(head) if (self.first..=self.last).contains(&head) => anchor = head,
                _ => break,
            }
        }
        anchor
    }

    /// Whether a time expression holds a token.
    pub(super) fn in_time(&self, token: usize) -> bool {
        let range = self.doc.tokens[token].range();
        self.time_at(&range).is_some()
    }

    /// The first time expression that overlaps a range.
    pub(super) fn time_at(&self, range: &Range<usize>) -> Option<&'a TimeExpression> {
        let next = self
            .times
            .partition_point(|time| time.range.end <= range.start);
        self.times
            .get(next)
            .filter(|time| time.range.start < range.end)
    }

    /// Whether a time expression takes the number itself, rather than words behind it: "90 miles an hour".
    pub(super) fn is_time(&self) -> bool {
        let range = &self.number.range;
        self.time_at(range).is_some_and(|time| {
            let behind = time.range.start > range.start && time.range.end <= range.end;
            !behind
        })
    }

    /// "a woman of |71", "Smith, |48|, said"
    pub(super) fn is_age(&self) -> bool {
        (self.before(1) == "of" && WORDS.aged.contains(&self.before(2)))
            || (1..=7).any(|count| matches!(self.before(count).as_str(), "age" | "aged" | "ages"))
    }

    /// "half of it": what it is a share of is not told.
    pub(super) fn is_of_it(&self) -> bool {
        self.lower(self.last + 1) == "of"
            && self.sentence.contains(&(self.last + 2))
            && self.doc.word(self.last + 2) != "US"
            && matches!(
                self.lower(self.last + 2).as_str(),
                "it" | "them"
                    | "that"
                    | "this"
                    | "us"
                    | "you"
                    | "those"
                    | "these"
                    | "which"
                    | "whom"
            )
    }
}
