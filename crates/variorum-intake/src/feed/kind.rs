//! What a feed is, by its root and never by its name.

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};

use super::Kind;
use super::markup::{Token, Tokens, attributes, name, outermost};
use super::names::{Ns, Scope};

/// What a text is; its front is enough. `None` for web pages, other XML and other JSON.
pub(super) fn of(text: &str) -> Option<Kind> {
    let text = text.trim_start();
    if text.starts_with('{') {
        return is_json_feed(text).then_some(Kind::JsonFeed);
    }
    let (ns, name, tag) = root(text)?;
    let mut declared = attributes(tag)
        .into_iter()
        .filter(|(key, _)| key.starts_with("xmlns"));
    match (ns, name.to_ascii_lowercase().as_str()) {
        (Ns::Plain, "rss" | "channel") | (Ns::Atom, "feed") => Some(Kind::Feed),
        // Without a namespace it is Atom by a careless hand; with another one it is something else.
        (Ns::Plain, "feed") => declared.next().is_none().then_some(Kind::Feed),
        (Ns::Rdf, "rdf") => {
            let is_rss = |address: &str| {
                address.contains("purl.org/rss/1.0") || address.contains("my.netscape.com/rdf")
            };
            declared
                .any(|(_, address)| is_rss(&address))
                .then_some(Kind::Feed)
        }
        (Ns::Plain, "opml") => Some(Kind::Opml),
        (Ns::Plain, "urlset") => Some(Kind::Sitemap),
        (Ns::Plain, "sitemapindex") => Some(Kind::SitemapIndex),
        _ => None,
    }
}

/// Whether a feed in XML is Atom.
pub(super) fn is_atom(text: &str) -> bool {
    root(text.trim_start()).is_some_and(|(_, name, _)| name.eq_ignore_ascii_case("feed"))
}

/// Namespace, name and tag of the first element, if nothing but comments and declarations stands
/// before it.
fn root(text: &str) -> Option<(Ns, &str, &str)> {
    if !text.starts_with('<') {
        return None;
    }
    let mut tokens = Tokens::new(text, 0);
    loop {
        match tokens.next()?.1 {
            Token::Open(tag, _) => {
                let (prefix, name) = name(tag);
                let ns = Scope::inside(&outermost(None), tag).ns(prefix);
                return Some((ns, name, tag));
            }
            Token::Text(text) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
}

fn is_json_feed(text: &str) -> bool {
    let mut found = false;
    // The front of a feed is not valid JSON, so only what is found before its end counts.
    let mut reader = serde_json::Deserializer::from_str(text);
    let _ = Version(&mut found).deserialize(&mut reader);
    found
}

/// Looks for `version` in the outermost object.
struct Version<'a>(&'a mut bool);

impl<'de> DeserializeSeed<'de> for Version<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Version<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "version" {
                let value: serde_json::Value = map.next_value()?;
                let version = value.as_str().unwrap_or_default();
                *self.0 = version.contains("://jsonfeed.org/version/");
                return Err(A::Error::custom("the rest does not matter"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use crate::feed::kind;

    #[test]
    fn the_root_tells_the_kind() {
        let check = |head: &str, expected: Option<Kind>| {
            assert_eq!(kind(head.as_bytes()), expected, "{head:?}");
            let wide: Vec<u8> = format!("\u{FEFF}{head}")
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect();
            assert_eq!(kind(&wide), expected, "{head:?} in UTF-16");
        };
        let atom = r#"xmlns="http://www.w3.org/2005/Atom""#;
        let rdf = r#"xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#""#;
        check(
            "<?xml version='1.0'?><rss version='2.0'><channel>",
            Some(Kind::Feed),
        );
        check(
            "\n\n <?xml version='1.0'?><!-- <html> --><rss>",
            Some(Kind::Feed),
        );
        check(
            "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a \"<html>\">]><rss>",
            Some(Kind::Feed),
        );
        check("<?xml-stylesheet href='a.xsl'?><RSS>", Some(Kind::Feed));
        check(&format!("<feed {atom}>"), Some(Kind::Feed));
        check(
            "<a:feed xmlns:a='http://purl.org/atom/ns#'>",
            Some(Kind::Feed),
        );
        check("<feed>", Some(Kind::Feed));
        check("<feed xmlns='https://courier.example/schema'>", None);
        check(
            &format!("<rdf:RDF {rdf} xmlns='http://purl.org/rss/1.0/'>"),
            Some(Kind::Feed),
        );
        check(
            &format!("<rdf:RDF {rdf} xmlns='https://courier.example/'>"),
            None,
        );
        check("<opml version='2.0'><head>", Some(Kind::Opml));
        check(
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>",
            Some(Kind::Sitemap),
        );
        check(
            "<s:urlset xmlns:s='http://www.sitemaps.org/schemas/sitemap/0.9'>",
            Some(Kind::Sitemap),
        );
        check("<sitemapindex>", Some(Kind::SitemapIndex));
        check(
            r#"{"version": "https://jsonfeed.org/version/1.1", "it"#,
            Some(Kind::JsonFeed),
        );
        check(
            r#"{"title": "T", "a": {"version": 1}, "version": "https:\/\/jsonfeed.org\/version\/1","#,
            Some(Kind::JsonFeed),
        );
        check(
            r#"{"text": "see https://jsonfeed.org/version/1", "version": 2}"#,
            None,
        );
        check(
            r#"{"a": {"version": "https://jsonfeed.org/version/1"}}"#,
            None,
        );
        check("<!DOCTYPE html><html><head><title>rss", None);
        check("<html xmlns='http://www.w3.org/1999/xhtml'>", None);
        check("<?xml version='1.0'?><note>", None);
        check("A story about <rss> feeds.", None);
        check("<", None);
        check("", None);
    }
}
