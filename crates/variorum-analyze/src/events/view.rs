//! The text as the finders of events see it: tokens in small letters, with what each is part of.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_model::{CodePoints, Name, NameKind};
use variorum_text::happenings::{self, Kind};
use variorum_text::lexicon;
use variorum_text::outlets::Outlets;
use variorum_text::stem::stem;
use variorum_text::syntax::Syntax;
use variorum_text::tagger::Tag;
use variorum_text::times::{Direction, TimeExpression};
use variorum_text::words::{data, fold};
use variorum_text::{Document, TokenKind};

use crate::cues::{Cue, Form};

/// A name with its tokens.
pub(super) struct Named<'a> {
    pub tokens: Range<usize>,
    pub kind: NameKind,
    pub name: &'a str,
}

/// What each token is part of.
pub(super) struct View<'a> {
    pub doc: &'a Document<'a>,
    pub syntax: &'a Syntax<'a>,
    /// The known agencies and outlets.
    pub outlets: &'a Outlets,
    pub names: Vec<Named<'a>>,
    lower: Vec<String>,
    /// The parties that the text names.
    parties: BTreeSet<&'static str>,
    /// Tokens of each time expression.
    times: Vec<Range<usize>>,
    /// Whether each looks ahead.
    ahead: Vec<bool>,
    /// The time expression that a token is part of.
    time_at: Vec<Option<usize>>,
    /// Whether the token is a saying verb.
    says: Vec<bool>,
}

impl<'a> View<'a> {
    /// Looks at everything once.
    pub(super) fn of(
        doc: &'a Document<'a>,
        syntax: &'a Syntax<'a>,
        points: &CodePoints<'_>,
        cues: &[Cue],
        names: &'a [Name],
        times: &[TimeExpression],
        outlets: &'a Outlets,
    ) -> Self {
        let lower: Vec<String> = (0..doc.tokens.len()).map(|k| fold(doc.word(k))).collect();
        let names = names.iter().map(|name| Named {
            tokens: doc.tokens_in(points.byte(name.start)..points.byte(name.end)),
            kind: name.kind,
            name: &name.name,
        });
        let ahead = times
            .iter()
            .map(|time| time.direction == Direction::Future)
            .collect();
        let times: Vec<Range<usize>> = times
            .iter()
            .map(|time| doc.tokens_in(time.range.clone()))
            .collect();
        let mut time_at = vec![None; lower.len()];
        for (i, tokens) in times.iter().enumerate() {
            for k in tokens.clone() {
                time_at[k] = Some(i);
            }
        }
        let mut says = vec![false; lower.len()];
        for cue in cues.iter().filter(|cue| cue.form != Form::Participle) {
            says[cue.tokens.start] = true;
        }
        let names: Vec<Named<'_>> = names.collect();
        let parties = names.iter().filter_map(|n| lexicon::party(n.name));
        View {
            parties: parties.map(|party| party.name.as_str()).collect(),
            doc,
            syntax,
            outlets,
            names,
            lower,
            ahead,
            times,
            time_at,
            says,
        }
    }

