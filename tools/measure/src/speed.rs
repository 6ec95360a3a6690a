//! Reports a second, beside a pass that only splits words over the same texts.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde_json::Value;
use variorum_model::{CodePoints, Moment, Report};
use variorum_text::{Document, syntax::Syntax, times};

use crate::data;
use crate::score::row;

/// Times `analyze` on one processor and on all, and on single reports of great length; prints the table.
pub(crate) fn measure(folder: &Path) -> Result<()> {
    let rows: Vec<Value> = data::rows(&folder.join("stories/allsides-2012-2017.jsonl.gz"))?;
    let reports: Vec<Report> = rows.iter().map(data::report).collect();
    let megabytes = reports.iter().map(|r| r.text.len()).sum::<usize>() as f64 / 1e6;
    // The lists and tables load on first use; that is not the cost of a report.
    black_box(variorum_analyze::analyze(&reports[0]));
    let time = |work: &dyn Fn()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    let splitting = time(&|| {
        for report in &reports {
            black_box(variorum_text::tokens::tokens(&report.text));
        }
    });
    let one = time(&|| {
        for report in &reports {
            black_box(variorum_analyze::analyze(report));
        }
    });
    let all = time(&|| {
        black_box(data::analyses(&reports));
    });
    let rate = |seconds: f64| {
        format!(
            "{:.0} reports/s ({seconds:.2} s)",
            reports.len() as f64 / seconds
        )
    };
    println!("{} reports, {megabytes:.1} MB", reports.len());
    row("splitting words", rate(splitting), "");
    row("analyze, one processor", rate(one), "");
    row(
        "analyze, all processors",
        rate(all),
        "next >= 250, aim 1000",
    );
    row(
        "analyze / splitting words",
        format!("{:.1}", one / splitting),
        "",
    );
    let added = times_and_figures(&reports);
    row("times and figures, one processor", rate(added), "");
    row(
        "times and figures / the rest of analyze",
        format!("{:.2}", added / (one - added)),
        "next < 0.5",
    );
    // One report of any length, the hardest kind: without a single full stop.
    let text: Vec<String> = reports
        .iter()
        .map(|r| r.text.replace(['.', '\n'], " "))
        .collect();
    let text = text.join(" ");
    for size in [500_000, 1_000_000, 2_000_000] {
        let report = Report {
            text: text.chars().take(size).collect(),
            ..reports[0].clone()
        };
        let seconds = time(&|| {
            black_box(variorum_analyze::analyze(&report));
        });
        row(
            &format!("one report of {:.1} MB, no stops", size as f64 / 1e6),
            format!("{seconds:.2} s, {:.2} s a MB", seconds / size as f64 * 1e6),
            "the same for each",
        );
    }
    Ok(())
}

/// Seconds that time expressions and figures take, beyond what is needed without them: words and trees.
fn times_and_figures(reports: &[Report]) -> f64 {
    let mut seconds = 0.0;
    for report in reports {
        let doc = Document::new(&report.text, report.published.map(Moment::date));
        let points = CodePoints::of(&report.text);
        let syntax = Syntax::of(&doc);
        let start = Instant::now();
        let times = times::times(&doc);
        black_box(variorum_analyze::figures(&doc, &syntax, &points, &times));
        seconds += start.elapsed().as_secs_f64();
    }
    seconds
}
