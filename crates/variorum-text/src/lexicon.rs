//! Word lists: parties, places, given names, titles, roles, organisation heads; outlets have their own file.
//!
//! The lists are the files in `data/en`, read once on first use; this file only looks things up.
//! Every lookup takes the words as they stand in the text, without surrounding punctuation. Each
//! file carries examples and counter-examples, which a test runs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use variorum_model::NameKind;

/// A state, body or organised group.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Usual name in English news.
    pub name: String,
    /// [`NameKind::Place`] for a state or territory, otherwise [`NameKind::Organization`].
    pub kind: NameKind,
    /// Name of the party whose organ this is.
    pub of: Option<String>,
    /// Other names of the party itself.
    #[serde(default)]
    pub also: Vec<String>,
    /// Cities and buildings that stand for its government.
    #[serde(default)]
    pub seats: Vec<String>,
    /// Words for its people, and adjectives.
    #[serde(default)]
    pub people: Vec<String>,
    /// Weak names in small letters ("the alliance"), to trust only where the text names the party.
    #[serde(default)]
    pub context: Vec<String>,
    /// Its capital.
    pub capital: Option<String>,
}

/// How a word stands for its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AliasKind {
    /// It names the party.
    Name,
    /// It is the place where its government sits.
    Seat,
    /// It is an adjective or a word for its people.
    People,
    /// It names the party only where the text has named it otherwise.
    Context,
}

/// What a title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Title {
    /// A form of address that always stands before a name ("Mr.").
    Honorific,
    /// An office or calling that may stand before a name ("Foreign Minister").
    Office,
}

/// What a role noun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleKind {
    /// One human being.
    Person,
    /// Several.
    Group,
    /// A ministry, company, court.
    Body,
    /// A report, study, statement.
    Document,
}

/// A noun for those who speak ("officials", "ministry", "report").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// What it stands for.
    pub kind: RoleKind,
    /// Whether it takes "they".
    pub plural: bool,
}

/// All parties, in the order of the file.
pub fn parties() -> &'static [Party] {
    &LEXICON.parties
}

/// The party that a name, seat, people word or weak name stands for. Case counts, except for weak
/// names.
pub fn party(alias: &str) -> Option<&'static Party> {
    party_alias(alias).map(|(party, _)| party)
}

/// As [`party()`], with how the word stands for it.
pub fn party_alias(alias: &str) -> Option<(&'static Party, AliasKind)> {
    let lexicon = &*LEXICON;
    let &(index, kind) = lexicon.aliases.get(alias).or_else(|| {
        lexicon
            .aliases
            .get(&alias.to_lowercase())
            .filter(|a| a.1 == AliasKind::Context)
    })?;
    Some((lexicon.parties.get(index)?, kind))
}

/// Whether this is a given name ("Jens").
pub fn is_given_name(word: &str) -> bool {
    LEXICON.given_names.contains(word)
}

/// The title that these words are ("Lt. Col."), with their case.
pub fn title(words: &str) -> Option<Title> {
    LEXICON.titles.get(words).copied()
}

/// The role that these words name, in any case ("Foreign minister").
pub fn role(words: &str) -> Option<Role> {
    let roles = &LEXICON.roles;
    roles
        .get(words)
        .or_else(|| roles.get(&words.to_lowercase()))
        .copied()
}

/// The country or region of a well-known place, empty when it lies in none; `None` for words that
/// are no listed place. States and most capitals are parties or their seats: see [`party()`].
pub fn place(name: &str) -> Option<&'static str> {
    LEXICON.places.get(name).copied()
}

/// Whether the word makes a capitalised sequence the name of a body.
pub fn organization_head(word: &str) -> bool {
    LEXICON.organization_heads.contains(word)
}

/// Whether the word makes a capitalised sequence the name of a place.
pub fn place_head(word: &str) -> bool {
    LEXICON.place_heads.contains(word)
}

/// Whether the word makes a capitalised sequence the name of a law, work, day, prize or storm.
pub fn other_head(word: &str) -> bool {
    LEXICON.other_heads.contains(word)
}

/// Whether this small word may stand inside the name of a body ("Ministry **of** Health").
pub fn inside_organization(word: &str) -> bool {
    LEXICON.inside.contains(word)
}

