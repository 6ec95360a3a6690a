//! What a page says about itself: title, author, outlet, dates, language, address and kind.
//!
//! Each fact comes from the best place that gives it: the page's own data (JSON-LD, OpenGraph, other
//! metas, microdata) before its words, and these before its address. The title is the other way
//! round: what readers see is the headline.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use variorum_model::{Moment, PageKind, Place};

use super::byline;
use super::dates::{self, Role};
use super::headline;
use super::jsonld::{self, Graph};
use super::kinds::{self, Signs};
use super::marks::{Marks, marks};
use super::meta::{Field, Metas};
use super::site;
use super::tree::Tree;
use crate::language;

/// A fact and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The fact.
    pub value: T,
    /// Where it stands.
    pub from: Place,
}

/// What a page says about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The headline, without the name of the site.
    pub title: Option<Found<String>>,
    /// The authors, joined by ", ".
    pub author: Option<Found<String>>,
    /// The name of the site, or its host.
    pub outlet: Option<Found<String>>,
    /// Two letters.
    pub language: Option<Found<String>>,
    /// The page's own address.
    pub url: Option<Found<String>>,
    /// When it was published, as the page writes it.
    pub published: Option<Found<Moment>>,
    /// When it was last changed; never before publication.
    pub updated: Option<Found<Moment>>,
    /// Agencies or outlets that the page's data names as its source.
    pub credits: Vec<String>,
    /// What kind of page it is, by a rough measure of its text; the length of
    /// the body, once that is known, tells it better.
    pub kind: PageKind,
    /// The page's description for others.
    pub description: Option<String>,
    /// The article's text in JSON-LD, if there is more than a teaser.
    pub body: Option<String>,
    /// What the kind is told by.
    pub(super) signs: Signs,
}

/// An `articleBody` of fewer bytes is a teaser.
const LEAST_BODY: usize = 600;
/// A longer one is no text of an article.
const LONGEST_BODY: usize = 2 << 20;

/// Reads what a page says about itself. `address` is where it was fetched, if that is known.
pub(crate) fn facts(tree: &Tree<'_>, address: Option<&str>) -> Facts {
    let marks = marks(tree);
    let metas = Metas::new(&marks);
    let scripts = marks
        .scripts
        .iter()
        .flat_map(|&id| tree.children(id))
        .map(|id| tree.characters(id));
    let values = jsonld::read(scripts);
    let graph = Graph::new(&values);
    let shown = shown_titles(tree, &marks);
    let article = graph.article(|title| {
        let words = headline::words(title);
        shown
            .iter()
            .any(|shown| words.is_subset(shown) && !words.is_empty())
    });
    let url = site::url(&marks, &metas, article, address);
    let known = address.or(url.as_ref().map(|url| url.value.as_str()));
    let (outlet, sites) = site::outlet(&metas, &graph, article, known);
    let data = |key: &str| article.and_then(|article| jsonld::text(article, key));
    let title = headline::title(tree, &marks, &metas, data("headline"), &sites, known);
    let names: Vec<(String, bool)> = article
        .map(|article| {
            let mut names = graph.names(article, "author");
            if names.is_empty() {
                names = graph.names(article, "creator");
            }
            names
        })
        .unwrap_or_default();
    let author = byline::author(tree, &marks, &metas, &names, &sites, title.node);
    let language = language_of(&marks, &metas, data("inLanguage"));
    let day_first = is_day_first(&marks, language.as_ref(), known);
    let dates = dates::dates(
        tree,
        &marks,
        &metas,
        &written_dates(article),
        known,
        title.node,
        day_first,
    );
    let description = metas
        .of(Field::Description)
        .find_map(|meta| jsonld::plain(meta.value))
        .or_else(|| data("description"));
    let mut facts = Facts {
        title: title.title,
        author,
        language,
        published: dates.published,
        updated: dates.updated,
        credits: site::credits(&metas, &graph, article, outlet.as_ref(), known),
        kind: PageKind::Other,
        description,
        body: article.and_then(body),
        signs: signs(tree, &marks, &metas, &graph, article, known),
        outlet,
        url,
    };
    facts.kind = kinds::kind(&facts, facts.signs.prose);
    facts
}

fn shown_titles(tree: &Tree<'_>, marks: &Marks<'_>) -> Vec<std::collections::BTreeSet<String>> {
    let short = |id: &&u32| tree.after(**id) - **id < 60;
    let headings = marks
        .headings
        .iter()
        .take(10)
        .filter(short)
        .map(|&id| tree.words(id));
    let title = marks.title.map(|id| {
        let text: String = tree
            .children(id)
            .map(|child| tree.characters(child))
            .collect();
        text.chars().take(400).collect::<String>()
    });
    headings
        .chain(title)
        .map(|text| headline::words(&text))
        .collect()
}

