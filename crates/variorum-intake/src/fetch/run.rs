//! Takes requests through robots, redirects, waits and retries.
//!
//! Every single request to a server goes through the queue of its host: a redirect joins the queue
//! of the host that it leads to, and a request that must wait goes back to its own. So nothing
//! that waits takes up one of the places for requests under way.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::time::Duration;

use futures_util::future::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap};
use tokio::time::{Instant, sleep_until, timeout_at};
use url::Url;
use variorum_model::Moment;

use super::address::same_host;
use super::client::{Answer, Clients, Want, value};
use super::failure::Failure;
use super::queues::Queues;
use super::robots::{self, Memory, Rules, Site, site};
use super::unpack::unpack;
use super::{Fetched, Limits, Reply, Request, Take, check, not_an_address, strip};

/// No host is closed for longer, whatever it asks.
const LONGEST_CLOSED: Duration = Duration::from_hours(24);

/// Fetches all. Breaks when `take` does.
pub(super) async fn all<T>(
    start: Vec<Request<T>>,
    clients: &Clients,
    limits: &Limits,
    take: &mut Take<'_, T>,
) -> ControlFlow<()> {
    let mut run = Run {
        clients,
        limits,
        take,
        queues: Queues::new(limits.per_host, limits.pause),
        memory: Memory::default(),
        busy: HashMap::new(),
        under_way: FuturesUnordered::new(),
    };
    for request in start {
        run.admit(request);
    }
    run.go().await
}

/// A request on its way.
struct Job<T> {
    request: Request<T>,
    /// Where it is now.
    url: Url,
    /// The user named the host of `url`.
    open: bool,
    or_http: bool,
    /// The addresses that redirected.
    seen: Vec<Url>,
    tries: u32,
}

/// What has come.
enum Done<T> {
    Page(String, Box<Job<T>>, Result<Answer, Failure>),
    Rules(String, Site, Result<(Rules, usize), Box<Answer>>),
}

struct Run<'a, 't, T> {
    clients: &'a Clients,
    limits: &'a Limits,
    take: &'a mut Take<'t, T>,
    queues: Queues<Box<Job<T>>>,
    memory: Memory,
    /// How often a site was too busy to give its rules.
    busy: HashMap<Site, u32>,
    under_way: FuturesUnordered<Pin<Box<dyn Future<Output = Done<T>> + 'a>>>,
}

impl<'a, T: 'a> Run<'a, '_, T> {
    async fn go(&mut self) -> ControlFlow<()> {
        loop {
            let now = Instant::now();
            let has_room = self.under_way.len() < self.limits.at_once.max(1);
            if has_room && let Some((host, job)) = self.queues.pop(now) {
                self.start(&host, job, now)?;
                // A long row of jobs that fail at once must not starve those under way.
                tokio::task::yield_now().await;
                if let Some(done) = self.under_way.next().now_or_never().flatten() {
                    self.settle(done)?;
                }
                continue;
            }
            let ready = self.queues.next_ready().filter(|_| has_room);
            let done = match (self.under_way.is_empty(), ready) {
                (true, None) => return ControlFlow::Continue(()),
                (true, Some(at)) => {
                    sleep_until(at).await;
                    None
                }
                (false, None) => self.under_way.next().await,
                (false, Some(at)) => {
                    let next = timeout_at(at, self.under_way.next()).await;
                    next.ok().flatten()
                }
            };
            if let Some(done) = done {
                self.settle(done)?;
            }
        }
    }

    fn admit(&mut self, request: Request<T>) {
        let mut url = request.url.clone();
        url.set_fragment(None);
        let job = Box::new(Job {
            url,
            open: request.named,
            or_http: request.or_http,
            seen: Vec::new(),
            tries: 0,
            request,
        });
        self.queues.push(&host(&job.url), job);
    }

    /// Starts a job, or the request for the rules that it needs first.
    fn start(&mut self, host: &str, job: Box<Job<T>>, now: Instant) -> ControlFlow<()> {
        if let Err(failure) = check(&job.url) {
            return self.give(job.request, Err(failure));
        }
        if let Some(why) = self.queues.closed(host, now) {
            return self.give(job.request, Err(why));
        }
        let (clients, limits) = (self.clients, self.limits);
        let name = host.to_owned();
        let site = site(&job.url, job.open);
        let Some(rules) = self.memory.get(&site, now) else {
            let (url, open) = (job.url.clone(), job.open);
            self.queues.hold(host, true);
            self.queues.push_first(host, job);
            self.under_way.push(Box::pin(async move {
                let rules = rules(clients, url, open, limits).await;
                Done::Rules(name, site, rules)
            }));
            return ControlFlow::Continue(());
        };
        if let Err(failure) = rules.check(&job.url) {
            return self.fail(job, failure);
        }
        if let Some(delay) = rules.delay() {
            self.queues.at_least(host, delay);
        }
        self.queues.begin(host, now);
        self.under_way.push(Box::pin(async move {
            let headers = conditions(&job.request);
            let want = Want::All(limits.packed);
            let answer = clients.get(&job.url, job.open, headers, want, limits).await;
            Done::Page(name, job, answer)
        }));
        ControlFlow::Continue(())
    }

