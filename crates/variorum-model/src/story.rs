//! What `collate` makes of many reports: the story file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::analysis::{EventStatus, NameKind, Speaker, Stance, StatementKind};
use crate::date::{Moment, PartialDate, Precision};
use crate::head::Head;
use crate::report::PublishedFrom;
use crate::span::Evidence;

/// The answer of `variorum collate --format json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StoryFile {
    /// What made it.
    pub variorum: Head,
    /// The stories, oldest first.
    pub stories: Vec<Story>,
    /// Inputs that could not be read.
    pub unread: Vec<Unread>,
}

/// An input that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unread {
    /// Where it is, with a line number where that helps.
    pub path: String,
    /// Why it could not be read, in one line.
    pub reason: String,
}

/// The reports about one happening, and what they say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Story {
    /// Made from its first report.
    pub id: String,
    /// Cut from the words of its most central report.
    pub title: String,
    /// First publication date.
    pub from: Option<PartialDate>,
    /// Last publication date.
    pub to: Option<PartialDate>,
    /// Stories that this one follows from or leads to.
    pub linked: Vec<String>,
    /// Its reports, in the order (published, id).
    pub reports: Vec<StoryReport>,
    /// Where the reports come from. Their number is an upper bound: a common origin that was not
    /// found may still exist.
    pub origins: Vec<Origin>,
    /// The states, bodies and groups of the story.
    pub parties: Vec<Party>,
    /// Who said what, each proposition once.
    pub statements: Vec<Statement>,
    /// What happened and what is scheduled, in date order.
    pub timeline: Vec<TimelineEntry>,
    /// Which quantities are claimed.
    pub figures: Vec<StoryFigure>,
    /// What each party demands, offers, rejects, promises or threatens.
    pub positions: Vec<Position>,
    /// Where the reports differ plainly.
    pub disagreements: Vec<Disagreement>,
}

/// A report as its story lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StoryReport {
    /// Id of the report.
    pub id: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// Where that date comes from.
    pub published_from: PublishedFrom,
    /// Its language.
    pub language: Option<String>,
    /// Whether its language is analysed; if not, it is grouped only.
    pub analysed: bool,
    /// Id of its origin.
    pub origin: String,
    /// SHA-256 of its text in UTF-8, hexadecimal.
    #[serde(default)]
    pub sha256: String,
    /// When it was fetched, where that is known.
    pub retrieved: Option<Moment>,
}

/// What ties the reports of an origin together.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum OriginKind {
    /// One report; no shared origin found.
    Single,
    /// One text, whole, shortened or rewritten.
    Copy,
    /// One agency's wire.
    Agency,
    /// One publisher.
    Publisher,
}

/// Reports for which a common piece of reporting was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Made from its first report.
    pub id: String,
    /// Ids of its reports.
    pub reports: Vec<String>,
    /// What ties them together.
    pub kind: OriginKind,
    /// The agency, when there is one.
    pub agency: Option<String>,
    /// Which report shares text with which.
    pub edges: Vec<OriginEdge>,
}

/// Two reports that share text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OriginEdge {
    /// The report that had it first; null when that is not known (the other is then `to`'s source
    /// by neither date nor credit).
    pub from: Option<String>,
    /// The report that took it.
    pub to: String,
    /// Share of `to`'s own words that stand in the other, 0 to 1.
    pub share: f64,
    /// Shared passages, each as it stands in both reports.
    pub passages: Vec<(Evidence, Evidence)>,
}

/// A state, body or organised group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// Its usual name.
    pub name: String,
    /// State, body, place.
    pub kind: NameKind,
    /// What else the reports call it.
    pub also: Vec<String>,
    /// Ids of the reports that name it.
    pub reports: Vec<String>,
}

/// How alike the wordings of a statement are.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Wording {
    /// Alike but for case, punctuation and little words.
    Same,
    /// One proposition in other words.
    Varies,
    /// Negation, number, agent, time or force changes.
    Differs,
}

/// One proposition of one speaker, with every report's wording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Made from its content.
    pub id: String,
    /// Who said it.
    pub speaker: Option<Speaker>,
    /// The day it was said.
    pub said_on: Option<PartialDate>,
    /// Its best wording: exactly as one report has it.
    pub exact: String,
    /// How its speaker stands to it. What is not asserted is never shown without its cue.
    #[serde(default)]
    pub stance: Stance,
    /// How alike the wordings are; null where there is only one, and so nothing to compare.
    pub wording: Option<Wording>,
    /// How likely the line is wholly right, words and speaker, from 0 to 1; null where the reader does not tell.
    #[serde(default)]
    pub certainty: Option<f64>,
    /// Whether it is too uncertain to stand among the others.
    #[serde(default)]
    pub folded: bool,
    /// How many reports carry it.
    pub report_count: usize,
    /// How many origins stand behind it at most: those of its reports, and what reports have from one named
    /// medium (`via`) once. A common origin that was not found may still exist.
    pub origin_count: usize,
    /// Each report's wording, in the order of the reports.
    pub variants: Vec<Variant>,
}

