//! Header lines, `Name: value`, of WARC records and of HTTP answers.

use memchr::memchr;

/// The longest header of a record or an answer, in bytes.
pub(super) const MAX_HEADER: usize = 256 << 10;
const MAX_FIELDS: usize = 1000;

/// The first line of a header and its fields.
#[derive(Debug, Default)]
pub(super) struct Headers {
    /// The line before the fields: `WARC/1.0` or `HTTP/1.1 200 OK`.
    pub first: String,
    /// Names in lower case.
    fields: Vec<(String, String)>,
}

impl Headers {
    /// Reads a header; what is no field in it is passed over.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut headers = Headers::default();
        for (number, line) in bytes.split(|&b| b == b'\n').enumerate() {
            let text = String::from_utf8_lossy(line);
            let text = text.trim_end_matches('\r');
            if number == 0 {
                text.trim().clone_into(&mut headers.first);
            } else if text.starts_with([' ', '\t']) {
                // A long value may go on in the next line.
                if let Some((_, value)) = headers.fields.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            } else if let Some((name, value)) = text.split_once(':')
                && headers.fields.len() < MAX_FIELDS
            {
                let name = name.trim().to_ascii_lowercase();
                headers.fields.push((name, value.trim().to_owned()));
            }
        }
        headers
    }

    /// The first field of this name (in lower case) that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut values = self.fields.iter().filter(|(field, _)| field == name);
        values
            .find(|(_, value)| !value.is_empty())
            .map(|(_, value)| value.as_str())
    }
}

/// The length of a header with the empty line at its end; `None` when there is no such line.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = memchr(b'\n', bytes.get(from..)?) {
        from += found + 1;
        match bytes.get(from..)? {
            [b'\n', ..] => return Some(from + 1),
            [b'\r', b'\n', ..] => return Some(from + 2),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_as_they_come() {
        let check = |text: &str, name: &str, expected: Option<&str>| {
            let headers = Headers::of(text.as_bytes());
            assert_eq!(headers.get(name), expected, "{name} of {text:?}");
        };
        check(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
            "content-type",
            Some("text/html"),
        );
        check(
            "WARC/1.0\nwarc-type:response\n\n",
            "warc-type",
            Some("response"),
        );
        check("X\r\nA: one\r\n two\r\n\r\n", "a", Some("one two"));
        check("X\r\nA:\r\nA: second\r\n\r\n", "a", Some("second"));
        check("X\r\nno field\r\n\r\n", "no field", None);
        assert_eq!(
            Headers::of(b" HTTP/1.1 200 OK \r\n").first,
            "HTTP/1.1 200 OK"
        );
    }

    #[test]
    fn the_end_of_a_header_is_found() {
        let check = |text: &str, expected: Option<usize>| {
            assert_eq!(length(text.as_bytes()), expected, "{text:?}");
        };
        check("A: b\r\n\r\nbody", Some(8));
        check("A: b\n\nbody", Some(6));
        check("A: b\r\nC: d\r\n", None);
        check("", None);
    }
}
