//! The committed JSON Schemas are those of the types, and what is printed fits them.
//!
//! `UPDATE_SCHEMAS=1 cargo test -p variorum --test schemas` writes them anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::Value;

const KINDS: [&str; 5] = ["report", "analysis", "copies", "stories", "story-file"];

fn print(arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("variorum").unwrap();
    let sample = include_str!("../sample/reports.jsonl");
    let output = command
        .args(arguments)
        .write_stdin(sample)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn committed_schemas_are_those_of_the_types() {
    for kind in KINDS {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../../schema/{kind}.schema.json"));
        let generated = print(&["schema", kind]);
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &generated).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == generated,
            "schema/{kind}.schema.json is not that of its type; run with UPDATE_SCHEMAS=1"
        );
    }
}

#[test]
fn what_is_printed_fits_its_schema() {
    let check = |kind: &str, values: Vec<Value>| {
        let schema: Value = serde_json::from_str(&print(&["schema", kind])).unwrap();
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(!values.is_empty(), "{kind}: nothing to check");
        for value in values {
            let errors: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{} at {}", error, error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{kind}: {errors:#?}");
        }
    };
    let lines = |text: String| {
        text.lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect()
    };
    check("report", lines(print(&["read", "-"])));
    check("analysis", lines(print(&["analyze", "-"])));
    check("copies", lines(print(&["copies", "-"])));
    check("stories", lines(print(&["stories", "-"])));
    let file = print(&["collate", "-", "--format", "json"]);
    check("story-file", vec![serde_json::from_str(&file).unwrap()]);
}
