//! Days of the week: which Monday is meant.

use jiff::civil::{Date, Weekday};

use super::dated::nearest_with_day;
use super::lengths::{Count, count};
use super::{Context, Place, Resolved};
use crate::times::Direction;
use crate::times::calendar::{Stretch, add_days, on_or_after, on_or_before, weekday_in_week};
use crate::times::words;

/// A weekday: bare, with this, next, last, or with the day of the month in brackets.
pub(super) fn weekday(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let weekday = words::weekday(place.get("weekday")?)?;
    let index = weekday.to_monday_zero_offset() as usize;
    let number: Option<i8> = place.number("day");
    let rel = place.lower("rel").unwrap_or_default();
    let (clause, base) = inherited(place, context);
    let weeks = if counts_weeks(place) {
        Some(weeks_off(place)?)
    } else {
        None
    };
    let day = context.today().and_then(|today| {
        if let Some(number) = number {
            return nearest_with_day(today, weekday, number);
        }
        if let Some(weeks) = weeks {
            let near = if weeks < 0 {
                on_or_before(add_days(today, -1)?, weekday)
            } else {
                on_or_after(
                    add_days(today, i64::from(place.get("off").is_some()))?,
                    weekday,
                )
            };
            return add_days(near?, weeks * 7);
        }
        if let Some(week) = place.lower("week") {
            let weeks = match week.as_str() {
                "last" => -7,
                "next" => 7,
                _ => 0,
            };
            return add_days(weekday_in_week(today, weekday)?, weeks);
        }
        let tied = context.weekdays[index].filter(|tied| within_days(*tied, today, 6));
        let tomorrow = today.tomorrow().ok().filter(|day| day.weekday() == weekday);
        if let (Some(day), "", None) = (tomorrow, rel.as_str(), tied)
            && !context.narrative
            && is_meant(place, context, clause)
        {
            return Some(day);
        }
        choose(weekday, &rel, today, context.narrative, tied, clause, base)
    });
    if let (Some(day), Some(_)) = (day, number) {
        context.weekdays[index] = Some(day);
    }
    let mut resolved = Resolved::date_or(day.map(Stretch::Day), || match number {
        Some(number) => format!("XXXX-XX-{number:02}"),
        None => format!("XXXX-WXX-{}", weekday.to_monday_one_offset()),
    });
    resolved.direction = match (weeks, rel.as_str()) {
        (Some(weeks), _) if weeks < 0 => Direction::Past,
        (Some(_), _) => Direction::Future,
        (None, "next" | "the next" | "the following" | "coming" | "this coming") => {
            Direction::Future
        }
        (None, "last" | "past" | "this past" | "the previous") => Direction::Past,
        _ => clause,
    };
    match place.get("part").and_then(words::part) {
        Some(part) => Some(resolved.at(part)),
        None => Some(resolved),
    }
}

/// Whether the words count weeks from a weekday: "a week from Monday", "Monday week".
fn counts_weeks(place: &Place<'_, '_>) -> bool {
    place.get("off").is_some() || place.get("one2").is_some()
}

/// How many weeks they count; `None` when they do not say ("a few weeks from Monday").
fn weeks_off(place: &Place<'_, '_>) -> Option<i64> {
    let weeks = match count(place)? {
        Count::Exact(number) => number.round() as i64,
        Count::None => 1,
        Count::Vague => return None,
    };
    let back = place.lower("off").is_some_and(|off| off.starts_with("ago"));
    Some(if back { -weeks } else { weeks })
}

/// Whether a bare weekday that may be the day after publication or six days before it is the former: in a
/// text that goes on to that day, or where no word says that it lies behind. Of such weekdays in reports with a
/// date and no more, five in six were.
fn is_meant(place: &Place<'_, '_>, context: &Context, clause: Direction) -> bool {
    let possessive = place.text[place.found.range.end..].starts_with(['’', '\'']);
    match clause {
        Direction::Past => context.goes_on && !possessive,
        Direction::Future | Direction::Unknown => true,
    }
}

/// The direction that holds for a bare weekday: of two times in one sentence without a telling word
/// between them, the second looks the way of the first and follows it.
fn inherited(place: &Place<'_, '_>, context: &Context) -> (Direction, Option<Date>) {
    match context.before {
        Some(before) if before.direction != Direction::Unknown => {
            let told_between = place.clause.cue.is_some_and(|cue| cue >= before.end);
            if told_between {
                (place.looks(), None)
            } else {
                let base = before.day.filter(|_| before.direction == Direction::Future);
                (before.direction, base)
            }
        }
        _ => (place.looks(), None),
    }
}

fn within_days(a: Date, b: Date, days: i32) -> bool {
    a.until(b).is_ok_and(|span| span.get_days().abs() <= days)
}

fn choose(
    weekday: Weekday,
    rel: &str,
    today: Date,
    narrative: bool,
    tied: Option<Date>,
    clause: Direction,
    base: Option<Date>,
) -> Option<Date> {
    let before = |day: Date| on_or_before(add_days(day, -1)?, weekday);
    let after = |day: Date| on_or_after(add_days(day, 1)?, weekday);
    match rel {
        "next" | "the next" | "the following" | "coming" | "this coming" => after(today),
        // On a Tuesday "last Monday" is not yesterday.
        "last" if today.yesterday().is_ok_and(|day| day.weekday() == weekday) => {
            before(add_days(today, -1)?)
        }
        "last" | "past" | "this past" | "the previous" => before(today),
        _ if narrative => on_or_after(today, weekday),
        "this" | "that" | "the same" => match (tied, clause) {
            (Some(tied), _) => Some(tied),
            (None, Direction::Past) => on_or_before(today, weekday),
            (None, Direction::Future) => on_or_after(today, weekday),
            (None, Direction::Unknown) => weekday_in_week(today, weekday),
        },
        _ => match (clause, tied) {
            (Direction::Future, _) => on_or_after(base.unwrap_or(today), weekday),
            (Direction::Unknown, Some(tied)) => Some(tied),
            _ => on_or_before(today, weekday),
        },
    }
}
