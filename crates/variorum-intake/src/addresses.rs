//! Addresses of pages, without what does not tell one page from another.
//!
//! The same page is linked as `/a`, `/a#comments` and `/a?utm_source=rss`; whoever asks whether two
//! addresses are one page compares their [`plain_url`]. The parameters that only say where a reader
//! came from are in `data/tracking.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;

/// The address without tracking parameters and fragment, its scheme and host in lower case. A
/// fragment that is a path (`#!/story/12`) names the page and stays. What is no web address comes
/// back trimmed and otherwise unchanged.
pub(crate) fn plain_url(url: &str) -> String {
    let Some(mut parsed) = web(url) else {
        return url.trim().to_owned();
    };
    if !parsed.fragment().is_some_and(|f| f.starts_with(['!', '/'])) {
        parsed.set_fragment(None);
    }
    without_tracking(&mut parsed);
    parsed.into()
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

    proptest::proptest! {
        #[test]
        fn a_plain_address_stays_plain(path in ".{0,40}") {
            let once = plain_url(&format!("https://courier.example/{path}"));
            proptest::prop_assert_eq!(plain_url(&once), once);
        }
    }
}
