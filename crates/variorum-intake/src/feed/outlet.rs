//! Whose feed it is, by the feed's title: "The Ashford Courier - World News RSS" is The Ashford
//! Courier's.
//!
//! A wrong outlet is worse than none, so a title with two names in it gives neither unless the
//! site's host tells which. The words are in `data/en/feed_titles.toml`.

use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;

/// What stands between the name of an outlet and that of a section.
const BETWEEN: [&str; 10] = [
    " - ", " – ", " — ", " | ", " » ", " « ", " > ", " :: ", ": ", " · ",
];

/// The outlet that a title names, for a feed of the given site.
pub(super) fn of(title: &str, site: Option<&Url>) -> Option<String> {
    let mut parts = vec![title];
    for sign in BETWEEN {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(sign))
            .collect();
    }
    let parts: Vec<&str> = parts
        .into_iter()
        .map(without_kind)
        .filter(|p| is_name(p))
        .collect();
    let fits = |part: &&&str| site.is_some_and(|site| fits(part, site));
    let mut fitting = parts.iter().filter(fits);
    match (parts.as_slice(), fitting.next(), fitting.next()) {
        ([one], _, _) | (_, Some(one), None) => Some((*one).to_owned()),
        _ => None,
    }
}

/// The part without what says that it is a feed: "Courier RSS Feed".
fn without_kind(part: &str) -> &str {
    let mut part = part.trim();
    loop {
        let bare = part.trim_end_matches([')', ']']);
        let end = LISTS.endings.iter().find_map(|ending| {
            let at = bare.len().checked_sub(ending.len())?;
            let is_word = at == 0 || bare.get(..at)?.ends_with([' ', '(', '[']);
            (is_word && bare.get(at..)?.eq_ignore_ascii_case(ending)).then_some(at)
        });
        let Some(end) = end else { return part };
        part = bare[..end].trim_end_matches([' ', '(', '[']);
    }
}

fn is_name(part: &str) -> bool {
    let lower = part.to_lowercase();
    part.contains(char::is_alphabetic) && !LISTS.sections.contains(&lower)
}

/// Whether a name is what the host is called by.
fn fits(name: &str, site: &Url) -> bool {
    let key = |text: &str| -> String {
        let text = text.to_lowercase();
        let text = text.strip_prefix("the ").unwrap_or(&text);
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let name = key(name);
    let mut labels = site.host_str().unwrap_or_default().split('.').map(key);
    name.chars().count() >= 3
        && labels.any(|label| {
            let label = label.strip_prefix("the").unwrap_or(&label);
            label == name || (label.len() >= 5 && name.len() >= 5 && label.starts_with(&name))
        })
}

#[derive(Deserialize, Default)]
struct Lists {
    endings: Vec<String>,
    sections: Vec<String>,
    #[cfg(test)]
    examples: std::collections::BTreeMap<String, String>,
    #[cfg(test)]
    counter_examples: Vec<String>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/en/feed_titles.toml")).unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_keeps_its_examples() {
        let site = Url::parse("https://www.ashfordcourier.example/rss").unwrap();
        assert!(!LISTS.examples.is_empty(), "feed_titles.toml is not read");
        for (title, expected) in &LISTS.examples {
            assert_eq!(of(title, Some(&site)).as_ref(), Some(expected), "{title:?}");
        }
        for title in &LISTS.counter_examples {
            assert_eq!(of(title, Some(&site)), None, "{title:?}");
        }
    }
}
