//! Splits a text into paragraphs and sentences, with exact offsets.
//!
//! Paragraphs end at line breaks. A sentence ends at `.`, `!`, `?` or `…` with the quotation marks
//! and brackets that close behind it, when what follows can begin a sentence; not behind an
//! abbreviation (`data/en/abbreviations.toml`), an initial or a number that goes on. Quotation marks
//! do not hold sentences together, because in real input they are often broken. A dateline is a
//! sentence of its own, for it is no part of what the first sentence says.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

/// No word is longer, in bytes: of what is, the end or the beginning tells whether a sentence ends beside it.
const LONGEST_WORD: usize = 200;

/// A dateline has at most this many characters.
const LONGEST_DATELINE: usize = 80;

/// The paragraphs of a text: its lines that hold more than white space, trimmed.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let header = if found.is_empty() {
            header_len(line)
        } else {
            0
        };
        for (from, piece) in [(0, &line[..header]), (header, &line[header..])] {
            let trimmed = piece.trim();
            if !trimmed.is_empty() {
                let at = start + from + (piece.len() - piece.trim_start().len());
                found.push(at..at + trimmed.len());
            }
        }
        start += line.len();
    }
    found
}

/// Length of a header `date 2022-01-08` in front of a text, which is no part of its first sentence.
fn header_len(line: &str) -> usize {
    let body = line.trim_start();
    let Some(rest) = body.strip_prefix("date ") else {
        return 0;
    };
    let digits = rest
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b'-')
        .count();
    if digits == 10 {
        line.len() - rest.len() + digits
    } else {
        0
    }
}

/// The sentences of one paragraph, trimmed; `paragraph` is a byte range of `text`.
pub fn sentences(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let slice = &text[paragraph.clone()];
    let mut found = Vec::new();
    let mut start = dateline_len(slice);
    push_trimmed(&mut found, slice, 0..start);
    let mut chars = slice.char_indices().peekable();
    while chars.next_if(|&(at, _)| at < start).is_some() {}
    while let Some((at, c)) = chars.next() {
        if !is_stop(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((at, c)) = chars.next_if(|&(_, c)| is_stop(c) || closes(c)) {
            end = at + c.len_utf8();
        }
        let (closed, next) = skip_detached_close(slice, end);
        if !may_end(c, &slice[start..at], &slice[next..], closed > at + 1) {
            continue;
        }
        if next > end || next == slice.len() || begins_glued(&slice[end..], c) {
            push_trimmed(&mut found, slice, start..closed);
            start = closed;
        }
    }
    push_trimmed(&mut found, slice, start..slice.len());
    found
        .into_iter()
        .map(|r| paragraph.start + r.start..paragraph.start + r.end)
        .collect()
}

/// Length of a dateline in front of a paragraph (`PORT MERROW, March 5 (Meridian Press) — `), with its
/// dash; 0 where there is none. Its place stands in capitals or a credit in brackets follows it.
fn dateline_len(paragraph: &str) -> usize {
    let Some((dash, mark)) = paragraph
        .match_indices(['—', '–', '-'])
        .find(|(at, _)| paragraph[..*at].ends_with(' '))
    else {
        return 0;
    };
    let head = &paragraph[..dash];
    let rest = paragraph[dash..].trim_start_matches(mark);
    let begins = rest.trim_start().chars().next();
    let bracket = head.find('(').unwrap_or(head.len());
    let (place, credit) = head.split_at(bracket);
    let first = place.split([' ', ',']).next().unwrap_or_default();
    let capitals = first.chars().count() > 2 && first.chars().all(char::is_uppercase);
    let is_named = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let fits = head.chars().count() <= LONGEST_DATELINE
        && (capitals || !credit.is_empty())
        && !place.trim().is_empty()
        && place.split_whitespace().all(is_named)
        && (credit.is_empty() || credit.trim_end().ends_with(')'))
        && begins.is_some_and(|c| c.is_uppercase() || c.is_numeric() || opens(c));
    if fits {
        paragraph.len() - rest.trim_start().len()
    } else {
        0
    }
}

fn push_trimmed(found: &mut Vec<Range<usize>>, slice: &str, range: Range<usize>) {
    let piece = &slice[range.clone()];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = range.start + (piece.len() - piece.trim_start().len());
        found.push(start..start + trimmed.len());
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '"' | '’' | '\'' | '»' | ')' | ']')
}

/// Behind a sentence end: where the sentence closes, and where the next word begins. A lone closing
/// mark after a space (`actions. “` at the end, `good. ” Then`) still belongs to the sentence.
fn skip_detached_close(slice: &str, end: usize) -> (usize, usize) {
    let rest = &slice[end..];
    let next = end + (rest.len() - rest.trim_start().len());
    let mut chars = slice[next..].chars();
    if next > end
        && chars
            .next()
            .is_some_and(|c| matches!(c, '”' | '“' | '"' | '»'))
    {
        let tail = chars.as_str();
        if tail.is_empty() || tail.starts_with(char::is_whitespace) {
            let closed = slice.len() - tail.len();
            return (closed, closed + (tail.len() - tail.trim_start().len()));
        }
    }
    (end, next)
}

