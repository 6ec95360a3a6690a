//! Web archives: the pages that crawlers and browsers saved, as they came over the wire.
//!
//! `warc` cuts the records out of a WARC file, `wacz` finds the WARC files in a ZIP, `http` makes
//! the page of an answer. Below them, `stream` goes on behind damage, `members` undoes the compression and knows the place of each
//! piece in the file, and `window` lets a reader go back after damage. `zipped` tells what a ZIP
//! holds.

mod headers;
pub(crate) mod http;
pub(crate) mod members;
mod stream;
pub(crate) mod wacz;
pub(crate) mod warc;
mod window;
pub(crate) mod zipped;

use crate::archive::members::Packing;

/// Whether an input with these first bytes is a web archive (WARC), compressed or not.
pub(crate) fn is_warc(head: &[u8]) -> bool {
    match Packing::of(head) {
        Packing::Plain => head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0."),
        Packing::Gzip => members::begins_record(head),
        Packing::Zstd => members::begins_record_zstd(head),
    }
}

#[cfg(test)]
pub(crate) mod tests;
