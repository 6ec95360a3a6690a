//! `variorum read` on what people have: pages, feeds, archives and addresses.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod server;

use std::io::Write;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use server::{Answer, serve};
use tempfile::TempDir;

/// What a run of `variorum read` did.
struct Run {
    reports: Vec<serde_json::Value>,
    said: String,
    code: Option<i32>,
}

fn read(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    let output = command
        .arg("read")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    Run {
        reports: lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
        said: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

impl Run {
    /// The values of a field, one for each report.
    fn all(&self, field: &str) -> Vec<String> {
        let shown =
            |value: &serde_json::Value| value.as_str().map_or(value.to_string(), str::to_owned);
        self.reports
            .iter()
            .map(|report| shown(&report[field]))
            .collect()
    }
}

const FIRST: &str = "The old bridge over the Wend reopened on Friday after two years of work, and the first \
    buses crossed it at noon, the council said in a statement.";
const SECOND: &str = "Mayor Ann Field told reporters that the repair had cost nine million pounds, a third \
    more than was planned, because the piers stood on sand.";

/// A page of the Ashford Courier with a menu, an article and a footer.
fn page(number: usize) -> String {
    format!(
        r#"<!DOCTYPE html><html lang="en"><head><title>Bridge {number} reopens | The Ashford Courier</title>
<meta property="og:site_name" content="The Ashford Courier">
<link rel="canonical" href="https://courier.example/news/bridge-{number}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Bridge {number} reopens",
 "author": {{"@type": "Person", "name": "Jo Kerr"}}, "datePublished": "2022-01-07T18:50:00+00:00",
 "dateModified": "2022-01-08T09:00:00Z"}}</script></head>
<body><nav><ul><li><a href="/">Home</a><li><a href="/sport">Sport</a><li><a href="/weather">Weather</a></ul></nav>
<article><h1>Bridge {number} reopens</h1><p class="byline">By Jo Kerr</p>
<div class="article-body"><p>{FIRST}</p><p>{SECOND}</p></div></article>
<aside class="related"><h3>Most read</h3><ul><li><a href="/a">Fair returns in May</a><li><a href="/b">Mill sold</a></ul></aside>
<footer><p>© 2022 The Ashford Courier. All rights reserved.</p></footer></body></html>"#
    )
}

#[test]
fn a_page_gives_its_article_and_says_where_each_field_stands() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("saved.html"), page(1)).unwrap();
    let run = read(folder.path(), &["saved.html"]);
    let report = &run.reports[0];
    assert_eq!(report["text"], format!("{FIRST}\n\n{SECOND}"));
    let fields = [
        "id",
        "title",
        "author",
        "outlet",
        "published",
        "updated",
        "language",
        "page",
    ];
    let found: Vec<&str> = fields
        .iter()
        .map(|field| report[*field].as_str().unwrap())
        .collect();
    let id = "https://courier.example/news/bridge-1";
    let expected = [
        id,
        "Bridge 1 reopens",
        "Jo Kerr",
        "The Ashford Courier",
        "2022-01-07T18:50:00Z",
        "2022-01-08T09:00:00Z",
        "en",
        "article",
    ];
    assert_eq!(found, expected);
    let sources = serde_json::json!({"author": "json-ld", "language": "html", "outlet": "open-graph",
        "published": "json-ld", "title": "heading", "updated": "json-ld", "url": "meta"});
    assert_eq!(report["sources"], sources);
    assert_eq!((run.said.as_str(), run.code), ("", Some(0)));
}

#[test]
fn what_stands_beside_a_page_counts_before_what_it_says_itself() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("saved.html"), page(1)).unwrap();
    std::fs::write(
        folder.path().join("saved.json"),
        r#"{"outlet": "Courier (print)", "date": "2022-01-06"}"#,
    )
    .unwrap();
    let run = read(folder.path(), &["."]);
    assert_eq!(run.all("outlet"), ["Courier (print)"]);
    assert_eq!(run.all("published"), ["2022-01-06"]);
    assert_eq!(run.all("title"), ["Bridge 1 reopens"]);
}

fn feed(items: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Ashford Courier</title><link>https://courier.example/</link>{items}</channel></rss>"#
    )
}

fn item(number: usize, rest: &str) -> String {
    format!(
        "<item><title>Bridge {number} reopens</title><guid>https://courier.example/{number}</guid>
<pubDate>Fri, 07 Jan 2022 18:50:00 GMT</pubDate>{rest}</item>"
    )
}

#[test]
fn entries_of_feeds_are_reports_and_say_when_they_are_summaries() {
    let folder = TempDir::new().unwrap();
    let whole = format!(
        "<content:encoded><![CDATA[<p>{}</p>]]></content:encoded><source url='https://wire.example/'>Wend Wire</source>",
        [FIRST; 6].join("</p><p>And ")
    );
    let short = "<link>https://courier.example/2</link><description>The bridge is open again.</description>";
    std::fs::write(
        folder.path().join("a.rss"),
        feed(&(item(1, &whole) + &item(2, short) + &item(1, &whole))),
    )
    .unwrap();
    let run = read(folder.path(), &["a.rss"]);
    assert_eq!(
        run.all("id"),
        ["https://courier.example/1", "https://courier.example/2"]
    );
    assert_eq!(run.all("page"), ["article", "summary"]);
    assert_eq!(
        run.all("outlet"),
        ["The Ashford Courier", "The Ashford Courier"]
    );
    assert_eq!(run.reports[0]["credits"][0]["outlet"], "Wend Wire");
    assert!(
        run.said.contains("1 entry gives only a summary"),
        "{}",
        run.said
    );
    assert!(
        run.said.contains("1 page or entry met again unchanged"),
        "{}",
        run.said
    );
}

