//! Which reports are wanted: by day, by language, and how many.

use jiff::civil::Date;
use variorum_model::{Moment, Report};

use crate::options::Options;

/// Whether a report is wanted. What is not known of it never speaks against it; a report without a
/// date is not older than when it was fetched.
pub(crate) fn wants(options: &Options, report: &Report) -> bool {
    let language = report.language.as_ref();
    let fits = language.is_none_or(|language| {
        options.languages.is_empty() || options.languages.contains(language)
    });
    fits && match report.published {
        Some(published) => is_between(options, published.date()),
        None => options
            .since
            .is_none_or(|since| report.retrieved.is_none_or(|moment| moment.date() >= since)),
    }
}

/// Whether a link may lead to a wanted report, by the date that its list gives.
pub(crate) fn may_lead(
    options: &Options,
    published: Option<Moment>,
    updated: Option<Moment>,
) -> bool {
    match (published, updated) {
        (Some(published), _) => is_between(options, published.date()),
        // What was changed later may have been published before.
        (None, Some(updated)) => options.since.is_none_or(|since| updated.date() >= since),
        (None, None) => true,
    }
}

fn is_between(options: &Options, day: Date) -> bool {
    options.since.is_none_or(|since| day >= since) && options.until.is_none_or(|until| day <= until)
}