    /// The names that lie in a range of tokens.
    pub(super) fn names_in(&self, range: Range<usize>) -> impl Iterator<Item = &Named<'a>> {
        let first = self.names.partition_point(|n| n.tokens.start < range.start);
        self.names[first..]
            .iter()
            .take_while(move |n| n.tokens.end <= range.end)
    }

    /// The name that ends at a token.
    pub(super) fn name_before(&self, token: usize) -> Option<&Named<'a>> {
        let at = self.names.partition_point(|n| n.tokens.start < token);
        at.checked_sub(1)
            .and_then(|at| self.names.get(at))
            .filter(|n| n.tokens.end == token)
    }

    /// Whether the text names a party, so that a weak name may stand for it.
    pub(super) fn is_named(&self, party: &str) -> bool {
        self.parties.contains(party)
    }

    /// A token in small letters; empty beyond the end.
    pub(super) fn lower(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", String::as_str)
    }

    /// The tokens of a time expression.
    pub(super) fn time_tokens(&self, time: usize) -> Range<usize> {
        self.times.get(time).cloned().unwrap_or(0..0)
    }

    /// The time expression that a token is part of.
    pub(super) fn time_at(&self, token: usize) -> Option<usize> {
        self.time_at.get(token).copied().flatten()
    }

    /// Whether a token can stand in a noun phrase, up to its noun, and is no time.
    pub(super) fn is_nominal(&self, token: usize) -> bool {
        let fits = matches!(
            self.tag(token),
            Tag::Noun
                | Tag::Nouns
                | Tag::ProperNoun
                | Tag::Adjective
                | Tag::Determiner
                | Tag::Number
                | Tag::Possessive
                | Tag::PronounPossessive
        );
        fits && self.time_at(token).is_none()
    }

    /// Whether a time looks ahead.
    pub(super) fn looks_ahead(&self, time: &Range<usize>) -> bool {
        self.time_at(time.start).is_some_and(|at| self.ahead[at])
    }

    /// Whether the token begins with a capital letter.
    pub(super) fn is_capital(&self, token: usize) -> bool {
        self.doc.word(token).starts_with(char::is_uppercase)
    }

    /// Whether the token is a mark.
    pub(super) fn is_mark(&self, token: usize) -> bool {
        self.doc
            .tokens
            .get(token)
            .is_none_or(|t| t.kind == TokenKind::Mark)
    }

    /// Whether the token is a quotation mark.
    pub(super) fn is_quote(&self, token: usize) -> bool {
        matches!(self.lower(token), "“" | "”" | "\"" | "«" | "»" | "„")
    }

    /// Whether the token is a verb of saying.
    pub(super) fn says(&self, token: usize) -> bool {
        self.says.get(token).copied().unwrap_or(false)
    }

    /// Whether the token is a verb that merely reports what somebody says.
    pub(super) fn merely_says(&self, token: usize) -> bool {
        self.says(token) && words().mere.contains(&stem(self.lower(token)))
    }

    /// The kind of word that a token is; a mark beyond the end.
    pub(super) fn tag(&self, token: usize) -> Tag {
        self.syntax.tags.get(token).copied().unwrap_or(Tag::Mark)
    }

    /// Whether the token is a verb of any form.
    pub(super) fn is_verb(&self, token: usize) -> bool {
        self.tag(token).is_verb()
    }

    /// The kind of happening that the token names as a noun, with the word before it where the two
    /// are one term.
    pub(super) fn noun_kind(&self, token: usize) -> Option<Kind> {
        let tag = self.tag(token);
        if !matches!(tag, Tag::Noun | Tag::Nouns | Tag::ProperNoun | Tag::VerbIng)
            || self.time_at(token).is_some()
        {
            return None;
        }
        let before = token.checked_sub(1).map_or("", |k| self.lower(k));
        happenings::noun(&format!("{before} {}", self.lower(token)))
            .or_else(|| happenings::noun(self.lower(token)))
    }

    /// Whether a time stands in quotation marks by itself: what somebody calls something.
    pub(super) fn is_name(&self, time: &Range<usize>) -> bool {
        self.is_quote(time.end) && time.start.checked_sub(1).is_some_and(|k| self.is_quote(k))
    }

    /// Whether a time is one end of a stretch ("between 2000 and 2014", "from December to May"), or counts from
    /// what the clause behind it tells ("the day after Flynn resigned").
    pub(super) fn is_bound(&self, time: &Range<usize>) -> bool {
        let opens =
            |k: Option<usize>, words: &[&str]| k.is_some_and(|k| words.contains(&self.lower(k)));
        let before = time.start.checked_sub(1);
        let joins = ["and", "to", "through", "until", "till", "-", "–"];
        let other = |from: usize| (from..from + 3).any(|k| self.time_at(k).is_some());
        let first = opens(before, &["between", "from"])
            && joins.contains(&self.lower(time.end))
            && other(time.end + 1);
        let last = opens(before, &joins)
            && before
                .and_then(|k| k.checked_sub(1))
                .and_then(|k| self.time_at(k))
                .map(|at| self.time_tokens(at).start)
                .is_some_and(|start| opens(start.checked_sub(1), &["between", "from"]));
        let counted = time.end > time.start
            && matches!(self.lower(time.end - 1), "after" | "before")
            || matches!(self.lower(time.end), "after" | "before")
                && self.lower(time.start) != "on"
                && matches!(self.lower(time.end - 1), "day" | "week" | "month" | "year");
        // "a few days before July 4"
        let shift = opens(before, &["before", "after"])
            && (2..4).any(|back| {
                let unit = time.start.checked_sub(back);
                unit.is_some_and(|k| words().lengths.contains(self.lower(k)))
            });
        first || last || counted || shift
    }

    /// Whether the words before a time make it a stretch ("since 2014"), not a day.
    pub(super) fn is_standing(&self, time: &Range<usize>, from: usize) -> bool {
        let standing = |k: usize| words().standing.contains(self.lower(k));
        standing(time.start)
            || (from..time.start)
                .rev()
                .take(2)
                .take_while(|&k| {
                    standing(k) || matches!(self.lower(k), "the" | "at" | "early" | "late")
                })
                .any(standing)
    }
}

/// The words of `data/en/events.toml`.
#[derive(Deserialize)]
pub(super) struct Words {
    pub topic: BTreeSet<String>,
    pub occasion: BTreeSet<String>,
    pub ahead: BTreeSet<String>,
    pub cancelled: BTreeSet<String>,
    pub postponed: BTreeSet<String>,
    pub standing: BTreeSet<String>,
    pub speakers: BTreeSet<String>,
    pub mere: BTreeSet<String>,
    pub issuing: BTreeSet<String>,
    pub issued: BTreeSet<String>,
    pub light: BTreeSet<String>,
    pub trim: BTreeSet<String>,
    pub additions: BTreeSet<String>,
    pub lengths: BTreeSet<String>,
    pub conditions: BTreeSet<String>,
    #[cfg(test)]
    pub example: Vec<Example>,
}

/// A text and the lines that are found in it.
#[cfg(test)]
#[derive(Deserialize)]
pub(super) struct Example {
    pub text: String,
    pub finds: Vec<String>,
}

/// The words, read once.
pub(super) fn words() -> &'static Words {
    &WORDS
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words = data("events.toml", include_str!("../../data/en/events.toml"));
    for list in [&mut words.mere, &mut words.light, &mut words.issuing] {
        *list = std::mem::take(list).iter().map(|word| stem(word)).collect();
    }
    words
});
