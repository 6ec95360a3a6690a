//! Times counted from the day of publication or from the date mentioned before.

use jiff::civil::Date;
use variorum_model::TimeType;

use super::lengths::{Count, count};
use super::{Context, Place, Resolved};
use crate::times::Direction;
use crate::times::calendar::{Stretch, add_days, shift, within};
use crate::times::words;

/// Today, yesterday, tomorrow, tonight.
pub(super) fn day_word(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let word = place.lower("word")?;
    let (days, direction) = match word.as_str() {
        "yesterday" | "last night" => (-1, Direction::Past),
        "the day before yesterday" => (-2, Direction::Past),
        "tomorrow" => (1, Direction::Future),
        "the day after tomorrow" => (2, Direction::Future),
        _ => (0, place.looks()),
    };
    let day = context.today().and_then(|today| add_days(today, days));
    let mut resolved = Resolved::date_or(day.map(Stretch::Day), || "XXXX-XX-XX".to_owned());
    resolved.direction = direction;
    let part = if word.ends_with("night") {
        Some("TNI")
    } else {
        None
    };
    match part.or_else(|| place.get("part").and_then(words::part)) {
        Some(part) => Some(resolved.at(part)),
        None => Some(resolved),
    }
}

/// This morning, that night, in the afternoon.
pub(super) fn part_of_day(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let part = words::part(place.get("part").or(place.get("part2"))?)?;
    let is_day = |stretch: &Stretch| matches!(stretch, Stretch::Day(_));
    let said = context
        .last_past
        .filter(is_day)
        .or(context.published.map(Stretch::Day));
    let day = match place.lower("rel").as_deref() {
        Some("this") => context.today().map(Stretch::Day),
        Some("the next" | "the following") => context
            .day_anchor(place.sentence)
            .and_then(|s| shift(s, "D", 1)),
        Some("one") => None,
        Some(_) => context.day_anchor(place.sentence),
        None => said,
    };
    let day = day.filter(is_day);
    let resolved = Resolved::date_or(day, || within(context.anchor(), "D"));
    Some(resolved.at(part))
}

/// A time of day.
pub(super) fn clock(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let (hour, minute) = match place.lower("word").as_deref() {
        Some("midnight") => (24, 0),
        Some(_) => (12, 0),
        None => read_clock(place)?,
    };
    let is_day = |stretch: &Stretch| matches!(stretch, Stretch::Day(_));
    let day = place
        .beside
        .filter(is_day)
        .or(context.last_past.filter(is_day))
        .or(context.published.map(Stretch::Day));
    let zone = place.get("zone").or(place.get("zone2")).unwrap_or("");
    let mark = match zone {
        "UTC" | "GMT" | "Z" => "Z",
        _ => "",
    };
    // "( GMT +8 )" is no time of Greenwich.
    let mark = if place.get("zone").is_some() && place.get("half").is_some() {
        ""
    } else {
        mark
    };
    let resolved = Resolved::date_or(day, || "XXXX-XX-XX".to_owned());
    Some(resolved.at(&format!("T{hour:02}:{minute:02}{mark}")))
}

fn read_clock(place: &Place<'_, '_>) -> Option<(u8, u8)> {
    if let Some(past) = place.lower("past") {
        let hour = crate::numerals::numeral(place.get("num")?)?;
        let hour = (1.0..=12.0).contains(&hour).then_some(hour as u8)?;
        return Some(match past.split(' ').collect::<Vec<_>>().as_slice() {
            ["half", ..] => (hour, 30),
            [_, "past"] => (hour, 15),
            _ => (if hour == 1 { 12 } else { hour - 1 }, 45),
        });
    }
    let hour: u8 = match place.get("num") {
        Some(word) => crate::numerals::numeral(word).filter(|n| (1.0..=12.0).contains(n))? as u8,
        None => place.number("hour")?,
    };
    let minute = place.number("minute").unwrap_or(0);
    let hour = match place
        .lower("half")
        .as_deref()
        .and_then(|half| half.chars().next())
    {
        Some('p') if hour < 12 => hour + 12,
        Some('a') if hour == 12 => 0,
        _ => hour,
    };
    (hour < 24 || (hour == 24 && minute == 0)).then_some((hour, minute))
}

/// Last week, this month, next year.
pub(super) fn relative(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let unit = words::unit(place.get("unit")?)?;
    if unit == "D" {
        return None;
    }
    let rel = place.lower("rel").unwrap_or_default();
    let (count, direction) = match rel.as_str() {
        "last" | "this past" => (-1, Direction::Past),
        "before last" => (-2, Direction::Past),
        "after next" => (2, Direction::Future),
        // "the weekend" is the one before, but on the weekend itself.
        "the" => {
            let on = |today: Date| today.weekday().to_monday_zero_offset() >= 5;
            let this = place.looks() == Direction::Future || context.today().is_some_and(on);
            (i64::from(this) - 1, place.looks())
        }
        "next" => (1, Direction::Future),
        // The coming weekend is this week's.
        "coming" | "this coming" => (
            i64::from(unit != "WE" && rel == "coming"),
            Direction::Future,
        ),
        _ => (0, place.looks()),
    };
    let from = context.today().map(Stretch::Day);
    let mut resolved = Resolved::date_or(from.and_then(|from| shift(from, unit, count)), || {
        within(None, unit)
    });
    resolved.direction = direction;
    Some(resolved)
}

