//! Reports and analyses for the tests of the stages.

use variorum_model::{PublishedFrom, Report};

/// An English report with a text.
pub(crate) fn report(id: &str, published: Option<&str>, text: &str) -> Report {
    let published = published.map(|day| day.parse().expect("a day"));
    Report {
        id: id.to_owned(),
        outlet: None,
        url: None,
        title: None,
        author: None,
        published,
        published_from: if published.is_some() {
            PublishedFrom::Metadata
        } else {
            PublishedFrom::None
        },
        retrieved: None,
        sha256: String::new(),
        language: Some("en".to_owned()),
        analysed: true,
        text: text.to_owned(),
        credits: Vec::new(),
        updated: None,
        page: None,
        sources: std::collections::BTreeMap::new(),
        version_of: None,
    }
}
