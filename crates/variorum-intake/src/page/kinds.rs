//! What kind of page a page is.
//!
//! Nearly all pages that people give are articles, so each other kind needs plain signs, and the
//! length of the body decides where the signs may stand on an article's page too.

use variorum_model::PageKind as Kind;

use super::facts::Facts;

/// What the kind is told by.
#[expect(clippy::struct_excessive_bools, reason = "independent signs")]
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Signs {
    /// JSON-LD says that this is an article, a live blog, a gallery, a video, a list or a site.
    pub article: bool,
    pub live_data: bool,
    pub gallery_data: bool,
    pub video_data: bool,
    pub list_data: bool,
    /// `og:type`.
    pub og_type: String,
    /// The page's data says that it is not free, or partly.
    pub not_free: bool,
    /// An element named for a wall.
    pub wall: bool,
    /// A class or id of live blogs.
    pub live_name: bool,
    /// The path of the address, in lower case.
    pub path: Option<String>,
    pub times: usize,
    pub linked_headings: usize,
    /// Characters of paragraphs.
    pub prose: usize,
}

/// Less text than this, in characters, is not a whole article.
const SHORT: usize = 1_500;
/// A page of pictures or a video has less.
const LITTLE: usize = 1_000;
/// A page that lists others has at least so many headings that are links.
const TEASERS: usize = 8;
/// A live blog has at least so many times.
const ENTRIES: usize = 5;

/// The kind of a page whose body has so many characters.
pub(crate) fn kind(facts: &Facts, body_chars: usize) -> Kind {
    let signs = &facts.signs;
    let dated = facts.published.is_some();
    let path = signs.path.as_deref();
    let part =
        |names: &[&str]| path.is_some_and(|path| path.split('/').any(|p| names.contains(&p)));
    if signs.live_data
        || (signs.times >= ENTRIES && signs.live_name)
        || (signs.times >= ENTRIES && part(&["live", "liveblog", "live-blog", "live-updates"]))
    {
        return Kind::Live;
    }
    let cut = (signs.not_free && body_chars < SHORT) || (signs.wall && body_chars < LITTLE);
    if cut && (signs.article || dated) {
        return Kind::Paywalled;
    }
    let front =
        path.is_some_and(|path| matches!(path.trim_matches('/'), "" | "index.html" | "index.php"));
    let listing = part(&[
        "tag",
        "tags",
        "category",
        "categories",
        "section",
        "sections",
        "author",
        "authors",
        "topic",
        "topics",
        "search",
    ]);
    let teasers = signs.linked_headings >= TEASERS;
    if !signs.article
        && (front || (listing && teasers) || (signs.list_data && teasers && body_chars < SHORT))
    {
        return Kind::Index;
    }
    if !signs.article && signs.og_type == "website" && teasers && body_chars < LITTLE && !dated {
        return Kind::Index;
    }
    let gallery = signs.gallery_data
        || signs.og_type.contains("gallery")
        || part(&["gallery", "galleries", "photos", "slideshow"]);
    if gallery && body_chars < LITTLE {
        return Kind::Gallery;
    }
    let video = signs.video_data
        || signs.og_type.starts_with("video")
        || part(&["video", "videos", "watch"]);
    if video && !signs.article && body_chars < LITTLE {
        return Kind::Video;
    }
    if signs.article || dated || body_chars >= SHORT || signs.og_type == "article" {
        return Kind::Article;
    }
    Kind::Other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(head: &str, body: &str, address: &str) -> Facts {
        let html = format!("<html><head>{head}</head><body>{body}</body></html>");
        crate::page::facts::facts(&crate::page::parse::parse(&html), Some(address))
    }

    #[test]
    fn kinds_of_pages() {
        let prose =
            "<p>The council met on Monday and agreed to repair the old bridge.</p>".repeat(30);
        let teasers = "<h3><a href='/a'>The council met on Monday</a></h3>".repeat(12);
        let entries =
            "<div><time datetime='2022-01-07T10:00:00Z'>10:00</time><p>Doors open.</p></div>"
                .repeat(8);
        let data = |kind: &str, more: &str| {
            format!(
                r#"<script type="application/ld+json">{{"@type": "{kind}", "datePublished": "2022-01-07"{more}}}</script>"#
            )
        };
        let check = |head: &str, body: &str, address: &str, expected: Kind| {
            let found = page(head, body, address).kind;
            assert_eq!(found, expected, "{head:?} at {address:?}");
        };
        let own = "https://courier.example/2022/01/07/bridge";
        check(&data("NewsArticle", ""), &prose, own, Kind::Article);
        check("", &prose, own, Kind::Article);
        let locked = r#", "isAccessibleForFree": "False""#;
        check(
            &data("NewsArticle", locked),
            "<p>The council met.</p>",
            own,
            Kind::Paywalled,
        );
        check(&data("NewsArticle", locked), &prose, own, Kind::Article);
        let tier = r#"<meta property="article:content_tier" content="locked">"#;
        check(
            &(data("NewsArticle", "") + tier),
            "<p>The council met.</p>",
            own,
            Kind::Paywalled,
        );
        let wall = "<p>The council met.</p><div class='paywall'>Subscribe to read on</div>";
        check(&data("NewsArticle", ""), wall, own, Kind::Paywalled);
        check(
            &data("NewsArticle", ""),
            "<p>The council met.</p><div class='paywall'></div>",
            own,
            Kind::Article,
        );
        check(&data("LiveBlogPosting", ""), &entries, own, Kind::Live);
        check(
            "",
            &entries,
            "https://courier.example/live/election",
            Kind::Live,
        );
        check(
            "",
            &format!("<div class='liveblog'>{entries}</div>"),
            own,
            Kind::Live,
        );
        check(
            &data("ImageGallery", ""),
            "<p>The bridge.</p>",
            own,
            Kind::Gallery,
        );
        check("", &teasers, "https://courier.example/", Kind::Index);
        check(
            "",
            &teasers,
            "https://courier.example/tag/bridges",
            Kind::Index,
        );
        check(
            r#"<meta property="og:type" content="website">"#,
            &teasers,
            "https://courier.example/north",
            Kind::Index,
        );
        check(
            &data("NewsArticle", ""),
            &(prose.clone() + &teasers),
            "https://courier.example/tag/bridges",
            Kind::Article,
        );
        check(
            &data("VideoObject", ""),
            "<p>Watch the bridge.</p>",
            own,
            Kind::Video,
        );
        check(
            "",
            "<p>Call us.</p>",
            "https://courier.example/contact",
            Kind::Other,
        );
    }
}
