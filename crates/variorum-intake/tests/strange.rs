//! What folders and files hold that they should not: links that lead out, what the run itself writes, rows
//! that no standard knows, and a great many that cannot be read.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

mod folders;

use std::ops::ControlFlow;
#[cfg(unix)]
use std::path::PathBuf;

use folders::{WORDS, check, folder, ids, lines, read_folder};
#[cfg(unix)]
use variorum_intake::read;
use variorum_intake::{FileId, Item, Options, read_each};

#[cfg(unix)]
#[test]
fn a_folder_does_not_lead_out_of_itself() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[
        ("x.txt", WORDS.as_bytes()),
        ("deep/y.txt", WORDS.as_bytes()),
    ]);
    let inside = folder(&[("sub/a.txt", WORDS.as_bytes()), ("z.txt", WORDS.as_bytes())]);
    let (from, to) = (outside.path(), inside.path());
    symlink(to.join("sub/a.txt"), to.join("again.txt")).unwrap();
    symlink(from.join("x.txt"), to.join("file.txt")).unwrap();
    symlink(from.join("deep"), to.join("folder")).unwrap();
    let out = "symbolic link that leads out of the folder; not followed unless you name it";
    let check = |path: PathBuf, expected_ids: &[&str], expected_links: &[&str]| {
        let intake = read(&[path], &mut std::io::empty());
        assert_eq!(ids(&intake), expected_ids);
        let expected: Vec<String> = expected_links
            .iter()
            .map(|link| format!("{link}: {out}"))
            .collect();
        assert_eq!(lines(&intake, to), expected);
    };
    check(to.join("*.txt"), &["again", "z"], &["file.txt"]);
    check(to.join("folder"), &["y"], &[]);
    check(to.join("file.txt"), &["file"], &[]);
    symlink(from.join("x.txt"), to.join("z.json")).unwrap();
    check(
        to.to_owned(),
        &["again", "z"],
        &["file.txt", "folder", "z.json"],
    );
    for n in 0..9 {
        symlink(from.join("x.txt"), to.join(format!("sub/{n}.txt"))).unwrap();
    }
    let expected = format!("sub: 9 like sub/0.txt: {out}");
    assert_eq!(
        lines(&read(&[to.join("sub")], &mut std::io::empty()), to),
        [expected]
    );
}

