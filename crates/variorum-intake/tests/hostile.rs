//! Bad input is harmless: nothing panics, stands still or takes the memory, what can be read is
//! kept, and what cannot be gives one clear line.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

use std::fs;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;
use variorum_intake::{Intake, MAX_PAGE, page, read};

const ARTICLE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Bridge closed - The Ashford Courier</title>
<meta charset="utf-8"><meta property="og:title" content="Bridge closed"><meta name="author" content="Ann Lee">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
"headline": "Bridge closed", "datePublished": "2022-01-07T08:00:00Z", "author": {"@type": "Person", "name": "Ann Lee"}}]}</script>
<style>p { color: red }</style></head><body><!-- top --><nav><ul><li><a href="/">Home</a><ul><li>News</ul></ul></nav>
<article><h1>Bridge closed</h1><p class="byline">By Ann Lee, <time datetime="2022-01-07">7 January 2022</time></p>
<p>The old bridge in Ashford was closed on Friday after inspectors found cracks in two of its pillars, the council said.</p>
<p>&ldquo;Nobody was hurt,&rdquo; said Mayor Joan Park, who spoke at the river. <b>Repairs</b> will take until the spring.</p>
<table><tr><th>Day<th>Cars<tr><td>Monday<td>1,200</table></article><script>var a = "<p>" + 1;</script></body></html>"#;
const PLAIN_PAGE: &str = "<html><body><div id=main itemscope itemtype='http://schema.org/Article'><h2>Storm</h2><div>Ashford, Jan 8 -
The storm took the roofs of nine houses in the valley on Saturday, and four families spent the night in the town hall.<br><br>
The roads were open again by noon, the county said on its page.</div></div><footer>About us</footer>";
const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Ashford Courier</title>
<item><title>Bridge</title><link>https://courier.example/1</link><pubDate>Fri, 07 Jan 2022 08:00:00 GMT</pubDate>
<description><![CDATA[<p>The bridge was closed on Friday &amp; will stay so.</p>]]></description></item></channel></rss>"#;
const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley News</title><entry><id>a</id><title>Storm</title>
<updated>2022-01-08T09:00:00Z</updated><link href="https://valley.example/2"/><content type="html">&lt;p&gt;The storm took nine roofs.&lt;/p&gt;</content></entry></feed>"#;
const JSON_FEED: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": [{"id": "1",
"url": "https://courier.example/3", "content_text": "The council met on Monday.", "date_published": "2022-01-10T08:00:00Z"}]}"#;
const SITEMAP: &str = r#"<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>
<loc>https://courier.example/4</loc><lastmod>2022-01-11</lastmod></url></urlset>"#;
const OPML: &str = r#"<?xml version="1.0"?><opml version="2.0"><body><outline type="rss" xmlUrl="https://courier.example/rss"/></body></opml>"#;
const CSV: &str = "id,date,title,text\n1,2022-01-07,Bridge,\"The bridge, they said, was closed.\"\n2,2022-01-08,Storm,Nine roofs went.\n";
const JSON_LINES: &str = "{\"id\": \"a\", \"date\": \"2022-01-07\", \"text\": \"The bridge was closed.\"}\n{\"id\": \"b\", \"text\": \"Nine roofs went.\"}\n";
const WORDS: &str = "The council met on Monday and agreed to repair the old bridge before winter.";

fn gkg() -> String {
    let mut fields = vec![""; 27];
    fields[0] = "20220107080000-1";
    fields[1] = "20220107080000";
    fields[2] = "1";
    fields[3] = "courier.example";
    fields[4] = "https://courier.example/5";
    fields.join("\t") + "\n"
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn warc(content_type: &str, page: &[u8]) -> Vec<u8> {
    let http = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        page.len()
    );
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2022-01-07T08:00:00Z\r\nWARC-Target-URI: https://courier.example/news/bridge\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len() + page.len()
    );
    [head.as_bytes(), http.as_bytes(), page, b"\r\n\r\n"].concat()
}

fn stdin(bytes: &[u8]) -> Intake {
    read(&["-".into()], &mut &*bytes)
}

