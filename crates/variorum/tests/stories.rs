//! `variorum stories` as people run it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::collections::{BTreeMap, BTreeSet};

use assert_cmd::Command;
use serde_json::Value;

const SAMPLE: &str = include_str!("../sample/reports.jsonl");

fn run(arguments: &[&str], input: &str, threads: &str) -> (i32, String) {
    let output = Command::cargo_bin("variorum")
        .unwrap()
        .args(arguments)
        .env("RAYON_NUM_THREADS", threads)
        .write_stdin(input)
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn every_report_has_a_story_whatever_the_order() {
    let (code, out) = run(&["stories", "-"], SAMPLE, "2");
    assert_eq!(code, 0);
    let mut rows: Vec<&str> = SAMPLE.lines().collect();
    rows.reverse();
    assert_eq!(
        run(&["stories", "-"], &rows.join("\n"), "1").1,
        out,
        "reversed, on one thread"
    );
    let mut stories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut reports = 0;
    for line in out.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let id = |field: &str| line[field].as_str().unwrap().to_owned();
        assert!(!id("origin").is_empty(), "{line}");
        stories.entry(id("story")).or_default().insert(id("report"));
        reports += 1;
    }
    assert_eq!(reports, rows.len(), "each report once");
    // The story files are about the same stories.
    let (_, file) = run(&["collate", "-", "--format", "json"], SAMPLE, "2");
    let file: Value = serde_json::from_str(&file).unwrap();
    let collated: BTreeMap<String, BTreeSet<String>> = file["stories"]
        .as_array()
        .unwrap()
        .iter()
        .map(|story| {
            let reports = story["reports"].as_array().unwrap();
            let ids = reports
                .iter()
                .map(|report| report["id"].as_str().unwrap().to_owned());
            (story["id"].as_str().unwrap().to_owned(), ids.collect())
        })
        .collect();
    assert_eq!(stories, collated);
}

#[test]
fn nothing_read_is_no_story() {
    assert_eq!(run(&["stories", "-"], "", "2"), (1, String::new()));
}
