//! What people expect of any program of the command line: pipes, endings, help, terminals of any width; and that each
//! output says what made it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::fs;
use std::process::Stdio;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;
use variorum_model::id::sha256;

const OUTLETS: &str = "outlet = []\n";
const SAMPLE: &str = include_str!("../sample/reports.jsonl");

fn program() -> Command {
    let mut command = Command::cargo_bin("variorum").unwrap();
    command.env_remove("COLUMNS");
    command
}

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn end(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn piped(arguments: &[&str], input: &str) -> Run {
    end(program().args(arguments).write_stdin(input))
}

#[test]
fn what_is_piped_in_is_read() {
    for command in ["read", "analyze", "copies", "stories"] {
        let run = piped(&[command], SAMPLE);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{command}");
        assert_eq!(run.out, piped(&[command, "-"], SAMPLE).out, "{command}");
    }
    let two: Vec<&str> = SAMPLE.lines().take(2).collect();
    let run = piped(&["collate", "--format", "json"], &two.join("\n"));
    let file: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(file["variorum"]["sample"], false);
    let stories = file["stories"].as_array().unwrap().iter();
    let reports: usize = stories
        .map(|s| s["reports"].as_array().unwrap().len())
        .sum();
    assert_eq!(reports, 2);
}

#[test]
fn a_file_as_standard_input_is_read_and_a_device_is_not() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, SAMPLE).unwrap();
    let with = |arguments: &[&str], file: &std::path::Path| {
        let input = fs::File::open(file).unwrap();
        let variorum = std::process::Command::new(env!("CARGO_BIN_EXE_variorum"))
            .args(arguments)
            .stdin(Stdio::from(input))
            .output()
            .unwrap();
        let out = String::from_utf8(variorum.stdout).unwrap();
        (variorum.status.code().unwrap(), out)
    };
    let (code, out) = with(&["read"], &path);
    assert_eq!((code, out.lines().count()), (0, SAMPLE.lines().count()));
    if cfg!(unix) {
        let null = std::path::Path::new("/dev/null");
        assert_eq!(with(&["read"], null), (2, String::new()));
        let (code, out) = with(&["collate", "--brief"], null);
        assert!(code == 0 && out.contains("of the built-in sample"), "{out}");
    }
}

#[test]
fn nothing_piped_in_is_as_nothing_given() {
    for command in ["read", "analyze", "copies", "stories"] {
        let run = piped(&[command], "");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{command}");
        assert!(run.err.contains("no PATH is given"), "{}", run.err);
        assert!(
            run.err.contains(&format!("variorum {command}")),
            "{}",
            run.err
        );
    }
    let run = piped(&["collate", "--format", "json"], "");
    let file: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (run.code, &file["variorum"]["sample"]),
        (0, &Value::Bool(true))
    );
}

#[test]
fn an_ending_that_is_no_format_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let to = |name: &str, more: &[&str]| {
        let path = path(name);
        let arguments = [&["collate", "-", "-o", &path], more].concat();
        piped(&arguments, SAMPLE)
    };
    for name in ["story.pdf", "story.docx", "story.htlm", "story."] {
        let run = to(name, &[]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{name}");
        for known in [name, ".txt", ".json", ".md", ".html", "--format"] {
            assert!(run.err.contains(known), "{known} in {}", run.err);
        }
        assert!(!fs::exists(path(name)).unwrap(), "{name}");
    }
    for (name, more, starts) in [
        ("story.pdf", &["--format", "html"][..], "<!DOCTYPE html>"),
        ("story.HTM", &[], "<!DOCTYPE html>"),
        ("story.Json", &[], "{"),
        ("story.md", &[], "---"),
    ] {
        let run = to(name, more);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{name}");
        let found = fs::read_to_string(path(name)).unwrap();
        assert!(found.starts_with(starts), "{name}: {found}");
    }
    // A name without an ending gets what a terminal would.
    assert_eq!(to("story", &[]).code, 0);
    assert_eq!(
        fs::read_to_string(path("story")).unwrap(),
        piped(&["collate"], SAMPLE).out
    );
}

