//! JSON as reports: one object, an array of objects, objects one after another, or one a line.
//!
//! Objects are cut out of the stream by their brackets and parsed one by one, so an array needs no
//! more memory than its largest object and a broken object costs only itself. An object counts as
//! broken off where a string runs into the end of its line or where another object begins in a
//! place in which none can.

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use crate::decode::Decoder;
use crate::fields::Fields;
use crate::lines::Lines;
use crate::problem::Problem;
use crate::python_json::mended;

/// What stands at one place of an input: the fields of a row, or why they could not be read.
pub(crate) struct Row {
    /// The line it begins on, counted from 1.
    pub line: usize,
    pub fields: Result<Content, Problem>,
}

/// A row that was read.
pub(crate) enum Content {
    /// Fields by the names of some export.
    Fields(Box<Fields>),
    /// A report as this program writes it.
    Report(Box<variorum_model::Report>),
}

/// Objects nested deeper than this are not parsed.
pub(crate) const DEEPEST: usize = 127;

/// Reads JSON Lines.
pub(crate) fn lines(
    input: impl BufRead,
    limit: usize,
    decoder: &mut Decoder,
    sink: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut lines = Lines::new(input, limit);
    while let Some(line) = lines.next()? {
        let row = match line.bytes {
            None => Row {
                line: line.number,
                fields: Err(Problem::TooLarge),
            },
            Some(bytes) if bytes.trim_ascii().is_empty() => continue,
            Some(bytes) => row(line.number, &decoder.text(&bytes)),
        };
        if sink(row).is_break() {
            break;
        }
    }
    Ok(())
}

/// Reads one JSON object, which begins on the given line.
fn row(line: usize, text: &str) -> Row {
    let parsed = serde_json::from_str(text).or_else(|error| match mended(text) {
        Cow::Borrowed(_) => Err(error),
        Cow::Owned(mended) => serde_json::from_str::<Value>(&mended),
    });
    match parsed {
        Ok(Value::Object(object)) => Row {
            line,
            fields: Ok(content(object)),
        },
        Ok(_) => Row {
            line,
            fields: Err(Problem::NotAnObject),
        },
        Err(error) if error.is_eof() => Row {
            line,
            fields: Err(Problem::BrokenOff),
        },
        Err(error) => {
            // The parser counts lines from the object's first.
            let place = format!(" at line {} column {}", error.line(), error.column());
            let says = error.to_string();
            let says = says.strip_suffix(&place).unwrap_or(&says);
            let problem = if says == "recursion limit exceeded" {
                Problem::Nested
            } else {
                Problem::Json(format!("{says} at column {}", error.column()))
            };
            Row {
                line: line + error.line().saturating_sub(1),
                fields: Err(problem),
            }
        }
    }
}

fn content(object: Map<String, Value>) -> Content {
    if object.contains_key("sha256") && object.contains_key("published_from") {
        let own = serde_json::from_value(Value::Object(object.clone()));
        if let Ok(report) = own {
            return Content::Report(Box::new(report));
        }
    }
    Content::Fields(Box::new(Fields::of_object(object)))
}

/// Reads the objects of a JSON file, alone or in an array.
pub(crate) fn objects(
    mut input: impl BufRead,
    limit: usize,
    decoder: &mut Decoder,
    sink: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut cutter = Cutter {
        limit,
        line: 1,
        ..Cutter::default()
    };
    loop {
        let buffer = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() {
            break;
        }
        for &byte in buffer {
            if let Some(cut) = cutter.take(byte)
                && sink(cut.parse(decoder)).is_break()
            {
                return Ok(());
            }
        }
        let used = buffer.len();
        input.consume(used);
    }
    if let Some(cut) = cutter.end() {
        let _ = sink(cut.parse(decoder));
    }
    Ok(())
}

/// A piece of JSON between two brackets, or what is left of one.
struct Cut {
    line: usize,
    bytes: Result<Vec<u8>, Problem>,
}

