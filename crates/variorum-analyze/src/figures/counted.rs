//! What a bare number counts: the noun it stands at, with what happened to those counted.

use std::ops::Range;

use variorum_text::parser::Relation;
use variorum_text::tagger::Tag;
use variorum_text::{TokenKind, words};

use super::lists::WORDS;
use super::view::View;
use super::{Counted, amounts};

/// A count of at least this may stand without its noun: "cut admissions of refugees to 50,000".
const LARGE: f64 = 1000.0;
/// A count up to this of people of whom nothing is told is not worth a line.
const FEW: f64 = 3.0;
/// How far behind its subject what happened to those counted may stand.
const FAR: usize = 24;

/// What a number without a unit counts.
pub(super) fn counted(view: &View<'_, '_>) -> Option<Counted> {
    let words = view.doc.text[view.number.range.clone()].to_lowercase();
    let single = view.number.max == Some(1.0);
    let of = view.lower(view.last + 1) == "of";
    if (single && of)
        || is_odds(view)
        || (words.ends_with("single") && is_denied(view))
        || is_model(view)
        || is_score(view)
    {
        return None;
    }
    if words.ends_with("both") {
        return both(view);
    }
    if view.is_joined() {
        return joined(view);
    }
    if is_vote(&words) {
        return vote(view);
    }
    if let Some(what) = group_of(view).or_else(|| risen(view)) {
        let what = view.doc.bytes(what);
        return Some(Counted {
            until: what.start,
            what,
        });
    }
    let one = words.trim_start_matches(char::is_whitespace) == "one";
    let found = behind(view, one)
        .or_else(|| without_noun(view))
        .or_else(|| verb_before(view));
    if found.is_some() || one {
        return found;
    }
    let value = view.number.min.or(view.number.max)?;
    // "another 275,344 are set to expire": what they are stands in a clause before.
    let subject = view.relation(view.anchor()).is_subject();
    let large = value >= LARGE && !subject && may_stand_alone(view);
    let what = if large {
        amounts::plural_before(view)
    } else {
        None
    }?;
    Some(Counted {
        what: view.doc.bytes(what),
        until: view.number.range.end,
    })
}

/// "1 in |5| people", "nine out of |10|": a share that the numbers tell together.
fn is_odds(view: &View<'_, '_>) -> bool {
    let number = |back: usize| {
        view.first
            .checked_sub(back)
            .is_some_and(|token| view.tag(token) == Tag::Number)
    };
    let of = view.before(1) == "of" && view.before(2) == "out";
    (view.before(1) == "in" && number(2)) || (of && number(3))
}

/// "five new |737| aircraft": a number counts those already.
fn is_model(view: &View<'_, '_>) -> bool {
    let inside = |back: &usize| {
        view.first.checked_sub(*back).is_some_and(|token| {
            view.sentence.contains(&token)
                && matches!(view.tag(token), Tag::Adjective | Tag::ProperNoun)
        })
    };
    let inner = (1..=3).take_while(inside).count();
    let before = view.first.checked_sub(inner + 1);
    inner > 0
        && before.is_some_and(|token| {
            view.sentence.contains(&token)
                && view.tag(token) == Tag::Number
                && view.head(token) == view.head(view.last)
        })
}

/// "Leeds |0| Spurs 3": two names with a number each.
fn is_score(view: &View<'_, '_>) -> bool {
    let name = |token: usize| {
        view.sentence.contains(&token) && view.doc.word(token).starts_with(char::is_uppercase)
    };
    let number = |token: usize| {
        view.sentence.contains(&token)
            && view
                .doc
                .word(token)
                .starts_with(|c: char| c.is_ascii_digit())
    };
    let digits = number(view.first) && view.first == view.last;
    let behind = (view.last + 1..view.last + 4)
        .take_while(|&k| name(k))
        .count();
    let other = behind > 0 && number(view.last + 1 + behind);
    let before = view.first.checked_sub(1).is_some_and(name);
    digits && before && other
}

/// "without holding |a single| hearing"
fn is_denied(view: &View<'_, '_>) -> bool {
    (1..=4).any(|back| {
        let word = view.before(back);
        words::is_negation(&word) || word == "without"
    })
}

/// What a vote was about or who voted: "a 10-3 |ruling|", "|the chamber voted| 49-43", "the |vote| was 357-60".
fn vote(view: &View<'_, '_>) -> Option<Counted> {
    let until = view.number.range.end;
    if let Some(phrase) = view.noun_phrase(view.last + 1) {
        let what = view.doc.bytes(phrase);
        return Some(Counted {
            until: what.end,
            what,
        });
    }
    let noun = || {
        let near = view.first.saturating_sub(FAR / 4).max(view.sentence.start)..view.first;
        let noun = near.rev().find(|&token| view.is_noun(token))?;
        Some(view.phrase_before(noun))
    };
    let what = amounts::clause_up_to(view).or_else(noun)?;
    let what = view.doc.bytes(what);
    Some(Counted { what, until })
}

