//! Bytes to text. UTF-8 unless the bytes show otherwise, and what they show is said.
//!
//! A byte order mark, or zeros at every second byte, show UTF-16, which [`source`] turns into UTF-8
//! for everyone after it. Other encodings keep line breaks and commas where ASCII has them, so a
//! [`Decoder`] takes them line by line and learns from each bad line about the whole file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder as Transcoder, Encoding, UTF_16BE, UTF_16LE};

/// How many bytes at the front of an input are looked at.
const HEAD: usize = 8 << 10;

/// An input that is open, with a look at its front.
pub(crate) struct Source<'a> {
    /// All of it, without byte order mark; UTF-16 has become UTF-8.
    pub reader: BufReader<Box<dyn Read + 'a>>,
    /// Its first bytes, as `reader` will give them.
    pub head: Vec<u8>,
    /// `head` is all there is.
    pub whole: bool,
    /// The encoding, if `reader` had to change it.
    pub changed_from: Option<&'static Encoding>,
}

/// Looks at the front of an input and opens it as bytes of an encoding that extends ASCII.
pub(crate) fn source<'a>(mut input: impl Read + 'a) -> io::Result<Source<'a>> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let whole = head.len() < HEAD;
    let (wide, mark) = match head.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => (None, 3),
        [0xFF, 0xFE, ..] => (Some(UTF_16LE), 2),
        [0xFE, 0xFF, ..] => (Some(UTF_16BE), 2),
        other => (evident_utf16(other), 0),
    };
    head.drain(..mark);
    let Some(encoding) = wide else {
        let reader: Box<dyn Read> = Box::new(Cursor::new(head.clone()).chain(input));
        return Ok(Source {
            reader: BufReader::new(reader),
            head,
            whole,
            changed_from: None,
        });
    };
    let raw = Cursor::new(head).chain(input);
    let mut narrow = Utf8Reader::new(raw, encoding.new_decoder_without_bom_handling());
    let mut head = Vec::new();
    narrow.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let reader: Box<dyn Read> = Box::new(Cursor::new(head.clone()).chain(narrow));
    let reader = BufReader::new(reader);
    Ok(Source {
        reader,
        whole: head.len() < HEAD,
        head,
        changed_from: Some(encoding),
    })
}

