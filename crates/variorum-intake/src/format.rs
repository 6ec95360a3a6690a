//! What kind of input it is, by its name's ending and by its first bytes.

use std::path::Path;

use crate::fields::Field;
use crate::problem::Problem;
use crate::table;
use crate::{feed, gkg, mail};

/// What an input is, and so how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The whole input is one report.
    Text,
    /// One object a line.
    JsonLines,
    /// One object, or an array of them.
    Json,
    /// A header and rows, separated by commas, semicolons, tabs or bars.
    Table,
    /// A web page.
    Page,
    /// RSS, Atom, JSON Feed, a list of feeds (OPML) or a sitemap.
    Feed,
    /// Rows of GDELT's Global Knowledge Graph.
    Gkg,
    /// One address a line.
    Addresses,
    /// An e-mail.
    Mail,
    /// A web archive.
    Warc,
    /// A web archive with its index, in a ZIP file.
    Wacz,
}

/// First bytes of files that are not text.
const MAGIC: [(&[u8], &str); 10] = [
    (b"7z\xBC\xAF", "7z archive"),
    (b"Rar!", "RAR archive"),
    (
        b"PK\x03\x04",
        "ZIP file, which is read only as a file of its own",
    ),
    (b"\x89PNG", "PNG image"),
    (b"\xFF\xD8\xFF", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"RIFF", "sound, film or image"),
    (b"ID3", "sound"),
    (b"\x7FELF", "program"),
    (b"SQLite format 3", "SQLite database"),
];

/// First bytes of documents of which other programs make text: what they are, and the command.
const CONVERTED: [(&[u8], &str, &str); 3] = [
    (b"%PDF-", "PDF document", "pdftotext FILE.pdf"),
    (
        b"\xD0\xCF\x11\xE0",
        "old office document",
        "soffice --headless --convert-to txt FILE",
    ),
    (
        b"{\\rtf",
        "RTF document",
        "pandoc -t plain FILE.rtf -o FILE.txt",
    ),
];

/// The format that a name's ending tells; `None` when it tells nothing.
pub(crate) fn by_name(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "txt" | "text" | "md" | "markdown" => Some(Format::Text),
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        "json" => Some(Format::Json),
        "csv" | "tsv" | "tab" => Some(Format::Table),
        "html" | "htm" | "xhtml" => Some(Format::Page),
        "rss" | "atom" | "opml" => Some(Format::Feed),
        "eml" => Some(Format::Mail),
        _ => None,
    }
}

/// The format of an input that is no archive, or why it is none of ours. `head` is its front, without
/// byte order mark and not in UTF-16; `whole`: there is no more of it.
pub(crate) fn of(path: &Path, head: &[u8], whole: bool) -> Result<Format, Problem> {
    if head.is_empty() {
        return Err(Problem::Empty);
    }
    if let Some(&(_, kind, command)) = CONVERTED
        .iter()
        .find(|(magic, _, _)| head.starts_with(magic))
    {
        return Err(Problem::Convert { kind, command });
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Problem::Binary(kind));
    }
    if head.get(257..262) == Some(b"ustar") {
        return Err(Problem::Binary(
            "tar archive; unpack it and give the folder",
        ));
    }
    let named = by_name(path);
    // Pages of many a site hold a stray zero.
    if head.contains(&0) && !matches!(named, Some(Format::Page | Format::Feed)) && !is_page(head) {
        return Err(Problem::Binary("it contains zero bytes"));
    }
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .map(str::to_ascii_lowercase);
    match ending.as_deref() {
        Some("css" | "js") => {
            return Err(Problem::Unsupported(
                "what belongs to a page's look (CSS, JavaScript)",
            ));
        }
        Some("mhtml" | "mht") => {
            return Err(Problem::Unsupported(
                "MHTML, a page with its pictures (save the page as HTML),",
            ));
        }
        _ => {}
    }
    match named {
        // A page or feed that someone saved under another name is still one.
        None | Some(Format::Text | Format::Json | Format::Page | Format::Feed)
            if feed::kind(head).is_some() =>
        {
            return Ok(Format::Feed);
        }
        None | Some(Format::Text | Format::Feed) if is_page(head) => return Ok(Format::Page),
        Some(Format::Feed) => return Err(Problem::NoFeed),
        None if mail::is_mail(head) => return Ok(Format::Mail),
        None | Some(Format::Text) if is_xml(head) => {
            return Err(Problem::Unsupported("XML that is no feed, sitemap or page"));
        }
        None | Some(Format::Text) if are_addresses(head, whole) => return Ok(Format::Addresses),
        None | Some(Format::Table) if gkg::is_gkg(&String::from_utf8_lossy(head)) => {
            return Ok(Format::Gkg);
        }
        _ => {}
    }
    Ok(named.unwrap_or_else(|| by_content(head, whole)))
}

