//! The plain-word phrases that all formats share.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{
    Agreement, DisagreementKind, EventStatus, FigureValue, NameKind, Origin, OriginKind, Position,
    Speaker, Stance, StatementKind, Story, StoryFile, StoryReport, Wording,
};

use variorum_text::outlets::is_platform;

use crate::labels::Labels;
use crate::quote;
use crate::tree::Taken;

/// What stands over the statements that are folded away.
pub(crate) fn less_certain(number: usize) -> String {
    match number {
        1 => "1 less certain statement".to_owned(),
        _ => format!("{number} less certain statements"),
    }
}

/// What a reader should know where every report is an origin of its own.
pub(crate) const NO_SHARED_ORIGIN: &str =
    "No shared origin was found among these reports. One may still exist.";

/// "1 report", "5 reports". Words that only add an `s` in the plural.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {one}s")
    }
}

/// How many reports, and how many origins stand behind them.
pub(crate) fn carried_by(reports: usize, origins: usize) -> String {
    let words = count(reports, "report");
    match (reports, origins) {
        (0 | 1, _) | (_, 0) => words,
        (_, 1) => format!("{words}, 1 origin"),
        _ if origins >= reports => format!("{words}, no shared origin found"),
        _ => format!("{words}, at most {origins} origins"),
    }
}

/// Who carries something: the label of one report; of several the labels and their number.
pub(crate) fn carriers<'r>(
    reports: impl IntoIterator<Item = &'r str>,
    origins: usize,
    labels: &Labels<'_>,
) -> String {
    let reports: Vec<&str> = reports.into_iter().collect();
    let number = reports.iter().collect::<BTreeSet<_>>().len();
    let names = labels.list(reports);
    if number < 2 {
        names
    } else {
        format!("{names} ({})", carried_by(number, origins))
    }
}

/// The counts line of a story.
pub(crate) fn story_counts(story: &Story) -> String {
    carried_by(story.reports.len(), story.origins.len())
}

/// "1 story", "3 stories".
pub(crate) fn story_total(number: usize) -> String {
    if number == 1 {
        "1 story".to_owned()
    } else {
        format!("{number} stories")
    }
}

/// A story's title.
pub(crate) fn title(story: &Story) -> String {
    let title = quote::line(&story.title);
    if title.is_empty() {
        "A story without a title".to_owned()
    } else {
        title
    }
}

/// The titles of the stories that this one follows from or leads to.
pub(crate) fn linked_titles(story: &Story, file: &StoryFile) -> Vec<String> {
    let linked = |other: &&Story| other.id != story.id && story.linked.contains(&other.id);
    file.stories.iter().filter(linked).map(title).collect()
}

/// A note on a report that was only grouped.
pub(crate) fn not_analysed(report: &StoryReport) -> Option<String> {
    let language = report
        .language
        .as_deref()
        .map_or("this language".to_owned(), language);
    (!report.analysed).then(|| format!("in {language}, which is not analysed"))
}

/// "Russia demands of NATO: guarantees ...".
pub(crate) fn position_line(p: &Position) -> String {
    let (party, verb, what) = (
        quote::line(&p.party),
        position(&p.kind),
        quote::line(&p.what),
    );
    match p
        .target
        .as_deref()
        .map(quote::line)
        .filter(|target| !target.is_empty())
    {
        Some(target) => format!("{party} {verb} (towards {target}): {what}"),
        None => format!("{party} {verb}: {what}"),
    }
}

/// How much of its text a report has from the one above it in the tree of copies.
pub(crate) fn taken(origin: &Origin, taken: &Taken<'_>, labels: &Labels<'_>) -> String {
    let (from, share) = (labels.get(taken.from), percent(taken.edge.share));
    if origin.kind == OriginKind::Agency {
        // Both have it from the agency, which is not among them.
        format!("shares {share} of its text with {from}")
    } else if taken.known {
        format!("takes {share} of its text from {from}")
    } else {
        format!("shares {share} of its text with {from}; which had it first is not known")
    }
}

/// A medium that a line comes from, or a platform that it was posted on.
pub(crate) fn medium(via: &str) -> String {
    let from = if is_platform(via) { "on" } else { "from" };
    format!("{from} {}", quote::line(via))
}

