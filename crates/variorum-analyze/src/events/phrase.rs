//! Noun phrases that name a happening: "talks between NATO and Russia in the Council".

use std::ops::Range;

use variorum_text::happenings;
use variorum_text::stem::stem;

use super::clause::trimmed;
use super::view::{View, words};

/// The most tokens before the noun.
const BEFORE: usize = 7;
/// The most tokens behind the noun.
const BEHIND: usize = 18;
/// How many tokens may stand between a time and the noun that it modifies.
const MODIFIER: usize = 4;
/// The most tokens of a line that two times share.
const LONGEST_SHARED: usize = 26;
/// An occasion stands at most so many tokens from its saying, or so many behind a comma.
const CLOSE: usize = 12;
const FAR: usize = 60;
/// Kinds of happenings on whose occasion people speak.
const OCCASIONS: [&str; 5] = ["meeting", "call", "briefing", "visit", "ceremony"];

/// A phrase that the time modifies: "Wednesday's attack", "the June 5 tweet", "in a ruling on
/// Monday".
pub(super) fn modified(
    view: &View<'_>,
    clause: &Range<usize>,
    time: &Range<usize>,
) -> Option<Range<usize>> {
    let possessive = view.lower(time.end) == "'s";
    let before = time.start.checked_sub(1).map_or("", |k| view.lower(k));
    let determined = matches!(
        before,
        "a" | "an" | "the" | "his" | "her" | "their" | "its" | "'s"
    );
    let within = time.end > time.start && view.lower(time.end - 1).ends_with("'s");
    let this = view.lower(time.start) == "this";
    if possessive || determined || within || this {
        let from = time.end + usize::from(possessive);
        let noun = (from..(from + MODIFIER).min(clause.end.max(from)))
            .take_while(|&k| {
                let stops = view.is_mark(k) || words().prepositions.contains(view.lower(k));
                !stops && (view.noun_kind(k).is_some() || !view.is_verb(k))
            })
            .filter(|&k| view.noun_kind(k).is_some())
            .last();
        if let Some(noun) = noun {
            let phrase = trimmed(view, from..complements(view, noun, clause.end));
            return Some(if is_bare(view, &phrase) {
                whose(view, clause, time)..phrase.end
            } else {
                phrase
            });
        }
    }
    // Right before the time, and itself behind a preposition, so that it is no subject or object
    // of a verb that the time may date.
    let noun = if matches!(before, "on" | "in") {
        time.start - 1
    } else {
        time.start
    };
    let noun = noun
        .checked_sub(1)
        .filter(|&k| k >= clause.start && view.noun_kind(k).is_some())?;
    let start = beginning(view, noun, clause.start.saturating_sub(1));
    let lead = start.checked_sub(1).map_or("", |k| view.lower(k));
    let governed = words().prepositions.contains(lead)
        || words().sometimes_clause.contains(lead)
        || matches!(lead, "during" | "following");
    (governed && noun > start).then(|| trimmed(view, start..complements(view, noun, clause.end)))
}

/// Whether a phrase is a word or two that say little out of their place: "the talks".
fn is_bare(view: &View<'_>, phrase: &Range<usize>) -> bool {
    let counts = |k: &usize| !view.is_mark(*k) && !words().determiners.contains(view.lower(*k));
    phrase.clone().filter(counts).count() <= 2 && view.names_in(phrase.clone()).next().is_none()
}

/// "a press conference": that something was said at one is no happening of its own.
pub(super) fn is_bare_briefing(view: &View<'_>, phrase: &Range<usize>) -> bool {
    let briefing = |k: usize| {
        view.noun_kind(k)
            .is_some_and(|kind| kind.name() == "briefing")
    };
    is_bare(view, phrase) && phrase.clone().any(briefing)
}

/// Where "Trump's June 5" begins: at the name before the time, else at the time.
fn whose(view: &View<'_>, clause: &Range<usize>, time: &Range<usize>) -> usize {
    let owner = (view.lower(time.start.wrapping_sub(1)) == "'s")
        .then(|| view.name_before(time.start - 1))
        .flatten();
    owner
        .map_or(time.start, |named| named.tokens.start)
        .max(clause.start)
}

