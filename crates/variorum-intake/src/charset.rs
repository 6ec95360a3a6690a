//! The text of a page's bytes, whose encoding its server, the page itself and its bytes may tell
//! differently.
//!
//! A byte order mark counts first, then bytes that are valid UTF-8, then what the server and the page
//! declare, if the bytes fit it, then a guess by the bytes.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// How many bytes at a page's front are looked through for what it declares.
const FRONT: usize = 4096;

/// Decodes a page; `content_type` is what its server says.
pub(crate) fn text<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let bytes = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let escapes = bytes.contains(&0x1B);
        if !escapes {
            return Cow::Borrowed(text);
        }
    }
    let front = bytes.get(..FRONT.min(bytes.len())).unwrap_or_default();
    let front = String::from_utf8_lossy(front);
    let declared = [content_type.and_then(label), label(&front)];
    for encoding in declared
        .into_iter()
        .flatten()
        .filter(|&encoding| encoding != UTF_8)
    {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        if !broken {
            return text;
        }
    }
    // A few bytes that are no UTF-8 in a page that else is.
    let lossy = String::from_utf8_lossy(bytes);
    let beyond = lossy.chars().filter(|c| !c.is_ascii()).count();
    let broken = lossy
        .chars()
        .filter(|&c| c == char::REPLACEMENT_CHARACTER)
        .count();
    if 4 * broken <= beyond {
        return lossy;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector
        .guess(None, Utf8Detection::Allow)
        .decode_without_bom_handling(bytes)
        .0
}

/// The encoding that follows `charset=` or `encoding=`.
fn label(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|name| {
        let after = lower.split(name).skip(1);
        after.into_iter().find_map(|after| {
            let value = after
                .trim_start()
                .strip_prefix('=')?
                .trim_start_matches([' ', '"', '\'']);
            let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)));
            Encoding::for_label(value.get(..end.unwrap_or(value.len()))?.as_bytes())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bytes_show_counts_before_what_is_declared() {
        let check = |bytes: &[u8], content_type: Option<&str>, expected: &str| {
            assert_eq!(
                text(bytes, content_type),
                expected,
                "{bytes:?} {content_type:?}"
            );
        };
        let latin = b"<p>caf\xE9 in der Stra\xDFe</p>";
        check(
            "<p>café</p>".as_bytes(),
            Some("text/html; charset=iso-8859-1"),
            "<p>café</p>",
        );
        check(
            latin,
            Some("text/html; charset=ISO-8859-1"),
            "<p>café in der Straße</p>",
        );
        check(
            b"<meta charset='windows-1251'>\xCC\xE8\xF0",
            Some("text/html"),
            "<meta charset='windows-1251'>Мир",
        );
        check(
            b"<meta charset='windows-1251'>\xCC\xE8\xF0",
            Some("text/html; charset=utf-8"),
            "<meta charset='windows-1251'>Мир",
        );
        check(
            b"\xFF\xFE<\0p\0>\0",
            Some("text/html; charset=utf-8"),
            "<p>",
        );
        check(
            b"<?xml version=\"1.0\" encoding=\"windows-1252\"?>\x93hi\x94",
            None,
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?>“hi”",
        );
        check(
            "Straße, café, naïve, déjà \u{fffd}".as_bytes(),
            None,
            "Straße, café, naïve, déjà \u{fffd}",
        );
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes: Vec<u8>, declared in "charset=[a-z0-9-]{0,12}") {
            text(&bytes, Some(&declared));
        }
    }
}
