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
        || (number == "scores" && !of);
    !(named || pronoun || part || side_by_side || is_address(right, &words.streets))
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
