//! The clause around a time expression, and the line cut from it.

use std::ops::Range;

use variorum_text::words::is_subject_pronoun;

use super::view::{View, words};

/// The most words of a line.
const LONGEST: usize = 16;
/// A line that is cut keeps at least so many words.
const SHORTEST_CUT: usize = 7;
/// A clause reaches at most so many tokens to each side of its time.
const REACH: usize = 50;
/// A quotation of fewer tokens inside a clause is part of it.
const SHORT_QUOTE: usize = 12;

/// The tokens of the clause around a time, inside its sentence.
pub(super) fn around(view: &View<'_>, sentence: Range<usize>, time: Range<usize>) -> Range<usize> {
    let sentence =
        sentence.start.max(time.start.saturating_sub(REACH))..sentence.end.min(time.end + REACH);
    let mut start = left(view, sentence.start, &time);
    let end = right(view, start, sentence.end, &time);
    // "the bloc, which they joined in 1997": the time dates what the noun before is said to do.
    let relative = (start..time.start)
        .rev()
        .take_while(|&k| view.lower(k) != "," || self::words().relative.contains(view.lower(k + 1)))
        .find(|&k| self::words().relative.contains(view.lower(k)) && has_verb(view, k..time.start));
    if let Some(noun) = relative.and_then(|k| (start..k).rev().find(|&k| !view.is_mark(k))) {
        start = super::phrase::beginning(view, noun, start);
    }
    while start < time.start && view.is_mark(start) && !view.is_quote(start) {
        start += 1;
    }
    // "on July 7, when bombs went off": the clause behind tells what happened.
    let behind = time.end + usize::from(view.lower(time.end) == ",");
    if end <= behind && view.lower(behind) == "when" && behind + 1 < sentence.end {
        let from = behind + 1;
        return time.start..right(view, from, sentence.end, &(time.start..from));
    }
    start..end
}

fn has_verb(view: &View<'_>, mut range: Range<usize>) -> bool {
    range.any(|k| view.is_verb(k))
}

fn is_break(view: &View<'_>, token: usize) -> bool {
    matches!(
        view.lower(token),
        ";" | ":" | "—" | "–" | "…" | "!" | "?" | "|" | "•" | "--"
    )
}

/// The other mark of a short quotation, looking from one of its marks.
fn quote_partner(
    view: &View<'_>,
    at: usize,
    mut range: impl Iterator<Item = usize>,
) -> Option<usize> {
    range
        .find(|&k| view.is_quote(k))
        .filter(|&k| k.abs_diff(at) <= SHORT_QUOTE)
}

fn left(view: &View<'_>, from: usize, time: &Range<usize>) -> usize {
    let words = words();
    let mut start = time.start;
    while start > from {
        let k = start - 1;
        let word = view.lower(k);
        if view.is_quote(k) {
            match quote_partner(view, k, (from..k).rev()) {
                Some(open) if start < time.start => {
                    start = open;
                    continue;
                }
                _ => break,
            }
        }
        if view.time_at(k).is_some() {
            // What stands between two times belongs to the one whose conjunct it is in.
            let joins =
                |&k: &usize| words.coordinate.contains(view.lower(k)) || view.lower(k) == ",";
            if !has_verb(view, start..time.start) {
                start = (start..time.start)
                    .rev()
                    .find(joins)
                    .map_or(start, |k| k + 1);
            }
            break;
        }
        let between = start..time.start;
        let stops = is_break(view, k)
            || words.clause.contains(word)
            || (word == "that" && start < time.start && !view.is_verb(k + 1))
            || (view.merely_says(k) && has_verb(view, between.clone()))
            || (words.sometimes_clause.contains(word) && has_verb(view, between.clone()))
            || (word == "," && comma_stops_left(view, from, k, time))
            || (words.coordinate.contains(word) && joins_clauses(view, from, k, time));
        if stops {
            break;
        }
        start = k;
    }
    start
}

