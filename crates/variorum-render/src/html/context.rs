//! The words around a passage, cut at whole words and at the borders of its paragraph.

use crate::quote;

/// How much is shown around a passage, in code points.
pub(super) const AROUND: usize = 100;

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

/// The last whole words of the paragraph that leads up to a passage.
pub(super) fn tail(before: &str) -> String {
    let paragraph = before.rsplit("\n\n").next().unwrap_or(before);
    let whole = paragraph.len() < before.len();
    let words = match paragraph.split_once(char::is_whitespace) {
        Some((_, rest)) if !whole && before.chars().count() >= AROUND.min(32) => {
            format!("… {}", quote::line(rest))
        }
        _ => quote::line(paragraph),
    };
    if before.ends_with(char::is_whitespace) && !words.is_empty() {
        words + " "
    } else {
        words
    }
}

/// The first whole words that follow a passage in its paragraph.
pub(super) fn head(after: &str) -> String {
    let paragraph = after.split("\n\n").next().unwrap_or(after);
    let whole = paragraph.len() < after.len();
    let words = match paragraph.rsplit_once(char::is_whitespace) {
        Some((rest, _)) if !whole && after.chars().count() >= AROUND.min(32) => {
            format!("{} …", quote::line(rest))
        }
        _ => quote::line(paragraph),
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
        let long = "word ".repeat(19) + "cut off";
        assert!(tail(&long).starts_with("… word word"), "{}", tail(&long));
        assert!(head(&long).ends_with("word cut …"), "{}", head(&long));
        assert_eq!(tail("before\n\nshort, "), "short, ");
        assert_eq!(head(", he said.\n\nAfter"), ", he said.");
        assert_eq!((tail(""), head("")), (String::new(), String::new()));
        assert_eq!(spaced("\nhe  said "), " he said ");
    }
}
