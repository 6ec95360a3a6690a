//! Where a page comes from: its address, its outlet and the sources that it credits.

use serde_json::{Map, Value};

use variorum_model::Place;

use super::facts::Found;
use super::headline::letters;
use super::jsonld::{self, Graph, plain};
use super::marks::Marks;
use super::meta::{Field, Metas};
use crate::kept::{is_archive, kept, original};

/// A longer address, in bytes, is none.
const LONGEST: usize = 2_000;

/// The page's own address: canonical link, OpenGraph, JSON-LD, else where it was fetched.
pub(super) fn url(
    marks: &Marks<'_>,
    metas: &Metas<'_>,
    article: Option<&Map<String, Value>>,
    address: Option<&str>,
) -> Option<Found<String>> {
    let believed = |text: &str, from: Place| {
        let value = absolute(text, address)?;
        let here = address.and_then(path).unwrap_or_default();
        let front = path(&value).is_none_or(|path| path.trim_matches('/').is_empty());
        // A front page named as the address of a page that is none is a fault of the template.
        (!front || here.trim_matches('/').is_empty() && address.is_some())
            .then_some(Found { value, from })
    };
    let mut canonical = marks
        .links
        .iter()
        .filter(|(rel, _)| rel.split(' ').any(|r| r == "canonical"));
    let canonical = canonical.find_map(|(_, href)| believed(href, Place::Meta));
    let og = || {
        metas
            .of(Field::Url)
            .find_map(|meta| believed(meta.value, Place::OpenGraph))
    };
    let data = || {
        let article = article?;
        let page = article.get("mainEntityOfPage");
        let page = page.and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()));
        let url = article.get("url").and_then(Value::as_str);
        url.into_iter()
            .chain(page)
            .find_map(|url| believed(url, Place::JsonLd))
    };
    let here = || {
        let value = absolute(address?, None)?;
        Some(Found {
            value,
            from: Place::Address,
        })
    };
    canonical.or_else(og).or_else(data).or_else(here)
}

/// An address with scheme and host; `None` for what is none of the web.
fn absolute(text: &str, base: Option<&str>) -> Option<String> {
    let text = text.trim();
    let text = text.split('#').next().unwrap_or(text);
    if text.is_empty()
        || text.len() > LONGEST
        || text.contains(|c: char| c.is_whitespace() || c.is_control())
    {
        return None;
    }
    let whole = if is_web(text) {
        text.to_owned()
    } else if let Some(rest) = text.strip_prefix("//") {
        format!("https://{rest}")
    } else if let Some(copy) = of_copy(text) {
        copy
    } else if text.starts_with('/') {
        let base = base.filter(|base| is_web(base))?;
        let (scheme, rest) = base.split_once("://")?;
        format!("{scheme}://{}{text}", rest.split(['/', '?', '#']).next()?)
    } else {
        return None;
    };
    host(&whole)
        .is_some_and(|host| host.contains('.') && host.len() < 254)
        .then(|| original(whole))
}

/// The address in a path as archives write it into the pages that they keep (`/web/2016.../http://`).
fn of_copy(path: &str) -> Option<String> {
    let copy = path.strip_prefix("/web/")?;
    kept(&format!("https://web.archive.org/web/{copy}")).map(|kept| kept.address)
}

fn is_web(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
}

/// The path of an address.
pub(super) fn path(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map(|(_, rest)| rest)?;
    let rest = rest.split(['?', '#']).next()?;
    rest.find('/').and_then(|at| rest.get(at..))
}

/// The host of an address, without `www`, user or port.
pub(super) fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// The outlet's name, and all names of the site, by which titles end.
pub(super) fn outlet(
    metas: &Metas<'_>,
    graph: &Graph<'_>,
    article: Option<&Map<String, Value>>,
    address: Option<&str>,
) -> (Option<Found<String>>, Vec<String>) {
    let mut names: Vec<Found<String>> = Vec::new();
    let mut add = |text: &str, from: Place| {
        let value = plain(text)
            .map(|name| without_motto(&name))
            .filter(|name| is_name(name) && !is_archive(name));
        names.extend(value.map(|value| Found { value, from }));
    };
    let of_field = || metas.of(Field::Outlet);
    for meta in of_field().filter(|meta| meta.name == "og:site_name") {
        add(meta.value, Place::OpenGraph);
    }
    if let Some(article) = article {
        for (name, _) in graph.names(article, "publisher") {
            add(&name, Place::JsonLd);
        }
    }
    for object in graph.objects() {
        if jsonld::types(object).any(|t| matches!(t, "WebSite" | "NewsMediaOrganization"))
            && let Some(name) = jsonld::text(object, "name")
        {
            add(&name, Place::JsonLd);
        }
    }
    for meta in of_field().filter(|meta| meta.name != "og:site_name") {
        add(meta.value, Place::Meta);
    }
    let host = address.and_then(host);
    if let Some(host) = host {
        add(host, Place::Address);
    }
    let mut sites: Vec<String> = names.iter().map(|found| found.value.clone()).collect();
    if let Some(host) = host {
        // `news.example.co.uk` gives `example`.
        let main = host
            .split('.')
            .filter(|label| label.len() > 3)
            .max_by_key(|label| label.len());
        sites.extend(main.map(str::to_owned));
    }
    (names.into_iter().next(), sites)
}

/// "The Ashford Courier | News from the valley" without the motto.
fn without_motto(name: &str) -> String {
    let end = [" | ", " – ", " — ", " - ", " :: "]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min();
    let front = name.get(..end.unwrap_or(name.len())).unwrap_or(name).trim();
    if front.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
        front
    } else {
        name
    }
    .to_owned()
}

fn is_name(name: &str) -> bool {
    name.len() <= 120
        && name.chars().any(char::is_alphabetic)
        && !name.contains("://")
        && !name.starts_with('@')
}

/// The sources that the page's data names, other than the outlet itself.
pub(super) fn credits(
    metas: &Metas<'_>,
    graph: &Graph<'_>,
    article: Option<&Map<String, Value>>,
    outlet: Option<&Found<String>>,
    address: Option<&str>,
) -> Vec<String> {
    let mut own: Vec<String> = outlet
        .map(|outlet| letters(&outlet.value))
        .into_iter()
        .collect();
    let here = address.and_then(host);
    own.extend(here.map(letters));
    let mut names = Vec::new();
    if let Some(article) = article {
        own.extend(
            graph
                .names(article, "publisher")
                .iter()
                .map(|(name, _)| letters(name)),
        );
        for key in ["sourceOrganization", "provider", "isBasedOn"] {
            names.extend(graph.names(article, key).into_iter().map(|(name, _)| name));
        }
    }
    names.extend(metas.of(Field::Credits).map(|meta| meta.value.to_owned()));
    let mut credits: Vec<String> = Vec::new();
    for name in names {
        let name = if is_web(&name) {
            host(&name).map(str::to_owned)
        } else {
            plain(&name)
        };
        let Some(name) =
            name.filter(|name| name.len() <= 120 && name.chars().any(char::is_alphabetic))
        else {
            continue;
        };
        let key = letters(&name);
        if !own.contains(&key) {
            own.push(key);
            credits.push(name);
        }
    }
    credits
}
