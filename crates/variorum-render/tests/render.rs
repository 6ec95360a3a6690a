//! The three forms of one invented story file, and what must hold for any of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unnecessary_wraps
)]

mod fixture;
mod page;

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;
use variorum_model::{CodePoints, Report, StoryFile};
use variorum_render::{TextStyle, brief_markdown, brief_text, html, markdown, text};

const PLAIN: TextStyle = TextStyle {
    width: 80,
    color: false,
    all: false,
};

fn no_story() -> StoryFile {
    StoryFile {
        variorum: fixture::head(),
        stories: vec![],
        unread: vec![],
    }
}

/// The fixture with a word of it replaced everywhere: in names, titles, texts and evidence.
fn replaced(word: &str, by: &str) -> (StoryFile, Vec<Report>) {
    let by = serde_json::to_string(by).unwrap();
    let by = by.trim_matches('"');
    let file = serde_json::to_string(&fixture::file())
        .unwrap()
        .replace(word, by);
    let reports = serde_json::to_string(&fixture::reports())
        .unwrap()
        .replace(word, by);
    (
        serde_json::from_str(&file).unwrap(),
        serde_json::from_str(&reports).unwrap(),
    )
}

/// Words that stand in nearly every part of the fixture.
const WORDS: [&str; 9] = [
    "Harbour",
    "hearing",
    "Coastal Wire",
    "bitter",
    "injured",
    "union",
    "o2",
    "island-times",
    "e03",
];

const HOSTILE: [&str; 10] = [
    "\"><script>alert(1)</script><img src=x onerror=alert(1)>",
    "' onload='x' </style></title></svg><!-- {{ title }}",
    "[x](javascript:alert(1)) ![[embed]] | **b** <b>@everyone",
    "\u{1b}[31m\u{202e}\u{0}\u{7}\r\n# Heading\n\n---\n",
    "",
    "日本語🙂é",
    "javascript:alert(1)",
    "www.a.example, https://b.example/~c and d@e.example",
    "שלום \u{202e}gnp.exe\u{202c} مرحبا\u{2067}",
    "a\u{0}b\u{85}c\u{9b}31md\u{9d}0;x\u{9c}\u{7f}",
];

#[test]
fn text_reads_well() {
    insta::assert_snapshot!(text(&fixture::file(), &fixture::reports(), &PLAIN));
}

#[test]
fn text_fits_a_narrow_terminal() {
    let narrow = text(
        &fixture::file(),
        &[],
        &TextStyle {
            width: 20,
            color: false,
            all: false,
        },
    );
    for line in narrow.lines() {
        assert!(line.width() <= 20, "{line:?} is wider than 20 columns");
    }
    insta::assert_snapshot!(narrow.lines().take(60).collect::<Vec<_>>().join("\n"));
}

#[test]
fn text_has_colour_only_when_asked() {
    let (file, reports) = (fixture::file(), fixture::reports());
    let plain = text(&file, &reports, &PLAIN);
    let colored = text(
        &file,
        &reports,
        &TextStyle {
            width: 80,
            color: true,
            all: false,
        },
    );
    assert!(!plain.contains('\u{1b}'));
    let mut without = colored.clone();
    for code in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[1;33m"] {
        without = without.replace(code, "");
    }
    assert!(
        colored != plain && without == plain,
        "colour changes nothing but the colour"
    );
}

#[test]
fn markdown_reads_well() {
    insta::assert_snapshot!(markdown(&fixture::file(), &fixture::reports()));
}

#[test]
fn the_page_reads_well() {
    let page = html(&fixture::file(), &fixture::reports());
    let (_, body) = page.split_once("</style>").unwrap();
    insta::assert_snapshot!(body);
}

#[test]
fn the_page_is_sound() {
    let page = html(&fixture::file(), &fixture::reports());
    let addresses = page::check(&page);
    let expected = [
        "https://ferry.example/1",
        "https://www.harbourpost.example/fire",
    ];
    assert_eq!(addresses, BTreeSet::from(expected));
    let in_links: usize = expected.iter().map(|url| page.matches(*url).count()).sum();
    assert_eq!(
        page.matches("://").count(),
        in_links,
        "addresses stand in links only"
    );
    assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;"));
    assert!(page.contains("<mark>We will see if</mark> the storm doors <mark>were</mark>"));
    assert!(page.contains("5 reports, at most 4 origins"));
}

