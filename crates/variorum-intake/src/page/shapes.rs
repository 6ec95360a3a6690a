//! What the words of one block look like, apart from where they stand.

use super::blocks::Block;
use super::cues::{self, Groups};

/// Longer blocks, in bytes, are not looked through for cue words.
const CUED: usize = 400;

/// The look of a block's text. Shares are of its characters, white space left out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub chars: f32,
    pub words: f32,
    /// Share in links.
    pub linked: f32,
    /// Share in bold.
    pub bold: f32,
    /// 1 when it ends as a sentence does.
    pub ends: f32,
    /// Ends of sentences within it.
    pub sentences: f32,
    /// Commas in a hundred characters.
    pub commas: f32,
    pub digits: f32,
    pub upper: f32,
    /// Mean length of a word.
    pub length: f32,
    /// Share of words that begin in lower case.
    pub lower_words: f32,
    /// 1 when signs stand in it that part the items of a menu.
    pub marks: f32,
    /// 1 when it begins in lower case.
    pub lower: f32,
    /// 1 when it ends with a colon.
    pub colon: f32,
    /// 1 when it breaks off with dots.
    pub dots: f32,
    /// 1 when it ends with a question mark.
    pub question: f32,
    /// 1 when an address stands in it.
    pub address: f32,
    pub lines: f32,
    /// 1 when it begins with a quotation mark.
    pub quote: f32,
    /// Groups of [`cues::WORDS`].
    pub groups: Groups,
}

impl Shape {
    /// Whether it reads like a paragraph of prose.
    pub(crate) fn is_prose(&self) -> bool {
        self.chars >= 80.0 && self.linked < 0.4 && self.ends > 0.0
    }

    /// The characters, if it is prose.
    pub(crate) fn prose(&self) -> f32 {
        if self.is_prose() { self.chars } else { 0.0 }
    }
}

/// Looks at a block.
pub(crate) fn shape(block: &Block) -> Shape {
    let text = block.text.as_str();
    let chars = block.chars as f32;
    let (mut words, mut lower_words, mut commas, mut digits, mut upper, mut sentences, mut lines) =
        (0, 0, 0, 0, 0, 0, 1);
    let mut before = ' ';
    for c in text.chars() {
        if before.is_whitespace() && !c.is_whitespace() {
            words += 1;
            lower_words += u32::from(c.is_lowercase());
        }
        sentences += u32::from(c == ' ' && matches!(before, '.' | '!' | '?'));
        lines += u32::from(c == '\n');
        match c {
            ',' => commas += 1,
            '0'..='9' => digits += 1,
            _ => upper += u32::from(c.is_uppercase()),
        }
        before = c;
    }
    let last = text
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»'])
        .chars()
        .next_back()
        .unwrap_or(' ');
    let first = text.chars().find(|c| c.is_alphanumeric());
    Shape {
        chars,
        words: words as f32,
        linked: share(block.linked as f32, chars),
        bold: share(block.bold as f32, chars),
        ends: flag(matches!(last, '.' | '!' | '?' | '。' | '…')),
        sentences: sentences as f32,
        commas: share(commas as f32, chars) * 100.0,
        digits: share(digits as f32, chars),
        upper: share(upper as f32, chars),
        length: share(chars, words as f32),
        lower_words: share(lower_words as f32, words as f32),
        marks: flag(text.contains(['|', '·', '»', '•', '›', '/'])),
        lower: flag(first.is_some_and(char::is_lowercase)),
        colon: flag(text.ends_with(':')),
        dots: flag(text.ends_with("...") || text.ends_with('…')),
        question: flag(last == '?'),
        address: flag(text.contains('@') || text.contains("http") || text.contains("www.")),
        lines: lines as f32,
        quote: flag(text.starts_with(['"', '“', '‘', '\'', '«', '„'])),
        groups: if text.len() < CUED {
            cues::WORDS.groups_in(text)
        } else {
            0
        },
    }
}

/// A part of a whole, 0 of nothing.
pub(crate) fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// 1 for true.
pub(crate) fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}
