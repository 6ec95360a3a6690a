//! How time grows with the input: shapes that nobody writes and somebody feeds, each at a size and at four times that
//! size, as the exponent of growth (1 is linear, 2 quadratic).
//!
//! `variorum` of the same build reads them, as a process of its own, and the seconds of all its processors count, so
//! that other work on the machine hardly shows.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::processor;
use crate::score::row;

const LINE: &str =
    "The council of Lodane voted on Thursday to close the old bridge over the river. ";
const PLACES: [&str; 8] = [
    "Lodane", "Marnfeld", "Velmar", "Tamsin", "Istren", "Karsova", "Hallam", "Skerrow",
];
const THINGS: [&str; 6] = ["bridge", "ferry", "market", "school", "dam", "theatre"];

/// One report of a text.
fn one(text: &str) -> Vec<Value> {
    vec![json!({"id": "a", "published": "2026-03-05", "language": "en", "text": text})]
}

/// One report of sentences that are made by number.
fn listed(count: usize, sentence: impl Fn(usize) -> String) -> Vec<Value> {
    one(&(0..count).map(sentence).collect::<String>())
}

/// A name that only one number has.
fn name(number: usize) -> String {
    let syllables = ["ba", "do", "fi", "ku", "le", "mo", "na", "pe", "ri", "su"];
    let digits = format!("{:05}", number * 7919 % 100_000);
    let letters: Vec<&str> = digits
        .bytes()
        .map(|d| syllables[usize::from(d - b'0')])
        .collect();
    format!("R{}n D{}t", letters[..2].concat(), letters[2..].concat())
}

/// Short reports of many days.
fn tiny(number: usize) -> Value {
    let (place, thing) = (PLACES[number % 8], THINGS[number / 8 % 6]);
    json!({
        "id": format!("r{number}"),
        "published": format!("2026-{:02}-{:02}", 1 + number / 1200 % 12, 1 + number / 40 % 28),
        "outlet": format!("Paper {}", number % 97),
        "text": format!("The {thing} of {place} {number} was closed on Monday, the mayor of {place} said. It had cost {} million crowns.", number % 977),
    })
}

/// Reports that differ in a word or two.
fn alike(number: usize) -> Value {
    json!({
        "id": format!("r{number}"),
        "published": "2026-03-05",
        "outlet": format!("Paper {number}"),
        "text": format!("{}“We have no choice,” Mayor Ilse Corran said. It costs {} million crowns. Report {number} adds nothing.", LINE.repeat(6), 12 + number % 3),
    })
}

type Shape = (&'static str, &'static str, fn(usize) -> Vec<Value>, usize);

