//! `variorum schema`: the JSON Schema (draft 2020-12) of an output, made from its type.

use std::io::{Write, stdout};

use anyhow::Result;
use schemars::generate::SchemaSettings;
use variorum_model::{Analysis, Report, SharedText, StoryFile, StreamLine};

use crate::args::Kind;
use crate::head::schema_id;

/// Runs the command.
pub(crate) fn run(kind: Kind) -> Result<bool> {
    // Of what is written, where every field is present, and not of what could be read.
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let mut schema = match kind {
        Kind::Report => generator.into_root_schema_for::<Report>(),
        Kind::Analysis => generator.into_root_schema_for::<Analysis>(),
        Kind::Copies => generator.into_root_schema_for::<SharedText>(),
        Kind::Stories => generator.into_root_schema_for::<StreamLine>(),
        Kind::StoryFile => generator.into_root_schema_for::<StoryFile>(),
    };
    if let Some(object) = schema.as_object_mut() {
        object.shift_insert(1, "$id".to_owned(), schema_id(kind).into());
    }
    let mut out = stdout().lock();
    writeln!(out, "{}", serde_json::to_string_pretty(&schema)?)?;
    out.flush()?;
    Ok(true)
}
