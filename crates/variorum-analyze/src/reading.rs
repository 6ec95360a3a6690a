//! What an analysis reads of a report.
//!
//! The stages see a report through this alone, so that whoever keeps an analysis for another report with the
//! same reading cannot leave out anything that it depends on.

use variorum_model::{Credit, Moment, Report};

/// All that an analysis reads of a report: two reports with equal readings have the same analysis, but for their
/// ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading<'a> {
    pub(crate) text: &'a str,
    pub(crate) language: Option<&'a str>,
    pub(crate) analysed: bool,
    pub(crate) published: Option<Moment>,
    pub(crate) author: Option<&'a str>,
    pub(crate) credits: &'a [Credit],
}

impl<'a> Reading<'a> {
    /// What is read of a report.
    pub fn of(report: &'a Report) -> Self {
        Reading {
            text: &report.text,
            language: report.language.as_deref(),
            analysed: report.analysed,
            published: report.published,
            author: report.author.as_deref(),
            credits: &report.credits,
        }
    }
}
