//! Written dates: what a column, a header or a date line calls a day.
//!
//! [`moment`] reads the whole of a short string or nothing; it is never asked to find a date in
//! running text. The words it knows are in `data/en/dates.toml` and, for other languages,
//! `data/dates.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;
use variorum_model::Moment;

/// No written date is longer than this many bytes.
const LONGEST: usize = 80;

/// Reads a date with or without a clock time. A numeric date is month first, as US exports write
/// it, unless its first number is no month or points stand between the numbers. A midnight
/// without a zone is a day.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if text
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'T' || b == b'Z')
    {
        return compact(text);
    }
    whole(text).or_else(|| without_zone(text))
}

fn whole(text: &str) -> Option<Moment> {
    let mut reader = Reader::default();
    for token in tokens(text) {
        reader.take(&token)?;
    }
    reader.finish()
}

/// A date behind whose clock time a zone stands that is not known: with an offset and a remark in
/// brackets, which RFC 822 allows, the moment; else the day alone.
fn without_zone(text: &str) -> Option<Moment> {
    let remark = text
        .strip_suffix([')', ']'])
        .and_then(|front| front.rsplit_once(['(', '[']))
        .filter(|(front, _)| front.contains(':'));
    if let Some((front, _)) = remark {
        let front = front.trim_end();
        let offset = front.rsplit([' ', ':']).next().unwrap_or_default();
        let sure = front.rfind(['+', '-']) > front.find(':') || offset.ends_with(['Z', 'z']);
        let found = moment(front)?;
        return Some(if sure {
            found
        } else {
            Moment::day(found.date())
        });
    }
    let clock = text.find(':')?;
    let end = text.get(clock..)?.find(' ')?;
    let (front, behind) = text.split_at(clock + end);
    let behind = behind.trim_start();
    let zone = behind.split(' ').next().unwrap_or_default();
    let rest = behind.get(zone.len()..)?;
    let found = is_zone(zone).then(|| whole(&format!("{front}{rest}")))??;
    Some(Moment::day(found.date()))
}

/// Whether a word has the form of a zone's name ("XYZT", "GMT+2", "Europe/Berlin").
fn is_zone(word: &str) -> bool {
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ':'));
    let short = (1..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    let place = name.split_once('/').is_some_and(|(area, place)| {
        let is_name = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_uppercase())
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-' | b'/'))
        };
        is_name(area) && is_name(place)
    });
    short || place
}

/// `20220107`, `20220107185000`, `20220107T185000Z`.
fn compact(text: &str) -> Option<Moment> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let day = date(part(0, 4)?, part(4, 6)?, part(6, 8)?)?;
    match digits.len() {
        8 => Some(Moment::day(day)),
        12 | 14 => {
            let two = |from| digits.get(from..from + 2)?.parse::<u8>().ok();
            Moment::at(day, two(8)?, two(10)?, two(12).unwrap_or(0), 0)
        }
        _ => None,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1000..=9999).contains(&year).then_some(date)
}

#[derive(Debug, PartialEq)]
enum Token {
    /// A run of letters, in lower case.
    Word(String),
    /// A run of digits.
    Digits(String),
    /// Anything else but white space.
    Mark(char),
    /// White space.
    Space,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for c in text.chars() {
        match (tokens.last_mut(), c) {
            (Some(Token::Word(word)), c) if c.is_alphabetic() && !is_counter(c) => {
                word.extend(c.to_lowercase());
            }
            (Some(Token::Digits(digits)), c) if c.is_ascii_digit() => digits.push(c),
            (Some(Token::Space), c) if c.is_whitespace() => {}
            // The words for year and month in Chinese and Japanese dates part numbers.
            (_, '年' | '月') => tokens.push(Token::Mark('-')),
            (_, '日') => tokens.push(Token::Space),
            (_, c) if c.is_alphabetic() => {
                tokens.push(Token::Word(c.to_lowercase().to_string()));
            }
            (_, c) if c.is_ascii_digit() => tokens.push(Token::Digits(c.to_string())),
            (_, c) if c.is_whitespace() => tokens.push(Token::Space),
            (_, c) => tokens.push(Token::Mark(c)),
        }
    }
    tokens
}

