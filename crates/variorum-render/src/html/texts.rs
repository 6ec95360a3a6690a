//! The full texts at the end of the page, and the passages cut from them above. Each passage shown
//! is noted, so that its words are marked in the text and can be linked to.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use variorum_model::{CodePoints, Evidence, Report, Span, StoryFile};

use super::context::{AROUND, head, spaced, tail};
use crate::labels::{self, Labels};
use crate::{dates, links, quote};

/// Full texts that are longer together, in bytes, are left out.
const LARGEST: usize = 2_000_000;

/// Exact words with what stands around them.
#[derive(Template)]
#[template(path = "passage.html")]
pub(super) struct Passage {
    /// What the report is called; may be empty.
    pub(super) label: String,
    /// What is said of these words: the date they give, say. May be empty.
    pub(super) note: String,
    before: String,
    /// The exact words, and what stands between them where there are several.
    parts: Vec<Part>,
    after: String,
    /// Id of the place in the full text.
    place: Option<String>,
    language: Option<String>,
}

/// A stretch of a passage.
struct Part {
    exact: bool,
    text: String,
}

impl Passage {
    /// The same without the report's name, where that stands right above.
    pub(super) fn unnamed(mut self) -> Self {
        self.label.clear();
        self
    }

    /// The same with the middle of long words left out.
    pub(super) fn shortened(mut self, limit: usize) -> Self {
        if let [Part { exact: true, text }] = self.parts.as_slice()
            && let Some((start, end)) = quote::ends(text, limit)
        {
            let part = |exact, text: &str| Part {
                exact,
                text: text.to_owned(),
            };
            self.parts = vec![part(true, start), part(false, " […] "), part(true, end)];
        }
        self
    }

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
                sources.push(Source {
                    report,
                    points,
                    length,
                    shown: BTreeSet::new(),
                });
            }
        }
        let size: usize = sources.iter().map(|s| s.report.text.len()).sum();
        Texts {
            sources,
            by_id,
            printed: size <= LARGEST,
        }
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
            parts: vec![Part {
                exact: true,
                text: quote::line(&evidence.exact),
            }],
            after: evidence.suffix.clone(),
            place: None,
            language: None,
        };
        if let Some(&at) = self.by_id.get(evidence.report.as_str()) {
            passage.language = language(self.sources[at].report.language.as_deref());
            // Words that are not where they should be are shown, but not linked.
            if self.is_there(at, evidence) {
                let span = evidence.span();
                let points = &self.sources[at].points;
                let before = Span {
                    start: span.start.saturating_sub(AROUND),
                    end: span.start,
                };
                let after = Span {
                    start: span.end,
                    end: span.end.saturating_add(AROUND),
                };
                points.slice(before).clone_into(&mut passage.before);
                points.slice(after).clone_into(&mut passage.after);
                passage.place = self.mark(at, span);
            }
        }
        passage.before = tail(&passage.before);
        passage.after = head(&passage.after);
        passage
    }

    /// The words of several pieces of evidence: those that a report only interrupts ("..., he
    /// said, ...") in one passage.
    pub(super) fn passages(&mut self, pieces: &[Evidence], labels: &Labels<'_>) -> Vec<Passage> {
        let mut out: Vec<Passage> = Vec::new();
        let mut last: Option<&Evidence> = None;
        for evidence in pieces {
            let mut next = self.passage(evidence, labels);
            let between = last.and_then(|last| self.between(last, evidence));
            match (out.last_mut(), between) {
                (Some(open), Some(between)) => {
                    let text = spaced(&between);
                    open.parts.push(Part { exact: false, text });
                    open.parts.append(&mut next.parts);
                    open.after = next.after;
                }
                _ => out.push(next),
            }
            last = Some(evidence);
        }
        out
    }

    /// What a report has between two pieces that stand close together in one paragraph.
    fn between(&self, a: &Evidence, b: &Evidence) -> Option<String> {
        let at = *self.by_id.get(a.report.as_str())?;
        let close = a.report == b.report && a.end <= b.start && b.start - a.end <= 2 * AROUND;
        if !close || !self.is_there(at, a) || !self.is_there(at, b) {
            return None;
        }
        let between = self.sources[at].points.slice(Span {
            start: a.end,
            end: b.start,
        });
        (!between.contains("\n\n")).then(|| between.to_owned())
    }

    /// Whether the report has these words at this place.
    fn is_there(&self, at: usize, evidence: &Evidence) -> bool {
        let source = &self.sources[at];
        let span = evidence.span();
        span.end <= source.length && source.points.slice(span) == evidence.exact
    }

    /// Marks words in a full text; gives the id of their place there.
    fn mark(&mut self, at: usize, span: Span) -> Option<String> {
        (self.printed && !span.is_empty()).then(|| {
            self.sources[at].shown.insert(span);
            format!("report-{}-{}", at + 1, span.start)
        })
    }

    /// The full texts, marked; none when they are left out.
    pub(super) fn print(&self, file: &StoryFile) -> Vec<FullText> {
        let mut out = Vec::new();
        let mut printed = BTreeSet::new();
        for story in file.stories.iter().filter(|_| self.printed) {
            let labels = Labels::of(story);
            for listed in &story.reports {
                let Some(&at) = self.by_id.get(listed.id.as_str()) else {
                    continue;
                };
                if !printed.insert(at) {
                    continue;
                }
                let source = &self.sources[at];
                let (label, title) = labels::head(listed, &labels);
                out.push(FullText {
                    anchor: format!("report-{}", at + 1),
                    label,
                    title,
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
    url.and_then(links::web)
        .or_else(|| links::web(id))
        .map(str::to_owned)
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
            let span = Span {
                start,
                end: pair[1].0,
            };
            TextPiece {
                anchor: starts
                    .contains(&start)
                    .then(|| format!("report-{}-{start}", at + 1)),
                marked: open > 0,
                text: printable(source.points.slice(span)),
            }
        })
        .collect()
}

/// The text with its line breaks, without control characters.
fn printable(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .filter(|&c| matches!(c, '\n' | '\t') || !quote::is_control(c))
        .collect()
}
