//! The full texts at the end of the page, and the passages cut from them above. Each passage shown
//! is noted, so that its words are marked in the text and can be linked to.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use variorum_model::{CodePoints, Evidence, Report, Span, StoryFile};

use crate::labels::{self, Labels};
use crate::{dates, links, quote};

/// Full texts that are longer together, in bytes, are left out.
const LARGEST: usize = 2_000_000;

/// How much is shown around a passage, in code points.
const AROUND: usize = 100;

/// Exact words with what stands around them.
#[derive(Template)]
#[template(path = "passage.html")]
pub(super) struct Passage {
    /// What the report is called.
    pub(super) label: String,
    /// What is said of these words: the date they give, say. May be empty.
    pub(super) note: String,
    before: String,
    exact: String,
    after: String,
    /// Id of the place in the full text.
    place: Option<String>,
    language: Option<String>,
}

impl Passage {
    /// The same with a note.
    pub(super) fn noted(mut self, note: String) -> Self {
        self.note = note;
        self
    }
}

/// One full text with the words marked that are shown above.
pub(super) struct FullText {
    pub(super) anchor: String,
    pub(super) label: String,
    pub(super) title: Option<String>,
    pub(super) published: String,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) pieces: Vec<TextPiece>,
}

/// A stretch of a full text.
pub(super) struct TextPiece {
    /// Id, where a passage begins here.
    pub(super) anchor: Option<String>,
    pub(super) marked: bool,
    pub(super) text: String,
}

struct Source<'a> {
    report: &'a Report,
    points: CodePoints<'a>,
    length: usize,
    shown: BTreeSet<Span>,
}

/// The full texts of a story file's reports.
pub(super) struct Texts<'a> {
    /// In the order of the stories and their reports.
    sources: Vec<Source<'a>>,
    by_id: BTreeMap<&'a str, usize>,
    /// Whether the texts are printed at all.
    printed: bool,
}

impl<'a> Texts<'a> {
    pub(super) fn of(file: &'a StoryFile, reports: &'a [Report]) -> Self {
        let given: BTreeMap<&str, &Report> = reports.iter().map(|r| (r.id.as_str(), r)).collect();
        let (mut sources, mut by_id) = (Vec::new(), BTreeMap::new());
        for listed in file.stories.iter().flat_map(|story| &story.reports) {
            let id = listed.id.as_str();
            if let Some(report) = given.get(id)
                && !by_id.contains_key(id)
            {
                by_id.insert(id, sources.len());
                let points = CodePoints::of(&report.text);
                let length = points.point(report.text.len());
                sources.push(Source { report, points, length, shown: BTreeSet::new() });
            }
        }
        let size: usize = sources.iter().map(|s| s.report.text.len()).sum();
        Texts { sources, by_id, printed: size <= LARGEST }
    }

    /// Whether the texts are too long to be printed.
    pub(super) fn left_out(&self) -> bool {
        !self.printed && !self.sources.is_empty()
    }

    /// Where a report's full text stands.
    pub(super) fn anchor(&self, report: &str) -> Option<String> {
        let at = self.by_id.get(report)?;
        self.printed.then(|| format!("report-{}", at + 1))
    }

    /// The words of a piece of evidence, marked in the full text from now on.
    pub(super) fn passage(&mut self, evidence: &Evidence, labels: &Labels<'_>) -> Passage {
        let mut passage = Passage {
            label: labels.get(&evidence.report),
            note: String::new(),
            before: evidence.prefix.clone(),
            exact: evidence.exact.clone(),
            after: evidence.suffix.clone(),
            place: None,
            language: None,
        };
        if let Some(&at) = self.by_id.get(evidence.report.as_str()) {
            let source = &mut self.sources[at];
            passage.language = language(source.report.language.as_deref());
            let span = evidence.span();
            // Words that are not where they should be are shown, but not linked.
            if span.end <= source.length && source.points.slice(span) == evidence.exact {
                let before = Span { start: span.start.saturating_sub(AROUND), end: span.start };
                let after = Span { start: span.end, end: span.end.saturating_add(AROUND) };
                source.points.slice(before).clone_into(&mut passage.before);
                source.points.slice(after).clone_into(&mut passage.after);
                if self.printed && !span.is_empty() {
                    source.shown.insert(span);
                    passage.place = Some(format!("report-{}-{}", at + 1, span.start));
                }
            }
        }
        passage.before = tail(&passage.before);
        passage.after = head(&passage.after);
        passage.exact = quote::line(&passage.exact);
        passage
    }