    fn settle(&mut self, done: Done<T>) -> ControlFlow<()> {
        let now = Instant::now();
        match done {
            Done::Page(host, job, answer) => {
                self.queues.end(&host);
                match answer {
                    Ok(answer) => self.answer(&host, job, answer, now),
                    Err(failure) => self.fail(job, failure),
                }
            }
            Done::Rules(host, site, found) => {
                self.queues.hold(&host, false);
                let (rules, bytes) = match found {
                    Ok(rules) => rules,
                    Err(answer) => {
                        let tries = self.busy.remove(&site).unwrap_or(0) + 1;
                        match wait(&answer, tries, self.limits) {
                            Ok(wait) => {
                                self.busy.insert(site, tries);
                                self.queues.wait_until(&host, now + wait);
                                return ControlFlow::Continue(());
                            }
                            Err(why) => (Rules::Failed(Failure::NoRobots(Box::new(why))), 0),
                        }
                    }
                };
                self.memory.put(site, rules, bytes, now);
                ControlFlow::Continue(())
            }
        }
    }

    fn answer(
        &mut self,
        host: &str,
        mut job: Box<Job<T>>,
        answer: Answer,
        now: Instant,
    ) -> ControlFlow<()> {
        let status = answer.status;
        if status.is_success() {
            let fetched = self.fetched(&job, answer);
            return self.give(job.request, fetched);
        }
        let has_condition = job.request.etag.is_some() || job.request.last_modified.is_some();
        if status == StatusCode::NOT_MODIFIED && has_condition {
            return self.give(job.request, Ok(Reply::Unchanged));
        }
        if is_busy(status) {
            job.tries += 1;
            match wait(&answer, job.tries, self.limits) {
                Ok(wait) => {
                    self.queues.wait_until(host, now + wait);
                    self.queues.push_first(host, job);
                    return ControlFlow::Continue(());
                }
                Err(why) => {
                    // 503 may be this one page's; the others mean all of the site.
                    let until = match why {
                        Failure::Later(seconds) => {
                            Some(Duration::from_secs(seconds).min(LONGEST_CLOSED))
                        }
                        _ if status == StatusCode::TOO_MANY_REQUESTS => {
                            Some(self.limits.longest_wait)
                        }
                        _ => None,
                    };
                    if let Some(until) = until {
                        self.queues.close(host, now + until, why.clone());
                    }
                    return self.give(job.request, Err(why));
                }
            }
        }
        match target(&job.url, &answer) {
            None => self.give(job.request, Err(Failure::Status(status.to_string()))),
            Some(Err(failure)) => self.give(job.request, Err(failure)),
            Some(Ok(url)) => self.follow(job, url),
        }
    }

    fn follow(&mut self, mut job: Box<Job<T>>, url: Url) -> ControlFlow<()> {
        job.seen.push(std::mem::replace(&mut job.url, url));
        if job.seen.contains(&job.url) {
            return self.give(job.request, Err(Failure::Circle));
        }
        if job.seen.len() > self.limits.redirects {
            return self.give(job.request, Err(Failure::Redirects(self.limits.redirects)));
        }
        job.open = job.request.named && same_host(&job.request.url, &job.url);
        job.or_http = false;
        job.tries = 0;
        self.queues.push_first(&host(&job.url), job);
        ControlFlow::Continue(())
    }

    fn fail(&mut self, mut job: Box<Job<T>>, failure: Failure) -> ControlFlow<()> {
        if job.or_http && failure.is_unconnected() && job.url.set_scheme("http").is_ok() {
            job.or_http = false;
            self.queues.push_first(&host(&job.url), job);
            return ControlFlow::Continue(());
        }
        self.give(job.request, Err(failure))
    }

    fn fetched(&self, job: &Job<T>, mut answer: Answer) -> Result<Reply, Failure> {
        let body = std::mem::take(&mut answer.body);
        let codings = answer.list(header::CONTENT_ENCODING);
        let body = unpack(body, &codings, self.limits.unpacked, false)?;
        let text = |name| answer.header(name).map(str::to_owned);
        let mut url = job.url.clone();
        strip(&mut url);
        Ok(Reply::Fetched(Box::new(Fetched {
            url,
            content_type: text(header::CONTENT_TYPE),
            etag: text(header::ETAG),
            last_modified: text(header::LAST_MODIFIED),
            body,
            retrieved: now(),
            private: answer.private,
        })))
    }

