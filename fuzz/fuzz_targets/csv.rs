//! Any bytes behind the header of a table.
#![no_main]

use std::io::Read;

const FRONT: &[u8] = b"id,url,title,date,text\n";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    variorum_intake::read(&["-".into()], &mut FRONT.chain(bytes));
});
