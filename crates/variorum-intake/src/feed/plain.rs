//! HTML as plain text, for what is no article: titles, names, and the words that are counted.
//!
//! Feeds escape titles once, twice or not at all, so [`line`] takes tags and entities away until
//! none is left. Only the tags that HTML has count as tags: `if x<y and y>z` stays.

use std::borrow::Cow;

/// Tags that stand inside a word or a sentence; any other tag parts what is before it from what is
/// after it.
const INLINE: [&str; 24] = [
    "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
];
const OTHER: [&str; 66] = [
    "a",
    "address",
    "amp-img",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "col",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "label",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "picture",
    "pre",
    "script",
    "section",
    "select",
    "source",
    "style",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
    "video",
];
/// A title is escaped at most so many times.
const LAYERS: usize = 3;
/// The longest name of an entity, in bytes.
const LONGEST_ENTITY: usize = 32;

/// One line of plain text; `None` when nothing is left.
pub(super) fn line(html: &str) -> Option<String> {
    let mut found = html.replace("<![CDATA[", " ").replace("]]>", " ");
    for _ in 0..LAYERS {
        let next = text(&found);
        if next == found {
            break;
        }
        found = next;
    }
    let line = found.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_word = |c: char| c.is_alphanumeric();
    line.contains(is_word).then_some(line)
}

/// The text of HTML: without tags, comments, scripts and styles, and with its entities resolved. A
/// line break stands where a tag parts the text.
pub(super) fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    let after_last = html
        .rfind('>')
        .map_or(html.len(), |last| html.len() - last - 1);
    // Without a last `>` nothing is a tag, and nothing need be searched for its end.
    while let Some(start) = rest.find('<').filter(|_| rest.len() > after_last) {
        let (before, from) = rest.split_at(start);
        text.push_str(before);
        rest = if let Some((parts, after)) = tag(from) {
            if parts {
                text.push('\n');
            }
            after
        } else {
            text.push('<');
            &from[1..]
        };
    }
    text.push_str(rest);
    match entities(&text) {
        Cow::Owned(text) => text,
        Cow::Borrowed(_) => text,
    }
}

/// The tag, comment or script at the front of `html`: whether it parts the text, and what follows.
fn tag(html: &str) -> Option<(bool, &str)> {
    if let Some(comment) = html.strip_prefix("<!--") {
        return Some((
            false,
            comment.split_once("-->").map_or("", |(_, after)| after),
        ));
    }
    let inner = html.strip_prefix("<")?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    let (name, inner) = inner.split_at(end);
    let name = name.to_ascii_lowercase();
    let inline = INLINE.contains(&name.as_str());
    if !inline && !OTHER.contains(&name.as_str()) {
        return None;
    }
    let (_, after) = inner.split_once('>')?;
    if matches!(name.as_str(), "script" | "style") && !html.starts_with("</") {
        let ends = |at: usize| {
            let found = after.get(at + 2..at + 2 + name.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(&name))
        };
        let mut closing = after.match_indices("</").filter(|(at, _)| ends(*at));
        return Some((true, closing.next().map_or("", |(at, _)| &after[at..])));
    }
    Some((!inline, after))
}

/// The text with the entities of HTML and XML resolved; unknown ones stay.
pub(super) fn entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        resolved.push_str(before);
        let end = from.bytes().take(LONGEST_ENTITY).position(|b| b == b';');
        let known = end.and_then(|end| Some((entity(from.get(1..end)?)?, end)));
        if let Some((value, end)) = known {
            resolved.push_str(&value);
            rest = &from[end + 1..];
        } else {
            resolved.push('&');
            rest = &from[1..];
        }
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

/// What an entity stands for, by its name between `&` and `;`.
pub(super) fn entity(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return quick_xml::escape::resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    let code = code.ok()?;
    // Those who write &#146; mean the apostrophe that Windows has there, as browsers know.
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        let bytes = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        return Some(Cow::Owned(text.into_owned()));
    }
    let c = char::from_u32(code).filter(|&c| !c.is_control() || c.is_whitespace());
    Some(Cow::Owned(c.map(String::from).unwrap_or_default()))
}

/// Plain text as HTML: a paragraph for each block of lines.
pub(super) fn html(text: &str) -> String {
    let escape = |text: &str| quick_xml::escape::partial_escape(text.trim()).into_owned();
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .map(escape)
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    match paragraphs.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        many => format!("<p>{}</p>", many.join("</p>\n<p>")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_plain_lines() {
        let check = |html: &str, expected: &str| {
            assert_eq!(line(html).unwrap_or_default(), expected, "{html:?}");
        };
        check("  Dam\n breaks ", "Dam breaks");
        check("Ferry &amp; dam", "Ferry & dam");
        check("Smith &amp;amp; Sons", "Smith & Sons");
        check("<b>Dam</b> breaks", "Dam breaks");
        check("&lt;b&gt;Dam&lt;/b&gt; breaks", "Dam breaks");
        check(
            "&amp;lt;em&amp;gt;Dam&amp;lt;/em&amp;gt; breaks",
            "Dam breaks",
        );
        check("CO<sub>2</sub> rises", "CO2 rises");
        check("Dam breaks<br/>Two missing", "Dam breaks Two missing");
        check("If x<y and y>z", "If x<y and y>z");
        check("Rates < 5 %, says Q&A", "Rates < 5 %, says Q&A");
        check(
            "Courier&#8217;s and Courier&#146;s&nbsp;view",
            "Courier’s and Courier’s view",
        );
        check(
            "&unknown; &#0;word&#xFFFFFFFFF;",
            "&unknown; word&#xFFFFFFFFF;",
        );
        check("<![CDATA[Dam breaks]]>", "Dam breaks");
        check(
            "<!-- no -->Dam<script>if (a<b) x()</script> breaks",
            "Dam breaks",
        );
        check("<STYLE>b</i></Style>Dam", "Dam");
        check("— …", "");
        check("<b", "<b");
    }

    #[test]
    fn plain_text_becomes_html() {
        assert_eq!(html("a < b"), "a &lt; b");
        assert_eq!(
            html("One.\n\nTwo & three."),
            "<p>One.</p>\n<p>Two &amp; three.</p>"
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_becomes_a_line(html in "[<>a-c/&;#x0-9! \\-]{0,60}|.{0,60}") {
            let _ = line(&html);
        }
    }
}
