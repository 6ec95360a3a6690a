//! Whole runs over folders made for each case: which reports come out, and which lines are said.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use variorum_intake::{FileId, Intake, Item, MAX_REPORT, Options, read, read_each};
use variorum_model::PublishedFrom;

const WORDS: &str = "The council met on Monday and agreed to repair the old bridge before winter.";

/// A folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read_folder(folder: &TempDir) -> Intake {
    read(&[folder.path().to_owned()], &mut std::io::empty())
}

fn ids(intake: &Intake) -> Vec<&str> {
    intake
        .reports
        .iter()
        .map(|report| report.id.as_str())
        .collect()
}

/// What was said, with paths as seen from the folder.
fn lines(intake: &Intake, folder: &Path) -> Vec<String> {
    let unread = intake.unread.iter().map(|u| (&u.path, &u.reason));
    let notices = intake.notices.iter().map(|n| (&n.path, &n.reason));
    let folder = folder.display().to_string();
    unread
        .chain(notices)
        .map(|(path, reason)| format!("{path}: {reason}"))
        .map(|line| {
            line.replace(&format!("{folder}/"), "")
                .replace(&folder, ".")
        })
        .collect()
}

/// Reads a folder of files: these ids and these lines come out, and nothing else.
fn check(files: &[(&str, &[u8])], expected_ids: &[&str], expected_lines: &[&str]) {
    let folder = folder(files);
    let intake = read_folder(&folder);
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    assert_eq!(ids(&intake), expected_ids, "reports of {names:?}");
    assert_eq!(
        lines(&intake, folder.path()),
        expected_lines,
        "lines of {names:?}"
    );
}

/// Reads standard input.
fn check_stdin(input: &str, expected_ids: &[&str], expected_lines: &[&str]) {
    let intake = read(&["-".into()], &mut input.as_bytes());
    assert_eq!(ids(&intake), expected_ids, "reports of {input:?}");
    assert_eq!(
        lines(&intake, Path::new("/nowhere")),
        expected_lines,
        "lines of {input:?}"
    );
}

#[test]
fn folders_are_read_by_name_and_through() {
    let words = WORDS.as_bytes();
    let files = [
        ("b.txt", words),
        ("a.md", words),
        ("sub/deep/c", words),
        (".hidden.txt", words),
    ];
    check(&files, &["a", "b", "sub/deep/c"], &[]);
    check(
        &[("a.txt", words), ("a.md", words), ("a.text", words)],
        &["a", "a.text", "a.txt"],
        &[],
    );
    check(&[], &[], &[".: no reports in this folder"]);
    check(
        &[(".git/a.txt", words)],
        &[],
        &[".: no reports in this folder"],
    );
}

#[test]
fn what_is_no_report_is_said_and_nothing_else_is_lost() {
    let good = ("z.txt", WORDS.as_bytes());
    check(&[("a.txt", b""), good], &["z"], &["a.txt: empty file"]);
    check(&[("a.txt", b" \n\n "), good], &["z"], &["a.txt: no words"]);
    check(
        &[("a.txt", b"2022 ... 13!"), good],
        &["z"],
        &["a.txt: no words"],
    );
    check(
        &[("a.png", b"\x89PNG\r\n\x1a\n"), good],
        &["z"],
        &["a.png: not text: PNG image"],
    );
    check(
        &[("a.txt", b"%PDF-1.7 ..."), good],
        &["z"],
        &["a.txt: not text: PDF document; make it text first: pdftotext FILE.pdf"],
    );
    check(
        &[("a.dat", b"ab\0\x01\x02cd"), good],
        &["z"],
        &["a.dat: not text: it contains zero bytes"],
    );
    check(
        &[("a.html", b"<!DOCTYPE html><html>"), good],
        &["z"],
        &["a.html: no article text on this page"],
    );
}

#[test]
fn a_text_beyond_the_limit_is_not_held() {
    let large = vec![b'a'; MAX_REPORT + 1];
    let line = "a.txt: larger than the limit of 64 MB for one report";
    check(
        &[("a.txt", &large), ("z.txt", WORDS.as_bytes())],
        &["z"],
        &[line],
    );
}