    fn give(&mut self, request: Request<T>, reply: Result<Reply, Failure>) -> ControlFlow<()> {
        for request in (self.take)(request, reply.map_err(Into::into))? {
            self.admit(request);
        }
        ControlFlow::Continue(())
    }
}

/// The rules of a site, with the length of their text; or the answer of a site that is busy.
async fn rules(
    clients: &Clients,
    page: Url,
    open: bool,
    limits: &Limits,
) -> Result<(Rules, usize), Box<Answer>> {
    let failed = |failure| Ok((Rules::Failed(Failure::NoRobots(Box::new(failure))), 0));
    let mut url = page.clone();
    url.set_path("/robots.txt");
    url.set_query(None);
    for hop in 0..=limits.redirects {
        let is_open = open && same_host(&page, &url);
        let want = Want::First(robots::LENGTH);
        let asked = clients.get(&url, is_open, HeaderMap::new(), want, limits);
        let answer = match asked.await {
            Ok(answer) => answer,
            // Then the page cannot be asked for either, and this says better why.
            Err(why @ (Failure::NoHost(_) | Failure::Private)) if hop == 0 => {
                return Ok((Rules::Failed(why), 0));
            }
            Err(why) if hop == 0 && why.is_unconnected() => return Ok((Rules::Failed(why), 0)),
            Err(why) => return failed(why),
        };
        let status = answer.status;
        if is_busy(status) {
            return Err(Box::new(answer));
        }
        if status.is_server_error() {
            return failed(Failure::Status(status.to_string()));
        }
        if status.is_success() {
            let codings = answer.list(header::CONTENT_ENCODING);
            return match unpack(answer.body, &codings, robots::LENGTH, true) {
                Ok(text) => Ok((Rules::read(&text), text.len())),
                Err(why) => failed(why),
            };
        }
        match target(&url, &answer) {
            Some(Ok(to)) => url = to,
            _ => break,
        }
    }
    Ok((Rules::None, 0))
}

/// Where a redirect leads.
fn target(from: &Url, answer: &Answer) -> Option<Result<Url, Failure>> {
    if !matches!(answer.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = answer.headers.get(header::LOCATION)?;
    let location = String::from_utf8_lossy(location.as_bytes());
    let Ok(mut url) = from.join(&location) else {
        return Some(Err(not_an_address(&location)));
    };
    strip(&mut url);
    Some(check(&url).map(|()| url))
}

fn is_busy(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
    )
}

/// How long to wait for a busy site that was asked so often.
fn wait(answer: &Answer, tries: u32, limits: &Limits) -> Result<Duration, Failure> {
    let asked = answer.header(header::RETRY_AFTER).and_then(seconds);
    if let Some(asked) = asked
        && asked > limits.longest_wait
    {
        return Err(Failure::Later(asked.as_secs()));
    }
    if tries >= limits.tries {
        let status = answer.status.to_string();
        return Err(Failure::Busy { status, tries });
    }
    let doubled = 1_u32
        .checked_shl(tries.saturating_sub(1))
        .unwrap_or(u32::MAX);
    let own = limits.wait.saturating_mul(doubled);
    Ok(asked.unwrap_or(own).min(limits.longest_wait))
}

/// Reads `Retry-After`: seconds or a date.
fn seconds(text: &str) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    let seconds = date.as_second() - Timestamp::now().as_second();
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

fn conditions<T>(request: &Request<T>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let known = [
        (header::IF_NONE_MATCH, &request.etag),
        (header::IF_MODIFIED_SINCE, &request.last_modified),
    ];
    for (name, text) in known {
        if let Some(value) = text.as_deref().and_then(value) {
            headers.insert(name, value);
        }
    }
    headers
}

/// The queue of an address: its host, whatever the scheme and port.
fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    name.trim_end_matches('.').to_owned()
}

fn now() -> Moment {
    let now = TimeZone::UTC.to_datetime(Timestamp::now());
    let (hour, minute, second) = (now.hour(), now.minute(), now.second());
    let part = |n: i8| u8::try_from(n).unwrap_or(0);
    Moment::at(now.date(), part(hour), part(minute), part(second), 0)
        .unwrap_or(Moment::day(now.date()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let check = |text: &str, expected: Option<std::ops::RangeInclusive<u64>>| {
            let found = seconds(text).map(|found| found.as_secs());
            match (&expected, found) {
                (None, None) => {}
                (Some(range), Some(found)) if range.contains(&found) => {}
                _ => panic!("{text}: {found:?}, not {expected:?}"),
            }
        };
        check("120", Some(120..=120));
        check(" 0 ", Some(0..=0));
        check("-1", None);
        check("soon", None);
        check("", None);
        check("Fri, 31 Dec 1999 23:59:59 GMT", Some(0..=0));
        check("Sat, 31 Dec 2199 23:59:59 GMT", None);
        check(
            "Tue, 31 Dec 2199 23:59:59 GMT",
            Some(1_000_000_000..=u64::MAX),
        );
    }
}
