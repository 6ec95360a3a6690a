//! Addresses to bytes, with manners.
//!
//! [`each`] asks for many addresses and hands over each answer as it comes. It keeps to the rules
//! of RFC 9309 (`robots.txt`, read as `variorum`) and their crawl-delay, asks one host no faster
//! than once a second and for two things at most at a time, waits where a site says that it is
//! busy, and asks only for what has changed where the caller knows what it had. So a run that was
//! broken off is taken up by asking again.
//!
//! What comes is bounded in time and size. A link cannot lead into the user's own network: see
//! `address` for what is refused and `client` for where, and for what a proxy changes.
//!
//! `https` comes first: an address without a scheme, and any `http` link that a page or feed gives,
//! is tried as `https`, and as `http` only where no secure connection can be made. An address that
//! the user gives with its scheme, one with a port, and a redirect are taken as they are.
//!
//! The parts: `queues` says which host is next; `run` takes a request through robots, redirects,
//! waits and retries; `robots` remembers rules; `client` makes one request; `unpack` undoes
//! compression.

mod address;
mod client;
mod failure;
mod queues;
mod robots;
mod run;
mod unpack;

#[cfg(test)]
mod tests;

use std::ops::ControlFlow;
use std::time::Duration;

use url::Url;
use variorum_model::Moment;

use crate::Problem;

pub use self::failure::Failure;

/// An address to ask for. Made by [`Request::named`] or [`Request::link`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request<T> {
    /// What to ask for.
    pub url: Url,
    /// The user named this host, so it may be on a private network.
    pub named: bool,
    /// Where `https` cannot connect, `http` is tried.
    pub or_http: bool,
    /// The `ETag` of what the caller has.
    pub etag: Option<String>,
    /// The `Last-Modified` of what the caller has.
    pub last_modified: Option<String>,
    /// The caller's own.
    pub tag: T,
}

impl<T> Request<T> {
    /// An address as the user typed it, with or without a scheme.
    pub(crate) fn named(text: &str, tag: T) -> Result<Self, Failure> {
        let text = text.trim();
        let or_http = !text.contains("://");
        let parsed = if or_http {
            Url::parse(&format!("https://{text}"))
        } else {
            Url::parse(text)
        };
        let url = parsed.map_err(|_| not_an_address(text))?;
        check(&url)?;
        // `mailto:a@b.example` and `a@b.example` would be a name and password for a host.
        if or_http && !url.username().is_empty() {
            return Err(not_an_address(text));
        }
        Ok(Request {
            url,
            named: true,
            or_http,
            etag: None,
            last_modified: None,
            tag,
        })
    }

    /// An address that a page or feed gives. A name and password in it are not sent.
    pub(crate) fn link(mut url: Url, tag: T) -> Result<Self, Failure> {
        check(&url)?;
        strip(&mut url);
        let or_http = url.scheme() == "http" && url.port().is_none();
        if or_http {
            let _ = url.set_scheme("https");
        }
        Ok(Request {
            url,
            named: false,
            or_http,
            etag: None,
            last_modified: None,
            tag,
        })
    }
}

/// A good answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    /// What is there now.
    Fetched(Box<Fetched>),
    /// It is what the request's `etag` or `last_modified` stand for.
    Unchanged,
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fetched {
    /// Where it was in the end, after redirects; without name, password and fragment.
    pub url: Url,
    /// The `Content-Type`, as it was given.
    pub content_type: Option<String>,
    /// For the next request.
    pub etag: Option<String>,
    /// For the next request.
    pub last_modified: Option<String>,
    /// Unpacked; at most [`Limits::unpacked`] bytes.
    pub body: Vec<u8>,
    /// When it came, UTC.
    pub retrieved: Moment,
    /// It came from a private or reserved network.
    pub private: bool,
}

/// What keeps a run polite and bounded.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Requests at once, over all hosts.
    pub at_once: usize,
    /// Requests at once to one host.
    pub per_host: usize,
    /// The least time between the starts of two requests to one host. A longer crawl-delay takes
    /// its place, up to a minute.
    pub pause: Duration,
    /// Until there is a connection.
    pub connect: Duration,
    /// Between two reads.
    pub read: Duration,
    /// From the request to the last byte.
    pub whole: Duration,
    /// Bytes of a body as it comes.
    pub packed: usize,
    /// Bytes of a body when it is unpacked.
    pub unpacked: usize,
    /// Redirects of one request.
    pub redirects: usize,
    /// How often a busy site (429, 503) is asked.
    pub tries: u32,
    /// The first wait for a busy site that does not say how long; doubled each time.
    pub wait: Duration,
    /// The longest wait for a busy site. One that asks for more is given up.
    pub longest_wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            at_once: 32,
            per_host: 2,
            pause: Duration::from_secs(1),
            connect: Duration::from_secs(10),
            read: Duration::from_secs(20),
            whole: Duration::from_mins(1),
            packed: 32 << 20,
            unpacked: crate::MAX_REPORT,
            redirects: 5,
            tries: 3,
            wait: Duration::from_secs(5),
            longest_wait: Duration::from_mins(5),
        }
    }
}

/// Gets each request back with its answer, and may ask for more.
pub(crate) type Take<'a, T> =
    dyn FnMut(Request<T>, Result<Reply, Problem>) -> ControlFlow<(), Vec<Request<T>>> + 'a;

/// Fetches all, and what `take` asks for on the way (a feed's pages). Each request comes back once,
/// in the order in which the answers come. Ends early when `take` breaks. Connections wait while
/// `take` runs, so long work belongs elsewhere. Fails only if this machine cannot fetch at all, or
/// when called from asynchronous code.
pub(crate) fn each<T>(
    start: Vec<Request<T>>,
    limits: &Limits,
    take: &mut Take<'_, T>,
) -> Result<(), Problem> {
    if tokio::runtime::Handle::try_current().is_ok() {
        return Err(Failure::Client("called from asynchronous code".to_owned()).into());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Client(error.to_string()))?;
    let clients = client::Clients::new(limits)?;
    let _ = runtime.block_on(run::all(start, &clients, limits, take));
    // A name that is still being resolved would otherwise be waited for.
    runtime.shutdown_background();
    Ok(())
}

/// Whether an address is one of the web.
fn check(url: &Url) -> Result<(), Failure> {
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(())
    } else {
        Err(not_an_address(url.as_str()))
    }
}

fn not_an_address(text: &str) -> Failure {
    let shown = crate::one_line(text);
    Failure::Address(crate::decode::front(&shown, 200).to_owned())
}

/// Removes what is not part of where something is.
fn strip(url: &mut Url) {
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
}
