//! A report inside its story: the report, its analysis and what collating has learned about it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use variorum_model::{Analysis, CodePoints, Evidence, Moment, PublishedFrom, Report, Span};

/// A report inside its story.
pub(crate) struct Member<'a> {
    /// The report as intake gave it.
    pub report: &'a Report,
    /// Index of its text.
    pub points: CodePoints<'a>,
    /// Its analysis; for an undated report with its times resolved against the inferred date.
    pub analysis: Cow<'a, Analysis>,
    /// When it was published, inferred where it is undated.
    pub published: Option<Moment>,
    /// Where that date comes from.
    pub published_from: PublishedFrom,
    /// Id of its origin; empty until origins are found.
    pub origin: String,
}

impl Member<'_> {
    /// The words of a span as evidence.
    pub(crate) fn evidence(&self, span: Span) -> Evidence {
        self.points.evidence(&self.report.id, span)
    }

    /// The words of a span.
    pub(crate) fn words(&self, span: Span) -> &str {
        self.points.slice(span)
    }
}

/// How many origins some members of a story have, at most.
pub(crate) fn origin_count(
    members: &[Member<'_>],
    chosen: impl IntoIterator<Item = usize>,
) -> usize {
    chosen
        .into_iter()
        .map(|i| members[i].origin.as_str())
        .collect::<BTreeSet<_>>()
        .len()
}
