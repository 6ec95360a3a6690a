//! The nouns of Variorum, as plain types, and nothing else.
//!
//! Every crate speaks in these words (report, statement, origin, ...); their meaning is fixed in
//! ARCHITECTURE.md. The types serialise to the public JSON contract: a field that may be unknown is
//! `null`, a list is always there.
//!
//! - [`report`]: what intake makes of bytes.
//! - [`analysis`]: what `analyze` finds in one report.
//! - [`story`]: what `collate` makes of many reports.
//! - [`copies`]: what `copies` finds between two reports.
//! - [`stream`]: what `stories` tells of a report.
//! - [`head`]: what made an output.
//! - [`span`]: offsets in code points, and the evidence cut by them.
//! - [`date`]: days, months, years and instants as the contract writes them.
//! - [`id`]: identifiers made from content.

pub mod analysis;
pub mod copies;
pub mod date;
pub mod head;
pub mod id;
pub mod report;
pub mod span;
pub mod story;
pub mod stream;

pub use analysis::*;
pub use copies::*;
pub use date::{Moment, PartialDate, Precision};
pub use head::*;
pub use report::*;
pub use span::{CodePoints, Evidence, Span};
pub use story::*;
pub use stream::*;
