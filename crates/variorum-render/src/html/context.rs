//! The words around a passage, cut at whole words and at the borders of its paragraph.

use crate::quote;

/// How much is shown around a passage at least, in code points.
pub(super) const AROUND: usize = 100;
/// How much is shown at most to reach the ends of its sentence, in code points.
pub(super) const FARTHEST: usize = 400;

/// A prefix or suffix of evidence of this length goes on in its report, in code points.
pub(super) const CUT: usize = 32;

/// One line, with the white space at its ends kept as one space.
pub(super) fn spaced(text: &str) -> String {
    let line = quote::line(text);
    let before = if text.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let after = if text.ends_with(char::is_whitespace) && !line.is_empty() {
        " "
    } else {
        ""
    };
    format!("{before}{line}{after}")
}

/// What leads up to a passage in its paragraph. When it is cut, the first word may be half a word.
pub(super) fn tail(before: &str, is_cut: bool) -> String {
    if before.is_empty() {
        return String::new();
    }
    let paragraph = before.rsplit("\n\n").next().unwrap_or(before);
    let whole = !is_cut || paragraph.len() < before.len();
    let words = match paragraph.split_once(char::is_whitespace) {
        _ if whole => quote::line(paragraph),
        Some((_, rest)) => format!("… {}", quote::line(rest)),
        None => format!("…{}", quote::line(paragraph)),
    };
    if before.ends_with(char::is_whitespace) && !words.is_empty() {
        words + " "
    } else {
        words
    }
}

/// What follows a passage in its paragraph. When it is cut, the last word may be half a word.
pub(super) fn head(after: &str, is_cut: bool) -> String {
    if after.is_empty() {
        return String::new();
    }
    let paragraph = after.split("\n\n").next().unwrap_or(after);
    let whole = !is_cut || paragraph.len() < after.len();
    let words = match paragraph.rsplit_once(char::is_whitespace) {
        _ if whole => quote::line(paragraph),
        Some((rest, _)) => format!("{} …", quote::line(rest)),
        None => format!("{}…", quote::line(paragraph)),
    };
    if after.starts_with(char::is_whitespace) {
        format!(" {words}")
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_ends_at_words_and_paragraphs() {
        for (before, is_cut, expected) in [
            ("ord and word ", true, "… and word "),
            ("Whole from the start, ", false, "Whole from the start, "),
            ("before\n\nshort, ", true, "short, "),
            ("北京", true, "…北京"),
            ("", true, ""),
        ] {
            assert_eq!(tail(before, is_cut), expected, "{before:?}");
        }
        for (after, is_cut, expected) in [
            (" word and wor", true, " word and …"),
            (", to the end.", false, ", to the end."),
            (", he said.\n\nAfter", true, ", he said."),
            ("", true, ""),
        ] {
            assert_eq!(head(after, is_cut), expected, "{after:?}");
        }
        assert_eq!(spaced("\nhe  said "), " he said ");
    }
}
