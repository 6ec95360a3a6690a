//! Web addresses: a report's own, and those that a text links to. A text that links to another report
//! whose words it shares has them from there.

use super::print::hash;

/// Marks that end an address in running text.
const ENDS: [char; 11] = ['"', '“', '”', '<', '>', '(', ')', '[', ']', ';', ','];

/// Hash of an address, without what differs between links to one page: scheme, `www.`, query,
/// anchor. `None` for a site's front page, and for what is no address.
pub(super) fn address(url: &str) -> Option<u32> {
    let rest = url.split_once("://")?.1;
    let page = rest
        .split(['?', '#'])
        .next()?
        .trim_end_matches(['/', '.', ':', '!']);
    let page = page.strip_prefix("www.").unwrap_or(page);
    let path = page.split_once('/')?.1;
    (!path.is_empty()).then(|| hash(page))
}

/// Hashes of all addresses in a text, each once, sorted.
pub(super) fn linked(text: &str) -> Vec<u32> {
    let mut found: Vec<u32> = text
        .match_indices("://")
        .filter_map(|(at, _)| {
            let rest = &text[at..];
            let end = rest.find(|c: char| c.is_whitespace() || ENDS.contains(&c));
            address(&rest[..end.unwrap_or(rest.len())])
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address_however_it_is_linked() {
        let page = address("https://www.example.com/world/ferry");
        assert!(page.is_some());
        for same in [
            "http://example.com/world/ferry/",
            "https://Example.com/world/ferry?ref=x#top",
        ] {
            assert_eq!(address(same), page, "{same}");
        }
        for other in [
            "https://example.com/",
            "https://example.com/world",
            "no address",
            "://",
        ] {
            assert_ne!(address(other), page, "{other}");
        }
        let text = "Read it here (https://www.example.com/world/ferry). Élan: http://example.com.";
        assert_eq!(linked(text), page.into_iter().collect::<Vec<_>>());
        assert!(linked("no link: a://, b ://“").is_empty());
    }
}
