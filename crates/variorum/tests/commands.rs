//! Each command as people run it: what it prints, what it says, and with which exit code it ends.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const WORDS: &str = "The council met on Monday and agreed to repair the old bridge before winter.";

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

fn run_with(arguments: &[&str], stdin: &str) -> Run {
    let mut command = Command::cargo_bin("variorum").unwrap();
    let output = command.args(arguments).write_stdin(stdin).output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(arguments: &[&str]) -> Run {
    run_with(arguments, "")
}

fn folder() -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), WORDS).unwrap();
    fs::write(folder.path().join("b.txt"), "").unwrap();
    let path = folder.path().display().to_string();
    (folder, path)
}

/// Two reports of one house under two names that share nothing but two sentences.
const HOUSE: &str = r#"{"id":"a","outlet":"Harbour Post","published":"2026-03-05","text":"The council of Port Merrow met on Monday and agreed to repair the old stone bridge before the winter storms come. The mayor was not there. Nobody asked why the work had to wait for so many years, or who had lost the plans that the engineers drew up after the flood of the spring before last, when the eastern arch first moved."}
{"id":"b","outlet":"Island Times","published":"2026-03-06","text":"The council of Port Merrow met on Monday and agreed to repair the old stone bridge before the winter storms come. Its members had argued for three hours over the price, which four building firms put at very different sums, and over the road that lorries must take through the villages on the northern bank until spring."}"#;

#[test]
fn a_list_of_outlets_tells_which_belong_together() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("reports.jsonl"), HOUSE).unwrap();
    let list = r#"outlet = [
      { name = "Harbour Post", publisher = "Merrow Media" },
      { name = "Island Times", publisher = "Merrow Media" },
    ]"#;
    fs::write(path("outlets.toml"), list).unwrap();
    fs::write(path("bad.toml"), "[[outlet]]\nnaem = 'A'").unwrap();
    let origins = |more: &[&str]| {
        let reports = path("reports.jsonl");
        let all = [&["collate", "--format", "json", &reports], more].concat();
        let run = run(&all);
        assert_eq!(run.code, 0, "{}", run.err);
        let file: Value = serde_json::from_str(&run.out).unwrap();
        file["stories"][0]["origins"].as_array().unwrap().len()
    };
    assert_eq!(origins(&[]), 2);
    assert_eq!(origins(&["--outlets", &path("outlets.toml")]), 1);
    for (name, reason) in [
        ("bad.toml", "line 2: unknown field `naem`"),
        ("none.toml", "No such file"),
    ] {
        let run = run(&["collate", &path("reports.jsonl"), "--outlets", &path(name)]);
        assert_eq!((run.code, run.out.as_str()), (1, ""));
        let expected = format!("variorum: {}: {reason}", path(name));
        assert!(run.err.starts_with(&expected), "{}", run.err);
        assert_eq!(run.err.lines().count(), 1);
    }
}

#[test]
fn read_prints_one_report_a_line() {
    let (_kept, path) = folder();
    let run = run(&["read", &path]);
    assert_eq!(run.code, 0);
    assert_eq!(run.err, format!("variorum: {path}/b.txt: empty file\n"));
    let lines = run.lines();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["id"], "a");
    assert_eq!(lines[0]["text"], WORDS);
    assert_eq!(lines[0]["title"], Value::Null);
}

