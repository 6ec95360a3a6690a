//! One story file put together from the reports of one story.

use variorum_model::{Analysis, PartialDate, Report, Story, StoryReport};
use variorum_text::outlets::Outlets;

use crate::grouping::Group;
use crate::member::{Member, set_origins};
use crate::{dates, figures, origins, parties, statements, timeline, title};

/// The story of some reports, which come in the order of its group.
pub(crate) fn story(entries: &[(&Report, &Analysis)], group: Group, outlets: &Outlets) -> Story {
    let mut members = dates::members(entries, outlets);
    let origins = origins::origins(&members, outlets);
    set_origins(&mut members, &origins);
    let days = members
        .iter()
        .filter_map(|m| m.published)
        .map(|m| PartialDate::day(m.date()));
    let (from, to) = (days.clone().min(), days.max());
    let (statements, mut disagreements) = statements::statements(&members);
    let (timeline, date_disagreements) = timeline::timeline(&members);
    let (figures, figure_disagreements) = figures::figures(&members);
    disagreements.splice(0..0, date_disagreements);
    disagreements.extend(figure_disagreements);
    Story {
        id: group.id,
        title: title::title(&members, &statements),
        from,
        to,
        linked: group.linked,
        reports: members.iter().map(story_report).collect(),
        origins,
        parties: parties::parties(&members),
        statements,
        timeline,
        figures,
        positions: Vec::new(),
        disagreements,
    }
}

fn story_report(member: &Member<'_>) -> StoryReport {
    let report = member.report;
    StoryReport {
        id: report.id.clone(),
        outlet: report.outlet.clone(),
        title: report.title.clone(),
        url: report.url.clone(),
        published: member.published,
        published_from: member.published_from,
        language: report.language.clone(),
        analysed: report.analysed,
        origin: member.origin.clone(),
        sha256: report.sha256.clone(),
        retrieved: report.retrieved,
    }
}
