//! Stretches of the calendar that a time expression can name, their TIMEX3 values and how to move
//! among them.

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// A stretch of the calendar. Years before Christ are negative: -490 is 490 BC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    Day(Date),
    /// The week that begins on this Monday.
    Week(Date),
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, &'static str, i8),
    Year(i16),
    /// Named by its first year.
    Decade(i16),
    Century(i16),
}

use Stretch::{Century, Day, Decade, Half, Month, Quarter, Season, Week, Weekend, Year};

impl Stretch {
    /// The TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Day(date) => format!(
                "{}-{:02}-{:02}",
                year(date.year()),
                date.month(),
                date.day()
            ),
            Week(monday) => week(monday),
            Weekend(monday) => format!("{}-WE", week(monday)),
            Month(y, m) => format!("{}-{m:02}", year(y)),
            Quarter(y, q) => format!("{}-Q{q}", year(y)),
            Half(y, h) => format!("{}-H{h}", year(y)),
            Season(y, code, _) => format!("{}-{code}", year(y)),
            Year(y) => year(y),
            Decade(y) if y < 0 => format!("BC{:03}", -i32::from(y) / 10),
            Decade(y) => format!("{:03}", y / 10),
            Century(y) if y < 0 => format!("BC{:02}", -i32::from(y) / 100),
            Century(y) => format!("{:02}", y / 100),
        }
    }

    /// Its first day.
    pub(super) fn first(self) -> Option<Date> {
        match self {
            Day(date) | Week(date) => Some(date),
            Weekend(monday) => add_days(monday, 5),
            Month(y, m) | Season(y, _, m) => Date::new(y, m, 1).ok(),
            Quarter(y, q) => Date::new(y, q * 3 - 2, 1).ok(),
            Half(y, h) => Date::new(y, h * 6 - 5, 1).ok(),
            Year(y) | Decade(y) | Century(y) => Date::new(y, 1, 1).ok(),
        }
    }

    /// The year that it lies in.
    pub(super) fn year(self) -> i16 {
        match self {
            Day(date) | Week(date) | Weekend(date) => date.year(),
            Month(y, _)
            | Quarter(y, _)
            | Half(y, _)
            | Season(y, ..)
            | Year(y)
            | Decade(y)
            | Century(y) => y,
        }
    }

    /// The month that it lies in.
    pub(super) fn month(self) -> Option<i8> {
        match self {
            Day(date) | Week(date) | Weekend(date) => Some(date.month()),
            Month(_, m) => Some(m),
            _ => None,
        }
    }

    /// How long it is, roughly, to tell which of two is wider.
    fn width(self) -> u8 {
        match self {
            Day(_) => 0,
            Weekend(_) => 1,
            Week(_) => 2,
            Month(..) => 3,
            Quarter(..) | Season(..) => 4,
            Half(..) => 5,
            Year(_) => 6,
            Decade(_) => 7,
            Century(_) => 8,
        }
    }
}

fn year(y: i16) -> String {
    if y < 0 {
        format!("BC{:04}", -i32::from(y))
    } else {
        format!("{y:04}")
    }
}

fn week(monday: Date) -> String {
    let week = monday.iso_week_date();
    format!("{}-W{:02}", year(week.year()), week.week())
}