#[test]
fn analyze_prints_one_analysis_a_line_in_order() {
    let rows: Vec<String> = (0..50)
        .map(|n| format!("{{\"id\": \"r{n}\", \"text\": \"{WORDS}\"}}\n"))
        .collect();
    let run = run_with(&["analyze", "-"], &rows.concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let found: Vec<Value> = run
        .lines()
        .into_iter()
        .map(|line| line["report"].clone())
        .collect();
    let expected: Vec<String> = (0..50).map(|n| format!("r{n}")).collect();
    assert_eq!(found, expected);
}

#[test]
fn collate_prints_every_format() {
    let check = |format: &str, starts: &str| {
        let run = run_with(&["collate", "-", "--format", format], WORDS);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{format}");
        assert!(
            run.out.trim_start().to_lowercase().starts_with(starts),
            "{format}: {}",
            run.out
        );
        assert!(!run.out.contains('\u{1b}'), "{format}: colour in a pipe");
    };
    check("text", "");
    check("json", "{");
    check("markdown", "");
    check("html", "<!doctype html>");
}

#[test]
fn collate_without_paths_shows_the_sample() {
    let run = run(&["collate", "--format", "json"]);
    assert_eq!(run.code, 0);
    let file: Value = serde_json::from_str(&run.out).unwrap();
    assert!(file["unread"].as_array().unwrap().is_empty());
    assert!(
        !file["stories"].as_array().unwrap().is_empty(),
        "the sample tells a story"
    );
}

#[test]
fn collate_does_not_mind_the_order_of_reports() {
    let sample = include_str!("../sample/reports.jsonl");
    let turned: Vec<&str> = sample.lines().rev().collect();
    let there = run_with(&["collate", "-", "--format", "json"], sample).out;
    let back = run_with(&["collate", "-", "--format", "json"], &turned.join("\n")).out;
    assert!(there == back, "the order of the reports shows");
}

#[test]
fn collate_names_what_it_could_not_read() {
    let (_kept, path) = folder();
    let run = run(&["collate", &path, "--format", "json"]);
    assert_eq!(run.code, 0);
    let file: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(file["unread"][0]["path"], format!("{path}/b.txt"));
    assert_eq!(file["unread"][0]["reason"], "empty file");
}

#[test]
fn output_goes_to_a_file_in_the_format_of_its_ending() {
    let (folder, path) = folder();
    let to = folder.path().join("story.html").display().to_string();
    let result = run(&["collate", &format!("{path}/a.txt"), "-o", &to]);
    assert_eq!(
        (result.code, result.out.as_str(), result.err.as_str()),
        (0, "", "")
    );
    assert!(
        fs::read_to_string(&to)
            .unwrap()
            .to_lowercase()
            .starts_with("<!doctype html>")
    );
    let nowhere = format!("{path}/no/such/folder.json");
    let result = run(&["collate", &format!("{path}/a.txt"), "-o", &nowhere]);
    assert_eq!(result.code, 1);
    assert!(
        result
            .err
            .starts_with(&format!("variorum: {nowhere}: No such file")),
        "{}",
        result.err
    );
    assert_eq!(result.err.lines().count(), 1);
}

#[test]
fn nothing_read_is_exit_code_1() {
    for command in ["read", "analyze", "collate"] {
        let run = run(&[command, "/no/such/file"]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{command}");
        assert_eq!(
            run.err, "variorum: /no/such/file: no such file or folder\n",
            "{command}"
        );
    }
    let run = run(&["collate", "/no/such/file", "--format", "json"]);
    assert_eq!(run.code, 1);
    let file: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(file["unread"][0]["path"], "/no/such/file");
}

#[test]
fn wrong_usage_is_exit_code_2() {
    for arguments in [
        &[][..],
        &["read"],
        &["analyze"],
        &["prepare"],
        &["collate", "--format", "pdf"],
    ] {
        let run = run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.err.is_empty(), "{arguments:?}: nothing is said");
    }
}

#[test]
fn bad_rows_are_one_line_each() {
    let rows = "{\"id\": \"a\", \"text\": \"Words.\"}\n{\"id\": \"b\", \n{\"id\": \"c\"}\n";
    let run = run_with(&["read", "-"], rows);
    assert_eq!(run.code, 0);
    assert_eq!(
        run.err,
        "variorum: -:2: JSON breaks off before this object is closed\n\
         variorum: -:3: no text (a field named text, body, content or the like)\n"
    );
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_early_is_no_error() {
    use std::process::{Command, Stdio};
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("many.jsonl");
    fs::write(&path, format!("{{\"text\": \"{WORDS}\"}}\n").repeat(5000)).unwrap();
    let variorum = env!("CARGO_BIN_EXE_variorum");
    let mut child = Command::new(variorum)
        .arg("read")
        .arg(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn seeds_are_collated_to_a_story() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/seeds");
    if !seeds.is_dir() {
        eprintln!("skipped: {} is not there", seeds.display());
        return;
    }
    let run = run(&["collate", &seeds.display().to_string(), "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let file: Value = serde_json::from_str(&run.out).unwrap();
    let reports = |story: &Value| story["reports"].as_array().unwrap().len();
    let sizes: Vec<usize> = file["stories"]
        .as_array()
        .unwrap()
        .iter()
        .map(reports)
        .collect();
    assert_eq!(sizes, [5], "the five reports tell one story");
}

#[test]
fn a_protected_file_is_not_replaced() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("out");
    let at = |name: &str| folder.path().join(name).display().to_string();
    fs::write(folder.path().join("a.jsonl"), HOUSE).unwrap();
    fs::write(&path, "kept").unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    for command in ["read", "collate"] {
        let run = run(&[command, &at("a.jsonl"), "-o", &at("out")]);
        assert_eq!(run.code, 1);
        assert!(run.err.ends_with("/out: write-protected\n"), "{}", run.err);
        assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
        let onto = self::run(&[command, &at("out"), "-o", &at("out")]);
        assert_eq!(onto.code, 2, "{}", onto.err);
    }
}
