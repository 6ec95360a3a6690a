//! One report to its analysis: names, statements, times, figures, events and credits.
//!
//! [`analyze`] is pure: the same [`Reading`] of a report gives the same analysis, and any text at all is taken. The
//! stages run in this order, each in its own module:
//!
//! 1. `names`: people, organisations and places, with the fullest form of each name.
//! 2. `statements`: who said what, with speakers resolved inside the report.
//! 3. `figures`: quantities and what they count.
//! 4. `events`: happenings on the calendar.
//! 5. `credits`: agencies and outlets that the text names as its origin; `via`: those that it names for one line.

pub mod certainty;
mod credits;
mod cues;
mod events;
mod figures;
mod names;
mod reading;
mod statements;
mod via;

pub use events::mentions::{EventMention, mentions};
pub use figures::figures;
pub use reading::Reading;

use variorum_encoder::Encoder;
use variorum_model::{Analysis, CodePoints, Credit, Moment, Report, Time};
use variorum_text::outlets::Outlets;
use variorum_text::syntax::Syntax;
use variorum_text::{Document, times};
use via::Via;

/// Everything that can be found in one report.
///
/// A report in a language that is not analysed gives an analysis with empty lists.
pub fn analyze(report: &Report) -> Analysis {
    analyze_with(report, Outlets::built_in(), None)
}

/// As [`analyze`], with a list of outlets, and with the statements as an encoder reads them where one is given.
pub fn analyze_with(report: &Report, outlets: &Outlets, encoder: Option<&Encoder>) -> Analysis {
    Analysis {
        report: report.id.clone(),
        sha256: report.sha256.clone(),
        ..read(&Reading::of(report), outlets, encoder)
    }
}

/// All credits of a report: those that its source names, then those of its text.
pub fn credits(report: &Report, outlets: &Outlets) -> Vec<Credit> {
    credits::credits(&Reading::of(report), outlets)
}

/// The analysis of any report that reads so.
fn read(reading: &Reading<'_>, outlets: &Outlets, encoder: Option<&Encoder>) -> Analysis {
    let mut analysis = Analysis {
        language: reading.language.map(str::to_owned),
        published: reading.published,
        credits: credits::credits(reading, outlets),
        ..Analysis::default()
    };
    if !reading.analysed {
        return analysis;
    }
    in_context(reading, outlets, |context, points, mut vias| {
        let mentions = context.mentions.iter();
        analysis.names = mentions
            .map(|mention| mention.to_model(context.doc, points))
            .collect();
        analysis.statements = statements::statements(context, points, &vias, encoder);
        analysis.figures = figures::figures(context.doc, context.syntax, points, context.times);
        analysis.events = events::events(
            context.doc,
            context.syntax,
            points,
            context.cues,
            &analysis.names,
            context.times,
            outlets,
        );
        // What a statement holds comes from where the statement does.
        via::add_statements(&mut vias, &analysis.statements, points);
        for figure in &mut analysis.figures {
            figure.via = via::of(&vias, &points.bytes(figure.span()));
        }
        for event in &mut analysis.events {
            // The day stands in the clause that tells the event, whatever else its line holds.
            let told = event.time.unwrap_or(event.span());
            event.via = via::of(&vias, &points.bytes(told));
        }
        analysis.times = context
            .times
            .iter()
            .map(|time| time.to_model(points))
            .collect::<Vec<Time>>();
    });
    analysis
}

/// Looks at a text with all that is known of it before statements are looked for, and the media that it names.
fn in_context<R>(
    reading: &Reading<'_>,
    outlets: &Outlets,
    look: impl FnOnce(&statements::Context<'_>, &CodePoints<'_>, Vec<Via>) -> R,
) -> R {
    let doc = Document::new(reading.text, reading.published.map(Moment::date));
    let points = CodePoints::of(reading.text);
    let times = times::times(&doc);
    let vias = via::vias(&doc, outlets);
    let syntax = Syntax::of(&doc);
    let (cues, mentions) = names::cues_and_mentions(&doc, &syntax, outlets);
    let context = statements::Context::new(&doc, &syntax, &cues, &mentions, &times, outlets);
    look(&context, &points, vias)
}