#[test]
fn only_what_is_wanted_is_read() {
    let folder = TempDir::new().unwrap();
    let row =
        |day| format!("{{\"id\": \"{day}\", \"date\": \"2022-01-0{day}\", \"text\": \"{FIRST}\"}}");
    let rows = (1..=9).map(row).collect::<Vec<_>>().join("\n");
    std::fs::write(folder.path().join("a.jsonl"), rows).unwrap();
    let run = read(
        folder.path(),
        &[
            "a.jsonl",
            "--since",
            "2022-01-03",
            "--until",
            "2022-01-07",
            "--limit",
            "3",
        ],
    );
    assert_eq!(run.all("id"), ["3", "4", "5"]);
    let run = read(folder.path(), &["a.jsonl", "--language", "German"]);
    assert_eq!((run.reports.len(), run.code), (0, Some(1)));
    assert!(run.said.contains("9 reports left out"), "{}", run.said);
    let run = read(folder.path(), &["a.jsonl", "--as", "text"]);
    assert_eq!(run.all("id"), ["a"]);
    assert_eq!(
        read(folder.path(), &["a.jsonl", "--language", "Klingonish"]).code,
        Some(2)
    );
}

/// A web archive with one gzip member a record.
fn archive(pages: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for number in 0..pages {
        let html = page(number);
        let answer =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}");
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/news/bridge-{number}\r\n\
             WARC-Date: 2022-01-09T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
            answer.len()
        );
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        member.write_all(record.as_bytes()).unwrap();
        bytes.extend(member.finish().unwrap());
    }
    bytes
}

#[test]
fn a_run_that_was_broken_off_goes_on_to_the_same_bytes() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("a.warc.gz"), archive(700)).unwrap();
    let whole = read(folder.path(), &["a.warc.gz", "-o", "whole.jsonl"]);
    assert_eq!((whole.said.as_str(), whole.code), ("", Some(0)));
    let expected = std::fs::read(folder.path().join("whole.jsonl")).unwrap();
    assert_eq!(String::from_utf8_lossy(&expected).lines().count(), 700);
    // Some reports a run, until there are no more; and each run leaves half a line behind.
    let output = folder.path().join("parts.jsonl");
    for runs in 0.. {
        assert!(runs < 9, "it never ends");
        read(
            folder.path(),
            &[
                "a.warc.gz",
                "-o",
                "parts.jsonl",
                "--resume",
                "--limit",
                "150",
            ],
        );
        let found = std::fs::read(&output).unwrap();
        if found == expected {
            assert_eq!(runs, 4);
            break;
        }
        assert!(expected.starts_with(&found), "after {runs} runs");
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .open(&output)
            .unwrap();
        file.write_all(b"{\"id\": \"half a li").unwrap();
    }
}

#[test]
fn a_feed_is_followed_with_what_is_new_and_what_has_changed() {
    let folder = TempDir::new().unwrap();
    let link = |site: &str, number| {
        item(
            number,
            &format!("<link>{site}/news/{number}</link><description>Open again.</description>"),
        )
    };
    let site = serve(move |site, path, visit| match path {
        "/feed" if visit == 0 => Answer::ok("application/rss+xml", feed(&link(site, 1))),
        "/feed" => Answer::ok(
            "application/rss+xml",
            feed(&(link(site, 1) + &link(site, 2))),
        ),
        "/news/1" => Answer::ok("text/html", page(1)),
        _ => Answer::status(404),
    });
    let address = site.address("/feed");
    let run = read(folder.path(), &[&address, "-o", "out.jsonl", "--resume"]);
    assert_eq!((run.said.as_str(), run.code), ("", Some(0)));
    let ids = || {
        let lines = std::fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
        let report = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        lines
            .lines()
            .map(report)
            .map(|r| {
                (
                    r["id"].as_str().unwrap().to_owned(),
                    r["page"].as_str().unwrap().to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let one = ("https://courier.example/1".to_owned(), "article".to_owned());
    assert_eq!(ids(), std::slice::from_ref(&one));
    let run = read(folder.path(), &[&address, "-o", "out.jsonl", "--resume"]);
    assert!(run.said.contains("/news/2: "), "{}", run.said);
    // The page of the second is gone: its summary is kept, and said to be one.
    assert_eq!(
        ids(),
        [
            one,
            ("https://courier.example/2".to_owned(), "summary".to_owned())
        ]
    );
    assert_eq!(
        site.visits("/news/1"),
        1,
        "a page that is had is not asked for again"
    );
}

#[test]
fn links_never_lead_into_the_own_network() {
    let folder = TempDir::new().unwrap();
    let inner = serve(|_, _, _| Answer::ok("text/html", page(3)));
    let secret = inner.address("/secret");
    let rows = format!("https://courier.example/\n{secret}\n");
    let list = item(
        1,
        &format!("<link>{secret}</link><description>Look here.</description>"),
    );
    std::fs::write(folder.path().join("list.rss"), feed(&list)).unwrap();
    let run = read(folder.path(), &["list.rss", "--links", "fetch"]);
    assert!(run.said.contains("private"), "{}", run.said);
    assert_eq!(
        (inner.visits("/secret"), run.all("page")),
        (0, vec!["summary".to_owned()])
    );
    // An address that the user wrote is the user's own affair.
    std::fs::write(folder.path().join("list.txt"), rows.lines().last().unwrap()).unwrap();
    let run = read(folder.path(), &["list.txt", "--links", "fetch"]);
    assert_eq!(
        (run.all("title"), run.said.as_str()),
        (vec!["Bridge 3 reopens".to_owned()], "")
    );
}