fn written_dates(article: Option<&Map<String, Value>>) -> Vec<(Role, String)> {
    let keys = [
        ("datePublished", Role::Published),
        ("dateCreated", Role::Published),
        ("uploadDate", Role::Published),
        ("dateModified", Role::Updated),
    ];
    keys.into_iter()
        .filter_map(|(key, role)| Some((role, jsonld::text(article?, key)?)))
        .collect()
}

fn language_of(
    marks: &Marks<'_>,
    metas: &Metas<'_>,
    data: Option<String>,
) -> Option<Found<String>> {
    let attribute = marks.language.as_deref().and_then(language::given);
    let attribute = attribute.map(|value| Found {
        value,
        from: Place::Html,
    });
    let data = || {
        let value = language::given(&data?)?;
        Some(Found {
            value,
            from: Place::JsonLd,
        })
    };
    let meta = || {
        metas.of(Field::Language).find_map(|meta| {
            let value = language::given(meta.value)?;
            Some(Found {
                value,
                from: Place::Meta,
            })
        })
    };
    attribute.or_else(data).or_else(meta)
}

/// Whether the page's readers write the day before the month: all but those in the United States,
/// as far as the page tells.
fn is_day_first(
    marks: &Marks<'_>,
    language: Option<&Found<String>>,
    address: Option<&str>,
) -> bool {
    let regions = [
        "gb", "uk", "au", "nz", "in", "ie", "za", "ng", "ke", "pk", "sg",
    ];
    let locale = marks.metas.iter().find(|(name, _)| name == "og:locale");
    let tags = marks
        .language
        .as_deref()
        .into_iter()
        .chain(locale.map(|(_, value)| &**value));
    let mut codes: Vec<String> = tags
        .filter_map(|tag| tag.split(['-', '_']).nth(1).map(str::to_ascii_lowercase))
        .collect();
    codes.extend(
        address
            .and_then(site::host)
            .and_then(|host| host.rsplit('.').next())
            .map(str::to_owned),
    );
    match language.map(|found| found.value.as_str()) {
        Some("en") | None => codes.iter().any(|code| regions.contains(&code.as_str())),
        Some("zh" | "ja" | "ko" | "hu") => false,
        Some(_) => true,
    }
}

fn body(article: &Map<String, Value>) -> Option<String> {
    let text = article.get("articleBody")?.as_str()?;
    if text.len() < LEAST_BODY || text.len() > LONGEST_BODY {
        return None;
    }
    let text = if text.contains("</") || text.contains("<br") {
        let tree = super::parse::parse(text);
        let blocks = super::blocks::blocks(&tree);
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        texts.join("\n\n")
    } else {
        super::tree::unescaped(text, false).trim().to_owned()
    };
    let cut = text.ends_with('…') || text.ends_with("...");
    (text.len() >= LEAST_BODY && !cut).then_some(text)
}

/// Whether an element asks readers to pay.
fn is_wall(tree: &Tree<'_>, id: u32) -> bool {
    let words: String = tree.words(id).chars().take(2_000).collect();
    let words = words.to_lowercase();
    [
        "subscri", "log in", "sign in", "abonn", "abo ", "suscr", "assin",
    ]
    .iter()
    .any(|word| words.contains(word))
}

fn signs(
    tree: &Tree<'_>,
    marks: &Marks<'_>,
    metas: &Metas<'_>,
    graph: &Graph<'_>,
    article: Option<&Map<String, Value>>,
    address: Option<&str>,
) -> Signs {
    let is = |test: &dyn Fn(&str) -> bool| {
        graph
            .objects()
            .iter()
            .any(|object| jsonld::types(object).any(test))
    };
    let og_type = marks.metas.iter().find(|(name, _)| name == "og:type");
    let free = article.and_then(|article| article.get("isAccessibleForFree"));
    let not_free = match free {
        Some(Value::Bool(free)) => !free,
        Some(Value::String(free)) => free
            .rsplit('/')
            .next()
            .is_some_and(|f| f.eq_ignore_ascii_case("false")),
        _ => false,
    };
    let locked =
        |value: &str| ["locked", "metered", "premium", "paid", "subscriber"].contains(&value);
    Signs {
        article: is(&|t| t.ends_with("Article") || t.ends_with("BlogPosting")),
        live_data: is(&|t| t == "LiveBlogPosting"),
        gallery_data: is(&|t| matches!(t, "ImageGallery" | "MediaGallery")),
        video_data: is(&|t| t == "VideoObject"),
        list_data: is(&|t| matches!(t, "CollectionPage" | "SearchResultsPage" | "ProfilePage")),
        og_type: og_type
            .map(|(_, value)| value.to_lowercase())
            .unwrap_or_default(),
        not_free: not_free
            || metas
                .of(Field::Tier)
                .any(|meta| locked(&meta.value.to_lowercase())),
        wall: marks.walls.iter().take(20).any(|&id| is_wall(tree, id)),
        live_name: marks.live,
        path: address.and_then(site::path).map(str::to_lowercase),
        times: marks.times.len(),
        linked_headings: marks.linked_headings,
        prose: marks.prose,
    }
}

#[cfg(test)]
mod tests;
