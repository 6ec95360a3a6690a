//! What made an output, so that others can make it again.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What made an output. There is no clock in it: the same reports give the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// Version of the program.
    pub version: String,
    /// The `$id` of the schema that the output fits.
    pub schema: String,
    /// What read the reports.
    pub reader: Reader,
    /// The options that were given and bear on what was found, without the leading dashes; several values of one
    /// are joined by commas. How the output looks and where it goes is none of them.
    pub options: BTreeMap<String, String>,
    /// SHA-256 of the list of outlets that was given, hexadecimal.
    pub outlets_sha256: Option<String>,
    /// Whether the reports are the built-in sample, for want of others.
    pub sample: bool,
}

/// What reads reports.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Reader {
    /// Linear models, fast enough for archives.
    Fast,
    /// A transformer.
    Accurate,
}
