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
    voted: Vec<String>,
    voted_by: Vec<String>,
    counted: Vec<String>,
    set_phrases: Vec<String>,
    titled: Vec<String>,
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
    |eighty|ninety|hundred|thousand|lakh|crore|million|billion|trillion|dozen";
const BLANK: &str = r"[\t\x20\u{a0}\u{202f}]";
const SCALE: &str = "hundred|thousand|lakhs?|crores?|million|billion|trillion|dozen";

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
        r"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}\b|\d{{1,3}}(?: \d{{3}})+\b|\d{{1,3}}(?:\.\d{{3}}){{2,}}\b|\d{{1,3}}\.000\b|\d+(?:\.\d+)?)(?:(?: |-)?(?:{SCALE}|bn|mn|mln|tn)\b(?: crores?\b)?|[mkb]\b)?"
    );
    let spelled = format!(
        r"(?:an? (?:{SCALE})|(?:{WORD}))\b(?:(?: and |-| )(?:{WORD})\b)*(?: and a half(?: (?:{SCALE})\b)?)?"
    );
    let lengths = alternatives(words.lengths.iter());
    let vague = format!(
        r"an? (?:{lengths}) or two\b|both\b|twice\b|a single\b|(?:tens|dozens|scores|hundreds|thousands|lakhs|crores|millions|billions)\b(?: of (?:thousands|lakhs|crores|millions|billions)\b)?|(?:several|a few|a couple(?: of)?)\b(?: (?:{SCALE})\b)?|half an? (?:{SCALE})\b|half\b|(?:one|two|three|four|five|a)[ -](?:thirds?|quarters?|fifths?|tenths?)\b(?: of an? (?:{SCALE}|percent|per cent)\b)?"
    );
    let number = format!(r"(?:{vague}|{digits}|{spelled})");
    let sign = format!("(?-i:{signs}) ?");
    let source = format!(
        r"(?i)(?:\b(?P<before>{before}) (?:(?P<before2>{before}) )?)?(?:\bbetween (?P<sign2>{sign})?(?P<c>{number}) and (?:{sign})?(?P<d>{number})|(?P<sign>{sign})?(?P<a>{number})(?:(?P<joint> to | ?[-–—] ?)(?P<sign3>{sign})?(?P<b>{number}))?)(?:(?: of | |-)?(?P<unit>{unit})\b|(?P<percent> ?%))?(?P<plus>-plus\b|\+)?(?: (?P<after>{after})\b)?"
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
    let piece = |range: Range<usize>, claim: Claim, approximate: bool, unit: Option<String>| {
        NumberExpression {
            range,
            min: claim.min,
            max: claim.max,
            approximate,
            unit: if claim.share {
                Some("%".to_owned())
            } else {
                unit
            },
        }
    };
    if let (Some(first), Some(second)) = (captures.name("c"), captures.name("d")) {
        let claim = span(first.as_str(), second.as_str(), true);
        return claim
            .map(|claim| piece(whole.range(), claim, false, unit))
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
        return vec![piece(whole.range(), claim, approximate, unit)];
    };
    let change = slice[..whole.start()].trim_end().ends_with("from");
    let joint = captures
        .name("joint")
        .map_or("", |joint| joint.as_str().trim());
    if joint != "to" && is_phone(first.as_str(), second.as_str()) {
        return Vec::new();
    }
    let signs = (captures.name("sign"), captures.name("sign3"));
    // "gave $300 to 40 families": what is given, and to how many.
    let given = joint == "to"
        && signs.0.is_some()
        && signs.1.is_none()
        && captures.name("unit").or(captures.name("percent")).is_none()
        && beside::counts(&slice[whole.end()..]);
    let joined = joint != "to" || signs.1.is_none();
    match span(first.as_str(), second.as_str(), joined) {
        Some(claim) if !change && !given => {
            let (claim, approximate) = bounded(claim, captures);
            vec![piece(whole.range(), claim, approximate, unit)]
        }
        // "a 10-3 ruling" tells how many were for it and how many against; other scores count nothing.
        None if joint != "to"
            && (is_vote(&slice[whole.end()..]) || voted(&slice[..whole.start()])) =>
        {
            [first, second]
                .into_iter()
                .filter_map(|side| {
                    Some(piece(
                        whole.range(),
                        claim(side.as_str())?,
                        false,
                        unit.clone(),
                    ))
                })
                .collect()
        }
        // "from 110,000 to 50,000" are two numbers; "10-3" is a score.
        range if joint == "to" => {
            let low = range.filter(|_| change).and_then(|range| range.min);
            let start = signs.0.map_or(first.start(), |sign| sign.start());
            let own = signs.1.map_or(second.start(), |sign| sign.start());
            let second_unit = if signs.0.is_some() && signs.1.is_none() && !change {
                words_unit(captures)
            } else {
                unit.clone()
            };
            let first_claim = match low {
                Some(low) => Some(exact(low)),
                None => claim(first.as_str()),
            };
            [
                (start..first.end(), first_claim, unit),
                (own..whole.end(), claim(second.as_str()), second_unit),
            ]
            .into_iter()
            .filter_map(|(range, claim, unit)| Some(piece(range, claim?, false, unit)))
            .collect()
        }
        _ => Vec::new(),
    }
}

