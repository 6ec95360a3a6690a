//! Lines for a terminal: wrapped to its width, coloured only when asked.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The narrowest page that words are wrapped to, in columns.
const NARROWEST: usize = 16;

/// How a paragraph stands out, where colour is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// As the rest.
    Plain,
    /// A heading.
    Strong,
    /// Counts, outlets, dates.
    Faint,
    /// What needs a second look.
    Warning,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Strong => "\u{1b}[1m",
            Ink::Faint => "\u{1b}[2m",
            Ink::Warning => "\u{1b}[1;33m",
        }
    }
}

/// A text that grows line by line.
pub(super) struct Page {
    out: String,
    width: usize,
    color: bool,
}

impl Page {
    /// An empty page. `width` is in terminal columns.
    pub(super) fn new(width: usize, color: bool) -> Self {
        Page {
            out: String::new(),
            width: width.max(NARROWEST),
            color,
        }
    }

    /// The page as it is to be printed.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An empty line, unless there is one already or the page is empty.
    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A section's heading.
    pub(super) fn heading(&mut self, words: &str) {
        self.gap();
        self.put(0, &words.to_uppercase(), Ink::Strong);
    }

    /// A paragraph, indented.
    pub(super) fn put(&mut self, indent: usize, words: &str, ink: Ink) {
        self.item(indent, "", words, ink);
    }

    /// A paragraph behind a mark, its other lines set under its first word.
    pub(super) fn item(&mut self, indent: usize, mark: &str, words: &str, ink: Ink) {
        // On a narrow page the indent must leave room for words.
        let indent = indent.min(self.width / 4);
        let hanging = (indent + mark.width()).min(self.width / 2);
        for (at, line) in wrap(words, self.width - hanging).into_iter().enumerate() {
            if at == 0 {
                self.out.extend(std::iter::repeat_n(' ', indent));
                self.out.push_str(mark);
            } else {
                self.out.extend(std::iter::repeat_n(' ', hanging));
            }
            let code = if self.color { ink.code() } else { "" };
            self.out.push_str(code);
            self.out.push_str(&line);
            if !code.is_empty() {
                self.out.push_str("\u{1b}[0m");
            }
            self.out.push('\n');
        }
    }

    /// A line drawn under what was printed last.
    pub(super) fn rule(&mut self, mark: char) {
        let last = self.out.trim_end().rsplit('\n').next().unwrap_or("");
        let visible = last
            .trim_start_matches(Ink::Strong.code())
            .trim_end_matches("\u{1b}[0m");
        let length = visible.width().min(self.width);
        self.out.extend(std::iter::repeat_n(mark, length));
        self.out.push('\n');
    }
}

/// Breaks words into lines of at most `width` columns; a longer word is broken where it must be.
fn wrap(words: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let wide = word.width();
        if used > 0 && used + 1 + wide <= width {
            line.push(' ');
            line.push_str(word);
            used += 1 + wide;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for c in word.chars() {
            let columns = c.width().unwrap_or(0);
            if used + columns > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += columns;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width() {
        let check = |words: &str, width, expected: &[&str]| {
            assert_eq!(wrap(words, width), expected, "{words:?} in {width}");
        };
        check("one two three", 7, &["one two", "three"]);
        check("extraordinary", 5, &["extra", "ordin", "ary"]);
        check("日本語 テスト", 7, &["日本語", "テスト"]);
        check("日本語", 3, &["日", "本", "語"]);
        check("", 10, &[]);
        check("a  b", 10, &["a b"]);
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_wider(words in "\\PC{0,80}", width in 2usize..40) {
            for line in wrap(&words, width) {
                proptest::prop_assert!(line.chars().filter_map(char::width).sum::<usize>() <= width);
            }
        }
    }
}
