//! What `meta` elements say, by the names that the common systems use (`data/metas.toml`).

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::marks::Marks;

/// A fact that metas give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Title,
    Author,
    Outlet,
    Published,
    Updated,
    Description,
    Language,
    Url,
    Credits,
    Tier,
}

/// A value, and the name of the meta that has it.
pub(super) struct Given<'m> {
    pub name: &'m str,
    pub value: &'m str,
    rank: usize,
    field: Field,
}

/// What all metas of a page give.
pub(super) struct Metas<'m>(Vec<Given<'m>>);

impl<'m> Metas<'m> {
    /// Sorts out a page's metas.
    pub(super) fn new(marks: &'m Marks<'_>) -> Self {
        let mut all = Vec::new();
        for (name, value) in &marks.metas {
            for &(field, rank) in NAMES.get(name.as_str()).into_iter().flatten() {
                all.push(Given {
                    name,
                    value,
                    rank,
                    field,
                });
            }
        }
        all.sort_by_key(|given| given.rank);
        Metas(all)
    }

    /// The values of a field, the best first; those of one name in the order of the page.
    pub(super) fn of(&self, field: Field) -> impl Iterator<Item = &Given<'m>> {
        self.0.iter().filter(move |given| given.field == field)
    }
}

#[derive(Deserialize, Default)]
struct Table {
    title: Vec<String>,
    author: Vec<String>,
    outlet: Vec<String>,
    published: Vec<String>,
    updated: Vec<String>,
    description: Vec<String>,
    language: Vec<String>,
    url: Vec<String>,
    credits: Vec<String>,
    tier: Vec<String>,
}

impl Table {
    fn fields(self) -> [(Field, Vec<String>); 10] {
        [
            (Field::Title, self.title),
            (Field::Author, self.author),
            (Field::Outlet, self.outlet),
            (Field::Published, self.published),
            (Field::Updated, self.updated),
            (Field::Description, self.description),
            (Field::Language, self.language),
            (Field::Url, self.url),
            (Field::Credits, self.credits),
            (Field::Tier, self.tier),
        ]
    }
}

static NAMES: LazyLock<HashMap<String, Vec<(Field, usize)>>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("../../data/metas.toml")).unwrap_or_default();
    let mut names: HashMap<String, Vec<(Field, usize)>> = HashMap::new();
    for (field, list) in table.fields() {
        for (rank, name) in list.into_iter().enumerate() {
            names.entry(name).or_default().push((field, rank));
        }
    }
    names
});

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Deserialize)]
    struct Cases {
        examples: BTreeMap<String, String>,
        counter_examples: BTreeMap<String, String>,
    }

    #[test]
    fn the_data_file_keeps_its_examples() {
        let cases: Cases = toml::from_str(include_str!("../../data/metas.toml")).unwrap();
        let gives = |name: &str, field: &str| {
            let known = NAMES.get(name).into_iter().flatten();
            known
                .map(|(f, _)| format!("{f:?}").to_lowercase())
                .any(|f| f == field)
        };
        assert!(!NAMES.is_empty(), "metas.toml is not read");
        for (name, field) in &cases.examples {
            assert!(gives(name, field), "{name} gives no {field}");
        }
        for (name, field) in &cases.counter_examples {
            assert!(!gives(name, field), "{name} gives {field}");
        }
        let double = NAMES.iter().find(|(_, fields)| fields.len() > 1);
        assert_eq!(double, None, "a name stands for two fields");
    }
}