#[test]
fn a_line_of_the_timeline_stands_in_its_sentence() {
    let check = |text: &str, told: &str, what: &str, expected: &str| {
        let (mut file, mut reports) = (fixture::file(), fixture::reports());
        reports[0].text = text.to_owned();
        let at = text.find(told).unwrap();
        let points = CodePoints::of(text);
        let evidence = points.evidence(&reports[0].id, points.span(at..at + told.len()));
        let timeline = &mut file.stories[0].timeline;
        timeline.swap(0, 1);
        timeline.truncate(1);
        let entry = &mut timeline[0];
        what.clone_into(&mut entry.what);
        entry.mentions.truncate(1);
        entry.mentions[0].evidence = evidence;
        let page = html(&file, &reports);
        let (_, rest) = page.split_once("<p class=\"what\" dir=\"auto\">").unwrap();
        let line = rest.split_once("</p>").unwrap().0;
        let line = line
            .replace("<span class=\"around\">", "[")
            .replace("</span>", "]");
        assert_eq!(line, expected);
    };
    check(
        "No date is set. Nobody expects that the board will meet on Monday, he said. It may not.",
        "the board will meet on Monday",
        "the board will meet",
        "[Nobody expects that ]the board will meet[ on Monday, he said.]",
    );
    check(
        "The talks\nend on Friday.",
        "end on Friday",
        "end on Friday",
        "end on Friday[.]",
    );
    // Words that stand there only inside others are not pointed at.
    check(
        "They saw an opera meeting on Monday.",
        "an opera meeting",
        "a meeting",
        "a meeting",
    );
}

#[test]
fn a_page_can_do_without_the_texts() {
    let page = html(&fixture::file(), &[]);
    page::check(&page);
    assert!(!page.contains("Read it in") && !page.contains("full text"));
    assert!(page.contains("It is a bitter day for the town."));
}

#[test]
fn long_texts_are_left_out() {
    let mut reports = fixture::reports();
    reports[0].text.push_str(&" word".repeat(500_000));
    let page = html(&fixture::file(), &reports);
    page::check(&page);
    assert!(page.contains("longer than 2 MB together") && page.len() < 300_000);
}

#[test]
fn nothing_in_a_report_is_run_or_followed() {
    let long = "Long ".repeat(2000);
    let all = HOSTILE.iter().copied().chain([long.as_str()]);
    for (word, by) in WORDS
        .iter()
        .flat_map(|word| all.clone().map(move |by| (word, by)))
    {
        let (file, reports) = replaced(word, by);
        page::check(&html(&file, &reports));
        let notes = markdown(&file, &reports).replace("<!-- -->", "");
        assert!(!notes.contains('<'), "{word} as {by:?}");
        let links = notes.replace("\\]", "").replace("](https://", "");
        assert!(!links.contains("]("), "{word} as {by:?}");
        let shown = text(&file, &reports, &PLAIN);
        let harmless = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
        assert!(shown.chars().all(harmless), "{word} as {by:?}");
        assert!(notes.chars().all(harmless), "{word} as {by:?}");
    }
}

/// Words that run from right to left turn what stands beside them, unless an element holds them.
#[test]
fn words_of_reports_are_isolated() {
    for word in WORDS {
        let (file, reports) = replaced(word, "שלום");
        let page = html(&file, &reports);
        let mut open: Vec<page::Tag<'_>> = Vec::new();
        for node in page::nodes(&page) {
            match node {
                page::Node::Start(tag) => open.push(tag),
                page::Node::End => drop(open.pop()),
                page::Node::Text(text) => assert!(
                    !text.contains('ש')
                        || open.iter().any(|tag| ["bdi", "title"].contains(&tag.name)
                            || tag.get("dir") == Some("auto")),
                    "{text}"
                ),
            }
        }
    }
}

#[test]
fn only_web_addresses_are_links() {
    for (url, links) in [
        ("javascript:alert(1)", 0),
        ("https://a.example/\" onclick=\"x", 0),
        ("https://a.example/x", 1),
    ] {
        let (mut file, reports) = (fixture::file(), fixture::reports());
        file.stories.truncate(1);
        file.stories[0].reports.truncate(2);
        file.stories[0].reports[1].url = Some(url.to_owned());
        assert_eq!(
            page::check(&html(&file, &reports)).len(),
            1 + links,
            "{url}"
        );
        assert_eq!(
            markdown(&file, &reports).matches("](").count(),
            1 + links,
            "{url}"
        );
    }
}

#[test]
fn an_empty_story_file_says_so() {
    let file = no_story();
    assert!(text(&file, &[], &PLAIN).starts_with("No story was found.\n\nMade by"));
    assert!(markdown(&file, &[]).contains("# Story file\n\nNo story was found.\n\n---\n"));
    let page = html(&file, &[]);
    page::check(&page);
    assert!(page.contains("<h1 class=\"top\">No story was found</h1>"));
}

