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
    for line in brief::lines(file, height) {
        let line = print(&line, out.is_empty(), mark);
        out.push_str(&line);
    }
    out
}

/// How many lines a paragraph takes, with the empty ones around it.
fn height(line: &Line) -> usize {
    match line {
        Line::Item(_) | Line::Under(_) => 1,
        Line::Title(_) | Line::Heading(_) | Line::Plain(_) | Line::Last(_) => 2,
    }
}

/// A paragraph with the empty lines that Markdown wants around it.
fn print(line: &Line, is_first: bool, mark: &str) -> String {
    let mut out = String::new();
    let is_listed = matches!(line, Line::Item(_) | Line::Under(_));
    if !is_first && !is_listed {
        out.push('\n');
    }
    match line {
        Line::Title(words) => put_line(&mut out, format_args!("{mark} {}", escape(words))),
        Line::Heading(words) => put_line(&mut out, format_args!("{mark}# {}", escape(words))),
        Line::Item(words) => put_line(&mut out, format_args!("- {}", escape(words))),
        Line::Under(words) => put_line(&mut out, format_args!("  - {}", escape(words))),
        Line::Plain(words) | Line::Last(words) => {
            put_line(&mut out, format_args!("{}", escape(words)));
        }
    }
    out
}