#[test]
fn what_the_run_writes_is_no_input() {
    let folder = folder(&[
        ("a.txt", WORDS.as_bytes()),
        ("a.json", br#"{"title": "From the last run"}"#),
        ("out.jsonl", br#"{"id": "b", "text": "Words."}"#),
    ]);
    let written =
        ["a.json", "out.jsonl"].map(|name| FileId::of(&folder.path().join(name)).unwrap());
    let options = Options {
        outputs: written.to_vec(),
        ..Options::default()
    };
    let mut found = Vec::new();
    let paths = [folder.path().to_owned()];
    let _ = read_each(&paths, &options, &mut std::io::empty(), &mut |item| {
        match item {
            Item::Report(report) => found.push(format!("{} {:?}", report.id, report.title)),
            Item::Notice(notice) => found.push(notice.reason),
            Item::Unread(unread) => found.push(unread.reason),
            Item::Mark(_) => {}
        }
        ControlFlow::Continue(())
    });
    let said = "written by this run, as is one more file; not read";
    assert_eq!(found, [said, "a None"]);
}

#[test]
fn rows_as_python_writes_them() {
    let rows = "{\"id\": \"a\", \"score\": NaN, \"title\": \"Half \\ud83d\", \"text\": \"Words one.\"}\n\
                {\"id\": \"b\", \"score\": [-Infinity, Infinity], \"text\": \"Words \\udc00 two.\"}\n\
                {\"id\": \"c\", \"score\": nan, \"text\": \"Words three.\"}\n";
    let folder = folder(&[
        ("in.jsonl", rows.as_bytes()),
        (
            "in.json",
            format!("[{}]", rows.trim_end().replace('\n', ",\n")).as_bytes(),
        ),
    ]);
    let intake = read_folder(&folder);
    assert_eq!(ids(&intake), ["a", "b", "a-2", "b-2"]);
    for report in &intake.reports[..2] {
        let title = (report.id == "a").then_some("Half \u{FFFD}");
        assert_eq!(report.title.as_deref(), title);
    }
    assert_eq!(intake.reports[1].text, "Words \u{FFFD} two.");
    let expected = ["in.json:3", "in.jsonl:3"]
        .map(|place| format!("{place}: not valid JSON: expected ident at column 23"));
    assert_eq!(lines(&intake, folder.path()), expected);
}

#[test]
fn lines_may_end_by_cr_alone() {
    let text = format!("Bridge closed\r\r{WORDS}\r\r{WORDS}\r");
    let folder = folder(&[
        ("a.txt", text.as_bytes()),
        ("b.csv", b"id,text\rb1,\"Words, one.\"\rb2,Words two.\r"),
        (
            "c.jsonl",
            b"{\"id\": \"c1\", \"text\": \"Words.\"}\r{\"id\": \"c2\", \"text\": \"Words.\"}\r",
        ),
    ]);
    let intake = read_folder(&folder);
    assert_eq!(ids(&intake), ["a", "b1", "b2", "c1", "c2"]);
    assert_eq!(lines(&intake, folder.path()), [""; 0]);
    assert_eq!(intake.reports[0].text, text.replace('\r', "\n"));
    assert_eq!(intake.reports[1].text, "Words, one.");
}

#[test]
fn many_rows_that_cannot_be_read_are_one_line() {
    let inside = "so it went on line by line\n".repeat(2000);
    let table = format!("id,text\n1,Words.\n2,\"The first line\n{inside}3,Words.\n");
    check(
        &[("in.csv", table.as_bytes())],
        &["1", "3"],
        &[
            "in.csv: 2001 rows cannot be read; the first, line 3: a quoted field that begins here is never closed",
        ],
    );
    let rows = "{\"id\": \"a\"}\n".repeat(500) + "{\"id\": \"b\", \"text\": \"Words.\"}\n";
    check(
        &[("in.jsonl", rows.as_bytes())],
        &["b"],
        &[
            "in.jsonl: 500 rows cannot be read; the first, line 1: no text (a field named text, body, content or the like)",
        ],
    );
    let dated = |n: u32| format!("{n},day {n},Words.\n");
    let table = "id,date,text\n".to_owned() + &(1..=9).map(dated).collect::<String>();
    check(
        &[("in.csv", table.as_bytes())],
        &["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        &["in.csv: 9 rows; the first, line 2: date is not a day that can be read: \"day 1\""],
    );
    let pages = "{\"id\": \"a\", \"html\": \"<p></p>\"}\n".repeat(50);
    check(
        &[("in.jsonl", pages.as_bytes())],
        &[],
        &["in.jsonl: 50 rows cannot be read; the first, line 1: no article text on this page"],
    );
    let items = "<item><title></title></item>".repeat(7);
    let feed = format!("<rss version='2.0'><channel>{items}</channel></rss>");
    let intake = read_folder(&folder(&[("in.rss", feed.as_bytes())]));
    assert!(intake.unread.len() <= 2, "{:?}", intake.unread);
    let addresses = "https://a b.example/\n".repeat(9);
    let list = format!("https://c.example/\n{addresses}");
    let folder = folder(&[("in.txt", list.as_bytes())]);
    let options = Options {
        format: Some(variorum_intake::Format::Addresses),
        ..Options::default()
    };
    let mut said = Vec::new();
    let paths = [folder.path().to_owned()];
    let _ = read_each(&paths, &options, &mut std::io::empty(), &mut |item| {
        if let Item::Unread(unread) = item {
            said.push(unread.reason);
        }
        ControlFlow::Continue(())
    });
    said.sort();
    assert!(said[0].contains("--links fetch"), "{said:?}");
    assert!(
        said[1].starts_with("9 rows cannot be read; the first, line 2: not a web address"),
        "{said:?}"
    );
    assert_eq!(said.len(), 2, "{said:?}");
}

#[test]
fn what_is_nested_too_deep_is_said_to_be() {
    let deep = format!(
        "{{\"text\": {}1{}}}",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    let reason = "nested more than 127 levels deep";
    check(
        &[("in.json", deep.as_bytes())],
        &[],
        &[&format!("in.json:1: {reason}")],
    );
    check(
        &[("in.jsonl", deep.as_bytes())],
        &[],
        &[&format!("in.jsonl:1: {reason}")],
    );
}
