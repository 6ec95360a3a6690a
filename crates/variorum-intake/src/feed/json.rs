//! JSON Feed 1 and 1.1.
//!
//! Items are taken one by one as the text is read, so those before a cut are kept.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::draft::{Draft, Parts, joined, person};
use super::names::Scope;
use super::{Trouble, plain};
use crate::python_json::mended;

/// Reads a feed.
pub(super) fn parts(text: &str, scope: &Scope) -> Parts {
    let mut parts = Parts::default();
    let text = mended(text.trim_start());
    let mut reader = serde_json::Deserializer::from_str(&text);
    let top = Top {
        parts: &mut parts,
        scope,
    };
    if let Err(error) = reader.deserialize_map(top) {
        let reason = format!("not valid JSON from here on: {error}");
        parts.troubles.push(Trouble {
            entry: Some(parts.seen + 1),
            reason,
        });
    }
    parts
}

/// The outermost object.
struct Top<'a> {
    parts: &'a mut Parts,
    scope: &'a Scope,
}

impl<'de> Visitor<'de> for Top<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "items" {
                map.next_value_seed(Items {
                    parts: self.parts,
                    scope: self.scope,
                })?;
                continue;
            }
            let field = ["title", "language", "home_page_url", "author", "authors"];
            if !field.contains(&key.as_str()) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value: Value = map.next_value()?;
            match key.as_str() {
                "title" => self.parts.title = string(&value).and_then(|t| plain::line(&t)),
                "language" => self.parts.language = string(&value),
                "home_page_url" => self.parts.home = string(&value),
                _ => self.parts.author = authors(&value).or_else(|| self.parts.author.take()),
            }
        }
        Ok(())
    }
}

/// The list of items.
struct Items<'a> {
    parts: &'a mut Parts,
    scope: &'a Scope,
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("a list of items")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(value) = items.next_element::<Value>()? {
            if let Value::Object(object) = value {
                self.parts.push(item(&object, self.scope));
            } else {
                self.parts.seen += 1;
                self.parts.trouble("not a JSON object");
            }
        }
        Ok(())
    }
}

fn item(object: &Map<String, Value>, scope: &Scope) -> Draft {
    let value = |key: &str| string(object.get(key)?);
    let link = value("url").or_else(|| value("external_url"));
    let mut draft = Draft {
        guid: value("id"),
        link: link.map(|link| scope.resolve(&link).map_or(link, String::from)),
        ..Draft::default()
    };
    let entry = &mut draft.entry;
    entry.title = value("title").and_then(|title| plain::line(&title));
    entry.author = object.get("authors").and_then(authors);
    entry.author = entry
        .author
        .take()
        .or_else(|| object.get("author").and_then(authors));
    entry.published = value("date_published");
    entry.updated = value("date_modified");
    entry.language = value("language");
    let text = || value("content_text").map(|text| plain::html(&text));
    entry.html = value("content_html").or_else(text);
    entry.summary = value("summary").map(|text| plain::html(&text));
    draft
}

/// A text that is not empty; ids are numbers at times.
fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The names of one author or of several.
fn authors(value: &Value) -> Option<String> {
    let name = |author: &Value| {
        let name = author
            .as_object()
            .map_or(Some(author), |author| author.get("name"))?;
        person(&plain::line(&string(name)?)?)
    };
    match value {
        Value::Array(authors) => joined(authors.iter().filter_map(name)),
        author => name(author),
    }
}