impl Cut {
    fn parse(self, decoder: &mut Decoder) -> Row {
        match self.bytes {
            Ok(bytes) => row(self.line, &decoder.text(&bytes)),
            Err(problem) => Row {
                line: self.line,
                fields: Err(problem),
            },
        }
    }
}

/// Where in an object the next byte stands.
#[derive(Default, Clone, Copy, PartialEq)]
enum Inside {
    #[default]
    Structure,
    Text,
    /// Behind a backslash.
    Escape,
}

/// Which limit an object goes beyond.
#[derive(Clone, Copy)]
enum Beyond {
    Size,
    Depth,
}

/// Finds where objects begin and end, byte by byte.
#[derive(Default)]
struct Cutter {
    limit: usize,
    line: usize,
    /// The object being read, the line it began on, and the brackets open in it.
    object: Vec<u8>,
    began: usize,
    open: Vec<u8>,
    /// Why the object is not kept.
    beyond: Option<Beyond>,
    inside: Inside,
    /// The last byte outside strings that is not white space.
    before: u8,
    /// Something that is no object stands between the objects: reported once for each run.
    stray: bool,
}

impl Cutter {
    fn take(&mut self, byte: u8) -> Option<Cut> {
        let cut = if self.open.is_empty() {
            self.between(byte)
        } else {
            self.inside(byte)
        };
        self.line += usize::from(byte == b'\n');
        cut
    }

    fn between(&mut self, byte: u8) -> Option<Cut> {
        match byte {
            b'{' => {
                self.begin();
                None
            }
            b'[' | b']' | b'}' | b',' | b' ' | b'\t' | b'\r' | b'\n' => {
                self.stray &= byte != b',' && byte != b'\n';
                None
            }
            _ if self.stray => None,
            _ => {
                self.stray = true;
                Some(Cut {
                    line: self.line,
                    bytes: Err(Problem::NotAnObject),
                })
            }
        }
    }

    fn begin(&mut self) {
        let limit = self.limit;
        *self = Cutter {
            limit,
            line: self.line,
            began: self.line,
            ..Cutter::default()
        };
        self.object.push(b'{');
        self.open.push(b'{');
        self.before = b'{';
    }

    fn inside(&mut self, byte: u8) -> Option<Cut> {
        if self.inside == Inside::Structure {
            match byte {
                b'"' => self.inside = Inside::Text,
                b'{' if self.open.last() == Some(&b'{') && self.before != b':' => {
                    let cut = self.broken();
                    self.begin();
                    return Some(cut);
                }
                b'{' | b'[' => self.open.push(byte),
                b'}' | b']' => {
                    self.open.pop();
                }
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                self.before = byte;
            }
        } else {
            self.inside = match (self.inside, byte) {
                (_, b'\n') => return Some(self.broken()),
                (Inside::Text, b'\\') => Inside::Escape,
                (Inside::Text, b'"') => Inside::Structure,
                _ => Inside::Text,
            };
        }
        if self.open.len() > DEEPEST {
            self.beyond.get_or_insert(Beyond::Depth);
        } else if self.object.len() >= self.limit {
            self.beyond.get_or_insert(Beyond::Size);
        }
        if self.beyond.is_some() {
            self.object = Vec::new();
        } else {
            self.object.push(byte);
        }
        self.open.is_empty().then(|| Cut {
            line: self.began,
            bytes: match self.beyond {
                Some(Beyond::Depth) => Err(Problem::Nested),
                Some(Beyond::Size) => Err(Problem::TooLarge),
                None => Ok(std::mem::take(&mut self.object)),
            },
        })
    }

    /// Gives up the object; what is left of it is stray and was reported with it.
    fn broken(&mut self) -> Cut {
        let cut = Cut {
            line: self.began,
            bytes: Err(Problem::BrokenOff),
        };
        let (limit, line) = (self.limit, self.line);
        *self = Cutter {
            limit,
            line,
            ..Cutter::default()
        };
        self.stray = true;
        cut
    }

