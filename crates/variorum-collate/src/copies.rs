//! Pairs of reports that share text, in any number of reports, whatever they tell.
//!
//! The same comparison that finds the origins of a story, over all reports at once. Reports with
//! the same words throughout are tied to the first of them and to nothing else, and what very many
//! reports carry ties each to its next neighbours only: the answer grows with the reports, never
//! with the number of pairs. What many reports of one outlet carry is taken out first.

#[cfg(test)]
mod tests;

use variorum_model::{SharedKind, SharedText};
use variorum_text::outlets::Outlets;

use crate::origins::{Compared, Link, TextPrint, remove_furniture};

/// Pairs of reports that share text, in the order (published, id) of the first and then the second,
/// undated ones last. The order of the prints has no effect.
pub fn copies(mut prints: Vec<TextPrint>, outlets: &Outlets) -> Vec<SharedText> {
    let order = |print: &TextPrint| (print.published.is_none(), print.published);
    prints.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.id.cmp(&b.id)));
    remove_furniture(&mut prints);
    let prints: Vec<&TextPrint> = prints.iter().collect();
    let compared = Compared::of(&prints, outlets);
    let mut links: Vec<&Link> = compared.links.iter().collect();
    links.sort_by_key(|link| (link.a, link.b));
    links
        .into_iter()
        .filter_map(|link| shared_text(&compared, link))
        .collect()
}

fn shared_text(compared: &Compared<'_>, link: &Link) -> Option<SharedText> {
    let shared = &link.shared;
    let kind = if shared.is_copy() {
        SharedKind::Copy
    } else if shared.is_taken() {
        SharedKind::Partial
    } else if shared.is_quoting() {
        SharedKind::Quotes
    } else {
        return None;
    };
    let id = |report: usize| compared.prints[report].id.clone();
    let from = link.from.map(id);
    let reporting = shared.a.words.max(shared.b.words);
    let rounded = |share: f64| (share.min(1.0) * 1000.0).round() / 1000.0;
    Some(SharedText {
        a: id(link.a),
        b: id(link.b),
        share_a: rounded(shared.a.share),
        share_b: rounded(shared.b.share),
        kind,
        origin: match kind {
            SharedKind::Quotes => None,
            _ => compared.origin(link).or_else(|| from.clone()),
        },
        from: from.filter(|_| kind != SharedKind::Quotes),
        words: reporting,
        quoted_words: shared.a.all_words.max(shared.b.all_words) - reporting,
    })
}
