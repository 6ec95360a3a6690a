//! Dates as pages write them: in short texts, in attributes made for programs, in addresses.

use jiff::civil::{Date, date};
use variorum_model::Moment;

use super::words::WORDS;
use crate::dates::{is_any_month, is_filler, moment};

/// No date, with the words around it, is longer than this many bytes.
pub(super) const LONGEST: usize = 160;
/// No web page is older.
const FIRST: Date = date(1990, 1, 1);
/// No page that this program reads is newer.
const LAST: Date = date(2100, 1, 1);
/// A line of a date has at most so many words ...
const MOST_WORDS: usize = 14;
/// ... and at most so many small words that no such line has.
const MOST_STRANGE: usize = 1;

/// What a date is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Published,
    Updated,
}

/// Whether a text has a word by which an update is told.
pub(super) fn says_updated(text: &str) -> bool {
    has_any(&WORDS.updated, &text.to_lowercase())
}

/// Whether a text has a word by which publication is told.
pub(super) fn says_published(text: &str) -> bool {
    has_any(&WORDS.published, &text.to_lowercase())
}

fn has_any(words: &[String], lower: &str) -> bool {
    words.iter().any(|word| lower.contains(word.as_str()))
}

/// Whether the last label in a text is that of an update.
pub(super) fn last_label(before: &str) -> bool {
    let lower = before.to_lowercase();
    let last = |words: &[String]| words.iter().filter_map(|w| lower.rfind(w.as_str())).max();
    match (last(&WORDS.updated), last(&WORDS.published)) {
        (Some(updated), Some(published)) => updated > published,
        (updated, _) => updated.is_some(),
    }
}

/// A line that is about the page's own date: little more than a date with labels, names and marks
/// around it, or a sentence that opens as such lines do ("This page was last edited on ..."). No
/// sentence of the text, no span of days and no day of something else is one.
pub(super) fn line(text: &str, day_first: bool) -> Option<(Role, Moment)> {
    let lower = text.to_lowercase();
    if has_any(&WORDS.other_days, &lower) || is_span(text) {
        return None;
    }
    let lead = |leads: &[String]| leads.iter().any(|lead| lower.starts_with(lead.as_str()));
    if lead(&WORDS.edited_leads) {
        return within(text, day_first).map(|(_, moment)| (Role::Updated, moment));
    }
    let strange = lower
        .split(|c: char| !c.is_alphabetic())
        .zip(text.split(|c: char| !c.is_alphabetic()))
        .filter(|(word, own)| {
            own.starts_with(char::is_lowercase)
                && word.chars().count() > 1
                && !WORDS.in_lines.iter().any(|known| known == word)
                && !is_any_month(word)
                && !is_filler(word)
                && !says_updated(word)
                && !says_published(word)
        })
        .count();
    let plain = text.split_whitespace().count() <= MOST_WORDS && strange <= MOST_STRANGE;
    (plain || lead(&WORDS.posted_leads))
        .then(|| within(text, day_first))
        .flatten()
}

/// Whether a text gives a span of days ("12.–14. Mai 2012").
fn is_span(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['–', '-', '—']) {
        let before = rest.get(..at).unwrap_or_default().trim_end();
        let mark = rest.get(at..).and_then(|rest| rest.chars().next());
        let after = rest
            .get(at + mark.map_or(1, char::len_utf8)..)
            .unwrap_or_default();
        let number = before.trim_end_matches('.');
        let digits = number.len() - number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let next = after.trim_start();
        let next_digits = next.len() - next.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        // "12.-14. Mai", "May 12 – 14, 2012"; "2012-05-12" and "12-05-2012" have no month in words.
        let words = next.get(next_digits..).unwrap_or_default();
        let words = words.trim_start_matches(['.', ',', ' ']);
        let word: String = words.chars().take_while(|c| c.is_alphabetic()).collect();
        let month_before = number
            .get(..number.len() - digits)
            .unwrap_or_default()
            .trim_end()
            .rsplit(' ')
            .next()
            .is_some_and(|word| is_any_month(word.trim_end_matches('.')));
        if matches!(digits, 1 | 2)
            && matches!(next_digits, 1 | 2)
            && (word.len() > 2 && is_any_month(&word) || month_before)
        {
            return true;
        }
        rest = after;
    }
    false
}

