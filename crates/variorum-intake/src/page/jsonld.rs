//! JSON-LD: what a page tells search engines about its article.
//!
//! Scripts are read leniently (comments and CDATA around the data, line breaks in strings, commas
//! before a closing bracket); `@graph`, arrays and `@id` references are followed.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::tree::unescaped;

/// A longer script is no description of an article.
const LONGEST: usize = 4 << 20;
/// Objects are looked for so deep.
const DEEPEST: usize = 6;
/// ... and references are followed so often.
const STEPS: usize = 4;

/// Reads scripts. What cannot be read is left out.
pub(super) fn read<'t>(scripts: impl Iterator<Item = std::borrow::Cow<'t, str>>) -> Vec<Value> {
    let mut values = Vec::new();
    for script in scripts {
        let text = bare(&script);
        if text.is_empty() || text.len() > LONGEST {
            continue;
        }
        let (found, whole) = all_values(text);
        if whole {
            values.extend(found);
        } else {
            let (repaired, _) = all_values(&repaired(text));
            values.extend(if repaired.is_empty() { found } else { repaired });
        }
    }
    values
}

/// The values of a script, one after another, and whether all of it was read.
fn all_values(text: &str) -> (Vec<Value>, bool) {
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        match value {
            Ok(value) => values.push(value),
            Err(_) => return (values, false),
        }
    }
    (values, true)
}

fn bare(script: &str) -> &str {
    let start = script.find(['{', '[']).unwrap_or(script.len());
    // `//<![CDATA[` has a bracket of its own.
    let start = match script.find("<![CDATA[") {
        Some(at) if at < start + 8 => {
            let from = at + 9;
            script
                .get(from..)
                .and_then(|rest| rest.find(['{', '[']))
                .map_or(script.len(), |found| from + found)
        }
        _ => start,
    };
    let end = script.rfind(['}', ']']).map_or(0, |at| at + 1);
    let text = script.get(start..end).unwrap_or_default();
    let text = text
        .strip_suffix("]]")
        .filter(|_| script.contains("<![CDATA["))
        .unwrap_or(text);
    text.trim_end_matches(['/', '*', ' ', '\n', '\r', '\t'])
}

/// JSON with its usual faults mended: control characters and wrong escapes in strings, commas
/// before a closing bracket.
fn repaired(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        if in_string {
            match c {
                '"' => {
                    in_string = false;
                    out.push('"');
                }
                '\\' => match chars.next() {
                    Some(e @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                        out.push('\\');
                        out.push(e);
                    }
                    Some(other) if !other.is_control() => out.push(other),
                    _ => out.push(' '),
                },
                c if c.is_control() => out.push(' '),
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => {
                in_string = true;
                out.push('"');
            }
            '}' | ']' => {
                let end = out.trim_end().len();
                if out.get(..end).is_some_and(|o| o.ends_with(',')) {
                    out.truncate(end - 1);
                }
                out.push(c);
            }
            ';' => {}
            c => out.push(c),
        }
    }
    out
}

/// The objects of a page's scripts.
pub(super) struct Graph<'v> {
    objects: Vec<&'v Map<String, Value>>,
    by_id: HashMap<&'v str, &'v Map<String, Value>>,
}

impl<'v> Graph<'v> {
    /// Finds the objects.
    pub(super) fn new(values: &'v [Value]) -> Self {
        let mut graph = Graph {
            objects: Vec::new(),
            by_id: HashMap::new(),
        };
        for value in values {
            graph.add(value, 0);
            graph.add_ids(value);
        }
        graph
    }

