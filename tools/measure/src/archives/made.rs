//! A web archive made of known pages, as crawls of news sites save them: each page many times, with
//! other addresses and other words, a request before each answer, and errors and pictures among them.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use crate::pages::Row;

/// Pages that are compressed side by side.
const BATCH: usize = 64;
/// Every so many pages an error stands beside a page ...
const ERRORS: usize = 20;
/// ... and a picture.
const PICTURES: usize = 10;
/// Bytes of a picture.
const PICTURE: usize = 20_000;
/// Bytes of a chunk, where a body is sent in chunks.
const CHUNK: usize = 16_384;

/// What an archive holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Made {
    pub pages: usize,
    /// Bytes of the file.
    pub stored: usize,
    /// Bytes of the pages in it.
    pub html: usize,
}

/// Writes an archive of at least so many bytes.
pub(super) fn write(path: &Path, rows: &[Row], size: usize) -> Result<Made> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let note = b"software: variorum-measure\r\nformat: WARC File Format 1.0\r\n";
    let info = member(&record("warcinfo", "", 0, "application/warc-fields", note))?;
    file.write_all(&info)?;
    let mut made = Made {
        stored: info.len(),
        ..Made::default()
    };
    while made.stored < size {
        let batch: Vec<usize> = (made.pages..made.pages + BATCH).collect();
        let members: Result<Vec<(usize, Vec<u8>)>> = batch
            .into_par_iter()
            .map(|number| of_page(&rows[number % rows.len()], number, number / rows.len()))
            .collect();
        for (html, bytes) in members? {
            file.write_all(&bytes)?;
            made.pages += 1;
            made.html += html;
            made.stored += bytes.len();
        }
    }
    file.flush()?;
    Ok(made)
}

/// A page as it stands in the archive for the n-th time: its address, and its HTML.
pub(super) fn copy(row: &Row, number: usize) -> (String, String) {
    // Also where the page itself tells its address.
    let host = row.url.split('/').nth(2).unwrap_or_default();
    let (old, new) = (format!("://{host}"), format!("://n{number}.{host}"));
    let mut html = row.html.replace(&old, &new);
    let words = a_few_words(&row.article);
    let numbered = format!("{words} {number}");
    if !words.is_empty() && html.contains(words) {
        html = html.replace(words, &numbered);
    } else {
        html = html.replace("<p>", &format!("<p>{number} "));
    }
    (row.url.replace(&old, &new), html)
}

/// The first words of an article's longest line.
fn a_few_words(article: &str) -> &str {
    let line = article.lines().max_by_key(|line| line.len());
    let line = line.unwrap_or_default().trim();
    let end = line.match_indices(' ').nth(3).map_or(0, |(at, _)| at);
    &line[..end]
}

/// The records of a page and of what stands beside it, compressed; also the length of the page.
fn of_page(row: &Row, number: usize, of_row: usize) -> Result<(usize, Vec<u8>)> {
    let (url, html) = copy(row, of_row);
    let mut members = Vec::new();
    let mut add = |kind: &str, url: &str, block: &[u8]| -> Result<()> {
        let content = format!("application/http; msgtype={kind}");
        members.extend(member(&record(kind, url, number, &content, block))?);
        Ok(())
    };
    let path = url.splitn(4, '/').nth(3).unwrap_or_default();
    let host = url.split('/').nth(2).unwrap_or_default();
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n\r\n");
    add("request", &url, request.as_bytes())?;
    let html_type = "text/html; charset=utf-8";
    let chunked = number.is_multiple_of(2);
    add(
        "response",
        &url,
        &answer("200 OK", html_type, html.as_bytes(), chunked),
    )?;
    if number.is_multiple_of(ERRORS) {
        let page = b"<html><body><h1>Not found</h1><p>There is no such page.</p></body></html>";
        let gone = answer("404 Not Found", html_type, page, false);
        add("response", &format!("{url}/gone"), &gone)?;
    }
    if number.is_multiple_of(PICTURES) {
        let picture = answer("200 OK", "image/jpeg", &noise(number), false);
        add("response", &format!("{url}/picture.jpg"), &picture)?;
    }
    Ok((html.len(), members))
}

fn record(kind: &str, url: &str, number: usize, content: &str, block: &[u8]) -> Vec<u8> {
    let (minute, second) = (number / 60 % 60, number % 60);
    let target = if url.is_empty() {
        String::new()
    } else {
        format!("WARC-Target-URI: {url}\r\n")
    };
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: 2022-01-07T10:{minute:02}:{second:02}Z\r\n\
         WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n\
         Content-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    record.extend(block);
    record.extend(b"\r\n\r\n");
    record
}

/// An answer of a web server.
fn answer(status: &str, content: &str, body: &[u8], chunked: bool) -> Vec<u8> {
    let length = if chunked {
        "Transfer-Encoding: chunked".to_owned()
    } else {
        format!("Content-Length: {}", body.len())
    };
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{length}\r\n\r\n");
    let mut answer = head.into_bytes();
    if chunked {
        for chunk in body.chunks(CHUNK) {
            answer.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
            answer.extend(chunk);
            answer.extend(b"\r\n");
        }
        answer.extend(b"0\r\n\r\n");
    } else {
        answer.extend(body);
    }
    answer
}

/// Bytes that do not compress.
fn noise(seed: usize) -> Vec<u8> {
    let mut state = seed as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..PICTURE).map(|_| next()).collect()
}

fn member(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_article() {
        for (article, expected) in [
            ("Short.\nThe council met on Monday.", "The council met on"),
            ("Two words", ""),
            ("", ""),
        ] {
            assert_eq!(a_few_words(article), expected, "{article:?}");
        }
    }
}
