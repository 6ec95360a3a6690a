//! Which way the clause around a time expression looks: back or ahead of the day of publication.

use std::ops::Range;

use super::Direction;
use super::words::WORDS;
use crate::happenings::{self, Kind};
use crate::tokens::TokenKind;
use crate::{Document, words};

/// How many tokens to each side can tell.
const REACH: usize = 30;
/// How many tokens stand at most between an asking word and what is asked.
const ASKED: usize = 7;
/// How many tokens behind "Sunday's" can name what happened.
const OWNED: usize = 3;
/// How many adverbs stand at most between a verb and what governs it.
const ADVERBS: usize = 3;

/// What the clause around a time expression tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause {
    /// Which way it looks.
    pub(super) direction: Direction,
    /// The byte where the telling word stands, where that is before the expression.
    pub(super) cue: Option<usize>,
    /// Whether it looks ahead from a past that the report tells of ("it would end", "was to end"), so that
    /// what it names may lie behind.
    pub(super) from_past: bool,
    /// Whether it tells when a happening is that can be planned.
    pub(super) planned: bool,
}

/// Whether a happening that nobody schedules is told behind the expression: "will meet survivors of |Sunday|'s
/// massacre".
fn is_sudden(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let at = doc.tokens.partition_point(|token| token.start < range.end);
    let word = |k: usize| fold(doc.word(k));
    let owns = doc.text[range.clone()].ends_with("'s") || doc.text[range.clone()].ends_with("’s");
    let from = at + usize::from(word(at) == "'s");
    (owns || from > at)
        && (from..from + OWNED).any(|k| happenings::noun(&word(k)).is_some_and(Kind::is_sudden))
}

/// Whether a date without a year tells when a happening is that is foreseen: "the |November| election", "the
/// |Dec. 8| deadline", "a primary in |July|". Such a one is the nearest, whatever the clause looks to, unless it is
/// told as over ("after the November election").
fn is_planned(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let first = doc.tokens.partition_point(|token| token.end <= range.start);
    let behind = doc.tokens.partition_point(|token| token.start < range.end);
    let word = |k: usize| fold(doc.word(k));
    let noun = |k: usize| happenings::noun(&word(k)).is_some_and(Kind::is_foreseen);
    let apart = |k: &usize| crate::words::is_function_word(&word(*k)) || word(*k) == ",";
    let over = (1..3).any(|back| {
        let before = first.checked_sub(back);
        before.is_some_and(|k| WORDS.direction.over.contains(&word(k)))
    });
    if over {
        return false;
    }
    let before = first.checked_sub(2).is_some_and(noun)
        && first.checked_sub(1).is_some_and(|k| word(k) == "in");
    before || (behind..behind + OWNED).take_while(|k| !apart(k)).any(noun)
}

/// What the clause around some bytes tells.
pub(super) fn clause(doc: &Document<'_>, range: &Range<usize>) -> Clause {
    if is_sudden(doc, range) {
        return Clause {
            direction: Direction::Past,
            cue: None,
            from_past: false,
            planned: false,
        };
    }
    let (direction, cue) = direction(doc, range);
    let from_past = direction == Direction::Future
        && cue.is_some_and(|cue| {
            let end = doc.tokens.partition_point(|t| t.start <= cue);
            let words: Vec<String> = (end.saturating_sub(3)..end)
                .map(|i| fold(doc.word(i)))
                .collect();
            (0..words.len()).any(|start| {
                let phrase = words[start..].join(" ");
                WORDS.direction.future_of_past.contains(&phrase)
            })
        });
    Clause {
        direction,
        cue,
        from_past,
        planned: direction != Direction::Future && is_planned(doc, range),
    }
}

fn direction(doc: &Document<'_>, range: &Range<usize>) -> (Direction, Option<usize>) {
    let Some(sentence) = doc.sentence_at(range.start).map(|i| &doc.sentences[i]) else {
        return (Direction::Unknown, None);
    };
    let own = doc.tokens_in(range.clone());
    let from = sentence.tokens.start.max(own.start.saturating_sub(REACH));
    let before: Vec<String> = (from..own.start).map(|i| fold(doc.word(i))).collect();
    let to = sentence.tokens.end.min(own.end + REACH);
    let after: Vec<String> = (own.end..to).map(|i| fold(doc.word(i))).collect();
    let kinds: Vec<TokenKind> = (own.end..to).map(|i| doc.tokens[i].kind).collect();
    if is_apposed(&before, &after)
        && look_ahead(&after[1..], &kinds[1..], false) == Direction::Future
    {
        return (Direction::Future, None);
    }
    // "on Monday, when he will enter the hall"
    let comma = usize::from(after.first().is_some_and(|word| word == ","));
    if after.get(comma).is_some_and(|word| word == "when") {
        let told = look_ahead(&after[comma + 1..], &kinds[comma + 1..], false);
        if told != Direction::Unknown {
            return (told, None);
        }
    }
    // "By Monday, they had left."
    let opens = before.len() < 4;
    if opens
        && before.iter().any(|word| word == "by")
        && look_ahead(&after, &kinds, true) == Direction::Past
    {
        return (Direction::Past, None);
    }
    match look_back(&before) {
        // "confirmed to the paper on Monday that": the time is the saying's.
        Some((Direction::Past, at))
            if is_remote_saying(&before, at) && after.first().is_none_or(|word| word != "that") =>
        {
            match look_ahead(&after, &kinds, false) {
                Direction::Future => (Direction::Future, None),
                _ => (Direction::Past, Some(doc.tokens[from + at].start)),
            }
        }
        Some((direction, at)) => (direction, Some(doc.tokens[from + at].start)),
        None => (look_ahead(&after, &kinds, opens), None),
    }
}