    fn add(&mut self, value: &'v Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.add(item, depth + 1)),
            Value::Object(object) => {
                self.objects.push(object);
                for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(below) = object.get(key) {
                        self.add(below, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// `serde_json` reads no value deeper than 128.
    fn add_ids(&mut self, value: &'v Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.add_ids(item)),
            Value::Object(object) => {
                if let Some(id) = object.get("@id").and_then(Value::as_str)
                    && object.len() > 1
                {
                    let known = self.by_id.entry(id).or_insert(object);
                    if object.contains_key("name") && !known.contains_key("name") {
                        *known = object;
                    }
                }
                object.values().for_each(|below| self.add_ids(below));
            }
            _ => {}
        }
    }

    /// All objects found.
    pub(super) fn objects(&self) -> &[&'v Map<String, Value>] {
        &self.objects
    }

    /// The object that describes the page's article: the first of the best type. Where several
    /// have it, that whose headline the page shows (`is_shown`).
    pub(super) fn article(
        &self,
        is_shown: impl Fn(&str) -> bool,
    ) -> Option<&'v Map<String, Value>> {
        let ranked = |object: &&'v Map<String, Value>| {
            let rank = types(object).filter_map(rank).max()?;
            let title = text(object, "headline").or_else(|| text(object, "name"));
            Some((rank, title.is_some_and(|title| is_shown(&title)), *object))
        };
        let mut best: Option<(u8, bool, &'v Map<String, Value>)> = None;
        for found in self.objects.iter().filter_map(ranked) {
            if best.is_none_or(|best| (found.0, found.1) > (best.0, best.1)) {
                best = Some(found);
            }
        }
        best.map(|(_, _, object)| object)
    }

    /// Follows a reference.
    pub(super) fn resolved(&self, value: &'v Value) -> Option<&'v Map<String, Value>> {
        let mut object = value.as_object()?;
        for _ in 0..STEPS {
            let known = ["name", "url"].iter().any(|key| object.contains_key(*key));
            match object.get("@id").and_then(Value::as_str) {
                Some(id) if !known => match self.by_id.get(id) {
                    Some(next) if !std::ptr::eq(*next, object) => object = next,
                    _ => break,
                },
                _ => break,
            }
        }
        Some(object)
    }

    /// The names in a property (a text, an object, a reference or a list of them), and whether
    /// each is of an organisation.
    pub(super) fn names(&self, object: &'v Map<String, Value>, key: &str) -> Vec<(String, bool)> {
        let mut names = Vec::new();
        if let Some(value) = object.get(key) {
            self.add_names(value, &mut names, 0);
        }
        names
    }

    fn add_names(&self, value: &'v Value, names: &mut Vec<(String, bool)>, depth: usize) {
        match value {
            _ if depth > STEPS || names.len() > 50 => {}
            Value::String(name) => names.extend(plain(name).map(|name| (name, false))),
            Value::Array(items) => {
                for item in items {
                    self.add_names(item, names, depth + 1);
                }
            }
            Value::Object(_) => {
                let Some(object) = self.resolved(value) else {
                    return;
                };
                let group = types(object).any(|t| t.ends_with("Organization"));
                if let Some(name @ (Value::Array(_) | Value::Object(_))) = object.get("name") {
                    self.add_names(name, names, depth + 1);
                    return;
                }
                let name = text(object, "name").or_else(|| {
                    let given = text(object, "givenName")?;
                    let family = text(object, "familyName")?;
                    Some(format!("{given} {family}"))
                });
                names.extend(name.map(|name| (name, group)));
            }
            _ => {}
        }
    }
}

/// The types of an object, without the vocabulary's address.
pub(super) fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let one = object.get("@type").and_then(Value::as_str);
    let many = object.get("@type").and_then(Value::as_array);
    let many = many.into_iter().flatten().filter_map(Value::as_str);
    one.into_iter()
        .chain(many)
        .map(|name| name.rsplit(['/', ':']).next().unwrap_or(name))
}

fn rank(name: &str) -> Option<u8> {
    Some(match name {
        "LiveBlogPosting" => 6,
        name if name.ends_with("Article") || name.ends_with("BlogPosting") => 5,
        "Report" | "SocialMediaPosting" | "Article " => 5,
        "Review" | "Recipe" | "HowTo" | "DiscussionForumPosting" => 4,
        "ImageGallery" | "VideoObject" | "PodcastEpisode" => 3,
        "WebPage" | "ItemPage" | "MedicalWebPage" | "AboutPage" | "FAQPage" | "QAPage" => 2,
        _ => return None,
    })
}

/// A property as plain words.
pub(super) fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::String(text) => plain(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => items.iter().find_map(|item| plain(item.as_str()?)),
        Value::Object(object) => object.get("@value").and_then(Value::as_str).and_then(plain),
        _ => None,
    }
}

/// Text without character references and with single spaces; `None` when nothing is left.
pub(super) fn plain(text: &str) -> Option<String> {
    let once = unescaped(text, false);
    let twice = unescaped(&once, false);
    let words: Vec<&str> = twice.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
