//! `variorum copies` as people run it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use assert_cmd::Command;
use serde_json::{Value, json};

const TEXT: &str = "At least four people died when a ferry and a grain carrier collided in fog outside the \
    harbour late on Wednesday, the harbour authority said. The operator promised to hand over the \
    logs of the ship by Friday.";

fn copies(rows: &[Value], threads: &str) -> (i32, String) {
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    let output = Command::cargo_bin("variorum")
        .unwrap()
        .args(["copies", "-"])
        .env("RAYON_NUM_THREADS", threads)
        .write_stdin(lines.join("\n"))
        .output()
        .unwrap();
    let code = output.status.code().unwrap();
    (code, String::from_utf8(output.stdout).unwrap())
}

fn row(id: &str, outlet: &str, published: Option<&str>, text: &str) -> Value {
    json!({"id": id, "outlet": outlet, "published": published, "text": text})
}

#[test]
fn a_copy_is_one_line() {
    let wire = format!("PARIS (Reuters) - {TEXT}");
    let rows = [
        row("two", "Daily Bugle", Some("2026-03-04"), TEXT),
        row("one", "Reuters", Some("2026-03-05"), &wire),
        row(
            "three",
            "Gazette",
            None,
            "The council agreed to repair the old bridge.",
        ),
    ];
    let (code, out) = copies(&rows, "2");
    assert_eq!(code, 0);
    let line: Value = serde_json::from_str(&out).unwrap();
    for (field, expected) in [
        ("a", json!("two")),
        ("b", json!("one")),
        ("kind", json!("copy")),
        ("origin", json!("one")),
        ("from", json!("one")),
        ("share_a", json!(1.0)),
    ] {
        assert_eq!(line[field], expected, "{field} in {line}");
    }
}

#[test]
fn two_prints_of_one_wire_come_from_the_agency() {
    let rows = [
        row("one", "Daily Bugle", None, &format!("PARIS (AP) — {TEXT}")),
        row("two", "Gazette", None, TEXT),
    ];
    let (_, out) = copies(&rows, "2");
    let line: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(line["origin"], "agency:AP");
}

#[test]
fn threads_and_order_do_not_show() {
    let mut rows: Vec<Value> = (0..200)
        .map(|i| {
            let text = format!("{} Edition {}.", TEXT, i % 50);
            row(
                &format!("r{i}"),
                &format!("o{}", i % 7),
                Some("2026-03-05"),
                &text,
            )
        })
        .collect();
    let (_, two) = copies(&rows, "2");
    rows.reverse();
    let (_, one) = copies(&rows, "1");
    assert!(two == one && two.lines().count() >= 199);
}

#[test]
fn nothing_read_is_exit_code_1() {
    assert_eq!(copies(&[], "1"), (1, String::new()));
}