    fn end(&mut self) -> Option<Cut> {
        (!self.open.is_empty()).then(|| self.broken())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Field;

    fn ids(json: &str, limit: usize) -> String {
        let mut found = Vec::new();
        let mut sink = |row: Row| {
            let what = match row.fields {
                Ok(Content::Fields(fields)) => fields.get(Field::Id).unwrap_or("?").to_owned(),
                Ok(Content::Report(report)) => report.id.clone(),
                Err(problem) => format!("[{problem}]"),
            };
            found.push(format!("{}:{what}", row.line));
            ControlFlow::Continue(())
        };
        objects(json.as_bytes(), limit, &mut Decoder::new(), &mut sink).unwrap();
        found.join(" ")
    }

    #[test]
    fn objects_are_cut_from_any_shape() {
        let check = |json: &str, expected: &str| assert_eq!(ids(json, 1000), expected, "{json}");
        check(r#"{"id": "a"}"#, "1:a");
        check(r#"[{"id": "a"}, {"id": "b"}]"#, "1:a 1:b");
        check("{\"id\": \"a\"}\n{\"id\": \"b\"}\n", "1:a 2:b");
        check(
            r#"[{"id": "{[\"", "x": {"y": [{"z": 1}]}}, {"id": "b"}]"#,
            "1:{[\" 1:b",
        );
        check("", "");
        check("[]", "");
    }

    #[test]
    fn a_broken_object_costs_only_itself() {
        let off = "[JSON breaks off before this object is closed]";
        let check = |json: &str, expected: &str| {
            assert_eq!(ids(json, 1000), expected.replace("OFF", off), "{json}");
        };
        check("[{\"id\": \"a\"},\n{\"id\": \"b\"", "1:a 2:OFF");
        check(
            "[{\"id\": \"a\"},\n{\"id\": \"b\n{\"id\": \"c\"}]",
            "1:a 2:OFF 3:c",
        );
        check("[{\"id\": \"a\"\n{\"id\": \"b\"}]", "1:OFF 2:b");
        check("[{\"id\": \"a\",\n{\"id\": \"b\"}]", "1:OFF 2:b");
        check(
            "[{\"id\" \"a\"},\n{\"id\": \"b\"}]",
            "1:[not valid JSON: expected `:` at column 7] 2:b",
        );
        check("[1, {\"id\": \"b\"}]", "1:[not a JSON object] 1:b");
        check("nonsense here", "1:[not a JSON object]");
    }

    #[test]
    fn an_overlong_object_is_skipped() {
        let json = format!("[{{\"id\": \"{}\"}},\n{{\"id\": \"b\"}}]", "x".repeat(100));
        assert_eq!(
            ids(&json, 50),
            "1:[larger than the limit of 64 MB for one report] 2:b"
        );
        let deep = format!(
            "{{\"id\": {}1{}}}\n{{\"id\": \"b\"}}",
            "[".repeat(300),
            "]".repeat(300)
        );
        let nested = "[nested more than 127 levels deep]";
        assert_eq!(ids(&deep, 5000), format!("1:{nested} 2:b"));
        let at_most = |depth: usize| {
            let (open, close) = ("[".repeat(depth), "]".repeat(depth));
            format!("{{\"id\": \"a\", \"x\": {open}1{close}}}")
        };
        assert_eq!(ids(&at_most(126), 5000), "1:a");
        assert_eq!(ids(&at_most(127), 5000), format!("1:{nested}"));
        assert!(matches!(
            row(1, &at_most(126)).fields,
            Ok(Content::Fields(_))
        ));
        assert!(matches!(row(1, &at_most(127)).fields, Err(Problem::Nested)));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(json in r#"([\[\]{}",:a1\\ \n]|\{"id": "a"\}){0,60}"#) {
            ids(&json, 20);
        }
    }
}