/// Whether the clause of a time begins behind a comma on its left.
fn comma_stops_left(view: &View<'_>, from: usize, comma: usize, time: &Range<usize>) -> bool {
    let words = words();
    let segment_start = (from..comma)
        .rev()
        .find(|&k| view.lower(k) == "," || is_break(view, k))
        .map_or(from, |k| k + 1);
    let first = view.lower(segment_start);
    let segment = segment_start..comma;
    if segment.clone().any(|k| view.merely_says(k)) {
        return true;
    }
    let fronted = words.clause.contains(first)
        || words.sometimes_clause.contains(first)
        || words.prepositions.contains(first);
    let rest = comma + 1..time.start;
    if words.coordinate.contains(view.lower(comma + 1)) && has_verb(view, rest.clone()) {
        return true;
    }
    if fronted
        && has_verb(
            view,
            rest.start..time.end + 12.min(view.doc.tokens.len() - time.end),
        )
    {
        return segment_start == from || words.sometimes_clause.contains(first);
    }
    let relative = words.relative.contains(view.lower(comma + 1));
    !relative && has_verb(view, segment) && has_verb(view, rest)
}

/// Whether "and" begins a clause of its own before the time: a subject and a verb follow, or what
/// stands before it has a time or a saying of its own.
fn joins_clauses(view: &View<'_>, from: usize, and: usize, time: &Range<usize>) -> bool {
    let ahead = and + 1..time.start;
    if ahead.is_empty() || !has_verb(view, ahead.clone()) {
        return false;
    }
    // "a ferry and a carrier collided": without a verb before it, "and" joins two subjects.
    let begins = |&k: &usize| {
        let (word, words) = (view.lower(k), words());
        view.is_mark(k)
            || word == "that"
            || words.clause.contains(word)
            || words.sometimes_clause.contains(word)
    };
    let near = and.saturating_sub(25).max(from)..and;
    let before = near
        .clone()
        .rev()
        .find(begins)
        .map_or(near.start, |k| k + 1)..and;
    let other = |k: usize| view.time_at(k).is_some() || view.merely_says(k);
    before.clone().any(other)
        || (has_verb(view, before)
            && !view.is_verb(and + 1)
            && has_verb(view, ahead.start..(and + 6).min(ahead.end)))
}

fn right(view: &View<'_>, start: usize, to: usize, time: &Range<usize>) -> usize {
    let words = words();
    let mut end = time.end;
    while end < to {
        let word = view.lower(end);
        if view.is_quote(end) {
            match quote_partner(view, end, end + 1..to) {
                Some(close) if end > time.end => {
                    end = close + 1;
                    continue;
                }
                _ => break,
            }
        }
        let next = view.lower(end + 1);
        let segment_end = (end + 1..to).find(|&k| view.lower(k) == ",").unwrap_or(to);
        let verb_soon = || has_verb(view, end + 1..segment_end.min(end + 7));
        let aside = words.relative.contains(next) || next == "where";
        if word == "," && aside && segment_end < to && !has_verb(view, start..end) {
            // "the sheriff, who lives there, described": the verb is still to come.
            end = segment_end + 1;
            continue;
        }
        let told = |k: usize| is_subject_pronoun(view.lower(k)) || has_verb(view, start..end);
        let stops = is_break(view, end)
            || words.clause.contains(word)
            || (word == "," && (end + 1..segment_end).any(|k| view.merely_says(k)))
            || (words.sometimes_clause.contains(word) && verb_soon())
            || (word == "that" && end > time.end && has_verb(view, time.end..end))
            || (view.time_at(end).is_some() && end > time.end)
            || (word == "," && (words.coordinate.contains(next) || words.relative.contains(next)))
            || (word == "," && words.sometimes_clause.contains(next))
            || (word == "," && has_verb(view, time.end..end) && verb_soon())
            || (words.coordinate.contains(word)
                && ((verb_soon() && told(end + 1)) || view.time_at(end + 1).is_some()))
            || (word == "." && end + 1 == to);
        if stops {
            break;
        }
        end += 1;
    }
    // A preposition or an article before the next time belongs to that one.
    while end > time.end
        && (words.prepositions.contains(view.lower(end - 1))
            || words.determiners.contains(view.lower(end - 1))
            || view.lower(end - 1) == ",")
    {
        end -= 1;
    }
    end
}

