//! JSON as Python's `json` writes it, which is not always JSON.
//!
//! It writes `NaN` and `Infinity` for numbers that are none, and half of a surrogate pair where a text
//! was cut in the middle of a character. A row is not lost for that: the first are `null`, the second
//! is U+FFFD, the sign for a character that cannot be read.

use std::borrow::Cow;

/// What stands for no number; a longer one before one that it ends with.
const NO_NUMBERS: [&str; 3] = ["-Infinity", "Infinity", "NaN"];

/// The text with what only Python reads made valid.
pub(crate) fn mended(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut done = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => at = string(text, at, &mut done, &mut kept),
            b'N' | b'I' | b'-' => {
                let is_here = |word: &&&str| bytes[at..].starts_with(word.as_bytes());
                let word = NO_NUMBERS.iter().find(is_here);
                if let Some(word) = word {
                    kept.push_str(&text[done..at]);
                    kept.push_str("null");
                    done = at + word.len();
                }
                at += word.map_or(1, |word| word.len());
            }
            _ => at += 1,
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    Cow::Owned(kept + &text[done..])
}

/// Mends the string that begins at a byte, and gives where it ends.
fn string(text: &str, start: usize, done: &mut usize, kept: &mut String) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(step) = memchr::memchr2(b'"', b'\\', rest) else {
            return bytes.len();
        };
        at += step;
        if bytes[at] == b'"' {
            return at + 1;
        }
        match unit(bytes, at) {
            Some(0xD800..=0xDBFF) if matches!(unit(bytes, at + 6), Some(0xDC00..=0xDFFF)) => {
                at += 12;
            }
            Some(0xD800..=0xDFFF) => {
                kept.push_str(&text[*done..at]);
                kept.push_str("\\ufffd");
                at += 6;
                *done = at;
            }
            _ => at += 2,
        }
    }
}

/// The code unit that an escape (`\u12AB`) at a byte stands for.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let is_digit = digits.iter().all(u8::is_ascii_hexdigit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| is_digit)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_writes_becomes_json() {
        let check = |text: &str, expected: &str| {
            assert_eq!(mended(text), expected, "{text}");
            let value: serde_json::Value = serde_json::from_str(&mended(text)).unwrap();
            assert!(value.is_object());
        };
        check(
            r#"{"a": NaN, "b": [Infinity, -Infinity, -1]}"#,
            r#"{"a": null, "b": [null, null, -1]}"#,
        );
        check(r#"{"a": "cut \ud83d"}"#, r#"{"a": "cut \ufffd"}"#);
        check(
            r#"{"a": "\ud83d\ud83d\ude00 \uDE00x"}"#,
            r#"{"a": "\ufffd\ud83d\ude00 \ufffdx"}"#,
        );
        for same in [
            r#"{"a": "NaN, \"Infinity\" and \\ud83d"}"#,
            r#"{"a": "\ud83d\ude00"}"#,
            r#"{"a": "é NaN"}"#,
        ] {
            check(same, same);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_left_or_mended(text in r#"([{}":, é\\]|NaN|-|Inf|Infinity|\\u|d83d|de00|\\ud83d){0,30}"#) {
            let once = mended(&text).into_owned();
            proptest::prop_assert_eq!(mended(&once), once.as_str());
        }
    }
}
