//! Whether two figures are of the same quantity, and whether their values agree.

use variorum_model::{Agreement, Figure, Moment};

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
    pub(super) const EQUAL: f32 = 0.12;
    /// Equal values below ten, which many things share, and those up to three.
    pub(super) const SMALL: f32 = 0.12;
    pub(super) const TINY: f32 = 0.18;
    /// Equal counts, of ten or more, of people to whom the same happened: that is enough too.
    pub(super) const EQUAL_OUTCOME: f32 = 0.0;
    /// Ranges that meet.
    pub(super) const MEETING: f32 = 0.22;
    /// Values that cannot both be right, of people to whom the same happened.
    pub(super) const APART_OUTCOME: f32 = 0.35;
    /// The same of other things, which are also worded alike.
    pub(super) const APART: f32 = 0.9;
    /// Equal amounts in one unit, of ten or more, whose nouns differ: "45 % of the river", "a share of 45 %".
    pub(super) const EQUAL_AMOUNT: f32 = 0.3;
}

/// Ranges that meet are of one quantity only when their bounds are of one order.
const ORDER: f64 = 10.0;

/// The range that a figure's words allow.
fn range(figure: &Figure) -> (f64, f64) {
    let wide = if figure.approximate { ABOUT } else { 0.0 };
    let low = figure
        .min
        .map_or(f64::NEG_INFINITY, |min| min - min.abs() * wide);
    let high = figure
        .max
        .map_or(f64::INFINITY, |max| max + max.abs() * wide);
    (low, high)
}

/// Whether both values can be right.
pub(super) fn meet(a: &Figure, b: &Figure) -> bool {
    let (a, b) = (range(a), range(b));
    a.0 <= b.1 && b.0 <= a.1
}

/// Whether the values are the same.
pub(super) fn equal(a: &Figure, b: &Figure) -> bool {
    a.min == b.min && a.max == b.max
}

/// Whether few other things have this number: one with many digits, or a very large one.
fn is_rare(figure: &Figure) -> bool {
    let Some(value) = figure.min.or(figure.max) else {
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
    if a.figure.unit != b.figure.unit {
        return None;
    }
    let alike = likeness(a, b);
    let kind = same_kind(a, b);
    let value = a.figure.min.or(a.figure.max).unwrap_or(0.0);
    let least = if equal(a.figure, b.figure) {
        match (is_rare(a.figure), kind) {
            (true, true) => enough::RARE,
            (true, false) => enough::RARE_OTHER_NOUN,
            (false, false) if value >= 10.0 && a.figure.unit.is_some() => enough::EQUAL_AMOUNT,
            (false, false) => return None,
            _ if value >= 10.0 && a.outcome.is_some() => enough::EQUAL_OUTCOME,
            _ if value >= 10.0 => enough::EQUAL,
            _ if value > 3.0 => enough::SMALL,
            _ => enough::TINY,
        }
    } else if !kind {
        return None;
    } else if meet(a.figure, b.figure) {
        if !same_order(a.figure, b.figure) {
            return None;
        }
        if a.leads && b.leads {
            0.0
        } else {
            enough::MEETING
        }
    } else {
        let whole = !a.part && !b.part && is_exact(a.figure) && is_exact(b.figure);
        // Two shares of one kind of thing are most often shares that differ in what is not said.
        let share = a.figure.unit.as_deref() == Some("%");
        if a.member == b.member || share || !whole || !near_in_time(a, b, members) {
            return None;
        }
        if a.leads && b.leads {
            0.0
        } else if a.outcome.is_some() {
            enough::APART_OUTCOME
        } else if !a.anyone && a.figure.what.to_lowercase() == b.figure.what.to_lowercase() {
            enough::APART
        } else {
            return None;
        }
    };
    let equal = if equal(a.figure, b.figure) { 1.0 } else { 0.0 };
    (alike >= least).then_some(alike - least + equal)
}

fn same_order(a: &Figure, b: &Figure) -> bool {
    let bound = |figure: &Figure| figure.min.or(figure.max).unwrap_or(0.0);
    let (a, b) = (bound(a), bound(b));
    a.max(b) <= a.min(b) * ORDER
}

fn is_exact(figure: &Figure) -> bool {
    figure.min.is_some() && figure.max.is_some()
}

fn near_in_time(a: &Item<'_>, b: &Item<'_>, members: &[Member<'_>]) -> bool {
    let day = |item: &Item<'_>| members[item.member].published.map(Moment::date);
    match (day(a), day(b)) {
        (Some(a), Some(b)) => a.until(b).is_ok_and(|span| span.get_days().abs() <= DAYS),
        _ => false,
    }
}

/// How far the values of one quantity agree.
pub(super) fn agreement(items: &[&Item<'_>], members: &[Member<'_>]) -> Agreement {
    if items
        .windows(2)
        .all(|pair| equal(pair[0].figure, pair[1].figure))
    {
        return Agreement::Same;
    }
    let low = items
        .iter()
        .map(|item| range(item.figure).0)
        .fold(f64::NEG_INFINITY, f64::max);
    let high = items
        .iter()
        .map(|item| range(item.figure).1)
        .fold(f64::INFINITY, f64::min);
    if low <= high {
        Agreement::Compatible
    } else if items.iter().all(|item| grows(item.outcome)) && has_grown(items, members) {
        Agreement::Updated
    } else {
        Agreement::Conflict
    }
}

/// Whether of every two values that cannot both be right, the greater is the later report's.
fn has_grown(items: &[&Item<'_>], members: &[Member<'_>]) -> bool {
    let mut dated: Vec<_> = items
        .iter()
        .map(|item| (members[item.member].published, range(item.figure)))
        .collect();
    dated.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.0.total_cmp(&b.1.0)));
    dated.windows(2).all(|pair| {
        let meets = pair[0].1.0 <= pair[1].1.1 && pair[1].1.0 <= pair[0].1.1;
        meets || (pair[0].0.is_some() && pair[0].0 < pair[1].0 && pair[0].1.1 <= pair[1].1.0)
    })
}
