//! Which addresses may become links.

/// The address, when it is plainly a web address. Everything else (`javascript:`, files, addresses
/// with white space, quotation marks or brackets in them, those with the name of a user, which may
/// look like that of another site) is shown as words at most.
pub(crate) fn web(url: &str) -> Option<&str> {
    let url = url.trim();
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme)
            .then(|| &url[scheme.len()..])
    })?;
    let harmless =
        |c: char| !c.is_whitespace() && !crate::quote::is_control(c) && !"\"'<>`\\{}|^".contains(c);
    let site = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let is_plain = rest.starts_with(char::is_alphanumeric) && !site.contains('@');
    (is_plain && rest.chars().all(harmless)).then_some(url)
}

/// The site of a web address, without `www.`.
pub(crate) fn host(url: &str) -> Option<String> {
    let url = web(url)?;
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        for url in [
            "https://a.example/x?y=1&z=%20",
            "HTTP://A.example",
            "https://bücher.example/ä",
            "https://a.example/@user",
        ] {
            assert_eq!(web(url), Some(url));
        }
        for url in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//a.example",
            "file:///etc/passwd",
            "https://",
            "https://a.example/\"onload=x",
            "https://a.example/ b",
            "https://a.example/<b>",
            "https://a.example@b.example/",
            "https://user:secret@a.example/",
            "",
        ] {
            assert_eq!(web(url), None, "{url}");
        }
    }

    #[test]
    fn the_host_is_the_site() {
        assert_eq!(
            host("https://www.Thehill.com/a/b").as_deref(),
            Some("thehill.com")
        );
        assert_eq!(
            host("https://a.example:8080?x").as_deref(),
            Some("a.example")
        );
        assert_eq!(host("reports/one"), None);
    }
}
