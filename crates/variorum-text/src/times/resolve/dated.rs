//! Dates named as such: days, months, years, decades, seasons, quarters, holidays.

use jiff::civil::Date;
use variorum_model::TimeType;

use super::{Context, Place, Resolved};
use crate::times::Direction;
use crate::times::calendar::{Stretch, monday, on_or_after, on_or_before};
use crate::times::patterns::{Found, Logic};
use crate::times::words;

/// A date without a year lies this many days ahead at most, unless words say that it lies ahead.
const AHEAD: i64 = 120;
/// A date without a year that lies so few days back is that one, whatever the words look to.
const NEAR: i64 = 45;
/// And one that lies so few days ahead.
const SOON: i64 = 21;

/// A day, month or year named as such.
pub(super) fn date(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let day: Option<i8> = place.number("day");
    let month = match place.get("month") {
        Some(word) => Some(words::month(word)?),
        None => None,
    };
    let year: Option<i16> = place.number("year").or(place.found.lent_year);
    let year = year.or_else(|| assumed_year(place, context, month?, day));
    let stretch = match (year, month, day) {
        (Some(year), Some(month), Some(day)) if place.get("week").is_some() => {
            let day = Date::new(year, month, day).ok();
            day.and_then(monday).map(Stretch::Week)
        }
        (Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok().map(Stretch::Day),
        (Some(year), Some(month), None) => Some(Stretch::Month(year, month)),
        (Some(year), None, None) => Some(Stretch::Year(year)),
        _ => None,
    };
    let weekday = place
        .get("weekday")
        .or(place.get("weekday2"))
        .and_then(words::weekday);
    if let (Some(Stretch::Day(day)), Some(weekday)) = (stretch, weekday) {
        context.weekdays[weekday.to_monday_zero_offset() as usize] = Some(day);
    }
    let resolved = Resolved::date_or(stretch, || {
        let month = month.map_or("XX".to_owned(), |m| format!("{m:02}"));
        match day {
            Some(day) => format!("XXXX-{month}-{day:02}"),
            None => format!("XXXX-{month}"),
        }
    });
    if let (Some(hour), Some(minute)) = (place.get("hour"), place.get("minute")) {
        return Some(resolved.at(&format!("T{hour}:{minute}")));
    }
    match place.get("part").and_then(words::part) {
        Some(part) => Some(resolved.at(part)),
        None => Some(resolved),
    }
}

/// The year of a date that does not give one.
fn assumed_year(
    place: &Place<'_, '_>,
    context: &Context,
    month: i8,
    day: Option<i8>,
) -> Option<i16> {
    if place.get("that").is_some() {
        return context.last.map(Stretch::year);
    }
    if let Some(rel) = place.lower("rel") {
        return Some(year_around(context.today()?.year(), &rel));
    }
    if context.narrative {
        let last = context.last?;
        // Winter follows autumn: January after November is the next year's.
        let turns = last.month().is_some_and(|m| m >= 10 && month <= 3);
        return Some(last.year() + i16::from(turns));
    }
    let near = context
        .full
        .filter(|&(sentence, _)| place.sentence <= sentence + super::REACH)
        .map(|(_, day)| day);
    let today = context.published.or(near)?;
    let years = [today.year() - 1, today.year(), today.year() + 1];
    if day.is_none() {
        return Some(if place.clause.from_past || place.clause.planned {
            nearest_month(today, month)
        } else {
            year_of_month(today, month, place.looks())
        });
    }
    // The 29th of February may be more than a year off.
    let days: Vec<Date> = years
        .into_iter()
        .chain([today.year() - 2, today.year() - 3, today.year() + 2])
        .filter_map(|year| Date::new(year, month, day?).ok())
        .collect();
    let distance = |date: &Date| i64::from(today.until(*date).map_or(0, |span| span.get_days()));
    let weekday = place
        .get("weekday")
        .or(place.get("weekday2"))
        .and_then(words::weekday);
    let fits = |date: &&Date| weekday.is_some_and(|weekday| date.weekday() == weekday);
    if let Some(date) = days.iter().filter(fits).min_by_key(|d| distance(d).abs()) {
        return Some(date.year());
    }
    let behind = days
        .iter()
        .filter(|d| distance(d) <= 0)
        .max_by_key(|d| distance(d));
    let ahead = days
        .iter()
        .filter(|d| distance(d) >= 0)
        .min_by_key(|d| distance(d));
    let looks = if place.clause.from_past || place.clause.planned {
        Direction::Unknown
    } else {
        place.looks()
    };
    let chosen = match (looks, behind, ahead) {
        (Direction::Future, Some(behind), _) if distance(behind) > -NEAR => behind,
        (Direction::Future, _, Some(ahead)) => ahead,
        // "has invited them to talks on March 12": most of a year back is not meant.
        (Direction::Past, Some(behind), ahead) => match ahead {
            Some(ahead) if distance(ahead) < SOON => ahead,
            _ => behind,
        },
        (_, Some(behind), Some(ahead)) => {
            if distance(ahead) < distance(behind).abs() && distance(ahead) <= AHEAD {
                ahead
            } else {
                behind
            }
        }
        (_, behind, ahead) => behind.or(ahead)?,
    };
    Some(chosen.year())
}

/// This year, last year or next year.
fn year_around(year: i16, rel: &str) -> i16 {
    match rel {
        "last" => year - 1,
        "next" => year + 1,
        _ => year,
    }
}

/// The year in which a month lies nearest; ahead rather than behind.
fn nearest_month(today: Date, month: i8) -> i16 {
    match i16::from(month) - i16::from(today.month()) {
        ahead if ahead <= -6 => today.year() + 1,
        ahead if ahead > 6 => today.year() - 1,
        _ => today.year(),
    }
}

fn year_of_month(today: Date, month: i8, clause: Direction) -> i16 {
    let ahead = i16::from(month) - i16::from(today.month());
    match clause {
        Direction::Future if ahead < 0 => today.year() + 1,
        Direction::Future => today.year(),
        _ if ahead > 0 && (clause == Direction::Past || ahead > 4) => today.year() - 1,
        _ => today.year(),
    }
}

/// Day and month in digits.
pub(super) fn slashed(place: &Place<'_, '_>, context: &Context) -> Option<Resolved> {
    let day = slashed_day(place.found, place.text)?;
    // "12/11/10" can be any of three days: it is read only beside the day of publication.
    let could_be_month = |group| place.number::<u8>(group).is_some_and(|number| number <= 12);
    let open = place.get("year").is_some_and(|year| year.len() == 2)
        && ["first", "second", "year"].into_iter().all(could_be_month)
        && place.get("first") != place.get("second");
    let near = context
        .published
        .and_then(|published| published.until(day).ok())
        .is_some_and(|span| span.get_days().abs() <= 366);
    let known = (!open || near).then_some(Stretch::Day(day));
    Some(Resolved::date_or(known, || "XXXX-XX-XX".to_owned()))
}

fn slashed_day(found: &Found, text: &str) -> Option<Date> {
    let first: i8 = found.get(text, "first")?.parse().ok()?;
    let second: i8 = found.get(text, "second")?.parse().ok()?;
    let digits = found.get(text, "year")?;
    let year: i16 = digits.parse().ok()?;
    let year = match digits.len() {
        4 => year,
        _ if year < 50 => 2000 + year,
        _ => 1900 + year,
    };
    // Stops stand between day and month where slashes stand between month and day.
    let (month, day) = match found.get(text, "mark")? {
        "." if digits.len() == 4 => (second, first),
        "." => return None,
        _ if first > 12 => (second, first),
        _ => (first, second),
    };
    Date::new(year, month, day).ok()
}

/// Whether the calendar holds such a day; of a date without a year, in some year.
pub(super) fn is_possible(found: &Found, text: &str, logic: Logic) -> bool {
    match logic {
        Logic::Slashed => slashed_day(found, text).is_some(),
        Logic::Date => {
            let (Some(month), Some(day)) = (found.get(text, "month"), found.get(text, "day"))
            else {
                return true;
            };
            // 2020 is a leap year: the day may be the 29th of February.
            let year = found
                .get(text, "year")
                .and_then(|y| y.parse().ok())
                .unwrap_or(2020);
            let day = day.parse().ok();
            words::month(month)
                .zip(day)
                .is_some_and(|(m, d)| Date::new(year, m, d).is_ok())
        }
        _ => true,
    }
}

/// The day that an expression names in full.
pub(super) fn full_day(found: &Found, text: &str, logic: Logic) -> Option<Date> {
    match logic {
        Logic::Slashed => slashed_day(found, text),
        Logic::Date => Date::new(
            found.get(text, "year")?.parse().ok()?,
            words::month(found.get(text, "month")?)?,
            found.get(text, "day")?.parse().ok()?,
        )
        .ok(),
        _ => None,
    }
}

/// A year before Christ, with a month or season.
pub(super) fn before_christ(place: &Place<'_, '_>) -> Option<Resolved> {
    let year = -place.number::<i16>("year").filter(|&y| y > 0)?;
    let stretch = match (
        place.get("month").and_then(words::month),
        place.get("season").and_then(words::season),
    ) {
        (Some(month), _) => Stretch::Month(year, month),
        (None, Some(season)) => Stretch::Season(year, &season.code, season.first_month),
        (None, None) => Stretch::Year(year),
    };
    Some(Resolved::date(stretch))
}

/// The 1990s.
pub(super) fn decade(place: &Place<'_, '_>) -> Option<Resolved> {
    if let Some(year) = place.number("year") {
        return Some(Resolved::date(Stretch::Decade(year)));
    }
    if let Some(word) = place.lower("word") {
        const DECADES: [&str; 8] = [
            "twenties",
            "thirties",
            "forties",
            "fifties",
            "sixties",
            "seventies",
            "eighties",
            "nineties",
        ];
        let tens = DECADES.iter().position(|decade| *decade == word)?;
        let year = 1920 + 10 * i16::try_from(tens).ok()?;
        return Some(Resolved::date(Stretch::Decade(year)));
    }
    // "the 40s" may be ages or degrees; with an apostrophe it is a decade.
    let year: i16 = place
        .get("short")?
        .strip_prefix(['’', '\''])?
        .parse()
        .ok()?;
    Some(Resolved::date(Stretch::Decade(1900 + year)))
}

/// The 19th century.
pub(super) fn century(place: &Place<'_, '_>) -> Option<Resolved> {
    let word = place.lower("ordinal")?;
    let number = ordinal(&word).or_else(|| place.number("ordinal"))?;
    if number == 0 {
        return None;
    }
    let first = (number - 1) * 100;
    if place.get("era").is_some() {
        return Some(Resolved::open(
            TimeType::Date,
            format!("BC{:02}", number - 1),
        ));
    }
    Some(Resolved::date(Stretch::Century(first)))
}

fn ordinal(word: &str) -> Option<i16> {
    const ORDINALS: [&str; 21] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "twenty-first",
    ];
    let index = ORDINALS.iter().position(|o| *o == word)?;
    i16::try_from(index + 1).ok()
}

