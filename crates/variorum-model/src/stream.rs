//! What `stories` tells of each report of a stream.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The story and the origin of one report: final when it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StreamLine {
    /// Id of the report.
    pub report: String,
    /// Id of its story, made from the first report of it.
    pub story: String,
    /// Id of its origin among the reports of its story. What was not found to share an origin may
    /// still do so.
    pub origin: String,
    /// Ids of the stories that its story follows from.
    pub linked: Vec<String>,
}
