//! What `analyze` finds in one report. All offsets are code points into the report's text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{Moment, PartialDate};
use crate::report::{Credit, Report};
use crate::span::Span;

/// Everything found in one report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Analysis {
    /// Id of the report.
    pub report: String,
    /// SHA-256 of the report's text in UTF-8, hexadecimal.
    #[serde(default)]
    pub sha256: String,
    /// Its language.
    pub language: Option<String>,
    /// When it was published; null for an undated report, whose times stay unresolved.
    pub published: Option<Moment>,
    /// People, organisations and places, in text order.
    pub names: Vec<Name>,
    /// Who said what, in text order.
    pub statements: Vec<Attribution>,
    /// Time expressions, in text order.
    pub times: Vec<Time>,
    /// Quantities that the report claims, in text order.
    pub figures: Vec<Figure>,
    /// Happenings on the calendar, in text order.
    pub events: Vec<Event>,
    /// Who did what to whom.
    pub acts: Vec<Act>,
    /// Agencies and outlets that the text credits.
    pub credits: Vec<Credit>,
}

impl Analysis {
    /// The analysis of a report in which nothing was found.
    pub fn bare(report: &Report) -> Self {
        Analysis {
            report: report.id.clone(),
            sha256: report.sha256.clone(),
            language: report.language.clone(),
            published: report.published,
            names: Vec::new(),
            statements: Vec::new(),
            times: Vec::new(),
            figures: Vec::new(),
            events: Vec::new(),
            acts: Vec::new(),
            credits: Vec::new(),
        }
    }
}

/// What kind of thing a name stands for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// A human being.
    Person,
    /// A company, body, party, alliance or agency.
    Organization,
    /// A country, city, river, building.
    Place,
    /// Anything else (a law, a work, a storm).
    Other,
}

/// One mention of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Name {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// What it stands for.
    pub kind: NameKind,
    /// The fullest form of the name in this report ("Stoltenberg" -> "Jens Stoltenberg").
    pub name: String,
}

/// How a statement is given.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum StatementKind {
    /// Word for word.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// In the reporter's words with quoted parts.
    Mixed,
}

/// How a source stands to what a statement says.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says that it is so.
    #[default]
    Asserts,
    /// Says that it is not so: "denied that ...", "rejected claims that ...".
    Denies,
    /// Does not believe it: "doubted that ...", "questioned whether ...".
    Doubts,
    /// Says neither: "declined to say whether ...", "could not confirm ...".
    Declines,
    /// Wants to know it: "asked whether ...".
    Asks,
}

/// What a speaker is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// A named human being.
    Person,
    /// A body, company, ministry, agency.
    Organization,
    /// A state or other place that speaks through its government.
    Place,
    /// A described person or group ("officials"), kept as described.
    Described,
}

/// The person or body that a source names, resolved.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Speaker {
    /// Full name, or the description as the report words it.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// The party that this speaker speaks for.
    pub party: Option<String>,
}

/// One statement as one report gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// How it is given.
    pub kind: StatementKind,
    /// How its source stands to it.
    #[serde(default)]
    pub stance: Stance,
    /// Whether nothing is quoted, and nobody is named, no known verb of saying, thinking or demanding tells it, or
    /// one word is all there is ("Smith is seen as a contender"). Story files leave such out.
    pub weak: bool,
    /// Who is named as its source; empty when nobody is.
    pub source: Vec<Span>,
    /// The saying words; empty when there are none.
    pub cue: Vec<Span>,
    /// What was said; several spans when the report interrupts it.
    pub content: Vec<Span>,
    /// The source resolved; null when the report names none.
    pub speaker: Option<Speaker>,
    /// The medium that the report itself names ("told Le Monde").
    pub via: Option<String>,
    /// The day it was said, where the report tells it.
    pub said_on: Option<PartialDate>,
    /// The time expression that `said_on` was read from.
    pub said_on_time: Option<Span>,
    /// The thoughts in it that a reader would list, where the reader tells them apart (the accurate one); else story
    /// files take the content apart.
    #[serde(default)]
    pub propositions: Option<Vec<Proposition>>,
}

/// One thought that is attributed to somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Proposition {
    /// The words; several spans when the report interrupts them.
    pub content: Vec<Span>,
    /// How it is given.
    pub kind: StatementKind,
    /// Who says it; null when the report names nobody.
    pub speaker: Option<Speaker>,
    /// How much it matters: 1 would not be missed, 2 belongs in the story, 3 on its first page.
    pub weight: u8,
    /// How likely words and speaker are right, from 0 to 1.
    pub certainty: f64,
}

/// TIMEX3 type of a time expression.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// A day, month, year, season.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// One time expression with its TIMEX3 value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeType,
    /// TIMEX3 value (`2022-01-07`, `2022-W02`, `P3D`, `PAST_REF`; `XXXX-01-07` when the report is
    /// undated and the words leave the year open).
    pub value: String,
}

impl Time {
    /// Where the words stand.
    pub fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }

    /// The calendar date that the value names, when it names one (`2022-01-07T18:50` does).
    pub fn date(&self) -> Option<PartialDate> {
        PartialDate::from_timex(&self.value)
    }
}

/// A quantity that a report claims.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// What is counted, cut from the report's words.
    pub what: String,
    /// `%`, `USD`, `km`; null for things that are counted.
    pub unit: Option<String>,
    /// The least value that the words claim.
    pub min: Option<f64>,
    /// The greatest value that the words claim.
    pub max: Option<f64>,
    /// Whether the words say "about" or the like.
    pub approximate: bool,
    /// The medium that the report itself names as where it has this from.
    pub via: Option<String>,
}

impl Figure {
    /// Where the words stand.
    pub fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

/// Whether an event has happened, as the report tells it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum EventStatus {
    /// It has taken place.
    Held,
    /// It is to take place.
    Scheduled,
    /// It was put off.
    Postponed,
    /// It was called off.
    Cancelled,
}

/// A happening that a report puts on the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// What happens, cut from the report's words: always part of `text[start..end]`.
    pub what: String,
    /// What kind of happening it is, where the words tell ("meeting", "attack").
    pub kind: Option<String>,
    /// Names that take part.
    pub participants: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub date: Option<PartialDate>,
    /// The time expression that `date` was read from.
    pub time: Option<Span>,
    /// Whether it has happened.
    pub status: EventStatus,
    /// The medium that the report itself names as where it has this from.
    pub via: Option<String>,
}

impl Event {
    /// Where the words stand.
    pub fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

/// Who did what to whom, in PLOVER terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Act {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// PLOVER event type (`REQUEST`, `REJECT`, `THREATEN`, ...).
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who acts.
    pub actor: Option<String>,
    /// On whom.
    pub target: Option<String>,
    /// Whether the words deny it.
    pub negated: bool,
    /// Whether it is told as done, intended, possible.
    pub modality: String,
    /// When.
    pub date: Option<PartialDate>,
}
