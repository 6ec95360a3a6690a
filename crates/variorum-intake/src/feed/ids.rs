//! Ids of entries: the same item has the same one in every feed of its site and on every day, and
//! two items never share one.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use url::Url;

use super::Entry;
use crate::addresses::{plain_url, web, without_tracking};

/// Beginnings of names that are given once in the world.
const GLOBAL: [&str; 6] = ["tag:", "urn:", "doi:", "info:", "oai:", "mid:"];

/// How many bytes of a hash make an id.
const HASH: usize = 10;

/// Where a feed lives.
pub(super) struct Place<'a> {
    pub home: Option<&'a Url>,
    pub address: Option<&'a Url>,
    pub title: Option<&'a str>,
}

/// The id of an entry. What the feed calls it (`guid`) if that is unique in the world; with the
/// site's host in front if it need not be; else its plain link; else a hash of title and date.
pub(super) fn id(guid: Option<&str>, link: Option<&Url>, entry: &Entry, place: &Place) -> String {
    let guid = guid.map(str::trim).filter(|guid| !guid.is_empty());
    // Some feeds give the address of the site as the address of each item.
    if let Some(guid) = guid
        && let Some(id) = global(guid, place)
    {
        return id;
    }
    let site = site(link, place);
    if let Some(guid) = guid.filter(|guid| web(guid).is_none()) {
        return format!("{site}:{guid}");
    }
    if let Some(link) = link.filter(|link| !is_front(link, place)) {
        return plain_url(link.as_str());
    }
    let date = entry.published.as_ref().or(entry.updated.as_ref());
    let words = [&entry.title, &entry.summary, &entry.html]
        .into_iter()
        .flatten()
        .next();
    let mut hash = Sha256::new();
    hash.update(words.map_or("", String::as_str));
    hash.update("\n");
    hash.update(date.map_or("", String::as_str));
    let mut id = format!("{site}:");
    for byte in hash.finalize().iter().take(HASH) {
        // Writing to a string cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// A guid that no other site can give.
fn global(guid: &str, place: &Place) -> Option<String> {
    if let Some(mut url) = web(guid) {
        if is_front(&url, place) && url.fragment().is_none() {
            return None;
        }
        // The fragment of a guid may be all that tells two items apart. The spelling is the
        // feed's own unless there is something to remove.
        let before = url.clone();
        without_tracking(&mut url);
        return Some(if url == before {
            guid.to_owned()
        } else {
            url.into()
        });
    }
    let lower = guid.to_ascii_lowercase();
    (GLOBAL.iter().any(|start| lower.starts_with(start)) || is_uuid(&lower))
        .then(|| guid.to_owned())
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

/// Whether an address is that of the site or of the feed, and of no item.
fn is_front(url: &Url, place: &Place) -> bool {
    let bare = |url: &Url| plain_url(url.as_str());
    let is_root = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let known = [place.home, place.address];
    is_root
        || known
            .into_iter()
            .flatten()
            .any(|known| bare(known) == bare(url))
}

/// The host, which all feeds of a site share; without any the title of the feed stands in. That of
/// the link comes second, since a feed may link to pages of other sites.
fn site<'a>(link: Option<&'a Url>, place: &Place<'a>) -> &'a str {
    let mut known = [place.home, link, place.address].into_iter().flatten();
    let host = known.find_map(Url::host_str);
    host.map(|host| host.strip_prefix("www.").unwrap_or(host))
        .or(place.title)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_as_unique_as_they_can_be() {
        let home = Url::parse("https://www.courier.example/news").unwrap();
        let address = Url::parse("https://feeds.courier.example/world.xml").unwrap();
        let place = Place {
            home: Some(&home),
            address: Some(&address),
            title: None,
        };
        let entry = Entry {
            title: Some("Dam breaks".into()),
            published: Some("2022-01-07".into()),
            ..Entry::default()
        };
        let check = |guid: &str, link: &str, expected: &str| {
            let link = Url::parse(link).ok();
            let found = id(Some(guid), link.as_ref(), &entry, &place);
            assert_eq!(found, expected, "{guid:?} {link:?}");
        };
        let link = "https://www.courier.example/a?utm_source=rss#top";
        let plain = "https://www.courier.example/a";
        let hash = "courier.example:e1752b371360fd18663e";
        check(
            "tag:courier.example,2022:1",
            link,
            "tag:courier.example,2022:1",
        );
        check("urn:uuid:1-2", link, "urn:uuid:1-2");
        let uuid = "6F9619FF-8B86-D011-B42D-00CF4FC964FF";
        check(uuid, link, uuid);
        check(
            "http://courier.example/?p=12",
            link,
            "http://courier.example/?p=12",
        );
        check(
            "https://courier.example/a?b&utm_medium=x",
            link,
            "https://courier.example/a?b",
        );
        check(
            "https://courier.example/live#post-2",
            link,
            "https://courier.example/live#post-2",
        );
        check("12345", link, "courier.example:12345");
        check("12345", "", "courier.example:12345");
        check("12345", "https://other.example/a", "courier.example:12345");
        check("/news/12345", link, "courier.example:/news/12345");
        check("", link, plain);
        check(" ", link, plain);
        check("https://courier.example", link, plain);
        check("https://www.courier.example/news", link, plain);
        check("", "https://www.courier.example/", hash);
        check("", "", hash);
        check(
            "https://www.courier.example/news",
            "https://www.courier.example/news",
            hash,
        );
    }
}