/// The media that the reports of a line name for it: "both from Reuters". A report's own outlet is no news.
pub(crate) fn from_media<'r>(
    lines: impl IntoIterator<Item = (&'r str, Option<&'r str>)>,
    labels: &Labels<'_>,
) -> Option<String> {
    let mut reports: BTreeSet<&str> = BTreeSet::new();
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (report, via) in lines {
        reports.insert(report);
        let own = |via: &str| {
            let label = labels.get(report);
            label
                .strip_prefix("The ")
                .unwrap_or(&label)
                .starts_with(via)
        };
        if let Some(via) = via.filter(|via| !quote::line(via).is_empty() && !own(via)) {
            named.entry(via).or_default().insert(report);
        }
    }
    let words = |(via, of): (&str, usize)| {
        let which = match (of, reports.len()) {
            (_, 1) => String::new(),
            (2, 2) => "both ".to_owned(),
            (of, all) if of == all => "all ".to_owned(),
            (of, _) => format!("{of} "),
        };
        format!("{which}{}", medium(via))
    };
    let media: Vec<String> = named
        .into_iter()
        .map(|(via, of)| words((via, of.len())))
        .collect();
    (!media.is_empty()).then(|| media.join(", "))
}

/// How a statement is given, where its reader sees no quotation marks to tell it by.
pub(crate) fn statement_kind(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Direct => "quoted",
        StatementKind::Indirect => "paraphrased",
        StatementKind::Mixed => "partly quoted",
    }
}

/// How a speaker stands to what is said, where the report has no word for it.
pub(crate) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "says",
        Stance::Denies => "denies",
        Stance::Doubts => "doubts",
        Stance::Declines => "does not say",
        Stance::Asks => "asks",
    }
}

/// How alike several wordings are.
pub(crate) fn wording(wording: Wording) -> &'static str {
    match wording {
        Wording::Same => "same wording",
        Wording::Varies => "in other words",
        Wording::Differs => "the wordings differ in substance",
    }
}

/// Whether an event has happened.
pub(crate) fn status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Held => "took place",
        EventStatus::Scheduled => "planned",
        EventStatus::Postponed => "put off",
        EventStatus::Cancelled => "called off",
    }
}

/// Whether the reports agree on a date; nothing when there is only one report.
pub(crate) fn dates_agree(agree: Agreement, reports: usize) -> Option<&'static str> {
    match agree {
        Agreement::Same => (reports > 1).then_some("all give this date"),
        Agreement::Compatible => (reports > 1).then_some("the dates given fit together"),
        Agreement::Updated => Some("a later report gives a new date"),
        Agreement::Conflict => Some("the reports give different dates"),
    }
}

/// Whether the reports agree on a figure; nothing when there is only one report.
pub(crate) fn figures_agree(agree: Agreement, reports: usize) -> Option<&'static str> {
    match agree {
        Agreement::Same => (reports > 1).then_some("all give the same figure"),
        Agreement::Compatible => (reports > 1).then_some("the figures given fit together"),
        Agreement::Updated => Some("a later report gives a later count"),
        Agreement::Conflict => Some("the figures cannot all be right"),
    }
}

/// What reports disagree on.
pub(crate) fn disagreement(kind: DisagreementKind) -> &'static str {
    match kind {
        DisagreementKind::Date => "When?",
        DisagreementKind::Figure => "How many?",
        DisagreementKind::Wording => "What was said?",
        DisagreementKind::Attribution => "Who said it?",
        DisagreementKind::Fact => "What happened?",
        DisagreementKind::Reversal => "What was said, and when?",
    }
}

/// What a party is.
pub(crate) fn party_kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Organization => "organisation",
        NameKind::Place => "country or place",
        NameKind::Other => "other",
    }
}

/// What a party does in a position: "demands", "rejects".
pub(crate) fn position(kind: &str) -> String {
    let kind = quote::line(kind).to_lowercase();
    match kind.as_str() {
        "demand" | "offer" | "reject" | "threaten" | "accept" | "request" => format!("{kind}s"),
        "promise" | "refuse" | "propose" | "deny" => kind
            .strip_suffix('y')
            .map_or_else(|| format!("{kind}s"), |stem| format!("{stem}ies")),
        _ => kind,
    }
}

/// The reports of an origin by their number, and what ties them together.
pub(crate) fn origin(origin: &Origin) -> String {
    let reports = count(origin.reports.len(), "report");
    format!("{reports} that {}", tie(origin))
}

fn tie(origin: &Origin) -> String {
    let agency = origin
        .agency
        .as_deref()
        .map(quote::line)
        .filter(|name| !name.is_empty());
    match (origin.kind, agency) {
        (OriginKind::Single, _) => "no shared origin found".to_owned(),
        (OriginKind::Copy, None) => "share their text".to_owned(),
        (OriginKind::Copy, Some(agency)) => format!("share their text, credited to {agency}"),
        (OriginKind::Agency, None) => "credit one news agency".to_owned(),
        (OriginKind::Agency, Some(agency)) => format!("credit the news agency {agency}"),
        (OriginKind::Publisher, _) => "come from one publisher".to_owned(),
    }
}

