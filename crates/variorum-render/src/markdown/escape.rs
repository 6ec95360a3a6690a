//! Words of reports made harmless in Markdown, for GitHub and for Obsidian alike: a reader sees
//! the words and nothing else.
//!
//! Most signs are escaped by a backslash. That is not enough for what GitHub looks for in the
//! finished text (mentions, mail addresses, numbers of issues, names of pictures): there an empty
//! comment, which shows as nothing, parts the words.

use crate::quote;

/// Parts words without showing.
const NOTHING: &str = "<!-- -->";

/// One line in which nothing is markup, a link, a mention or a tag.
pub(super) fn escape(text: &str) -> String {
    let line = quote::line(text);
    let chars: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(at + 1).copied();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' if after.is_some_and(|a| a == '#' || a.is_ascii_alphabetic()) => {
                out.push_str("&amp;");
            }
            '@' if after.is_some_and(|a| !a.is_whitespace()) => {
                out.push(c);
                out.push_str(NOTHING);
            }
            '#' if after.is_some_and(|a| a.is_ascii_digit()) => {
                out.push_str("\\#");
                out.push_str(NOTHING);
            }
            // A backslash inside an address would become part of it, so the address is none first.
            ':' if chars[at + 1..].starts_with(&['/', '/']) => out.push_str("\\:"),
            ':' if names_picture(&chars[at + 1..]) => {
                out.push(c);
                out.push_str(NOTHING);
            }
            '.' if ends_in_www(&chars[..at]) => out.push_str("\\."),
            '_' if word(before) && word(after) => out.push(c),
            '%' if after != Some(c) && before != Some(c) => out.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '^' | '=' | '%' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    guard_start(&out)
}

fn ends_in_www(before: &[char]) -> bool {
    let last = before.len().saturating_sub(3);
    before[last..]
        .iter()
        .collect::<String>()
        .eq_ignore_ascii_case("www")
}

/// Whether what follows a colon makes it the name of a picture, `:like_this:`.
fn names_picture(after: &[char]) -> bool {
    let is_name = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    let length = after.iter().take_while(is_name).count();
    after.get(length) == Some(&':') && after[..length].iter().any(|c| !c.is_ascii_digit())
}

