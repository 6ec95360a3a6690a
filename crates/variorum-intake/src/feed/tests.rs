//! Whole feeds: what is read out of each of the samples.

use std::fmt::Write;

use url::Url;

use super::samples::{self, ADDRESS};
use super::{Feed, links, read};

fn address() -> Url {
    Url::parse(ADDRESS).unwrap()
}

fn read_text(text: &str) -> Feed {
    read(text.as_bytes(), Some(&address())).unwrap()
}

/// A feed as text: its own fields, then those of each entry under its id, then the troubles.
fn show(feed: &Feed) -> String {
    let mut shown = format!("{:?}\n", feed.kind);
    let mut field = |name: &str, value: Option<&String>| {
        if let Some(value) = value {
            writeln!(shown, "{name}: {value}").unwrap();
        }
    };
    field("title", feed.title.as_ref());
    field("language", feed.language.as_ref());
    field("home", feed.home.as_ref());
    for entry in &feed.entries {
        field("-", Some(&entry.id));
        field("  url", entry.url.as_ref());
        field("  title", entry.title.as_ref());
        field("  author", entry.author.as_ref());
        field("  published", entry.published.as_ref());
        field("  updated", entry.updated.as_ref());
        field("  language", entry.language.as_ref());
        if let Some(credit) = &entry.credit {
            field("  credit", credit.name.as_ref());
            field("  credited", credit.url.as_ref());
        }
        field("  html", entry.html.as_ref());
        field("  summary", entry.summary.as_ref());
        field("  outlet", entry.outlet.as_ref());
    }
    for trouble in &feed.troubles {
        let place = trouble
            .entry
            .map_or("!".to_owned(), |entry| format!("! {entry}"));
        field(&place, Some(&trouble.reason));
    }
    shown
}

fn check(sample: &str, expected: &str) {
    let found = show(&read_text(sample));
    assert_eq!(
        found.trim(),
        expected.trim(),
        "found:\n{found}\nin:\n{sample}"
    );
}