fn is_counter(c: char) -> bool {
    matches!(c, '年' | '月' | '日')
}

/// A number of the date, and the mark that stands before it.
struct Number {
    value: i16,
    wide: bool,
    before: Option<char>,
}

/// Takes a date's tokens one by one; anything that belongs to no date ends it.
#[derive(Default)]
struct Reader {
    numbers: Vec<Number>,
    /// The month by name, and how many numbers stand before it.
    month: Option<(i16, usize)>,
    /// Hour, minute, second.
    clock: Vec<u8>,
    in_clock: bool,
    half: Option<bool>,
    zone: Option<i16>,
    /// `+` or `-` in front of an offset.
    sign: Option<i16>,
    offset: String,
    mark: Option<char>,
    in_fraction: bool,
}

impl Reader {
    fn take(&mut self, token: &Token) -> Option<()> {
        match token {
            Token::Space => {
                self.in_clock = false;
                self.mark = self.mark.filter(|&m| m == ':');
            }
            Token::Mark(mark) => self.mark(*mark)?,
            Token::Digits(digits) => self.digits(digits)?,
            Token::Word(word) => self.word(word)?,
        }
        Some(())
    }

    fn mark(&mut self, mark: char) -> Option<()> {
        self.in_fraction = false;
        match mark {
            '+' | '-' if !self.clock.is_empty() && self.sign.is_none() => {
                self.sign = Some(if mark == '-' { -1 } else { 1 });
            }
            ':' if self.sign.is_some() => {}
            // The first number of a clock time was taken for one of the date.
            ':' if self.clock.is_empty() && !self.numbers.is_empty() && self.mark.is_none() => {
                let hour = self.numbers.pop()?;
                self.clock.push(u8::try_from(hour.value).ok()?);
                self.in_clock = true;
            }
            ':' if !self.clock.is_empty() => self.in_clock = true,
            '.' if self.in_clock && self.clock.len() == 3 => self.in_fraction = true,
            ':' | '.' | ',' | '/' | '-' | '(' | ')' | '|' | '·' | '•' => {}
            _ => return None,
        }
        self.mark = Some(mark);
        Some(())
    }

    fn digits(&mut self, digits: &str) -> Option<()> {
        if self.sign.is_some() {
            self.offset.push_str(digits);
        } else if self.in_fraction {
            self.in_fraction = false;
        } else if self.mark == Some(':') && !self.clock.is_empty() && self.clock.len() < 3 {
            self.clock.push(digits.parse().ok()?);
            self.in_clock = true;
        } else {
            let value = digits.parse().ok()?;
            let wide = digits.len() == 4;
            if !matches!(digits.len(), 1 | 2 | 4) {
                return None;
            }
            self.numbers.push(Number {
                value,
                wide,
                before: self.mark,
            });
        }
        self.mark = None;
        Some(())
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let words = &*WORDS;
        match word {
            "am" | "a" if self.hour_to_half() => self.half = Some(false),
            "pm" | "p" if self.hour_to_half() => self.half = Some(true),
            // `10h30`
            "h" if self.clock.is_empty() && self.numbers.len() > 2 => return self.mark(':'),
            "h" if !self.clock.is_empty() => {}
            // The second letter of `a.m.`
            "m" if self.half.is_some() => {}
            "t" | "st" | "nd" | "rd" | "th" if !self.numbers.is_empty() => {}
            _ => {
                // RFC 822 names zones by letters, with signs that programs wrote both ways.
                let letter = word.len() == 1 && word.is_ascii() && word != "j";
                if letter && !self.clock.is_empty() && self.zone.is_none() {
                    self.zone = Some(0);
                } else if let Some(&(month, _)) = words.months.get(word) {
                    if self.month.replace((month, self.numbers.len())).is_some() {
                        return None;
                    }
                } else if let Some(&zone) = words.zones.get(word) {
                    self.clock_with_point();
                    if self.clock.is_empty() {
                        return None;
                    }
                    self.zone = self.zone.or(Some(zone));
                } else if !words.ignored.contains(word) {
                    return None;
                }
            }
        }
        self.mark = None;
        Some(())
    }

