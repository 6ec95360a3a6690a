//! Numbers and the ranges that their words claim: "about 100", "at least five", "tens of thousands".
//!
//! One regular expression, built from the word lists of `data/en/numbers.toml`, finds a number with the
//! words that bound it, its money sign and its unit; this module reads the range. Dates, scores,
//! addresses and numbered names are left out, as far as the words right beside them tell.

mod beside;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Captures;
use serde::Deserialize;

use crate::Document;
use crate::numerals::{numeral, scale};
use crate::regexes::LazyRegex;

/// One number: a byte range with the words that bound it, and the range that they claim.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberExpression {
    /// Bytes of the text, with words such as "about" and the unit.
    pub range: Range<usize>,
    /// The least value claimed.
    pub min: Option<f64>,
    /// The greatest value claimed.
    pub max: Option<f64>,
    /// Whether the words say "about" or the like.
    pub approximate: bool,
    /// `%`, `USD`, `km`; `None` where things are counted.
    pub unit: Option<String>,
}

/// All numbers of a text, in text order.
pub fn numbers(doc: &Document<'_>) -> Vec<NumberExpression> {
    let mut found = Vec::new();
    for sentence in &doc.sentences {
        let slice = &doc.text[sentence.range.clone()];
        for captures in FINDER.get().captures_iter(slice) {
            for mut number in read(slice, &captures) {
                number.range.start += sentence.range.start;
                number.range.end += sentence.range.start;
                if !beside::is_torn(doc.text, &number.range) {
                    found.push(number);
                }
            }
        }
    }
    found
}

#[derive(Deserialize)]
struct Words {
    about: Vec<String>,
    at_least: Vec<String>,
    at_most: Vec<String>,
    exactly: Vec<String>,
    or_more: Vec<String>,
    or_less: Vec<String>,
    or_so: Vec<String>,
    money: Vec<Money>,
    unit: Vec<Unit>,
    names_before: Vec<String>,
    streets: Vec<String>,
    hyphened: Vec<String>,
    votes: Vec<String>,
    lengths: Vec<String>,
    #[cfg(test)]
    example: Vec<tests::Example>,
}

#[derive(Deserialize)]
struct Money {
    code: String,
    signs: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Unit {
    name: String,
    words: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::words::data("numbers.toml", include_str!("../data/en/numbers.toml")));

static FINDER: LazyLock<LazyRegex> = LazyLock::new(finder);

const WORD: &str = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen\
    |fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy\
    |eighty|ninety|hundred|thousand|million|billion|trillion|dozen";
const BLANK: &str = r"[\t\x20\u{a0}\u{202f}]";
const SCALE: &str = "hundred|thousand|million|billion|trillion|dozen";

fn finder() -> LazyRegex {
    let words = &*WORDS;
    let signs = alternatives(words.money.iter().flat_map(|money| &money.signs));
    let units = words.unit.iter().flat_map(|unit| &unit.words);
    let unit = alternatives(units.chain(words.money.iter().flat_map(|money| &money.words)));
    let before = alternatives(
        [
            &words.about,
            &words.at_least,
            &words.at_most,
            &words.exactly,
        ]
        .into_iter()
        .flatten(),
    );
    let after = alternatives(
        [&words.or_more, &words.or_less, &words.or_so]
            .into_iter()
            .flatten(),
    );
    let digits = format!(
        r"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?: \d{{3}})+\b|\d{{1,3}}(?:\.\d{{3}}){{2,}}\b|\d{{1,3}}\.000\b|\d+(?:\.\d+)?)(?:(?: |-)?(?:{SCALE}|bn|mn|mln|tn)\b|[mkb]\b)?"
    );
    let spelled = format!(
        r"(?:an? (?:{SCALE})|(?:{WORD}))\b(?:(?: and |-| )(?:{WORD})\b)*(?: and a half(?: (?:{SCALE})\b)?)?"
    );
    let lengths = alternatives(words.lengths.iter());
    let vague = format!(
        r"an? (?:{lengths}) or two\b|both\b|twice\b|a single\b|(?:tens|dozens|scores|hundreds|thousands|millions|billions)\b(?: of (?:thousands|millions|billions)\b)?|(?:several|a few|a couple(?: of)?)\b(?: (?:{SCALE})\b)?|half an? (?:{SCALE})\b|half\b|(?:one|two|three|four|five|a)[ -](?:thirds?|quarters?|fifths?|tenths?)\b"
    );
    let number = format!(r"(?:{vague}|{digits}|{spelled})");
    let sign = format!("(?-i:{signs}) ?");
    let source = format!(
        r"(?i)(?:\b(?P<before>{before}) (?:(?P<before2>{before}) )?)?(?:\bbetween (?P<sign2>{sign})?(?P<c>{number}) and (?:{sign})?(?P<d>{number})|(?P<sign>{sign})?(?P<a>{number})(?:(?P<joint> to | ?[-–—] ?)(?:{sign})?(?P<b>{number}))?)(?:(?: of | |-)?(?P<unit>{unit})\b|(?P<percent> ?%))?(?: (?P<after>{after})\b)?"
    );
    LazyRegex::new(&source.replace(' ', BLANK))
}

/// The words as alternatives, longest first.
fn alternatives<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let mut all: Vec<String> = words.map(|word| regex::escape(word)).collect();
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all.join("|")
}

