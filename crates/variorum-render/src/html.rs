//! The story file as one HTML page that needs nothing else: no script, no outside request.
//!
//! The views in here are plain structs, filled from the story file and printed by the templates,
//! which escape every word. Ids are claimed first, passages noted while the stories are built, and
//! the full texts printed last, so every link of the page has its target.

mod anchors;
mod context;
mod figures;
mod origins;
mod statements;
mod story;
mod texts;
mod timeline;

use askama::Template;
use variorum_model::{Report, StoryFile};

use crate::{quote, words};
use anchors::Anchors;
use story::StoryView;
use texts::{FullText, Texts};

/// The whole page.
#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    title: String,
    stories: Vec<StoryView>,
    unread: Vec<(String, String)>,
    texts: Vec<FullText>,
    texts_left_out: bool,
}

/// The story file as one self-contained HTML page.
///
/// `reports` gives the full texts at the end of the page; a report that is missing there is listed
/// without its text. Texts of more than 2 MB together are left out, and the page says so. Only
/// `http` and `https` addresses become links.
pub fn html(file: &StoryFile, reports: &[Report]) -> String {
    let mut texts = Texts::of(file, reports);
    let stories = story::views(file, &mut Anchors::default(), &mut texts);
    let title = match file.stories.as_slice() {
        [] => "No story was found".to_owned(),
        [story] => words::title(story),
        stories => words::story_total(stories.len()),
    };
    let page = Page {
        title,
        stories,
        unread: file
            .unread
            .iter()
            .map(|u| (quote::line(&u.path), quote::line(&u.reason)))
            .collect(),
        texts: texts.print(file),
        texts_left_out: texts.left_out(),
    };
    // Rendering fails only when a value refuses to be written to a string; none of these does.
    page.render().unwrap_or_default()
}
