//! How wide a text is to be, where the user says so.

/// The columns that COLUMNS asks for, as shells and tests set it, terminal or not.
pub(crate) fn columns() -> Option<usize> {
    let columns = std::env::var("COLUMNS").ok()?.trim().parse().ok()?;
    (columns > 0).then_some(columns)
}
