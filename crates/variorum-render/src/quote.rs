//! Words cut from reports, made ready for display.
//!
//! Line breaks become spaces and control characters go: a report must not be able to steer a
//! terminal. Characters that embed, override or isolate a direction go too, so that none is left
//! open and turns what follows; letters that run from right to left still do. The words themselves
//! stay as they are.

/// Quotation marks that open, and those that close.
const OPENING: [char; 7] = ['“', '"', '«', '„', '‟', '‘', '‹'];
const CLOSING: [char; 6] = ['”', '"', '»', '“', '’', '›'];

/// One line: runs of white space collapsed, control characters dropped.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        out.extend(word.chars().filter(|&c| !is_control(c)));
    }
    out.truncate(out.trim_end().len());
    out
}

/// Control characters, and those that override the direction of what follows them.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The words in typographic quotation marks, never doubling those that they bring along.
pub(crate) fn quoted(text: &str) -> String {
    let (before, after) = around(text);
    format!("{before}{}{after}", bare(text))
}

/// What to set in front of and behind [`bare`] words to quote them. A hair space keeps apart the
/// mark of a quotation inside.
pub(crate) fn around(text: &str) -> (&'static str, &'static str) {
    let bare = bare(text);
    let before = if bare.starts_with(OPENING) {
        "“\u{200a}"
    } else {
        "“"
    };
    let after = if bare.ends_with(CLOSING) {
        "\u{200a}”"
    } else {
        "”"
    };
    (before, after)
}

/// One line without the quotation marks around the whole or left over at its ends.
pub(crate) fn bare(text: &str) -> String {
    let line = line(text);
    let mut words = line.as_str();
    if let Some(inner) = words.strip_prefix(OPENING) {
        match inner.find(closes_double) {
            // Its partner is the last character: the marks surround the whole.
            Some(at) if inner[at..].chars().count() == 1 => words = &inner[..at],
            None if !line.starts_with(['‘', '‹']) => words = inner,
            _ => {}
        }
    }
    if words.ends_with(['”', '"', '»', '“']) {
        let inner = &words[..words.len() - words.chars().next_back().map_or(0, char::len_utf8)];
        if !inner.contains(['“', '"', '«', '„', '‟']) {
            words = inner;
        }
    }
    words.trim().to_owned()
}

fn closes_double(c: char) -> bool {
    matches!(c, '”' | '"' | '»' | '“')
}

/// At most `limit` characters, cut at a word with an ellipsis.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    let line = line(text);
    let Some((end, _)) = line.char_indices().nth(limit) else {
        return line;
    };
    let head = &line[..end];
    let cut = head.rfind(' ').filter(|&at| at > end / 2).unwrap_or(end);
    format!(
        "{}…",
        head[..cut].trim_end_matches([' ', ',', ';', ':', '.', '–', '—', '-'])
    )
}

/// The first and the last words of a text that is longer than `limit` characters, together about as long.
pub(crate) fn ends(text: &str, limit: usize) -> Option<(&str, &str)> {
    let length = text.chars().count();
    if length <= limit {
        return None;
    }
    let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
    let (start, end) = (&text[..byte(limit / 2)], &text[byte(length - limit / 2)..]);
    let start = start.rsplit_once(' ').map_or(start, |(start, _)| start);
    let end = end.split_once(' ').map_or(end, |(_, end)| end);
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_plain() {
        for (text, expected) in [
            ("  a \r\n\n b\tc ", "a b c"),
            ("\u{1b}[31mred\u{7}", "[31mred"),
            ("x \u{202e} y", "x y"),
            ("", ""),
            ("\u{0}", ""),
        ] {
            assert_eq!(line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn quotation_marks_are_never_doubled() {
        for (text, expected) in [
            ("yes", "“yes”"),
            ("“yes”", "“yes”"),
            ("\"yes\"", "“yes”"),
            ("«oui»", "“oui”"),
            ("„ja“", "“ja”"),
            ("“We are ready", "“We are ready”"),
            ("We are ready.”", "“We are ready.”"),
            ("a “real” risk", "“a “real” risk”"),
            ("“real” risk", "“\u{200a}“real” risk”"),
            ("the risk is “real”", "“the risk is “real”\u{200a}”"),
            ("“a” and “b”", "“\u{200a}“a” and “b”\u{200a}”"),
            ("’tis the soldiers’", "“’tis the soldiers’\u{200a}”"),
            ("", "“”"),
            ("”", "“”"),
        ] {
            assert_eq!(quoted(text), expected, "{text:?}");
        }
    }

    #[test]
    fn long_lines_are_cut_at_a_word() {
        assert_eq!(shortened("one two three", 20), "one two three");
        assert_eq!(shortened("one two, three", 10), "one two…");
        assert_eq!(shortened("ééééééééé", 4), "éééé…");
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_quoted(text in "\\PC*|[“”\"«»„‘’ a]*") {
            let _ = quoted(&text);
            let _ = shortened(&text, 5);
            proptest::prop_assert!(!line(&text).contains('\n'));
        }
    }
}