const SHAPES: [Shape; 25] = [
    ("initials", "analyze", |n| one(&"A.B.".repeat(n)), 8000),
    (
        "according to",
        "analyze",
        |n| one(&"It is safe, according to Ada Lovel, ".repeat(n)),
        3000,
    ),
    (
        "short quotations",
        "analyze",
        |n| one(&"“Yes,” he said. ".repeat(n)),
        8000,
    ),
    (
        "clock times",
        "analyze",
        |n| one(&"at 10:30 a.m., ".repeat(n)),
        10_000,
    ),
    (
        "dates",
        "analyze",
        |n| one(&"on January 5, 2021, ".repeat(n)),
        10_000,
    ),
    (
        "one sentence repeated",
        "collate",
        |n| one(&LINE.repeat(n)),
        4000,
    ),
    (
        "empty paragraphs",
        "collate",
        |n| one(&format!("{}It rained.", "\n\n".repeat(n))),
        400_000,
    ),
    (
        "one long word",
        "collate",
        |n| one(&"a".repeat(n)),
        2_000_000,
    ),
    (
        "one long number",
        "collate",
        |n| one(&"1".repeat(n)),
        250_000,
    ),
    ("open brackets", "collate", |n| one(&"(".repeat(n)), 200_000),
    (
        "marks without partner",
        "collate",
        |n| one(&"“He said ‘she said ".repeat(n)),
        5000,
    ),
    (
        "a quotation without end",
        "collate",
        |n| {
            let line = "He left and, said Ada Lovel, it rained. ";
            one(&format!("“It began. {}", line.repeat(n)))
        },
        2000,
    ),
    ("capitals", "collate", |n| one(&"Weber ".repeat(n)), 30_000),
    (
        "addresses",
        "collate",
        |n| listed(n, |i| format!("https://lodane.example/{i}/b-c.html?x={i} ")),
        4000,
    ),
    (
        "numbers",
        "collate",
        |n| listed(n, |i| format!("{} or ", i * 37)),
        8000,
    ),
    (
        "counts",
        "collate",
        |n| listed(n, |i| format!("At least {i} people died in {}. ", name(i))),
        1500,
    ),
    (
        "one speaker",
        "collate",
        |n| {
            listed(n, |i| {
                format!(
                    "“The {} number {i} is safe,” Mayor Ilse Corran said. ",
                    THINGS[i % 6]
                )
            })
        },
        2000,
    ),
    (
        "many speakers",
        "collate",
        |n| {
            listed(n, |i| {
                format!(
                    "“The {} is number {i} of all,” {} said. ",
                    THINGS[i % 6],
                    name(i)
                )
            })
        },
        1000,
    ),
    (
        "a transcript",
        "collate",
        |n| {
            listed(n, |i| {
                format!(
                    "{}: Well, look at the {} number {i}.\n",
                    PLACES[i % 8].to_uppercase(),
                    THINGS[i % 6]
                )
            })
        },
        3000,
    ),
    (
        "many days",
        "collate",
        |n| {
            listed(n, |i| {
                format!(
                    "The council of {} will meet on March {}, 20{:02}. ",
                    name(i),
                    1 + i % 28,
                    i / 28 % 99
                )
            })
        },
        1000,
    ),
    (
        "one day",
        "collate",
        |n| {
            listed(n, |i| {
                format!("The talks of {} will be held on Monday. ", name(i))
            })
        },
        1500,
    ),
    (
        "near-identical reports",
        "collate",
        |n| (0..n).map(alike).collect(),
        600,
    ),
    (
        "tiny reports",
        "collate",
        |n| (0..n).map(tiny).collect(),
        5000,
    ),
    (
        "tiny reports",
        "stories",
        |n| (0..n).map(tiny).collect(),
        8000,
    ),
    (
        "tiny reports",
        "copies",
        |n| (0..n).map(tiny).collect(),
        20_000,
    ),
];

/// Runs each shape and prints the table.
pub(crate) fn measure() -> Result<()> {
    let program = std::env::current_exe()?.with_file_name("variorum");
    if !program.exists() {
        println!("needs {}: nothing is measured", program.display());
        return Ok(());
    }
    for (name, command, make, size) in SHAPES {
        let floor = seconds(&program, command, &make(1))?;
        let took = |size| Ok::<_, anyhow::Error>(seconds(&program, command, &make(size))? - floor);
        let (small, large) = (took(size)?.max(0.01), took(4 * size)?.max(0.01));
        let figure = format!(
            "{:.2}  ({size}: {small:.2} s, {}: {large:.2} s)",
            (large / small).log2() / 2.0,
            4 * size,
        );
        row(&format!("{name}, {command}"), figure, "at most 1.2");
    }
    Ok(())
}

/// Seconds of all processors that a command takes for some reports.
fn seconds(program: &Path, command: &str, reports: &[Value]) -> Result<f64> {
    let before = processor::seconds_of_children()?;
    let mut child = Command::new(program)
        .args([command, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| program.display().to_string())?;
    if let Some(mut input) = child.stdin.take() {
        for report in reports {
            writeln!(input, "{report}")?;
        }
    }
    ensure!(child.wait()?.success(), "{command} fails");
    Ok(processor::seconds_of_children()? - before)
}