/// One report's wording of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Variant {
    /// Id of the report.
    pub report: String,
    /// How it is given.
    pub kind: StatementKind,
    /// The medium that the report itself names as where it has this from.
    pub via: Option<String>,
    /// Id of the report's origin.
    pub origin: String,
    /// The saying words; null when the report has none.
    #[serde(default)]
    pub cue: Option<Evidence>,
    /// The words; several when the report interrupts them.
    pub spans: Vec<Evidence>,
}

/// Whether the reports agree on a date or a figure.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    /// All give the same.
    Same,
    /// Their ranges meet.
    Compatible,
    /// The later report has the later count or date.
    Updated,
    /// They cannot all be right.
    Conflict,
}

/// A happening on the calendar, from all reports that tell it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineEntry {
    /// Made from its content.
    pub id: String,
    /// The date that most origins give.
    pub date: PartialDate,
    /// How exactly that is known.
    pub precision: Precision,
    /// What happens, cut from a report's words.
    pub what: String,
    /// Who takes part.
    pub participants: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// Whether it has happened, as the latest report tells it.
    pub status: EventStatus,
    /// Whether the reports agree on the date.
    pub agree: Agreement,
    /// How many reports tell it.
    pub report_count: usize,
    /// How many origins stand behind it at most: those of its reports, and what reports have from one named
    /// medium (`via`) once. A common origin that was not found may still exist.
    pub origin_count: usize,
    /// Each mention, with the date it gives.
    pub mentions: Vec<EventMention>,
}

/// One report's mention of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventMention {
    /// The words.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// The date that they give.
    pub date: PartialDate,
    /// Whether they tell it as past.
    pub status: EventStatus,
    /// Id of the report's origin.
    pub origin: String,
    /// The medium that the report itself names as where it has this from.
    pub via: Option<String>,
}

/// A quantity, from all reports that give it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StoryFigure {
    /// Made from its content.
    pub id: String,
    /// What is counted, cut from a report's words.
    pub what: String,
    /// `%`, `USD`, `km`; null for things that are counted.
    pub unit: Option<String>,
    /// The least value that any report claims.
    pub low: Option<f64>,
    /// The greatest value that any report claims.
    pub high: Option<f64>,
    /// Whether the reports agree.
    pub agree: Agreement,
    /// How many reports give it.
    pub report_count: usize,
    /// How many origins stand behind it at most: those of its reports, and what reports have from one named
    /// medium (`via`) once. A common origin that was not found may still exist.
    pub origin_count: usize,
    /// Each report's value.
    pub values: Vec<FigureValue>,
}

/// One report's value of a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FigureValue {
    /// The words.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// The least value that the words claim.
    pub min: Option<f64>,
    /// The greatest value that the words claim.
    pub max: Option<f64>,
    /// Whether the words say "about" or the like.
    pub approximate: bool,
    /// Id of the report's origin.
    pub origin: String,
    /// The medium that the report itself names as where it has this from.
    pub via: Option<String>,
    /// Who claims it, where the report says so.
    pub speaker: Option<Speaker>,
}

/// What a party wants, offers, refuses or threatens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// Made from its content.
    pub id: String,
    /// Whose position.
    pub party: String,
    /// Demand, offer, reject, promise, threaten.
    #[serde(rename = "type")]
    pub kind: String,
    /// Towards whom.
    pub target: Option<String>,
    /// What, cut from a report's words.
    pub what: String,
    /// How many reports carry it.
    pub report_count: usize,
    /// How many origins stand behind it at most: those of its reports, and what reports have from one named
    /// medium (`via`) once. A common origin that was not found may still exist.
    pub origin_count: usize,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// What kind of thing reports differ on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum DisagreementKind {
    /// When something happens.
    Date,
    /// How many.
    Figure,
    /// How a statement is worded.
    Wording,
    /// Who said or claims it.
    Attribution,
    /// What happened.
    Fact,
    /// What a speaker said on one day and took back on another.
    Reversal,
}

/// Two or more sides that differ plainly on the same thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Disagreement {
    /// Made from its content.
    pub id: String,
    /// What kind of thing they differ on.
    pub kind: DisagreementKind,
    /// What they differ on, cut from a report's words.
    pub what: String,
    /// Id of the statement, event or figure.
    pub about: String,
    /// The sides, best-carried first.
    pub sides: Vec<Side>,
}

/// One side of a disagreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// The date, the value or the words that this side gives.
    pub value: String,
    /// Ids of its reports.
    pub reports: Vec<String>,
    /// How many origins stand behind it at most: those of its reports, and what reports have from one named
    /// medium (`via`) once. A common origin that was not found may still exist.
    pub origin_count: usize,
    /// The words.
    pub evidence: Vec<Evidence>,
}
