//! The fields of a report as exports name them: one row or object to [`Fields`].
//!
//! `data/fields.toml` lists the names, best first. Names are compared by [`key`], so that case and
//! punctuation do not count.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::addresses::without_password;

/// A field of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Field {
    Id,
    Url,
    Outlet,
    Published,
    Title,
    Author,
    Language,
    Retrieved,
    Updated,
    Text,
    Html,
    File,
}

const COUNT: usize = 12;

/// The rank of a value that came under a name for something else.
const STRAY: usize = usize::MAX;

/// The values that one row gives, each with the rank of the name that gave it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    values: [Option<(usize, String)>; COUNT],
}

impl Fields {
    /// Reads a JSON object.
    pub(crate) fn of_object(object: serde_json::Map<String, Value>) -> Self {
        let mut fields = Fields::default();
        for (name, value) in object {
            if let Some((field, rank)) = known(&name)
                && let Some(value) = plain(value)
            {
                fields.offer(field, rank, value);
            }
        }
        fields
    }

    /// Takes a value unless a better name has given one. Empty values count as absent.
    pub(crate) fn offer(&mut self, field: Field, rank: usize, value: String) {
        // `source` is an address in some exports and an outlet in others.
        let (field, rank) = if field == Field::Outlet && is_address(&value) {
            (Field::Url, STRAY)
        } else {
            (field, rank)
        };
        // An address may hold a password, and what a report is called is printed.
        let value = match without_password(&value) {
            Cow::Owned(plain) if matches!(field, Field::Url | Field::Id) => plain,
            _ => value,
        };
        let slot = &mut self.values[field as usize];
        if !value.trim().is_empty() && slot.as_ref().is_none_or(|(best, _)| rank < *best) {
            *slot = Some((rank, value));
        }
    }

    /// The value of a field; white space at its ends is not part of it, but for the text's.
    pub(crate) fn get(&self, field: Field) -> Option<&str> {
        let (_, value) = self.values[field as usize].as_ref()?;
        Some(if field == Field::Text {
            value
        } else {
            value.trim()
        })
    }

    /// Moves a field's value out.
    pub(crate) fn take(&mut self, field: Field) -> Option<String> {
        self.values[field as usize].take().map(|(_, value)| value)
    }

    /// Sets a field, if there is a value for it.
    pub(crate) fn with(mut self, field: Field, value: Option<String>) -> Self {
        if let Some(value) = value {
            self.offer(field, 0, value);
        }
        self
    }

    /// Sets the text.
    pub(crate) fn with_text(mut self, text: String) -> Self {
        self.values[Field::Text as usize] = Some((0, text));
        self
    }

    /// Fills what is absent from another row.
    pub(crate) fn fill(&mut self, other: &Fields) {
        for (slot, value) in self.values.iter_mut().zip(&other.values) {
            if slot.is_none() {
                slot.clone_from(value);
            }
        }
    }
}

/// The field that a column or key names, and how good a name for it that is (0 is best).
pub(crate) fn known(name: &str) -> Option<(Field, usize)> {
    NAMES.get(&key(name)).copied()
}

fn is_address(value: &str) -> bool {
    let value = value.trim();
    value.starts_with("http://") || value.starts_with("https://")
}

fn key(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A JSON value as plain text: several authors are joined, an object (`{"name": ...}`) gives its
/// name.
fn plain(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let parts: Vec<String> = items.into_iter().filter_map(plain).collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        }
        Value::Object(mut object) => ["name", "title", "uri", "id"]
            .iter()
            .find_map(|key| plain(object.remove(*key)?)),
        Value::Null | Value::Bool(_) => None,
    }
}

#[derive(Deserialize)]
struct Table {
    field: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: Field,
    names: Vec<String>,
    #[cfg(test)]
    examples: Vec<String>,
    #[cfg(test)]
    counter_examples: Vec<String>,
}

fn table() -> Table {
    toml::from_str(include_str!("../data/fields.toml")).unwrap_or(Table { field: Vec::new() })
}

static NAMES: LazyLock<HashMap<String, (Field, usize)>> = LazyLock::new(|| {
    let ranked = |entry: Entry| {
        let field = entry.name;
        entry
            .names
            .into_iter()
            .enumerate()
            .map(move |(rank, name)| (key(&name), (field, rank)))
    };
    table().field.into_iter().flat_map(ranked).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_keeps_its_examples() {
        let table = table();
        assert_eq!(table.field.len(), COUNT, "fields.toml is not read");
        let names: usize = table.field.iter().map(|entry| entry.names.len()).sum();
        assert_eq!(NAMES.len(), names, "a name stands for two fields");
        for entry in table.field {
            for name in &entry.examples {
                assert_eq!(known(name).map(|k| k.0), Some(entry.name), "{name:?}");
            }
            for name in &entry.counter_examples {
                assert_ne!(known(name).map(|k| k.0), Some(entry.name), "{name:?}");
            }
        }
    }

    #[test]
    fn objects_of_known_exports() {
        let check = |json: &str, field: Field, expected: Option<&str>| {
            let Ok(Value::Object(object)) = serde_json::from_str(json) else {
                panic!("{json}")
            };
            assert_eq!(
                Fields::of_object(object).get(field),
                expected,
                "{field:?} of {json}"
            );
        };
        check(r#"{"stories_id": 17, "url": "u"}"#, Field::Id, Some("17"));
        check(r#"{"id": null, "guid": "g"}"#, Field::Id, Some("g"));
        check(
            r#"{"date": "2", "publish_date": "1"}"#,
            Field::Published,
            Some("1"),
        );
        check(
            r#"{"publish_date": "", "date": "2"}"#,
            Field::Published,
            Some("2"),
        );
        check(
            r#"{"authors": ["A B", "C D"]}"#,
            Field::Author,
            Some("A B, C D"),
        );
        check(r#"{"authors": []}"#, Field::Author, None);
        check(
            r#"{"source": {"id": null, "name": "BBC"}}"#,
            Field::Outlet,
            Some("BBC"),
        );
        let trafilatura = r#"{"source": "https://bbc.com/1", "hostname": "bbc.com"}"#;
        check(trafilatura, Field::Outlet, Some("bbc.com"));
        check(trafilatura, Field::Url, Some("https://bbc.com/1"));
        check(
            r#"{"link": "https://ann:secret@bbc.com/1"}"#,
            Field::Url,
            Some("https://bbc.com/1"),
        );
        check(r#"{"source_url": "s", "url": "u"}"#, Field::Url, Some("u"));
        check(
            r#"{"text": " kept as is\n"}"#,
            Field::Text,
            Some(" kept as is\n"),
        );
        check(r#"{"title": " T "}"#, Field::Title, Some("T"));
    }
}
