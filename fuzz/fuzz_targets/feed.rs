//! Any bytes behind the front of a feed.
#![no_main]

use std::io::Read;

const FRONT: &[u8] = b"<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel>";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    variorum_intake::read(&["-".into()], &mut FRONT.chain(bytes));
});
