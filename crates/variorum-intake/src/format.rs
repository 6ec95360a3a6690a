//! What kind of input it is, by its name's ending and by its first bytes.

use std::path::Path;

use crate::fields::Field;
use crate::problem::Problem;
use crate::table;

/// How an input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// The whole input is one report.
    Text,
    /// One object a line.
    JsonLines,
    /// One object, or an array of them.
    Json,
    /// A header and rows, separated by commas, semicolons, tabs or bars.
    Table,
}

/// First bytes of files that are not text.
const MAGIC: [(&[u8], &str); 17] = [
    (b"%PDF-", "PDF document"),
    (b"PK\x03\x04", "ZIP archive or office document"),
    (b"\xD0\xCF\x11\xE0", "office document"),
    (b"{\\rtf", "RTF document"),
    (b"\x1F\x8B", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xFD7zXZ", "xz archive"),
    (b"\x28\xB5\x2F\xFD", "zstd archive"),
    (b"7z\xBC\xAF", "7z archive"),
    (b"Rar!", "RAR archive"),
    (b"\x89PNG", "PNG image"),
    (b"\xFF\xD8\xFF", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"RIFF", "sound, film or image"),
    (b"ID3", "sound"),
    (b"\x7FELF", "program"),
    (b"SQLite format 3", "SQLite database"),
];

/// The format that a name's ending tells; `None` when it tells nothing.
pub(crate) fn by_name(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "txt" | "text" | "md" | "markdown" => Some(Format::Text),
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        "json" => Some(Format::Json),
        "csv" | "tsv" | "tab" => Some(Format::Table),
        _ => None,
    }
}

/// The format of an input, or why it is none of ours. `head` is its front, without byte order mark
/// and not in UTF-16; `whole`: there is no more of it.
pub(crate) fn of(path: &Path, head: &[u8], whole: bool) -> Result<Format, Problem> {
    if head.is_empty() {
        return Err(Problem::Empty);
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Problem::Binary(kind));
    }
    if head.contains(&0) {
        return Err(Problem::Binary("it contains zero bytes"));
    }
    let named = by_name(path);
    // A page that someone saved as text is still a page.
    if matches!(named, None | Some(Format::Text))
        && let Some(kind) = markup(head)
    {
        return Err(Problem::Unsupported(kind));
    }
    Ok(named.unwrap_or_else(|| by_content(head, whole)))
}

fn markup(head: &[u8]) -> Option<&'static str> {
    let front = String::from_utf8_lossy(&head[..head.len().min(512)])
        .trim_start()
        .to_lowercase();
    let starts = |with: &[&str]| with.iter().any(|w| front.starts_with(w));
    if starts(&["<!doctype html", "<html"]) || (starts(&["<?xml"]) && front.contains("<html")) {
        return Some("web pages (HTML)");
    }
    if starts(&["<?xml", "<rss", "<feed"]) {
        return Some("feeds and other XML");
    }
    starts(&["warc/"]).then_some("web archives (WARC)")
}

fn by_content(head: &[u8], whole: bool) -> Format {
    let head = head.trim_ascii_start();
    let end = head.iter().position(|&b| b == b'\n');
    let line = head[..end.unwrap_or(head.len())].trim_ascii_end();
    match head.first() {
        Some(b'[') if head[1..].trim_ascii_start().starts_with(b"{") => Format::Json,
        // The first line of an object spread over lines ends in the middle of it.
        Some(b'{') if end.is_some() && line.ends_with(b"}") => Format::JsonLines,
        Some(b'{') if line == b"{" || line.ends_with(b",") || line.ends_with(b"[") => Format::Json,
        Some(b'{') if line.starts_with(b"{\"") => Format::JsonLines,
        _ if end.is_some() || whole => {
            let header = table::header(&String::from_utf8_lossy(line));
            let others = [
                Field::Id,
                Field::Url,
                Field::Title,
                Field::Published,
                Field::Outlet,
            ];
            let is_header = table::has_column(&header, Field::Text)
                && others
                    .iter()
                    .any(|&field| table::has_column(&header, field));
            if is_header {
                Format::Table
            } else {
                Format::Text
            }
        }
        _ => Format::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_first_bytes_tell_the_format() {
        let check = |name: &str, head: &str, expected: Result<Format, &str>| {
            let found = of(Path::new(name), head.as_bytes(), true).map_err(|p| p.to_string());
            assert_eq!(found, expected.map_err(str::to_owned), "{name} {head:?}");
        };
        check("a.txt", "{}", Ok(Format::Text));
        check("a.MD", "# Words", Ok(Format::Text));
        check("a.ndjson", "x", Ok(Format::JsonLines));
        check("a.tsv", "x", Ok(Format::Table));
        check("a", "Some words.", Ok(Format::Text));
        check(
            "-",
            "{\"text\": \"a\"}\n{\"text\": \"b\"}\n",
            Ok(Format::JsonLines),
        );
        check("-", "{\"text\": \"a\"}", Ok(Format::JsonLines));
        check(
            "-",
            "{\"text\": \"broken\n{\"text\": \"b\"}\n",
            Ok(Format::JsonLines),
        );
        check("-", "{\n  \"text\": \"a\"\n}", Ok(Format::Json));
        check("-", " [ {\"text\": \"a\"}]", Ok(Format::Json));
        check("-", "[Music] The band played on.", Ok(Format::Text));
        check("-", "id,title,text\n1,2,3", Ok(Format::Table));
        check("-", "Title\tText\n1\t2", Ok(Format::Table));
        check(
            "-",
            "Source, text and title are what we need.",
            Ok(Format::Text),
        );
        check("a.log", "Some words.", Ok(Format::Text));
        check("a.txt", "", Err("empty file"));
        check("a.txt", "%PDF-1.7", Err("not text: PDF document"));
        check("a.bin", "a\0b", Err("not text: it contains zero bytes"));
        check(
            "a",
            "<!DOCTYPE html><p>",
            Err("web pages (HTML) are not read yet; give their text"),
        );
    }
}