    /// Before `am` or `pm`: whether there is an hour, which may be a bare number ("7 pm").
    fn hour_to_half(&mut self) -> bool {
        if self.clock.is_empty() && self.numbers.len() + usize::from(self.month.is_some()) > 3 {
            self.clock_with_point();
            if self.clock.is_empty() {
                let hour = self.numbers.pop().and_then(|n| u8::try_from(n.value).ok());
                self.clock
                    .extend(hour.map(|hour| [hour, 0]).into_iter().flatten());
            }
        }
        !self.clock.is_empty()
    }

    /// Takes the last two numbers for a clock time ("10.30") where the date has its three already.
    fn clock_with_point(&mut self) {
        if let [.., hour, minute] = self.numbers.as_slice()
            && self.clock.is_empty()
            && self.numbers.len() + usize::from(self.month.is_some()) == 5
            && minute.before == Some('.')
            && let (Ok(hour), Ok(minute)) = (u8::try_from(hour.value), u8::try_from(minute.value))
        {
            self.clock.extend([hour, minute]);
            self.numbers.truncate(self.numbers.len() - 2);
        }
    }

    fn finish(mut self) -> Option<Moment> {
        self.clock_with_point();
        let day = self.day()?;
        // An offset that is none does not spoil the day.
        let zone = match self.sign {
            Some(sign) => match self.offset(sign) {
                Some(offset) => Some(offset),
                None => return Some(Moment::day(day)),
            },
            None => self.zone,
        };
        let mut clock = self.clock.iter().copied();
        let Some(hour) = clock.next() else {
            return Some(Moment::day(day));
        };
        let (minute, second) = (clock.next()?, clock.next().unwrap_or(0));
        let hour = match self.half {
            None => hour,
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(after_noon) => hour % 12 + if after_noon { 12 } else { 0 },
        };
        if (hour, minute, second, zone, self.half) == (0, 0, 0, None, None) {
            return Some(Moment::day(day));
        }
        let moment = Moment::at(day, hour, minute, second, zone.unwrap_or(0));
        Some(moment.unwrap_or(Moment::day(day)))
    }

    fn offset(&self, sign: i16) -> Option<i16> {
        let number: i16 = self.offset.parse().ok()?;
        match self.offset.len() {
            1 | 2 => Some(sign * number * 60),
            4 => Some(sign * (number / 100 * 60 + number % 100)),
            _ => None,
        }
    }

    fn day(&self) -> Option<Date> {
        let year = |n: &Number| match (n.wide, n.value) {
            (true, value) => value,
            (false, value @ 70..) => 1900 + value,
            (false, value) => 2000 + value,
        };
        match (self.month, self.numbers.as_slice()) {
            (Some((month, 0 | 1)), [day, number]) if !day.wide => {
                date(year(number), month, day.value)
            }
            (Some((month, 1)), [number, day]) if number.wide => {
                date(number.value, month, day.value)
            }
            (None, [a, b, c]) if a.wide => date(a.value, b.value, c.value),
            (None, [a, b, c]) if b.before.is_some() && b.before == c.before && !b.wide => {
                let day_first = a.value > 12 || b.before == Some('.');
                let (month, day) = if day_first { (b, a) } else { (a, b) };
                date(year(c), month.value, day.value)
            }
            _ => None,
        }
    }
}

#[derive(Deserialize, Default)]
struct Table {
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
    fillers: Vec<String>,
    zones: BTreeMap<String, i16>,
    #[cfg(test)]
    examples: BTreeMap<String, String>,
    #[cfg(test)]
    counter_examples: BTreeMap<String, Vec<String>>,
}

