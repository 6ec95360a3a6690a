//! Meetings on whose occasion something was said: "said on Friday after a meeting with fishermen".

use std::ops::Range;

use variorum_text::parser::Relation;

use super::view::{View, words};
use super::{Told, line};

/// An occasion stands at most so many tokens from its saying.
const NEAR: usize = 60;
/// The same without a comma before it.
const CLOSE: usize = 12;
/// A bare occasion is told with who speaks, in at most so many tokens.
const LONGEST: usize = 26;
/// Kinds of happenings on whose occasion people speak.
const OCCASIONS: [&str; 5] = ["meeting", "call", "briefing", "visit", "ceremony"];

/// The occasion of a sentence's last saying; a phrase with another time than the given one in it is
/// none.
pub(super) fn occasion(
    view: &View<'_>,
    sentence: &Range<usize>,
    time: &Range<usize>,
) -> Option<Told> {
    let says = saying(view, sentence)?;
    let near = says.saturating_sub(NEAR).max(sentence.start)..sentence.end.min(says + NEAR);
    near.clone().find_map(|noun| {
        let what = line::phrase(view, noun, time);
        if !names_one(view, noun) || !stands_beside(view, &what, says, near.start) {
            return None;
        }
        let other = what
            .clone()
            .any(|k| view.time_at(k).is_some() && !time.contains(&k));
        if other || what.is_empty() {
            return None;
        }
        let subject = view.syntax.child(says, Relation::is_subject);
        let from = subject.map_or(says, |subject| view.syntax.subtree(subject).start.min(says));
        let whole = from.min(what.start)..what.end.max(says + 1);
        let told = |what: Range<usize>| Told {
            kind: view.noun_kind(noun),
            passage: whole.start.min(if time.is_empty() {
                whole.start
            } else {
                time.start
            })..whole.end.max(time.end),
            among: what.clone(),
            what,
        };
        if !line::is_bare(view, &what) {
            return Some(told(what));
        }
        let fits = says < what.start && whole.len() <= LONGEST && subject.is_some();
        (fits && !whole.clone().any(|k| view.is_quote(k))).then(|| told(whole.clone()))
    })
}

/// The last word of saying in a sentence, or the verb by which a statement is issued.
fn saying(view: &View<'_>, sentence: &Range<usize>) -> Option<usize> {
    let issued = || {
        let issued = sentence
            .clone()
            .find(|&k| words().issued.contains(view.lower(k)))?;
        (issued..sentence.end.min(issued + 4)).find(|&k| view.is_verb(k))
    };
    sentence
        .clone()
        .rfind(|&k| view.merely_says(k))
        .or_else(issued)
}

/// Whether a noun names a meeting.
fn names_one(view: &View<'_>, noun: usize) -> bool {
    view.syntax.relations[noun] != Relation::Compound
        && view
            .noun_kind(noun)
            .is_some_and(|kind| OCCASIONS.contains(&kind.name()))
}

/// Whether a phrase stands beside a saying, behind a preposition that makes it an occasion, rather than in
/// what is said: "said that ... after talks" needs a comma to set the occasion apart.
fn stands_beside(view: &View<'_>, phrase: &Range<usize>, says: usize, from: usize) -> bool {
    let before = |back: usize| phrase.start.checked_sub(back).map_or("", |k| view.lower(k));
    let lead = phrase
        .start
        .wrapping_sub(if before(1) == "of" { 2 } else { 1 });
    if phrase.start <= from + 1 || !words().occasion.contains(view.lower(lead)) {
        return false;
    }
    let apart = view.lower(lead.wrapping_sub(1)) == ",";
    let between = says.min(lead)..says.max(lead);
    let content = between.clone().any(|k| view.lower(k) == "that");
    let loose = matches!(before(1), "to" | "in");
    let quoted = between.clone().any(|k| view.is_quote(k)) && !content;
    !quoted && (apart || !(content || loose || between.len() > CLOSE))
}
