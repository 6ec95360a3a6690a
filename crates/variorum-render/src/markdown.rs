//! The story file in Markdown, for an Obsidian vault or a pull request on GitHub. Only what both
//! render is used: front matter, headings, tables, nested lists, `[!warning]` callouts.

mod brief;
mod escape;
mod lists;
mod reports;
mod statements;

use std::fmt::Write;

use variorum_model::{Evidence, Report, Story, StoryFile};

use crate::labels::Labels;
use crate::provenance::{self, Provenance};
use crate::{dates, quote, words};
pub use brief::brief_markdown;
use escape::{escape, yaml};

/// The story file in Markdown.
///
/// Words in quotation marks stand in a report exactly so, but for line breaks, control characters
/// and characters that set the direction of writing; nothing in them is markup or a link. In a list
/// of wordings the words that others lack are bold. `reports` may be empty: nothing of their full
/// texts is used.
pub fn markdown(file: &StoryFile, reports: &[Report]) -> String {
    let _ = reports;
    let mut out = front_matter(file);
    let several = file.stories.len() > 1;
    match file.stories.as_slice() {
        [] => out.push_str("# Story file\n\nNo story was found.\n"),
        [_] => {}
        stories => {
            line(
                &mut out,
                format_args!("# {}\n", words::story_total(stories.len())),
            );
            for (at, story) in stories.iter().enumerate() {
                let counts = words::story_counts(story);
                line(
                    &mut out,
                    format_args!("{}. {} ({counts})", at + 1, title(story)),
                );
            }
        }
    }
    for story in &file.stories {
        let mark = if several { "##" } else { "#" };
        put_story(&mut out, story, file, mark);
    }
    if !file.unread.is_empty() {
        line(
            &mut out,
            format_args!("\n{} Not read\n", if several { "##" } else { "#" }),
        );
        for unread in &file.unread {
            let (path, reason) = (escape(&unread.path), escape(&unread.reason));
            line(&mut out, format_args!("- {path}: {reason}"));
        }
    }
    put_provenance(&mut out, file);
    out
}

fn put_provenance(out: &mut String, file: &StoryFile) {
    let provenance = Provenance::of(file);
    line(out, format_args!("\n---\n\n{}", escape(&provenance.made)));
    for words in &provenance.limits {
        line(out, format_args!("\n{words}"));
    }
    if !provenance.inputs.is_empty() {
        line(out, format_args!("\n{}\n", provenance::HASHES));
    }
    for input in &provenance.inputs {
        let retrieved = input.retrieved.as_ref();
        let retrieved = retrieved.map_or(String::new(), |at| format!(", {at}"));
        let (label, sha256) = (escape(&input.label), escape(&input.sha256));
        line(out, format_args!("- {label}: {sha256}{retrieved}"));
    }
}

/// Appends a line; writing to a string cannot fail.
fn line(out: &mut String, words: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{words}");
}

fn title(story: &Story) -> String {
    escape(&words::title(story))
}

fn front_matter(file: &StoryFile) -> String {
    let mut out = "---\n".to_owned();
    let title = match file.stories.as_slice() {
        [] => "Story file".to_owned(),
        [story] => words::title(story),
        stories => words::story_total(stories.len()),
    };
    line(&mut out, format_args!("title: {}", yaml(&title)));
    if let Some(from) = file.stories.iter().filter_map(|s| s.from).min() {
        line(&mut out, format_args!("from: {from}"));
    }
    if let Some(to) = file.stories.iter().filter_map(|s| s.to).max() {
        line(&mut out, format_args!("to: {to}"));
    }
    let sum = |part: fn(&Story) -> usize| file.stories.iter().map(part).sum::<usize>();
    line(&mut out, format_args!("stories: {}", file.stories.len()));
    line(
        &mut out,
        format_args!("reports: {}", sum(|s| s.reports.len())),
    );
    line(
        &mut out,
        format_args!("origins_at_most: {}", sum(|s| s.origins.len())),
    );
    line(
        &mut out,
        format_args!("disagreements: {}", sum(|s| s.disagreements.len())),
    );
    out.push_str("---\n\n");
    out
}

fn put_story(out: &mut String, story: &Story, file: &StoryFile, mark: &str) {
    let labels = Labels::of(story);
    if file.stories.len() > 1 {
        out.push('\n');
    }
    line(out, format_args!("{mark} {}\n", title(story)));
    let period = dates::period(story.from, story.to).map_or(String::new(), |p| format!("{p} · "));
    line(out, format_args!("{period}{}", words::story_counts(story)));
    let linked: Vec<String> = words::linked_titles(story, file)
        .iter()
        .map(|t| escape(t))
        .collect();
    if !linked.is_empty() {
        line(out, format_args!("\nLinked: {}", linked.join("; ")));
    }
    statements::disagreements(out, story, &labels, mark);
    statements::statements(out, story, &labels, mark);
    lists::timeline(out, story, &labels, mark);
    lists::figures(out, story, &labels, mark);
    lists::positions(out, story, &labels, mark);
    lists::parties(out, story, mark);
    reports::reports(out, story, &labels, mark);
}

/// The words of a report in quotation marks.
fn words_of(evidence: &Evidence) -> String {
    escape(&quote::quoted(&evidence.exact))
}