/// The next day, that year, the same month, a week later, the end of the year.
pub(super) fn anaphoric(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let unit = words::unit(place.get("unit").or(place.get("unit2"))?)?;
    let count = match place.lower("rel").or_else(|| place.lower("dir"))?.as_str() {
        "the next" | "the following" | "the very next" | "following" | "after" | "later" => 1,
        "the previous" | "the preceding" | "before" | "earlier" | "previously" | "prior" => -1,
        _ => 0,
    };
    let anchor = match place.lower("rel").as_deref() {
        // "the end of the year" is this year's unless the text tells of long ago.
        Some("the" | "this") => context.today().map(Stretch::Day),
        // "had made the offer a day earlier" counts from no day that lies ahead.
        _ if count < 0 && context.last != context.last_past && looks_back(place, context) => {
            context.last_past
        }
        _ if unit == "D" => context.day_anchor(place.sentence),
        _ => context.anchor(),
    };
    let stretch = anchor.and_then(|anchor| shift(anchor, unit, count));
    Some(Resolved::date_or(stretch, || within(anchor, unit)))
}

/// Whether "the day before" cannot count from the day mentioned last: the clause is past, or that day lies ahead
/// and was mentioned in another sentence.
fn looks_back(place: &Place<'_, '_>, context: &Context) -> bool {
    let ahead = context.last.and_then(Stretch::first) > context.published;
    let elsewhere = context.before.is_none();
    place.looks() == Direction::Past || (context.published.is_some() && ahead && elsewhere)
}

/// Last June, next March.
pub(super) fn relative_month(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let month = words::month(place.get("month")?)?;
    let rel = place.lower("rel")?;
    let (past, future) = (
        matches!(rel.as_str(), "last" | "this past" | "the previous"),
        matches!(rel.as_str(), "next" | "this coming" | "the following"),
    );
    let stretch = context.today().map(|today| {
        let turn = if past && month >= today.month() {
            -1
        } else {
            i16::from(future && month <= today.month())
        };
        Stretch::Month(today.year() + turn, month)
    });
    let mut resolved = Resolved::date_or(stretch, || format!("XXXX-{month:02}"));
    if past {
        resolved.direction = Direction::Past;
    } else if future {
        resolved.direction = Direction::Future;
    }
    Some(resolved)
}

/// Two years ago, three days later.
pub(super) fn shifted(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let word = place.lower("unit")?;
    let unit = words::unit(&word).or(word.starts_with("night").then_some("D"))?;
    let words = place.lower("dir")?;
    let back = matches!(
        words.as_str(),
        "ago" | "earlier" | "previously" | "before" | "before that" | "prior"
    );
    let deictic = matches!(words.as_str(), "ago" | "from now" | "hence" | "time");
    let direction = match (deictic, back) {
        (true, true) => Direction::Past,
        (true, false) => Direction::Future,
        (false, _) => place.looks(),
    };
    let anchor = if deictic {
        context.today().map(Stretch::Day)
    } else if back && looks_back(place, context) {
        // "had made the offer a day earlier" counts from no day that lies ahead.
        context.last_past.or(context.anchor())
    } else {
        context.anchor()
    };
    let count = if place.get("one").is_some() {
        Count::Exact(1.0)
    } else {
        count(place)?
    };
    let mut resolved = match count {
        Count::Exact(number) if unit.starts_with('T') => {
            let open = if number < 24.0 {
                within(anchor, unit)
            } else {
                within(None, unit)
            };
            match anchor {
                Some(Stretch::Day(day)) if number < 6.0 || unit == "TM" => {
                    Resolved::date(Stretch::Day(day)).at("TXX")
                }
                _ => Resolved::open(TimeType::Time, open),
            }
        }
        Count::Exact(number) => {
            let count = number.round() as i64 * if back { -1 } else { 1 };
            let stretch = anchor.and_then(|anchor| shift(anchor, unit, count));
            Resolved::date_or(stretch, || within(anchor.filter(|_| unit != "Y"), unit))
        }
        Count::Vague | Count::None => {
            let open = if back { "PAST_REF" } else { "FUTURE_REF" };
            Resolved::open(TimeType::Date, open)
        }
    };
    resolved.direction = direction;
    Some(resolved)
}

/// On the 9th.
pub(super) fn ordinal_day(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let number: i8 = place.number("day")?;
    let anchor = context.anchor().filter(|anchor| anchor.month().is_some());
    let day = anchor.and_then(|anchor| Date::new(anchor.year(), anchor.month()?, number).ok());
    Some(Resolved::date_or(day.map(Stretch::Day), || {
        format!("XXXX-XX-{number:02}")
    }))
}
