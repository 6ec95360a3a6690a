//! The bytes of a feed as characters that can be read as markup.
//!
//! What the bytes show goes before what the feed declares: bytes that are valid UTF-8 are UTF-8
//! whatever `encoding="..."` says, since servers change the one and forget the other.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::Encoding;

use crate::decode::{Decoder, not_utf8, source};

/// How many bytes at the front are searched for a declared encoding.
const DECLARATION: usize = 300;

/// The text of a feed, without byte order mark and characters that no feed may hold, and what is to
/// say about it.
pub(super) fn text(bytes: &[u8]) -> (String, Vec<String>) {
    let mut raw = Vec::new();
    let mut notices = Vec::new();
    // Reading from memory cannot fail.
    if let Ok(mut source) = source(bytes) {
        let _ = source.reader.read_to_end(&mut raw);
        notices.extend(source.changed_from.map(|e| not_utf8(e.name())));
    }
    let decoded = if let Ok(text) = std::str::from_utf8(&raw) {
        Cow::Borrowed(text)
    } else if let Some(encoding) = declared(&raw).filter(|_| !mostly_utf8(&raw)) {
        notices.push(not_utf8(encoding.name()));
        encoding.decode_without_bom_handling(&raw).0
    } else {
        let mut decoder = Decoder::new();
        let lines = raw.split_inclusive(|&b| b == b'\n');
        let text: String = lines.map(|line| decoder.text(line).into_owned()).collect();
        notices.extend(decoder.notices());
        Cow::Owned(text)
    };
    let is_markup = !decoded.trim_start().starts_with('{');
    (clean(&decoded, is_markup), notices)
}

/// The encoding that the XML declaration names, unless it is UTF-8.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]);
    let declaration = head.trim_start().strip_prefix("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value[1..].split(quote).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // UTF-16 that reaches this place is plainly none.
    (encoding.is_ascii_compatible() && encoding != encoding_rs::UTF_8).then_some(encoding)
}

/// Whether the characters beyond ASCII are for the greater part valid UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > invalid
}

/// Removes control characters and, in markup, escapes each `<` that begins none ("rates < 5 %"),
/// which would otherwise take the next tag for its own end.
fn clean(text: &str, is_markup: bool) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '<' if is_markup => match chars.peek() {
                Some(next) if next.is_alphabetic() || matches!(next, '/' | '!' | '?' | '_') => {
                    clean.push('<');
                }
                _ => clean.push_str("&lt;"),
            },
            '\t' | '\n' => clean.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => clean.push('\n'),
            c if c.is_ascii_control() => {}
            c => clean.push(c),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bytes_show_goes_before_what_is_declared() {
        let check = |bytes: &[u8], expected: &str, notices: &[&str]| {
            let found = text(bytes);
            let bytes = String::from_utf8_lossy(bytes);
            assert!(found.0.ends_with(expected), "{bytes:?} gives {:?}", found.0);
            assert_eq!(found.1, notices, "{bytes:?}");
        };
        let latin = r#"<?xml version="1.0" encoding="iso-8859-1"?>"#;
        let utf8 = r"<?xml version='1.0' encoding='utf-8'?>";
        check(format!("{latin}Zoë’s").as_bytes(), "Zoë’s", &[]);
        let wide = |text: &str| -> Vec<u8> {
            let text = format!("\u{FEFF}{latin}{text}");
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        check(&wide("Zoë"), "Zoë", &["not UTF-8; read as UTF-16LE"]);
        let with = |head: &str, bytes: &[u8]| [head.as_bytes(), bytes].concat();
        let windows = ["not UTF-8; read as windows-1252"];
        check(&with(latin, b"Zo\xeb\x92s"), "Zoë’s", &windows);
        check(
            &with(utf8, b"Zo\xeb\x92s caf\xe9 was closed"),
            "Zoë’s café was closed",
            &windows,
        );
        check(
            &with(
                latin,
                "Zoë’s café \u{FF}".as_bytes().split_last().unwrap().1,
            ),
            "Zoë’s café \u{FFFD}",
            &["1 byte not valid UTF-8; shown as \u{FFFD}"],
        );
        let japanese = r#"<?xml version="1.0" encoding="Shift_JIS"?>"#;
        check(
            &with(japanese, b"\x83j\x83\x85\x81[\x83X"),
            "ニュース",
            &["not UTF-8; read as shift_jis"],
        );
    }

    #[test]
    fn what_no_feed_may_hold_is_removed() {
        let check =
            |text: &str, expected: &str| assert_eq!(clean(text, true), expected, "{text:?}");
        check("a\0b\u{8}c\r\nd\re", "abc\nd\ne");
        check("<t>2 < 3 <> <4</t><", "<t>2 &lt; 3 &lt;> &lt;4</t>&lt;");
        check("<!--a--><?b?><_c/>", "<!--a--><?b?><_c/>");
    }
}
