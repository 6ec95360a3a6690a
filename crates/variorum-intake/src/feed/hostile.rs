//! That nothing breaks the reader: feeds made to take its time, and samples with pieces of them
//! changed, lost, doubled and moved.

use std::time::{Duration, Instant};

use url::Url;

use super::samples::{self, ADDRESS};
use super::{kind, read};

fn address() -> Url {
    Url::parse(ADDRESS).unwrap()
}

/// What would take minutes if a cost grew with the square of the input, or overflow the stack.
#[test]
fn hostile_feeds_are_read_in_time() {
    const N: usize = 30_000;
    let channel = |inner: String| format!("<rss><channel>{inner}</channel></rss>");
    let item = |inner: String| format!("<rss><channel><item>{inner}</item></channel></rss>");
    let title = |inner: String| item(format!("<title>{inner}</title>"));
    let mut feeds = Vec::new();
    for piece in [
        "<a>",
        "</a>",
        "<a></b>",
        "<![CDATA[",
        "<!--",
        "<!",
        "<?",
        "&",
        "&lt;",
        "&amp;amp;",
        "<b ",
        "<",
        "]]>",
        "<item>",
        "<title>",
        "<a b='",
        "<a xmlns='x'>",
        "<script>",
        "(",
        " read more",
        "@",
        "<rss>",
        "<channel>",
        "<dc:creator>A</dc:creator>",
        "<atom:author><name>",
    ] {
        let run = piece.repeat(N);
        feeds.extend([
            run.clone(),
            channel(run.clone()),
            item(run.clone()),
            title(run.clone()),
        ]);
        feeds.push(format!(
            "<feed><entry><content type='html'>{run}</content></entry></feed>"
        ));
        feeds.push(format!("<opml>{run}</opml>"));
    }
    feeds.push(format!("{}{}", "<a>".repeat(N), "</a>".repeat(N)));
    feeds.push(item(format!(
        "<title>{}x{}</title>",
        "<a>".repeat(N),
        "</a>".repeat(N)
    )));
    feeds.push(format!(
        "<opml>{}",
        "<outline xmlUrl='https://a.example/'>".repeat(N)
    ));
    feeds.push(format!(
        "{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}",
        "[".repeat(N)
    ));
    feeds.push("{\"version\":".repeat(N));
    feeds.push(format!("<rss {}>", "a='b' ".repeat(N)));
    for text in feeds {
        let begun = Instant::now();
        if let Ok(feed) = read(text.as_bytes(), Some(&address())) {
            feed.entries
                .iter()
                .for_each(|entry| assert!(!entry.id.is_empty()));
            let _ = feed
                .entries
                .iter()
                .filter_map(|entry| entry.whole())
                .count();
        }
        let (taken, head) = (begun.elapsed(), text.chars().take(90).collect::<String>());
        assert!(taken < Duration::from_secs(5), "{taken:?} for {head}");
    }
}

/// A small generator of numbers (xorshift), so that a failure comes again.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn range(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let start = self.below(bytes.len());
        start..(start + self.below(120)).min(bytes.len())
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let range = self.range(bytes);
        match self.below(6) {
            0 => {
                let at = self.below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = self.below(256) as u8;
                }
            }
            1 => bytes.truncate(range.start),
            2 => drop(bytes.drain(range)),
            3 => {
                let copy = bytes[range.clone()].to_vec();
                bytes.splice(range.end..range.end, copy);
            }
            4 => {
                let piece: Vec<u8> = bytes.drain(range).collect();
                let at = self.below(bytes.len());
                bytes.splice(at..at, piece);
            }
            _ => {
                let signs = b"<>&;\"'/![]-= \0\xFF{}:?";
                let at = self.below(bytes.len());
                bytes.insert(at, signs[self.below(signs.len())]);
            }
        }
    }
}

#[test]
fn no_mutation_breaks_the_reader() {
    let mut random = Random(0x5EED_0FFE);
    let address = address();
    for round in 0..10_000 {
        let mut bytes = samples::ALL[round % samples::ALL.len()].as_bytes().to_vec();
        for _ in 0..=random.below(4) {
            random.mutate(&mut bytes);
        }
        let begun = Instant::now();
        let _ = kind(&bytes[..bytes.len().min(400)]);
        if let Ok(feed) = read(&bytes, Some(&address)) {
            for entry in &feed.entries {
                let _ = entry.whole();
                assert!(!entry.id.is_empty(), "round {round}");
            }
        }
        let taken = begun.elapsed();
        assert!(
            taken < Duration::from_secs(1),
            "round {round} took {taken:?}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(
        root in "<rss>|<feed>|<urlset>|<opml>|\\{\"version\":\"https://jsonfeed.org/version/1\",|",
        text in "(<item>|</item>|<entry>|<title>|</title>|<url|[<>/&;a-c=\"' !\\[\\]-]|.){0,60}",
        bytes in proptest::collection::vec(0_u8.., 0..40),
    ) {
        let _ = read(&[root.as_bytes(), text.as_bytes(), &bytes].concat(), None);
        let _ = kind(&bytes);
    }
}