/// "10-3", of a ruling; other scores are no numbers.
fn is_vote(words: &str) -> bool {
    let mut parts = words.split(['-', '–', '—']).map(str::trim);
    let digits = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok());
    matches!((digits(parts.next()), digits(parts.next())), (Some(a), Some(b)) if a >= b)
}

/// Whether a large number that no noun follows may be a count at all: no year, nothing that goes on.
fn may_stand_alone(view: &View<'_, '_>) -> bool {
    let digits = &view.doc.text[view.number.range.clone()];
    let year = view
        .number
        .min
        .is_some_and(|min| (1500.0..2100.0).contains(&min))
        && digits.len() == 4;
    let next = view.last + 1;
    let goes_on = view.sentence.contains(&next)
        && view.doc.tokens[next].kind == TokenKind::Word
        && (view.is_noun(next) || view.tag(next) == Tag::Adjective)
        && !view.in_time(next);
    !year && !goes_on
}

/// "|three-judge panel|", "|28-member bloc|"
fn joined(view: &View<'_, '_>) -> Option<Counted> {
    // "a one-person show" counts nothing.
    if view.number.max == Some(1.0) {
        return None;
    }
    let mut end = view.doc.tokens[view.last].end;
    if let Some(phrase) = view.noun_phrase(view.last + 1) {
        end = view.doc.bytes(phrase).end;
    }
    // "member bloc" alone would be half a word.
    Some(Counted {
        what: view.number.range.start..end,
        until: end,
    })
}

/// "both |sales were approved|": only with what happened to them.
fn both(view: &View<'_, '_>) -> Option<Counted> {
    let phrase = view.noun_phrase(view.last + 1)?;
    if view.tag(phrase.end - 1) != Tag::Nouns || is_empty(view, phrase.end - 1) {
        return None;
    }
    let end = view.told(phrase.end, false);
    let told = (phrase.end..end)
        .any(|token| matches!(view.lower(token).as_str(), "was" | "were" | "been" | "are"));
    told.then(|| {
        let what = view.doc.bytes(phrase.start..end);
        Counted {
            until: what.end,
            what,
        }
    })
}

fn is_empty(view: &View<'_, '_>, noun: usize) -> bool {
    WORDS.empty.contains(&view.lower(noun))
}

/// The noun phrase behind a number, with what is told of those counted.
fn behind(view: &View<'_, '_>, one: bool) -> Option<Counted> {
    let start = after_number(view)?;
    // "26 dead", but "a few homeless guys"
    if let Some(end) = view.outcome(start)
        && view
            .noun_phrase(start)
            .is_none_or(|phrase| phrase.end <= end)
    {
        return Some(outcome_alone(view, start, end));
    }
    let mut phrase = view.noun_phrase(start);
    if phrase
        .as_ref()
        .is_none_or(|phrase| !fits_number(view, phrase.end - 1))
    {
        phrase = view.tree_phrase(start).or(phrase);
    }
    let phrase = phrase?;
    let noun = phrase.end - 1;
    if !fits_number(view, noun) {
        return None;
    }
    let generic = WORDS.anyone.contains(&view.lower(noun)) && phrase.len() == 1;
    // A noun alone seldom says which ones are counted: "Americans |will get a cheque|".
    let end = if phrase.len() == 1 && !generic {
        view.told_whole(phrase.end)
    } else {
        view.told(phrase.end, generic)
    };
    let happened = view.outcome(phrase.end) == Some(end);
    if one && !happened {
        return None;
    }
    if generic && !happened && WORDS.nobody.contains(&view.lower(noun)) {
        if let Some(verb) = outcome_before(view) {
            let what = view.doc.bytes(verb..verb + 1);
            return Some(Counted {
                what,
                until: view.doc.bytes(phrase).end,
            });
        }
        if let Some(verb) = outcome_far(view, noun, phrase.end) {
            let what = view.doc.bytes(verb..verb + 1);
            return Some(Counted {
                until: what.end,
                what,
            });
        }
    }
    if is_empty(view, noun) && phrase.len() == 1 && end == phrase.end {
        return None;
    }
    let few = view.number.max.is_some_and(|max| max <= FEW) && view.number.unit.is_none();
    if generic && few && end == phrase.end {
        return None;
    }
    let what = view.doc.bytes(phrase.start..end);
    Some(Counted {
        until: what.end,
        what,
    })
}

/// The first token that can be counted: behind "of the", "more" and a number inside ("three of the 12 banks").
fn after_number(view: &View<'_, '_>) -> Option<usize> {
    let mut start = view.last + 1;
    if view.lower(start) == "of" {
        start = view.skip_articles(start + 1);
        if view.tag(start) == Tag::Number && !view.in_time(start) {
            start += 1;
        }
    } else if matches!(
        view.lower(start).as_str(),
        "more" | "additional" | "further" | "other"
    ) {
        start += 1;
    }
    view.sentence.contains(&start).then_some(start)
}

/// "|were killed|" is told as "killed".
fn outcome_alone(view: &View<'_, '_>, start: usize, end: usize) -> Counted {
    let from = if end > start + 1 { end - 1 } else { start };
    let what = view.doc.bytes(from..end);
    Counted {
        until: what.end,
        what,
    }
}

