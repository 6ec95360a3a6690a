//! News agencies and outlets: the built-in list, and lists that users add to it.
//!
//! [`Outlets`] is a plain value. [`Outlets::get`] finds a name as it stands in running text, with its
//! case; [`Outlets::called`] finds what metadata say, which may be a site ("www.nytimes.com"), tell what
//! part of the outlet it was ("CNN (Web News)") or be written otherwise ("THE HILL").

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::words::data;

/// A news agency or outlet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// Usual name.
    pub name: String,
    /// Whether it is a wire whose text others print.
    #[serde(default)]
    pub agency: bool,
    /// Other names and sites.
    #[serde(default)]
    pub also: Vec<String>,
    /// The house that owns it and others.
    pub publisher: Option<String>,
}

/// Agencies and outlets, ready to look up. The tables are never walked, so hash order does not show.
#[derive(Debug, Clone)]
pub struct Outlets {
    list: Vec<Outlet>,
    names: FxHashMap<String, usize>,
    /// By letters and digits alone, in small letters and without article.
    plain: FxHashMap<String, usize>,
    /// First words of the names.
    first: FxHashSet<String>,
    agencies: Agencies,
}

/// Finds names of agencies that can hardly mean anything else.
#[derive(Debug, Clone)]
struct Agencies {
    /// None for a list with more names than can be searched for.
    finder: Option<AhoCorasick>,
    /// For each name its agency, as an index into the list.
    named: Vec<usize>,
}

/// A list as a user gives it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserFile {
    outlet: Vec<Outlet>,
}

/// The list that is compiled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BuiltIn {
    outlet: Vec<Outlet>,
    /// What metadata add to a name.
    descriptions: FxHashSet<String>,
    /// Where anyone posts.
    platforms: FxHashSet<String>,
    /// For the tests.
    #[serde(rename = "examples")]
    _examples: toml::Table,
}

const FILE: &str = include_str!("../data/en/outlets.toml");

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| data("outlets.toml", FILE));

static OUTLETS: LazyLock<Outlets> = LazyLock::new(|| Outlets::of(BUILT_IN.outlet.clone()));

/// Endings of sites whose first part is the name of the outlet: others may be another country's
/// outlet of that name, and are looked up whole only.
const ENDINGS: [&str; 4] = [".com", ".org", ".net", ".co.uk"];

impl Outlets {
    /// The list that is compiled in, for callers that were given none. What looks a name up takes the list that it
    /// looks in: a user's list then counts everywhere.
    pub fn built_in() -> &'static Outlets {
        &OUTLETS
    }

    /// The built-in list with those of a TOML file of the same form. An outlet that is already listed
    /// gets the new names and the new publisher; a name given to another outlet now means the new one.
    ///
    /// # Errors
    /// Why the file cannot be read, in one line.
    pub fn with(file: &str) -> Result<Outlets, String> {
        let added: UserFile = toml::from_str(file).map_err(|error| {
            let line = error.span().map(|span| {
                let before = file.as_bytes().iter().take(span.start);
                before.filter(|byte| **byte == b'\n').count() + 1
            });
            let reason = error.message().replace('\n', " ");
            line.map_or(reason.clone(), |line| format!("line {line}: {reason}"))
        })?;
        let mut list = OUTLETS.list.clone();
        for outlet in added.outlet {
            let empty = |name: &str| name.trim().is_empty();
            if empty(&outlet.name) || outlet.also.iter().any(|name| empty(name)) {
                return Err("an outlet has an empty name".to_owned());
            }
            match list.iter_mut().find(|known| known.name == outlet.name) {
                Some(known) => {
                    known.agency |= outlet.agency;
                    known.also.extend(outlet.also);
                    known.publisher = outlet.publisher.or(known.publisher.take());
                }
                None => list.push(outlet),
            }
        }
        Ok(Outlets::of(list))
    }

    fn of(list: Vec<Outlet>) -> Outlets {
        let rows = || {
            list.iter().enumerate().flat_map(|(index, outlet)| {
                let names = std::iter::once(&outlet.name).chain(&outlet.also);
                names.map(move |name| (name, index))
            })
        };
        let first = |name: &str| {
            name.split([' ', '-', '/'])
                .next()
                .unwrap_or(name)
                .to_owned()
        };
        Outlets {
            agencies: Agencies::of(&list),
            names: rows().map(|(name, at)| (name.clone(), at)).collect(),
            plain: rows().map(|(name, at)| (plain(name), at)).collect(),
            first: rows().map(|(name, _)| first(name)).collect(),
            list,
        }
    }

    /// All, in the order of the file.
    pub fn all(&self) -> &[Outlet] {
        &self.list
    }

    /// The agency or outlet of this name, with its case.
    pub fn get(&self, name: &str) -> Option<&Outlet> {
        self.list.get(*self.names.get(name)?)
    }

    /// Whether a name can begin with this word.
    pub fn begins(&self, word: &str) -> bool {
        self.first.contains(word)
    }

    /// Agencies that a text names, by their usual names, each with the byte where its name begins.
    pub fn agencies_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
        let agencies = &self.agencies;
        let found = agencies
            .finder
            .iter()
            .flat_map(move |finder| finder.find_iter(text));
        found.filter_map(move |found| {
            let is_whole = !text[..found.start()].ends_with(char::is_alphanumeric)
                && !text[found.end()..].starts_with(char::is_alphanumeric);
            let agency = agencies.named.get(found.pattern().as_usize())?;
            is_whole.then(|| (found.start(), self.list[*agency].name.as_str()))
        })
    }

    /// The agency or outlet that metadata call so.
    pub fn called(&self, name: &str) -> Option<&Outlet> {
        let name = name.trim();
        self.get(name)
            .or_else(|| self.site(name))
            .or_else(|| self.list.get(*self.plain.get(&plain(name))?))
            .or_else(|| self.called(undescribed(name)?))
    }

    /// The outlet of a site: the whole name of the host, or the name in front of a common ending.
    fn site(&self, address: &str) -> Option<&Outlet> {
        let host = address.split("://").last()?.split('/').next()?;
        if host.contains(' ') || !host.contains('.') {
            return None;
        }
        let host = host.to_lowercase();
        // "edition.cnn.com": each shorter host in turn.
        let mut rest = Some(host.as_str());
        while let Some(host) = rest.filter(|host| host.contains('.')) {
            let name = ENDINGS.iter().find_map(|ending| host.strip_suffix(ending));
            let named = name.filter(|name| !name.contains('.'));
            let found = self
                .names
                .get(host)
                .or_else(|| self.plain.get(&plain(named?)));
            if let Some(&found) = found {
                return self.list.get(found);
            }
            rest = host.split_once('.').map(|(_, rest)| rest);
        }
        None
    }
}

