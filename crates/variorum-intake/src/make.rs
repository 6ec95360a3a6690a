//! Fields to a [`Report`]: its date, title and language, each from the best place that gives it.

use std::collections::BTreeMap;

use variorum_model::id::sha256;
use variorum_model::{Moment, PublishedFrom, Report};

use crate::addresses::without_password;
use crate::fields::{Field, Fields};
use crate::ids::Ids;
use crate::kept::{is_archive, kept, original};
use crate::problem::Problem;
use crate::{dateline, dates, headline, language};

/// What a report is called when its fields give neither id nor address.
pub(crate) struct Name {
    pub id: String,
    /// The file's ending, which a clash gets.
    pub ending: Option<String>,
}

/// Makes a report. Also returns what should be said about it, one line each.
pub(crate) fn report(
    mut fields: Fields,
    name: &Name,
    plain_text: bool,
    ids: &mut Ids,
) -> Result<(Report, Vec<String>), Problem> {
    let text = fields.take(Field::Text).ok_or(Problem::NoText)?;
    has_words(&text)?;
    let mut notices = Vec::new();
    let field = |field| fields.get(field).map(str::to_owned);
    let mut day = |field: Field, name: &str| -> Option<Moment> {
        let given = fields.get(field)?;
        let moment = dates::moment(given);
        if moment.is_none() {
            let shown: String = given.chars().take(40).collect();
            notices.push(format!("{name} is not a day that can be read: {shown:?}"));
        }
        moment
    };
    let given = day(Field::Published, "date").map(|day| (day, PublishedFrom::Metadata));
    let retrieved = day(Field::Retrieved, "retrieval date");
    let updated = fields.get(Field::Updated).and_then(dates::moment);
    let published = given.or_else(|| dateline::published(&text));
    let title = field(Field::Title).filter(|title| headline::is_title(title));
    let title = title.or_else(|| {
        let found = plain_text.then(|| headline::of(&text)).flatten();
        found.map(str::to_owned)
    });
    let given = field(Field::Language).and_then(|name| language::given(&name));
    let copy = fields.get(Field::Url).and_then(kept);
    let url = field(Field::Url).map(original);
    let outlet = field(Field::Outlet).filter(|outlet| !is_archive(outlet));
    let id = match fields.get(Field::Id).or(url.as_deref()) {
        Some(id) => ids.claim(id, None),
        None => ids.claim(&name.id, name.ending.as_deref()),
    };
    let report = Report {
        id,
        outlet,
        url,
        title,
        author: field(Field::Author),
        published: published.map(|(moment, _)| moment),
        published_from: published.map_or(PublishedFrom::None, |(_, from)| from),
        retrieved: retrieved.or_else(|| copy?.copied),
        sha256: sha256(text.as_bytes()),
        language: given.or_else(|| language::detect(&text)),
        analysed: true,
        text,
        credits: Vec::new(),
        updated,
        page: None,
        sources: BTreeMap::new(),
        version_of: None,
    };
    Ok(finish(report, notices))
}

/// Takes in a report that this program wrote.
pub(crate) fn again(mut report: Report, ids: &mut Ids) -> Result<(Report, Vec<String>), Problem> {
    has_words(&report.text)?;
    report.sha256 = sha256(report.text.as_bytes());
    if report.published.is_none() {
        report.published_from = PublishedFrom::None;
    }
    report.url = report.url.map(|url| without_password(&url).into_owned());
    report.id = ids.claim(&without_password(&report.id), None);
    Ok(finish(report, Vec::new()))
}

pub(crate) fn has_words(text: &str) -> Result<(), Problem> {
    if text.chars().any(char::is_alphabetic) {
        Ok(())
    } else {
        Err(Problem::NoWords)
    }
}

pub(crate) fn finish(mut report: Report, mut notices: Vec<String>) -> (Report, Vec<String>) {
    report.analysed = report
        .language
        .as_deref()
        .is_none_or(|language| language == "en");
    notices.extend(unanalysed(&report));
    (report, notices)
}

/// What there is to say of a report in a language that is not analysed.
pub(crate) fn unanalysed(report: &Report) -> Option<String> {
    let language = report.language.as_deref().filter(|_| !report.analysed)?;
    Some(format!(
        "language {language} is not analysed yet; kept and grouped only"
    ))
}
