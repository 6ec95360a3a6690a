//! Dates as the contract writes them.
//!
//! [`PartialDate`] is a day, a month or a year (`2022-01-07`, `2022-01`, `2022`); [`Moment`] is a
//! publication date, a day that may carry a clock time (RFC 3339).

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How exactly a date is known.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

/// A day, a month or a year of the common calendar, years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: Date,
    precision: Precision,
}

impl PartialDate {
    /// A whole day.
    pub fn day(date: Date) -> Self {
        PartialDate {
            first: date,
            precision: Precision::Day,
        }
    }

    /// A month; `None` when there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        (year > 0).then_some(PartialDate {
            first,
            precision: Precision::Month,
        })
    }

    /// A year; `None` outside 1 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        (year > 0).then_some(PartialDate {
            first,
            precision: Precision::Year,
        })
    }

    /// The date that a TIMEX3 value names (`2022-01-07T18:50` does); for a week that lies in one month,
    /// that month.
    pub fn from_timex(value: &str) -> Option<Self> {
        let value = value.split('T').next()?;
        let Some((year, week)) = value.split_once("-W") else {
            return value.parse().ok();
        };
        let week = week.trim_end_matches("-WE");
        let monday = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday)
            .ok()?
            .date();
        let sunday = monday.checked_add(jiff::Span::new().days(6)).ok()?;
        let within = (monday.year(), monday.month()) == (sunday.year(), sunday.month());
        within
            .then(|| Self::month(monday.year(), monday.month()))
            .flatten()
    }

    /// How exactly it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> Date {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        }
    }

    /// The day, when it is known to the day.
    pub fn as_day(self) -> Option<Date> {
        (self.precision == Precision::Day).then_some(self.first)
    }

    /// Whether the other date can be the same (a day lies in its month).
    pub fn meets(self, other: PartialDate) -> bool {
        self.first <= other.last() && other.first <= self.last()
    }
}

/// In calendar order; the wider of two that begin together comes first.
impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.first, std::cmp::Reverse(self.precision))
            .cmp(&(other.first, std::cmp::Reverse(other.precision)))
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Year => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fail = || format!("not a date (YYYY, YYYY-MM or YYYY-MM-DD): {text:?}");
        let digits = |part: &str, width: usize| {
            (part.len() == width && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())
                .flatten()
        };
        let mut parts = text.split('-');
        let year = parts.next().and_then(|p| digits(p, 4)).ok_or_else(fail)?;
        let month = parts
            .next()
            .map(|p| digits(p, 2).ok_or_else(fail))
            .transpose()?;
        let day = parts
            .next()
            .map(|p| digits(p, 2).ok_or_else(fail))
            .transpose()?;
        if parts.next().is_some() || year < 1 {
            return Err(fail());
        }
        let small = |n: i16| i8::try_from(n).unwrap_or(0);
        match (month, day) {
            (None, _) => PartialDate::year(year),
            (Some(month), None) => PartialDate::month(year, small(month)),
            (Some(month), Some(day)) => Date::new(year, small(month), small(day))
                .ok()
                .map(PartialDate::day),
        }
        .ok_or_else(fail)
    }
}

/// When a report was published: a day, with clock time and zone where the source gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    day: Date,
    /// Seconds since midnight, and minutes east of Greenwich.
    clock: Option<(u32, i16)>,
}

impl Moment {
    /// A day without a clock time.
    pub fn day(day: Date) -> Self {
        Moment { day, clock: None }
    }

    /// A clock time on a day. `offset` is in minutes east of Greenwich.
    pub fn at(day: Date, hour: u8, minute: u8, second: u8, offset: i16) -> Option<Self> {
        let fits = hour < 24 && minute < 60 && second < 60 && offset.abs() < 24 * 60;
        let seconds = (u32::from(hour) * 60 + u32::from(minute)) * 60 + u32::from(second);
        fits.then_some(Moment {
            day,
            clock: Some((seconds, offset)),
        })
    }

    /// The calendar day, where it was published.
    pub fn date(self) -> Date {
        self.day
    }

    /// Whether a clock time is known.
    pub fn has_clock(self) -> bool {
        self.clock.is_some()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", PartialDate::day(self.day))?;
        if let Some((seconds, offset)) = self.clock {
            let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
            write!(f, "T{hour:02}:{minute:02}:{second:02}")?;
            if offset == 0 {
                write!(f, "Z")?;
            } else {
                let sign = if offset < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)?;
            }
        }
        Ok(())
    }
}

