//! What prefixes stand for, and what else an element hands down to those inside it.

use std::rc::Rc;

use url::Url;

use super::markup::attributes;

/// The vocabularies that feeds are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    /// RSS, OPML and sitemaps, or no namespace at all.
    Plain,
    Atom,
    Dc,
    DcTerms,
    Content,
    News,
    Xhtml,
    Rdf,
    Other,
}

/// How the address of a namespace begins, without scheme. Versions and final slashes vary.
const ADDRESSES: [(&str, Ns); 15] = [
    ("www.w3.org/2005/Atom", Ns::Atom),
    ("purl.org/atom/ns#", Ns::Atom),
    ("purl.org/dc/elements/1", Ns::Dc),
    ("purl.org/dc/terms", Ns::DcTerms),
    ("purl.org/rss/1.0/modules/dcterms", Ns::DcTerms),
    ("purl.org/rss/1.0/modules/content", Ns::Content),
    ("purl.org/rss/1.0/modules", Ns::Other),
    ("www.google.com/schemas/sitemap-news", Ns::News),
    ("www.w3.org/1999/xhtml", Ns::Xhtml),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", Ns::Rdf),
    ("purl.org/rss/1.0", Ns::Plain),
    ("my.netscape.com/rdf", Ns::Plain),
    ("backend.userland.com", Ns::Plain),
    ("www.sitemaps.org/schemas/sitemap", Ns::Plain),
    ("www.google.com/schemas/sitemap/", Ns::Plain),
];

/// What the usual prefixes mean where a feed forgets to say.
const PREFIXES: [(&str, Ns); 9] = [
    ("", Ns::Plain),
    ("atom", Ns::Atom),
    ("dc", Ns::Dc),
    ("dcterms", Ns::DcTerms),
    ("content", Ns::Content),
    ("news", Ns::News),
    ("xhtml", Ns::Xhtml),
    ("rdf", Ns::Rdf),
    ("rss", Ns::Plain),
];

/// No element is given more declarations than this.
const MOST: usize = 64;

/// What an element hands down.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    prefixes: Vec<(String, Ns)>,
    /// `xml:lang`.
    pub language: Option<String>,
    /// The feed's address, or `xml:base`.
    pub base: Option<Url>,
}

impl Scope {
    pub(super) fn new(base: Option<Url>) -> Self {
        Scope {
            prefixes: Vec::new(),
            language: None,
            base,
        }
    }

    /// The scope inside an element.
    pub(super) fn inside(outer: &Rc<Scope>, tag: &str) -> Rc<Scope> {
        if !tag.contains("xmlns") && !tag.contains("xml:") {
            return Rc::clone(outer);
        }
        let mut scope = Scope::clone(outer);
        for (key, value) in attributes(tag) {
            match key.as_str() {
                "xmlns" => scope.declare("", &value),
                "xml:lang" => {
                    scope.language = Some(value.trim().to_owned()).filter(|l| !l.is_empty());
                }
                "xml:base" => scope.base = scope.resolve(&value).or(scope.base),
                _ => {
                    if let Some(prefix) = key.strip_prefix("xmlns:") {
                        scope.declare(prefix, &value);
                    }
                }
            }
        }
        Rc::new(scope)
    }

    fn declare(&mut self, prefix: &str, address: &str) {
        self.prefixes.retain(|(known, _)| known != prefix);
        if self.prefixes.len() < MOST {
            let ns = namespace(address.trim(), prefix.is_empty());
            self.prefixes.push((prefix.to_owned(), ns));
        }
    }

    /// What a prefix stands for.
    pub(super) fn ns(&self, prefix: &str) -> Ns {
        let declared = self.prefixes.iter().find(|(known, _)| known == prefix);
        let usual = || {
            PREFIXES
                .iter()
                .find(|(known, _)| *known == prefix)
                .map(|(_, ns)| *ns)
        };
        declared
            .map(|(_, ns)| *ns)
            .or_else(usual)
            .unwrap_or(Ns::Other)
    }

    /// An address made absolute.
    pub(super) fn resolve(&self, address: &str) -> Option<Url> {
        match &self.base {
            Some(base) => base.join(address.trim()).ok(),
            None => Url::parse(address.trim()).ok(),
        }
    }
}

/// An unknown default namespace is some dialect of RSS; one with a prefix is an extension.
fn namespace(address: &str, default: bool) -> Ns {
    let bare = address
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    let known = ADDRESSES.iter().find(|(start, _)| bare.starts_with(start));
    let unknown = if default { Ns::Plain } else { Ns::Other };
    known.map_or(unknown, |(_, ns)| *ns)
}