fn file(name: &str, bytes: &[u8]) -> Intake {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    read(&[path], &mut std::io::empty())
}

fn reasons(intake: &Intake) -> Vec<&str> {
    let notices = intake.notices.iter().map(|notice| notice.reason.as_str());
    let unread = intake.unread.iter().map(|unread| unread.reason.as_str());
    unread.chain(notices).collect()
}

/// A file gives so many reports, and lines that begin like these.
fn check(name: &str, bytes: &[u8], reports: usize, lines: &[&str]) {
    let intake = file(name, bytes);
    let found = reasons(&intake);
    assert_eq!(
        intake.reports.len(),
        reports,
        "reports of {name}: {found:?}"
    );
    assert_eq!(found.len(), lines.len(), "lines of {name}: {found:?}");
    for (found, expected) in found.iter().zip(lines) {
        assert!(
            found.starts_with(expected),
            "{name}: {found:?}, not {expected:?}"
        );
    }
}

/// A page whose text has these words, and which is read within five seconds.
fn check_page(what: &str, html: &str, words: &str) {
    let start = Instant::now();
    let text = page::read(html, None).text;
    let took = start.elapsed();
    let front: String = text.chars().take(300).collect();
    assert!(text.contains(words), "{what}: {front:?}");
    assert!(took < Duration::from_secs(5), "{what}: {took:?}");
}

/// The same numbers at each run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    /// A piece of at most 200 bytes.
    fn piece(&mut self, length: usize) -> std::ops::Range<usize> {
        let from = self.below(length);
        from..(from + self.below(200)).min(length)
    }
}

fn mutate(bytes: &mut Vec<u8>, other: &[u8], numbers: &mut Numbers) {
    if bytes.is_empty() {
        return;
    }
    let at = numbers.below(bytes.len());
    match numbers.below(7) {
        0 => bytes[at] ^= 1 << numbers.below(8),
        1 => bytes[at] = b"<>&\"'\0\n\xFF\xC3{}[],;/="[numbers.below(17)],
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(numbers.piece(bytes.len()))),
        4 => {
            let piece = bytes[numbers.piece(bytes.len())].to_vec();
            drop(bytes.splice(at..at, piece.repeat(1 + numbers.below(4))));
        }
        5 => {
            let with = numbers.below(bytes.len());
            bytes.swap(at, with);
        }
        _ => {
            bytes.truncate(at);
            bytes.extend_from_slice(&other[numbers.below(other.len())..]);
        }
    }
}

#[test]
fn mutated_input_is_harmless() {
    let archive = [
        warc("text/html", ARTICLE.as_bytes()),
        warc("text/html", PLAIN_PAGE.as_bytes()),
    ]
    .concat();
    let samples: Vec<Vec<u8>> = [
        ARTICLE,
        PLAIN_PAGE,
        RSS,
        ATOM,
        JSON_FEED,
        SITEMAP,
        OPML,
        CSV,
        JSON_LINES,
        &gkg(),
    ]
    .map(|text| text.as_bytes().to_vec())
    .into_iter()
    .chain([gzip(&archive), gzip(JSON_LINES.as_bytes()), archive])
    .collect();
    for sample in &samples {
        let intake = stdin(sample);
        assert!(
            !intake.reports.is_empty() || !intake.unread.is_empty(),
            "nothing of {:?}",
            String::from_utf8_lossy(sample)
        );
    }
    let mut numbers = Numbers(0x5EED);
    for round in 0..10_000 {
        let mut bytes = samples[round % samples.len()].clone();
        let other = numbers.below(samples.len());
        for _ in 0..=numbers.below(4) {
            mutate(&mut bytes, &samples[other], &mut numbers);
        }
        let shown = || String::from_utf8_lossy(&bytes).into_owned();
        let start = Instant::now();
        let intake = stdin(&bytes);
        if round % samples.len() < 2 {
            page::read(
                &String::from_utf8_lossy(&bytes),
                Some("https://courier.example/1"),
            );
        }
        assert!(
            start.elapsed() < Duration::from_secs(1),
            "round {round}: {}",
            shown()
        );
        let said = intake.unread.len() + intake.notices.len();
        assert!(
            intake.reports.len() + said > 0,
            "round {round} gives nothing: {}",
            shown()
        );
        for line in reasons(&intake) {
            assert!(
                !line.contains(['\n', '\0']) && line.len() < 1000,
                "round {round}: {line:?}"
            );
        }
    }
}

