//! Any characters as a web page, and as a feed entry's HTML.
#![no_main]

libfuzzer_sys::fuzz_target!(|html: &str| {
    variorum_intake::page::read(html, Some("https://courier.example/news/1"));
    variorum_intake::page::plain(html);
});
