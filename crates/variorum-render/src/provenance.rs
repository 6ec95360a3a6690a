//! What made a story file and from what, and what it does not tell: the quiet last lines of every form.

use std::collections::BTreeSet;

use variorum_model::{Head, Reader, Story, StoryFile};

use crate::labels::Labels;
use crate::{quote, words};

/// The last lines of a story file.
pub(crate) struct Provenance {
    /// "Made by Variorum 0.1.0 (fast reader) from 5 reports."
    pub(crate) made: String,
    /// What was compared, and what was not.
    pub(crate) limits: [String; 2],
    /// The reports, in the order of the stories.
    pub(crate) inputs: Vec<Input>,
}

/// A report that went into a story file.
pub(crate) struct Input {
    pub(crate) label: String,
    pub(crate) sha256: String,
    /// "retrieved 2022-01-09T10:00:00Z", where that is known.
    pub(crate) retrieved: Option<String>,
}

/// What the hashes are of.
pub(crate) const HASHES: &str = "SHA-256 of the text that was read of each report:";

impl Provenance {
    pub(crate) fn of(file: &StoryFile) -> Self {
        let inputs = inputs(file);
        Provenance {
            made: made(&file.variorum, inputs.len()),
            limits: limits(file),
            inputs,
        }
    }
}

fn inputs(file: &StoryFile) -> Vec<Input> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for story in &file.stories {
        let labels = Labels::of(story);
        for report in &story.reports {
            if seen.insert(&report.id) {
                out.push(Input {
                    label: labels.get(&report.id),
                    sha256: quote::line(&report.sha256),
                    retrieved: report.retrieved.map(|at| format!("retrieved {at}")),
                });
            }
        }
    }
    out
}

fn made(head: &Head, reports: usize) -> String {
    let reader = match head.reader {
        Reader::Fast => "fast",
        Reader::Accurate => "accurate",
    };
    let reports = words::count(reports, "report");
    let from = if head.sample {
        format!("the {reports} of the built-in sample")
    } else {
        reports
    };
    let options: Vec<String> = head
        .options
        .iter()
        .map(|(name, value)| format!(" --{} {}", quote::line(name), quote::line(value)))
        .collect();
    let with = if options.is_empty() {
        String::new()
    } else {
        format!(", with{}", options.concat())
    };
    let version = quote::line(&head.version);
    format!("Made by Variorum {version} ({reader} reader) from {from}{with}.")
}

fn limits(file: &StoryFile) -> [String; 2] {
    let compared: Vec<&Story> = file
        .stories
        .iter()
        .filter(|story| story.reports.len() > 1)
        .collect();
    if compared.is_empty() {
        let words = "Nothing was compared: there are no two reports about one thing.";
        let not = "Whether what a report says is true was not checked.";
        return [words.to_owned(), not.to_owned()];
    }
    let without = compared
        .iter()
        .filter(|story| story.disagreements.is_empty())
        .count();
    let found = match (without, compared.len()) {
        (0, _) => String::new(),
        (_, 1) => " No plain difference was found there.".to_owned(),
        (without, all) => {
            format!(" In {without} of {all} stories no plain difference was found there.")
        }
    };
    [
        format!(
            "Compared were days, figures and the wording of statements, where reports give them in words alike \
             enough to be lined up.{found}"
        ),
        "Not compared was what one report alone tells or what is told in other words altogether; whether any of it is \
         true was not checked."
            .to_owned(),
    ]
}
