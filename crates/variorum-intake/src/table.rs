//! CSV and TSV as reports: a header that names the fields, then one report a row.
//!
//! A row may run over several lines inside quotation marks, so rows are first put together from
//! lines and then parsed one by one: a broken row costs only itself.

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::ops::ControlFlow;

use crate::decode::Decoder;
use crate::fields::{Field, Fields, known};
use crate::json::{Content, Row};
use crate::lines::{Line, Lines};
use crate::problem::Problem;

/// The separators that a header is tried with; of two that cut it alike the last counts.
const SEPARATORS: [u8; 4] = [b'|', b';', b'\t', b','];

/// Reads a table; the first line with anything on it is the header.
pub(crate) fn rows(
    input: impl BufRead,
    limit: usize,
    decoder: &mut Decoder,
    sink: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> io::Result<()> {
    let lines = Lines::new(input, limit);
    let mut blocks = Blocks {
        lines,
        limit,
        separator: b',',
        again: VecDeque::new(),
    };
    let Some(first) = blocks.header()? else {
        return Ok(());
    };
    let bytes = match first.bytes {
        Ok(bytes) => bytes,
        Err(problem) => {
            let _ = sink(Row {
                line: first.line,
                fields: Err(problem),
            });
            return Ok(());
        }
    };
    blocks.separator = separator(&bytes);
    let columns: Vec<_> = header(&decoder.text(&bytes))
        .iter()
        .map(|name| known(name))
        .collect();
    while let Some(Block { line, bytes }) = blocks.next()? {
        let rows = match bytes {
            Ok(bytes) => parse(&decoder.text(&bytes), blocks.separator)
                .into_iter()
                .map(|record| fields(record, &columns).map(|f| Content::Fields(Box::new(f))))
                .collect(),
            Err(problem) => vec![Err(problem)],
        };
        for fields in rows {
            if sink(Row { line, fields }).is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The names of the columns.
pub(crate) fn header(line: &str) -> Vec<String> {
    parse(line, separator(line.as_bytes()))
        .into_iter()
        .next()
        .unwrap_or_default()
}

/// Whether a header names a field of reports.
pub(crate) fn has_column(header: &[String], field: Field) -> bool {
    header
        .iter()
        .any(|name| known(name).is_some_and(|(f, _)| f == field))
}

/// The separator that cuts a header into most parts.
fn separator(header: &[u8]) -> u8 {
    let parts = |separator: u8| header.split(|&b| b == separator).count();
    SEPARATORS
        .into_iter()
        .max_by_key(|&s| parts(s))
        .unwrap_or(b',')
}

fn fields(record: Vec<String>, columns: &[Option<(Field, usize)>]) -> Result<Fields, Problem> {
    let (found, expected) = (record.len(), columns.len());
    // Spreadsheets put empty fields behind the last.
    let extra = record
        .iter()
        .skip(expected)
        .any(|value| !value.trim().is_empty());
    if found < expected || extra {
        return Err(Problem::Ragged { found, expected });
    }
    let mut fields = Fields::default();
    for (column, value) in columns.iter().zip(record) {
        if let Some((field, rank)) = *column {
            fields.offer(field, rank, value);
        }
    }
    Ok(fields)
}

fn parse(text: &str, separator: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(text.len().clamp(64, 64 << 10))
        .from_reader(text.as_bytes());
    // The text is valid UTF-8 and rows may be of any length: nothing is left to fail.
    let records = reader.records().filter_map(Result::ok);
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// The lines of one row.
struct Block {
    line: usize,
    bytes: Result<Vec<u8>, Problem>,
}

/// Puts lines together to rows.
struct Blocks<R> {
    lines: Lines<R>,
    limit: usize,
    separator: u8,
    /// Lines that were read for a row that never closed, to be read once more without it.
    again: VecDeque<Line>,
}

impl<R: BufRead> Blocks<R> {
    fn line(&mut self) -> io::Result<Option<Line>> {
        match self.again.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next(),
        }
    }

    /// The first line that is not blank.
    fn header(&mut self) -> io::Result<Option<Block>> {
        while let Some(line) = self.line()? {
            let Some(bytes) = line.bytes else {
                return Ok(Some(Block {
                    line: line.number,
                    bytes: Err(Problem::TooLarge),
                }));
            };
            if !bytes.trim_ascii().is_empty() {
                return Ok(Some(Block {
                    line: line.number,
                    bytes: Ok(bytes),
                }));
            }
        }
        Ok(None)
    }

    fn next(&mut self) -> io::Result<Option<Block>> {
        let Some(first) = self.header()? else {
            return Ok(None);
        };
        let Ok(bytes) = &first.bytes else {
            return Ok(Some(first));
        };
        let mut open = ends_open(bytes, false, self.separator);
        if !open {
            return Ok(Some(first));
        }
        let mut more: VecDeque<Line> = VecDeque::new();
        let mut size = bytes.len();
        while open && size <= self.limit {
            let Some(line) = self.line()? else { break };
            let Some(bytes) = &line.bytes else {
                more.push_back(line);
                break;
            };
            size += bytes.len() + 1;
            open = ends_open(bytes, true, self.separator);
            more.push_back(line);
        }
        let Block { line, bytes } = first;
        if open {
            more.append(&mut self.again);
            self.again = more;
            return Ok(Some(Block {
                line,
                bytes: Err(Problem::OpenQuote),
            }));
        }
        let mut bytes = bytes.unwrap_or_default();
        for line in more {
            bytes.push(b'\n');
            bytes.extend(line.bytes.unwrap_or_default());
        }
        Ok(Some(Block {
            line,
            bytes: Ok(bytes),
        }))
    }
}

/// Whether a line ends inside quotation marks; `open`: whether it begins so.
fn ends_open(line: &[u8], mut open: bool, separator: u8) -> bool {
    let mut at_start = !open;
    let mut bytes = line.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if open {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                open = false;
            }
        } else if byte == b'"' && at_start {
            open = true;
        }
        at_start = byte == separator && !open;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(table: &str, limit: usize) -> String {
        let mut found = Vec::new();
        let mut sink = |row: Row| {
            let what = match row.fields {
                Ok(Content::Fields(fields)) => fields.get(Field::Text).unwrap_or("-").to_owned(),
                Ok(Content::Report(_)) => "report".to_owned(),
                Err(problem) => format!("[{problem}]"),
            };
            found.push(format!("{}:{what}", row.line));
            ControlFlow::Continue(())
        };
        rows(table.as_bytes(), limit, &mut Decoder::new(), &mut sink).unwrap();
        found.join(" ")
    }

    #[test]
    fn tables_of_every_separator() {
        let check = |table: &str, expected: &str| {
            assert_eq!(texts(table, 1000), expected, "{table:?}");
        };
        check("id,text\n1,one\n2,two\n", "2:one 3:two");
        check("id\ttext\r\n1\tone, yes\r\n", "2:one, yes");
        check("id;text\n1;\"one; two\"\n", "2:one; two");
        check(
            "id,text\n1,\"a \"\"b\"\"\n\nc\"\n2,two\n",
            "2:a \"b\"\n\nc 5:two",
        );
        check("id,text\n1,a 5\" pipe\n2,two\n", "2:a 5\" pipe 3:two");
        check("\n\nid,text\n\n1,one\n", "5:one");
        check("id,text\n1,\n", "2:-");
        check("id,text\n1,one,,\n", "2:one");
        check("", "");
    }

    #[test]
    fn a_broken_row_costs_only_itself() {
        let check = |table: &str, expected: &str| {
            assert_eq!(texts(table, 60), expected, "{table:?}");
        };
        check(
            "id,text\n1\n2,two\n",
            "2:[fields in this row: 1, in the header: 2] 3:two",
        );
        check(
            "id,text\n1,one,more\n2,two\n",
            "2:[fields in this row: 3, in the header: 2] 3:two",
        );
        let open = "[a quoted field that begins here is never closed]";
        check(
            "id,text\n1,\"one\n2,two\n3,three\n",
            &format!("2:{open} 3:two 4:three"),
        );
        let long = "x".repeat(80);
        let large = "[larger than the limit of 64 MB for one report]";
        check(
            &format!("id,text\n1,{long}\n2,two\n"),
            &format!("2:{large} 3:two"),
        );
    }

    proptest::proptest! {
        #[test]
        fn any_table_is_read_without_a_panic(table in "(id,text\n)?([a\",;\t\n\r]|\"\"){0,60}") {
            texts(&table, 20);
        }
    }
}