/// The phrase of a clause that the time belongs to, when one does.
pub(super) fn named(
    view: &View<'_>,
    clause: &Range<usize>,
    time: &Range<usize>,
) -> Option<Range<usize>> {
    let mut best: Option<(i32, Range<usize>)> = None;
    for noun in clause.clone().filter(|&k| view.noun_kind(k).is_some()) {
        // Of "news conference" and "test launch" the last word is the noun.
        if noun + 1 < clause.end && view.noun_kind(noun + 1).is_some() {
            continue;
        }
        let start = beginning(view, noun, clause.start);
        let end = complements(view, noun, clause.end);
        let mut score = 0;
        let adjacent = noun + 1 == time.start
            && words()
                .prepositions
                .contains(view.lower(start.wrapping_sub(1)));
        let gap = if noun < time.start {
            noun + 1..time.start
        } else {
            time.end..start
        };
        let before = start
            .checked_sub(1)
            .filter(|&k| k >= clause.start)
            .map_or("", |k| view.lower(k));
        let near = gap.len() <= 24 && !gap.clone().any(|k| view.is_verb(k));
        let held = gap
            .clone()
            .filter(|&k| view.is_verb(k))
            .all(|k| words().light.contains(&stem(view.lower(k))) || is_auxiliary(view.lower(k)));
        let light = clause
            .clone()
            .filter(|&k| view.is_verb(k))
            .all(|k| words().light.contains(&stem(view.lower(k))) || is_auxiliary(view.lower(k)));
        let alone = near && noun < time.start && !has_verb_outside(view, clause, start..end, time);
        if (light && held) || alone {
            score += 4;
        } else if near && gap.len() <= 3 && noun < time.start {
            score += 2;
        }
        if adjacent {
            score += 4;
        } else if matches!(
            before,
            "after" | "before" | "since" | "following" | "during" | "despite" | "about"
        ) {
            score -= 3;
        }
        if view.names_in(noun + 1..end).next().is_some() {
            score += 1;
        }
        if gap.len() <= 6 {
            score += 1;
        }
        let phrase = trimmed(view, start..end);
        if score >= 3 && !phrase.is_empty() && best.as_ref().is_none_or(|(least, _)| score > *least)
        {
            best = Some((score, phrase));
        }
    }
    best.map(|(_, phrase)| phrase).filter(|phrase| {
        phrase
            .clone()
            .filter(|&k| !view.is_mark(k) && view.time_at(k).is_none())
            .count()
            >= 2
    })
}

/// Whether a verb of the clause stands outside a phrase, so that the time may date that verb.
fn has_verb_outside(
    view: &View<'_>,
    clause: &Range<usize>,
    phrase: Range<usize>,
    time: &Range<usize>,
) -> bool {
    clause
        .clone()
        .any(|k| !phrase.contains(&k) && !time.contains(&k) && view.is_verb(k))
}

fn is_auxiliary(lower: &str) -> bool {
    matches!(
        lower,
        "will"
            | "would"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "shall"
            | "may"
            | "could"
            | "should"
            | "must"
            | "to"
            | "might"
    )
}

/// In "talks on Monday in Geneva and on Wednesday in Brussels" the second clause has no noun of its
/// own: the one before it is meant. Gives the clause and the line from that noun on.
pub(super) fn shared(
    view: &View<'_>,
    sentence: Range<usize>,
    clause: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let near = sentence.start.max(clause.start.saturating_sub(BEHIND))..clause.start;
    let noun = near
        .rev()
        .take_while(|&k| !matches!(view.lower(k), ";" | ":" | "."))
        .find(|&k| happenings::noun(view.lower(k)).is_some_and(|kind| kind.name() == "meeting"))?;
    if !clause
        .clone()
        .any(|k| words().prepositions.contains(view.lower(k)))
    {
        return None;
    }
    let line = trimmed(view, noun..clause.end);
    let other = (noun..clause.start).any(|k| view.time_at(k).is_some());
    let clause = if other {
        clause.clone()
    } else {
        noun..clause.end
    };
    (line.len() <= LONGEST_SHARED).then_some((clause, line))
}

/// A happening on whose occasion something was said: "said on Friday after a meeting with ...".
/// Gives the tokens of who says it, and the phrase.
pub(super) fn occasion(
    view: &View<'_>,
    sentence: Range<usize>,
    time: Option<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let says = sentence
        .clone()
        .rfind(|&k| view.merely_says(k))
        .or_else(|| {
            let issued = sentence
                .clone()
                .find(|&k| words().issued.contains(view.lower(k)))?;
            (issued..sentence.end.min(issued + 4)).find(|&k| view.is_verb(k))
        })?;
    let near = says.saturating_sub(FAR).max(sentence.start)..sentence.end.min(says + FAR);
    for noun in near.clone() {
        let fits = view
            .noun_kind(noun)
            .is_some_and(|kind| OCCASIONS.contains(&kind.name()));
        if !fits || (noun + 1 < near.end && view.noun_kind(noun + 1).is_some()) {
            continue;
        }
        let start = beginning(view, noun, near.start);
        let end = complements(view, noun, near.end);
        let before = |back: usize| start.checked_sub(back).map_or("", |k| view.lower(k));
        let lead = if before(1) == "of" {
            start.wrapping_sub(2)
        } else {
            start.wrapping_sub(1)
        };
        if start <= near.start + 1 || !words().occasion.contains(view.lower(lead)) {
            continue;
        }
        let other = (start..end).any(|k| view.time_at(k).is_some_and(|at| Some(at) != time));
        let between = says.min(lead)..says.max(lead);
        // Inside what is said ("said that ... after talks") only a comma sets the occasion apart.
        let content = between.clone().any(|k| view.lower(k) == "that");
        let apart = view.lower(lead - 1) == ",";
        let loose = matches!(before(1), "to" | "in") && !apart;
        let quoted = between.clone().any(|k| view.is_quote(k)) && !content;
        if other || quoted || ((content || loose || between.len() > CLOSE) && !apart) {
            continue;
        }
        let what = trimmed(view, start..end);
        let who = subject(view, says, sentence.start)..says + 1;
        let whole = who.start..what.end;
        let bare = is_bare(view, &what) && who.end < what.start && whole.len() <= LONGEST_SHARED;
        return Some((who, if bare { whole } else { what }));
    }
    None
}

