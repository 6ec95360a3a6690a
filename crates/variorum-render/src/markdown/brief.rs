//! The short form in Markdown.

use variorum_model::StoryFile;

use super::escape::escape;
use super::line as put_line;
use crate::brief::{self, Line};

/// The short form of a story file in Markdown, on about forty lines: where the reports disagree, what most of them
/// carry, what comes next.
pub fn brief_markdown(file: &StoryFile) -> String {
    let mark = if file.stories.len() > 1 { "##" } else { "#" };
    let mut out = String::new();
    let mut before = None;
    for line in brief::lines(file, height) {
        out.push_str(&print(&line, before.as_ref(), mark));
        before = Some(line);
    }
    out.trim_start().to_owned()
}

/// How many lines a paragraph takes, with the empty ones around it.
fn height(line: &Line) -> usize {
    match line {
        Line::Item(_) | Line::Under(_) => 1,
        Line::Title(_) | Line::Plain(_) | Line::Last(_) => 2,
        Line::Heading(_) => 3,
    }
}

/// A paragraph with the empty lines that Markdown wants around it.
fn print(line: &Line, before: Option<&Line>, mark: &str) -> String {
    let mut out = String::new();
    let in_list = |line: &Line| matches!(line, Line::Item(_) | Line::Under(_));
    if !(in_list(line) && before.is_some_and(in_list)) && before.is_some() {
        out.push('\n');
    }
    match line {
        Line::Title(words) => put_line(&mut out, format_args!("{mark} {}", escape(words))),
        Line::Heading(words) => put_line(&mut out, format_args!("{mark}# {}", escape(words))),
        Line::Item(words) => put_line(&mut out, format_args!("- {}", escape(words))),
        Line::Under(words) => put_line(&mut out, format_args!("  - {}", escape(words))),
        Line::Plain(words) | Line::Last(words) => {
            put_line(&mut out, format_args!("{}", escape(words)))
        }
    }
    out
}
