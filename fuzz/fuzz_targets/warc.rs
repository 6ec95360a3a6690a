//! Any bytes behind the front of a web archive (WARC).
#![no_main]

use std::io::Read;

const FRONT: &[u8] = b"WARC/1.1\r\nWARC-Type: response\r\n";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    variorum_intake::read(&["-".into()], &mut FRONT.chain(bytes));
});
