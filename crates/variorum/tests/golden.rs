//! The whole story file of the built-in sample, as a reader of a terminal sees it and as JSON.
//!
//! Every change of behaviour is a diff of these files. Read it as a reader of the story file: is each
//! changed line truer than before? Then accept it with `INSTA_UPDATE=always cargo test -p variorum`.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use assert_cmd::Command;

fn collate(format: &str) -> String {
    let output = Command::cargo_bin("variorum")
        .unwrap()
        .args(["collate", "--format", format])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "collate --format {format} fails on the sample"
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn sample_as_text() {
    insta::assert_snapshot!("sample.txt", collate("text"));
}

#[test]
fn sample_as_json() {
    insta::assert_snapshot!("sample.json", collate("json"));
}

#[test]
fn sample_as_markdown() {
    insta::assert_snapshot!("sample.md", collate("markdown"));
}
