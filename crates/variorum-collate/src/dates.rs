//! Dates for undated reports.

use std::borrow::Cow;

use variorum_model::{Analysis, CodePoints, Report};

use crate::member::Member;

/// The members of a story, each with a date where one is known or can be inferred.
pub(crate) fn members<'a>(entries: &[(&'a Report, &'a Analysis)]) -> Vec<Member<'a>> {
    entries
        .iter()
        .map(|&(report, analysis)| Member {
            report,
            points: CodePoints::of(&report.text),
            analysis: Cow::Borrowed(analysis),
            published: report.published,
            published_from: report.published_from,
            origin: String::new(),
        })
        .collect()
}
