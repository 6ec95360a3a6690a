//! Whole runs over folders made for each case: which reports come out, and which lines are said.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

mod folders;

use std::path::{Path, PathBuf};

use folders::{WORDS, check, folder, ids, lines, read_folder};
use variorum_intake::{MAX_REPORT, read};
use variorum_model::PublishedFrom;

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