/// Everything, ready to look up. The tables are never walked, so hash order does not show.
struct Lexicon {
    parties: Vec<Party>,
    aliases: FxHashMap<String, (usize, AliasKind)>,
    given_names: FxHashSet<&'static str>,
    titles: FxHashMap<String, Title>,
    roles: FxHashMap<String, Role>,
    places: FxHashMap<&'static str, &'static str>,
    organization_heads: FxHashSet<String>,
    place_heads: FxHashSet<String>,
    other_heads: FxHashSet<String>,
    inside: FxHashSet<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let parties: Vec<Party> = read::<PartyFile>(PARTIES).party;
    let titles: TitleFile = read(TITLES);
    let heads: HeadFile = read(ORGANIZATIONS);
    let title_rows = |words: Vec<String>, title| words.into_iter().map(move |w| (w, title));
    Lexicon {
        aliases: parties
            .iter()
            .enumerate()
            .flat_map(|(index, party)| {
                names_of(party).map(move |(alias, kind)| (alias.to_owned(), (index, kind)))
            })
            .collect(),
        parties,
        given_names: rows(GIVEN_NAMES).collect(),
        titles: title_rows(titles.offices, Title::Office)
            .chain(title_rows(titles.honorifics, Title::Honorific))
            .collect(),
        roles: titles
            .roles
            .into_iter()
            .flat_map(|(kind, numbers)| {
                let singular = numbers
                    .singular
                    .into_iter()
                    .map(move |w| (w, (kind, false)));
                singular.chain(numbers.plural.into_iter().map(move |w| (w, (kind, true))))
            })
            .map(|(word, (kind, plural))| (word, Role { kind, plural }))
            .collect(),
        places: rows(PLACES)
            .map(|row| row.split_once('\t').unwrap_or((row, "")))
            .collect(),
        organization_heads: heads.organization.into_iter().collect(),
        place_heads: heads.place.into_iter().collect(),
        other_heads: heads.other.into_iter().collect(),
        inside: heads.inside.into_iter().collect(),
    }
});

const PARTIES: &str = include_str!("../data/en/parties.toml");
const PLACES: &str = include_str!("../data/en/places.tsv");
const GIVEN_NAMES: &str = include_str!("../data/en/given-names.txt");
const TITLES: &str = include_str!("../data/en/titles.toml");
const ORGANIZATIONS: &str = include_str!("../data/en/organizations.toml");

#[derive(Default, Deserialize)]
struct PartyFile {
    party: Vec<Party>,
}

