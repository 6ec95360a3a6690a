//! The three forms of one invented story file, and what must hold for any of them.

#![allow(missing_docs)]

mod fixture;

use std::collections::BTreeSet;

use variorum_model::{Report, StoryFile};
use variorum_render::{TextStyle, html, markdown, text};

const PLAIN: TextStyle = TextStyle { width: 80, color: false };

fn no_story() -> StoryFile {
    StoryFile { stories: vec![], unread: vec![] }
}

/// What stands between each `open` and the `"` behind it.
fn attributes<'a>(page: &'a str, open: &'a str) -> Vec<&'a str> {
    page.split(open).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn text_reads_well() {
    insta::assert_snapshot!(text(&fixture::file(), &fixture::reports(), &PLAIN));
}

#[test]
fn markdown_reads_well() {
    insta::assert_snapshot!(markdown(&fixture::file(), &fixture::reports()));
}

#[test]
fn html_for_a_look() {
    if let Ok(path) = std::env::var("RENDER_OUT") {
        std::fs::write(path, html(&fixture::file(), &fixture::reports())).unwrap();
    }
}
