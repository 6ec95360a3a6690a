//! A report inside its story: the report, its analysis and what collating has learned about it; and how many
//! origins stand behind a line that several reports have.
//!
//! A line comes from the origin of its report, unless the report names another medium for it ("told Reuters"):
//! then it comes from there, and two reports that both have it from there have it from one origin. Where the
//! medium is itself among the story's reports, that is the origin of its report.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{
    Analysis, CodePoints, Evidence, Moment, Origin, OriginKind, PublishedFrom, Report, Span,
};
use variorum_text::outlets::{Outlets, is_platform};

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
    /// The known agencies and outlets.
    pub outlets: &'a Outlets,
    /// Id of its origin; empty until origins are found.
    pub origin: String,
    /// The origin of each medium that it names for a line: the id of an origin, or else the medium.
    pub media: BTreeMap<String, String>,
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

    /// Where a line comes from for which the report names a medium or none.
    fn origin_of(&self, via: Option<&str>) -> &str {
        via.and_then(|via| self.media.get(via))
            .unwrap_or(&self.origin)
    }

    /// The media that the report names for its lines. What is posted for anyone to read is no medium's.
    fn media_named(&self) -> BTreeSet<&str> {
        let analysis = &self.analysis;
        let said = analysis.statements.iter().map(|one| &one.via);
        let counted = analysis.figures.iter().map(|one| &one.via);
        let told = analysis.events.iter().map(|one| &one.via);
        let all = said.chain(counted).chain(told).flatten();
        all.map(String::as_str)
            .filter(|name| !is_platform(name))
            .collect()
    }
}

/// Notes the origin of each member, and of each medium that it names.
pub(crate) fn set_origins(members: &mut [Member<'_>], origins: &[Origin]) {
    let mut of_report: BTreeMap<&str, &str> = BTreeMap::new();
    for origin in origins {
        of_report.extend(
            origin
                .reports
                .iter()
                .map(|id| (id.as_str(), origin.id.as_str())),
        );
    }
    for member in members.iter_mut() {
        if let Some(origin) = of_report.get(member.report.id.as_str()) {
            (*origin).clone_into(&mut member.origin);
        }
    }
    let mut of_medium: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for member in members.iter() {
        let given = member.report.outlet.as_deref();
        if let Some(outlet) = given.and_then(|name| member.outlets.called(name)) {
            let of = of_medium.entry(outlet.name.clone()).or_default();
            of.insert(member.origin.clone());
        }
    }
    for origin in origins
        .iter()
        .filter(|origin| origin.kind == OriginKind::Agency)
    {
        if let Some(agency) = &origin.agency {
            of_medium
                .entry(agency.clone())
                .or_default()
                .insert(origin.id.clone());
        }
    }
    for member in members {
        let origin = |name: &str| {
            let of = of_medium.get(name).filter(|of| of.len() == 1);
            of.and_then(BTreeSet::first)
                .cloned()
                .unwrap_or_else(|| name.to_owned())
        };
        let media = member.media_named().into_iter();
        member.media = media.map(|name| (name.to_owned(), origin(name))).collect();
    }
}

/// How many origins some lines have at most, each given by its report and the medium named for it.
///
/// Reports of one origin that do not all have the line from one medium have it from their own.
pub(crate) fn origin_count<'v>(
    members: &[Member<'_>],
    lines: impl IntoIterator<Item = (usize, Option<&'v str>)>,
) -> usize {
    let mut sources: BTreeMap<&str, &str> = BTreeMap::new();
    for (member, via) in lines {
        let member = &members[member];
        let source = member.origin_of(via);
        let known = sources.entry(&member.origin).or_insert(source);
        if *known != source {
            *known = &member.origin;
        }
    }
    sources.into_values().collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::report;

    /// Reports as "outlet: medium named for the line"; a report with "=" shares its origin with the one before.
    fn check(reports: &[(&str, &str)], expected: usize) {
        let told: Vec<(Report, Analysis)> = reports
            .iter()
            .enumerate()
            .map(|(at, (outlet, via))| {
                let mut report = report(&at.to_string(), Some("2022-01-07"), "It rains.");
                report.outlet = Some(outlet.trim_start_matches('=').to_owned());
                let mut analysis = Analysis::bare(&report);
                analysis.figures.push(variorum_model::Figure {
                    start: 0,
                    end: 2,
                    what: "it".to_owned(),
                    unit: None,
                    min: None,
                    max: None,
                    approximate: false,
                    via: (!via.is_empty()).then(|| (*via).to_owned()),
                });
                (report, analysis)
            })
            .collect();
        let mut origins: Vec<Origin> = Vec::new();
        for ((outlet, _), (report, _)) in reports.iter().zip(&told) {
            match origins.last_mut().filter(|_| outlet.starts_with('=')) {
                Some(last) => last.reports.push(report.id.clone()),
                None => origins.push(Origin {
                    id: format!("o{}", report.id),
                    reports: vec![report.id.clone()],
                    kind: OriginKind::Single,
                    agency: None,
                    edges: Vec::new(),
                }),
            }
        }
        let entries: Vec<_> = told.iter().map(|(r, a)| (r, a)).collect();
        let mut members = crate::dates::members(&entries, Outlets::built_in());
        set_origins(&mut members, &origins);
        let lines = (0..told.len()).map(|at| (at, told[at].1.figures[0].via.as_deref()));
        assert_eq!(origin_count(&members, lines), expected, "{reports:?}");
    }

    #[test]
    fn a_line_has_the_origin_that_its_reports_name() {
        check(&[("The Hill", ""), ("Politico", "")], 2);
        check(&[("The Hill", "Reuters"), ("Politico", "Reuters")], 1);
        check(&[("The Hill", "Reuters"), ("Politico", "AFP")], 2);
        check(&[("The Hill", "Reuters"), ("Politico", "")], 2);
        // The medium is itself among the reports, under whatever name.
        check(&[("The Hill", "Reuters"), ("www.reuters.com", "")], 1);
        check(&[("The Hill", "Reuters"), ("Reuters", "Reuters")], 1);
        // Copies that do not all name it.
        check(
            &[
                ("The Hill", "Reuters"),
                ("=Salon", ""),
                ("Politico", "Reuters"),
            ],
            2,
        );
        check(&[("The Hill", "Reuters"), ("=Salon", "AFP")], 1);
        // What anyone can read is nobody's reporting.
        check(&[("The Hill", "Twitter"), ("Politico", "Twitter")], 2);
    }
}