#[test]
fn a_line_beyond_the_limit_is_skipped() {
    use std::io::Read;
    let row = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"{WORDS}\"}}\n");
    let (before, after) = (row("a"), row("b"));
    let mut input = before
        .as_bytes()
        .chain(std::io::repeat(b'x').take(200 << 20))
        .chain(b"\n".as_slice())
        .chain(after.as_bytes());
    let intake = read(&["-".into()], &mut input);
    assert_eq!(ids(&intake), ["a", "b"]);
    let expected = "-:2: larger than the limit of 64 MB for one report";
    assert_eq!(lines(&intake, Path::new("/nowhere")), [expected]);
}

#[test]
fn other_encodings_are_read_and_said() {
    let latin = b"The minister\x92s caf\xe9 was closed, he said, \x93for good\x94.";
    check(
        &[("a.txt", latin)],
        &["a"],
        &["a.txt: not UTF-8; read as windows-1252"],
    );
    let wide: Vec<u8> = format!("\u{FEFF}{WORDS}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check(
        &[("a.txt", &wide)],
        &["a"],
        &["a.txt: not UTF-8; read as UTF-16LE"],
    );
    let marked = format!("\u{FEFF}{WORDS}");
    let kept = folder(&[("a.txt", marked.as_bytes())]);
    assert_eq!(read_folder(&kept).reports[0].text, WORDS);
    let broken = [WORDS.as_bytes(), " “Yes” ".as_bytes(), b"\xff\xfe", b" no"].concat();
    check(
        &[("a.txt", &broken)],
        &["a"],
        &["a.txt: 2 bytes not valid UTF-8; shown as \u{FFFD}"],
    );
    let table: Vec<u8> = format!("id,text\r\n1,{WORDS}\r\n")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    check(
        &[("a.csv", &table)],
        &["1"],
        &["a.csv: not UTF-8; read as UTF-16BE"],
    );
}

#[test]
fn json_lines_lose_only_their_broken_lines() {
    let rows = [
        r#"{"id": "a", "text": "Words one."}"#,
        r#"{"id": "b", "text": "Words"#,
        "",
        r#"{"url": "https://example.org/c", "text": "Words three."}"#,
        r#"{"text": "Words four."}"#,
        r#"{"id": "e", "title": "No text"}"#,
        r#"["text"]"#,
        r#"{"id": "f", "text": "Words"} trailing"#,
        r#"{"id": "a", "text": "Words one."}"#,
    ]
    .join("\n");
    let file = "in.jsonl";
    check(
        &[(file, rows.as_bytes())],
        &["a", "https://example.org/c", "in:5", "a-2"],
        &[
            "in.jsonl:2: JSON breaks off before this object is closed",
            "in.jsonl:6: no text (a field named text, body, content or the like)",
            "in.jsonl:7: not a JSON object",
            "in.jsonl:8: not valid JSON: trailing characters at column 30",
        ],
    );
    check(
        &[(file, b"\n\n")],
        &[],
        &["in.jsonl: no reports in this file"],
    );
}

#[test]
fn json_arrays_keep_what_stands_before_a_break() {
    let rows = "[{\"id\": \"a\", \"text\": \"Words.\"},\n{\"id\": \"b\", \"text\": \"Wor";
    let off = "in.json:2: JSON breaks off before this object is closed";
    check(&[("in.json", rows.as_bytes())], &["a"], &[off]);
    check(
        &[("in.json", b"{\n\"id\": \"a\",\n\"text\": \"Words.\"\n}")],
        &["a"],
        &[],
    );
    check(
        &[("in.json", b"[]")],
        &[],
        &["in.json: no reports in this file"],
    );
    check(
        &[("in.json", b"{\"title\": \"T\"}")],
        &[],
        &["in.json:1: no text (a field named text, body, content or the like)"],
    );
}

