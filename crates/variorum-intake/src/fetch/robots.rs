//! The rules that sites set for robots (RFC 9309), and how long each is remembered.
//!
//! No rules (any 4xx, too many redirects) allow all; rules that cannot be read now (5xx, no answer)
//! forbid all, for a while. Of a long file the first 500 KiB count.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use robotxt::Robots;
use tokio::time::Instant;
use url::Url;

use super::failure::Failure;

/// The name that rules are looked up under.
pub(super) const PRODUCT: &str = "variorum";

/// What is read of a robots.txt, in bytes.
pub(super) const LENGTH: usize = 500 << 10;

/// A longer delay than this would be no rate but a refusal; it is cut to this.
const LONGEST_DELAY: Duration = Duration::from_mins(1);

const KEEP: Duration = Duration::from_hours(24);
const KEEP_FAILURE: Duration = Duration::from_mins(10);

/// What the remembered files may hold together, in bytes of their text.
const KEEP_BYTES: usize = 64 << 20;

/// What is known of one origin.
pub(super) enum Rules {
    /// Nothing is forbidden.
    None,
    /// The rules for us.
    Some(Robots),
    /// Nothing may be asked now.
    Failed(Failure),
}

impl Rules {
    /// Reads a robots.txt.
    pub(super) fn read(text: &[u8]) -> Self {
        Rules::Some(Robots::from_bytes(text, PRODUCT))
    }

    /// Whether the address may be asked for.
    pub(super) fn check(&self, url: &Url) -> Result<(), Failure> {
        match self {
            Rules::None => Ok(()),
            Rules::Some(robots) if robots.is_absolute_allowed(url) => Ok(()),
            Rules::Some(_) => Err(Failure::Robots),
            Rules::Failed(failure) => Err(failure.clone()),
        }
    }

    /// The pause between two requests that the site asks for.
    pub(super) fn delay(&self) -> Option<Duration> {
        match self {
            Rules::Some(robots) => robots.crawl_delay().map(|delay| delay.min(LONGEST_DELAY)),
            _ => None,
        }
    }
}

/// Whose rules: the origin, and whether the user named it. A private host that was refused to a
/// link must not be refused to the user.
pub(super) type Site = (String, bool);

/// The site of an address.
pub(super) fn site(url: &Url, open: bool) -> Site {
    (url.origin().ascii_serialization(), open)
}

/// The rules of many sites. The oldest are forgotten when they are too much together.
#[derive(Default)]
pub(super) struct Memory {
    sites: HashMap<Site, (Instant, usize, Rules)>,
    oldest: VecDeque<Site>,
    bytes: usize,
}

impl Memory {
    /// The rules of a site, if they are known and fresh.
    pub(super) fn get(&self, site: &Site, now: Instant) -> Option<&Rules> {
        let (until, _, rules) = self.sites.get(site)?;
        (now < *until).then_some(rules)
    }

    /// Remembers rules; `bytes` is the length of their text.
    pub(super) fn put(&mut self, site: Site, rules: Rules, bytes: usize, now: Instant) {
        let keep = match rules {
            Rules::Failed(_) => KEEP_FAILURE,
            _ => KEEP,
        };
        let bytes = bytes + 500;
        self.bytes += bytes;
        match self.sites.insert(site.clone(), (now + keep, bytes, rules)) {
            Some((_, bytes, _)) => self.bytes -= bytes,
            None => self.oldest.push_back(site),
        }
        while self.bytes > KEEP_BYTES
            && self.oldest.len() > 1
            && let Some(site) = self.oldest.pop_front()
        {
            if let Some((_, bytes, _)) = self.sites.remove(&site) {
                self.bytes -= bytes;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Most are the examples of RFC 9309, sections 2.2.2, 2.2.3 and 5.
    #[test]
    fn rules_are_read_as_the_standard_says() {
        let check = |text: &str, path: &str, expected: bool| {
            let url = Url::parse("https://courier.example")
                .unwrap()
                .join(path)
                .unwrap();
            let found = Rules::read(text.as_bytes()).check(&url).is_ok();
            assert_eq!(found, expected, "{path} under {text:?}");
        };
        let simple = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\n\
                      Allow: /publications/\n\nUser-Agent: foobot\nDisallow:/\n";
        check(simple, "/a.gif", false);
        check(simple, "/a.gif?x", true);
        check(simple, "/example/x", false);
        check(simple, "/publications/x", true);
        check(simple, "/other", true);
        let own = "User-agent: *\nDisallow: /\n\nUser-agent: VARIORUM\nDisallow: /a\n\n\
                   User-agent: other\nDisallow: /b\n\nUser-agent: variorum\nDisallow: /c\n";
        check(own, "/a", false);
        check(own, "/b", true);
        check(own, "/c", false);
        let longest = "User-agent: *\nAllow: /example/page/\n\
                       Disallow: /example/page/disallowed.gif\nDisallow: /tie\nAllow: /tie\n";
        check(longest, "/example/page/disallowed.gif", false);
        check(longest, "/example/page/", true);
        check(longest, "/tie", true);
        check(
            "User-agent: *\nDisallow: /foo/\u{30c4}\n",
            "/foo/%E3%83%84",
            false,
        );
        check(
            "User-agent: *\nDisallow: /foo/%E3%83%84\n",
            "/foo/\u{30c4}",
            false,
        );
        check("User-agent: *\nDisallow: /*?\n", "/page?x=1", false);
        check("User-agent: *\nDisallow: /Page\n", "/page", true);
        check("User-agent: *\nDisallow:\n", "/page", true);
        check("User-agent: *\nDisallow: /\n", "/robots.txt", true);
        check(
            "\u{feff}User-agent: *\r\nDisallow: / # all\r\n",
            "/page",
            false,
        );
        check("<html>Not here</html>", "/page", true);
        check("", "/page", true);
    }

    #[test]
    fn delays_are_bounded() {
        let check = |delay: &str, expected: Option<u64>| {
            let rules = Rules::read(format!("User-agent: *\nCrawl-delay: {delay}\n").as_bytes());
            assert_eq!(
                rules.delay(),
                expected.map(Duration::from_millis),
                "{delay}"
            );
        };
        check("2.5", Some(2500));
        check("86400", Some(60_000));
        check("-1", None);
        check("1e300", None);
        check("soon", None);
    }

    /// Backtracking would take longer than anyone waits.
    #[test]
    fn hostile_rules_end() {
        let stars = format!("User-agent: *\nDisallow: /{}x$\n", "*a".repeat(2000));
        let url = Url::parse(&format!("https://courier.example/{}", "a".repeat(5000))).unwrap();
        assert!(Rules::read(stars.as_bytes()).check(&url).is_ok());
    }

    #[test]
    fn the_oldest_rules_are_forgotten() {
        let mut memory = Memory::default();
        let now = Instant::now();
        let name = |n: usize| (format!("https://{n}.example"), false);
        for n in 0..100 {
            memory.put(name(n), Rules::None, 1 << 20, now);
        }
        assert!(memory.get(&name(0), now).is_none());
        assert!(memory.get(&name(99), now).is_some());
        assert!(memory.bytes <= KEEP_BYTES);
        assert!(memory.get(&name(99), now + KEEP).is_none());
        memory.put(name(99), Rules::Failed(Failure::Private), 0, now);
        assert!(memory.get(&name(99), now + KEEP_FAILURE).is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_rules(bytes in proptest::collection::vec(0_u8.., 0..300)) {
            let rules = Rules::read(&bytes);
            let _ = rules.check(&Url::parse("https://courier.example/a?b").unwrap());
        }
    }
}
