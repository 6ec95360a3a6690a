//! The page of the built-in sample: each of its links followed to the words of a report and back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

#[path = "../../variorum-render/tests/page/mod.rs"]
mod page;

use assert_cmd::Command;
use page::{follow, letters};
use serde_json::Value;

fn sample(format: &str) -> String {
    let mut command = Command::cargo_bin("variorum").unwrap();
    let output = command.args(["collate", "--format", format]).output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

/// The exact words of all evidence in these parts of a value.
fn evidence(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let (Some(exact), Some(_)) = (fields.get("exact"), fields.get("suffix")) {
                out.push(exact.as_str().unwrap().to_owned());
            }
            fields.values().for_each(|value| evidence(value, out));
        }
        Value::Array(values) => values.iter().for_each(|value| evidence(value, out)),
        _ => {}
    }
}

#[test]
fn every_link_of_the_sample_lights_all_that_is_shown_and_leads_back() {
    let page = sample("html");
    page::check(&page);
    let followed = follow(&page);
    assert!(followed.len() > 100, "{}", followed.len());
    let mut lit = Vec::new();
    for link in &followed {
        link.check();
        lit.extend(link.lit.iter().map(|run| letters(run)));
    }
    let file: Value = serde_json::from_str(&sample("json")).unwrap();
    let mut words = Vec::new();
    for story in file["stories"].as_array().unwrap() {
        for part in ["timeline", "figures", "positions", "disagreements"] {
            evidence(&story[part], &mut words);
        }
        for statement in story["statements"].as_array().unwrap() {
            for variant in statement["variants"].as_array().unwrap() {
                evidence(&variant["spans"], &mut words);
            }
        }
    }
    for words in words {
        let words = letters(&words);
        assert!(lit.iter().any(|run| run.contains(&words)), "{words}");
    }
}
