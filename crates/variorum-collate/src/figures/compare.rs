//! Whether two figures are of the same quantity, and whether their values agree.

use variorum_model::{Agreement, Moment};
use variorum_text::vectors;

use super::item::{Item, grows};
use crate::Member;

/// How far "about N" reaches, as a share of N.
const ABOUT: f64 = 0.1;
/// Reports this many days apart may still tell of one moment.
const DAYS: i32 = 2;

/// How alike the words around two figures must be for them to be of one quantity.
mod enough {
    /// Equal values that few things share, of the same noun: the noun is enough.
    pub(super) const RARE: f32 = 0.0;
    /// The same where the counted nouns differ.
    pub(super) const RARE_OTHER_NOUN: f32 = 0.25;
    /// Equal values of two digits or more.
    pub(super) const EQUAL: f32 = 0.03;
    /// Equal values below ten, which many things share, and those up to three.
    pub(super) const SMALL: f32 = 0.03;
    pub(super) const TINY: f32 = 0.08;
    /// Equal counts, of ten or more, of people to whom the same happened: that is enough too.
    pub(super) const EQUAL_OUTCOME: f32 = 0.0;
    /// Ranges that meet.
    pub(super) const MEETING: f32 = 0.22;
    /// Values that cannot both be right, of people to whom the same happened.
    pub(super) const APART_OUTCOME: f32 = 0.45;
    /// The same of other things, which are also worded alike.
    pub(super) const APART: f32 = 0.9;
    /// Equal amounts in one unit, of ten or more, whose nouns differ: "45 % of the river", "a share of 45 %";
    /// and where the unit is one of time or distance, which a story gives seldom.
    pub(super) const EQUAL_AMOUNT: f32 = 0.3;
    pub(super) const EQUAL_MEASURE: f32 = 0.05;
    /// Different records of one thing: "a 30-year low".
    pub(super) const RECORD: f32 = 0.15;
    /// How near in meaning two counted nouns are that may stand for one another where the values are equal.
    pub(super) const NEAR_NOUN: f32 = 0.6;
}

/// Ranges that meet are of one quantity only when their bounds are of one order.
const ORDER: f64 = 10.0;
/// Values that cannot both be right are of one quantity only when they are nearer than that.
const NEAR: f64 = 3.0;

/// The range that a figure's words allow.
fn range(item: &Item<'_>) -> (f64, f64) {
    let wide = if item.figure.approximate { ABOUT } else { 0.0 };
    let low = item
        .min
        .map_or(f64::NEG_INFINITY, |min| min - min.abs() * wide);
    let high = item.max.map_or(f64::INFINITY, |max| max + max.abs() * wide);
    (low, high)
}

/// Whether both values can be right.
pub(super) fn meet(a: &Item<'_>, b: &Item<'_>) -> bool {
    let (a, b) = (range(a), range(b));
    a.0 <= b.1 && b.0 <= a.1
}

/// Whether the values are the same.
pub(super) fn equal(a: &Item<'_>, b: &Item<'_>) -> bool {
    a.min == b.min && a.max == b.max
}

/// Whether few other things have this number: one with many digits, or a very large one.
fn is_rare(item: &Item<'_>) -> bool {
    let Some(value) = item.min.or(item.max) else {
        return false;
    };
    let digits = format!("{value}");
    let telling = digits
        .trim_end_matches('0')
        .chars()
        .filter(char::is_ascii_digit)
        .count();
    telling >= 3 || value.fract() != 0.0 || value >= 10_000.0 || (value >= 1000.0 && telling >= 2)
}

fn likeness(a: &Item<'_>, b: &Item<'_>) -> f32 {
    let shared: f32 = a
        .context
        .iter()
        .filter(|(stem, _)| b.context.contains_key(*stem))
        .map(|(_, weight)| weight * weight)
        .sum();
    if a.length > 0.0 && b.length > 0.0 {
        shared / (a.length * b.length)
    } else {
        0.0
    }
}

/// Whether two figures count the same kind of thing.
fn same_kind(a: &Item<'_>, b: &Item<'_>) -> bool {
    match (a.outcome, b.outcome) {
        (Some(x), Some(y)) => x == y && (a.head == b.head || (a.anyone && b.anyone)),
        (None, None) => !a.head.is_empty() && a.head == b.head,
        _ => false,
    }
}

