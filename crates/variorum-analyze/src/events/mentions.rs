//! All words of a report that tell a happening, dated or not, with who takes part.
//!
//! Where `events` asks of each time what it dates, this asks of each word whether it tells something that
//! happens, in the sense of ISO-TimeML: verbs but those that only help another, and nouns for happenings.
//!
//! 1. `who`: whom names, descriptions and pronouns mean.
//! 2. `part`: who takes part in a happening, by the tree of its sentence.
//! 3. `when`: its day, from the time that dates it, from another word for the same happening, or from the day
//!    of the report.

mod part;
mod when;
mod who;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use variorum_model::{CodePoints, Moment, PartialDate, Report};
use variorum_text::outlets::Outlets;
use variorum_text::parser::Relation;
use variorum_text::stem::stem;
use variorum_text::syntax::Syntax;
use variorum_text::tagger::Tag;
use variorum_text::words::data;
use variorum_text::{Document, times};

use super::view::View;
use crate::names;
use who::Who;

/// A word that tells a happening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMention {
    /// First code point of the word.
    pub start: usize,
    /// Behind its last code point; a particle belongs to its verb ("rolled out").
    pub end: usize,
    /// The stem of the word: two mentions of one happening often share it.
    pub stem: String,
    /// Names of those who take part, the fullest form that the report gives.
    pub participants: Vec<String>,
    /// When it happened or will happen.
    pub date: Option<PartialDate>,
}

/// All mentions of happenings in a report, in text order; none where it is not analysed.
pub fn mentions(report: &Report, outlets: &Outlets) -> Vec<EventMention> {
    if !report.analysed {
        return Vec::new();
    }
    let doc = Document::new(&report.text, report.published.map(Moment::date));
    let points = CodePoints::of(&report.text);
    let times = times::times(&doc);
    let syntax = Syntax::of(&doc);
    let (cues, found) = names::cues_and_mentions(&doc, &syntax, outlets);
    let names: Vec<_> = found.iter().map(|m| m.to_model(&doc, &points)).collect();
    let view = View::of(&doc, &syntax, &points, &cues, &names, &times, outlets);
    let who = Who::of(&view);
    let told = told(&view);
    let dates = when::dates(&view, &told, &times);
    let mut takers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    told.iter()
        .zip(dates)
        .map(|(one, date)| {
            let mut participants = part::part(&view, &who, one);
            if !one.verb && !participants.is_empty() {
                takers.insert(&one.stem, participants.clone());
            } else if !one.verb && is_definite(&view, one.token) {
                // "a deal between Boeing and Aeroflot ... |the deal|"
                participants = takers.get(one.stem.as_str()).cloned().unwrap_or_default();
            }
            let span = points.span(doc.bytes(one.token..one.end));
            EventMention {
                start: span.start,
                end: span.end,
                stem: one.stem.clone(),
                participants,
                date,
            }
        })
        .collect()
}

/// Whether a noun names what was told before: "the deal".
fn is_definite(view: &View<'_>, noun: usize) -> bool {
    let syntax = view.syntax;
    let determiner = syntax.child(noun, |r| r == Relation::Determiner);
    determiner.is_some_and(|k| matches!(view.lower(k), "the" | "this" | "that"))
}

/// A word that tells a happening, in tokens.
struct Told {
    token: usize,
    end: usize,
    stem: String,
    verb: bool,
}

fn told(view: &View<'_>) -> Vec<Told> {
    (0..view.doc.tokens.len())
        .filter_map(|token| {
            let verb = is_verb(view, token);
            if !verb && !is_noun(view, token) {
                return None;
            }
            let particle = verb && view.tag(token + 1) == Tag::Particle;
            Some(Told {
                token,
                end: token + 1 + usize::from(particle),
                stem: stem(view.lower(token)),
                verb,
            })
        })
        .collect()
}

/// Whether a token is a verb that tells what happens.
fn is_verb(view: &View<'_>, token: usize) -> bool {
    let syntax = view.syntax;
    let helps = matches!(
        syntax.relations[token],
        Relation::Auxiliary
            | Relation::Copula
            | Relation::AdjectiveModifier
            | Relation::Compound
            | Relation::Case
            | Relation::Marker
    );
    let tag = view.tag(token);
    // "A380" and the like, which a tagger may take for anything.
    let named = view.lower(token).contains(|c: char| c.is_ascii_digit());
    if !tag.is_verb() || tag == Tag::Modal || helps || named || view.time_at(token).is_some() {
        return false;
    }
    let stem = stem(view.lower(token));
    if words().empty.contains(&stem) {
        return false;
    }
    // "made its first |flight|"
    let object = syntax.child(token, |r| r == Relation::Object);
    !(words().light.contains(&stem) && object.is_some_and(|noun| is_noun(view, noun)))
}

/// Whether a token is a noun that names a happening.
fn is_noun(view: &View<'_>, token: usize) -> bool {
    let noun = matches!(view.tag(token), Tag::Noun | Tag::Nouns);
    // "the |order| book"
    let modifies = view.syntax.relations[token] == Relation::Compound;
    noun && !modifies
        && (view.noun_kind(token).is_some() || words().nouns.contains(&stem(view.lower(token))))
        && view.time_at(token).is_none()
}

/// The words of `data/en/mentions.toml`.
#[derive(Deserialize)]
struct Words {
    nouns: BTreeSet<String>,
    empty: BTreeSet<String>,
    light: BTreeSet<String>,
    with_verb: BTreeSet<String>,
    with_noun: BTreeSet<String>,
    counting: BTreeSet<String>,
    ending: BTreeSet<String>,
    bodies: BTreeSet<String>,
    things: BTreeSet<String>,
    #[cfg(test)]
    example: Vec<tests::Example>,
}

fn words() -> &'static Words {
    &WORDS
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words = data("mentions.toml", include_str!("../../data/en/mentions.toml"));
    for list in [&mut words.nouns, &mut words.empty, &mut words.light] {
        *list = std::mem::take(list).iter().map(|word| stem(word)).collect();
    }
    words
});

#[cfg(test)]
mod tests;