#[test]
fn every_form_ends_with_what_made_it_and_what_it_compares() {
    let mut file = fixture::file();
    let forms = |file: &StoryFile| {
        [
            text(file, &[], &PLAIN),
            markdown(file, &[]),
            html(file, &[]),
        ]
    };
    let flat = |form: &str| form.split_whitespace().collect::<Vec<_>>().join(" ");
    // What the page says last, behind all stories.
    let last = |form: &str| {
        let form = flat(form);
        form[form.rfind("Made by").unwrap()..].to_owned()
    };
    let made =
        "Made by Variorum 9.8.7 (fast reader) from 7 reports, with --language en,fr --outlets";
    for form in forms(&file) {
        let last = last(&form);
        assert!(last.starts_with(made), "{last}");
        let parts = [
            "Compared were",
            "Not compared was",
            "retrieved 2023-03-01T06:30:00Z",
        ];
        assert!(parts.iter().all(|part| last.contains(part)), "{last}");
        assert!(last.contains("In 1 of 2 stories no plain difference was found there."));
        for report in file.stories.iter().flat_map(|story| &story.reports) {
            assert!(last.contains(&report.sha256), "{} in {last}", report.id);
        }
        assert_eq!(
            form.matches("no plain difference").count(),
            1,
            "once, at the end"
        );
    }
    // Where something differs, nothing sounds as if all were well.
    file.stories.truncate(1);
    for form in forms(&file) {
        assert!(!last(&form).contains("difference"));
    }
    file.stories[0].disagreements.clear();
    for form in forms(&file) {
        assert!(last(&form).contains("lined up. No plain difference was found there."));
    }
    file.stories[0].reports.truncate(1);
    for form in forms(&file) {
        assert!(last(&form).contains("Nothing was compared"));
    }
    file.variorum.sample = true;
    assert!(last(&forms(&file)[0]).contains("from the 1 report of the built-in sample"));
}

#[test]
fn the_short_form_is_short_and_keeps_what_matters() {
    let mut file = fixture::file();
    let wide = TextStyle {
        width: 100,
        color: false,
        all: false,
    };
    for several in [true, false] {
        if !several {
            file.stories.truncate(1);
        }
        let forms = [brief_text(&file, &wide), brief_markdown(&file)];
        for form in &forms {
            assert!(
                form.lines().count() <= 40,
                "{} lines: {form}",
                form.lines().count()
            );
            for story in &file.stories {
                assert!(form.contains(&story.title), "{} in {form}", story.title);
            }
            let flat = form.split_whitespace().collect::<Vec<_>>().join(" ");
            for words in [
                "When?",
                "“It is a bitter day for the town.”",
                "Made by",
                "Not compared",
            ] {
                assert!(flat.contains(words), "{words} in {flat}");
            }
        }
        insta::assert_snapshot!(
            format!("brief_{}", if several { "several" } else { "one" }),
            forms.join("\n=====\n")
        );
    }
    // However much there is to tell.
    let story = &mut file.stories[0];
    let (said, next) = (story.statements.clone(), story.timeline.clone());
    story.statements = said.into_iter().cycle().take(300).collect();
    story.timeline = next.into_iter().cycle().take(300).collect();
    let story = story.clone();
    for number in [1, 30] {
        file.stories = vec![story.clone(); number];
        for form in [brief_text(&file, &wide), brief_markdown(&file)] {
            assert!(
                (20..=40).contains(&form.lines().count()),
                "{number}: {form}"
            );
        }
    }
    let narrow = brief_text(
        &file,
        &TextStyle {
            width: 40,
            color: false,
            all: false,
        },
    );
    assert!(narrow.lines().all(|line| line.width() <= 40));
}

#[test]
fn empty_sections_are_left_out() {
    let mut file = fixture::file();
    file.stories.truncate(1);
    let story = &mut file.stories[0];
    story.reports.truncate(1);
    story.statements.clear();
    story.timeline.clear();
    story.figures.clear();
    story.parties.clear();
    story.disagreements.clear();
    story.origins.truncate(1);
    story.from = None;
    story.to = None;
    let all = [
        text(&file, &[], &PLAIN),
        markdown(&file, &[]),
        html(&file, &[]),
    ];
    for form in all {
        for word in ["tatement", "imeline", "igures", "arties", "isagree"] {
            let body = form.split("</style>").last().unwrap();
            let body = body.replace("disagreements: 0", "");
            assert!(!body.contains(word), "{word} in {body}");
        }
    }
}

#[test]
fn a_large_story_takes_no_time() {
    let mut file = fixture::file();
    let story = &mut file.stories[0];
    let (statements, events) = (story.statements.clone(), story.timeline.clone());
    story.statements = statements.into_iter().cycle().take(5000).collect();
    story.timeline = events.into_iter().cycle().take(2000).collect();
    let started = std::time::Instant::now();
    let reports = fixture::reports();
    page::check(&html(&file, &reports));
    let _ = (markdown(&file, &reports), text(&file, &reports, &PLAIN));
    assert!(
        started.elapsed().as_secs() < 20,
        "took {:?}",
        started.elapsed()
    );
}
