//! Finds what stands in quotation marks, however broken the marks are.
//!
//! Real input has straight and curly marks, marks that look the wrong way (`rhetoric, “Stoltenberg
//! said`), detached ones (`actions. “`) and missing ones. So the looks of a mark are only a hint:
//! for each paragraph the cheapest reading of its marks is taken, where a mark costs more when it
//! opens although it looks closing (or the other way round), and a quotation that another one cuts
//! short, or that never closes, costs extra. A quotation that is still open at the end of its
//! paragraph goes on in the next when that begins with a mark (running quotations).

use std::ops::Range;

use crate::Document;

/// What stands between two quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Bytes with the marks.
    pub outer: Range<usize>,
    /// Bytes between the marks, trimmed of white space.
    pub inner: Range<usize>,
    /// Whether the quotation goes on in the next paragraph.
    pub goes_on: bool,
}

/// All quotations of a text in text order. They do not overlap: a quotation inside a quotation
/// belongs to the outer one.
pub fn quotations(doc: &Document<'_>) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    for paragraph in 0..doc.paragraphs.len() {
        let bytes = doc.paragraph_bytes(paragraph);
        let marks = marks(doc.text, bytes.clone());
        let begins_with_mark = marks.first().is_some_and(|m| m.range.start == bytes.start);
        if let Some(open) = found.last_mut().filter(|q| q.goes_on) {
            open.goes_on = begins_with_mark;
        }
        found.extend(pair(doc.text, bytes, &marks));
    }
    if let Some(last) = found.last_mut() {
        last.goes_on = false;
    }
    found
}

/// A quotation mark and what it looks like.
struct Mark {
    range: Range<usize>,
    opens: f32,
    closes: f32,
}

const WRONG_WAY: f32 = 1.0;
const CUT_SHORT: f32 = 1.6;
const UNCLOSED: f32 = 0.9;
const IGNORED: f32 = 2.5;
const PLURAL: f32 = 0.3;

/// The double quotation marks of a paragraph; the single ones where it has no double ones.
fn marks(text: &str, paragraph: Range<usize>) -> Vec<Mark> {
    let slice = &text[paragraph.clone()];
    let double = |c: char| matches!(c, '“' | '”' | '„' | '‟' | '"' | '«' | '»' | '＂');
    // All marks are these two or not ASCII; the rest is not looked at more closely.
    let may_be_marks = || {
        let bytes = slice.bytes().enumerate();
        bytes
            .filter(|(_, byte)| matches!(byte, b'"' | b'\'' | 0xc0..))
            .filter_map(|(at, _)| Some((at, slice[at..].chars().next()?)))
    };
    let is_double = may_be_marks().any(|(_, c)| double(c));
    let mut found = Vec::new();
    for (at, c) in may_be_marks() {
        let before = slice[..at].chars().next_back();
        let after = slice[at + c.len_utf8()..].chars().next();
        let single = !is_double && matches!(c, '‘' | '’' | '\'') && !is_inside_word(before, after);
        if !(double(c) || single) {
            continue;
        }
        let (mut opens, mut closes) = costs(c, before, after);
        // A single mark behind a word may be a plural's apostrophe: it never opens.
        if single && before.is_some_and(char::is_alphanumeric) {
            opens += IGNORED;
        }
        // Inches: 6" pipes.
        if c == '"' && before.is_some_and(char::is_numeric) {
            opens += IGNORED;
        }
        if single && before == Some('s') {
            closes += PLURAL;
        }
        let start = paragraph.start + at;
        found.push(Mark {
            range: start..start + c.len_utf8(),
            opens,
            closes,
        });
    }
    if !is_double && !found.iter().any(|m| m.opens < m.closes) {
        found.clear();
    }
    found
}

fn is_inside_word(before: Option<char>, after: Option<char>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    word(before) && word(after)
}

/// What it costs to read a mark as opening and as closing, from its shape and its neighbours.
fn costs(mark: char, before: Option<char>, after: Option<char>) -> (f32, f32) {
    let shape: f32 = match mark {
        '“' | '„' | '«' | '‘' | '‟' => -0.4,
        '”' | '»' | '’' => 0.4,
        _ => 0.0,
    };
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let lean_open = |c: Option<char>| space(c) || c.is_some_and(|c| "([—–-:".contains(c));
    let lean_close = |c: Option<char>| space(c) || c.is_some_and(|c| ".,;:!?)]—–".contains(c));
    let place: f32 = match (lean_open(before), lean_close(after)) {
        (true, false) => -0.6,
        (false, true) => 0.6,
        _ => 0.0,
    };
    let lean = shape + place;
    ((lean * WRONG_WAY).max(0.0), (-lean * WRONG_WAY).max(0.0))
}

