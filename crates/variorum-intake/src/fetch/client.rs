//! One request and its answer: the connection, its time-outs, its size limit, and the check of
//! the address where the connection is made.
//!
//! Three clients keep three kinds of connections apart. `strict` connects only to public
//! addresses: its resolver drops all others, so that a name cannot be public when it is looked at
//! and private when it is used. `open`, for hosts that the user named, connects to any. `proxied`
//! is for addresses that the environment sends through a proxy (`HTTPS_PROXY`, `HTTP_PROXY`,
//! `ALL_PROXY`, `NO_PROXY`); there the proxy resolves the names, so that only hosts written as
//! private addresses can be refused, and what it may reach is up to it.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, ClientBuilder, StatusCode};
use rustls::ClientConfig;
use tokio::time::timeout;
use url::Url;

use super::Limits;
use super::address::{is_private_host, is_public};
use super::failure::Failure;
use super::unpack::ACCEPTED;

const USER_AGENT: &str = concat!(
    "variorum/",
    env!("CARGO_PKG_VERSION"),
    " (collates news reports; reads robots.txt as \"variorum\")"
);

const WANTED: &str = "text/html, application/xhtml+xml, application/atom+xml, \
     application/rss+xml, application/feed+json, application/xml;q=0.9, text/plain;q=0.9, */*;q=0.5";

/// How long a connection stays open without use. Short, since there may be thousands of hosts and
/// each open connection is a file handle.
const IDLE: Duration = Duration::from_secs(2);

/// An answer as it came.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// Packed as it came; empty unless the status is a success.
    pub(super) body: Vec<u8>,
    /// Who answered is on a private network. Not known behind a proxy, and then not so.
    pub(super) private: bool,
}

impl Answer {
    /// The value of a header, where it is plain ASCII.
    pub(super) fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All values of a header that is a list.
    pub(super) fn list(&self, name: HeaderName) -> String {
        let values = self.headers.get_all(name);
        let values: Vec<&str> = values.iter().filter_map(|v| v.to_str().ok()).collect();
        values.join(",")
    }
}

/// How much of a body is wanted.
#[derive(Clone, Copy)]
pub(super) enum Want {
    /// All; one longer than this is a failure.
    All(usize),
    /// Its beginning.
    First(usize),
}

/// What requests are made with.
pub(super) struct Clients {
    strict: Client,
    open: Client,
    proxied: Client,
    proxies: Matcher,
}

impl Clients {
    /// `Err` if this machine lacks what it needs.
    pub(super) fn new(limits: &Limits) -> Result<Self, Failure> {
        check_proxies(|name| std::env::var(name).ok())?;
        let tls = tls()?;
        let build = |builder: ClientBuilder| {
            builder
                .tls_backend_preconfigured(tls.clone())
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .user_agent(USER_AGENT)
                .connect_timeout(limits.connect)
                .read_timeout(limits.read)
                .pool_idle_timeout(IDLE)
                .pool_max_idle_per_host(limits.per_host)
                .build()
                .map_err(|error| Failure::Client(innermost(&error)))
        };
        Ok(Clients {
            strict: build(
                Client::builder()
                    .no_proxy()
                    .dns_resolver(Resolver { open: false }),
            )?,
            open: build(
                Client::builder()
                    .no_proxy()
                    .dns_resolver(Resolver { open: true }),
            )?,
            proxied: build(Client::builder())?,
            proxies: Matcher::from_env(),
        })
    }

    /// Asks once and follows no redirect. `open` allows hosts on private networks.
    pub(super) async fn get(
        &self,
        url: &Url,
        open: bool,
        headers: HeaderMap,
        want: Want,
        limits: &Limits,
    ) -> Result<Answer, Failure> {
        let is_private = is_private_host(url);
        if is_private && !open {
            return Err(Failure::Private);
        }
        let uri = url.as_str().parse().ok();
        let (client, direct) = match uri.and_then(|uri| self.proxies.intercept(&uri)) {
            Some(_) if !is_private => (&self.proxied, false),
            _ if open => (&self.open, true),
            _ => (&self.strict, true),
        };
        let asked = timeout(limits.whole, ask(client, url, headers, want, limits));
        let answer = asked.await.unwrap_or(Err(Failure::WholeTime(limits.whole)));
        answer.map(|answer| Answer {
            private: answer.private && direct,
            ..answer
        })
    }
}

/// Fails on a proxy that cannot be understood: without it, what should go through a proxy would not.
fn check_proxies(variable: impl Fn(&str) -> Option<String>) -> Result<(), Failure> {
    const NAMES: [&str; 3] = ["http_proxy", "https_proxy", "all_proxy"];
    let any = "http://example.org/".parse().ok();
    for name in NAMES
        .iter()
        .flat_map(|name| [name.to_uppercase(), (*name).to_owned()])
    {
        let Some(value) = variable(&name).filter(|value| !value.is_empty()) else {
            continue;
        };
        let understood = Matcher::builder().all(value).build();
        let proxy = any.as_ref().and_then(|any| understood.intercept(any));
        let proxy = proxy.and_then(|proxy| Url::parse(&proxy.uri().to_string()).ok());
        if !proxy.is_some_and(|proxy| matches!(proxy.scheme(), "http" | "https")) {
            return Err(Failure::Proxy(name));
        }
    }
    Ok(())
}

