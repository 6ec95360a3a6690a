//! The commands. Each returns whether something was read.

pub(crate) mod analyze;
pub(crate) mod collate;
pub(crate) mod completions;
pub(crate) mod copies;
pub(crate) mod man;
pub(crate) mod read;
pub(crate) mod schema;
pub(crate) mod stories;
