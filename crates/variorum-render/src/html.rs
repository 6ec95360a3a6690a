//! The story file as one HTML page that needs nothing else: no script, no outside request. Its
//! Content-Security-Policy allows none, whatever a report may hold.
//!
//! The views in here are plain structs, filled from the story file and printed by the templates,
//! which escape every word. Ids are claimed first, passages noted while the stories are built, and
//! the full texts printed last, so every link of the page has its target.

mod anchors;
mod cited;
mod context;
mod figures;
mod origins;
mod statements;
mod story;
mod texts;
mod timeline;

use askama::Template;
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use variorum_model::{Report, StoryFile};

use crate::provenance::{self, Provenance};
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
    style: String,
    policy: String,
    provenance: Provenance,
    hashes: &'static str,
}

/// The style sheet of every page.
const STYLE: &str = include_str!("../templates/style.css");

/// The style sheet with a rule that lights the words that a link leads to.
fn style(texts: &Texts<'_>) -> String {
    let lit = texts.lit();
    if lit.is_empty() {
        return STYLE.to_owned();
    }
    let lit = lit.join(",");
    format!("{STYLE}{lit}{{background:var(--mark);color:var(--mark-ink)}}\n")
}

/// What a browser may do with the page: nothing but apply this very style sheet.
fn policy(style: &str) -> String {
    let digest = BASE64_STANDARD.encode(Sha256::digest(style));
    format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")
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
    let style = style(&texts);
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
        policy: policy(&style),
        style,
        provenance: Provenance::of(file),
        hashes: provenance::HASHES,
    };
    // Rendering fails only when a value refuses to be written to a string; none of these does.
    page.render().unwrap_or_default()
}