async fn ask(
    client: &Client,
    url: &Url,
    headers: HeaderMap,
    want: Want,
    limits: &Limits,
) -> Result<Answer, Failure> {
    let request = client
        .get(url.clone())
        .header(header::ACCEPT, WANTED)
        .header(header::ACCEPT_ENCODING, ACCEPTED)
        .headers(headers);
    let mut response = request.send().await.map_err(|e| failure(&e, limits))?;
    let (status, headers) = (response.status(), response.headers().clone());
    let private = response.remote_addr().is_some_and(|at| !is_public(at.ip()));
    let mut body = Vec::new();
    if status.is_success() {
        let of = response.content_length();
        if let Want::All(limit) = want
            && of.is_some_and(|of| of > limit as u64)
        {
            return Err(Failure::TooLarge(limit));
        }
        loop {
            match response.chunk().await {
                Ok(None) => break,
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Err(error) if error.is_timeout() => return Err(Failure::ReadTime(limits.read)),
                Err(_) => {
                    let got = body.len() as u64;
                    return Err(Failure::BrokenOff { got, of });
                }
            }
            match want {
                Want::All(limit) if body.len() > limit => return Err(Failure::TooLarge(limit)),
                Want::First(limit) if body.len() >= limit => {
                    body.truncate(limit);
                    break;
                }
                _ => {}
            }
        }
    }
    Ok(Answer {
        status,
        headers,
        body,
        private,
    })
}

/// A header value, unless it holds what no header may.
pub(super) fn value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok()
}

/// Certificates are checked as the system does it; where the system has none, by the list that
/// browsers use. `ring` because it builds with a C compiler alone.
fn tls() -> Result<ClientConfig, Failure> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::Client(error.to_string()))?;
    let builder = match rustls_platform_verifier::Verifier::new(provider) {
        Ok(verifier) => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier)),
        Err(_) => builder.with_root_certificates(rustls::RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        }),
    };
    Ok(builder.with_no_client_auth())
}

/// Resolves by the system and, unless it is open, drops all that is not public.
struct Resolver {
    open: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let open = self.open;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let found = found.map_err(|error| Failure::NoHost(reason(&error)))?;
            let kept: Vec<SocketAddr> = found
                .filter(|address| open || is_public(address.ip()))
                .collect();
            if kept.is_empty() {
                return Err(Failure::Private.into());
            }
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

/// What went wrong before an answer came.
fn failure(error: &reqwest::Error, limits: &Limits) -> Failure {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if let Some(failure) = one.downcast_ref::<Failure>() {
            return failure.clone();
        }
        // An I/O error hides what it is made of from `source`.
        let inner = one
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        let tls = one
            .downcast_ref::<rustls::Error>()
            .or_else(|| inner?.downcast_ref());
        if let Some(tls) = tls {
            return Failure::Tls(tls.to_string());
        }
        cause = one.source();
    }
    match (error.is_timeout(), error.is_connect()) {
        (true, true) => Failure::ConnectTime(limits.connect),
        (true, false) => Failure::ReadTime(limits.read),
        (false, true) => Failure::Connect(innermost(error)),
        (false, false) => Failure::Answer(innermost(error)),
    }
}

/// The system's words for a name that cannot be resolved, without what all of them begin with.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let reason = text.rsplit(": ").next();
    reason.unwrap_or_default().to_lowercase()
}

fn innermost(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    last.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_that_cannot_be_understood_is_an_error() {
        let check = |name: &str, value: &str, is_good: bool| {
            let found = check_proxies(|asked| (asked == name).then(|| value.to_owned()));
            let expected = Err(Failure::Proxy(name.to_owned()));
            assert_eq!(
                found,
                if is_good { Ok(()) } else { expected },
                "{name}={value}"
            );
        };
        for name in ["http_proxy", "HTTPS_PROXY", "all_proxy"] {
            check(name, "", true);
            check(name, "proxy.example:3128", true);
            check(name, "http://ann:secret@proxy.example:3128/", true);
            check(name, "https://proxy.example", true);
            check(name, "http//proxy.example", false);
            check(name, "http://proxy.example:port", false);
            check(name, "proxy example", false);
            check(name, "://", false);
            check(name, "socks5://proxy.example:1080", false);
        }
        check("no_proxy", "://", true);
    }

    #[test]
    fn names_that_lead_to_private_addresses_are_not_resolved() {
        let resolve = |name: &str, open: bool| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            let resolved = runtime.block_on(Resolver { open }.resolve(name.parse().unwrap()));
            resolved
                .err()
                .map(|error| *error.downcast::<Failure>().unwrap())
        };
        assert_eq!(resolve("localhost", true), None);
        assert_eq!(resolve("localhost", false), Some(Failure::Private));
        assert_eq!(resolve("127.0.0.1", false), Some(Failure::Private));
        assert!(matches!(
            resolve("no-such-host.invalid", false),
            Some(Failure::NoHost(_))
        ));
    }
}
