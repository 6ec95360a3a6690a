//! Dates and periods in plain words.

use jiff::civil::Date;
use variorum_model::{PartialDate, Precision};

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "Friday", or "Fri" when short.
pub(crate) fn weekday(day: Date, short: bool) -> &'static str {
    let index = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
    shortened(WEEKDAYS[index], short)
}

/// "January", or "Jan" when short.
pub(crate) fn month(day: Date, short: bool) -> &'static str {
    let index = usize::try_from(day.month() - 1).unwrap_or(0);
    shortened(MONTHS[index], short)
}

fn shortened(name: &'static str, short: bool) -> &'static str {
    if short { &name[..3] } else { name }
}

/// "Friday 7 January 2022", "January 2022" or "2022".
pub(crate) fn long(date: PartialDate) -> String {
    worded(date, false)
}

/// "Fri 7 Jan 2022", "Jan 2022" or "2022".
pub(crate) fn short(date: PartialDate) -> String {
    worded(date, true)
}

fn worded(date: PartialDate, short: bool) -> String {
    let first = date.first();
    match date.precision() {
        Precision::Day => format!("{} {}", weekday(first, short), day_month_year(first, short)),
        Precision::Month => format!("{} {}", month(first, short), first.year()),
        Precision::Year => first.year().to_string(),
    }
}

fn day_month_year(day: Date, short: bool) -> String {
    format!("{} {} {}", day.day(), month(day, short), day.year())
}

/// "7–13 January 2022"; `None` when neither end is known.
pub(crate) fn period(from: Option<PartialDate>, to: Option<PartialDate>) -> Option<String> {
    let (from, to) = (from.or(to)?, to.or(from)?);
    if from == to {
        return Some(long(from));
    }
    let (Some(first), Some(last)) = (from.as_day(), to.as_day()) else {
        return Some(format!("{} to {}", long(from), long(to)));
    };
    let end = day_month_year(last, false);
    Some(if first.year() != last.year() {
        format!("{} – {end}", day_month_year(first, false))
    } else if first.month() != last.month() {
        format!("{} {} – {end}", first.day(), month(first, false))
    } else {
        format!("{}–{end}", first.day())
    })
}

/// Days from one date to a later one; negative when it is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// "5 days", "3 weeks", "4 months", "8 years": about how long a gap is.
pub(crate) fn gap(days: i64) -> String {
    let (number, unit) = match days {
        ..21 => (days, "day"),
        21..61 => (days / 7, "week"),
        61..731 => (days / 30, "month"),
        _ => (days / 365, "year"),
    };
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_name_what_changes_only() {
        let check = |from: &str, to: &str, expected: &str| {
            let date = |text: &str| text.parse().ok();
            assert_eq!(
                period(date(from), date(to)).as_deref(),
                Some(expected),
                "{from} {to}"
            );
        };
        check("2022-01-07", "2022-01-13", "7–13 January 2022");
        check("2022-01-30", "2022-02-02", "30 January – 2 February 2022");
        check(
            "2021-12-30",
            "2022-01-02",
            "30 December 2021 – 2 January 2022",
        );
        check("2022-01-07", "2022-01-07", "Friday 7 January 2022");
        check("2022-01", "2022", "January 2022 to 2022");
        check("", "2022-01-07", "Friday 7 January 2022");
        assert_eq!(period(None, None), None);
    }

    #[test]
    fn gaps_are_told_in_round_units() {
        for (days, expected) in [
            (1, "1 day"),
            (20, "20 days"),
            (21, "3 weeks"),
            (90, "3 months"),
            (2900, "7 years"),
        ] {
            assert_eq!(gap(days), expected);
        }
    }
}
