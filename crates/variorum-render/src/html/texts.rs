//! The full texts at the end of the page, and the passages cut from them above. Each passage shown
//! is noted with the line that shows it, so that its words are marked in the text, linked to, and
//! lead back.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use variorum_model::{CodePoints, Evidence, Report, Span, StoryFile};
use variorum_text::sentences;

use super::cited::{Cited, Target};
use super::context::{AROUND, CUT, FARTHEST, head, spaced, tail};
use crate::labels::{self, Labels};
use crate::{dates, links, quote};

/// Full texts that are longer together, in bytes, are left out.
const LARGEST: usize = 2_000_000;

/// Exact words with what stands around them.
#[derive(Default, Template)]
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
    place: Option<Place>,
    language: Option<String>,
}

/// Where a passage stands in a full text.
struct Place {
    id: String,
    /// What the report is called.
    report: String,
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
    /// The targets of the passages that begin here.
    pub(super) targets: Vec<Target>,
    /// The classes of the passages that it belongs to; empty where it is not shown above.
    pub(super) classes: String,
    pub(super) text: String,
}

struct Source<'a> {
    report: &'a Report,
    points: CodePoints<'a>,
    length: usize,
    /// Where sentences begin and end.
    sentences: Vec<Span>,
    cited: Cited,
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
                sources.push(Source {
                    report,
                    length: points.point(report.text.len()),
                    sentences: sentence_spans(&points),
                    points,
                    cited: Cited::of_text(sources.len() + 1),
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

    /// The words of a piece of evidence, shown in the line with this id and marked in the full text
    /// from now on.
    pub(super) fn passage(
        &mut self,
        evidence: &Evidence,
        line: &str,
        labels: &Labels<'_>,
    ) -> Passage {
        self.whole(&[evidence], line, labels)
    }

    /// The words of several pieces of evidence: those that a report only interrupts ("..., he
    /// said, ...") in one passage.
    pub(super) fn passages(
        &mut self,
        pieces: &[Evidence],
        line: &str,
        labels: &Labels<'_>,
    ) -> Vec<Passage> {
        let mut groups: Vec<Vec<&Evidence>> = Vec::new();
        for evidence in pieces {
            match groups.last_mut() {
                Some(open)
                    if open
                        .last()
                        .is_some_and(|last| self.between(last, evidence).is_some()) =>
                {
                    open.push(evidence);
                }
                _ => groups.push(vec![evidence]),
            }
        }
        let passages = groups.iter().map(|group| self.whole(group, line, labels));
        passages.collect()
    }

    /// The passage of pieces that stand close together.
    fn whole(&mut self, pieces: &[&Evidence], line: &str, labels: &Labels<'_>) -> Passage {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return Passage::default();
        };
        let mut parts = Vec::new();
        for (at, evidence) in pieces.iter().enumerate() {
            if let Some(before) = at.checked_sub(1).map(|before| pieces[before])
                && let Some(between) = self.between(before, evidence)
            {
                let text = spaced(&between);
                parts.push(Part { exact: false, text });
            }
            let text = quote::line(&evidence.exact);
            parts.push(Part { exact: true, text });
        }
        let label = labels.get(&first.report);
        let at = self.by_id.get(first.report.as_str()).copied();
        // Words that are not where they should be are shown, but not linked.
        let there = at.filter(|&at| pieces.iter().all(|piece| self.is_there(at, piece)));
        let spans = pieces.iter().map(|piece| piece.span());
        let spans: Vec<Span> = spans.filter(|span| !span.is_empty()).collect();
        let linked = there.filter(|_| self.printed && !spans.is_empty());
        Passage {
            note: String::new(),
            before: self.before(first, AROUND),
            parts,
            after: self.after(last, AROUND),
            place: linked.map(|at| Place {
                id: self.sources[at].cited.cite(spans, line),
                report: label.clone(),
            }),
            language: at.and_then(|at| language(self.sources[at].report.language.as_deref())),
            label,
        }
    }

    /// What stands around some words of a piece of evidence in their sentence; nothing when its
    /// report is not at hand or it does not have these words, whole.
    pub(super) fn rest_of_sentence(
        &self,
        evidence: &Evidence,
        words: &str,
    ) -> Option<(String, String)> {
        self.source(evidence)?;
        let exact = quote::line(&evidence.exact);
        let whole = |text: Option<char>| !text.is_some_and(char::is_alphanumeric);
        let (before, after) = exact
            .match_indices(words)
            .map(|(at, _)| (&exact[..at], &exact[at + words.len()..]))
            .find(|(before, after)| {
                whole(before.chars().next_back()) && whole(after.chars().next())
            })?;
        Some((
            self.before(evidence, 0) + before,
            format!("{after}{}", self.after(evidence, 0)),
        ))
    }

    /// What leads up to a piece of evidence: its sentence from the start, and at least so much.
    fn before(&self, evidence: &Evidence, least: usize) -> String {
        let Some(source) = self.source(evidence) else {
            return tail(&evidence.prefix, evidence.prefix.chars().count() >= CUT);
        };
        let end = evidence.start;
        let sentence = source.sentence(end).map_or(end, |sentence| sentence.start);
        let start = end.saturating_sub(least).min(sentence);
        let start = start.max(end.saturating_sub(FARTHEST));
        let is_cut = start > 0
            && source
                .sentences
                .binary_search_by_key(&start, |s| s.start)
                .is_err();
        tail(source.points.slice(Span { start, end }), is_cut)
    }

    /// What follows a piece of evidence: its sentence to the end, and at least so much.
    fn after(&self, evidence: &Evidence, least: usize) -> String {
        let Some(source) = self.source(evidence) else {
            return head(&evidence.suffix, evidence.suffix.chars().count() >= CUT);
        };
        let start = evidence.end;
        let inside = start.saturating_sub(1);
        let sentence = source
            .sentence(inside)
            .map_or(start, |sentence| sentence.end);
        let end = start.saturating_add(least).max(sentence);
        let end = end.min(start.saturating_add(FARTHEST));
        let is_cut = end < source.length
            && source
                .sentences
                .binary_search_by_key(&end, |s| s.end)
                .is_err();
        head(source.points.slice(Span { start, end }), is_cut)
    }

    /// The report that a piece of evidence stands in, where it does so.
    fn source(&self, evidence: &Evidence) -> Option<&Source<'a>> {
        let at = *self.by_id.get(evidence.report.as_str())?;
        self.is_there(at, evidence).then(|| &self.sources[at])
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

    /// The selectors of the words in the full texts that a link lights.
    pub(super) fn lit(&self) -> Vec<String> {
        let sources = self.sources.iter().filter(|_| self.printed);
        sources.flat_map(|source| source.cited.lit()).collect()
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
                    pieces: pieces(source),
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

impl Source<'_> {
    /// The sentence that a place lies in.
    fn sentence(&self, place: usize) -> Option<Span> {
        let next = self.sentences.partition_point(|s| s.start <= place);
        let sentence = *self.sentences.get(next.checked_sub(1)?)?;
        (place < sentence.end).then_some(sentence)
    }
}

fn sentence_spans(points: &CodePoints<'_>) -> Vec<Span> {
    let text = points.text();
    let paragraphs = sentences::paragraphs(text).into_iter();
    paragraphs
        .flat_map(|paragraph| sentences::sentences(text, paragraph))
        .map(|sentence| points.span(sentence))
        .collect()
}

/// Cuts a text where passages begin and end.
fn pieces(source: &Source<'_>) -> Vec<TextPiece> {
    let mut cut_line_end = false;
    let pieces = source.cited.pieces(source.length).into_iter();
    pieces
        .map(|piece| {
            let text = source.points.slice(piece.span);
            let rest = text.strip_prefix('\n').filter(|_| cut_line_end);
            cut_line_end = text.ends_with('\r');
            TextPiece {
                targets: piece.targets,
                classes: piece.classes.join(" "),
                text: printable(rest.unwrap_or(text)),
            }
        })
        .collect()
}

/// The text with its line breaks, of whatever kind, without control characters.
fn printable(text: &str) -> String {
    let line_end = |c| matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    let text = text.replace("\r\n", "\n").replace(line_end, "\n");
    text.chars()
        .filter(|&c| matches!(c, '\n' | '\t') || !quote::is_control(c))
        .collect()
}