/// Another language's words.
#[derive(Deserialize, Default)]
struct Language {
    months: Vec<Vec<String>>,
    fillers: Vec<String>,
}

struct Words {
    /// In all languages, and whether it is an English one.
    months: HashMap<String, (i16, bool)>,
    weekdays: Vec<String>,
    zones: BTreeMap<String, i16>,
    ignored: HashSet<String>,
}

fn table() -> Table {
    toml::from_str(include_str!("../data/en/dates.toml")).unwrap_or_default()
}

fn languages() -> BTreeMap<String, Language> {
    let all: BTreeMap<String, toml::Table> =
        toml::from_str(include_str!("../data/dates.toml")).unwrap_or_default();
    all.into_iter()
        .filter_map(|(code, table)| Some((code, table.try_into().ok()?)))
        .collect()
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let table = table();
    let mut months = HashMap::new();
    let weekdays = table.weekdays.clone();
    let mut ignored: HashSet<String> = table.weekdays.into_iter().chain(table.fillers).collect();
    for (names, n) in table.months.into_iter().zip(1..) {
        months.extend(names.into_iter().map(|name| (name, (n, true))));
    }
    for language in languages().into_values() {
        ignored.extend(language.fillers);
        for (name, n) in language
            .months
            .into_iter()
            .zip(1..)
            .flat_map(|(names, n)| names.into_iter().map(move |name| (name, n)))
        {
            months.entry(name).or_insert((n, false));
        }
    }
    Words {
        months,
        weekdays,
        zones: table.zones,
        ignored,
    }
});

/// Whether a word is the English name of a month ("Sept").
pub(crate) fn is_month(word: &str) -> bool {
    let known = WORDS.months.get(&word.to_ascii_lowercase());
    known.is_some_and(|&(_, english)| english)
}

/// Whether a word is an English weekday.
pub(crate) fn is_weekday(word: &str) -> bool {
    WORDS.weekdays.contains(&word.to_lowercase())
}

/// Whether a word may stand in a date and adds nothing to it.
pub(crate) fn is_filler(word: &str) -> bool {
    WORDS.ignored.contains(word)
}

/// Whether a word is the name of a month in any language.
pub(crate) fn is_any_month(word: &str) -> bool {
    WORDS.months.contains_key(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_keeps_its_examples() {
        let table = table();
        assert_eq!(table.months.len(), 12, "dates.toml is not read");
        for (text, expected) in &table.examples {
            let found = moment(text).map(|m| m.to_string());
            assert_eq!(found.as_ref(), Some(expected), "{text:?}");
        }
        for text in &table.counter_examples["texts"] {
            assert_eq!(moment(text), None, "{text:?} is no day");
        }
    }

    #[test]
    fn the_words_of_other_languages_keep_their_examples() {
        #[derive(Deserialize)]
        struct File {
            examples: BTreeMap<String, String>,
            counter_examples: BTreeMap<String, Vec<String>>,
        }
        let file: File = toml::from_str(include_str!("../data/dates.toml")).unwrap();
        let languages = languages();
        assert!(languages.len() >= 12, "dates.toml is not read");
        for (code, language) in &languages {
            assert_eq!(language.months.len(), 12, "{code}");
            for (names, n) in language.months.iter().zip(1..) {
                for name in names {
                    assert_eq!(WORDS.months[name].0, n, "{name:?} of {code} is two months");
                }
            }
        }
        for (text, expected) in &file.examples {
            let found = moment(text).map(|m| m.to_string());
            assert_eq!(found.as_ref(), Some(expected), "{text:?}");
        }
        for text in &file.counter_examples["texts"] {
            assert_eq!(moment(text), None, "{text:?} is no day");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,90}", near in "[0-9/:. ,+TZapm-]{0,30}") {
            let _ = moment(&text);
            let _ = moment(&near);
        }
    }
}