#[test]
fn odd_elements_cost_neither_words_nor_time() {
    let tables = "<table><tr><td>".repeat(5000);
    check_page("nested tables", &format!("{tables}<p>{WORDS}"), WORDS);
    check_page(
        "nested divs",
        &format!("{}<p>{WORDS}", "<div>".repeat(200_000)),
        WORDS,
    );
    for tag in ["<b>", "<a>", "<p>", "<li>"] {
        check_page(
            tag,
            &format!("{}{WORDS}<p>{WORDS}", tag.repeat(100_000)),
            WORDS,
        );
    }
    check_page(
        "attributes",
        &format!("<p {}>{WORDS}", "a=b ".repeat(1_000_000)),
        WORDS,
    );
    check_page(
        "attribute",
        &format!("<p class='{}'>{WORDS}", "a ".repeat(5 << 20)),
        WORDS,
    );
    check_page(
        "entities",
        &format!(
            "<p>{WORDS} {}</p>",
            "&eacute;&bogus;&#x110000;".repeat(20_000)
        ),
        "before winter. é",
    );
    check_page(
        "zeros",
        &format!("<p>{}</p>", WORDS.replace("bridge", "bri\0dge")),
        "old bridge before",
    );
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let large = format!(
        "{{\"@type\": \"NewsArticle\", \"x\": \"{}\"}}",
        "a".repeat(10 << 20)
    );
    for data in [deep, large] {
        check_page(
            "JSON-LD",
            &format!("<script type='application/ld+json'>{data}</script><p>{WORDS}"),
            WORDS,
        );
    }
}

#[test]
fn the_work_grows_with_the_page_only() {
    let deep = "<div>".repeat(490);
    let rows = "<svg>".to_owned() + &"<tr>".repeat(490);
    let class = format!("<div class='{}'>", "a b".repeat(1 << 19));
    let attributes = format!("<div {}>", "a ".repeat(1 << 20));
    let headings = "<h1><div>".repeat(245);
    let cases = [
        ("", "<p>a"),
        ("", "<table>"),
        ("", "<table><tr><td>a"),
        ("", "<div>"),
        ("", "<a href=x>"),
        ("", "<svg>"),
        ("", "<select><option>"),
        ("", "< "),
        ("", "<time datetime=2022-01-01>"),
        ("", "<div class=byline>By Ann Lee"),
        (&deep, "<div>a</div>"),
        (&rows, "<td/>"),
        (&class, "<p>a"),
        (&attributes, "<p>a"),
        (&headings, "words "),
    ];
    for (front, part) in cases {
        let html = front.to_owned() + &part.repeat((MAX_PAGE / 4 - front.len()) / part.len());
        let start = Instant::now();
        page::read(&html, None);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{part}: {took:?}");
    }
}

