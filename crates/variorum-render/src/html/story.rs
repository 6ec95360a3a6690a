//! One story of the page: its head, disagreements, positions, parties and reports.

use variorum_model::{Disagreement, DisagreementKind, Story, StoryFile, StoryReport};

use super::anchors::{Anchors, StoryAnchors};
use super::figures::{self, FigureView};
use super::origins::{self, OriginView};
use super::statements::{self, SpeakerView};
use super::texts::{self, Passage, Texts};
use super::timeline::{self, TimelineView};
use crate::diff::{self, Piece};
use crate::labels::{self, Labels};
use crate::{dates, quote, sides, wordings, words};

/// One story.
pub(super) struct StoryView {
    pub(super) anchor: String,
    /// Level of its heading: 1 for an only story, 2 below a list of stories.
    pub(super) level: u8,
    pub(super) title: String,
    pub(super) period: Option<String>,
    pub(super) counts: String,
    /// Titles and ids of the stories it is linked to.
    pub(super) linked: Vec<(String, String)>,
    /// Ids and names of its sections.
    pub(super) contents: Vec<(String, String)>,
    pub(super) origins: Vec<OriginView>,
    pub(super) singles: Option<String>,
    pub(super) disagreements: Vec<DisagreementView>,
    pub(super) speakers: Vec<SpeakerView>,
    /// Speakers of what is less certain.
    pub(super) folded: Vec<SpeakerView>,
    /// What stands over it.
    pub(super) less_certain: String,
    pub(super) timeline: Option<TimelineView>,
    pub(super) figures: Vec<FigureView>,
    pub(super) positions: Vec<PositionView>,
    pub(super) parties: Vec<PartyView>,
    pub(super) reports: Vec<ReportView>,
}

/// One disagreement.
pub(super) struct DisagreementView {
    pub(super) anchor: String,
    pub(super) question: &'static str,
    pub(super) what: String,
    /// Id of what the sides differ on.
    pub(super) about: Option<String>,
    pub(super) sides: Vec<SideView>,
}

/// One side of a disagreement.
pub(super) struct SideView {
    pub(super) before: &'static str,
    pub(super) pieces: Vec<Piece>,
    pub(super) after: &'static str,
    pub(super) who: String,
    /// Empty for one report.
    pub(super) counts: String,
    pub(super) passages: Vec<Passage>,
}

/// What a party demands, offers, rejects ...
pub(super) struct PositionView {
    pub(super) anchor: String,
    pub(super) line: String,
    pub(super) who: String,
    pub(super) passages: Vec<Passage>,
}

/// A party.
pub(super) struct PartyView {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) also: String,
    pub(super) counts: String,
}

/// A report in the list.
pub(super) struct ReportView {
    pub(super) label: String,
    pub(super) title: Option<String>,
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) published: String,
    pub(super) note: Option<String>,
    /// With which reports it shares an origin.
    pub(super) shares_with: Option<String>,
    /// Id of its full text.
    pub(super) text: Option<String>,
}

/// Builds every story of the file.
pub(super) fn views(
    file: &StoryFile,
    anchors: &mut Anchors,
    texts: &mut Texts<'_>,
) -> Vec<StoryView> {
    let ids: Vec<String> = file
        .stories
        .iter()
        .map(|s| anchors.claim("story", &s.id))
        .collect();
    let mut views = Vec::new();
    for (story, id) in file.stories.iter().zip(&ids) {
        let mut view = view(story, id, anchors, texts);
        view.level = if file.stories.len() > 1 { 2 } else { 1 };
        view.linked = file
            .stories
            .iter()
            .zip(&ids)
            .filter(|(other, _)| other.id != story.id && story.linked.contains(&other.id))
            .map(|(other, id)| (words::title(other), id.clone()))
            .collect();
        views.push(view);
    }
    views
}

fn view(story: &Story, id: &str, anchors: &mut Anchors, texts: &mut Texts<'_>) -> StoryView {
    let labels = Labels::of(story);
    let places = StoryAnchors::of(story, anchors);
    let mut view = StoryView {
        anchor: id.to_owned(),
        level: 1,
        title: words::title(story),
        period: dates::period(story.from, story.to),
        counts: words::story_counts(story),
        linked: Vec::new(),
        contents: Vec::new(),
        origins: origins::views(story, &labels, anchors, texts),
        singles: origins::singles(story, &labels),
        disagreements: story
            .disagreements
            .iter()
            .zip(&places.disagreements)
            .map(|(d, anchor)| disagreement(story, d, anchor, &places, &labels, texts))
            .collect(),
        speakers: statements::views(story, &places, &labels, anchors, texts, false),
        folded: statements::views(story, &places, &labels, anchors, texts, true),
        less_certain: words::less_certain(wordings::number(story, true)),
        timeline: timeline::view(story, &places, &labels, texts),
        figures: figures::views(story, &places, &labels, texts),
        positions: positions(story, &places, &labels, texts),
        parties: parties(story),
        reports: story
            .reports
            .iter()
            .map(|r| report(story, r, &labels, texts))
            .collect(),
    };
    view.contents = contents(story, id);
    view
}

