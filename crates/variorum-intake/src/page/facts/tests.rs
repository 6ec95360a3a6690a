//! Small pages, and what they say about themselves.

use proptest::prelude::*;

use super::*;
use crate::page::parse::parse;

fn read(html: &str, address: Option<&str>) -> Facts {
    facts(&parse(html), address)
}

const ADDRESS: &str = "https://courier.example/2022/01/07/bridge";

/// What was found, each fact as "value (place)".
fn shown(html: &str) -> Vec<String> {
    let facts = read(html, Some(ADDRESS));
    let text = |found: Option<Found<String>>| {
        found.map_or("-".to_owned(), |f| format!("{} ({:?})", f.value, f.from))
    };
    let day = |found: Option<Found<Moment>>| {
        found.map_or("-".to_owned(), |f| format!("{} ({:?})", f.value, f.from))
    };
    vec![
        text(facts.title),
        text(facts.author),
        text(facts.outlet),
        day(facts.published),
        day(facts.updated),
    ]
}

fn check(html: &str, expected: [&str; 5]) {
    assert_eq!(shown(html), expected, "{html}");
}

#[test]
fn the_data_of_a_page_comes_first() {
    check(
        r##"<title>Old bridge reopens | The Ashford Courier</title>
        <script type="application/ld+json"><!-- {"@context": "https://schema.org", "@graph": [
          {"@type": "WebSite", "@id": "#site", "name": "The Ashford Courier"},
          {"@type": ["NewsArticle"], "headline": "Old bridge
          reopens", "author": [{"@id": "#jane"}, {"@type": "Person", "name": "By Tom Reed"}],
           "datePublished": "2022-01-07T18:50:00+01:00", "dateModified": "2022-01-08", "publisher": {"@id": "#site"},},
          {"@type": "Person", "@id": "#jane", "name": "Jane Doe"},
        ]} --></script>
        <meta property="article:published_time" content="2022-01-06">
        <h1>Old bridge reopens</h1>"##,
        [
            "Old bridge reopens (Heading)",
            "Jane Doe, Tom Reed (JsonLd)",
            "The Ashford Courier (JsonLd)",
            "2022-01-07T18:50:00+01:00 (JsonLd)",
            "2022-01-08 (JsonLd)",
        ],
    );
}

#[test]
fn metas_and_words_come_next() {
    check(
        r#"<meta property="og:title" content="Old bridge reopens - Ashford Courier">
        <meta property="og:site_name" content="Ashford Courier"><meta name="author" content="https://courier.example/jane">
        <meta name="author" content="Jane Doe"><meta property="article:published_time" content="2022-01-07T18:50:00Z">"#,
        [
            "Old bridge reopens (OpenGraph)",
            "Jane Doe (Meta)",
            "Ashford Courier (OpenGraph)",
            "2022-01-07T18:50:00Z (OpenGraph)",
            "-",
        ],
    );
    check(
        r#"<title>Old bridge reopens after years</title><h1>Ashford Courier</h1><h1>Old bridge reopens after years</h1>
        <p class="byline">By <a href="/authors/jane">Jane Doe</a>, Senior Reporter</p>
        <p>Updated: 9 January 2022</p><p>Published 7 January 2022 | 10:30 GMT</p><p>The bridge reopened.</p>"#,
        [
            "Old bridge reopens after years (Heading)",
            "Jane Doe (Byline)",
            "courier.example (Address)",
            "2022-01-07T10:30:00Z (Text)",
            "2022-01-09 (Text)",
        ],
    );
    check(
        "<h1>Le pont rouvre enfin au public</h1><p>Par Jeanne Petit</p><time>7 janvier 2022 à 10h30</time>",
        [
            "Le pont rouvre enfin au public (Heading)",
            "Jeanne Petit (Byline)",
            "courier.example (Address)",
            "2022-01-07T10:30:00Z (Time)",
            "-",
        ],
    );
}

