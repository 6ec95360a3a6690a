//! Bytes to text. UTF-8 unless the bytes show otherwise, and what they show is said.
//!
//! A byte order mark, or zeros at every second byte, show UTF-16, which [`source`] turns into UTF-8
//! for everyone after it. Other encodings keep line breaks and commas where ASCII has them, so a
//! [`Decoder`] takes them line by line and learns from each bad line about the whole file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

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
        return Ok(opened(head, whole, input, None));
    };
    let raw = Cursor::new(head).chain(input);
    let mut narrow = Utf8Reader::new(raw, encoding.new_decoder_without_bom_handling());
    let mut head = Vec::new();
    narrow.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let whole = head.len() < HEAD;
    Ok(opened(head, whole, narrow, Some(encoding)))
}

/// An input of which the head was read.
fn opened<'a>(
    mut head: Vec<u8>,
    whole: bool,
    rest: impl Read + 'a,
    changed_from: Option<&'static Encoding>,
) -> Source<'a> {
    // Old Macs, and some exports to this day, end their lines by CR alone.
    let has_line_feed = head.contains(&b'\n');
    let is_of_returns =
        !has_line_feed && head.strip_suffix(b"\r").unwrap_or(&head).contains(&b'\r');
    let reader = Cursor::new(head.clone()).chain(rest);
    let reader: Box<dyn Read> = if is_of_returns {
        for byte in &mut head {
            *byte = if *byte == b'\r' { b'\n' } else { *byte };
        }
        Box::new(LineFeeds(BufReader::new(reader)))
    } else {
        Box::new(reader)
    };
    Source {
        reader: BufReader::new(reader),
        head,
        whole,
        changed_from,
    }
}

/// Gives a line feed for each carriage return that has none behind it.
struct LineFeeds<R>(BufReader<R>);

impl<R: Read> Read for LineFeeds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        let read = &mut buffer[..count];
        for at in 0..count {
            let next = match read.get(at + 1) {
                Some(&next) => Some(next),
                None if read[at] == b'\r' => self.0.fill_buf()?.first().copied(),
                None => None,
            };
            if read[at] == b'\r' && next != Some(b'\n') {
                read[at] = b'\n';
            }
        }
        Ok(count)
    }
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
    fn lines_that_end_by_cr_alone() {
        let check = |bytes: &str, expected: &str| assert_eq!(all(bytes.as_bytes()).0, expected);
        check("One.\rTwo.\r", "One.\nTwo.\n");
        check("One.\rTwo.\r\nThree.\n", "One.\rTwo.\r\nThree.\n");
        check("One.\r\nTwo.\r\n", "One.\r\nTwo.\r\n");
        check("One.\r", "One.\r");
        let long = "One line.\r".repeat(3000);
        check(&long, &long.replace('\r', "\n"));
        check(
            &(long.clone() + "\r\n"),
            &(long.replace('\r', "\n") + "\r\n"),
        );
        let wide: Vec<u8> = "One.\rTwo."
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(all(&wide).0, "One.\nTwo.");
        // The head may end between the two.
        let cut = "x".repeat(HEAD - 1) + "\r\ny";
        check(&cut, &cut);
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