#[test]
fn the_short_form_is_for_reading() {
    for format in ["text", "markdown"] {
        let run = piped(&["collate", "--brief", "--format", format], SAMPLE);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{format}");
        assert!(run.out.lines().count() <= 40, "{format}: {}", run.out);
    }
    let run = piped(&["collate", "--brief", "--format", "json"], SAMPLE);
    assert!(run.code == 2 && run.err.contains("--brief"), "{}", run.err);
}

#[test]
fn text_keeps_to_the_columns_that_are_asked_for() {
    for columns in [24, 40, 120] {
        for more in [&[][..], &["--brief"]] {
            let arguments = [&["collate"], more].concat();
            let asked = columns.to_string();
            let run = end(program()
                .args(&arguments)
                .env("COLUMNS", &asked)
                .write_stdin(SAMPLE));
            let widest = run
                .out
                .lines()
                .map(|line| line.chars().count())
                .max()
                .unwrap();
            assert!(
                (columns / 2..=columns).contains(&widest),
                "{widest} of {columns}"
            );
        }
    }
    for nonsense in ["0", "wide"] {
        let run = end(program()
            .arg("collate")
            .env("COLUMNS", nonsense)
            .write_stdin(SAMPLE));
        assert_eq!(run.out, piped(&["collate"], SAMPLE).out, "{nonsense:?}");
    }
}

#[test]
fn every_command_shows_an_example_of_itself() {
    let program_help = piped(&["--help"], "");
    let commands = program_help.out.split("Commands:").nth(1).unwrap();
    let commands = commands.split("Options:").next().unwrap();
    let names: Vec<&str> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        // Other lines go on with what a command does.
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.len() >= 8, "{names:?}");
    let scripts = ["bash", "zsh", "fish", "powershell", "elvish"].map(|shell| {
        let script = piped(&["completions", shell], "");
        assert_eq!((script.code, script.err.as_str()), (0, ""), "{shell}");
        script.out
    });
    for name in names {
        let help = piped(&[name, "--help"], "").out;
        let examples = help.split("Examples:").nth(1).unwrap_or_default();
        assert!(examples.contains(&format!("variorum {name}")), "{help}");
        // The manual has a page for it, and shells know it.
        let page = piped(&["man", name], "");
        assert!(page.code == 0 && page.out.contains(".SH NAME"), "{name}");
        assert!(scripts.iter().all(|script| script.contains(name)), "{name}");
    }
    assert!(piped(&["man"], "").out.contains("variorum"));
    assert_eq!(piped(&["man", "nothing"], "").code, 2);
    assert_eq!(piped(&["completions", "nothing"], "").code, 2);
}

