//! `variorum collate`: the reports put together to a story file.

use anyhow::Result;
use variorum_model::{Report, StoryFile, Unread};
use variorum_render::TextStyle;

use crate::analyses::analyses;
use crate::args::{Collate, Format};
use crate::head::head;
use crate::reader::choose;
use crate::{apart, input, output, progress, terminal};

/// Reports to look at when none are given.
const SAMPLE: &str = include_str!("../../sample/reports.jsonl");

/// Runs the command.
pub(crate) fn run(options: &Collate) -> Result<bool> {
    let to = output::file(options.output.as_ref());
    apart::keep_apart(options.paths.iter().chain(&options.outlets.path), to)?;
    let (outlets, outlets_sha256) = input::outlets_and_hash(&options.outlets)?;
    let (reports, unread) = reports(options)?;
    let any = !reports.is_empty();
    if !any && options.format() != Some(Format::Json) {
        return Ok(false);
    }
    let reader = choose(&options.reader, &reports)?;
    let bar = progress::analysing(reports.len());
    let analyses = analyses(&reports, &outlets, reader.encoder(), || bar.inc(1));
    bar.finish_and_clear();
    let step = progress::step("collating");
    let analysed: Vec<_> = analyses
        .iter()
        .map(|(report, one)| (*report, one))
        .collect();
    let stories = variorum_collate::collate_with(&analysed, &outlets);
    step.finish_and_clear();
    let file = StoryFile {
        variorum: head(options, reader.reader(), outlets_sha256),
        stories,
        unread,
    };
    output::write(to, &print(&file, &reports, options)?)?;
    Ok(any)
}

fn reports(options: &Collate) -> Result<(Vec<Report>, Vec<Unread>)> {
    if options.paths.is_empty() {
        let sample = variorum_intake::read(&["-".into()], &mut SAMPLE.as_bytes());
        return Ok((sample.reports, sample.unread));
    }
    let mut reports = Vec::new();
    let file = output::file(options.output.as_ref());
    let unread = input::each(&options.paths, &options.wanted, file, false, |report| {
        reports.push(report);
        Ok(())
    })?;
    Ok((reports, unread))
}

fn print(file: &StoryFile, reports: &[Report], options: &Collate) -> Result<String> {
    Ok(match (options.format(), options.brief) {
        (Some(Format::Html), _) => variorum_render::html(file, reports),
        (Some(Format::Json), _) => output::pretty(file)?,
        (Some(Format::Markdown), false) => variorum_render::markdown(file, reports),
        (Some(Format::Markdown), true) => variorum_render::brief_markdown(file),
        (_, false) => variorum_render::text(file, reports, &style(options)),
        (_, true) => variorum_render::brief_text(file, &style(options)),
    })
}

fn style(options: &Collate) -> TextStyle {
    let style = output::style(output::file(options.output.as_ref()).is_some());
    TextStyle {
        all: options.all,
        width: terminal::columns().unwrap_or(style.width),
        ..style
    }
}