/// Keeps a line from opening a list.
fn guard_start(line: &str) -> String {
    if line.starts_with(['-', '+']) {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

/// A web address inside `(...)` of a link.
pub(super) fn address(url: &str) -> String {
    url.chars()
        .map(|c| match c {
            '(' => "%28".to_owned(),
            ')' => "%29".to_owned(),
            '[' => "%5B".to_owned(),
            ']' => "%5D".to_owned(),
            '*' => "%2A".to_owned(),
            // `&lt;` in an address is no `<`.
            '&' => "&amp;".to_owned(),
            _ => c.to_string(),
        })
        .collect()
}

/// A string in double quotation marks for YAML.
pub(super) fn yaml(text: &str) -> String {
    let escaped = quote::line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use comrak::nodes::NodeValue;
    use comrak::{Arena, Options, parse_document};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_in_a_report_is_markup() {
        for (text, expected) in [
            ("plain words, 3.5% of them.", "plain words, 3.5% of them."),
            ("a\nb", "a b"),
            ("*b* _i_ `c`", "\\*b\\* \\_i\\_ \\`c\\`"),
            ("snake_case", "snake_case"),
            ("<script>", "&lt;script&gt;"),
            ("[[x]] ![[y]]", "\\[\\[x\\]\\] !\\[\\[y\\]\\]"),
            ("==a== %%b%%", "\\=\\=a\\=\\= \\%\\%b\\%\\%"),
            ("$5 and $6", "\\$5 and \\$6"),
            ("#tag a|b ~~c~~", "\\#tag a\\|b \\~\\~c\\~\\~"),
            ("- item", "\\- item"),
            ("12. item", "12\\. item"),
            ("AT&T &amp; &#64;", "AT&amp;T &amp;amp; &amp;\\#<!-- -->64;"),
            ("told @user", "told @<!-- -->user"),
            ("see #12", "see \\#<!-- -->12"),
            ("at 10:30:15 :heart:", "at 10:30:15 :<!-- -->heart:"),
            ("C:\\x", "C:\\\\x"),
            ("https://a.example/~b", "https\\://a.example/\\~b"),
            ("www.a.example", "www\\.a.example"),
            ("me@a.example", "me@<!-- -->a.example"),
        ] {
            assert_eq!(escape(text), expected, "{text:?}");
        }
        assert_eq!(yaml("a \"b\": \\ c\n# d"), "\"a \\\"b\\\": \\\\ c # d\"");
        assert_eq!(
            address("https://a.example/(b)"),
            "https://a.example/%28b%29"
        );
    }

    /// What a reader of the Markdown sees, as GitHub and Obsidian read it; fails on anything but words
    /// and the elements that are expected.
    fn seen(markdown: &str, expected: &[fn(&NodeValue) -> bool]) -> Result<String, String> {
        let mut options = Options::default();
        let extension = &mut options.extension;
        extension.autolink = true;
        extension.strikethrough = true;
        extension.table = true;
        extension.tasklist = true;
        extension.footnotes = true;
        extension.math_dollars = true;
        extension.alerts = true;
        extension.highlight = true;
        extension.wikilinks_title_after_pipe = true;
        options.parse.relaxed_autolinks = true;
        let arena = Arena::new();
        let mut words = String::new();
        for node in parse_document(&arena, markdown, &options).descendants() {
            match &node.data().value {
                NodeValue::Document | NodeValue::Paragraph => {}
                NodeValue::Text(text) => words.push_str(text),
                NodeValue::HtmlInline(html) if html == NOTHING => {}
                other if expected.iter().any(|expected| expected(other)) => {}
                other => return Err(format!("{other:?} in {markdown:?}")),
            }
        }
        Ok(words)
    }

    /// Tries that the text is seen as it is, wherever the note has words of reports.
    fn check(text: &str) {
        let (line, escaped) = (quote::line(text), escape(text));
        let seen_so = |before: &str, after: &str, expected: &[fn(&NodeValue) -> bool]| {
            let markdown = format!("{before}{escaped}{after}");
            assert_eq!(
                seen(&markdown, expected).as_ref(),
                Ok(&line),
                "{markdown:?}"
            );
        };
        let list: fn(&NodeValue) -> bool =
            |node| matches!(node, NodeValue::List(_) | NodeValue::Item(_));
        let table: fn(&NodeValue) -> bool = |node| {
            matches!(
                node,
                NodeValue::Table(_) | NodeValue::TableRow(_) | NodeValue::TableCell
            )
        };
        seen_so("", "", &[]);
        seen_so("- ", "", &[list]);
        seen_so("|  |\n| --- |\n| ", " |", &[table]);
        if !line.is_empty() {
            seen_so("**", "**", &[|node| matches!(node, NodeValue::Strong)]);
            seen_so("# ", "", &[|node| matches!(node, NodeValue::Heading(_))]);
            let link = |node: &NodeValue| matches!(node, NodeValue::Link(_));
            seen_so("[", "](https://a.example)", &[link]);
        }
    }

    #[test]
    fn a_reader_sees_the_words_and_no_link() {
        for text in [
            "See https://a.example/~user_x/*y* or http://b.example.",
            "https://~.example/a~~b~~c",
            "(www.a.example/~b), WWW.a.example and ftp://c.example",
            "obsidian://open?vault=x and mailto:a@b.example",
            "to a.b-c+d@e.example, x@-y.example, @@z.example",
            "~/x and ~~y~~ and a~b",
            "3 < 4 > 2 & more &lt; &copy; &#x41;",
            "C:\\Users\\ \\| end\\",
            "[^1]: note [x] [ ] - [x] <!-- no --> <b>",
            "+ plus",
            "=== ---",
            "“ =",
            "***",
            "# x",
            "```rust",
            "    indented",
            "1) one",
            "$a$ and $$b$$ ^c^ ==d== %%e%% [[f|g]]",
            "שלום *x* مرحبا",
        ] {
            check(text);
        }
    }

    #[test]
    fn an_address_leads_where_it_says() {
        for url in [
            "https://a.example/?x&lt;=1&copy=2#z",
            "https://a.example/_b_~c",
        ] {
            let arena = Arena::new();
            let markdown = format!("[x]({})", address(url));
            let root = parse_document(&arena, &markdown, &Options::default());
            let links = root
                .descendants()
                .filter_map(|node| match &node.data().value {
                    NodeValue::Link(link) => Some(link.url.clone()),
                    _ => None,
                });
            assert_eq!(links.collect::<Vec<_>>(), [url]);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_seen_as_it_is(
            text in "([a-c1 .:/@#~*_\\[\\](){}!|`<>&;=%$^+\\\\\"'“”é\n-]|www\\.|https?://|mailto:|&[a-z]{2,4};|א){0,24}"
        ) {
            check(&text);
        }
    }
}