/// The month of May is no auxiliary.
fn fold(word: &str) -> String {
    if word == "May" {
        word.to_owned()
    } else {
        words::fold(word)
    }
}

/// Whether the time stands between commas in the middle of its clause: "the talks, on Thursday, will".
fn is_apposed(before: &[String], after: &[String]) -> bool {
    let last = before.iter().rfind(|w| w.as_str() != "on");
    last.is_some_and(|w| w == ",") && after.first().is_some_and(|w| w == ",")
}

/// A saying word that the time need not belong to: "said the talks on Monday".
fn is_remote_saying(before: &[String], at: usize) -> bool {
    before.len() - at > 3 && WORDS.direction.saying.contains(&before[at])
}

fn look_back(before: &[String]) -> Option<(Direction, usize)> {
    let lists = &WORDS.direction;
    let last = before
        .iter()
        .rposition(|w| !matches!(w.as_str(), "on" | "the" | "early" | "late" | "this"))?;
    if lists.future_before.contains(&before[last]) {
        return Some((Direction::Future, last));
    }
    if lists.past_before.contains(&before[last]) {
        return Some((Direction::Past, last));
    }
    let mut coming = None;
    for at in (0..before.len()).rev() {
        if is_wall(&before[at]) {
            break;
        }
        let next = before.get(at + 1).map_or("", String::as_str);
        // "would have left" lies behind.
        if next == "have" && lists.modal.contains(&before[at]) {
            return Some((Direction::Past, at));
        }
        if is_future(before, at) {
            return Some((Direction::Future, at));
        }
        if before[at] == "to" && is_asked(&before[..at]) {
            return Some((Direction::Future, at));
        }
        if before[at] == "to" && lists.infinitive.contains(next) {
            // A bare infinitive tells the aim of what is past, and else a plan.
            let aim = (0..at)
                .rev()
                .take_while(|&k| !is_wall(&before[k]))
                .any(|k| is_past(&before[k]) && !is_future(before, k));
            return Some((
                if aim {
                    Direction::Past
                } else {
                    Direction::Future
                },
                at,
            ));
        }
        // "announced an upcoming vote on Monday": what was done then counts before what is to come.
        if lists.coming.contains(&before[at]) {
            coming = coming.or(Some(at));
        }
        if is_past(&before[at]) && !is_infinite(before, at) {
            return Some((Direction::Past, at));
        }
    }
    coming.map(|at| (Direction::Future, at))
}

/// Whether a form that may be a past one is none where it stands: "will cut", "to be held", "will soon be told",
/// "to have left", "a cut".
fn is_infinite(before: &[String], at: usize) -> bool {
    let lists = &WORDS.direction;
    let Some(governor) = governor(before, at) else {
        return false;
    };
    match before[governor].as_str() {
        "be" | "being" => true,
        // "would have left" lies behind, and is told from its "would".
        "have" => is_infinite(before, governor),
        word => {
            lists.governing.contains(word)
                || word.ends_with("'ll")
                || (governor + 1 == at && lists.articles.contains(word))
        }
    }
}

/// The word that a verb hangs on: the nearest before it that is no adverb.
fn governor(before: &[String], at: usize) -> Option<usize> {
    let adverb = |word: &String| word.ends_with("ly") || WORDS.direction.adverbs.contains(word);
    let near = (0..at).rev().take(ADVERBS + 1);
    near.into_iter().find(|&k| !adverb(&before[k]))
}

/// Whether somebody is asked to do what follows these words: "asked residents (to gather)".
fn is_asked(before: &[String]) -> bool {
    let near = &before[before.len().saturating_sub(ASKED)..];
    let asks = near
        .iter()
        .rposition(|w| WORDS.direction.asking.contains(w));
    asks.is_some_and(|at| {
        let passive = at > 0 && matches!(near[at - 1].as_str(), "was" | "were" | "been");
        !passive && near[at..].iter().all(|w| w != "," && !is_wall(w))
    })
}