/// The first date in a short text, and what the words in front of it call it. Where one is said to
/// be of publication, and another of an update, the former.
pub(super) fn within(text: &str, day_first: bool) -> Option<(Role, Moment)> {
    if text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some(moment) = read(text, day_first) {
        return Some((
            if says_updated(text) {
                Role::Updated
            } else {
                Role::Published
            },
            moment,
        ));
    }
    let mut found: Option<(Role, Moment)> = None;
    let words: Vec<(usize, &str)> = text
        .split([' ', '|', '\n', '•', '·', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let mut at = 0;
    let mut label_from = 0;
    while let Some(&(start, word)) = words.get(at) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let opens = bare.bytes().any(|b| b.is_ascii_digit()) || is_any_month(bare);
        let longest = (at..(at + 7).min(words.len())).rev();
        let hit = opens
            .then(|| {
                longest.into_iter().find_map(|last| {
                    let &(from, word) = words.get(last)?;
                    let part = text.get(start..from + word.len())?;
                    let part = part.trim_matches(|c: char| !c.is_alphanumeric());
                    Some((read(part, day_first)?, last))
                })
            })
            .flatten();
        if let Some((moment, last)) = hit {
            let updated = last_label(text.get(label_from..start).unwrap_or_default());
            if !updated {
                return Some((Role::Published, moment));
            }
            found = found.or(Some((Role::Updated, moment)));
            label_from = start;
            at = last;
        }
        at += 1;
    }
    found
}

/// Reads a date of a page: as [`moment`] does, and epoch times. `day_first`: in a date of numbers
/// and slashes, the day stands before the month.
pub(super) fn read(text: &str, day_first: bool) -> Option<Moment> {
    let text = text.trim().trim_end_matches("[UTC]");
    let read = epoch(text)
        .or_else(|| {
            day_first
                .then(|| swapped(text))
                .flatten()
                .and_then(|text| moment(&text))
        })
        .or_else(|| moment(text))
        .or_else(|| {
            // A clock time that cannot be read does not spoil the day.
            let day = text.get(..10)?;
            let rest = text.get(10..)?;
            (rest.starts_with(['T', ' ']) && rest.bytes().any(|b| b.is_ascii_digit()))
                .then(|| day.parse().ok())
                .flatten()
        })?;
    (FIRST..LAST).contains(&read.date()).then_some(read)
}

/// Seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<Moment> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.get(..10)?.parse().ok()?;
    let time = jiff::Timestamp::from_second(number).ok()?;
    let time = jiff::tz::Offset::UTC.to_datetime(time);
    let clock = |n: i8| u8::try_from(n).ok();
    Moment::at(
        time.date(),
        clock(time.hour())?,
        clock(time.minute())?,
        clock(time.second())?,
        0,
    )
}

/// `19/12/2025` for `12/19/2025`, and the other way round.
fn swapped(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '/' && c != '-');
    let (numbers, rest) = text.split_at(end.unwrap_or(text.len()));
    let mark = if numbers.contains('/') { '/' } else { '-' };
    let mut parts = numbers.split(mark);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = parts.next().is_none() && first.len() <= 2 && second.parse::<u8>().ok()? <= 12;
    fits.then(|| format!("{second}/{first}/{year}{rest}"))
}

/// The day in an address (`/2025/12/19/`, `/2025-12-19-`, `/20251219/`, `/2025/dec/19/`).
pub(super) fn of_address(address: &str) -> Option<Date> {
    let path = address.split(['?', '#']).next()?;
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let parts: Vec<&str> = path.split(['/', '-', '_', '.', '+']).collect();
    let year = |part: &str| {
        (part.len() == 4)
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    let small = |part: &str| (part.len() <= 2).then(|| part.parse::<i8>().ok()).flatten();
    let believed = |day: Date| (FIRST..LAST).contains(&day).then_some(day);
    for (at, part) in parts.iter().enumerate() {
        if part.len() == 8
            && part.bytes().all(|b| b.is_ascii_digit())
            && let Some(day) = moment(part).map(Moment::date).and_then(believed)
        {
            return Some(day);
        }
        let (Some(second), Some(third)) = (parts.get(at + 1), parts.get(at + 2)) else {
            continue;
        };
        let day = match (year(part), small(second), small(third)) {
            (Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok(),
            (Some(_), None, Some(_)) if is_any_month(second) => {
                moment(&format!("{third} {second} {part}")).map(Moment::date)
            }
            _ => None,
        };
        if let Some(day) = day.and_then(believed) {
            return Some(day);
        }
    }
    None
}
