//! The short form for a terminal.

use variorum_model::StoryFile;

use super::TextStyle;
use super::page::{Ink, Page};
use crate::brief::{self, Line};

/// The short form of a story file as text, on about forty lines of its width: where the reports disagree, what most of
/// them carry, what comes next.
///
/// As in [`text`](crate::text()), words in quotation marks stand in a report exactly so.
pub fn brief_text(file: &StoryFile, style: &TextStyle) -> String {
    let height = |line: &Line| {
        let mut page = Page::new(style.width, false);
        let gap = usize::from(matches!(line, Line::Title(_) | Line::Heading(_)));
        put(&mut page, line);
        page.finish().lines().count() + gap
    };
    let lines = brief::lines(file, height);
    let mut page = Page::new(style.width, style.color);
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &lines[at]);
        let is_new = |this: &Line, before: &Line| {
            matches!(this, Line::Last(_)) && !matches!(before, Line::Last(_))
        };
        if before.is_some_and(|before| is_new(line, before)) {
            page.gap();
        }
        put(&mut page, line);
    }
    page.finish()
}

fn put(page: &mut Page, line: &Line) {
    match line {
        Line::Title(words) => {
            page.gap();
            page.put(0, words, Ink::Strong);
        }
        Line::Plain(words) => page.put(0, words, Ink::Plain),
        Line::Heading(words) => page.heading(words),
        Line::Item(words) => page.item(0, "- ", words, Ink::Plain),
        Line::Under(words) => page.put(2, words, Ink::Plain),
        Line::Last(words) => page.put(0, words, Ink::Faint),
    }
}
