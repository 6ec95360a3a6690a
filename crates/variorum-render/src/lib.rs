//! The story file in three forms for people: text for a terminal, Markdown for a note or a pull
//! request, and one HTML page.

mod brief;
mod dates;
mod diff;
mod html;
mod labels;
mod links;
mod markdown;
mod numbers;
mod provenance;
mod quote;
mod range_svg;
mod sides;
mod text;
mod timeline_svg;
mod tree;
mod wordings;
mod words;

pub use html::html;
pub use markdown::{brief_markdown, markdown};
pub use text::{TextStyle, brief_text, text};
