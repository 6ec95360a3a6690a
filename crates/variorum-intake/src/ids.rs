//! Ids of reports: no two alike.
//!
//! Of what was met only hashes are kept. A million small texts that stay between the large ones that come and go would
//! keep the memory of these from being given back.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The ids that are taken, each with the number that its next clash gets.
#[derive(Default)]
pub(crate) struct Ids {
    taken: HashMap<Key, u32>,
    /// Ids of items of the web.
    items: HashSet<Key>,
    /// The same, each with the hash of a text that it has had.
    versions: HashSet<Key>,
    /// The ids of items by their addresses; `None` where that is the address.
    addresses: HashMap<Key, Option<Box<str>>>,
}

/// A hash of some texts that no other texts have.
type Key = [u64; 2];

fn key(texts: &[&str]) -> Key {
    [0u8, 1].map(|half| {
        let mut hasher = DefaultHasher::new();
        (half, texts).hash(&mut hasher);
        hasher.finish()
    })
}

/// What an item of the web is in relation to those before.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// Its first version, under its own id.
    First(String),
    /// A later version of the item with the id it wanted.
    Later(String),
    /// One that was there before.
    Known,
}

impl Ids {
    /// Takes an id for an item of the web, whose id stays the same when its text is changed.
    pub(crate) fn claim_version(&mut self, wanted: &str, hash: &str) -> Version {
        let first = self.items.insert(key(&[wanted]));
        if !self.versions.insert(key(&[wanted, hash])) {
            return Version::Known;
        }
        let id = self.claim(wanted, None);
        if first {
            Version::First(id)
        } else {
            Version::Later(id)
        }
    }

    /// The id of an item of the web: that under which its address was met first, since a feed may call an
    /// item otherwise than its page does.
    pub(crate) fn by_address(&mut self, address: &str, id: &str) -> String {
        let first = self.addresses.entry(key(&[address]));
        let first = first.or_insert_with(|| (id != address).then(|| id.into()));
        first.as_deref().unwrap_or(address).to_owned()
    }

    /// Takes note of a report that was given in an earlier run; `of` is the item that it is a later version of.
    pub(crate) fn known(&mut self, id: &str, of: Option<&str>, hash: &str) {
        self.claim(id, None);
        let item = of.unwrap_or(id);
        self.items.insert(key(&[item]));
        self.versions.insert(key(&[item, hash]));
    }

    /// Takes an id. When it is taken already it gets the file's ending (`a.md`), then a number
    /// (`a-2`).
    pub(crate) fn claim(&mut self, wanted: &str, ending: Option<&str>) -> String {
        let mut id = wanted.to_owned();
        if self.taken.contains_key(&key(&[&id]))
            && let Some(ending) = ending
        {
            id = format!("{wanted}.{ending}");
        }
        let base = id.clone();
        while let Some(next) = self.taken.get_mut(&key(&[&id])) {
            // `id` is either the base, which counts its clashes, or a number that someone gave.
            let number = *next;
            *next += 1;
            id = format!("{base}-{number}");
        }
        self.taken.insert(key(&[&id]), 2);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_item_is_a_later_version() {
        let mut ids = Ids::default();
        ids.known("u", None, "old");
        let mut check = |wanted: &str, hash: &str, expected: Version| {
            assert_eq!(ids.claim_version(wanted, hash), expected, "{wanted} {hash}");
        };
        check("u", "old", Version::Known);
        check("u", "new", Version::Later("u-2".to_owned()));
        check("u", "newer", Version::Later("u-3".to_owned()));
        check("u", "new", Version::Known);
        check("v", "old", Version::First("v".to_owned()));
    }

    #[test]
    fn a_clash_gets_its_ending_then_a_number() {
        let mut ids = Ids::default();
        let mut check = |wanted: &str, ending: Option<&str>, expected: &str| {
            assert_eq!(ids.claim(wanted, ending), expected);
        };
        check("a", Some("txt"), "a");
        check("a", Some("md"), "a.md");
        check("a", Some("md"), "a.md-2");
        check("a", Some("md"), "a.md-3");
        check("u", None, "u");
        check("u-2", None, "u-2");
        check("u", None, "u-3");
        check("u", None, "u-4");
    }
}