#[test]
fn tables_lose_only_their_broken_rows() {
    let table = "id,Publish_Date,text\n1,2022-01-07,\"Words, one.\"\n2,2022-01-07\n\
                 3,someday,Words three.\n4,1/21/18,\n";
    check(
        &[("in.csv", table.as_bytes())],
        &["1", "3"],
        &[
            "in.csv:3: fields in this row: 2, in the header: 3",
            "in.csv:5: no text (a field named text, body, content or the like)",
            "in.csv:4: date is not a day that can be read: \"someday\"",
        ],
    );
    check(
        &[("in.csv", b"id,title\n1,T\n")],
        &[],
        &["in.csv: no text column (text, body, content or the like) among: id, title"],
    );
    check(
        &[("in.csv", b"id,text\n")],
        &[],
        &["in.csv: no reports in this file"],
    );
}

#[test]
fn other_languages_are_kept_and_said() {
    let french = "Le conseil s'est réuni lundi et a décidé de réparer le vieux pont avant l'hiver.";
    let line = "a.txt: language fr is not analysed yet; kept and grouped only";
    check(&[("a.txt", french.as_bytes())], &["a"], &[line]);
    let given = r#"{"id": "a", "language": "German", "text": "Kurz."}"#;
    let intake = read(&["-".into()], &mut given.as_bytes());
    assert_eq!(intake.reports[0].language.as_deref(), Some("de"));
    assert!(!intake.reports[0].analysed);
}

#[test]
fn identical_reports_are_both_kept() {
    check(
        &[("a.txt", WORDS.as_bytes()), ("b.txt", WORDS.as_bytes())],
        &["a", "b"],
        &[],
    );
    let row = format!("{{\"id\": \"a\", \"text\": \"{WORDS}\"}}\n");
    check(
        &[("in.jsonl", row.repeat(3).as_bytes())],
        &["a", "a-2", "a-3"],
        &[],
    );
}

