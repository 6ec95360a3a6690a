//! When the happenings of a report took or will take place.
//!
//! 1. What a time expression dates has its date, with the words that tell the same clause.
//! 2. What the headline, the first sentences and the sayings tell without a time, in a tense that says that it
//!    is so, is news: it has the day of the report.
//! 3. Another word of the same stem tells the same happening, and has its date.

use std::collections::BTreeMap;
use std::ops::Range;

use variorum_model::PartialDate;
use variorum_text::parser::Relation;
use variorum_text::tagger::Tag;
use variorum_text::times::TimeExpression;

use super::super::dated::{self, Dated};
use super::super::names_a_date;
use super::super::view::View;
use super::{Told, words};

/// How far the verb is looked for that tells when.
const CLIMB: usize = 4;
/// The last sentence of the lead: behind the headline, a date line and the first two of the text. Further down
/// the past is as often background as news.
const LEAD: usize = 3;

/// The date of each happening.
pub(super) fn dates(
    view: &View<'_>,
    told: &[Told],
    times: &[TimeExpression],
) -> Vec<Option<PartialDate>> {
    let mut dates = by_times(view, told, times);
    if let Some(published) = view.doc.published {
        let headline = view.doc.text.find('\n').unwrap_or(0);
        for (one, date) in told.iter().zip(&mut dates) {
            let told = view.doc.tokens[one.token].start < headline || is_news(view, one);
            if date.is_none() && told {
                *date = Some(PartialDate::day(published));
            }
        }
    }
    same(told, &mut dates);
    dates
}

fn by_times(view: &View<'_>, told: &[Told], times: &[TimeExpression]) -> Vec<Option<PartialDate>> {
    let mut dates: Vec<Option<PartialDate>> = vec![None; told.len()];
    for (number, time) in times.iter().enumerate() {
        let tokens = view.time_tokens(number);
        let Some(date) = time.date().filter(|_| names_a_date(time)) else {
            continue;
        };
        if tokens.is_empty() || ends_a_stretch(view, &tokens) {
            continue;
        }
        let Some(dated) = dated::dated(view, &tokens) else {
            continue;
        };
        let (Dated::Noun(head) | Dated::Clause(head) | Dated::Saying(head)) = dated else {
            continue;
        };
        for token in together(view, head) {
            if let Ok(index) = told.binary_search_by_key(&token, |one| one.token) {
                dates[index].get_or_insert(date);
            }
        }
    }
    dates
}

/// Whether a time is only the end of a stretch: "until Friday".
fn ends_a_stretch(view: &View<'_>, time: &Range<usize>) -> bool {
    let before = time.start.checked_sub(1);
    before.is_some_and(|k| words().ending.contains(view.lower(k)))
}

/// A word that a time dates and the words that tell the same clause: its object and subject, what it aims at,
/// and the verb before it that it is joined to ("will |take off| and land on Monday").
fn together(view: &View<'_>, head: usize) -> Vec<usize> {
    let syntax = view.syntax;
    let parts = syntax.children(head).iter().copied().filter(|&child| {
        matches!(
            syntax.relations[child],
            Relation::OpenComplement
                | Relation::Object
                | Relation::Subject
                | Relation::SubjectPassive
        )
    });
    let joined = syntax.heads[head].filter(|_| syntax.relations[head] == Relation::Conjunct);
    [head].into_iter().chain(parts).chain(joined).collect()
}

/// Gives a word without a date that of the first word of its stem that has one.
fn same(told: &[Told], dates: &mut [Option<PartialDate>]) {
    let mut by_stem: BTreeMap<&str, PartialDate> = BTreeMap::new();
    for (one, date) in told.iter().zip(dates.iter()) {
        if let Some(date) = date {
            by_stem.entry(&one.stem).or_insert(*date);
        }
    }
    for (one, date) in told.iter().zip(dates) {
        *date = date.or_else(|| by_stem.get(one.stem.as_str()).copied());
    }
}

/// Whether a happening without a time is told as news of the day; a noun is where its verb is.
fn is_news(view: &View<'_>, told: &Told) -> bool {
    if told.verb {
        return is_news_verb(view, told.token);
    }
    let core = matches!(
        view.syntax.relations[told.token],
        Relation::Object | Relation::Subject | Relation::SubjectPassive
    );
    let verb = view.syntax.heads[told.token].filter(|_| core);
    verb.is_some_and(|verb| is_news_verb(view, verb))
}

fn is_news_verb(view: &View<'_>, verb: usize) -> bool {
    let syntax = view.syntax;
    let mut at = verb;
    for _ in 0..CLIMB {
        match mood(view, at) {
            Mood::So => return syntax.sentences[at] <= LEAD || (at == verb && view.says(at)),
            Mood::Open => return false,
            Mood::Bare => {}
        }
        // "agreed |to buy|", "announced, |citing| a delay": told with the verb above.
        let with = match syntax.relations[at] {
            Relation::OpenComplement | Relation::Conjunct => true,
            Relation::AdverbialClause => {
                let marked = syntax.child(at, |r| r == Relation::Marker).is_some();
                view.tag(at) == Tag::VerbIng && !marked
            }
            _ => false,
        };
        match syntax.heads[at].filter(|_| with) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// How a verb tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    /// It is or was so.
    So,
    /// It may be, will be, is not, or had been before.
    Open,
    /// The verb alone does not tell: "to buy", "citing".
    Bare,
}

fn mood(view: &View<'_>, verb: usize) -> Mood {
    let syntax = view.syntax;
    let finite = matches!(view.tag(verb), Tag::VerbPast | Tag::VerbPresent);
    let mut mood = if finite { Mood::So } else { Mood::Bare };
    for &child in syntax.children(verb) {
        let lower = view.lower(child);
        match syntax.relations[child] {
            Relation::Auxiliary if view.tag(child) == Tag::Modal || lower == "had" => {
                return Mood::Open;
            }
            Relation::Auxiliary if view.tag(child).is_verb() && !is_bare(lower) => mood = Mood::So,
            Relation::Adverb if matches!(lower, "not" | "n't" | "never") => return Mood::Open,
            Relation::Marker if matches!(lower, "if" | "unless" | "whether") => return Mood::Open,
            _ => {}
        }
    }
    mood
}

/// Auxiliaries that bear no tense.
fn is_bare(lower: &str) -> bool {
    matches!(lower, "be" | "been" | "being" | "having")
}
