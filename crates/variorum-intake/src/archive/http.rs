//! An answer as it came over the wire: whether it is a page, and its bytes with the transfer and
//! content encodings undone.

use std::io::{self, Read};

use memchr::memchr;

use super::headers::{self, Headers, MAX_HEADER};
use crate::MAX_REPORT;
use crate::problem::Problem;

/// How far into a body one looks for the signs of a page.
const LOOK: usize = 1 << 10;
/// More encodings on one body than anyone would apply.
const MAX_ENCODINGS: usize = 3;

/// The header of an answer.
pub(super) struct Head {
    pub status: Option<u16>,
    pub headers: Headers,
    /// Its length in bytes, with the empty line.
    pub length: usize,
}

/// What kind of answer it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    /// Leads on to this address.
    Redirect(String),
    /// An error, or no whole answer.
    NotOk,
    /// An image, a script and so on.
    Other,
}

/// Reads the header at the front of a block.
pub(super) fn head(block: &[u8]) -> Option<Head> {
    if !block.starts_with(b"HTTP/") {
        return None;
    }
    let front = block.get(..MAX_HEADER).unwrap_or(block);
    let length = headers::length(front)?;
    let headers = Headers::of(front.get(..length)?);
    let status = headers.first.split_ascii_whitespace().nth(1);
    Some(Head {
        status: status.and_then(|status| status.parse().ok()),
        headers,
        length,
    })
}

/// Tells what an answer is by its header and the front of its body.
pub(super) fn kind(head: &Head, body: &[u8]) -> Kind {
    match head.status {
        Some(200) => {}
        Some(300..=399) => {
            let to = head.headers.get("location").map(str::to_owned);
            return to.map_or(Kind::NotOk, Kind::Redirect);
        }
        _ => return Kind::NotOk,
    }
    // Encoded bytes show nothing.
    let plain = head.headers.get("content-encoding").is_none();
    let content_type = head.headers.get("content-type");
    if is_page(content_type, if plain { body } else { b"" }) {
        Kind::Page
    } else {
        Kind::Other
    }
}

/// Whether content of this type, that begins so, is a page or plain text.
pub(super) fn is_page(content_type: Option<&str>, body: &[u8]) -> bool {
    let kind = content_type.unwrap_or_default();
    let kind = kind.split([';', ',']).next().unwrap_or_default().trim();
    match kind.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" | "text/plain" => true,
        ""
        | "application/octet-stream"
        | "text/xml"
        | "application/xml"
        | "unknown/unknown"
        | "*/*"
        | "text/*" => looks_like_page(body),
        _ => false,
    }
}

fn looks_like_page(body: &[u8]) -> bool {
    let front = body.get(..LOOK).unwrap_or(body).to_ascii_lowercase();
    let front = front.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&front);
    let starts = |with: &[u8]| front.trim_ascii_start().starts_with(with);
    let has = |what: &[u8]| memchr::memmem::find(front, what).is_some();
    starts(b"<!doctype html") || (starts(b"<") && (has(b"<html") || has(b"<head")))
}

/// The body of an answer as its author wrote it, from the whole of the block. A body that breaks
/// off is given as far as it goes, as browsers do.
pub(super) fn body(head: &Head, mut block: Vec<u8>) -> Result<Vec<u8>, Problem> {
    block.drain(..head.length.min(block.len()));
    let listed = |name: &str| {
        let list = head.headers.get(name).unwrap_or_default();
        list.split(',')
            .map(|item| item.trim().to_ascii_lowercase())
            .filter(|item| !item.is_empty() && item != "identity")
            .collect::<Vec<_>>()
    };
    let (transfer, content) = (listed("transfer-encoding"), listed("content-encoding"));
    if transfer.len() + content.len() > MAX_ENCODINGS {
        return Err(damaged("encoded too many times"));
    }
    // The last to be applied is the first to be undone.
    let both = content.iter().chain(&transfer).rev();
    for encoding in both {
        block = undo(encoding, block)?;
    }
    Ok(block)
}

fn undo(encoding: &str, block: Vec<u8>) -> Result<Vec<u8>, Problem> {
    // Crawlers often keep the header of an answer and store its body decoded.
    let bounded = |reader: &mut dyn Read| decode(reader, encoding);
    let done = match encoding {
        "chunked" => return unchunk(block),
        "gzip" | "x-gzip" if block.starts_with(b"\x1F\x8B") => {
            bounded(&mut flate2::bufread::MultiGzDecoder::new(block.as_slice()))
        }
        // Two formats go by this name.
        "deflate" if is_zlib(&block) => {
            bounded(&mut flate2::bufread::ZlibDecoder::new(block.as_slice()))
        }
        "deflate" => bounded(&mut flate2::bufread::DeflateDecoder::new(block.as_slice())),
        "br" => bounded(&mut brotli_decompressor::Decompressor::new(
            block.as_slice(),
            4096,
        )),
        "zstd" if block.starts_with(b"\x28\xB5\x2F\xFD") => {
            match ruzstd::decoding::StreamingDecoder::new(block.as_slice()) {
                Ok(mut frame) => bounded(&mut frame),
                Err(_) => Err(damaged("zstd content is damaged")),
            }
        }
        _ => return Ok(block),
    };
    match done {
        Err(Problem::BrokenRecord(_)) if looks_like_page(&block) => Ok(block),
        done => done,
    }
}

fn decode(reader: &mut dyn Read, encoding: &str) -> Result<Vec<u8>, Problem> {
    let mut decoded = Vec::new();
    let read = reader.take(MAX_REPORT as u64 + 1).read_to_end(&mut decoded);
    if decoded.len() > MAX_REPORT {
        return Err(Problem::TooLarge);
    }
    match read {
        Err(error) if error.kind() != io::ErrorKind::UnexpectedEof || decoded.is_empty() => {
            Err(damaged(&format!("{encoding} content is damaged")))
        }
        _ => Ok(decoded),
    }
}

/// The two bytes of a zlib header, which carry a check of themselves.
fn is_zlib(block: &[u8]) -> bool {
    match block {
        [a, b, ..] => a & 0x0F == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0,
        _ => false,
    }
}

/// Joins the chunks of a body. One that does not begin with a chunk was joined by the crawler.
fn unchunk(block: Vec<u8>) -> Result<Vec<u8>, Problem> {
    let mut joined = Vec::new();
    let mut rest = block.as_slice();
    loop {
        let Some(end) = memchr(b'\n', rest) else {
            // The last chunk is missing.
            return Ok(if joined.is_empty() { block } else { joined });
        };
        let (line, after) = rest.split_at(end + 1);
        let Some(size) = chunk_size(line) else {
            if joined.is_empty() {
                return Ok(block);
            }
            return Err(damaged("chunked content is damaged"));
        };
        if size == 0 {
            return Ok(joined);
        }
        let (chunk, after) = after.split_at(size.min(after.len()));
        joined.extend_from_slice(chunk);
        let after = after.strip_prefix(b"\r").unwrap_or(after);
        rest = after.strip_prefix(b"\n").unwrap_or(after);
    }
}

/// `1a3;name=value` in hexadecimal.
fn chunk_size(line: &[u8]) -> Option<usize> {
    let digits = line.split(|&b| b == b';').next()?.trim_ascii();
    let digits = std::str::from_utf8(digits).ok()?;
    let is_size = (1..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    is_size.then(|| usize::from_str_radix(digits, 16).ok())?
}

fn damaged(what: &str) -> Problem {
    Problem::BrokenRecord(what.to_owned())
}
