//! tmp
use crate::data;
use serde_json::Value;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;
use variorum_model::{Analysis, Report};
pub(crate) fn measure(folder: &Path) -> anyhow::Result<()> {
    let rows: Vec<Value> = data::rows(&folder.join("stories/allsides-2012-2017.jsonl.gz"))?;
    let reports: Vec<Report> = rows.iter().map(data::report).collect();
    let t = |name: &str, f: &dyn Fn(&Report)| {
        f(&reports[0]);
        let s = Instant::now();
        for r in &reports {
            f(r);
        }
        println!("{name} {:.3}", s.elapsed().as_secs_f64());
    };
    t("tokens", &|r| {
        black_box(variorum_text::tokens::tokens(&r.text));
    });
    t("doc", &|r| {
        black_box(variorum_text::Document::new(&r.text, None));
    });
    t("doc+quot", &|r| {
        let d = variorum_text::Document::new(&r.text, None);
        black_box(variorum_text::quotations::quotations(&d));
    });
    t("credits", &|r| {
        black_box(variorum_analyze::credits(r));
    });
    t("points", &|r| {
        black_box(variorum_model::CodePoints::of(&r.text));
    });
    t("print", &|r| {
        black_box(variorum_collate::TextPrint::of(r, &Analysis::bare(r)));
    });
    let sig = variorum_text::regexes::LazyRegex::new(r"[—–-]\s?[^()\n]{2,60}\(\s?@\s?\w{1,30}\s?\)|pic\.twitter\.com/|//t\.co/");
    t("sig", &|r| { if r.text.contains('@') { black_box(sig.get().find_iter(&r.text).count()); } });
    println!("{}", reports.iter().filter(|r| r.text.contains('@')).count());
    Ok(())
}