/// Whether a noun can be what the number counts: a plural at two and more.
fn fits_number(view: &View<'_, '_>, noun: usize) -> bool {
    let word = view.lower(noun);
    let single = view.number.min == Some(1.0) && view.number.max == Some(1.0);
    if single {
        // "One person was killed" is told by what happened.
        let one = view.doc.word(view.first).eq_ignore_ascii_case("one");
        return (one && view.first == view.last) || !WORDS.singles.contains(&word);
    }
    view.tag(noun) == Tag::Nouns || word.ends_with('s') || WORDS.plurals.contains(&word)
}

/// "|killed| more than 50 people": the verb right before the number.
fn outcome_before(view: &View<'_, '_>) -> Option<usize> {
    let verb = view.first.checked_sub(1)?;
    let verbal = view.is_verb(verb) && is_outcome_verb(&view.lower(verb));
    (view.sentence.contains(&verb) && verbal).then_some(verb)
}

/// A form of a verb that tells what happened: killing, kills, killed.
fn is_outcome_verb(word: &str) -> bool {
    let stem = word
        .strip_suffix("ing")
        .or_else(|| word.strip_suffix("s"))
        .unwrap_or(word);
    [word, stem].iter().any(|form| {
        WORDS.outcomes.contains(*form)
            || WORDS.outcomes.contains(&format!("{form}ed"))
            || WORDS.outcomes.contains(&format!("{form}d"))
    })
}

/// "Five people, including an officer, were |killed|"
fn outcome_far(view: &View<'_, '_>, noun: usize, end: usize) -> Option<usize> {
    let verb = view
        .head(noun)
        .filter(|verb| *verb > end && *verb < end + FAR)?;
    let parted = view.doc.word(end) == ",";
    let subject = matches!(
        view.relation(noun),
        Relation::SubjectPassive | Relation::Subject
    );
    (parted && subject && view.is_outcome(verb)).then_some(verb)
}

/// "more than a dozen with |injuries described as catastrophic|"; and the bare number of a headline:
/// "|Killed| 12", "Arrest 8 in".
fn without_noun(view: &View<'_, '_>) -> Option<Counted> {
    let with = view.last + 1;
    if view.lower(with) != "with" || !view.doc.text[view.number.range.clone()].contains("dozen") {
        return None;
    }
    let phrase = view.noun_phrase(view.skip_articles(with + 1))?;
    let end = view.told(phrase.end, false);
    let what = view.doc.bytes(phrase.start..end);
    Some(Counted {
        until: what.end,
        what,
    })
}

fn verb_before(view: &View<'_, '_>) -> Option<Counted> {
    let next = view.last + 1;
    let free = !view.sentence.contains(&next)
        || view.doc.tokens[next].kind == TokenKind::Mark
        || matches!(
            view.lower(next).as_str(),
            "in" | "and" | "at" | "on" | "near" | "as" | "after" | "over"
        );
    let verb = outcome_before(view).filter(|_| free)?;
    Some(Counted {
        what: view.doc.bytes(verb..verb + 1),
        until: view.number.range.end,
    })
}

/// The group whose size the number is: "its crew of |14 was unhurt".
fn group_of(view: &View<'_, '_>) -> Option<Range<usize>> {
    let group = view
        .first
        .checked_sub(2)
        .filter(|t| view.sentence.contains(t))?;
    let fits = view.before(1) == "of"
        && WORDS.groups.contains(&view.lower(group))
        && view.noun_phrase(view.last + 1).is_none();
    fits.then(|| group..group + 1)
}

/// What a count is of that has risen: "the number of |people killed| in the fire rose to seven",
/// "the |toll| has risen to 7".
fn risen(view: &View<'_, '_>) -> Option<Range<usize>> {
    let to = (view.sentence.start..view.first)
        .rev()
        .take(3)
        .find(|&t| view.lower(t) == "to")?;
    let rise = to.checked_sub(1).filter(|t| view.sentence.contains(t))?;
    let risen = WORDS.rises.contains(&view.lower(rise));
    let near = if risen { FAR } else { FAR / 2 };
    let head = (view.sentence.start..rise)
        .rev()
        .take(near)
        .find(|&t| WORDS.counts.contains(&view.lower(t)))?;
    // "brings the number of orders to 230"
    let raised = || {
        (view.sentence.start..head)
            .rev()
            .take(4)
            .any(|t| WORDS.rises.contains(&view.lower(t)))
    };
    if !risen && !raised() {
        return None;
    }
    if view.lower(head + 1) != "of" {
        return Some(view.phrase_before(head));
    }
    let phrase = view.noun_phrase(head + 2)?;
    let end = view.outcome(phrase.end).unwrap_or(phrase.end);
    Some(phrase.start..end)
}

/// Whether a word names nothing that can be measured or counted.
pub(super) fn is_little(word: &str) -> bool {
    words::is_function_word(word) || words::is_finite(word) || WORDS.not_subjects.contains(word)
}