/// A speaker with the party they speak for: "Jens Stoltenberg (NATO)".
pub(crate) fn speaker(speaker: &Speaker) -> String {
    let name = quote::line(&speaker.name);
    match speaker.party.as_deref().map(quote::line) {
        Some(party) if !party.is_empty() && party != name => format!("{name} ({party})"),
        _ => name,
    }
}

/// Who claims a value: "the fire service in The Harbour Post", else the report.
pub(crate) fn claimant(value: &FigureValue, labels: &Labels<'_>) -> String {
    let report = labels.get(&value.evidence.report);
    let via = from_media(
        [(value.evidence.report.as_str(), value.via.as_deref())],
        labels,
    );
    let report = via.map_or(report.clone(), |via| format!("{report}, {via}"));
    value
        .speaker
        .as_ref()
        .map_or(report.clone(), |s| format!("{} in {report}", speaker(s)))
}

/// A share from 0 to 1 in whole per cent.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0}%", (share.clamp(0.0, 1.0) * 100.0).round())
}

/// A language by its English name, else by its code.
pub(crate) fn language(code: &str) -> String {
    let known = [
        ("ar", "Arabic"),
        ("cs", "Czech"),
        ("da", "Danish"),
        ("de", "German"),
        ("el", "Greek"),
        ("en", "English"),
        ("es", "Spanish"),
        ("fa", "Persian"),
        ("fi", "Finnish"),
        ("fr", "French"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("hu", "Hungarian"),
        ("id", "Indonesian"),
        ("it", "Italian"),
        ("ja", "Japanese"),
        ("ko", "Korean"),
        ("nl", "Dutch"),
        ("no", "Norwegian"),
        ("pl", "Polish"),
        ("pt", "Portuguese"),
        ("ro", "Romanian"),
        ("ru", "Russian"),
        ("sv", "Swedish"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
        ("vi", "Vietnamese"),
        ("zh", "Chinese"),
    ];
    known
        .iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| quote::line(code), |(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_always_says_what_it_counts() {
        for (reports, origins, expected) in [
            (1, 1, "1 report"),
            (5, 5, "5 reports, no shared origin found"),
            (14, 11, "14 reports, at most 11 origins"),
            (10, 1, "10 reports, 1 origin"),
        ] {
            assert_eq!(carried_by(reports, origins), expected);
        }
    }

    #[test]
    fn a_line_says_which_medium_it_comes_from() {
        let story = |outlets: &[&str]| -> Story {
            let reports: Vec<String> = outlets
                .iter()
                .map(|outlet| {
                    format!(
                        r#"{{"id":"{outlet}","outlet":"{outlet}","published_from":"none","analysed":true,
                            "origin":"o"}}"#
                    )
                })
                .collect();
            let lists = [
                "linked",
                "origins",
                "parties",
                "statements",
                "timeline",
                "figures",
            ];
            let lists = lists.map(|list| format!(r#""{list}":[]"#)).join(",");
            let json = format!(
                r#"{{"id":"s","title":"","reports":[{}],{lists},"positions":[],"disagreements":[]}}"#,
                reports.join(",")
            );
            serde_json::from_str(&json).expect("a story")
        };
        let check = |lines: &[(&str, &str)], expected: &str| {
            let story = story(&lines.iter().map(|(report, _)| *report).collect::<Vec<_>>());
            let labels = Labels::of(&story);
            let lines = lines
                .iter()
                .map(|&(report, via)| (report, Some(via).filter(|via| !via.is_empty())));
            let found = from_media(lines, &labels).unwrap_or_default();
            assert_eq!(found, expected);
        };
        check(&[("The Hill", "")], "");
        check(&[("The Hill", "Reuters")], "from Reuters");
        check(
            &[("The Hill", "Reuters"), ("Vox", "Reuters")],
            "both from Reuters",
        );
        check(
            &[("The Hill", "AFP"), ("Vox", "AFP"), ("Bild", "AFP")],
            "all from AFP",
        );
        check(&[("The Hill", "Reuters"), ("Vox", "")], "1 from Reuters");
        check(
            &[("The Hill", "Reuters"), ("Vox", "AFP")],
            "1 from AFP, 1 from Reuters",
        );
        check(
            &[("The Hill", "Twitter"), ("Vox", "Twitter")],
            "both on Twitter",
        );
        check(&[("The Reuters", "Reuters")], "");
    }

    #[test]
    fn positions_are_verbs() {
        for (kind, expected) in [
            ("demand", "demands"),
            ("PROMISE", "promises"),
            ("deny", "denies"),
            ("xyz", "xyz"),
        ] {
            assert_eq!(position(kind), expected);
        }
    }
}