fn is_page(head: &[u8]) -> bool {
    let front = String::from_utf8_lossy(head.get(..2048.min(head.len())).unwrap_or_default());
    let mut front = front.trim_start();
    while let Some((_, after)) = front
        .strip_prefix("<!--")
        .and_then(|rest| rest.split_once("-->"))
    {
        front = after.trim_start();
    }
    let front = front.to_ascii_lowercase();
    let starts = |with: &[&str]| with.iter().any(|w| front.starts_with(w));
    starts(&[
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<article",
        "<div",
    ]) || (starts(&["<?xml"]) && front.contains("<html"))
}

fn is_xml(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"<?xml")
}

/// Whether every line is an address, but for remarks behind `#`.
fn are_addresses(head: &[u8], whole: bool) -> bool {
    let head = String::from_utf8_lossy(head);
    let mut lines: Vec<&str> = head.lines().map(str::trim).collect();
    if !whole && lines.len() > 1 {
        lines.pop();
    }
    lines.retain(|line| !line.is_empty() && !line.starts_with('#'));
    let is_address = |line: &&str| {
        (line.starts_with("https://") || line.starts_with("http://"))
            && !line.contains(char::is_whitespace)
    };
    !lines.is_empty() && lines.iter().all(is_address)
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
        check("a.eml", "Subject: Words\n\nWords.", Ok(Format::Mail));
        let mail = "From: a@b.example\nMIME-Version: 1.0\n\nWords.";
        check("-", mail, Ok(Format::Mail));
        check("a.txt", mail, Ok(Format::Text));
        check("a.txt", "", Err("empty file"));
        check(
            "a.txt",
            "%PDF-1.7",
            Err("not text: PDF document; make it text first: pdftotext FILE.pdf"),
        );
        let tar = format!("a.html{}ustar\0", "\0".repeat(251));
        check(
            "a.html",
            &tar,
            Err("not text: tar archive; unpack it and give the folder"),
        );
        check("a.bin", "a\0b", Err("not text: it contains zero bytes"));
        check("a.txt", "<!DOCTYPE html><p>", Ok(Format::Page));
        check("a", "<!-- saved -->\n<html>", Ok(Format::Page));
        check(
            "a.xml",
            "<?xml version='1.0'?><rss><channel/></rss>",
            Ok(Format::Feed),
        );
        check("a.rss", "<html>", Ok(Format::Page));
        check(
            "a.json",
            r#"{"version": "https://jsonfeed.org/version/1.1", "items": []}"#,
            Ok(Format::Feed),
        );
        check(
            "a.xml",
            "<?xml version='1.0'?><note/>",
            Err("XML that is no feed, sitemap or page is not read"),
        );
        check(
            "a.txt",
            "https://a.example/1\n# later\nhttps://a.example/2\n",
            Ok(Format::Addresses),
        );
        check(
            "a.txt",
            "https://a.example/1 is where it was.",
            Ok(Format::Text),
        );
    }
}