#[derive(Default, Deserialize)]
struct TitleFile {
    honorifics: Vec<String>,
    offices: Vec<String>,
    roles: BTreeMap<RoleKind, Numbers>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Numbers {
    singular: Vec<String>,
    plural: Vec<String>,
}

#[derive(Default, Deserialize)]
struct HeadFile {
    organization: Vec<String>,
    inside: Vec<String>,
    place: Vec<String>,
    other: Vec<String>,
}

/// Reads a list that is compiled in; a test holds that each of them parses.
fn read<T: Default + for<'de> Deserialize<'de>>(file: &str) -> T {
    toml::from_str(file).unwrap_or_default()
}

/// The lines of a plain list, without comments and blank lines.
fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Every name of a party with what it is to it.
fn names_of(party: &Party) -> impl Iterator<Item = (&str, AliasKind)> {
    let with =
        |names, kind| <[String]>::iter(names).map(move |name: &String| (name.as_str(), kind));
    std::iter::once((party.name.as_str(), AliasKind::Name))
        .chain(with(&party.also, AliasKind::Name))
        .chain(with(&party.seats, AliasKind::Seat))
        .chain(with(&party.people, AliasKind::People))
        .chain(with(&party.context, AliasKind::Context))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn examples(file: &str) -> toml::Table {
        let table: toml::Table = toml::from_str(file).expect("the list parses");
        table["examples"]
            .as_table()
            .expect("examples are a table")
            .clone()
    }

    fn words<'a>(examples: &'a toml::Table, key: &str) -> Vec<&'a str> {
        let list = examples[key].as_array().expect("a list of words");
        list.iter()
            .map(|word| word.as_str().expect("a word"))
            .collect()
    }

    fn cases<'a>(examples: &'a toml::Table, key: &str) -> Vec<&'a toml::Table> {
        let list = examples[key].as_array().expect("a list of cases");
        list.iter()
            .map(|case| case.as_table().expect("a case"))
            .collect()
    }

    fn assert_distinct<'a>(list: &str, entries: impl IntoIterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for entry in entries {
            assert!(seen.insert(entry), "{list} holds {entry:?} twice");
            assert_eq!(entry.trim(), entry, "{list}: space around {entry:?}");
        }
        assert!(!seen.is_empty(), "{list} is empty");
    }

    #[test]
    fn every_list_parses_and_holds_each_word_once() {
        let parties: PartyFile = toml::from_str(PARTIES).expect("parties");
        assert_distinct(
            "parties",
            parties
                .party
                .iter()
                .flat_map(names_of)
                .map(|(name, _)| name),
        );
        for party in &parties.party {
            for name in &party.context {
                assert_eq!(
                    *name,
                    name.to_lowercase(),
                    "weak names stand in small letters"
                );
            }
            if let Some(of) = &party.of {
                assert!(
                    parties.party.iter().any(|p| p.name == *of),
                    "no party {of:?}"
                );
            }
        }
        let titles: TitleFile = toml::from_str(TITLES).expect("titles");
        assert_distinct(
            "titles",
            titles
                .honorifics
                .iter()
                .chain(&titles.offices)
                .map(String::as_str),
        );
        let numbers = titles
            .roles
            .values()
            .flat_map(|n| n.singular.iter().chain(&n.plural));
        assert_distinct("roles", numbers.map(String::as_str));
        let heads: HeadFile = toml::from_str(ORGANIZATIONS).expect("organizations");
        for list in [
            &heads.organization,
            &heads.place,
            &heads.other,
            &heads.inside,
        ] {
            assert_distinct("organizations", list.iter().map(String::as_str));
        }
        assert_distinct("given names", rows(GIVEN_NAMES));
        assert_distinct(
            "places",
            rows(PLACES).map(|r| r.split_once('\t').expect("a tab").0),
        );
        for (name, parent) in rows(PLACES).filter_map(|row| row.split_once('\t')) {
            assert!(
                parent.is_empty() || party(parent).is_some(),
                "{name}: no party {parent:?}"
            );
        }
    }

    #[test]
    fn the_examples_of_each_list_hold() {
        let of = examples(PARTIES);
        for case in cases(&of, "party") {
            let found = party(case["words"].as_str().unwrap_or("")).map(|p| p.name.as_str());
            assert_eq!(found, case["party"].as_str(), "{case:?}");
        }
        for word in words(&of, "none") {
            assert_eq!(party(word), None, "{word:?} names no party");
        }

        let of = examples(TITLES);
        for word in words(&of, "title") {
            assert!(title(word).is_some(), "{word:?} is a title");
        }
        for word in words(&of, "not_title") {
            assert_eq!(title(word), None, "{word:?} is no title");
        }
        for case in cases(&of, "role") {
            let found = role(case["words"].as_str().unwrap_or("")).expect("a role");
            let kind = format!("{:?}", found.kind).to_lowercase();
            assert_eq!(Some(kind.as_str()), case["kind"].as_str(), "{case:?}");
            assert_eq!(
                found.plural,
                case["number"].as_str() == Some("plural"),
                "{case:?}"
            );
        }
        for word in words(&of, "not_role") {
            assert_eq!(role(word), None, "{word:?} is no role");
        }

        let of = examples(ORGANIZATIONS);
        for word in words(&of, "organization") {
            assert!(organization_head(word), "{word:?} heads the name of a body");
        }
        for word in words(&of, "place") {
            assert!(place_head(word), "{word:?} heads the name of a place");
        }
        for word in words(&of, "other") {
            assert!(other_head(word), "{word:?} heads another name");
        }
        for word in words(&of, "none") {
            assert!(
                !organization_head(word) && !place_head(word) && !other_head(word),
                "{word:?}"
            );
        }
    }

    #[test]
    fn plain_lookups() {
        assert!(is_given_name("Jens") && is_given_name("Volodymyr"));
        assert!(!is_given_name("Stoltenberg") && !is_given_name("The"));
        assert_eq!(place("Crimea"), Some("Ukraine"));
        assert_eq!(place("Black Sea"), Some(""));
        assert_eq!(place("Nowhere"), None);
        assert!(inside_organization("of") && !inside_organization("said"));
        let (nato, kind) = party_alias("The alliance").expect("a weak name");
        assert_eq!((nato.name.as_str(), kind), ("NATO", AliasKind::Context));
    }
}