/// The sections that the story has, with what each holds.
fn contents(story: &Story, id: &str) -> Vec<(String, String)> {
    [
        ("disagreements", story.disagreements.len(), "disagreement"),
        ("statements", wordings::number(story, false), "statement"),
        ("timeline", story.timeline.len(), "event"),
        ("figures", story.figures.len(), "figure"),
        ("positions", story.positions.len(), "position"),
        ("parties", story.parties.len(), "party"),
        ("reports", story.reports.len(), "report"),
    ]
    .into_iter()
    .filter(|(_, number, _)| *number > 0)
    .map(|(section, number, one)| {
        let words = match (one, number) {
            ("party", 1) => "1 party".to_owned(),
            ("party", _) => format!("{number} parties"),
            _ => words::count(number, one),
        };
        (format!("{id}-{section}"), words)
    })
    .collect()
}

fn disagreement(
    story: &Story,
    disagreement: &Disagreement,
    anchor: &str,
    places: &StoryAnchors,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> DisagreementView {
    let values: Vec<String> = disagreement
        .sides
        .iter()
        .map(|side| sides::value(story, disagreement, side))
        .collect();
    let worded = disagreement.kind == DisagreementKind::Wording;
    let mut views = Vec::new();
    for (at, side) in disagreement.sides.iter().enumerate() {
        let is_quoted = worded && values[at].starts_with('“') && values[at].ends_with('”');
        let bare = if is_quoted {
            quote::bare(&values[at])
        } else {
            values[at].clone()
        };
        let others: Vec<String> = values
            .iter()
            .enumerate()
            .filter(|(other, _)| worded && *other != at)
            .map(|(_, value)| quote::bare(value))
            .collect();
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        let (before, after) = if is_quoted {
            quote::around(&bare)
        } else {
            ("", "")
        };
        views.push(SideView {
            before,
            pieces: diff::against(&bare, &others),
            after,
            who: labels.list(side.reports.iter().map(String::as_str)),
            counts: match side.reports.len() {
                0 | 1 => String::new(),
                reports => words::carried_by(reports, side.origin_count),
            },
            passages: side
                .evidence
                .iter()
                .map(|e| texts.passage(e, anchor, labels))
                .map(|p| {
                    if side.reports.len() == 1 {
                        p.unnamed()
                    } else {
                        p
                    }
                })
                .collect(),
        });
    }
    DisagreementView {
        anchor: anchor.to_owned(),
        question: words::disagreement(disagreement.kind),
        what: quote::line(&disagreement.what),
        about: places.get(&disagreement.about).map(str::to_owned),
        sides: views,
    }
}

fn positions(
    story: &Story,
    places: &StoryAnchors,
    labels: &Labels<'_>,
    texts: &mut Texts<'_>,
) -> Vec<PositionView> {
    story
        .positions
        .iter()
        .zip(&places.positions)
        .map(|(position, anchor)| PositionView {
            anchor: anchor.clone(),
            line: words::position_line(position),
            who: words::carriers(
                position.evidence.iter().map(|e| e.report.as_str()),
                position.origin_count,
                labels,
            ),
            passages: position
                .evidence
                .iter()
                .map(|e| texts.passage(e, anchor, labels))
                .collect(),
        })
        .collect()
}

fn parties(story: &Story) -> Vec<PartyView> {
    story
        .parties
        .iter()
        .map(|party| {
            let also: Vec<String> = party.also.iter().map(|name| quote::line(name)).collect();
            PartyView {
                name: quote::line(&party.name),
                kind: words::party_kind(party.kind),
                also: also.join(", "),
                counts: format!("in {}", words::count(party.reports.len(), "report")),
            }
        })
        .collect()
}

fn report(
    story: &Story,
    report: &StoryReport,
    labels: &Labels<'_>,
    texts: &Texts<'_>,
) -> ReportView {
    let others = story
        .origins
        .iter()
        .filter(|origin| origin.id == report.origin)
        .flat_map(|origin| &origin.reports)
        .filter(|other| **other != report.id)
        .map(String::as_str);
    let others = labels.list(others);
    let (label, title) = labels::head(report, labels);
    ReportView {
        label,
        title,
        id: labels::id(report, labels),
        url: texts::address(report.url.as_deref(), &report.id),
        published: labels::published(report, dates::long),
        note: words::not_analysed(report),
        shares_with: (!others.is_empty()).then_some(others),
        text: texts.anchor(&report.id),
    }
}