/// Reads `YYYY-MM-DD` and RFC 3339 instants; a clock time without a zone is taken as UTC.
impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fail = || format!("not a date or an RFC 3339 instant: {text:?}");
        let (date, clock) = match text.find(['T', 't', ' ']) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let day = date.parse::<PartialDate>()?.as_day().ok_or_else(fail)?;
        let Some(clock) = clock else {
            return Ok(Moment::day(day));
        };
        let zone_at = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
        let (clock, zone) = clock.split_at(zone_at);
        let whole = clock.split('.').next().unwrap_or(clock);
        let numbers: Option<Vec<u8>> = whole.split(':').map(|p| p.parse().ok()).collect();
        let offset = match zone {
            "" | "Z" | "z" => Some(0),
            signed => zone_minutes(signed),
        };
        match (numbers.as_deref(), offset) {
            (Some([hour, minute]), Some(offset)) => Moment::at(day, *hour, *minute, 0, offset),
            (Some([hour, minute, second]), Some(offset)) => {
                Moment::at(day, *hour, *minute, *second, offset)
            }
            _ => None,
        }
        .ok_or_else(fail)
    }
}

/// Minutes east of Greenwich of `+01:00`, `+0100` or `-05`.
fn zone_minutes(zone: &str) -> Option<i16> {
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.get(1..)?.chars().filter(|&c| c != ':').collect();
    let number: i16 = digits.parse().ok()?;
    match digits.len() {
        2 => Some(sign * number * 60),
        4 => Some(sign * (number / 100 * 60 + number % 100)),
        _ => None,
    }
}

macro_rules! as_string {
    ($type:ty, $name:literal, $pattern:literal, $says:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "pattern": $pattern, "description": $says})
            }
        }
    };
}

as_string!(
    PartialDate,
    "PartialDate",
    r"^\d{4}(-\d{2}(-\d{2})?)?$",
    "A day (YYYY-MM-DD), a month (YYYY-MM) or a year (YYYY)."
);
as_string!(
    Moment,
    "Moment",
    r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2}))?$",
    "A day (YYYY-MM-DD) or an instant (RFC 3339)."
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_timex_values() {
        let check = |value: &str, expected: Option<&str>| {
            let found = PartialDate::from_timex(value).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{value}");
        };
        check("2022-01-07T18:50", Some("2022-01-07"));
        check("2017-W27", Some("2017-07"));
        check("2017-W27-WE", Some("2017-07"));
        check("2017-W31", None);
        check("2019-SU", None);
        check("XXXX-WXX-3", None);
        check("2017-W99", None);
    }

    #[test]
    fn dates_are_read_and_written_alike() {
        for text in ["2022-01-07", "2022-01", "2022", "0014-12-31"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "22",
            "2022-13",
            "2022-02-30",
            "2022-1-7",
            "0000",
            "2022-01-07-01",
            "x",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text:?} is no date");
        }
    }

    #[test]
    fn moments_keep_their_zone() {
        let check = |text: &str, expected: &str| {
            assert_eq!(
                text.parse::<Moment>().unwrap().to_string(),
                expected,
                "{text}"
            );
        };
        check("2022-01-07", "2022-01-07");
        check("2022-01-07T18:50:00+01:00", "2022-01-07T18:50:00+01:00");
        check("2022-01-07 18:50", "2022-01-07T18:50:00Z");
        check("2022-01-07T18:50:01.500Z", "2022-01-07T18:50:01Z");
        check("2022-01-07T18:50:01-0530", "2022-01-07T18:50:01-05:30");
        for text in ["2022-01", "2022-01-07T25:00", "2022-01-07Tnoon", "today"] {
            assert!(text.parse::<Moment>().is_err(), "{text:?} is no moment");
        }
    }

    #[test]
    fn a_day_meets_its_month_and_year() {
        let date = |text: &str| text.parse::<PartialDate>().unwrap();
        assert!(date("2022-01-07").meets(date("2022-01")));
        assert!(date("2022").meets(date("2022-01-07")));
        assert!(!date("2022-01-07").meets(date("2022-02")));
        assert!(date("2022") < date("2022-01") && date("2022-01") < date("2022-01-01"));
    }
}