/// Where the clause of a saying begins: behind the quotation or the comma before it.
fn subject(view: &View<'_>, says: usize, from: usize) -> usize {
    (from..says)
        .rev()
        .take(12)
        .find(|&k| view.is_quote(k))
        .map_or_else(|| says.saturating_sub(8).max(from), |k| k + 1)
}

/// Where a noun phrase begins, looking back from its noun.
pub(super) fn beginning(view: &View<'_>, noun: usize, from: usize) -> usize {
    let words = words();
    let mut start = noun;
    while start > from && noun - start < BEFORE {
        let k = start - 1;
        let word = view.lower(k);
        let joins = words.coordinate.contains(word)
            && k > from
            && view.is_capital(k - 1)
            && view.is_capital(start);
        let counts = word == "of"
            && k > from
            && matches!(
                view.lower(k - 1),
                "second" | "first" | "third" | "round" | "series" | "day"
            );
        let stops = (view.is_mark(k) && word != "-")
            || view.time_at(k).is_some()
            || (view.is_verb(k) && !word.ends_with("ed"))
            || (words.prepositions.contains(word) && !joins && !counts)
            || (words.coordinate.contains(word) && !joins)
            || words.clause.contains(word)
            || words.sometimes_clause.contains(word)
            || words.relative.contains(word)
            || words.occasion.contains(word)
            || (word.ends_with("ing") && !view.is_capital(k) && view.noun_kind(k).is_none())
            || matches!(word, "to" | "not" | "there" | "that");
        if stops && !counts {
            break;
        }
        start = k;
        if words.determiners.contains(word) && !counts {
            break;
        }
    }
    start
}

/// Where the complements behind a noun end: prepositions with what they govern, up to a verb, a
/// clause or a time; behind a time only a place goes on.
fn complements(view: &View<'_>, noun: usize, to: usize) -> usize {
    let words = words();
    let mut end = noun + 1;
    let limit = to.min(noun + 1 + BEHIND);
    let mut inside = end;
    while end < limit {
        let word = view.lower(end);
        if let Some(time) = view.time_at(end) {
            let behind = view.time_tokens(time).end.max(end + 1);
            let place = matches!(view.lower(behind), "in" | "at") && view.is_capital(behind + 1);
            if !place || behind >= limit {
                break;
            }
            end = behind;
            continue;
        }
        let next = view.lower(end + 1);
        if word == "," {
            let place = (matches!(next, "in" | "at") && view.is_capital(end + 2))
                || (view.is_capital(end + 1)
                    && view.is_capital(end.saturating_sub(1))
                    && closes_place(view, end + 2))
                || matches!(next, "both");
            if !place {
                break;
            }
        } else if word == "(" {
            match (end + 1..limit.min(end + 4)).find(|&k| view.lower(k) == ")") {
                Some(close) => {
                    end = close + 1;
                    inside = end;
                    continue;
                }
                None => break,
            }
        } else if view.is_mark(end) && !matches!(word, "-" | "’" | "'" | "&") {
            break;
        }
        let participle = word == "held" || word == "scheduled" || word == "chaired";
        if (view.is_verb(end) && !participle)
            || words.clause.contains(word)
            || words.sometimes_clause.contains(word)
            || words.relative.contains(word)
            || (word == "to" && !view.is_capital(end + 1) && !words.determiners.contains(next))
            || matches!(word, "that" | "following" | "during" | "will" | "ended")
            || (words.coordinate.contains(word) && !joins_names(view, end))
            || (end == noun + 1
                && !view.is_mark(end)
                && !words.prepositions.contains(word)
                && !participle)
        {
            break;
        }
        end += 1;
        inside = end;
    }
    let mut end = inside.max(noun + 1);
    while end > noun + 1
        && (words.prepositions.contains(view.lower(end - 1))
            || words.determiners.contains(view.lower(end - 1))
            || view.lower(end - 1) == ",")
    {
        end -= 1;
    }
    end
}

fn closes_place(view: &View<'_>, token: usize) -> bool {
    view.is_mark(token)
        || view.time_at(token).is_some()
        || words().prepositions.contains(view.lower(token))
}

/// Whether "and" joins two nouns rather than two clauses: no verb follows soon.
fn joins_names(view: &View<'_>, and: usize) -> bool {
    let noun = |&k: &usize| !view.is_mark(k) && !words().prepositions.contains(view.lower(k));
    !(and + 1..and + 5).take_while(noun).any(|k| view.is_verb(k)) && view.time_at(and + 1).is_none()
}