fn look_ahead(after: &[String], kinds: &[TokenKind], opens: bool) -> Direction {
    let lists = &WORDS.direction;
    let mut comma = opens;
    for at in 0..after.len() {
        let word = &after[at];
        if word == "," && comma {
            comma = false;
            continue;
        }
        let broken = word == "," || (at > 0 && !opens && lists.breaks.contains(word));
        if is_wall(word) || broken {
            break;
        }
        if kinds[at] != TokenKind::Word {
            continue;
        }
        let phrase_ends = (at..after.len().min(at + 3)).any(|end| is_phrase(after, at, end));
        let plan = word == "to"
            && after
                .get(at + 1)
                .is_some_and(|w| lists.infinitive.contains(w));
        if phrase_ends || plan || word.ends_with("'ll") {
            return Direction::Future;
        }
        if is_past(word) {
            return Direction::Past;
        }
    }
    Direction::Unknown
}

fn is_phrase(tokens: &[String], start: usize, end: usize) -> bool {
    WORDS
        .direction
        .future
        .contains(&tokens[start..=end].join(" "))
}

/// Whether a future cue ends at a token.
fn is_future(tokens: &[String], end: usize) -> bool {
    (end.saturating_sub(3)..=end).any(|start| is_phrase(tokens, start, end))
        || tokens[end].ends_with("'ll")
}

fn is_past(word: &str) -> bool {
    let lists = &WORDS.direction;
    lists.past.contains(word)
        || (word.len() > 3 && word.ends_with("ed") && !lists.not_past.contains(word))
}

/// Marks that a clause does not reach across.
fn is_wall(word: &str) -> bool {
    matches!(word, ";" | ":" | "“" | "”" | "\"" | "«" | "»" | "—" | "–")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses() {
        let check = |text: &str, expected: Direction| {
            let at = text.find("Monday").unwrap();
            let doc = Document::new(text, None);
            assert_eq!(
                super::clause(&doc, &(at..at + 6)).direction,
                expected,
                "{text:?}"
            );
        };
        check("They will meet on Monday.", Direction::Future);
        check("They met on Monday.", Direction::Past);
        check("The court is to rule Monday.", Direction::Future);
        check(
            "Moscow has agreed to participate Monday.",
            Direction::Future,
        );
        check("On Monday, the committee will vote.", Direction::Future);
        check("He said on Monday that it will rain.", Direction::Past);
        check(
            "He said the talks on Monday will be hard.",
            Direction::Future,
        );
        check("Obama to meet Putin Monday", Direction::Future);
        check("They gathered to discuss it Monday.", Direction::Past);
        check("The vote was scheduled for Monday.", Direction::Future);
        check("The deadline is Monday.", Direction::Future);
        check(
            "Another event to be held on Monday was announced.",
            Direction::Future,
        );
        check(
            "She has asked residents to gather at the wall on Monday.",
            Direction::Future,
        );
        check("He was asked to leave on Monday.", Direction::Past);
        check(
            "They have agreed that the talks, on Monday, will last one day.",
            Direction::Future,
        );
        check(
            "Trump will meet survivors of Monday's massacre.",
            Direction::Past,
        );
        check("They will attend Monday's vote.", Direction::Future);
        check("Monday", Direction::Unknown);
        check("The bank will cut its rates on Monday.", Direction::Future);
        check(
            "The plan will be quietly dropped on Monday.",
            Direction::Future,
        );
        check(
            "The crew will soon have read it by Monday.",
            Direction::Future,
        );
        check("The team could hit the road on Monday.", Direction::Future);
        check("The crew would have quit on Monday.", Direction::Past);
        check(
            "The port is set to shut its gates on Monday.",
            Direction::Future,
        );
        check("The port shut its gates on Monday.", Direction::Past);
        check("The envoys were not told on Monday.", Direction::Past);
        check(
            "The assembly announced a forthcoming law on Monday.",
            Direction::Past,
        );
        check(
            "They prepare for upcoming talks on Monday.",
            Direction::Future,
        );
        check("It could land as soon as Monday.", Direction::Future);
        check("The fair is scheduled to run Monday.", Direction::Future);
        check("On Monday, she'll watch the count.", Direction::Future);
        check(
            "It rests until Monday, when the crews will return.",
            Direction::Future,
        );
        check("It began on Monday, when two trains met.", Direction::Past);
        check(
            "The ministry confirmed to the paper on Monday that it would pay.",
            Direction::Past,
        );
    }
}
