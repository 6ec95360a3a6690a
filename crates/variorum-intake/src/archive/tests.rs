//! Small archives, in each way of packing them.

mod damage;

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::warc::{Counts, Place, Record};
use super::{wacz, warc, zipped};
use crate::MAX_REPORT;
use crate::problem::Problem;

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    ruzstd::encoding::compress_to_vec(bytes, level)
}

fn record(kind: &str, url: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n\
         WARC-Date: 2022-01-07T18:30:00Z\r\nWARC-Record-ID: <urn:uuid:{url}>\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status}\r\n{headers}\r\n").into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn response(url: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let block = answer("200 OK", headers, body);
    record(
        "response",
        url,
        "application/http; msgtype=response",
        &block,
    )
}

fn url(number: usize) -> String {
    format!("https://ashfordcourier.example/{number}")
}

/// Words that do not compress to nothing.
fn words(number: usize) -> String {
    let words = (0..300).map(|n| format!("w{} ", (n * n * (number + 3) + 7 * n) % 9973));
    format!(
        "<html><p>Report {number}: {}</p></html>",
        words.collect::<String>()
    )
}

/// One page.
fn page(number: usize) -> Vec<u8> {
    let html = words(number);
    response(
        &url(number),
        "Content-Type: text/html; charset=utf-8\r\n",
        html.as_bytes(),
    )
}

fn pages() -> Vec<Vec<u8>> {
    (0..6).map(page).collect()
}

fn all(bytes: &[u8]) -> (Vec<Record>, Counts) {
    let mut records = warc::records(Cursor::new(bytes), Place::default()).unwrap();
    let list: Vec<Record> = records.by_ref().take(10_000).collect();
    (list, records.counts())
}

/// What came out, in short: the number of each page, or why there is none.
fn short(records: &[Record]) -> Vec<String> {
    let short = |record: &Record| match &record.content {
        Ok(capture) => capture
            .url
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned(),
        Err(problem) => problem.to_string(),
    };
    records.iter().map(short).collect()
}

fn packed(members: &[Vec<u8>], with: fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    members.iter().flat_map(|member| with(member)).collect()
}

/// The same archive in each way of packing it.
fn packings(records: &[Vec<u8>]) -> Vec<(&'static str, Vec<u8>)> {
    let whole = records.concat();
    let blocks: Vec<Vec<u8>> = whole.chunks(777).map(<[u8]>::to_vec).collect();
    vec![
        ("plain", whole.clone()),
        ("gzip, one member a record", packed(records, gzip)),
        ("gzip, one member", gzip(&whole)),
        ("gzip, members of equal length", packed(&blocks, gzip)),
        ("zstd, one frame a record", packed(records, zstd)),
        ("zstd, one frame", zstd(&whole)),
    ]
}

#[test]
fn all_packings_give_the_same_pages() {
    for (name, bytes) in packings(&pages()) {
        let (records, counts) = all(&bytes);
        assert_eq!(short(&records), ["0", "1", "2", "3", "4", "5"], "{name}");
        assert_eq!(
            counts,
            Counts {
                pages: 6,
                ..Counts::default()
            },
            "{name}"
        );
        for (number, record) in records.iter().enumerate() {
            let capture = record.content.as_ref().unwrap();
            assert_eq!(capture.body, words(number).as_bytes(), "{name}");
            assert_eq!(
                capture.retrieved.unwrap().to_string(),
                "2022-01-07T18:30:00Z"
            );
            assert_eq!(
                capture.content_type.as_deref(),
                Some("text/html; charset=utf-8")
            );
            assert_eq!(capture.status, Some(200));
            assert_eq!(capture.id, Some(format!("<urn:uuid:{}>", url(number))));
        }
        assert!(super::is_warc(&bytes), "{name}");
    }
}

#[test]
fn reading_goes_on_from_any_record() {
    for (name, bytes) in packings(&pages()) {
        let (records, _) = all(&bytes);
        let whole = short(&records);
        let from = |place: Place| {
            let seeking = warc::records(Cursor::new(&bytes), place).unwrap();
            let streaming = warc::stream(bytes.as_slice(), place).unwrap();
            let found = short(&seeking.collect::<Vec<_>>());
            assert_eq!(short(&streaming.collect::<Vec<_>>()), found, "{name}");
            found
        };
        for (number, record) in records.iter().enumerate() {
            assert_eq!(
                from(record.place),
                whole[number..],
                "{name} {:?}",
                record.place
            );
            assert_eq!(
                from(record.next),
                whole[number + 1..],
                "{name} {:?}",
                record.next
            );
        }
    }
}

