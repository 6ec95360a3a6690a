//! What a story file says of how it was made. Only what bears on its content is told, and neither where the
//! reports lay nor the time of day, so that the same reports give the same bytes.

use std::collections::BTreeMap;

use clap::ValueEnum;
use variorum_model::{Head, Reader};

use crate::args::{Collate, Kind, OutletList, Wanted};

/// The version of the program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The `$id` of the schema of an output of this version.
pub(crate) fn schema_id(kind: Kind) -> String {
    format!("urn:variorum:schema:{}:{VERSION}", name(&kind))
}

/// The head of a story file.
pub(crate) fn head(options: &Collate, reader: Reader, outlets_sha256: Option<String>) -> Head {
    Head {
        version: VERSION.to_owned(),
        schema: schema_id(Kind::StoryFile),
        reader,
        options: given(options),
        outlets_sha256,
        sample: options.paths.is_empty(),
    }
}

/// The options that were given and bear on what is found.
fn given(options: &Collate) -> BTreeMap<String, String> {
    // Taken apart, so that a new option cannot be forgotten here.
    let Collate {
        paths: _,
        format: _,
        brief: _,
        all: _,
        output: _,
        reader: _,
        outlets: OutletList { path: outlets },
        wanted:
            Wanted {
                format,
                since,
                until,
                language,
                limit,
                links,
            },
    } = options;
    let text = |value: &dyn ToString| value.to_string();
    let language = (!language.is_empty()).then(|| language.join(","));
    [
        ("as", format.as_ref().map(name)),
        ("since", since.as_ref().map(|day| text(day))),
        ("until", until.as_ref().map(|day| text(day))),
        ("language", language),
        ("limit", limit.as_ref().map(|limit| text(limit))),
        ("links", links.as_ref().map(name)),
        (
            "outlets",
            outlets.as_ref().map(|path| path.display().to_string()),
        ),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect()
}

/// A value as it is typed.
fn name(value: &impl ValueEnum) -> String {
    let value = value.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}
