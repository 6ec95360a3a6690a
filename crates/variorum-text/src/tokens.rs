//! Splits a text into tokens: words, numbers and single punctuation marks.
//!
//! A word keeps its inner apostrophes, hyphens and dots of abbreviation (`Moscow's` gives `Moscow`
//! and `'s`; `U.S.`, `NATO-Russia`, `don't` stay whole); a number keeps its separators, decimals
//! and ordinal ending (`100,000`, `1.2`, `13th`). Nothing is dropped but white space.

use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Begins with a letter.
    Word,
    /// Begins with a digit.
    Number,
    /// A single mark.
    Mark,
}

/// One token: a byte range of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is made of.
    pub kind: TokenKind,
}

impl Token {
    /// Its bytes in the text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Its characters.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.range()]
    }
}

/// All tokens of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut start = 0;
    while let Some(c) = text[start..].chars().next() {
        if c.is_whitespace() {
            start += c.len_utf8();
            continue;
        }
        let (end, kind) = if c.is_numeric() {
            (number_end(text, start), TokenKind::Number)
        } else if c.is_alphabetic() {
            (word_end(text, start), TokenKind::Word)
        } else if let Some(end) = clitic_end(text, start) {
            (end, TokenKind::Word)
        } else {
            (start + c.len_utf8(), TokenKind::Mark)
        };
        found.push(Token { start, end, kind });
        start = end;
    }
    found
}

/// Whether a character is one of the apostrophes in use.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// End of `'s` standing at an apostrophe that follows a letter directly.
fn clitic_end(text: &str, start: usize) -> Option<usize> {
    let mut chars = text[start..].chars();
    let mark = chars.next().filter(|&c| is_apostrophe(c))?;
    text[..start]
        .chars()
        .next_back()
        .filter(|c| c.is_alphanumeric() || *c == '.')?;
    chars.next().filter(|c| matches!(c, 's' | 'S'))?;
    let end = start + mark.len_utf8() + 1;
    (!text[end..].starts_with(char::is_alphanumeric)).then_some(end)
}

fn word_end(text: &str, start: usize) -> usize {
    // Most words are plain letters to their end.
    let plain = text.as_bytes()[start..].iter();
    let first = start
        + plain
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
    let mut end = first;
    // Where the letters behind the last dot begin: what stands before it are initials.
    let mut part = start;
    let mut chars = text[first..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let at = first + at;
        let next = chars.peek().map(|&(_, c)| c);
        let letter_next = next.is_some_and(char::is_alphabetic);
        let word_next = next.is_some_and(char::is_alphanumeric);
        let goes_on = c.is_alphanumeric()
            || is_mark(c)
            || (is_hyphen(c) && word_next)
            || (is_apostrophe(c) && letter_next && clitic_end(text, at).is_none())
            || (c == '.' && is_letter(&text[part..at]) && (part > start || letter_next))
            || (c == '&' && letter_next);
        if !goes_on {
            break;
        }
        end = at + c.len_utf8();
        if c == '.' {
            part = end;
        }
    }
    end
}

/// Combining marks, which `is_alphanumeric` does not count.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}')
}

/// Whether this is a single letter, as between the dots of `U.S.` and `a.m.`.
fn is_letter(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn number_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit_next = chars.peek().is_some_and(|&(_, c)| c.is_ascii_digit());
        let word_next = chars.peek().is_some_and(|&(_, c)| c.is_alphanumeric());
        let goes_on = c.is_alphanumeric()
            || (matches!(c, ',' | '.' | ':' | '/') && digit_next)
            || (is_hyphen(c) && word_next);
        if !goes_on {
            break;
        }
        end = start + at + c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = tokens(text).iter().map(|t| t.of(text)).collect();
        assert_eq!(found, expected, "tokens of {text:?}");
    }

    #[test]
    fn words_numbers_and_marks() {
        check("Hello, world.", &["Hello", ",", "world", "."]);
        check(
            "Moscow’s don't o'clock",
            &["Moscow", "’s", "don't", "o'clock"],
        );
        check("the U.S. troops", &["the", "U.S.", "troops"]);
        check("He left. A dog", &["He", "left", ".", "A", "dog"]);
        check("NATO-Russia — talks", &["NATO-Russia", "—", "talks"]);
        check(
            "100,000 men, 1.2bn at 18:50",
            &["100,000", "men", ",", "1.2bn", "at", "18:50"],
        );
        check(
            "on 01/07/2022 the 13th.",
            &["on", "01/07/2022", "the", "13th", "."],
        );
        check("a 40-year-old", &["a", "40-year-old"]);
        check("“no,” ‘s", &["“", "no", ",", "”", "‘", "s"]);
        check("$5 5%", &["$", "5", "5", "%"]);
        check("", &[]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_but_white_space_is_dropped(text in "\\PC{0,60}") {
            let mut at = 0;
            for token in tokens(&text) {
                assert!(text[at..token.start].chars().all(char::is_whitespace));
                assert!(token.start < token.end);
                at = token.end;
            }
            assert!(text[at..].chars().all(char::is_whitespace));
        }
    }
}
