//! What reading a large web archive costs: pages a second beside what finding the articles alone
//! takes, memory, and whether a run that was killed goes on to the same bytes.
//!
//! The archive is made of the known pages; `variorum read` of the same build reads it, as a process
//! of its own.

mod made;

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use variorum_intake::page;

use crate::pages::{self, Row};
use crate::processor;
use crate::score::row;

/// Between two looks at a process.
const PAUSE: Duration = Duration::from_millis(10);
/// How often the pages are read for what finding articles takes.
const ROUNDS: usize = 6;

/// Makes an archive of so many megabytes, reads it, and prints the table.
pub(crate) fn measure(folder: &Path, megabytes: usize) -> Result<()> {
    let rows = pages::all(folder)?;
    let program = std::env::current_exe()?.with_file_name("variorum");
    if rows.is_empty() || !program.exists() {
        println!(
            "needs the pages and {}: nothing is measured",
            program.display()
        );
        return Ok(());
    }
    // It takes its files with it, also where something fails.
    let place = tempfile::tempdir()?;
    let at = |name: &str| place.path().join(name);
    let archive = at("pages.warc.gz");
    let made = made::write(&archive, &rows, megabytes * 1_000_000)?;
    println!(
        "{} pages, {:.0} MB, as {:.0} MB of compressed records; {} processors",
        made.pages,
        made.html as f64 / 1e6,
        made.stored as f64 / 1e6,
        rayon::current_num_threads(),
    );
    let alone = alone(&rows);
    let whole = at("whole.jsonl");
    let run = wait(read(&program, &archive, &whole, false)?, |_| false)?;
    let again = self::alone(&rows);
    let alone = Alone {
        seconds: f64::midpoint(alone.seconds, again.seconds),
        processor: f64::midpoint(alone.processor, again.processor),
    };
    let pages = made.pages as f64;
    let figure = format!(
        "{:.0} pages/s, {:.1} MB/s ({:.1} s)",
        pages / run.seconds,
        made.stored as f64 / 1e6 / run.seconds,
        run.seconds
    );
    row("read the archive", figure, "");
    row(
        "finding the articles alone",
        format!("{:.0} pages/s", 1.0 / alone.seconds),
        "",
    );
    let ratio = format!("{:.2}", run.seconds / pages / alone.seconds);
    row(
        "time: archive / alone",
        ratio,
        "bound by extraction: near 1",
    );
    let ratio = format!("{:.2}", run.processor / pages / alone.processor);
    row("processors: archive / alone", ratio, "");
    row(
        "most memory",
        format!("{:.0} MB", run.megabytes),
        "next < 300",
    );
    let count = lines(&whole)?;
    row("reports", format!("{count} of {} pages", made.pages), "");
    resumed(&program, &archive, &whole, &at("killed.jsonl"), run.seconds)
}

/// Kills a run in the middle, goes on, and compares with what a run without a break gave.
fn resumed(program: &Path, archive: &Path, whole: &Path, out: &Path, seconds: f64) -> Result<()> {
    // What a run that is not over has written, and how far that goes.
    let part = PathBuf::from(format!("{}.part", out.display()));
    let state = PathBuf::from(format!("{}.state", part.display()));
    let middle = Duration::from_secs_f64(seconds * 0.4);
    let killed = wait(read(program, archive, out, false)?, |start| {
        start.elapsed() > middle && state.exists()
    })?;
    if !killed.is_killed {
        bail!("the run was over before it could be killed");
    }
    let length = |path: &Path| Ok::<_, std::io::Error>(std::fs::metadata(path)?.len() as f64);
    let left = length(&part)? / length(whole)?;
    let run = wait(read(program, archive, out, true)?, |_| false)?;
    let figure = format!(
        "after {:.1} s with {:.0} % written, {:.1} s more",
        killed.seconds,
        left * 100.0,
        run.seconds
    );
    row("killed and gone on", figure, "");
    let figure = if is_same(whole, out)? { "yes" } else { "NO" };
    row("the same bytes as without a break", figure, "yes");
    Ok(())
}

/// What finding the article of a page takes by itself, on all processors.
struct Alone {
    /// Seconds that pass, a page.
    seconds: f64,
    /// Seconds of all processors together, a page.
    processor: f64,
}

fn alone(rows: &[Row]) -> Alone {
    let copies: Vec<(String, String)> = rows.iter().map(|row| made::copy(row, 7)).collect();
    let read = |(url, html): &(String, String)| {
        let start = processor::seconds().unwrap_or_default();
        black_box(page::read(html, Some(url)));
        processor::seconds().unwrap_or_default() - start
    };
    let all: Vec<&(String, String)> = (0..ROUNDS).flat_map(|_| &copies).collect();
    let start = Instant::now();
    let processor: f64 = all.par_iter().map(|&copy| read(copy)).sum();
    let pages = all.len() as f64;
    Alone {
        seconds: start.elapsed().as_secs_f64() / pages,
        processor: processor / pages,
    }
}

fn read(program: &Path, archive: &Path, out: &Path, resume: bool) -> Result<Child> {
    let mut command = Command::new(program);
    command.arg("read").arg(archive).arg("-o").arg(out);
    if resume {
        command.arg("--resume");
    }
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    child.with_context(|| program.display().to_string())
}

/// A process that is over.
struct Run {
    seconds: f64,
    /// Seconds of all processors together.
    processor: f64,
    /// The most memory it held.
    megabytes: f64,
    is_killed: bool,
}

/// Waits for the end of a process, or brings it about.
fn wait(mut child: Child, kill: impl Fn(Instant) -> bool) -> Result<Run> {
    let start = Instant::now();
    let before = processor::seconds_of_children()?;
    let mut megabytes = 0.0_f64;
    let mut is_killed = false;
    let status = loop {
        megabytes = megabytes.max(processor::peak_megabytes(child.id()).unwrap_or(0.0));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if !is_killed && kill(start) {
            child.kill()?;
            is_killed = true;
        }
        std::thread::sleep(PAUSE);
    };
    if !is_killed && !status.success() {
        bail!("variorum read ended with {status}");
    }
    Ok(Run {
        seconds: start.elapsed().as_secs_f64(),
        processor: processor::seconds_of_children()? - before,
        megabytes,
        is_killed,
    })
}

fn lines(path: &Path) -> Result<usize> {
    let mut count = 0;
    for line in BufReader::new(File::open(path)?).split(b'\n') {
        line?;
        count += 1;
    }
    Ok(count)
}

fn is_same(a: &Path, b: &Path) -> Result<bool> {
    let (a, b) = (File::open(a)?, File::open(b)?);
    if a.metadata()?.len() != b.metadata()?.len() {
        return Ok(false);
    }
    let mut b = BufReader::new(b).bytes();
    for byte in BufReader::new(a).bytes() {
        if Some(byte?) != b.next().transpose()? {
            return Ok(false);
        }
    }
    Ok(true)
}
