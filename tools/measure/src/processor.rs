//! What a process takes: seconds of processors, and memory. Read from `/proc`, so on Linux only.

use anyhow::{Context, Result};

/// Seconds of a processor that the calling thread took so far.
pub(crate) fn seconds() -> Result<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = text.split(' ').next().and_then(|field| field.parse().ok());
    nanoseconds
        .map(|nanoseconds: f64| nanoseconds / 1e9)
        .context("/proc/thread-self/schedstat: not as expected")
}

/// The most memory that a process held so far, in MB; `None` once it has ended.
pub(crate) fn peak_megabytes(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}

/// Ticks a second in `/proc/*/stat`, the same on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// Seconds of processors that ended and awaited children of this process took so far.
pub(crate) fn seconds_of_children() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The name of the program may hold spaces, and ends at the last bracket.
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let mut fields = after.split(' ').skip(13).map(str::parse::<f64>);
    match (fields.next(), fields.next()) {
        (Some(Ok(user)), Some(Ok(system))) => Ok((user + system) / TICKS),
        _ => anyhow::bail!("/proc/self/stat: not as expected"),
    }
}