#[test]
fn paths_and_patterns() {
    let folder = folder(&[("x/a.txt", WORDS.as_bytes()), ("y/b.txt", WORDS.as_bytes())]);
    let at = |path: &str| folder.path().join(path);
    let check = |paths: &[PathBuf], expected: &[&str], expected_lines: &[&str]| {
        let intake = read(paths, &mut std::io::empty());
        assert_eq!(ids(&intake), expected, "{paths:?}");
        assert_eq!(lines(&intake, folder.path()), expected_lines, "{paths:?}");
    };
    check(&[at("x/a.txt"), at("y")], &["a", "b"], &[]);
    check(&[at("*/*.txt")], &["x/a", "y/b"], &[]);
    check(&[at("**/*.txt")], &["x/a", "y/b"], &[]);
    check(&[at("*")], &["x/a", "y/b"], &[]);
    check(
        &[at("*.md"), at("y")],
        &["b"],
        &["*.md: no file matches this pattern"],
    );
    check(
        &[at("gone.txt"), at("y")],
        &["b"],
        &["gone.txt: no such file or folder"],
    );
    check(
        &[at("y"), at("y/b.txt")],
        &["b"],
        &["y/b.txt: named twice; read once"],
    );
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let folder = folder(&[("sub/a.txt", WORDS.as_bytes())]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/back")).unwrap();
    let intake = read_folder(&folder);
    assert_eq!(ids(&intake), ["sub/a"]);
    let expected = "sub/back: symbolic link leads back to a folder above it; not followed";
    assert_eq!(lines(&intake, folder.path()), [expected]);
}

#[test]
fn standard_input_is_read_as_what_it_is() {
    check_stdin(WORDS, &["stdin"], &[]);
    check_stdin(
        "{\"text\": \"Words.\"}\n{\"id\": \"b\", \"text\": \"W.\"}",
        &["stdin:1", "b"],
        &[],
    );
    check_stdin("[{\"id\": \"b\", \"text\": \"Words.\"}]", &["b"], &[]);
    check_stdin("guid,body\n7,Words.\n", &["7"], &[]);
    check_stdin("", &[], &["-: empty file"]);
}

#[test]
fn sidecars_describe_texts_and_are_no_reports() {
    let side = br#"{"outlet": "Valley Post", "date": "7 January 2022", "title": "Bridge saved"}"#;
    let folder = folder(&[("a.txt", WORDS.as_bytes()), ("a.json", side)]);
    let intake = read_folder(&folder);
    assert_eq!(lines(&intake, folder.path()), [""; 0]);
    let [report] = intake.reports.as_slice() else {
        panic!("one report: {:?}", ids(&intake))
    };
    assert_eq!(report.id, "a");
    assert_eq!(report.outlet.as_deref(), Some("Valley Post"));
    assert_eq!(report.title.as_deref(), Some("Bridge saved"));
    assert_eq!(report.published.unwrap().to_string(), "2022-01-07");
    assert_eq!(report.published_from, PublishedFrom::Metadata);
}

#[test]
fn one_table_describes_the_texts_of_a_folder() {
    let table = b"file,outlet,published,title,id\na.txt,Valley Post,2022-01-07,2022-01-07,\n\
                  sub/b,Hill News,2022-01-08,T,own\n";
    let words = WORDS.as_bytes();
    let folder = folder(&[
        ("a.txt", words),
        ("sub/b.txt", words),
        ("reports.csv", table),
    ]);
    let intake = read_folder(&folder);
    assert_eq!(lines(&intake, folder.path()), [""; 0]);
    assert_eq!(ids(&intake), ["a", "own"]);
    let outlets: Vec<_> = intake
        .reports
        .iter()
        .map(|r| r.outlet.as_deref().unwrap())
        .collect();
    assert_eq!(outlets, ["Valley Post", "Hill News"]);
    assert_eq!(intake.reports[0].title, None, "a date is no title");
}

#[test]
fn a_broken_sidecar_loses_only_itself() {
    let files = [
        ("a.txt", WORDS.as_bytes()),
        ("a.json", b"{\"outlet\": ".as_slice()),
    ];
    check(
        &files,
        &["a"],
        &["a.json:1: JSON breaks off before this object is closed"],
    );
}

#[test]
fn a_table_of_reports_beside_texts_is_read_itself() {
    let files = [
        ("a.txt", WORDS.as_bytes()),
        ("reports.csv", b"id,text\nb,Words.\n".as_slice()),
    ];
    check(&files, &["a", "b"], &[]);
}

#[test]
fn dates_come_from_fields_then_header_then_date_line() {
    let check = |row: &str, expected: Option<&str>, from: PublishedFrom| {
        let intake = read(&["-".into()], &mut row.as_bytes());
        let report = &intake.reports[0];
        let published = report.published.map(|moment| moment.to_string());
        assert_eq!(
            (published.as_deref(), report.published_from),
            (expected, from),
            "{row}"
        );
    };
    let header = r#""text": " date 2022-01-08 The council met.""#;
    check(
        &format!(r#"{{"date": "2022-01-07", {header}}}"#),
        Some("2022-01-07"),
        PublishedFrom::Metadata,
    );
    check(
        &format!("{{{header}}}"),
        Some("2022-01-08"),
        PublishedFrom::Header,
    );
    check(
        r#"{"text": "BRUSSELS, January 12, 2022 — The council met."}"#,
        Some("2022-01-12"),
        PublishedFrom::Text,
    );
    check(
        r#"{"text": "The council met on January 7."}"#,
        None,
        PublishedFrom::None,
    );
}

#[test]
fn own_output_is_read_back_unchanged() {
    let text = " date 2022-01-08 The secretary general spoke.";
    let first = read(&["-".into()], &mut text.as_bytes());
    let line = serde_json::to_string(&first.reports[0]).unwrap();
    assert_eq!(
        read(&["-".into()], &mut line.as_bytes()).reports,
        first.reports
    );
}

#[test]
fn the_seeds_have_dates_and_no_titles() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/seeds");
    if !seeds.is_dir() {
        eprintln!("skipped: {} is not there", seeds.display());
        return;
    }
    let intake = read(&[seeds], &mut std::io::empty());
    let dates: Vec<_> = intake
        .reports
        .iter()
        .map(|r| r.published.map(|moment| moment.to_string()))
        .collect();
    let expected = [
        Some("2022-01-08"),
        Some("2022-01-07"),
        Some("2022-01-13"),
        None,
        None,
    ];
    assert_eq!(dates, expected.map(|date| date.map(str::to_owned)));
    assert!(
        intake.reports.iter().all(|report| report.title.is_none()),
        "the seeds have no titles"
    );
    assert!(intake.unread.is_empty() && intake.notices.is_empty());
}

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