/// Whether the time says when something was said: the nearest verb before it in its clause, or
/// behind it where none is before, merely reports.
pub(super) fn dates_a_saying(view: &View<'_>, clause: &Range<usize>, time: &Range<usize>) -> bool {
    if let Some(verb) = (clause.start..time.start).rev().find(|&k| view.is_verb(k)) {
        return view.merely_says(verb) || issues(view, clause, verb);
    }
    let behind = (time.end..clause.end).find(|&k| view.is_verb(k));
    if let Some(verb) = behind {
        return view.merely_says(verb);
    }
    // "..., said on Friday": a comma may part the verb from the time.
    (clause.start.saturating_sub(3)..clause.start).any(|k| view.merely_says(k))
        && !(clause.start..time.start).any(|k| view.noun_kind(k).is_some())
}

/// "The statement was issued", "remarks made".
fn issues(view: &View<'_>, clause: &Range<usize>, verb: usize) -> bool {
    matches!(
        view.lower(verb),
        "issued" | "released" | "made" | "published"
    ) && (clause.start..verb).any(|k| words().issued.contains(view.lower(k)))
}

/// The clause as a line: without the time and small words at its ends, and not too long.
pub(super) fn line(
    view: &View<'_>,
    clause: &Range<usize>,
    time: &Range<usize>,
) -> Option<Range<usize>> {
    if !has_verb(view, clause.clone()) {
        return None;
    }
    let mut start = clause.start;
    let mut end = clause.end;
    if time.end.saturating_sub(start) <= 8 && (start..time.start).all(|k| trims(view, k)) {
        start = time.end;
    }
    let behind = |end: usize| (time.start..end).all(|k| time.contains(&k) || trims(view, k));
    if end > time.start && behind(end) {
        end = time.start;
    }
    let line = trimmed(view, start..end);
    let line = without_saying(view, trimmed(view, cut(view, line)));
    let told =
        line.clone().filter(|&k| !view.is_mark(k)).count() >= 3 && has_verb(view, line.clone());
    // "Minister Irena Dovak declared" tells nothing.
    (told && !view.says(line.end - 1)).then_some(line)
}

/// A line without ", he added" at its end.
fn without_saying(view: &View<'_>, line: Range<usize>) -> Range<usize> {
    let comma = line.clone().rev().take(6).find(|&k| view.lower(k) == ",");
    match comma.filter(|&k| (k + 1..line.end).any(|t| view.merely_says(t))) {
        Some(comma) => line.start..comma,
        None => line,
    }
}

/// At most so many words, cut where a phrase ends.
fn cut(view: &View<'_>, line: Range<usize>) -> Range<usize> {
    let words: Vec<usize> = line.clone().filter(|&k| !view.is_mark(k)).collect();
    let Some(&last) = words.get(LONGEST) else {
        return line;
    };
    let least = words[SHORTEST_CUT];
    let ends = |k: usize| {
        let word = view.lower(k);
        (view.is_mark(k) && word != "-")
            || self::words().prepositions.contains(word)
            || self::words().sometimes_clause.contains(word)
            || self::words().relative.contains(word)
    };
    let end = (least..=last).rev().find(|&k| ends(k)).unwrap_or(last);
    line.start..end
}

fn trims(view: &View<'_>, token: usize) -> bool {
    words().trim.contains(view.lower(token)) || (view.is_mark(token) && view.lower(token) != "$")
}

/// Without the small words and marks at both ends. An article may begin a line.
pub(super) fn trimmed(view: &View<'_>, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    let article = |k: usize| {
        matches!(
            view.lower(k),
            "the" | "a" | "an" | "its" | "their" | "his" | "her" | "both"
        )
    };
    while start < end && (trims(view, start) && !article(start)) {
        start += 1;
    }
    let dangles = |k: usize| trims(view, k) || matches!(view.lower(k), "about" | "around");
    while start < end && dangles(end - 1) && view.lower(end - 1) != ")" {
        end -= 1;
    }
    start..end
}