/// The summer of 2019, last summer, the summer.
pub(super) fn season(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let season = words::season(place.get("season")?)?;
    let stretch = |year| Stretch::Season(year, season.code.as_str(), season.first_month);
    if let Some(year) = place.number("year").or(place.found.lent_year) {
        return Some(Resolved::date(stretch(year)));
    }
    let today = context.today();
    let year = today.map(|today| {
        if let Some(of) = place.lower("of") {
            return year_around(today.year(), &of);
        }
        let begun = today.month() >= season.first_month;
        let over = today.month() >= season.first_month + 3;
        match place.lower("rel").as_deref() {
            Some("last" | "past" | "this past" | "the previous") => today.year() - i16::from(!over),
            Some("next" | "coming" | "this coming" | "the next" | "the following") => {
                today.year() + i16::from(begun)
            }
            Some(_) => today.year(),
            // A winter goes on into the year after the one that it began in.
            None if season.first_month == 12 && today.month() <= 2 => today.year() - 1,
            None if context.narrative || begun || place.looks() == Direction::Future => {
                today.year()
            }
            None => today.year() - i16::from(place.looks() == Direction::Past),
        }
    });
    Some(Resolved::date_or(year.map(stretch), || {
        format!("XXXX-{}", season.code)
    }))
}

/// The third quarter.
pub(super) fn quarter(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let word = place.lower("ordinal")?;
    let number = match word.as_str() {
        "final" => 4,
        word => ordinal(word).or_else(|| place.number("ordinal"))?,
    };
    let number = i8::try_from(number).ok()?;
    let year = place.number("year").or_else(|| {
        let today = context.today()?;
        if let Some(rel) = place.lower("rel") {
            return Some(year_around(today.year(), &rel));
        }
        let ahead = number > (today.month() + 2) / 3 && place.looks() != Direction::Future;
        Some(today.year() - i16::from(ahead))
    });
    let stretch = year.map(|year| Stretch::Quarter(year, number));
    Some(Resolved::date_or(stretch, || format!("XXXX-Q{number}")))
}