    /// The full texts, marked; none when they are left out.
    pub(super) fn print(&self, file: &StoryFile) -> Vec<FullText> {
        let mut out = Vec::new();
        let mut printed = BTreeSet::new();
        for story in file.stories.iter().filter(|_| self.printed) {
            let labels = Labels::of(story);
            for listed in &story.reports {
                let Some(&at) = self.by_id.get(listed.id.as_str()) else { continue };
                if !printed.insert(at) {
                    continue;
                }
                let source = &self.sources[at];
                out.push(FullText {
                    anchor: format!("report-{}", at + 1),
                    label: labels.get(&listed.id),
                    title: listed.title.as_deref().map(quote::line).filter(|t| !t.is_empty()),
                    published: labels::published(listed, dates::long),
                    url: address(listed.url.as_deref(), &listed.id),
                    language: language(source.report.language.as_deref()),
                    pieces: pieces(source, at),
                });
            }
        }
        out
    }
}

/// The web address of a report, from its url or its id.
pub(super) fn address(url: Option<&str>, id: &str) -> Option<String> {
    url.and_then(links::web).or_else(|| links::web(id)).map(str::to_owned)
}

/// A language code that may stand in a `lang` attribute.
fn language(code: Option<&str>) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    code.filter(|code| !code.is_empty() && code.len() < 12 && code.chars().all(plain))
        .map(str::to_owned)
}

/// Cuts a text where passages begin and end.
fn pieces(source: &Source<'_>, at: usize) -> Vec<TextPiece> {
    let starts: BTreeSet<usize> = source.shown.iter().map(|s| s.start).collect();
    // How many passages open (+) and close (-) at a place.
    let mut depth: BTreeMap<usize, i64> = BTreeMap::from([(0, 0), (source.length, 0)]);
    for span in &source.shown {
        *depth.entry(span.start).or_default() += 1;
        *depth.entry(span.end).or_default() -= 1;
    }
    let places: Vec<(usize, i64)> = depth.into_iter().collect();
    let mut open = 0;
    places
        .windows(2)
        .map(|pair| {
            let (start, change) = pair[0];
            open += change;
            let span = Span { start, end: pair[1].0 };
            TextPiece {
                anchor: starts.contains(&start).then(|| format!("report-{}-{start}", at + 1)),
                marked: open > 0,
                text: printable(source.points.slice(span)),
            }
        })
        .collect()
}

/// The text with its line breaks, without control characters.
fn printable(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().filter(|&c| matches!(c, '\n' | '\t') || !quote::is_control(c)).collect()
}

/// The last whole words of the paragraph that leads up to a passage.
fn tail(before: &str) -> String {
    let paragraph = before.rsplit("\n\n").next().unwrap_or(before);
    let whole = paragraph.len() < before.len();
    let words = match paragraph.split_once(char::is_whitespace) {
        Some((_, rest)) if !whole && before.chars().count() >= AROUND.min(32) => {
            format!("… {}", quote::line(rest))
        }
        _ => quote::line(paragraph),
    };
    if before.ends_with(char::is_whitespace) && !words.is_empty() { words + " " } else { words }
}

/// The first whole words that follow a passage in its paragraph.
fn head(after: &str) -> String {
    let paragraph = after.split("\n\n").next().unwrap_or(after);
    let whole = paragraph.len() < after.len();
    let words = match paragraph.rsplit_once(char::is_whitespace) {
        Some((rest, _)) if !whole && after.chars().count() >= AROUND.min(32) => {
            format!("{} …", quote::line(rest))
        }
        _ => quote::line(paragraph),
    };
    if after.starts_with(char::is_whitespace) { format!(" {words}") } else { words }
}