#[test]
fn an_output_says_what_made_it() {
    let folder = TempDir::new().unwrap();
    let list = folder.path().join("houses.toml");
    fs::write(&list, OUTLETS).unwrap();
    let list = list.display().to_string();
    let arguments = [
        "collate",
        "--since",
        "2001-02-03",
        "--language",
        "de,English",
        "--outlets",
        &list,
    ];
    let run = |format: &str, input: &str| {
        let run = piped(&[&arguments[..], &["--format", format]].concat(), input);
        assert_eq!(run.code, 0, "{}", run.err);
        run.out
    };
    let json = run("json", SAMPLE);
    assert!(
        json.starts_with("{\n  \"variorum\": {\n    \"version\""),
        "{json}"
    );
    let file: Value = serde_json::from_str(&json).unwrap();
    let head = &file["variorum"];
    assert_eq!(head["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(head["reader"], "accurate");
    let options = serde_json::json!({"since": "2001-02-03", "language": "de,en", "outlets": list});
    assert_eq!(head["options"], options);
    assert_eq!(head["outlets_sha256"], sha256(OUTLETS.as_bytes()));
    // The schema that it names is the one that is printed, and each output has its own.
    let ids: Vec<Value> = ["story-file", "report", "analysis", "copies", "stories"]
        .iter()
        .map(|kind| {
            let schema = piped(&["schema", kind], "").out;
            serde_json::from_str::<Value>(&schema).unwrap()["$id"].clone()
        })
        .collect();
    assert_eq!(head["schema"], ids[0]);
    assert!((1..5).all(|at| ids[at].is_string() && !ids[..at].contains(&ids[at])));
    // Each report has the hash under which it was read, in its analysis too.
    let field = |command: &str, field: &str| {
        let lines = piped(&[command], SAMPLE).out;
        let values = lines.lines().map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            line[field].as_str().unwrap().to_owned()
        });
        let mut values: Vec<String> = values.collect();
        values.sort();
        values
    };
    let stories = file["stories"].as_array().unwrap().iter();
    let reports = stories.flat_map(|story| story["reports"].as_array().unwrap());
    let hash = |report: &Value| report["sha256"].as_str().unwrap().to_owned();
    let mut hashes: Vec<String> = reports.map(hash).collect();
    hashes.sort();
    assert_eq!(hashes, field("read", "sha256"));
    assert_eq!(hashes, field("analyze", "sha256"));
    // Neither the order of the reports nor the time shows.
    let turned: Vec<&str> = SAMPLE.lines().rev().collect();
    for format in ["json", "text", "markdown", "html"] {
        let there = run(format, SAMPLE);
        assert!(there == run(format, &turned.join("\n")), "{format}");
        assert!(there.contains(env!("CARGO_PKG_VERSION")), "{format}");
        if format != "json" {
            let flat = there.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains("--since 2001-02-03"), "{format}");
        }
    }
}

#[test]
fn an_e_mail_is_a_report() {
    let folder = TempDir::new().unwrap();
    let mail = "Received: from relay.example\r\nFrom: Harbour Office <office@harbour.example>\r\n\
        Date: Tue, 11 Jan 2022 07:30:00 -0500\r\nSubject: The harbour reopens on Friday\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
        Content-Type: text/plain\r\n\r\nThe harbour master said that the harbour would reopen.\r\n\
        --b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n";
    let path = folder.path().join("press.eml").display().to_string();
    fs::write(&path, mail).unwrap();
    let by_file = piped(&["read", &path], "");
    let by_pipe = piped(&["read"], mail);
    for (run, id, place) in [(by_file, "press", path.as_str()), (by_pipe, "stdin", "-")] {
        let report: Value = serde_json::from_str(&run.out).unwrap();
        let field = |name: &str| report[name].as_str().unwrap_or_default().to_owned();
        let fields = [
            "id",
            "title",
            "author",
            "published",
            "published_from",
            "text",
        ]
        .map(field);
        let expected = [
            id,
            "The harbour reopens on Friday",
            "Harbour Office",
            "2022-01-11T07:30:00-05:00",
            "metadata",
            "The harbour master said that the harbour would reopen.",
        ];
        assert_eq!(fields, expected.map(str::to_owned));
        assert_eq!(
            run.err,
            format!("variorum: {place}: 1 attachment not read\n")
        );
    }
}

#[test]
fn what_other_programs_can_read_is_said_with_the_program() {
    let folder = TempDir::new().unwrap();
    for (name, bytes, command) in [
        ("a.pdf", &b"%PDF-1.7\n"[..], "pdftotext"),
        ("a.rtf", b"{\\rtf1 words}", "pandoc"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1", "soffice"),
    ] {
        let path = folder.path().join(name).display().to_string();
        fs::write(&path, bytes).unwrap();
        let run = piped(&["read", &path], "");
        assert_eq!((run.code, run.err.lines().count()), (1, 1), "{}", run.err);
        assert!(
            run.err.contains(&path) && run.err.contains(command),
            "{}",
            run.err
        );
    }
}