/// Whether the words before a score make it the count of a vote: "voted |49-43|", "the vote was 357-60".
fn voted(left: &str) -> bool {
    let mut words = left.split_whitespace().rev().map(|word| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    });
    let near: Vec<String> = words.by_ref().take(2).collect();
    let votes = |word: &String| WORDS.voted.contains(word);
    near.first().is_some_and(votes)
        || (near
            .first()
            .is_some_and(|word| WORDS.voted_by.contains(word))
            && near.get(1).is_some_and(votes))
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
fn span(first: &str, second: &str, joined: bool) -> Option<Claim> {
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
    // In "5 to 7 million" the scale belongs to both, and in "5-8,000" the thousands.
    let scale = if joined && is_thousands(second) && high <= low * 1e3 * CLOSE {
        1e3
    } else {
        scale_of(second)
    };
    let low = if scale_of(first) <= 1.0 && low < 1000.0 && low * scale <= high {
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

/// The greater of two numbers that share their thousands is at most so many times the lesser.
const CLOSE: f64 = 10.0;

/// Whether digits end in thousands with nothing behind: "8,000".
fn is_thousands(words: &str) -> bool {
    words
        .strip_suffix(",000")
        .is_some_and(|head| head.len() <= 3 && head.bytes().all(|b| b.is_ascii_digit()))
}

/// What the words that a number ends with multiply by: 100,000 in "two hundred thousand".
fn scale_of(words: &str) -> f64 {
    let lower = words.to_lowercase();
    let letters = |word: &str| {
        word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
            .to_owned()
    };
    lower
        .split(|c: char| c.is_whitespace() || c == '-')
        .rev()
        .map_while(|word| factor(&letters(word)))
        .product()
}

/// The claim with the words before and behind it.
fn bounded(claim: Claim, captures: &Captures<'_>) -> (Claim, bool) {
    let words = &*WORDS;
    let mut claim = claim;
    let mut approximate = false;
    if captures.name("plus").is_some() {
        claim.max = None;
    }
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
    if captures.name("percent").is_none()
        && let Some(sign) = captures
            .name("sign")
            .or_else(|| captures.name("sign2"))
            .or_else(|| captures.name("sign3"))
    {
        let sign = sign.as_str().trim();
        let money = words
            .money
            .iter()
            .find(|money| money.signs.iter().any(|s| s == sign))?;
        return Some(money.code.clone());
    }
    words_unit(captures)
}

/// The unit that the words behind a number give.
fn words_unit(captures: &Captures<'_>) -> Option<String> {
    let words = &*WORDS;
    if captures.name("percent").is_some() {
        return Some("%".to_owned());
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
        // "three-tenths of a percent"
        [count, part, "of", "a", "percent" | "per", ..] if fraction(part).is_some() => {
            return Some(Claim {
                share: true,
                ..exact((numeral(count)? * fraction(part)? * 1e6).round() / 1e6)
            });
        }
        [count, part, "of", "a" | "an", scale_word] if fraction(part).is_some() => {
            let count = if *count == "a" { 1.0 } else { numeral(count)? };
            return Some(exact(count * fraction(part)? * factor(scale_word)?));
        }
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
        ["thousands" | "lakhs" | "crores" | "millions" | "billions"] => {
            return Some(from(2.0 * factor(parts[0])?));
        }
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
