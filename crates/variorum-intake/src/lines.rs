//! Lines of an input, none of them held beyond the limit for one report.

use std::io::{self, BufRead};

/// One line, without the `\n` at its end.
pub(crate) struct Line {
    /// Counted from 1.
    pub number: usize,
    /// `None` for a line beyond the limit, which was skipped.
    pub bytes: Option<Vec<u8>>,
}

/// The lines of an input.
pub(crate) struct Lines<R> {
    input: R,
    limit: usize,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R, limit: usize) -> Self {
        Lines {
            input,
            limit,
            number: 0,
        }
    }

    /// The next line; an error ends the lines.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut overlong = false;
        let mut any = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|&b| b == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            overlong |= bytes.len() + part.len() > self.limit;
            if overlong {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(Line {
            number: self.number,
            bytes: (!overlong).then_some(bytes),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlong_lines_are_skipped_and_the_next_is_read() {
        let mut lines = Lines::new(b"one\r\nfar too long\n\nlast".as_slice(), 6);
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            found.push((
                line.number,
                line.bytes.map(|b| String::from_utf8(b).unwrap()),
            ));
        }
        let expected = [
            (1, Some("one\r")),
            (2, None),
            (3, Some("")),
            (4, Some("last")),
        ];
        assert_eq!(
            found,
            expected.map(|(n, text)| (n, text.map(str::to_owned)))
        );
    }
}
