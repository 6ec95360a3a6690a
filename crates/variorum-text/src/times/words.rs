//! The word lists of time expressions (`data/en/time-words.toml`) and what the words stand for.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::calendar::add_days;

/// The word lists.
#[derive(Deserialize)]
pub(super) struct TimeWords {
    pub(super) weekdays: Vec<Vec<String>>,
    pub(super) months: Vec<Vec<String>>,
    pub(super) plain_months: Vec<String>,
    pub(super) unit: Vec<Coded>,
    pub(super) part: Vec<Coded>,
    pub(super) season: Vec<Season>,
    pub(super) holiday: Vec<Holiday>,
    pub(super) direction: DirectionWords,
}

/// Words with the TIMEX3 code that they stand for.
#[derive(Deserialize)]
pub(super) struct Coded {
    pub(super) code: String,
    pub(super) forms: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Season {
    pub(super) code: String,
    pub(super) first_month: i8,
    pub(super) forms: Vec<String>,
}

/// A holiday and the rule that gives its day in a year.
#[derive(Deserialize)]
pub(super) struct Holiday {
    pub(super) forms: Vec<String>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<i8>,
    nth: Option<i8>,
    easter: Option<i64>,
}

/// Cues that tell which way a clause looks.
#[derive(Deserialize)]
pub(super) struct DirectionWords {
    pub(super) future: FxHashSet<String>,
    pub(super) future_of_past: FxHashSet<String>,
    pub(super) over: FxHashSet<String>,
    pub(super) coming: FxHashSet<String>,
    pub(super) modal: FxHashSet<String>,
    pub(super) governing: FxHashSet<String>,
    pub(super) adverbs: FxHashSet<String>,
    pub(super) articles: FxHashSet<String>,
    pub(super) future_before: FxHashSet<String>,
    pub(super) past_before: FxHashSet<String>,
    pub(super) infinitive: FxHashSet<String>,
    pub(super) past: FxHashSet<String>,
    pub(super) not_past: FxHashSet<String>,
    pub(super) saying: FxHashSet<String>,
    pub(super) asking: FxHashSet<String>,
    pub(super) breaks: FxHashSet<String>,
}

pub(super) static WORDS: LazyLock<TimeWords> = LazyLock::new(|| {
    crate::words::data(
        "time-words.toml",
        include_str!("../../data/en/time-words.toml"),
    )
});

fn position(lists: &[Vec<String>], word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.');
    lists
        .iter()
        .position(|forms| forms.iter().any(|form| form.eq_ignore_ascii_case(word)))
}

/// The weekday that a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let index = position(&WORDS.weekdays, word)?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

/// The month that a word names, from 1.
pub(super) fn month(word: &str) -> Option<i8> {
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    i8::try_from(position(&WORDS.months, word)? + 1).ok()
}

fn code(list: &'static [Coded], word: &str) -> Option<&'static str> {
    list.iter()
        .find(|coded| {
            coded
                .forms
                .iter()
                .any(|form| form.eq_ignore_ascii_case(word))
        })
        .map(|coded| coded.code.as_str())
}

/// The TIMEX3 code of a unit: `D`, `TH`.
pub(super) fn unit(word: &str) -> Option<&'static str> {
    code(&WORDS.unit, word)
}

/// The TIMEX3 code of a part of the day: `TMO`.
pub(super) fn part(word: &str) -> Option<&'static str> {
    code(&WORDS.part, word)
}

/// The season that a word names.
pub(super) fn season(word: &str) -> Option<&'static Season> {
    WORDS.season.iter().find(|season| {
        season
            .forms
            .iter()
            .any(|form| form.eq_ignore_ascii_case(word))
    })
}

/// The holiday that some words name.
pub(super) fn holiday(words: &str) -> Option<&'static Holiday> {
    let words = words.replace('’', "'");
    WORDS.holiday.iter().find(|holiday| {
        holiday
            .forms
            .iter()
            .any(|form| form.eq_ignore_ascii_case(&words))
    })
}

impl Holiday {
    /// Its day in a year.
    pub(super) fn in_year(&self, year: i16) -> Option<Date> {
        if let Some(days) = self.easter {
            return add_days(easter(year)?, days);
        }
        let month = self.month?;
        match (self.day, self.weekday, self.nth) {
            (Some(day), ..) => Date::new(year, month, day).ok(),
            (None, Some(weekday), Some(nth)) => Date::new(year, month, 1)
                .ok()?
                .nth_weekday_of_month(nth, Weekday::from_monday_one_offset(weekday).ok()?)
                .ok(),
            _ => None,
        }
    }
}

/// Western Easter Sunday (the anonymous Gregorian computus, with the letters of its literature).
#[allow(clippy::many_single_char_names)]
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_move_as_they_should() {
        let check = |name: &str, year: i16, expected: &str| {
            let day = holiday(name).and_then(|h| h.in_year(year)).unwrap();
            assert_eq!(day.to_string(), expected, "{name} {year}");
        };
        check("Easter", 2022, "2022-04-17");
        check("Good Friday", 2016, "2016-03-25");
        check("Thanksgiving", 2010, "2010-11-25");
        check("memorial day", 2015, "2015-05-25");
        check("Presidents’ Day", 2022, "2022-02-21");
    }
}