/// The cheapest reading of a paragraph's marks.
fn pair(text: &str, paragraph: Range<usize>, marks: &[Mark]) -> Vec<Quotation> {
    #[derive(Clone, Copy, PartialEq)]
    enum Step {
        Open,
        Close,
        Reopen,
        Ignore,
    }
    // cost[i][inside] of the best reading of the first i marks, and the step that led there.
    let mut cost = vec![[0.0, f32::INFINITY]];
    let mut steps: Vec<[(Step, usize); 2]> = Vec::with_capacity(marks.len());
    for mark in marks {
        let [outside, inside] = cost[cost.len() - 1];
        let to_outside = [
            (inside + mark.closes, Step::Close, 1),
            (outside + IGNORED, Step::Ignore, 0),
        ];
        let to_inside = [
            (outside + mark.opens, Step::Open, 0),
            (inside + CUT_SHORT + mark.opens, Step::Reopen, 1),
            (inside + IGNORED, Step::Ignore, 1),
        ];
        let best = |options: &[(f32, Step, usize)]| {
            options
                .iter()
                .copied()
                .fold((f32::INFINITY, Step::Ignore, 0), |best, option| {
                    if option.0 < best.0 { option } else { best }
                })
        };
        let (out, into) = (best(&to_outside), best(&to_inside));
        cost.push([out.0, into.0]);
        steps.push([(out.1, out.2), (into.1, into.2)]);
    }
    let [outside, inside] = cost[marks.len()];
    let mut state = usize::from(inside + UNCLOSED < outside);
    let unclosed = state == 1;
    let mut path = vec![Step::Ignore; marks.len()];
    for i in (0..marks.len()).rev() {
        let (step, previous) = steps[i][state];
        path[i] = step;
        state = previous;
    }
    let mut found = Vec::new();
    let mut open: Option<&Mark> = None;
    let mut push = |open: &Mark, inner_end: usize, outer_end: usize, goes_on: bool| {
        let piece = &text[open.range.end..inner_end];
        let trimmed = piece.trim();
        if trimmed.chars().any(char::is_alphanumeric) {
            let start = open.range.end + (piece.len() - piece.trim_start().len());
            found.push(Quotation {
                outer: open.range.start..outer_end,
                inner: start..start + trimmed.len(),
                goes_on,
            });
        }
    };
    for (mark, step) in marks.iter().zip(path) {
        match (step, open) {
            (Step::Open, _) => open = Some(mark),
            (Step::Close, Some(from)) => {
                push(from, mark.range.start, mark.range.end, false);
                open = None;
            }
            (Step::Reopen, Some(from)) => {
                push(from, mark.range.start, mark.range.start, false);
                open = Some(mark);
            }
            _ => {}
        }
    }
    if let Some(from) = open.filter(|_| unclosed) {
        push(from, paragraph.end, paragraph.end, true);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let doc = Document::new(text, None);
        let found: Vec<_> = quotations(&doc)
            .into_iter()
            .map(|q| &text[q.inner.clone()])
            .collect();
        assert_eq!(found, expected, "quotations of {text:?}");
    }

    #[test]
    fn marks_of_all_kinds_and_looks() {
        check("“Yes,” he said. “No.”", &["Yes,", "No."]);
        check("\"Yes,\" he said. \"No.\"", &["Yes,", "No."]);
        check("She said: «Non».", &["Non"]);
        check("It is ‘grave’, the boys’ mother’s friend said.", &["grave"]);
        check("The boys’ mother didn’t say.", &[]);
        check(
            "“They shouted, ‘Get out,’” he said.",
            &["They shouted, ‘Get out,’"],
        );
        check(
            "“We regret the rhetoric, “Stoltenberg said at noon.",
            &["We regret the rhetoric,"],
        );
        check(
            "“It is listened to,” he said, for “the dialogue to address its actions. “",
            &["It is listened to,", "the dialogue to address its actions."],
        );
        check("He called it “ a pity”.", &["a pity"]);
        check("A 6\" pipe broke.", &[]);
    }

    #[test]
    fn an_open_quotation_runs_on_into_a_paragraph_that_begins_with_a_mark() {
        let doc = Document::new("He said: “One.\n“Two.”\nThree.", None);
        let found = quotations(&doc);
        assert_eq!(found.len(), 2);
        assert!(found[0].goes_on && !found[1].goes_on);
    }

    proptest::proptest! {
        #[test]
        fn quotations_lie_in_order_and_inside_the_text(text in "[ab .,“”\"‘’\n]{0,60}") {
            let mut at = 0;
            for quotation in quotations(&Document::new(&text, None)) {
                assert!(at <= quotation.outer.start && quotation.outer.end <= text.len());
                assert!(quotation.inner.start <= quotation.inner.end);
                at = quotation.outer.end;
            }
        }
    }
}
