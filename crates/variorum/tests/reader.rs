//! Which reader reads, that the outputs say so, and what it folds away.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::fs;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const SAMPLE: &str = include_str!("../sample/reports.jsonl");

/// What a run prints, and what it complains about.
fn run(arguments: &[&str], input: &str) -> (String, String) {
    let mut command = Command::cargo_bin("variorum").unwrap();
    let output = command.args(arguments).write_stdin(input).output().unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn story_file(arguments: &[&str], input: &str) -> Value {
    let arguments = [&["collate", "--format", "json"], arguments].concat();
    serde_json::from_str(&run(&arguments, input).0).unwrap()
}

fn statements(file: &Value) -> impl Iterator<Item = &Value> {
    let stories = file["stories"].as_array().unwrap().iter();
    stories.flat_map(|story| story["statements"].as_array().unwrap())
}

#[test]
fn the_reader_is_the_one_that_is_asked_for() {
    for (asked, taken) in [
        ("fast", "fast"),
        ("accurate", "accurate"),
        ("auto", "accurate"),
    ] {
        let file = story_file(&["--reader", asked], SAMPLE);
        assert_eq!(file["variorum"]["reader"], taken, "{asked}");
        let told = statements(&file).all(|one| one["certainty"].is_number());
        assert_eq!(told, taken == "accurate", "{asked}");
    }
}

#[test]
fn auto_leaves_much_text_to_the_fast_one() {
    let report = |text: &str| format!("{}\n", serde_json::json!({"id": text.len(), "text": text}));
    let much = "The ferry left at noon. ".repeat(45_000);
    let input = report(&much) + &report("Ada Lovel said it rained.");
    assert_eq!(story_file(&[], &input)["variorum"]["reader"], "fast");
    let (analyses, _) = run(&["analyze"], &input);
    let last: Value = serde_json::from_str(analyses.lines().last().unwrap()).unwrap();
    assert!(last["statements"][0]["propositions"].is_null(), "{last}");
}

#[test]
fn what_is_less_certain_is_kept_and_shown_when_asked_for() {
    let file = story_file(&[], SAMPLE);
    let folded = statements(&file)
        .filter(|one| one["folded"] == true)
        .count();
    assert!(folded > 0, "the sample has uncertain lines");
    let (short, _) = run(&["collate", "-"], SAMPLE);
    let (long, _) = run(&["collate", "--all", "-"], SAMPLE);
    assert!(short.contains("less certain statements: --all shows them"));
    assert!(!long.contains("--all") && long.len() > short.len());
    let (page, _) = run(&["collate", "--format", "html", "-"], SAMPLE);
    assert_eq!(page.matches("<details class=\"folded\">").count(), 2);
}

#[test]
fn weights_that_cannot_be_read_are_one_line_with_their_path() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_str().unwrap();
    let complaint = || run(&["collate", "--encoder", path, "-"], SAMPLE);
    let (out, missing) = complaint();
    assert!(
        out.is_empty() && missing.contains("pieces.tsv"),
        "{missing}"
    );
    for name in ["pieces.tsv", "heads.bin", "encoder.onnx"] {
        fs::write(folder.path().join(name), "no weights").unwrap();
    }
    let (out, unfit) = complaint();
    assert!(out.is_empty() && unfit.contains(path), "{unfit}");
    for one in [missing, unfit] {
        assert_eq!(one.lines().count(), 1, "{one}");
    }
}
