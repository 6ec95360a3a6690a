//! Words of reports made harmless in Markdown, for GitHub and for Obsidian alike.

use crate::quote;

/// One line in which nothing is markup, a mention or a tag.
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
            // An empty comment keeps GitHub from notifying people who happen to be named so.
            '@' if word(after) => out.push_str("@<!-- -->"),
            '_' if word(before) && word(after) => out.push(c),
            '=' | '%' if after != Some(c) && before != Some(c) => out.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '^' | '=' | '%' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    guard_start(&out)
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
            ("AT&T &amp; &#64;", "AT&amp;T &amp;amp; &amp;\\#64;"),
            ("told @user", "told @<!-- -->user"),
            ("C:\\x", "C:\\\\x"),
        ] {
            assert_eq!(escape(text), expected, "{text:?}");
        }
        assert_eq!(yaml("a \"b\": \\ c\n# d"), "\"a \\\"b\\\": \\\\ c # d\"");
        assert_eq!(
            address("https://a.example/(b)"),
            "https://a.example/%28b%29"
        );
    }
}
