//! Noun phrases that name a happening: "talks between NATO and Russia in the Council".

use std::ops::Range;

use variorum_text::happenings::Kind;
use variorum_text::stem::stem;

use super::clause::trimmed;
use super::view::{View, words};

/// The most tokens before the noun.
const BEFORE: usize = 7;
/// The most tokens behind the noun.
const BEHIND: usize = 18;
/// How many tokens may stand between a time and the noun that it modifies.
const MODIFIER: usize = 4;
/// Kinds of happenings on whose occasion people speak.
const OCCASIONS: [&str; 5] = ["meeting", "call", "briefing", "visit", "ceremony"];

/// A phrase that the time stands in front of as a modifier: "Wednesday's attack", "the June 5
/// tweet".
pub(super) fn modified(
    view: &View<'_>,
    clause: &Range<usize>,
    time: &Range<usize>,
) -> Option<Range<usize>> {
    let possessive = matches!(view.lower(time.end), "'s" | "’s");
    let before = time.start.checked_sub(1).map_or("", |k| view.lower(k));
    let determined = matches!(
        before,
        "a" | "an" | "the" | "his" | "her" | "their" | "its" | "'s"
    ) || before == "this";
    let ends_possessive = time.end > time.start && view.lower(time.end - 1).ends_with("'s");
    if !possessive && !ends_possessive && !determined {
        return None;
    }
    let from = time.end + usize::from(possessive);
    let to = (from + MODIFIER).min(clause.end.max(from));
    let noun = (from..to)
        .take_while(|&k| {
            !view.is_mark(k) && !view.is_verb(k) && !words().prepositions.contains(view.lower(k))
        })
        .filter(|&k| view.noun_kind(k).is_some())
        .last()?;
    Some(trimmed(view, from..complements(view, noun, clause.end)))
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
        if light && held {
            score += 4;
        } else if near && noun < time.start && !has_verb_outside(view, clause, start..end, time) {
            score += 4;
        } else if near && gap.len() <= 3 && noun < time.start {
            score += 2;
        }
        if matches!(
            before,
            "after" | "before" | "since" | "following" | "during" | "despite" | "about"
        ) {
            score -= 3;
        }
        if view
            .names
            .iter()
            .any(|n| noun < n.tokens.start && n.tokens.end <= end)
        {
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
/// own: the one before it is meant.
pub(super) fn shared(
    view: &View<'_>,
    sentence: Range<usize>,
    clause: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let noun = (sentence.start.max(clause.start.saturating_sub(24))..clause.start)
        .rev()
        .take_while(|&k| !matches!(view.lower(k), ";" | ":" | "."))
        .find(|&k| view.noun_kind(k).is_some())?;
    let kind = view.noun_kind(noun).map(Kind::name);
    // Only what has two times is shared; a clause without a verb is no happening of its own.
    let other = (noun..clause.start).any(|k| view.time_at(k).is_some());
    let first = !other
        && clause
            .clone()
            .any(|k| words().prepositions.contains(view.lower(k)));
    if !(kind == Some("meeting") && (other || first)) {
        return None;
    }
    let start = beginning(view, noun, sentence.start);
    let whole = trimmed(view, start..clause.end);
    let what = if other {
        trimmed(view, clause.clone())
    } else {
        whole.clone()
    };
    let what = if what.len() < 3 { whole.clone() } else { what };
    let from = if other { clause.start } else { start };
    Some((from.min(what.start)..clause.end.max(what.end), what))
}

/// A happening on whose occasion something was said: "said on Friday after a meeting with ...".
/// Gives the clause with the saying and the phrase.
pub(super) fn occasion(
    view: &View<'_>,
    sentence: Range<usize>,
    time: Option<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let says = sentence
        .clone()
        .rfind(|&k| view.merely_says(k))
        .or_else(|| {
            sentence
                .clone()
                .find(|&k| matches!(view.lower(k), "issued" | "statement"))
        })?;
    for noun in sentence.clone() {
        let fits = view
            .noun_kind(noun)
            .is_some_and(|kind| OCCASIONS.contains(&kind.name()));
        if !fits || (noun + 1 < sentence.end && view.noun_kind(noun + 1).is_some()) {
            continue;
        }
        let start = beginning(view, noun, sentence.start);
        let end = complements(view, noun, sentence.end);
        let other = (start..end).any(|k| view.time_at(k).is_some_and(|at| Some(at) != time));
        let before = start.checked_sub(1).map_or("", |k| view.lower(k));
        let before2 = start.checked_sub(2).map_or("", |k| view.lower(k));
        let occasion = words().occasion.contains(before)
            || (before == "of" && words().occasion.contains(before2));
        let quoted = sentence.start..start;
        let open = quoted.filter(|&k| view.is_quote(k)).count() % 2 == 1;
        if other || !occasion || open || start <= sentence.start {
            continue;
        }
        // Inside what is said ("said that ... after talks") only a comma sets the occasion apart.
        let lead = if before == "of" { start - 2 } else { start - 1 };
        let said = (says.min(lead)..lead).any(|k| view.lower(k) == "that");
        let near = lead.abs_diff(says) <= 12;
        let apart = lead > sentence.start && view.lower(lead - 1) == ",";
        if (said && !apart) || (!near && !apart) || (before == "to" || before == "in") && said {
            continue;
        }
        let what = trimmed(view, start..end);
        let from = subject(view, says, sentence.start);
        let whole = from.min(what.start)..what.end.max(says + 1);
        return Some((whole, what));
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
fn beginning(view: &View<'_>, noun: usize, from: usize) -> usize {
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
            || matches!(
                word,
                "that" | "to" | "following" | "during" | "will" | "ended"
            )
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
    !(and + 1..and + 5)
        .take_while(|&k| !view.is_mark(k))
        .any(|k| view.is_verb(k))
        && view.time_at(and + 1).is_none()
}
