//! Whether a number may be a quantity, by what stands right beside it: names ("Article 5", "Flight 370"),
//! addresses, phone numbers, cells of a table, versions and the pronoun "one" are none.

use std::ops::Range;

use regex::Captures;

use super::WORDS;

/// Whether what stands right beside a number lets it be a quantity.
pub(super) fn may_stand(slice: &str, range: &Range<usize>, captures: &Captures<'_>) -> bool {
    let words = &*WORDS;
    let (left, right) = (&slice[..range.start], &slice[range.end..]);
    let number = captures.name("a").map_or("", |a| a.as_str()).to_lowercase();
    let bare = captures.name("before").is_none();
    let mut after = right.chars();
    let next = (after.next(), after.next());
    let glued_left = left
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '#' | '_' | '‑'))
        || (left.ends_with(['.', ',', ':', '’', '\''])
            && bare
            && number.starts_with(|c: char| c.is_ascii_digit()));
    let glued_right = match next {
        (Some(c), _) if c.is_alphanumeric() => true,
        (Some('.' | ',' | ':' | '/' | '-' | '–'), Some(c)) if c.is_ascii_digit() => true,
        (Some('’' | '\''), Some('s')) => number.starts_with(|c: char| c.is_ascii_digit()),
        (Some('-' | '‑'), Some(c)) if c.is_alphabetic() => {
            let word: String = right
                .chars()
                .skip(1)
                .take_while(|c| c.is_alphabetic())
                .collect::<String>()
                .to_lowercase();
            !words.hyphened.contains(&word)
        }
        _ => false,
    };
    if glued_left || glued_right {
        return false;
    }
    let before = left
        .trim_end()
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or("");
    let named = bare
        && words
            .names_before
            .iter()
            .any(|word| word == before.trim_start_matches(['(', '“', '"']));
    // "one" is a pronoun more often than a number.
    let joined = right.starts_with(['-', '‑']);
    let another = captures
        .name("before")
        .is_some_and(|b| b.as_str().eq_ignore_ascii_case("another"));
    let pronoun = (bare || another)
        && number == "one"
        && captures.name("sign").is_none()
        && captures.name("percent").is_none()
        && !joined
        && !is_one_noun(slice, captures, before, right);
    // Cells of a table and parts of a phone number stand side by side.
    let digit_end = |text: &str| text.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let digit_start = |text: &str| {
        let cell = text.split_whitespace().next().unwrap_or("");
        cell.starts_with(|c: char| c.is_ascii_digit()) && !cell.contains(char::is_alphabetic)
    };
    let plain = captures.name("unit").is_none() && number.ends_with(|c: char| c.is_ascii_digit());
    let side_by_side = number.starts_with(|c: char| c.is_ascii_digit())
        && ((bare && digit_end(left))
            || (plain && digit_start(right.trim_start_matches(')')))
            || left.ends_with(['+', ')']) && plain);
    let of = right.trim_start().starts_with("of ");
    let singular = number.ends_with("third")
        || number.ends_with("quarter")
        || number.ends_with("fifth")
        || number.ends_with("tenth");
    let part = (singular && !of)
        || (number == "half" && !(of || right.starts_with(" the ")))
        || (number == "half"
            && matches!(
                before,
                "first" | "second" | "other" | "latter" | "last" | "a"
            ))
        || (number == "scores" && !of && !right.starts_with(" dead"));
    if is_set_phrase(slice, range)
        || captures
            .name("a")
            .is_some_and(|a| is_name_part(slice, &a.range()))
        || is_title(slice, range)
    {
        return false;
    }
    !(named || pronoun || part || side_by_side || is_address(right, &words.streets))
}

/// Whether a number is part of a phrase that counts nothing: "the two-state solution".
fn is_set_phrase(slice: &str, range: &Range<usize>) -> bool {
    WORDS.set_phrases.iter().any(|phrase| {
        let from = floor(slice, range.start.saturating_sub(phrase.len()));
        let to = ceil(slice, range.end + phrase.len());
        let near = slice[from..to].to_lowercase().replace('-', " ");
        let phrase = phrase.replace('-', " ");
        let spot = range.start - from;
        near.match_indices(&phrase)
            .any(|(at, _)| at <= spot && spot < at + phrase.len())
    })
}

/// Whether a spelled number with a capital is part of a name: "the Group of Seven", "the Seven Years' War".
/// At the head of a sentence and in a headline every number has one.
fn is_name_part(slice: &str, range: &Range<usize>) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase());
    let words = &slice[range.clone()];
    if !capital(words) {
        return false;
    }
    let right = &slice[range.end..];
    // "Seven Years' War", "Six-Day War"
    let unit = words.split(['-', ' ']).nth(1).is_some_and(capital)
        || right.strip_prefix([' ', '-']).is_some_and(|rest| {
            ["Year", "Day", "Month", "Week"]
                .iter()
                .any(|unit| rest.starts_with(unit))
        });
    // The word behind the unit, and its owner's mark, belongs to the name.
    let next = right
        .split_whitespace()
        .nth(usize::from(right.starts_with([' ', '-'])));
    if unit && next.is_some_and(capital) {
        return true;
    }
    let left = slice[..range.start].trim_end();
    let inside = left.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '’'));
    inside && !is_headline(slice)
}

