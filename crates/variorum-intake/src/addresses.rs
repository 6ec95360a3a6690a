//! Addresses of pages, without what does not tell one page from another.
//!
//! The same page is linked as `/a`, `/a#comments` and `/a?utm_source=rss`; whoever asks whether two
//! addresses are one page compares their [`plain_url`]. The parameters that only say where a reader
//! came from are in `data/tracking.toml`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;

/// The address without name, password, tracking parameters and fragment, its scheme and host in lower case. A
/// fragment that is a path (`#!/story/12`) names the page and stays. What is no web address comes
/// back trimmed and otherwise unchanged.
pub(crate) fn plain_url(url: &str) -> String {
    let Some(mut parsed) = web(url) else {
        return without_password(url.trim()).into_owned();
    };
    let _ = parsed.set_username("");
    let _ = parsed.set_password(None);
    if !parsed.fragment().is_some_and(|f| f.starts_with(['!', '/'])) {
        parsed.set_fragment(None);
    }
    without_tracking(&mut parsed);
    parsed.into()
}

/// What tells apart the addresses that are asked for: what [`plain_url`] leaves, but for the scheme where
/// the port is the usual one, with the user's name.
pub(crate) fn same_page(url: &Url) -> String {
    let plain = plain_url(url.as_str());
    let place = plain
        .split_once("://")
        .map_or(plain.as_str(), |(_, place)| place);
    format!(
        "{}:{}@{place}",
        url.username(),
        url.password().unwrap_or_default()
    )
}

/// A text with the names and passwords taken out of the addresses in it: `http://ann:secret@host/` is
/// `http://host/`.
pub fn without_password(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        kept.push_str(before);
        let is_end =
            |c: char| matches!(c, '/' | '\\' | '?' | '#' | '"' | '<' | '>') || c.is_whitespace();
        let host = after.find(is_end).map_or(after, |end| &after[..end]);
        rest = host.rfind('@').map_or(after, |at| &after[at + 1..]);
    }
    if kept.len() + rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(kept + rest)
}

/// Reads an absolute `http` or `https` address.
pub(crate) fn web(url: &str) -> Option<Url> {
    let url = Url::parse(url.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// Removes the tracking parameters; the others keep their order and their spelling.
pub(crate) fn without_tracking(url: &mut Url) {
    let Some(query) = url.query() else { return };
    let kept: Vec<&str> = query.split('&').filter(|p| !is_tracking(p)).collect();
    let kept = kept.join("&");
    if kept.len() != query.len() {
        url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
}

fn is_tracking(parameter: &str) -> bool {
    let (name, _) = parameter.split_once('=').unwrap_or((parameter, ""));
    let name = name.to_ascii_lowercase();
    LISTS.names.contains(&name) || LISTS.beginnings.iter().any(|b| name.starts_with(b))
}

#[derive(Deserialize, Default)]
struct Lists {
    names: HashSet<String>,
    beginnings: Vec<String>,
    #[cfg(test)]
    examples: std::collections::BTreeMap<String, String>,
    #[cfg(test)]
    counter_examples: std::collections::BTreeMap<String, Vec<String>>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("../data/tracking.toml")).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_keeps_its_examples() {
        assert!(!LISTS.examples.is_empty(), "tracking.toml is not read");
        for (url, expected) in &LISTS.examples {
            assert_eq!(&plain_url(url), expected, "{url:?}");
        }
        for url in &LISTS.counter_examples["texts"] {
            assert_eq!(&plain_url(url), url, "{url:?} is plain already");
        }
    }

    #[test]
    fn passwords_are_taken_out() {
        let check = |text: &str, expected: &str| {
            assert_eq!(without_password(text), expected, "{text}");
        };
        check(
            "http://ann:secret@host.example:80/a",
            "http://host.example:80/a",
        );
        check("https://token@host.example", "https://host.example");
        check(
            "ftp://a:p@b@host.example/x?y=c@d",
            "ftp://host.example/x?y=c@d",
        );
        check(
            "a.txt:3: http://a:b@[bad and \"http://c:d@e.example\"",
            "a.txt:3: http://[bad and \"http://e.example\"",
        );
        for same in [
            "https://host.example/@ann/1",
            "https://host.example?to=ann@host.example",
            "ann@host.example wrote",
            "://",
            "a.txt",
        ] {
            check(same, same);
        }
        assert_eq!(
            plain_url("HTTP://ann:x@Host.example/a#b"),
            "http://host.example/a"
        );
    }

    #[test]
    fn one_page_has_many_addresses() {
        let same = |one: &str, other: &str| {
            same_page(&Url::parse(one).unwrap()) == same_page(&Url::parse(other).unwrap())
        };
        assert!(same("http://a.example/x", "https://a.example/x#top"));
        assert!(same(
            "http://a.example:8080/x",
            "http://a.example:8080/x?utm_source=rss"
        ));
        assert!(!same("http://a.example/x", "http://a.example:8080/x"));
        assert!(!same("http://a.example/x", "http://a.example/x?id=1"));
        assert!(!same("http://ann@a.example/x", "http://bob@a.example/x"));
    }

    proptest::proptest! {
        #[test]
        fn a_plain_address_stays_plain(path in ".{0,40}") {
            let once = plain_url(&format!("https://courier.example/{path}"));
            proptest::prop_assert_eq!(plain_url(&once), once);
        }
    }
}