/// How surely two figures are of the same quantity; `None` when they are not.
pub(super) fn same(a: &Item<'_>, b: &Item<'_>, members: &[Member<'_>]) -> Option<f32> {
    if a.unit != b.unit {
        return None;
    }
    let alike = likeness(a, b);
    let kind = same_kind(a, b);
    let (least, bonus) = if equal(a, b) && is_vague(a) {
        (kind.then_some(enough::MEETING)?, 1.0)
    } else if equal(a, b) {
        (least_of_equal(a, b, kind)?, 1.0)
    } else if !kind {
        return None;
    } else if meet(a, b) {
        (least_of_meeting(a, b)?, 0.0)
    } else {
        (least_of_apart(a, b, members)?, 0.0)
    };
    (alike >= least).then_some(alike - least + bonus)
}

/// "Hundreds", "at least 20": many things can be so counted.
fn is_vague(item: &Item<'_>) -> bool {
    !is_exact(item) && !is_rare(item)
}

/// How alike the words around equal values must be.
fn least_of_equal(a: &Item<'_>, b: &Item<'_>, kind: bool) -> Option<f32> {
    let value = a.min.or(a.max).unwrap_or(0.0);
    let kind = kind || (a.unit.is_some() && !a.stems.is_disjoint(&b.stems));
    let near = || vectors::cosine(&a.vector, &b.vector) >= enough::NEAR_NOUN;
    Some(match (is_rare(a), kind) {
        (true, true) => enough::RARE,
        (true, false) => enough::RARE_OTHER_NOUN,
        (false, false) => match a.unit {
            Some("months" | "days" | "minutes" | "mi" | "km" | "ft" | "m") if value > 1.0 => {
                enough::EQUAL_MEASURE
            }
            Some(_) if value >= 10.0 => enough::EQUAL_AMOUNT,
            None if a.part == b.part && near() => enough::EQUAL_AMOUNT,
            _ => return None,
        },
        // "two other guns" are not the two guns.
        _ if a.part != b.part && value < 10.0 => return None,
        _ if value >= 10.0 && a.outcome.is_some() => enough::EQUAL_OUTCOME,
        _ if value >= 10.0 => enough::EQUAL,
        _ if value > 3.0 => enough::SMALL,
        _ => enough::TINY,
    })
}

/// How alike the words around values must be whose ranges meet.
fn least_of_meeting(a: &Item<'_>, b: &Item<'_>) -> Option<f32> {
    if !same_order(a, b, ORDER) {
        return None;
    }
    Some(if a.leads && b.leads {
        0.0
    } else {
        enough::MEETING
    })
}

/// How alike the words around values must be that cannot both be right, where they may be of one quantity.
fn least_of_apart(a: &Item<'_>, b: &Item<'_>, members: &[Member<'_>]) -> Option<f32> {
    let whole = !a.part && !b.part && is_exact(a) && is_exact(b);
    // Two shares of one kind of thing are most often shares that differ in what is not said.
    let share = a.unit == Some("%");
    let near = same_order(a, b, NEAR);
    if share || !whole || !near || a.elsewhen || b.elsewhen || !near_in_time(a, b, members) {
        return None;
    }
    if a.member == b.member {
        // "Police had earlier said there were five dead."
        let corrected = a.superseded != b.superseded && a.outcome.is_some() && a.anyone && b.anyone;
        return corrected.then_some(0.0);
    }
    if a.leads && b.leads {
        return Some(0.0);
    }
    if a.outcome.is_some() {
        return Some(enough::APART_OUTCOME);
    }
    if a.record && b.record {
        return Some(enough::RECORD);
    }
    let worded_alike = !a.anyone
        && a.unit.is_none()
        && a.figure.what.to_lowercase() == b.figure.what.to_lowercase();
    worded_alike.then_some(enough::APART)
}

fn same_order(a: &Item<'_>, b: &Item<'_>, factor: f64) -> bool {
    let bound = |item: &Item<'_>| item.min.or(item.max).unwrap_or(0.0);
    let (a, b) = (bound(a), bound(b));
    a.max(b) <= a.min(b) * factor
}

fn is_exact(item: &Item<'_>) -> bool {
    item.min.is_some() && item.max.is_some()
}

fn near_in_time(a: &Item<'_>, b: &Item<'_>, members: &[Member<'_>]) -> bool {
    let day = |item: &Item<'_>| members[item.member].published.map(Moment::date);
    match (day(a), day(b)) {
        (Some(a), Some(b)) => a.until(b).is_ok_and(|span| span.get_days().abs() <= DAYS),
        _ => false,
    }
}

/// How far the values of one quantity agree. What a report gives as said before does not stand against it.
pub(super) fn agreement(items: &[&Item<'_>], members: &[Member<'_>]) -> Agreement {
    if items.windows(2).all(|pair| equal(pair[0], pair[1])) {
        return Agreement::Same;
    }
    let all_meet = |items: &[&Item<'_>]| {
        let lows = items.iter().map(|item| range(item).0);
        let highs = items.iter().map(|item| range(item).1);
        lows.fold(f64::NEG_INFINITY, f64::max) <= highs.fold(f64::INFINITY, f64::min)
    };
    if all_meet(items) {
        return Agreement::Compatible;
    }
    let current: Vec<&Item<'_>> = items
        .iter()
        .copied()
        .filter(|item| !item.superseded)
        .collect();
    let moved = items.iter().all(|item| grows(item.outcome)) && has_grown(items, members);
    if all_meet(&current) || moved {
        Agreement::Updated
    } else {
        Agreement::Conflict
    }
}

/// Whether of every two values that cannot both be right, the greater is the later report's.
fn has_grown(items: &[&Item<'_>], members: &[Member<'_>]) -> bool {
    let mut dated: Vec<_> = items
        .iter()
        .map(|item| (members[item.member].published, range(item)))
        .collect();
    dated.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.0.total_cmp(&b.1.0)));
    dated.windows(2).all(|pair| {
        let meets = pair[0].1.0 <= pair[1].1.1 && pair[1].1.0 <= pair[0].1.1;
        meets || (pair[0].0.is_some() && pair[0].0 < pair[1].0 && pair[0].1.1 <= pair[1].1.0)
    })
}
