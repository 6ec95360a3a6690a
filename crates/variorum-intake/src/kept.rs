//! Addresses of archives: a copy at `web.archive.org/web/20140506070809/http://...` is a report of
//! the page that it keeps.
//!
//! The archives and the forms of their addresses are in `data/archives.toml`.

use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;
use variorum_model::Moment;

use crate::dates::moment;

/// A copy of a copy of a copy is followed no farther.
const MOST_COPIES: usize = 3;
/// A copy's moment has at least a year and at most a second.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=14;

/// The page that a copy keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Its address.
    pub address: String,
    /// When it was copied, if the address tells that to the day.
    pub copied: Option<Moment>,
}

/// The page that an archive's address is a copy of; `None` for an address of any other site.
pub(crate) fn kept(address: &str) -> Option<Kept> {
    let mut kept = of_one(address)?;
    for _ in 1..MOST_COPIES {
        match of_one(&kept.address) {
            Some(inner) => kept = inner,
            None => break,
        }
    }
    Some(kept)
}

/// An address, or that of the page that it is a copy of.
pub(crate) fn original(address: String) -> String {
    kept(&address).map_or(address, |kept| kept.address)
}

/// Whether a name is that of an archive ("web.archive.org", "Wayback Machine").
pub(crate) fn is_archive(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    let name = name.strip_prefix("www.").unwrap_or(&name);
    let is = |known: &String| known == name;
    WORDS.hosts.iter().any(is) || WORDS.names.iter().any(is)
}

fn of_one(address: &str) -> Option<Kept> {
    let address = address.trim();
    let rest =
        address.split_once("://").map_or(
            address,
            |(scheme, rest)| {
                if scheme.len() <= 5 { rest } else { address }
            },
        );
    let (host, path) = rest.split_once('/')?;
    if !is_archive(host) {
        return None;
    }
    of_path(path).or_else(|| of_query(path))
}

fn of_path(path: &str) -> Option<Kept> {
    let mut copied = None;
    let mut rest = path;
    let mut dated = false;
    loop {
        if let Some(address) = page(rest, dated) {
            return Some(Kept { address, copied });
        }
        let (part, behind) = rest.split_once('/')?;
        if part.contains('?') {
            return None;
        }
        if is_moment(part) {
            (copied, dated) = (moment_of(part), true);
        } else {
            dated |= WORDS.moments.iter().any(|word| word == part);
        }
        rest = behind;
    }
}

/// The moment of a copy in a part of its address: `20140506070809`, `20140506070809id_`,
/// `2014.05.06-070809`, `2014*`.
fn is_moment(part: &str) -> bool {
    let mark = part.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let marked = mark.is_empty() || mark == "*" || (mark.len() == 3 && mark.ends_with('_'));
    let digits = part.chars().filter(char::is_ascii_digit).count();
    marked && part.starts_with(|c: char| c.is_ascii_digit()) && DIGITS.contains(&digits)
}

fn moment_of(part: &str) -> Option<Moment> {
    let digits: String = part.chars().filter(char::is_ascii_digit).collect();
    let day = || digits.get(..8).and_then(moment);
    moment(&digits)
        .or_else(day)
        .filter(|_| !part.ends_with('*'))
}

fn of_query(path: &str) -> Option<Kept> {
    let (_, query) = path.split_once('?')?;
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let value = pairs
        .into_iter()
        .find(|(name, _)| WORDS.parameters.iter().any(|known| known == name))?
        .1;
    // `cache:ID:address words of the search`
    let value = value.split(' ').next()?;
    let value = value.strip_prefix("cache:").unwrap_or(value);
    let behind = value
        .split_once(':')
        .filter(|(id, rest)| !rest.starts_with("//") && !id.contains(['.', '/']));
    let value = behind.map_or(value, |(_, rest)| rest);
    let address = page(value, true)?;
    Some(Kept {
        address,
        copied: None,
    })
}

/// The address at the front of the rest of a copy's. Without a scheme it needs a host's form, and
/// `bare` says that one may stand here.
fn page(rest: &str, bare: bool) -> Option<String> {
    let decoded = || {
        let lower = rest.get(..9)?.to_ascii_lowercase();
        let encoded = lower.starts_with("http%3a") || lower.starts_with("https%3a");
        let query = format!("a={}", rest.replace('+', "%2B"));
        let whole = url::form_urlencoded::parse(query.as_bytes()).next()?.1;
        encoded.then(|| whole.into_owned())
    };
    let decoded = decoded();
    let rest = decoded.as_deref().unwrap_or(rest);
    let lower = rest.get(..8).unwrap_or(rest).to_ascii_lowercase();
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        lower
            .strip_prefix(scheme)
            .is_some_and(|rest| rest.starts_with(":/"))
    });
    let text = match scheme {
        Some(scheme) => {
            let rest = rest.get(scheme.len() + 1..)?.trim_start_matches('/');
            format!("{scheme}://{rest}")
        }
        None if bare => format!("http://{rest}"),
        None => return None,
    };
    let url = Url::parse(&text).ok()?;
    url.host_str().filter(|host| {
        host.contains('.') && host.bytes().any(|b| b.is_ascii_alphabetic()) && !host.ends_with('.')
    })?;
    // A port that the scheme has anyway is not written.
    let port = text
        .split_once("://")
        .and_then(|(_, rest)| rest.split(['/', '?', '#']).next()?.split_once(':'))
        .filter(|_| url.port().is_none());
    Some(match port {
        Some((_, port)) => text.replacen(&format!(":{port}"), "", 1),
        None => text,
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Table {
    hosts: Vec<String>,
    names: Vec<String>,
    moments: Vec<String>,
    parameters: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "run as tests"))]
    addresses: Examples,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "run as tests"))]
struct Examples {
    examples: Vec<(String, String, String)>,
    counter_examples: Vec<String>,
}

static WORDS: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../data/archives.toml")).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_keeps_its_examples() {
        assert!(!WORDS.hosts.is_empty(), "archives.toml is not read");
        for (copy, address, copied) in &WORDS.addresses.examples {
            let found = kept(copy).map(|kept| {
                let copied = kept.copied.map(|moment| moment.to_string());
                (kept.address, copied.unwrap_or_default())
            });
            assert_eq!(found, Some((address.clone(), copied.clone())), "{copy}");
        }
        for address in &WORDS.addresses.counter_examples {
            assert_eq!(kept(address), None, "{address}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_address_is_read_without_a_panic(
            path in "[a-z0-9*_.:/?=%é-]{0,40}", any in ".{0,60}", host in "(web\\.archive\\.org|archive\\.ph)",
        ) {
            let _ = kept(&any);
            if let Some(kept) = kept(&format!("https://{host}/{path}")) {
                proptest::prop_assert!(kept.address.starts_with("http"));
            }
        }
    }
}