#[test]
fn too_large_pages_are_said_and_not_held() {
    let start = Instant::now();
    let mut large = std::io::repeat(b'a').take(100 << 20);
    let mut page = b"<html><body><p>".chain(&mut large);
    let intake = read(&["-".into()], &mut page);
    assert_eq!(
        reasons(&intake),
        ["larger than the limit of 16 MB for one page"]
    );
    assert!(large.limit() > 80 << 20, "read on after the limit");
    let mut archive = warc("text/html", &vec![b'a'; 100 << 20]);
    archive.extend(warc("text/html", ARTICLE.as_bytes()));
    let intake = file("a.warc", &archive);
    assert_eq!(intake.reports.len(), 1, "{:?}", reasons(&intake));
    assert!(intake.unread.len() == 1, "{:?}", reasons(&intake));
    assert!(
        intake.unread[0].reason.contains("larger than the limit"),
        "{:?}",
        reasons(&intake)
    );
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn damaged_and_misnamed_files_give_what_they_hold_and_a_line() {
    let zipped = gzip(JSON_LINES.repeat(50).as_bytes());
    let mut tar = vec![0; 1024];
    tar[..6].copy_from_slice(b"a.html");
    tar[257..262].copy_from_slice(b"ustar");
    let broken = JSON_LINES.replacen('\n', "\n{\"text\": \"broken\n", 1);
    let archive = [
        warc("text/html", ARTICLE.as_bytes()),
        warc("text/html", PLAIN_PAGE.as_bytes()),
    ]
    .concat();
    let wide: Vec<u8> = std::iter::once(0xFEFF)
        .chain(ARTICLE.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let page = ARTICLE.as_bytes();
    check(
        "a.warc",
        &archive[..archive.len() - 200],
        1,
        &["damaged record", "damaged records: 1"],
    );
    check("a.rss", page, 1, &[]);
    check("a.xml", page, 1, &[]);
    check("a.gz", &gzip(&zipped), 0, &["compressed twice"]);
    check("a.tar.gz", &gzip(&tar), 0, &["not text: tar archive"]);
    check("a.tgz", &gzip(&tar), 0, &["not text: tar archive"]);
    check("a.gz", &gzip(b""), 0, &["empty file"]);
    check("a.gz", b"", 0, &["empty file"]);
    check(
        "a.jsonl.gz",
        &gzip(broken.as_bytes()),
        2,
        &["JSON breaks off before this object is closed"],
    );
    check(
        "a.html",
        wide.as_slice(),
        1,
        &["not UTF-8; read as UTF-16LE"],
    );
    check(
        "a.html",
        b"<html><body><img src=a.png><img src=b.png></body></html>",
        0,
        &["no article text"],
    );
    check("a.html", b"\x89PNG\r\n\x1a\n", 0, &["not text: PNG image"]);
}

#[test]
fn one_bad_file_of_a_thousand_is_said() {
    let folder = TempDir::new().unwrap();
    for number in 0..1000 {
        let words = format!("<html><title>Report {number}</title><p>On day {number}, {WORDS}</p>");
        let bytes = if number == 500 {
            b"\x7FELF\0\0".to_vec()
        } else {
            words.into_bytes()
        };
        fs::write(folder.path().join(format!("{number}.html")), bytes).unwrap();
    }
    let intake = read(&[folder.path().to_owned()], &mut std::io::empty());
    assert_eq!(intake.reports.len(), 999);
    assert_eq!(reasons(&intake), ["not text: program"]);
    assert!(intake.unread[0].path.ends_with("500.html"));
}

#[test]
fn entities_of_entities_in_feeds_are_not_unfolded() {
    let entities: Vec<String> = (1..12)
        .map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10)))
        .collect();
    let entities = entities.concat();
    let bomb = format!(
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 'boom'>{entities}]><rss version='2.0'><channel><title>&e11;</title>\
         <item><guid>1</guid><title>Storm</title><description>{WORDS} &e11;</description></item></channel></rss>"
    );
    let start = Instant::now();
    let intake = stdin(bomb.as_bytes());
    assert_eq!(intake.reports.len(), 1, "{:?}", reasons(&intake));
    assert!(intake.reports[0].text.starts_with(WORDS));
    assert!(intake.reports[0].text.len() < 1000);
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn the_bytes_of_a_page_are_trusted_before_what_is_said_of_them() {
    let check = |content_type: &str, page: &[u8]| {
        let intake = stdin(&warc(content_type, page));
        let texts: Vec<&str> = intake.reports.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(texts.len(), 1, "{content_type}: {:?}", reasons(&intake));
        assert!(
            texts[0].contains("The café in Ashford was closed"),
            "{content_type}: {texts:?}"
        );
    };
    let says = |charset: &str| {
        format!(
            "<html><head><meta charset='{charset}'></head><body><p>The café in Ashford was closed on Friday, the owner said, after {WORDS}</p></body></html>"
        )
    };
    let latin = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<u8>>();
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect::<Vec<u8>>()
    };
    let utf8 = says("windows-1251");
    check("text/html; charset=iso-8859-1", utf8.as_bytes());
    check("text/html; charset=utf-16", utf8.as_bytes());
    check("text/html; charset=nonsense", utf8.as_bytes());
    check("text/html; charset=utf-8", &latin(&says("iso-8859-1")));
    check("text/html; charset=iso-8859-1", &latin(&says("utf-8")));
    check("text/html", &latin(&says("nonsense")));
    check(
        "text/html; charset=utf-8",
        &[b"\xFE\xFF", wide(&says("utf-8")).as_slice()].concat(),
    );
    check(
        "text/html; charset=iso-8859-1",
        &[b"\xEF\xBB\xBF", says("utf-16").as_bytes()].concat(),
    );
}

