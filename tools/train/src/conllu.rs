//! Reads treebanks in the CoNLL-U format (Universal Dependencies).

use std::ops::Range;

/// A sentence: its text and its words.
pub(crate) struct Sentence<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: Vec<Word<'a>>,
}

/// A word of a sentence.
pub(crate) struct Word<'a> {
    /// Its bytes in the text of the sentence.
    pub(crate) bytes: Range<usize>,
    /// All ten columns, as they stand in the file.
    pub(crate) columns: Vec<&'a str>,
}

/// Columns of a word.
pub(crate) mod column {
    pub(crate) const FORM: usize = 1;
    pub(crate) const UNIVERSAL_TAG: usize = 3;
    pub(crate) const PENN_TAG: usize = 4;
    pub(crate) const HEAD: usize = 6;
    pub(crate) const RELATION: usize = 7;
    pub(crate) const MISC: usize = 9;
}

/// The sentences of a file or a part of it, without those that have a word that is not in their text. Tokens
/// that stand for several words are left out.
pub(crate) fn sentences(content: &str) -> impl Iterator<Item = Sentence<'_>> {
    content.split("\n\n").filter_map(sentence)
}

fn sentence(block: &str) -> Option<Sentence<'_>> {
    let text = block
        .lines()
        .find_map(|line| line.strip_prefix("# text = "))?;
    let mut words = Vec::new();
    let mut at = 0;
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() < 10 || columns[0].contains(['-', '.']) {
            continue;
        }
        let start = at + text[at..].find(columns[column::FORM])?;
        at = start + columns[column::FORM].len();
        words.push(Word {
            bytes: start..at,
            columns,
        });
    }
    Some(Sentence { text, words })
}