impl Agencies {
    /// Finds the longest name where several begin.
    fn of(list: &[Outlet]) -> Self {
        let clear = |name: &str| name.len() > 4 || matches!(name, "AP" | "AFP" | "UPI" | "TASS");
        let agencies = list.iter().enumerate().filter(|(_, outlet)| outlet.agency);
        let (names, named): (Vec<&str>, Vec<usize>) = agencies
            .flat_map(|(at, outlet)| {
                let names = std::iter::once(&outlet.name).chain(&outlet.also);
                names.map(move |name| (name.as_str(), at))
            })
            .filter(|(name, _)| clear(name))
            .unzip();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names)
            .ok();
        Agencies { finder, named }
    }
}

/// Whether this is a platform, where speakers post what anyone can read: no reporting of its own.
pub fn is_platform(name: &str) -> bool {
    BUILT_IN.platforms.contains(name)
}

/// A name by its letters and digits, without its article.
fn plain(name: &str) -> String {
    let mut letters: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if letters.len() > "the".len() + 1 && letters.starts_with("the") {
        letters.drain(.."the".len());
    }
    letters
}

/// A name without the description behind it: "CNN (Web News)", "New York Times - News", "BBC News | World".
fn undescribed(name: &str) -> Option<&str> {
    let (short, description) = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once(" ("))
        .or_else(|| name.rsplit_once(" - "))
        .or_else(|| name.rsplit_once(" | "))
        .or_else(|| name.rsplit_once(", "))
        // "Sun News" is another paper than the Sun.
        .or_else(|| name.rsplit_once(' ').filter(|(_, last)| *last != "News"))?;
    let known = BUILT_IN
        .descriptions
        .contains(&description.trim().to_lowercase());
    known.then(|| short.trim_end())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[derive(Deserialize)]
    struct Examples {
        outlet: Vec<Example>,
        none: Vec<String>,
        called: Vec<Vec<String>>,
        not_called: Vec<String>,
        houses: Vec<Vec<String>>,
        other_houses: Vec<Vec<String>>,
    }

    #[derive(Deserialize)]
    struct Example {
        words: String,
        outlet: String,
        agency: bool,
    }

    #[derive(Deserialize)]
    struct File {
        examples: Examples,
    }

    #[test]
    fn each_name_stands_once() {
        let mut seen = BTreeSet::new();
        for outlet in OUTLETS.all() {
            for name in std::iter::once(&outlet.name).chain(&outlet.also) {
                assert!(seen.insert(name), "the list holds {name:?} twice");
                assert_eq!(name.trim(), name, "space around {name:?}");
            }
        }
    }

    /// No two outlets are told apart only by marks, case or an article.
    #[test]
    fn plain_names_are_clear() {
        let mut seen: std::collections::BTreeMap<String, &str> = std::collections::BTreeMap::new();
        for outlet in OUTLETS.all() {
            for name in std::iter::once(&outlet.name).chain(&outlet.also) {
                let first = seen.entry(plain(name)).or_insert(&outlet.name);
                assert_eq!(*first, outlet.name, "{name:?}");
            }
        }
    }

    #[test]
    fn the_examples_hold() {
        let File { examples } = data("outlets.toml", FILE);
        for case in &examples.outlet {
            let found = OUTLETS.get(&case.words).expect("an outlet");
            assert_eq!((&found.name, found.agency), (&case.outlet, case.agency));
        }
        for name in &examples.none {
            assert_eq!(OUTLETS.get(name), None, "{name:?} is no outlet");
        }
        for case in &examples.called {
            let found = OUTLETS.called(&case[0]).map(|outlet| outlet.name.as_str());
            assert_eq!(found, Some(case[1].as_str()), "{case:?}");
        }
        for name in &examples.not_called {
            assert_eq!(OUTLETS.called(name), None, "{name:?} is no outlet");
        }
        let house = |name: &String| OUTLETS.called(name).and_then(|o| o.publisher.clone());
        for names in &examples.houses {
            for name in names {
                assert!(house(name).is_some(), "{name:?} has a house");
                assert_eq!(house(name), house(&names[0]), "{names:?}");
            }
        }
        for names in &examples.other_houses {
            assert_ne!(house(&names[0]), house(&names[1]), "{names:?}");
        }
    }

    #[test]
    fn a_users_list_adds_and_extends() {
        let outlets = Outlets::with(
            r#"
            [[outlet]]
            name = "Harbour Post"
            also = ["The Harbour Post", "harbourpost.example"]
            publisher = "Merrow Media"

            [[outlet]]
            name = "Denver Post"
            publisher = "Merrow Media"
            "#,
        )
        .expect("a list");
        let house = |name: &str| outlets.called(name).and_then(|o| o.publisher.as_deref());
        assert_eq!(house("www.harbourpost.example"), Some("Merrow Media"));
        assert_eq!(house("The Denver Post"), Some("Merrow Media"));
        assert_eq!(outlets.called("Reuters").map(|o| o.agency), Some(true));
        assert_eq!(Outlets::built_in().called("Harbour Post"), None);
    }

    #[test]
    fn agencies_are_named_by_their_usual_names() {
        let text = "Parker told The Associated Press, AFP, the apes and the Tarn Wire.";
        let named = |outlets: &Outlets| -> Vec<(usize, String)> {
            let named = outlets.agencies_in(text);
            named.map(|(at, name)| (at, name.to_owned())).collect()
        };
        let known = [(12, "AP".to_owned()), (34, "AFP".to_owned())];
        assert_eq!(named(&OUTLETS), known);
        let file = "[[outlet]]\nname = \"TW\"\nalso = [\"Tarn Wire\"]\nagency = true";
        let added = Outlets::with(file).expect("a list");
        assert_eq!(named(&added)[2], (56, "TW".to_owned()));
    }

    #[test]
    fn what_is_wrong_with_a_list_is_one_line() {
        let check = |file: &str, expected: &str| {
            let error = Outlets::with(file).expect_err("an error");
            assert!(error.contains(expected), "{error}");
            assert!(!error.contains('\n'), "{error}");
        };
        check("", "missing field `outlet`");
        check("[[outlet]]\nnaem = \"A\"", "line 2: unknown field `naem`");
        check("[[outlet]]\nalso = [\"A\"]", "missing field `name`");
        check("[[outlet]]\nname = \" \"", "an outlet has an empty name");
        check("outlet = 3", "line 1: ");
        check("name = \"A\"", "unknown field `name`");
        check(
            "outlet = []\nplatforms = [\"A\"]",
            "unknown field `platforms`",
        );
        check("Reuters, AP", "line 1: ");
    }

    proptest::proptest! {
        #[test]
        fn any_name_is_taken(name in "\\PC{0,40}", site in "[a-zé./:-]{0,30}") {
            let _ = (OUTLETS.called(&name), OUTLETS.called(&site));
            let _ = Outlets::with(&name);
        }
    }
}