#[test]
fn dates_of_all_kinds_are_read_or_left_out() {
    let dates = [
        "2022-01-07",
        "2022-01-07T08:00:00Z",
        "2022-01-07T08:00:00+01:00",
        "2022-01-07T08:00:00.123Z",
        "2022-01-07 08:00:00",
        "2022-01-07T08:00",
        "20220107",
        "20220107T080000Z",
        "2022/01/07",
        "7 January 2022",
        "7 Jan 2022",
        "January 7, 2022",
        "Jan. 7, 2022",
        "Friday, January 7, 2022",
        "Fri, 07 Jan 2022 08:00:00 GMT",
        "Fri, 7 Jan 2022 08:00:00 +0000",
        "Fri Jan 07 08:00:00 UTC 2022",
        "07.01.2022",
        "07/01/2022",
        "1/7/2022",
        "7. Januar 2022",
        "7 janvier 2022",
        "7 de enero de 2022",
        "1641542400",
        "1641542400000",
        "2022-01",
        "2022",
        "2022-02-31",
        "2022-13-07",
        "0000-00-00",
        "9999-12-31T23:59:59Z",
        "99999999999999999999",
        "-2022-01-07",
        "2022-01-07T25:61:61Z",
        "yesterday",
        "3 hours ago",
        "2022-W01-5",
        "2022-007",
        "+275760-09-13T00:00:00Z",
        "2054-01-07",
        "Null",
        "",
        "\u{661}\u{662}",
        "2022-01-07T08:00:00+99:99",
    ];
    for date in dates {
        let html = ARTICLE
            .replace("2022-01-07T08:00:00Z", date)
            .replace("7 January 2022", date)
            .replace("2022-01-07", date);
        let found = page::read(&html, None);
        assert!(found.text.contains("inspectors found cracks"), "{date}");
        let table = format!("id,date,text\n1,\"{date}\",\"{WORDS}\"\n");
        let intake = file("a.csv", table.as_bytes());
        assert_eq!(intake.reports.len(), 1, "{date}");
        let dated = intake.reports[0].published.is_some();
        assert!(
            dated || date.is_empty() || intake.notices.len() == 1,
            "{date} is lost in silence"
        );
    }
}

#[test]
fn zip_files_that_are_no_archive_are_said() {
    let zip = |names: &[&str]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            zip.write_all(WORDS.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let docx = zip(&["[Content_Types].xml", "word/document.xml"]);
    let photos = zip(&["a.png", "b.png"]);
    // Of documents another program makes text, and the line says which.
    check(
        "a.docx",
        &docx,
        0,
        &["not text: Word document; make it text first: pandoc"],
    );
    let sheet = zip(&["[Content_Types].xml", "xl/workbook.xml"]);
    check(
        "a.xlsx",
        &sheet,
        0,
        &["not text: spreadsheet; make it text first: soffice"],
    );
    check("a.zip", &photos, 0, &["a ZIP file, but no WACZ"]);
    check("a.wacz", &docx[..docx.len() / 2], 0, &["damaged ZIP file"]);
    check("a.zip.gz", &gzip(&photos), 0, &["not text: ZIP file"]);
    assert_eq!(stdin(&docx).unread.len(), 1);
}