#[test]
fn rss_of_all_ages() {
    check(
        samples::RSS_2,
        r"
Feed
title: The Ashford Courier - World
language: en-GB
home: https://www.ashfordcourier.example/
-: https://www.ashfordcourier.example/?p=4711
  url: https://www.ashfordcourier.example/2022/01/dam?utm_source=rss
  title: Dam breaks above Ashford & two are missing
  author: Anna Meyer, Tom Okoro
  published: Fri, 07 Jan 2022 18:50:00 +0000
  updated: 2022-01-08T09:00:00Z
  html: <p>The dam above Ashford broke on Friday. Water &lt;3 m high reached the town.</p>
  summary: <p>The dam above Ashford broke [&#8230;]</p>
  outlet: The Ashford Courier
-: ashfordcourier.example:12345
  url: https://www.ashfordcourier.example/talks#top
  title: Talks in Geneva end ‘without a deal’
  author: Li Wen
  published: 2022-01-07T10:00:00+01:00
  credit: The Harbour Gazette
  credited: https://www.harbourgazette.example/feed
  summary: Both sides left.
  outlet: The Ashford Courier
",
    );
    check(
        samples::RSS_091,
        r"
Feed
title: Ashford Courier
language: en
home: https://www.ashfordcourier.example/
-: https://www.ashfordcourier.example/a?id=1
  url: https://www.ashfordcourier.example/a?id=1&utm_medium=rss
  title: Smith & Sons close
  summary: <p>The firm &quot;had to close&quot;.</p>
  outlet: Ashford Courier
-: https://www.ashfordcourier.example/b
  url: https://www.ashfordcourier.example/b
  title: &c; says the mayor
  published: soon
  outlet: Ashford Courier
-: ashfordcourier.example:65d0a0272a290850252a
  title: No link at all
  published: 2022-01-07
  outlet: Ashford Courier
! 4: neither link nor title nor text
",
    );
    check(
        samples::RSS_1,
        r"
Feed
title: Ashford Courier RSS
language: de
home: https://www.ashfordcourier.example/
-: https://www.ashfordcourier.example/a
  url: https://www.ashfordcourier.example/a
  title: Damm bricht
  author: Anna Meyer, Tom Okoro
  published: 2022-01-07T18:50:00Z
  updated: 2022-01-08T07:00:00Z
  language: de-AT
  summary: Der Damm brach.
  outlet: Ashford Courier
",
    );
}

#[test]
fn atom_of_both_ages() {
    check(
        samples::ATOM_1,
        r#"
Feed
title: The Ashford Courier Latest News
language: en
home: https://www.ashfordcourier.example/
-: tag:ashfordcourier.example,2022:1
  url: https://www.ashfordcourier.example/news/dam
  title: Dam breaks & floods
  author: Anna Meyer, Tom Okoro
  published: 2022-01-07T18:50:00Z
  updated: 2022-01-08T09:00:00Z
  language: en
  html: <div xmlns:x="http://www.w3.org/1999/xhtml"><p>The dam <a href="a">broke</a> &amp; fell.</p></div>
  summary: Water &lt; 3 m high &amp; rising
  outlet: The Ashford Courier
-: urn:uuid:60a76c80-d399-11d9-b91c-0003939e0af6
  url: https://www.ashfordcourier.example/news/talks/geneva
  title: Les pourparlers "échouent"
  author: Luc Martin
  updated: 2022-01-07T10:00:00Z
  language: fr
  credit: La Gazette du Port
  credited: https://gazette.example/
  html: <p>Ils sont partis.</p>
  outlet: The Ashford Courier
-: ashfordcourier.example:9
  title: Picture
  author: The Ashford Courier
  language: en
  outlet: The Ashford Courier
"#,
    );
    check(
        samples::ATOM_03,
        r"
Feed
title: Ashford Courier & Post
home: https://www.ashfordcourier.example/
-: tag:ashfordcourier.example,2004:3
  url: https://www.ashfordcourier.example/a
  title: Dam breaks
  published: 2004-01-07T18:50:00Z
  updated: 2004-01-08T07:00:00Z
  html: <p>The dam broke.</p>
  outlet: Ashford Courier & Post
",
    );
}

#[test]
fn json_feeds() {
    check(
        samples::JSON_FEED,
        r"
JsonFeed
title: The Ashford Courier | Home
language: en
home: https://www.ashfordcourier.example/
-: ashfordcourier.example:17
  url: https://www.ashfordcourier.example/17
  title: Dam & flood
  author: Anna Meyer, Tom Okoro
  published: 2022-01-07T18:50:00Z
  updated: 2022-01-08T09:00:00Z
  html: <p>It broke.</p>
  summary: 2 &lt; 3
  outlet: The Ashford Courier
-: https://www.ashfordcourier.example/18
  url: https://gazette.example/18
  author: Li Wen
  language: en-GB
  html: <p>One &amp; two.</p>
<p>Three.</p>
  outlet: The Ashford Courier
! 2: not a JSON object
",
    );
}

#[test]
fn what_is_broken_costs_only_itself() {
    check(
        samples::RSS_BROKEN,
        r"
Feed
title: The Ashford Courier
home: https://www.ashfordcourier.example/
-: https://www.ashfordcourier.example/1?a=1&b=2
  url: https://www.ashfordcourier.example/1?a=1&b=2
  title: Rates < 5 %, says Q&A
  author: Anna Meyer
  html: <p>The <b>bank</b> & the &mayor; agreed.<br>It is done.</p>
  outlet: The Ashford Courier
-: https://www.ashfordcourier.example/2
  url: https://www.ashfordcourier.example/2
  title: Never closed
  outlet: The Ashford Courier
-: ashfordcourier.example:3
  url: https://www.ashfordcourier.example/3
  title: Open
  outlet: The Ashford Courier
-: https://www.ashfordcourier.example/4
  url: https://www.ashfordcourier.example/4
  title: Bell and zero
  summary: outer   inner
  outlet: The Ashford Courier
-: https://www.ashfordcourier.example/5
  url: https://www.ashfordcourier.example/5
  title: After the comment
  outlet: The Ashford Courier
",
    );
    check(
        samples::RSS_CUT,
        r"
Feed
title: Ashford Courier
-: https://www.ashfordcourier.example/1
  url: https://www.ashfordcourier.example/1
  title: Whole
  summary: All of it.
  outlet: Ashford Courier
! 2: the feed breaks off in the middle of this entry
",
    );
    check(
        samples::JSON_CUT,
        r"
JsonFeed
title: Ashford Courier
-: https://www.ashfordcourier.example/1
  title: Whole
  outlet: Ashford Courier
! 2: not valid JSON from here on: EOF while parsing a string at line 2 column 100
",
    );
}

#[test]
fn lists() {
    check(
        samples::OPML,
        r"
Opml
title: My papers
-: https://www.ashfordcourier.example/rss?a=1&b=2
  url: https://www.ashfordcourier.example/rss?a=1&b=2
  title: Ashford & Courier
-: https://www.ashfordcourier.example/rss/feeds/gazette.xml
  url: https://www.ashfordcourier.example/rss/feeds/gazette.xml
  title: Gazette
",
    );
    check(
        samples::SITEMAP,
        r"
Sitemap
-: https://www.ashfordcourier.example/a?b=1&c=2
  url: https://www.ashfordcourier.example/a?b=1&c=2
  title: Dam breaks & floods
  published: 2022-01-07T18:50:00Z
  updated: 2022-01-08
  language: en
  outlet: The Ashford Courier
-: https://www.ashfordcourier.example/relative
  url: https://www.ashfordcourier.example/relative
! 2: neither link nor title nor text
",
    );
    check(
        samples::SITEMAP_INDEX,
        r"
SitemapIndex
-: https://www.ashfordcourier.example/sitemap1.xml
  url: https://www.ashfordcourier.example/sitemap1.xml
  updated: 2022-01-08T00:00:00+00:00
-: https://www.ashfordcourier.example/sitemap2.xml
  url: https://www.ashfordcourier.example/sitemap2.xml
",
    );
}

#[test]
fn utf16_gives_the_same() {
    for sample in samples::ALL {
        let marked = format!("\u{FEFF}{sample}");
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut found = read(&wide, Some(&address())).unwrap();
        assert_eq!(
            found.troubles.remove(0).reason,
            "not UTF-8; read as UTF-16LE"
        );
        assert_eq!(found, read_text(sample));
    }
}

#[test]
fn lists_give_links() {
    let check = |sample: &str, expected: &[&str]| {
        let feed = read_text(sample);
        let found: Vec<&str> = links(&feed).map(|link| link.url).collect();
        assert_eq!(found, expected, "{sample}");
    };
    let site = |path: &str| format!("https://www.ashfordcourier.example/{path}");
    check(
        samples::OPML,
        &[&site("rss?a=1&b=2"), &site("rss/feeds/gazette.xml")],
    );
    check(
        samples::SITEMAP_INDEX,
        &[&site("sitemap1.xml"), &site("sitemap2.xml")],
    );
    check(samples::SITEMAP, &[]);
    check(samples::RSS_2, &[]);
}

#[test]
fn what_is_no_feed_is_refused() {
    for text in [
        "<!DOCTYPE html><html><body>rss</body></html>",
        "<note/>",
        "{}",
        "Words.",
        "<",
    ] {
        let problem = read(text.as_bytes(), None).unwrap_err().to_string();
        assert!(problem.starts_with("not a feed"), "{text:?}: {problem}");
    }
    assert_eq!(read(b" \n", None).unwrap_err().to_string(), "empty file");
    assert!(
        read(b"<rss><channel></channel></rss>", None)
            .unwrap()
            .entries
            .is_empty()
    );
}

/// The same items in two feeds of a site, and a day later, have the same ids.
#[test]
fn ids_hold_across_feeds_and_days() {
    let feed = |name: &str, items: &[&str]| {
        let title =
            format!("<title>Courier - {name}</title><link>https://courier.example/{name}</link>");
        let text = format!("<rss><channel>{title}{}</channel></rss>", items.concat());
        let address = Url::parse(&format!("https://feeds.courier.example/{name}.xml")).unwrap();
        let feed = read(text.as_bytes(), Some(&address)).unwrap();
        feed.entries
            .into_iter()
            .map(|entry| entry.id)
            .collect::<Vec<_>>()
    };
    let guid =
        "<item><guid>77</guid><title>A</title><link>https://www.courier.example/a?utm_source=";
    let bare = "<item><title>B</title><link>https://www.courier.example/b?utm_source=";
    let dated = "<item><title>C</title><pubDate>2022-01-07</pubDate></item>";
    let end = "</link></item>";
    let world = [
        &format!("{guid}world{end}"),
        &format!("{bare}world{end}"),
        dated,
    ];
    let latest = [
        &format!("{guid}latest{end}"),
        &format!("{bare}latest#x{end}"),
        dated,
    ];
    let (world, latest) = (feed("world", &world), feed("latest", &latest));
    assert_eq!(world[..2], latest[..2]);
    assert_eq!(world[0], "courier.example:77");
    assert_eq!(world[1], "https://www.courier.example/b");
    assert_eq!(world[2], latest[2]);
}

#[test]
fn html_is_freed_from_what_careless_hands_put_around_it() {
    let check = |description: &str, expected: &str| {
        let text = format!("<rss><channel><item><description>{description}</description></item>");
        let feed = read_text(&text);
        assert_eq!(
            feed.entries[0].summary.as_deref(),
            Some(expected),
            "{description}"
        );
    };
    check(
        "&lt;p&gt;Dam &amp;amp; flood.&lt;/p&gt;",
        "<p>Dam &amp; flood.</p>",
    );
    check("<![CDATA[<p>Dam.</p>]]>", "<p>Dam.</p>");
    check(
        "<![CDATA[&lt;p&gt;Dam &amp; flood.&lt;/p&gt;]]>",
        "<p>Dam & flood.</p>",
    );
    check(
        "<p>Dam <![CDATA[<b>and</b>]]> flood.</p>",
        "<p>Dam <b>and</b> flood.</p>",
    );
    check("<p>Dam &amp; flood.</p>", "<p>Dam &amp; flood.</p>");
    check("<![CDATA[Dam <![CDATA[and]]> flood.]]>", "Dam  and flood.");
    check("Dam & flood", "Dam & flood");
    check("Dam &nbsp; flood &unknown;", "Dam \u{A0} flood &unknown;");
}

#[test]
fn an_entry_does_not_run_into_the_next() {
    let item = |n: usize, end: &str| {
        format!(
            "<item><title>{n}</title><description><![CDATA[<p>Text {n}.</p>{end}</description></item>"
        )
    };
    let items = [
        item(1, "]]>"),
        item(2, "]>"),
        item(3, "]]>"),
        item(4, ""),
        item(5, ""),
    ]
    .concat();
    let feed = read_text(&format!("<rss><channel>{items}</channel></rss>"));
    let titles: Vec<_> = feed
        .entries
        .iter()
        .filter_map(|entry| entry.title.as_deref())
        .collect();
    assert_eq!(titles, ["1", "2", "3", "4", "5"]);
    let texts: Vec<_> = feed
        .entries
        .iter()
        .filter_map(|e| e.summary.as_deref())
        .collect();
    assert_eq!(texts[2], "<p>Text 3.</p>");
    assert_eq!(texts[3], "<p>Text 4.</p>");
    assert_eq!(feed.troubles, []);
}

/// The dates that feeds write are dates that intake reads.
#[test]
fn dates_are_handed_on_as_can_be_read() {
    let check = |date: &str, expected: &str| {
        let text =
            format!("<rss><channel><item><title>A</title><pubDate> {date}\n</pubDate></item>");
        let published = read_text(&text).entries.remove(0).published.unwrap();
        let found = crate::dates::moment(&published).map(|moment| moment.to_string());
        assert_eq!(found.as_deref(), Some(expected), "{date:?}");
    };
    check("Fri, 07 Jan 2022 18:50:00 +0000", "2022-01-07T18:50:00Z");
    check("Fri, 07 Jan 2022 18:50:00 GMT", "2022-01-07T18:50:00Z");
    check("Fri, 7 Jan 22 18:50 GMT", "2022-01-07T18:50:00Z");
    check("Fri, 07 Jan 2022 18:50:00 Z", "2022-01-07T18:50:00Z");
    check("07 Jan 2022 18:50:00 EST", "2022-01-07T18:50:00-05:00");
    check("Fri, 07 Jan 2022 18:50:00 PDT", "2022-01-07T18:50:00-07:00");
    check(
        "Fri, 07 Jan 2022 18:50:00 +0530",
        "2022-01-07T18:50:00+05:30",
    );
    check("2022-01-07T18:50:00Z", "2022-01-07T18:50:00Z");
    check("2022-01-07T18:50:00.123Z", "2022-01-07T18:50:00Z");
    check("2022-01-07T18:50Z", "2022-01-07T18:50:00Z");
    check(
        "2022-01-07T18:50:00.123456+01:00",
        "2022-01-07T18:50:00+01:00",
    );
    check("2022-01-07T18:50:00+0100", "2022-01-07T18:50:00+01:00");
    check("2022-01-07 18:50:00", "2022-01-07T18:50:00Z");
    check("2022-01-07", "2022-01-07");
}

#[test]
fn an_end_that_is_missing_is_said() {
    let check = |text: &str, entries: usize, trouble: Option<&str>| {
        let feed = read_text(text);
        assert_eq!(feed.entries.len(), entries, "{text}");
        let found = feed.troubles.first().map(|t| t.reason.as_str());
        assert_eq!(found, trouble, "{text}");
    };
    let item = "<item><title>Dam breaks</title></item>";
    let entry = "the feed breaks off in the middle of this entry";
    let end = Some("the feed breaks off before its end");
    check(
        &format!("<rss><channel>{item}{item}</channel></rss>"),
        2,
        None,
    );
    check(&format!("<rss><channel>{item}{item}</channel>"), 2, None);
    check(&format!("<rss><channel>{item}{item}"), 2, end);
    check(&format!("<rss><channel>{item}<item>"), 1, Some(entry));
    check(&format!("<rss><channel>{item}<item><tit"), 1, Some(entry));
    check(&format!("<rss><channel>{item}<it"), 1, end);
    check("<feed/>", 0, None);
    check("<feed>", 0, end);
    check(
        "<urlset><url><loc>https://courier.example/a</loc></url>",
        1,
        end,
    );
    check(
        "<opml><body><outline xmlUrl='https://courier.example/a'/>",
        1,
        end,
    );
}

#[test]
fn a_long_feed_gives_every_entry_its_own_id() {
    let mut items = String::new();
    for n in 0..20_000 {
        write!(
            items,
            "<item><guid>{n}</guid><title>Item {n}</title></item>"
        )
        .unwrap();
    }
    let feed = read_text(&format!("<rss><channel>{items}</channel></rss>"));
    let ids: std::collections::HashSet<_> = feed.entries.iter().map(|entry| &entry.id).collect();
    assert_eq!((ids.len(), feed.troubles.len()), (20_000, 0));
}