/// Whether most longer words of a sentence begin with a capital, and no full stop ends it.
fn is_headline(slice: &str) -> bool {
    let long = slice
        .split_whitespace()
        .filter(|word| word.len() > 3 && word.starts_with(char::is_alphabetic));
    let (capital, all) = long.fold((0, 0), |(capital, all), word| {
        (
            capital + usize::from(word.starts_with(char::is_uppercase)),
            all + 1,
        )
    });
    capital * 2 > all && !slice.trim_end().ends_with(['.', '!', '?', '”', '"'])
}

/// So many words a title or slogan in quotation marks has at most.
const TITLE: usize = 8;

/// Whether a number stands in a title or a slogan in quotation marks: capitals throughout ("Twelve Angry
/// Men"), a word for one before it ("the slogan"), or nothing but numbers with a word each ("two legs bad,
/// four legs good"). What somebody says ends in a mark or holds more.
fn is_title(slice: &str, range: &Range<usize>) -> bool {
    let opens = |c: char| matches!(c, '“' | '"' | '‘');
    let closes = |c: char| matches!(c, '”' | '"' | '’');
    let Some(open) = slice[..range.start].rfind(opens) else {
        return false;
    };
    let inner = open + slice[open..].chars().next().map_or(1, char::len_utf8);
    let Some(close) = slice[range.end..].find(closes).map(|at| at + range.end) else {
        return false;
    };
    let quoted = &slice[inner..close];
    let words: Vec<&str> = quoted.split_whitespace().collect();
    if slice[inner..range.start].contains(closes) || words.len() > TITLE || words.len() < 2 {
        return false;
    }
    let capital = |word: &&&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let long = words.iter().filter(|word| word.len() > 3);
    let spoken = quoted.ends_with([',', '.', '!', '?']);
    let named = slice[..open].split_whitespace().rev().take(2).any(|word| {
        WORDS
            .titled
            .iter()
            .any(|title| title == &word.to_lowercase())
    });
    named || (!spoken && long.clone().count() > 1 && long.clone().all(|word| capital(&word)))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Whether things or people are counted by a number that these words follow: "40 |families|", "3,000 |young
/// drivers|".
pub(super) fn counts(right: &str) -> bool {
    let plural = |word: &str| {
        let lower = word.to_lowercase();
        (lower.ends_with('s') && lower.len() > 3) || WORDS.counted.contains(&lower)
    };
    let mut rest = right;
    for _ in 0..3 {
        let Some(next) = rest.strip_prefix(' ') else {
            return false;
        };
        let end = next
            .find(|c: char| !(c.is_alphanumeric() || c == '-'))
            .unwrap_or(next.len());
        let word = &next[..end];
        if word.is_empty() || crate::words::is_function_word(&word.to_lowercase()) {
            return false;
        }
        if plural(word) {
            return true;
        }
        rest = &next[end..];
    }
    false
}

/// Whether a blank has torn a number apart, so that its parts tell nothing: "£1. 2m", "about 1, 150 km".
pub(super) fn is_torn(text: &str, range: &Range<usize>) -> bool {
    let words = &text[range.clone()];
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (left, right) = (&text[..range.start], &text[range.end..]);
    let ends_in_digit = words.ends_with(|c: char| c.is_ascii_digit());
    if ends_in_digit && let Some(rest) = right.strip_prefix(". ") {
        let count = digits(rest);
        let goes_on = rest[count..].starts_with(|c: char| c.is_lowercase() || c == '%')
            || rest[count..].starts_with(' ');
        if (1..=3).contains(&count) && goes_on {
            return true;
        }
    }
    let thousands = |rest: &str| digits(rest) == 3;
    if ends_in_digit
        && right.strip_prefix(", ").is_some_and(thousands)
        && words.len() <= 3 + words.bytes().filter(|b| !b.is_ascii_digit()).count()
    {
        return true;
    }
    let starts_in_digit = words.starts_with(|c: char| c.is_ascii_digit());
    if !starts_in_digit {
        return false;
    }
    let before = |mark: &str| {
        let head = left.strip_suffix(mark)?;
        let count = head.bytes().rev().take_while(u8::is_ascii_digit).count();
        (1..=3)
            .contains(&count)
            .then(|| &head[..head.len() - count])
    };
    if before(". ").is_some() {
        return true;
    }
    // "on May 5, 150 people" is whole.
    before(", ").is_some_and(|head| {
        let word = head
            .trim_end()
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or("");
        thousands(words) && !word.starts_with(char::is_uppercase)
    })
}

/// Whether "one" stands at a noun, as in "one person" and "a one-year sentence", and not alone.
fn is_one_noun(slice: &str, captures: &Captures<'_>, before: &str, right: &str) -> bool {
    let next = right.split_whitespace().next().unwrap_or("");
    let unit = captures.name("unit").map_or("", |unit| unit.as_str());
    let hyphened = captures
        .name("a")
        .is_some_and(|one| slice[one.end()..].starts_with('-'));
    let noun = right.starts_with(' ') && next.starts_with(char::is_lowercase);
    let lower = next.trim_end_matches(|c: char| !c.is_alphanumeric());
    let told = [
        "the", "this", "that", "no", "any", "every", "which", "each", "another", "not",
    ]
    .contains(&before.to_lowercase().as_str());
    if unit.is_empty() {
        noun && !told && !crate::words::is_function_word(lower)
    } else {
        hyphened
    }
}

/// Whether capitalised words and one for a street follow.
fn is_address(right: &str, streets: &[String]) -> bool {
    right
        .split_whitespace()
        .take(4)
        .take_while(|word| word.starts_with(char::is_uppercase))
        .any(|word| {
            streets
                .iter()
                .any(|street| street == word.trim_end_matches([',', '.']) || street == word)
        })
}