/// What a number claims before the words around it are heeded.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Claim {
    min: Option<f64>,
    max: Option<f64>,
    /// A share of a whole, told as a fraction.
    share: bool,
}

fn exact(value: f64) -> Claim {
    Claim {
        min: Some(value),
        max: Some(value),
        share: false,
    }
}

fn from(value: f64) -> Claim {
    Claim {
        min: Some(value),
        max: None,
        share: false,
    }
}

fn read(slice: &str, captures: &Captures<'_>) -> Vec<NumberExpression> {
    let Some(whole) = captures.get(0) else {
        return Vec::new();
    };
    if !beside::may_stand(slice, &whole.range(), captures) {
        return Vec::new();
    }
    let unit = unit(captures);
    let piece = |range: Range<usize>, claim: Claim, approximate: bool| NumberExpression {
        range,
        min: claim.min,
        max: claim.max,
        approximate,
        unit: if claim.share {
            Some("%".to_owned())
        } else {
            unit.clone()
        },
    };
    if let (Some(first), Some(second)) = (captures.name("c"), captures.name("d")) {
        let claim = span(first.as_str(), second.as_str());
        return claim
            .map(|claim| piece(whole.range(), claim, false))
            .into_iter()
            .collect();
    }
    let Some(first) = captures.name("a") else {
        return Vec::new();
    };
    let Some(second) = captures.name("b") else {
        let (claim, approximate) = match claim(first.as_str()) {
            Some(claim) => bounded(claim, captures),
            None => return Vec::new(),
        };
        return vec![piece(whole.range(), claim, approximate)];
    };
    let change = slice[..whole.start()].trim_end().ends_with("from");
    let joint = captures
        .name("joint")
        .map_or("", |joint| joint.as_str().trim());
    if joint != "to" && is_phone(first.as_str(), second.as_str()) {
        return Vec::new();
    }
    match span(first.as_str(), second.as_str()) {
        Some(claim) if !change => {
            let (claim, approximate) = bounded(claim, captures);
            vec![piece(whole.range(), claim, approximate)]
        }
        // "a 10-3 ruling" tells how many were for it; other scores count nothing.
        None if is_vote(&slice[whole.end()..]) && joint != "to" => claim(first.as_str())
            .map(|claim| piece(whole.range(), claim, false))
            .into_iter()
            .collect(),
        // "from 110,000 to 50,000" are two numbers; "10-3" is a score.
        _ if joint == "to" => {
            let start = captures
                .name("sign")
                .map_or(first.start(), |sign| sign.start());
            [
                (start..first.end(), first),
                (second.start()..whole.end(), second),
            ]
            .into_iter()
            .filter_map(|(range, words)| Some(piece(range, claim(words.as_str())?, false)))
            .collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a word for a vote follows.
fn is_vote(right: &str) -> bool {
    let next = right
        .split_whitespace()
        .next()
        .unwrap_or("")
        .trim_end_matches(|c: char| !c.is_alphanumeric());
    right.starts_with(char::is_whitespace) && WORDS.votes.iter().any(|vote| vote == next)
}

/// `555-1212`
fn is_phone(first: &str, second: &str) -> bool {
    let digits =
        |words: &str, count| words.len() == count && words.bytes().all(|b| b.is_ascii_digit());
    digits(first, 3) && digits(second, 4)
}

/// The least and greatest value of "N to M".
fn span(first: &str, second: &str) -> Option<Claim> {
    // "between 2008 and 2016" tells when.
    let year = |words: &str| {
        let digits = words.len() == 4 && words.bytes().all(|b| b.is_ascii_digit());
        digits && (words.starts_with("19") || words.starts_with("20"))
    };
    if year(first) && year(second) {
        return None;
    }
    let (low, high) = (claim(first)?.min?, claim(second)?);
    let high = high.max.or(high.min)?;
    // In "5 to 7 million" the scale belongs to both.
    let scale = [1e12, 1e9, 1e6, 1e3]
        .into_iter()
        .find(|scale| high >= *scale)
        .unwrap_or(1.0);
    let spoken = second.chars().any(char::is_alphabetic);
    let low = if spoken && low < 1000.0 && low * scale <= high {
        low * scale
    } else {
        low
    };
    (low < high).then_some(Claim {
        min: Some(low),
        max: Some(high),
        share: false,
    })
}

/// The claim with the words before and behind it.
fn bounded(claim: Claim, captures: &Captures<'_>) -> (Claim, bool) {
    let words = &*WORDS;
    let mut claim = claim;
    let mut approximate = false;
    for group in ["before", "before2", "after"] {
        let Some(word) = captures.name(group) else {
            continue;
        };
        let word = word
            .as_str()
            .to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if words.about.contains(&word) || words.or_so.contains(&word) {
            approximate = true;
        } else if words.at_least.contains(&word) || words.or_more.contains(&word) {
            claim.max = None;
        } else if words.at_most.contains(&word) || words.or_less.contains(&word) {
            claim = Claim {
                min: None,
                max: claim.max.or(claim.min),
                ..claim
            };
        }
    }
    (claim, approximate)
}

fn unit(captures: &Captures<'_>) -> Option<String> {
    let words = &*WORDS;
    if captures.name("percent").is_some() {
        return Some("%".to_owned());
    }
    if let Some(sign) = captures.name("sign").or_else(|| captures.name("sign2")) {
        let sign = sign.as_str().trim();
        let money = words
            .money
            .iter()
            .find(|money| money.signs.iter().any(|s| s == sign))?;
        return Some(money.code.clone());
    }
    let number = captures.name("a").map_or("", |a| a.as_str()).to_lowercase();
    let unit = match captures.name("unit") {
        Some(unit) => unit.as_str().to_lowercase(),
        None if number == "twice" => "times".to_owned(),
        None => number
            .strip_suffix("or two")?
            .split_whitespace()
            .nth(1)?
            .to_owned(),
    };
    let money = words.money.iter().find(|money| money.words.contains(&unit));
    money
        .map(|money| &money.code)
        .or_else(|| {
            let unit = words.unit.iter().find(|one| one.words.contains(&unit))?;
            Some(&unit.name)
        })
        .cloned()
}

/// What one number claims by itself.
fn claim(words: &str) -> Option<Claim> {
    let lower = words.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|part| !part.is_empty())
        .collect();
    let share = |value: f64| Claim {
        share: true,
        ..exact((value * 10_000.0).round() / 100.0)
    };
    match parts.as_slice() {
        ["half"] => return Some(share(0.5)),
        ["half", "a" | "an", scale_word] => return Some(exact(0.5 * factor(scale_word)?)),
        ["a" | "one", part] if fraction(part).is_some() => return Some(share(fraction(part)?)),
        [count, part] if fraction(part).is_some() => {
            return Some(share(numeral(count)? * fraction(part)?));
        }
        ["a", "single"] => return Some(exact(1.0)),
        ["a" | "an", _, "or", "two"] => {
            return Some(Claim {
                max: Some(2.0),
                ..from(1.0)
            });
        }
        ["several"] | ["a", "few"] => return Some(from(3.0)),
        ["both" | "twice"] | ["a", "couple"] | ["a", "couple", "of"] => return Some(exact(2.0)),
        ["several", scale_word] | ["a", "few", scale_word] => {
            return Some(from(3.0 * factor(scale_word)?));
        }
        ["a", "couple", .., scale_word] => return Some(exact(2.0 * factor(scale_word)?)),
        ["tens", "of", scale_word] => return Some(from(20.0 * factor(scale_word)?)),
        ["hundreds", "of", scale_word] => return Some(from(200.0 * factor(scale_word)?)),
        ["thousands", "of", scale_word] => return Some(from(2000.0 * factor(scale_word)?)),
        ["dozens"] => return Some(from(24.0)),
        ["scores"] => return Some(from(40.0)),
        ["hundreds"] => return Some(from(200.0)),
        ["thousands" | "millions" | "billions"] => return Some(from(2.0 * factor(parts[0])?)),
        ["tens"] => return None,
        _ => {}
    }
    let letters = lower
        .find(|c: char| c.is_alphabetic())
        .unwrap_or(lower.len());
    let (digits, word) = lower.split_at(letters);
    if digits.is_empty() || numeral(&lower).is_some() {
        return numeral(&lower).map(exact);
    }
    // `1.2bn`, `60m`
    Some(exact(numeral(digits.trim())? * scale(word.trim())?))
}

fn factor(word: &str) -> Option<f64> {
    match word {
        "dozen" => Some(12.0),
        "hundred" => Some(100.0),
        word => scale(word),
    }
}

fn fraction(word: &str) -> Option<f64> {
    Some(match word.trim_end_matches('s') {
        "third" => 1.0 / 3.0,
        "quarter" => 0.25,
        "fifth" => 0.2,
        "tenth" => 0.1,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    pub(super) struct Example {
        text: String,
        finds: Vec<[String; 4]>,
    }

    #[test]
    fn examples_of_the_data_file() {
        let mut failures = Vec::new();
        for example in &WORDS.example {
            let bound = |bound: Option<f64>| bound.map_or(String::new(), |n| n.to_string());
            let found: Vec<[String; 4]> = numbers(&Document::new(&example.text, None))
                .into_iter()
                .map(|number| {
                    let words = example.text[number.range.clone()].to_owned();
                    let unit = number.unit.unwrap_or_default();
                    [words, bound(number.min), bound(number.max), unit]
                })
                .collect();
            if found != example.finds {
                failures.push(format!(
                    "{:?}\n   found  {found:?}\n   wanted {:?}\n",
                    example.text, example.finds
                ));
            }
        }
        assert!(failures.is_empty(), "\n{}", failures.join(""));
    }

    #[test]
    fn about_is_approximate() {
        let found = numbers(&Document::new("about 100,000 troops", None));
        assert!(found[0].approximate);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken(text in "((about|half|a|two|thirds|of|\\$|5|000|million|and|%|to|-|é) ?){0,12}") {
            for number in numbers(&Document::new(&text, None)) {
                proptest::prop_assert!(text.is_char_boundary(number.range.start));
                proptest::prop_assert!(number.min.is_some() || number.max.is_some());
            }
        }
    }
}
