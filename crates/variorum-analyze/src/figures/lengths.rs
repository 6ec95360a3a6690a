//! Lengths of time as quantities: "12 months in a Navy brig", "a 37-minute flight". Those that only tell
//! when something happens ("two days ago", "for the past five years") and ages are none.

use std::ops::Range;

use variorum_model::TimeType;
use variorum_text::Document;
use variorum_text::numbers::NumberExpression;
use variorum_text::numerals;
use variorum_text::parser::Relation;
use variorum_text::tagger::Tag;
use variorum_text::times::TimeExpression;

use super::lists::WORDS;
use super::view::View;
use super::{Counted, amounts};

/// Whether a unit is one of time.
pub(super) fn is_length(unit: &str) -> bool {
    matches!(
        unit,
        "seconds" | "minutes" | "hours" | "days" | "weeks" | "months" | "years" | "decades"
    )
}

/// "a year", "a month", which the finder of numbers leaves out.
pub(super) fn bare(doc: &Document<'_>, times: &[TimeExpression]) -> Vec<NumberExpression> {
    let one = |time: &TimeExpression| {
        let words = &doc.text[time.range.clone()];
        let unit = words
            .strip_prefix("a ")
            .or_else(|| words.strip_prefix("an "))?;
        let plural = format!("{unit}s");
        let fits = time.kind == TimeType::Duration
            && is_length(&plural)
            && !doc.text[time.range.end..].starts_with(" or two");
        fits.then(|| NumberExpression {
            range: time.range.clone(),
            min: Some(1.0),
            max: Some(1.0),
            approximate: false,
            unit: Some(plural),
        })
    };
    times.iter().filter_map(one).collect()
}

/// What a length of time measures.
pub(super) fn counted(view: &View<'_, '_>) -> Option<Counted> {
    if !is_quantity(view) {
        return None;
    }
    let behind = spent_in(view)
        .or_else(|| amounts::described(view))
        .or_else(|| amounts::of_noun(view))
        .or_else(|| to_do(view))
        .filter(|what| !is_period(view, what));
    if let Some(what) = behind {
        let what = view.doc.bytes(what);
        return Some(Counted {
            until: what.end,
            what,
        });
    }
    if is_article(view) && !lasts(view) {
        return None;
    }
    let what = away_from(view)
        .or_else(|| until(view))
        .or_else(|| amounts::complemented(view))
        .or_else(|| amounts::done(view))
        .filter(|what| !is_period(view, what))?;
    let what = view.doc.bytes(what);
    Some(Counted {
        what,
        until: view.number.range.end,
    })
}

/// Whether only "a" counts it.
fn is_article(view: &View<'_, '_>) -> bool {
    let words = &view.doc.text[view.number.range.clone()];
    (words.starts_with("a ") || words.starts_with("an ")) && !words.ends_with(" or two")
}

/// Whether it tells how long, not when or how old.
fn is_quantity(view: &View<'_, '_>) -> bool {
    let range = &view.number.range;
    if let Some(time) = view.time_at(range) {
        if time.kind != TimeType::Duration {
            return false;
        }
        // "the |past| five years"
        let lead = &view.doc.text[time.range.start..range.start.max(time.range.start)];
        if lead
            .split_whitespace()
            .any(|word| WORDS.when_before.contains(&word.to_lowercase()))
        {
            return false;
        }
    }
    let article = matches!(
        view.before(1).as_str(),
        "the" | "a" | "an" | "his" | "her" | "its" | "their"
    );
    let before = view.before(1 + usize::from(article));
    let next = view.lower(view.last + 1);
    // "20 minutes to ten" is a time of day.
    let clock = matches!(next.as_str(), "to" | "past")
        && numerals::numeral(&view.lower(view.last + 2)).is_some();
    if clock {
        return false;
    }
    let future = next == "in" && view.lower(view.last + 3) == "future";
    let when = future
        || WORDS.when_before.contains(&view.before(1))
        || (WORDS.when_before.contains(&before) && !view.is_hyphened())
        || (WORDS.when_behind.contains(&next)
            && !(view.before(1) == "for" && next == "after")
            && !is_wait(view));
    let per = is_article(view)
        && (view.tag(view.first.wrapping_sub(1)) == Tag::Number
            || matches!(
                view.before(1).as_str(),
                "times" | "percent" | "dollars" | "once" | "twice" | "million" | "billion"
            ));
    !when && !per
}

/// Whether a verb of lasting or spending has it: "spent a year in prison".
fn lasts(view: &View<'_, '_>) -> bool {
    amounts::verb_of(view).is_some_and(|verb| WORDS.lasting.contains(&view.lower(verb)))
}

/// Words that say no more than that time goes by.
fn is_period(view: &View<'_, '_>, what: &Range<usize>) -> bool {
    let word = view.lower(what.start);
    what.len() == 1 && (WORDS.periods.contains(&word) || WORDS.lasting.contains(&word))
}

/// "12 months in a |Navy brig|", "15 years in |prison|"
fn spent_in(view: &View<'_, '_>) -> Option<Range<usize>> {
    if !matches!(
        view.lower(view.last + 1).as_str(),
        "in" | "behind" | "at" | "as" | "on" | "without"
    ) {
        return None;
    }
    if is_article(view) && !lasts(view) {
        return None;
    }
    let phrase = view.noun_phrase(view.skip_articles(view.last + 2))?;
    let noun = phrase.end - 1;
    let plain = matches!(view.tag(noun), Tag::Noun | Tag::Nouns);
    // "after two years in office" belongs to the years, "lasted two years in most cases" to the verb.
    let owned = view.relation(noun) == Relation::NounModifier || lasts(view);
    (plain && owned).then_some(phrase)
}

/// "more than two years to |upgrade|"
fn to_do(view: &View<'_, '_>) -> Option<Range<usize>> {
    let to = view.last + 1;
    let verb = to + 1;
    if view.lower(to) != "to" || view.tag(verb) != Tag::Verb {
        return None;
    }
    let object = view.noun_phrase(view.skip_articles(verb + 1));
    Some(verb..object.map_or(verb + 1, |object| object.end))
}

/// "it would be a year or two before |the plan worked|"
fn until(view: &View<'_, '_>) -> Option<Range<usize>> {
    if !is_wait(view) {
        return None;
    }
    let start = view.skip_articles(view.last + 2);
    let subject = view.noun_phrase(start)?;
    let verb = subject.end;
    let end = if view.is_verb(verb) { verb + 1 } else { verb };
    Some(start..end)
}

/// Whether it is how long something is waited for, which is told behind it.
fn is_wait(view: &View<'_, '_>) -> bool {
    let copula = view
        .syntax
        .child(view.anchor(), |relation| relation == Relation::Copula);
    let anchored = copula.or_else(|| {
        view.syntax
            .child(view.first, |relation| relation == Relation::Copula)
    });
    let before = matches!(
        view.lower(view.last + 1).as_str(),
        "before" | "until" | "till"
    );
    before && anchored.is_some()
}

/// "five years away from |being able to do that|"
fn away_from(view: &View<'_, '_>) -> Option<Range<usize>> {
    let away = view.last + 1;
    if view.lower(away) != "away" || view.lower(away + 1) != "from" {
        return None;
    }
    let start = view.skip_articles(away + 2);
    let mut end = start;
    while end < start + 5
        && view.sentence.contains(&end)
        && view.tag(end) != Tag::Mark
        && !matches!(view.tag(end), Tag::Conjunction | Tag::Wh)
    {
        end += 1;
    }
    (end > start).then_some(start..end)
}