/// A day so many days off; `None` beyond the calendar.
pub(super) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The Monday of a day's week.
pub(super) fn monday(date: Date) -> Option<Date> {
    add_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// A weekday of a day's week, Monday first.
pub(super) fn weekday_in_week(date: Date, weekday: Weekday) -> Option<Date> {
    add_days(monday(date)?, i64::from(weekday.to_monday_zero_offset()))
}

/// The latest such weekday on or before a day.
pub(super) fn on_or_before(date: Date, weekday: Weekday) -> Option<Date> {
    add_days(date, -i64::from(weekday.until(date.weekday())))
}

/// The first such weekday on or after a day.
pub(super) fn on_or_after(date: Date, weekday: Weekday) -> Option<Date> {
    add_days(date, i64::from(date.weekday().until(weekday)))
}

/// Moves months along the calendar.
pub(super) fn add_months(year: i16, month: i8, months: i64) -> Option<(i16, i8)> {
    let index = i64::from(year)
        .checked_mul(12)?
        .checked_add(i64::from(month) - 1)?
        .checked_add(months)?;
    let year = i16::try_from(index.div_euclid(12)).ok()?;
    (-9999..=9999)
        .contains(&year)
        .then_some((year, (index.rem_euclid(12) + 1) as i8))
}

/// The stretch of the width of `unit` that lies `count` units from another; `None` when the other is
/// wider than the unit, or the unit shorter than a day.
pub(super) fn shift(from: Stretch, unit: &str, count: i64) -> Option<Stretch> {
    let first = from.first()?;
    let to = match unit {
        "D" => Day(add_days(first, count)?),
        "W" => Week(add_days(monday(first)?, count.checked_mul(7)?)?),
        "WE" => Weekend(add_days(monday(first)?, count.checked_mul(7)?)?),
        "M" => {
            let (y, m) = add_months(first.year(), first.month(), count)?;
            Month(y, m)
        }
        "Q" => {
            let quarter = i64::from(first.month() - 1) / 3 + count;
            let (y, m) = add_months(first.year(), 1, quarter.checked_mul(3)?)?;
            Quarter(y, (m + 2) / 3)
        }
        "Y" => Year(add_years(from.year(), count)?),
        "DE" => {
            let decade = from.year().div_euclid(10) * 10;
            Decade(add_years(decade, count.checked_mul(10)?)?)
        }
        "CE" => {
            let century = from.year().div_euclid(100) * 100;
            Century(add_years(century, count.checked_mul(100)?)?)
        }
        _ => return None,
    };
    (from.width() <= to.width()).then_some(to)
}

fn add_years(year: i16, count: i64) -> Option<i16> {
    let moved = i64::from(year).checked_add(count)?;
    i16::try_from(moved)
        .ok()
        .filter(|y| (-9999..=9999).contains(y))
}

/// The value of a stretch of the width of `unit` of which only the year or month is known.
pub(super) fn within(known: Option<Stretch>, unit: &str) -> String {
    let (y, m) = match known {
        Some(known) => (year(known.year()), known.month()),
        None => ("XXXX".to_owned(), None),
    };
    let month = m.map_or("XX".to_owned(), |m| format!("{m:02}"));
    match unit {
        "D" => format!("{y}-{month}-XX"),
        "W" => format!("{y}-WXX"),
        "WE" => format!("{y}-WXX-WE"),
        "M" => format!("{y}-XX"),
        "Q" => format!("{y}-QX"),
        "DE" => "XXX".to_owned(),
        "CE" => "XX".to_owned(),
        "Y" => "XXXX".to_owned(),
        _ => format!("{y}-{month}-XXTXX"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn values() {
        let check = |stretch: Stretch, expected: &str| assert_eq!(stretch.value(), expected);
        check(Day(date(2022, 1, 7)), "2022-01-07");
        check(Week(date(2022, 1, 3)), "2022-W01");
        check(Month(-480, 4), "BC0480-04");
        check(Decade(1990), "199");
        check(Century(1800), "18");
        check(Season(2019, "SU", 6), "2019-SU");
    }

    #[test]
    fn shifts_keep_the_width_of_the_unit() {
        let check = |from, unit, count, expected: Option<Stretch>| {
            assert_eq!(
                shift(from, unit, count),
                expected,
                "{from:?} {count} {unit}"
            );
        };
        let day = Day(date(2022, 1, 31));
        check(day, "D", 1, Some(Day(date(2022, 2, 1))));
        check(day, "M", -2, Some(Month(2021, 11)));
        check(day, "Q", 1, Some(Quarter(2022, 2)));
        check(day, "Y", i64::MAX, None);
        check(Year(1917), "D", 1, None);
        check(Year(1917), "DE", -1, Some(Decade(1900)));
    }

    #[test]
    fn weekdays_around_a_day() {
        let friday = date(2022, 1, 7);
        assert_eq!(on_or_before(friday, Weekday::Friday), Some(friday));
        assert_eq!(
            on_or_before(friday, Weekday::Monday),
            Some(date(2022, 1, 3))
        );
        assert_eq!(
            on_or_after(friday, Weekday::Monday),
            Some(date(2022, 1, 10))
        );
        assert_eq!(
            weekday_in_week(friday, Weekday::Sunday),
            Some(date(2022, 1, 9))
        );
    }
}
