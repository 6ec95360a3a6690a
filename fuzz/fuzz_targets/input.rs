//! Any bytes on standard input; what they are is told by the bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    variorum_intake::read(&["-".into()], &mut &*bytes);
});