#[test]
fn what_is_no_page_is_counted() {
    let dull = |kind: &str| record(kind, &url(9), "text/plain", b"format: WARC\r\n");
    let html = "Content-Type: text/html\r\n";
    let http = |status: &str, headers: &str| {
        record(
            "response",
            &url(9),
            "application/http",
            &answer(status, headers, b"<html>x"),
        )
    };
    let records = [
        dull("warcinfo"),
        dull("request"),
        dull("metadata"),
        record(
            "revisit",
            &url(1),
            "application/http",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record(
            "response",
            "dns:ashford.example",
            "text/dns",
            b"20220107\nashford 1.2.3.4",
        ),
        http("404 Not Found", html),
        http("301 Moved", "Location: /1\r\n"),
        http("200 OK", "Content-Type: image/png\r\n"),
        response(
            "https://a.example/robots.txt",
            "Content-Type: text/plain\r\n",
            b"Disallow: /",
        ),
        record(
            "resource",
            "https://a.example/r",
            "text/html",
            b"<html>saved",
        ),
        record(
            "conversion",
            "https://a.example/w",
            "text/plain",
            b"only the words",
        ),
        response("<https://a.example/u>", "", b" <!DOCTYPE html><title>x"),
        record(
            "response",
            "https://a.example/empty",
            "application/http",
            b"",
        ),
    ];
    for (name, bytes) in packings(&records) {
        let (found, counts) = all(&bytes);
        assert_eq!(short(&found), ["r", "w", "u"], "{name}");
        let expected = Counts {
            pages: 3,
            not_ok: 2,
            other_content: 2,
            revisits: 1,
            not_content: 5,
            ..Counts::default()
        };
        assert_eq!(counts, expected, "{name}");
        let notice = counts.notice().unwrap();
        assert!(
            notice.starts_with("records passed over: 2 redirects and errors, 2 "),
            "{notice}"
        );
    }
}

#[test]
fn older_headers_are_read() {
    let old = "WARC/0.18\nWARC-Type: response\nWARC-Target-URI: http://a.example/old\n\
               WARC-Date: 2009-03-65T08:43:19-0800\nContent-Length: 44\n\n\
               HTTP/1.1 200 OK\nContent-Type: text/html\n\nhi\n\n";
    let new = "WARC/1.1\r\nwarc-type: response\r\nWARC-Target-URI: http://a.example/new\r\n\
               WARC-Date: 2022-01-07T18:30:00.123456Z\r\nContent-Length: 44\r\n\r\n\
               HTTP/1.1 200 OK\nContent-Type: text/html\n\nhi\r\n\r\n";
    let (records, _) = all(format!("{old}{new}").as_bytes());
    assert_eq!(short(&records), ["old", "new"]);
    let retrieved = |n: usize| records[n].content.as_ref().unwrap().retrieved;
    assert_eq!(retrieved(0), None);
    assert_eq!(retrieved(1).unwrap().to_string(), "2022-01-07T18:30:00Z");
}

#[test]
fn encodings_are_undone() {
    let html = b"<html><p>The council met on Friday.</p></html>".as_slice();
    let check = |headers: &str, body: &[u8], expected: Result<&[u8], &str>| {
        let headers = format!("Content-Type: text/html\r\n{headers}");
        let (records, _) = all(&response(&url(1), &headers, body));
        let found = records[0].content.as_ref();
        let found = found
            .map(|capture| capture.body.as_slice())
            .map_err(Problem::to_string);
        assert_eq!(found, expected.map_err(str::to_owned), "{headers}");
    };
    let packed = gzip(html);
    let zlib = {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(html).unwrap();
        encoder.finish().unwrap()
    };
    let raw = &zlib[2..zlib.len() - 4];
    // A brotli stream of one uncompressed block.
    let mut brotli = vec![0x8B, 0x16, 0x80];
    brotli.extend_from_slice(html);
    brotli.push(0x03);
    let chunks = b"7\r\n<html><\r\n5;x=y\r\np>The\r\n0\r\n\r\n";
    let chunked = "Transfer-Encoding: chunked\r\n";
    check("Content-Encoding: gzip\r\n", &packed, Ok(html));
    check("Content-Encoding: deflate\r\n", &zlib, Ok(html));
    check("Content-Encoding: deflate\r\n", raw, Ok(html));
    check("Content-Encoding: zstd\r\n", &zstd(html), Ok(html));
    check("Content-Encoding: br\r\n", &brotli, Ok(html));
    check("Content-Encoding: identity\r\n", html, Ok(html));
    check(chunked, chunks, Ok(b"<html><p>The"));
    let both = format!("{:x}\r\n", packed.len()).into_bytes();
    let both = [both.as_slice(), &packed, b"\r\n0\r\n\r\n"].concat();
    check(
        &format!("{chunked}Content-Encoding: gzip\r\n"),
        &both,
        Ok(html),
    );
    // Stored decoded, under the header of what was sent.
    check(chunked, html, Ok(html));
    for encoding in ["gzip", "deflate", "br", "zstd"] {
        check(&format!("Content-Encoding: {encoding}\r\n"), html, Ok(html));
    }
    // Broken off, and damaged.
    check(chunked, &chunks[..10], Ok(b"<html><"));
    check(
        chunked,
        b"7\r\n<html><\r\nzz\r\n",
        Err("damaged record: chunked content is damaged"),
    );
    let mut flipped = gzip(words(1).as_bytes());
    let middle = flipped.len() / 2;
    flipped[middle..middle + 9].fill(0xAA);
    let damaged = Err("damaged record: gzip content is damaged");
    check("Content-Encoding: gzip\r\n", &flipped, damaged);
    let bomb = gzip(&vec![b' '; MAX_REPORT + 1]);
    let large = Err("larger than the limit of 64 MB for one report");
    check("Content-Encoding: gzip\r\n", &bomb, large);
}

#[test]
fn records_beyond_the_limit_are_not_held() {
    let html = "Content-Type: text/html\r\n";
    let large = response(&url(1), html, &vec![b'x'; MAX_REPORT + (1 << 20)]);
    let (records, counts) = all(&packed(&[page(0), large, page(2)], gzip));
    assert_eq!(
        short(&records),
        ["0", "larger than the limit of 64 MB for one report", "2"]
    );
    assert_eq!(counts.unread, 1);
}

#[test]
fn a_dictionary_at_the_front_is_passed_over() {
    let frame = [
        b"\x5D\x2A\x4D\x18\x04\x00\x00\x00none".as_slice(),
        &packed(&pages(), zstd),
    ];
    assert_eq!(
        short(&all(&frame.concat()).0),
        ["0", "1", "2", "3", "4", "5"]
    );
}

fn zip_of(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (number, (name, bytes)) in files.iter().enumerate() {
        let method = if number % 2 == 0 {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn of_wacz(bytes: &[u8], from: wacz::Place) -> (Vec<Record>, Vec<wacz::Place>, Counts) {
    let mut found = (Vec::new(), Vec::new());
    let Ok((mut zip, zipped::Contents::Wacz(files))) = zipped::open(Cursor::new(bytes)) else {
        return (Vec::new(), Vec::new(), Counts::default());
    };
    let counts = wacz::each(&mut zip, &files, from, &mut |item| {
        assert!(item.file.starts_with("archive/"), "{}", item.file);
        found.0.push(item.record);
        found.1.push(item.next);
        if found.0.len() < 10_000 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    (found.0, found.1, counts)
}

fn small_wacz(list: &str) -> Vec<u8> {
    let moved = answer("301 Moved", "Location: /4\r\n", b"");
    let moved = record("response", &url(40), "application/http", &moved);
    zip_of(&[
        (
            "archive/b.warc.gz",
            packed(&[moved, page(4), page(5)], gzip),
        ),
        (
            "archive/a.warc.gz",
            packed(&[page(0), page(1), page(2)], gzip),
        ),
        ("datapackage.json", b"{}".to_vec()),
        ("pages/pages.jsonl", list.as_bytes().to_vec()),
    ])
}

#[test]
fn a_wacz_gives_the_pages_that_it_lists() {
    let check = |list: &str, expected: &[&str], embedded: usize| {
        let bytes = small_wacz(list);
        let (records, places, counts) = of_wacz(&bytes, wacz::Place::default());
        assert_eq!(short(&records), expected, "{list}");
        assert_eq!(counts.embedded, embedded, "{list}");
        for (number, place) in places.iter().enumerate() {
            let (rest, ..) = of_wacz(&bytes, *place);
            assert_eq!(short(&rest), expected[number + 1..], "{list} {place:?}");
        }
    };
    let list = "{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All\"}\n\
                {\"url\": \"https://ashfordcourier.example/1#top\", \"ts\": \"x\"}\n\
                not json\n{\"url\": \"https://ashfordcourier.example/5\"}\n";
    check("", &["0", "1", "2", "4", "5"], 0);
    check(list, &["1", "5"], 3);
    check(
        "{\"url\": \"https://elsewhere.example/\"}",
        &["0", "1", "2", "4", "5"],
        0,
    );
}

#[test]
fn a_redirect_leads_to_the_page() {
    let list = "{\"url\": \"https://ashfordcourier.example/40\"}\n\
                {\"url\": \"https://ashfordcourier.example/1\"}";
    let (records, ..) = of_wacz(&small_wacz(list), wacz::Place::default());
    assert_eq!(short(&records), ["1", "4"]);
}

#[test]
fn other_zip_files_say_what_they_are() {
    let open = |files: &[(&str, Vec<u8>)]| {
        let opened = zipped::open(Cursor::new(zip_of(files)));
        opened
            .map(|(_, contents)| contents)
            .map_err(|problem| problem.to_string())
    };
    let none = "a ZIP file, but no WACZ (web archive): it has no archive/*.warc".to_owned();
    assert_eq!(open(&[("a.html", vec![])]), Err(none.clone()));
    assert_eq!(open(&[]), Err(none.clone()));
    assert_eq!(open(&[("a.csv", vec![]), ("b.csv", vec![])]), Err(none));
    let table = "20220107183000.gkg.csv";
    assert_eq!(
        open(&[(table, vec![])]),
        Ok(zipped::Contents::Table(0, table.to_owned()))
    );
    assert!(zipped::is_zip(&zip_of(&[])) && zipped::is_zip(&small_wacz("")));
    let damaged = zipped::open(Cursor::new(b"PK\x03\x04 and no more")).unwrap_err();
    assert!(
        damaged.to_string().starts_with("damaged ZIP file: "),
        "{damaged}"
    );
}
