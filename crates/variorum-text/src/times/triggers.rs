//! Which patterns can occur in a sentence at all, told by the words and digits in it.
//!
//! Looking for every pattern everywhere would take longer than anything else about times. No pattern
//! matches without certain words: those of the lists that it always contains ("{month}"), one of the
//! words that the data file names for it (`needs`), a digit. One pass over a sentence finds all
//! such words; only patterns whose words are all there are looked for.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::words::{TimeWords, WORDS};

/// Stands for any digit among the words that a pattern needs.
const DIGIT: &str = "#";
/// The kinds of words that placeholders stand for: a bit each.
const KINDS: [&str; 8] = [
    "day", "year", "month", "weekday", "unit", "part", "season", "holiday",
];

/// Finds the words that patterns need.
pub(super) struct Triggers {
    words: AhoCorasick,
    /// The bits of each word.
    bits: Vec<u128>,
    digit: u128,
    /// The bits that each pattern needs.
    needed: Vec<u128>,
}

impl Triggers {
    /// From each pattern's source, with its placeholders, and the words of which it needs one.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = (&'a str, &'a [String])>) -> Self {
        let mut words: Vec<(String, u128)> = Vec::new();
        let mut digit = bit("day") | bit("year");
        for kind in KINDS {
            words.extend(list(&WORDS, kind).map(|word| (word.to_owned(), bit(kind))));
        }
        let mut needed = Vec::new();
        let mut own = 1 << KINDS.len();
        for (find, needs) in patterns {
            let mut bits = always_there(find);
            if !needs.is_empty() {
                bits |= own;
                for word in needs {
                    if word == DIGIT {
                        digit |= own;
                    } else {
                        words.push((word.clone(), own));
                    }
                }
                own <<= 1;
            }
            needed.push(bits);
        }
        #[allow(clippy::panic, reason = "the words of the data files are tested")]
        let finder = match AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words.iter().map(|(word, _)| word))
        {
            Ok(finder) => finder,
            Err(error) => panic!("times.toml: {error}"),
        };
        Triggers {
            words: finder,
            bits: words.into_iter().map(|(_, bits)| bits).collect(),
            digit,
            needed,
        }
    }

    /// The patterns that can occur in a sentence.
    pub(super) fn patterns(&self, sentence: &str) -> impl Iterator<Item = usize> + '_ {
        let mut there = 0;
        if sentence.bytes().any(|byte| byte.is_ascii_digit()) {
            there |= self.digit;
        }
        for found in self.words.find_overlapping_iter(sentence) {
            if begins_word(sentence.as_bytes(), found.range()) {
                there |= self.bits[found.pattern().as_usize()];
            }
        }
        let needed = self.needed.iter().enumerate();
        needed
            .filter(move |&(_, &bits)| bits & !there == 0)
            .map(|(index, _)| index)
    }

    /// Whether a pattern can do without any word.
    #[cfg(test)]
    pub(super) fn is_idle(&self, pattern: usize) -> bool {
        self.needed[pattern] == 0
    }
}

/// Whether these bytes can begin a word: not inside another, but for "midsummer" and "5pm".
fn begins_word(text: &[u8], word: Range<usize>) -> bool {
    let before = &text[..word.start];
    !text[word.start].is_ascii_alphabetic()
        || !before.last().is_some_and(u8::is_ascii_alphabetic)
        || before
            .last_chunk::<3>()
            .is_some_and(|last| last.eq_ignore_ascii_case(b"mid"))
}

fn bit(kind: &str) -> u128 {
    KINDS
        .iter()
        .position(|k| *k == kind)
        .map_or(0, |index| 1 << index)
}

/// The words that a placeholder stands for; days and years are digits.
fn list<'a>(words: &'a TimeWords, kind: &str) -> Box<dyn Iterator<Item = &'a str> + 'a> {
    let forms = |coded: &'a [super::words::Coded]| {
        Box::new(
            coded
                .iter()
                .flat_map(|c| c.forms.iter())
                .map(String::as_str),
        )
    };
    match kind {
        "month" => Box::new(words.months.iter().flatten().map(String::as_str)),
        "weekday" => Box::new(words.weekdays.iter().flatten().map(String::as_str)),
        "unit" => Box::new(forms(&words.unit).chain(["night"])),
        "part" => forms(&words.part),
        "season" => Box::new(
            words
                .season
                .iter()
                .flat_map(|s| s.forms.iter())
                .map(String::as_str),
        ),
        // Apostrophes come in two shapes.
        "holiday" => Box::new(
            words
                .holiday
                .iter()
                .flat_map(|h| h.forms.iter())
                .map(|form| form.split(['\'', '.']).next().unwrap_or(form)),
        ),
        _ => Box::new(std::iter::empty()),
    }
}

/// The bits of the placeholders that every match of a pattern goes through: those outside of all groups
/// that may not be left out, where the pattern offers no choice.
fn always_there(find: &str) -> u128 {
    let bytes = find.as_bytes();
    let (mut depth, mut class, mut bits) = (0_usize, false, 0);
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => class = true,
            b']' => class = false,
            b'(' if !class => depth += 1,
            b')' if !class => depth = depth.saturating_sub(1),
            b'|' if !class && depth == 0 => return 0,
            b'{' if !class && depth == 0 => {
                let end = find[at..]
                    .find('}')
                    .map_or(find.len(), |length| at + length);
                if bytes.get(end + 1) != Some(&b'?') {
                    bits |= kind_of(&find[at + 1..end]);
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    bits
}

fn kind_of(placeholder: &str) -> u128 {
    match placeholder {
        "plain_month" => bit("month"),
        "calunit" => bit("unit"),
        kind => bit(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_that_are_always_there() {
        let check = |find: &str, kinds: &[&str]| {
            let expected = kinds.iter().map(|kind| bit(kind)).fold(0, |a, b| a | b);
            assert_eq!(always_there(find), expected, "{find}");
        };
        check("(?:{weekday} )?{mod}?{month} {day}", &["month", "day"]);
        check(r"{season}\|[|(]{year}?", &["season"]);
        check("{weekday}|{month}", &[]);
    }

    #[test]
    fn only_patterns_whose_words_are_there() {
        let needs = ["now".to_owned(), DIGIT.to_owned()];
        let patterns: [(&str, &[String]); 3] = [
            ("{month} {day}", &[]),
            ("{mod}?{season}", &[]),
            ("now|[0-9]", &needs),
        ];
        let triggers = Triggers::new(patterns.into_iter());
        let check = |text: &str, expected: &[usize]| {
            assert_eq!(
                triggers.patterns(text).collect::<Vec<_>>(),
                expected,
                "{text}"
            );
        };
        check("on MAY 5", &[0, 2]);
        check("Nobody knows mayors", &[]);
        check("in midsummer, now", &[1, 2]);
    }
}