#[test]
fn what_cannot_be_is_not_believed() {
    for date in [
        "0001-01-01",
        "0000-00-00",
        "1970-01-01T00:00:00Z",
        "9999-12-31",
        "0",
        "99999999999999999999",
    ] {
        let html = format!(r#"<meta name="date" content="{date}"><h1>Old bridge reopens</h1>"#);
        let published = read(&html, None).published;
        assert_eq!(published, None, "{date}");
    }
    let published = read("<h1>Old bridge reopens</h1>", Some(ADDRESS))
        .published
        .unwrap();
    assert_eq!(
        (published.value.to_string().as_str(), published.from),
        ("2022-01-07", Place::Address)
    );
    let updated = r#"<meta property="article:published_time" content="2022-01-07">
        <meta property="article:modified_time" content="2021-01-07">"#;
    assert_eq!(
        read(updated, None).updated,
        None,
        "updated before it was published"
    );
    for title in ["", " ", "—", &"long ".repeat(20_000)] {
        let html = format!("<title>{title}</title><h1>{title}</h1>");
        assert_eq!(read(&html, None).title, None, "{} bytes", title.len());
    }
    for name in [
        "admin",
        "https://courier.example/jane",
        "@jane",
        "jane@courier.example",
        "5 minutes",
        "7 January 2022",
    ] {
        let html = format!(r#"<meta name="author" content="{name}">"#);
        assert_eq!(read(&html, None).author, None, "{name}");
    }
}

#[test]
fn addresses() {
    let check = |href: &str, expected: &str| {
        let html = format!(r#"<link rel="canonical" href="{href}">"#);
        let url = read(&html, Some(ADDRESS)).url.map(|found| found.value);
        assert_eq!(url.as_deref(), Some(expected), "{href}");
    };
    check(
        "https://courier.example/bridge",
        "https://courier.example/bridge",
    );
    check("/bridge?x=1#top", "https://courier.example/bridge?x=1");
    check(
        "//www.courier.example/bridge",
        "https://www.courier.example/bridge",
    );
    for wrong in [
        "https://courier.example/",
        "https://other.example",
        "javascript:void(0)",
        "",
        "ftp://courier.example/a",
        "bridge",
    ] {
        check(wrong, ADDRESS);
    }
}

#[test]
fn an_outlet_behind_a_name_is_no_author() {
    for (line, expected) in [
        ("Jane Doe, Ashford Courier", "Jane Doe"),
        (
            "Jane Doe and Tom Reed ASHFORD COURIER",
            "Jane Doe and Tom Reed",
        ),
        ("Ashford Courier", "Ashford Courier"),
    ] {
        let html = format!(
            "<meta property='og:site_name' content='Ashford Courier'>
            <h1>Old bridge reopens</h1><p class='byline'>By {line}</p>"
        );
        let author = read(&html, None).author.map(|found| found.value);
        assert_eq!(author.as_deref(), Some(expected), "{line}");
    }
}

#[test]
fn sources_that_a_page_credits() {
    let html = r#"<meta property="og:site_name" content="Ashford Courier">
        <meta name="syndication-source" content="https://wire.example/story/1">
        <script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"name": "Ashford Courier"},
        "provider": {"@type": "Organization", "name": "ashford courier"},
        "sourceOrganization": [{"name": "Northern Wire"}, "Northern Wire"]}</script>"#;
    assert_eq!(
        read(html, Some(ADDRESS)).credits,
        ["Northern Wire", "wire.example"]
    );
}

#[test]
fn the_text_in_json_ld() {
    let body = |text: &str| {
        let html = format!(
            r#"<script type="application/ld+json">{{"@type": "Article", "articleBody": "{text}"}}</script>"#
        );
        read(&html, None).body
    };
    let long = "The council met &amp; agreed. ".repeat(40);
    assert!(body(&long).is_some_and(|text| text.starts_with("The council met & agreed.")));
    assert_eq!(body("The council met."), None, "a teaser");
    assert_eq!(
        body(&(long.trim_end().to_owned() + " And then ...")),
        None,
        "a cut text"
    );
    let marked = body(&format!("<p>{long}</p><p>{long}</p>")).unwrap();
    assert!(
        marked.contains("\n\n") && !marked.contains("<p>"),
        "{marked}"
    );
}

#[test]
fn languages() {
    for (html, expected) in [
        ("<html lang='de-AT'>", Some("de")),
        ("<meta property='og:locale' content='fr_FR'>", Some("fr")),
        ("<html lang=''>", None),
    ] {
        let found = read(html, None).language.map(|found| found.value);
        assert_eq!(found.as_deref(), expected, "{html}");
    }
}

#[test]
fn bad_input_is_read_to_its_end() {
    let script = |json: &str| {
        format!("<script type='application/ld+json'>{json}</script><h1>Old bridge reopens</h1>")
    };
    let deep = script(&(r#"{"a":["#.repeat(50_000) + &"]}".repeat(50_000)));
    let large = script(&format!(
        r#"{{"@type": "NewsArticle", "articleBody": "{}"}}"#,
        "word ".repeat(2_000_000)
    ));
    let circle = script(
        r##"{"@type": "NewsArticle", "@id": "#a", "author": {"@id": "#b"}, "x": [{"@id": "#b", "author": {"@id": "#a"}, "y": {"@id": "#b"}}]}"##,
    );
    let nul = "<h1 class='byline\0'>Old bridge reopens</h1><meta name='author\0' content='\0'>"
        .to_owned();
    for html in [deep, large, circle, nul] {
        let title = read(&html, Some(ADDRESS)).title.map(|found| found.value);
        assert_eq!(
            title.as_deref(),
            Some("Old bridge reopens"),
            "{} bytes",
            html.len()
        );
    }
}

const PAGE: &str = r#"<html lang="en-GB"><title>Old bridge reopens – Ashford Courier</title>
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Old bridge", "author": {"name": "Jane Doe"},
    "datePublished": "2022-01-07T18:50:00Z"}</script><link rel="canonical" href="/bridge"><meta name="date" content="7/1/2022">
    <h1>Old bridge reopens</h1><div class="author-info">By <b>Jane Doe</b> and Tom Reed | 7 Jan. 2022, 5 p.m. ET</div>
    <time datetime="2022-01-07">é Updated 8 января 2022</time><p itemprop="author">Jane – Doe</p>"#;

proptest! {
    #[test]
    fn any_page_is_read_without_a_panic(
        cuts in proptest::collection::vec((0..PAGE.len(), 0..40_usize, "[<>\"'{}\\[\\],:/a-z0-9 é|–\0]{0,8}"), 1..12),
        address in "(https?://)?[a-z./@:?#0-9é]{0,30}",
    ) {
        let mut page: Vec<char> = PAGE.chars().collect();
        for (at, length, put) in cuts {
            let at = at.min(page.len());
            let end = (at + length).min(page.len());
            page.splice(at..end, put.chars());
        }
        let page: String = page.into_iter().collect();
        let facts = read(&page, Some(&address));
        prop_assert!(facts.title.is_none_or(|title| !title.value.trim().is_empty()));
        prop_assert!(facts.author.is_none_or(|author| !author.value.trim().is_empty()));
    }
}