/// Whether a sentence may begin directly behind a stop without a space: `framework.The`,
/// `sanctions.“We`. Web addresses and dotted abbreviations must not be cut.
fn begins_glued(rest: &str, stop: char) -> bool {
    let mut near = rest.len().min(LONGEST_WORD);
    while !rest.is_char_boundary(near) {
        near -= 1;
    }
    let run = rest[..near].split(char::is_whitespace).next();
    let run = run.unwrap_or_default();
    let mut chars = run.chars();
    match chars.next() {
        Some('“' | '«') => true,
        Some(c) if c.is_uppercase() => {
            let inner_dot = run
                .trim_end_matches(|c: char| !c.is_alphanumeric())
                .contains('.');
            stop != '.' || (!inner_dot && chars.next().is_none_or(char::is_lowercase))
        }
        _ => false,
    }
}

/// Whether a stop behind `before` may end a sentence when `after` follows; `closed` tells that
/// quotation marks or brackets close behind it.
fn may_end(stop: char, before: &str, after: &str, closed: bool) -> bool {
    let mut far = before.len().saturating_sub(LONGEST_WORD);
    while !before.is_char_boundary(far) {
        far += 1;
    }
    let before = &before[far..];
    let word = before
        .rsplit(|c: char| c.is_whitespace() || opens(c))
        .next()
        .unwrap_or(before);
    let begins = after.trim_start_matches(|c: char| opens(c) || c == '-' || c == '—');
    let Some(first) = begins.chars().next() else {
        return true;
    };
    if first.is_lowercase() || matches!(first, ',' | ';' | ':' | ')') {
        return false;
    }
    if closed || stop != '.' {
        return true;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_initial = letters == 1 && word.chars().count() == 1 && word != "I";
    let is_dotted =
        word.contains('.') && letters + word.matches('.').count() == word.chars().count();
    let lists = &*ABBREVIATIONS;
    if is_initial || lists.never.contains(word) {
        return false;
    }
    if lists.numbered.contains(word) {
        return !first.is_numeric();
    }
    if lists.clock.contains(word) {
        let next = begins.split(|c: char| !c.is_alphanumeric()).next();
        return next.is_some_and(|next| {
            !lists.clock_goes_on.contains(next) && !next.chars().all(char::is_uppercase)
        });
    }
    if is_dotted || lists.sometimes.contains(word) {
        let next = begins
            .split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'')
            .next();
        return next.is_some_and(|next| lists.openers.contains(next));
    }
    true
}

fn opens(c: char) -> bool {
    matches!(c, '“' | '"' | '‘' | '\'' | '«' | '(' | '[' | '”')
}

#[derive(Deserialize)]
struct Abbreviations {
    /// Never end a sentence: titles before names.
    never: FxHashSet<String>,
    /// Do not end a sentence before a number: months, "No".
    numbered: FxHashSet<String>,
    /// End a sentence only when a word follows that seldom stands inside one.
    sometimes: FxHashSet<String>,
    /// Such words.
    openers: FxHashSet<String>,
    /// End a sentence before any capital but of the words that follow a clock time.
    clock: FxHashSet<String>,
    /// Such words.
    clock_goes_on: FxHashSet<String>,
    #[cfg(test)]
    example: Vec<Example>,
}

#[cfg(test)]
#[derive(Deserialize)]
struct Example {
    text: String,
    sentences: Vec<String>,
}

static ABBREVIATIONS: LazyLock<Abbreviations> = LazyLock::new(|| {
    crate::words::data(
        "abbreviations.toml",
        include_str!("../data/en/abbreviations.toml"),
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_data_file() {
        for example in &ABBREVIATIONS.example {
            let text = &example.text;
            let found: Vec<_> = sentences(text, 0..text.len())
                .into_iter()
                .map(|r| &text[r])
                .collect();
            assert_eq!(found, example.sentences, "sentences of {text:?}");
        }
    }

    #[test]
    fn paragraphs_are_lines_with_words() {
        let text = " one\r\n\n  two words \nthree";
        let found: Vec<_> = paragraphs(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, ["one", "two words", "three"]);
        let text = " date 2022-01-08 The day began.\ndate 2022-01-09 is over";
        let found: Vec<_> = paragraphs(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(
            found,
            [
                "date 2022-01-08",
                "The day began.",
                "date 2022-01-09 is over"
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn sentences_cover_every_word(text in "[ .!?“”\"a-cA-C0-9\\n]{0,80}") {
            let mut at = 0;
            for paragraph in paragraphs(&text) {
                for sentence in sentences(&text, paragraph) {
                    assert!(text[at..sentence.start].trim().is_empty(), "lost words in {text:?}");
                    at = sentence.end;
                }
            }
            assert!(text[at..].trim().is_empty(), "lost words in {text:?}");
        }
    }
}