/// The second half of 2007.
pub(super) fn half(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let number = match place.lower("ordinal")?.as_str() {
        "first" | "1st" | "1" => 1,
        _ => 2,
    };
    let year = place.number("year").or_else(|| {
        let rel = place.lower("rel").unwrap_or_default();
        Some(year_around(context.today()?.year(), &rel))
    });
    let stretch = year.map(|year| Stretch::Half(year, number));
    Some(Resolved::date_or(stretch, || format!("XXXX-H{number}")))
}

/// Fiscal 2012.
pub(super) fn fiscal(place: &Place<'_, '_>) -> Option<Resolved> {
    let year = match (place.number::<i16>("year"), place.number::<i16>("short")) {
        (Some(year), _) => year,
        (None, Some(short)) => 2000 + short,
        (None, None) => return None,
    };
    Some(Resolved::open(TimeType::Date, format!("FY{year}")))
}

/// Christmas Day.
pub(super) fn holiday(place: &Place<'_, '_>, context: &mut Context) -> Option<Resolved> {
    let holiday = words::holiday(place.get("holiday")?)?;
    let day = match (place.number::<i16>("year"), context.today()) {
        (Some(year), _) => holiday.in_year(year),
        (None, None) => None,
        (None, Some(today)) if context.narrative => holiday.in_year(today.year()),
        (None, Some(today)) => {
            let days: Vec<Date> = [today.year() - 1, today.year(), today.year() + 1]
                .into_iter()
                .filter_map(|year| holiday.in_year(year))
                .collect();
            let behind = days.iter().rev().find(|day| **day <= today);
            let ahead = days.iter().find(|day| **day >= today);
            match (place.lower("rel").as_deref(), place.looks()) {
                (Some("last"), _) => behind.copied(),
                (Some("next"), _) | (_, Direction::Future) => ahead.copied(),
                (_, Direction::Past) => behind.copied(),
                _ => [behind, ahead]
                    .into_iter()
                    .flatten()
                    .min_by_key(|day| today.until(**day).map_or(0, |span| span.get_days().abs()))
                    .copied(),
            }
        }
    };
    let resolved = Resolved::date_or(day.map(Stretch::Day), || "XXXX-XX-XX".to_owned());
    match place.get("part").and_then(words::part) {
        Some(part) => Some(resolved.at(part)),
        None => Some(resolved),
    }
}

/// The nearest day of a month with this number, and this weekday where one can be had.
pub(super) fn nearest_with_day(
    today: Date,
    weekday: jiff::civil::Weekday,
    number: i8,
) -> Option<Date> {
    let mut behind = on_or_before(today, weekday)?;
    let mut ahead = on_or_after(today, weekday)?;
    for _ in 0..60 {
        if behind.day() == number {
            return Some(behind);
        }
        if ahead.day() == number {
            return Some(ahead);
        }
        behind = super::super::calendar::add_days(behind, -7)?;
        ahead = super::super::calendar::add_days(ahead, 7)?;
    }
    None
}