/// UTF-16 without a mark: text in Latin letters has a zero at nearly every second byte.
fn evident_utf16(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    let zeros = |from: usize| {
        head.iter()
            .skip(from)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let (first, second) = (zeros(0), zeros(1));
    let most = |n: usize| pairs >= 4 && n * 10 >= pairs * 7;
    match (most(first), most(second)) {
        (false, true) if first * 20 < pairs => Some(UTF_16LE),
        (true, false) if second * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Reads UTF-16 and gives UTF-8.
struct Utf8Reader<R> {
    input: R,
    transcoder: Transcoder,
    raw: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Utf8Reader<R> {
    fn new(input: R, transcoder: Transcoder) -> Self {
        Utf8Reader {
            input,
            transcoder,
            raw: Vec::new(),
            ready: Vec::new(),
            given: 0,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.raw.clear();
        self.input
            .by_ref()
            .take(HEAD as u64)
            .read_to_end(&mut self.raw)?;
        self.ended = self.raw.is_empty();
        self.ready.resize(HEAD * 3 + 16, 0);
        let (result, _, written, _) =
            self.transcoder
                .decode_to_utf8(&self.raw, &mut self.ready, self.ended);
        debug_assert_eq!(
            result,
            CoderResult::InputEmpty,
            "three bytes a unit are enough"
        );
        self.ready.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            self.refill()?;
        }
        let n = buffer.len().min(self.ready.len() - self.given);
        buffer[..n].copy_from_slice(&self.ready[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

/// Decodes the pieces of one input and keeps account of what was not UTF-8.
pub(crate) struct Decoder {
    detector: EncodingDetector,
    /// Characters beyond ASCII that were valid UTF-8.
    valid: usize,
    replaced: usize,
    read_as: BTreeMap<&'static str, usize>,
}

impl Decoder {
    pub(crate) fn new() -> Self {
        Decoder {
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            valid: 0,
            replaced: 0,
            read_as: BTreeMap::new(),
        }
    }

    /// The text of a piece that ends where a line does.
    pub(crate) fn text<'b>(&mut self, bytes: &'b [u8]) -> Cow<'b, str> {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => {
                if !text.is_ascii() {
                    self.valid += text.chars().filter(|c| !c.is_ascii()).count();
                }
                return Cow::Borrowed(text);
            }
            Err(error) => error,
        };
        let (mut valid, mut invalid, mut lost) = (0, 0, 0);
        for chunk in bytes.utf8_chunks() {
            valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            invalid += usize::from(!chunk.invalid().is_empty());
            lost += chunk.invalid().len();
        }
        self.valid += valid;
        // A character that the end cuts in two is a cut, not another encoding.
        let cut = error.error_len().is_none();
        if cut || self.valid >= invalid {
            self.replaced += lost;
            return Cow::Owned(String::from_utf8_lossy(bytes).into_owned());
        }
        self.detector.feed(bytes, false);
        self.detector.feed(b"\n", false);
        let encoding = self.detector.guess(None, Utf8Detection::Deny);
        *self.read_as.entry(encoding.name()).or_default() += 1;
        encoding.decode_without_bom_handling(bytes).0
    }

    /// What was not UTF-8, one line each.
    pub(crate) fn notices(&self) -> Vec<String> {
        let mut notices: Vec<String> = self.read_as.keys().map(|name| not_utf8(name)).collect();
        if self.replaced > 0 {
            let bytes = if self.replaced == 1 { "byte" } else { "bytes" };
            notices.push(format!(
                "{} {bytes} not valid UTF-8; shown as \u{FFFD}",
                self.replaced
            ));
        }
        notices
    }
}

/// The front of a text: at most so many bytes, and whole characters.
pub(crate) fn front(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The notice for an input in another encoding.
pub(crate) fn not_utf8(encoding: &str) -> String {
    let name = if encoding.starts_with("UTF") {
        encoding
    } else {
        &encoding.to_lowercase()
    };
    format!("not UTF-8; read as {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> (String, Vec<String>) {
        let mut source = source(bytes).unwrap();
        let mut raw = Vec::new();
        source.reader.read_to_end(&mut raw).unwrap();
        let mut decoder = Decoder::new();
        let text = decoder.text(&raw).into_owned();
        let mut notices: Vec<String> = source
            .changed_from
            .iter()
            .map(|e| not_utf8(e.name()))
            .collect();
        notices.extend(decoder.notices());
        (text, notices)
    }

    #[test]
    fn encodings_are_told_apart() {
        let check = |bytes: &[u8], text: &str, notices: &[&str]| {
            let found = all(bytes);
            assert_eq!(found.0, text, "{bytes:?}");
            assert_eq!(found.1, notices, "{bytes:?}");
        };
        let wide = |text: &str, big: bool| -> Vec<u8> {
            let bytes = |unit: u16| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            };
            text.encode_utf16().flat_map(bytes).collect()
        };
        check("“é”".as_bytes(), "“é”", &[]);
        check("\u{FEFF}“é”".as_bytes(), "“é”", &[]);
        check(
            &wide("\u{FEFF}“é” 🙂", false),
            "“é” 🙂",
            &["not UTF-8; read as UTF-16LE"],
        );
        check(
            &wide("\u{FEFF}“é” 🙂", true),
            "“é” 🙂",
            &["not UTF-8; read as UTF-16BE"],
        );
        check(
            &wide("plain words", false),
            "plain words",
            &["not UTF-8; read as UTF-16LE"],
        );
        check(
            &wide("plain words", true),
            "plain words",
            &["not UTF-8; read as UTF-16BE"],
        );
        check(
            b"The minister\x92s caf\xe9 was closed, he said, \x93for good\x94.",
            "The minister’s café was closed, he said, “for good”.",
            &["not UTF-8; read as windows-1252"],
        );
        check(
            "“Oui”, a dit le café\u{A0}: \u{1F}"
                .as_bytes()
                .split_last()
                .unwrap()
                .1,
            "“Oui”, a dit le café\u{A0}: ",
            &[],
        );
        check(
            b"\xe2\x80\x9cYes\xe2\x80\x9d \xff no",
            "“Yes” \u{FFFD} no",
            &["1 byte not valid UTF-8; shown as \u{FFFD}"],
        );
        check(
            b"cut in two \xe2\x80",
            "cut in two \u{FFFD}",
            &["2 bytes not valid UTF-8; shown as \u{FFFD}"],
        );
    }

    #[test]
    fn long_utf16_is_changed_piece_by_piece() {
        let text = "Ünd 🙂 mehr. ".repeat(5000);
        let bytes: Vec<u8> = format!("\u{FEFF}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(all(&bytes).0, text);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_become_text(bytes in proptest::collection::vec(0_u8.., 0..300)) {
            let _ = all(&bytes);
        }

        #[test]
        fn valid_text_is_unchanged(text in ".{0,200}") {
            proptest::prop_assert_eq!(Decoder::new().text(text.as_bytes()), text.as_str());
        }
    }
}
