//! Characters that steer a terminal or end a line for some readers, shown as what they are.
//!
//! A report's words and a file's name may hold them. In JSON they are escaped, which is the same content.

use std::borrow::Cow;
use std::fmt::Write;

/// JSON with what steers a terminal, or is a line's end for some readers, as `\uXXXX`: the same content.
pub(crate) fn escaped(json: String) -> String {
    // All of these stand in strings; outside of them JSON is ASCII.
    if !json.contains(|c| steers(c) && c != '\n') {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if steers(c) && c != '\n' {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// A text of which nothing steers a terminal: such characters are shown as `\u{202e}`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if steers(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Control characters, those that change the direction of writing, and the ends of lines and paragraphs.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_terminal() {
        let check = |text: &str, shown: &str, json: &str| {
            assert_eq!(visible(text), shown);
            let found = escaped(serde_json::to_string(text).unwrap());
            assert_eq!(found, format!("\"{json}\""));
            assert_eq!(serde_json::from_str::<String>(&found).unwrap(), text);
        };
        check(
            "Müller — “yes” 東京",
            "Müller — “yes” 東京",
            "Müller — “yes” 東京",
        );
        check("a\u{1b}[2Jb", "a\\u{1b}[2Jb", "a\\u001b[2Jb");
        check(
            "a\u{9b}2Jb\u{7f}",
            "a\\u{9b}2Jb\\u{7f}",
            "a\\u009b2Jb\\u007f",
        );
        check("txt\u{202e}gpj", "txt\\u{202e}gpj", "txt\\u202egpj");
        check(
            "\u{2066}a\u{2069}\u{200f}",
            "\\u{2066}a\\u{2069}\\u{200f}",
            "\\u2066a\\u2069\\u200f",
        );
        check("a\u{2028}b\u{85}", "a\\u{2028}b\\u{85}", "a\\u2028b\\u0085");
    }
}
