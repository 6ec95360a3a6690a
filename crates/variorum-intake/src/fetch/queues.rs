//! Who may be asked next: one queue for each host, so that a slow or busy host keeps only its own
//! jobs waiting.
//!
//! A host is ready when it has jobs, is not held, has fewer running than its limit, and its pause
//! since the last start is over. Ready and soon ready hosts are kept in order of time, so finding
//! the next is as quick for ten thousand hosts as for ten. Knows nothing of the network.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use super::failure::Failure;

/// Jobs by host.
pub(super) struct Queues<J> {
    hosts: HashMap<String, Host<J>>,
    /// The hosts that only wait for a time, soonest first.
    waiting: BTreeSet<(Instant, String)>,
    per_host: usize,
    pause: Duration,
}

struct Host<J> {
    jobs: VecDeque<J>,
    running: usize,
    held: bool,
    /// The next start is not before.
    free_at: Instant,
    pause: Duration,
    /// Where it stands in `waiting`.
    listed: Option<Instant>,
    closed: Option<(Instant, Failure)>,
}

impl<J> Queues<J> {
    /// `per_host` is the most at once, `pause` the least time between two starts at one host.
    pub(super) fn new(per_host: usize, pause: Duration) -> Self {
        Queues {
            hosts: HashMap::new(),
            waiting: BTreeSet::new(),
            per_host: per_host.max(1),
            pause,
        }
    }

    /// Puts a job at the end of its host's queue.
    pub(super) fn push(&mut self, host: &str, job: J) {
        self.change(host, |host| host.jobs.push_back(job));
    }

    /// Puts a job before all others of its host.
    pub(super) fn push_first(&mut self, host: &str, job: J) {
        self.change(host, |host| host.jobs.push_front(job));
    }

    /// Takes the next job of the host that is ready for longest. It counts as running only after
    /// [`Queues::begin`].
    pub(super) fn pop(&mut self, now: Instant) -> Option<(String, J)> {
        let (at, name) = self.waiting.first()?;
        if *at > now {
            return None;
        }
        let name = name.clone();
        let mut job = None;
        self.change(&name, |host| job = host.jobs.pop_front());
        Some((name, job?))
    }

    /// When the next host is ready. `None` if none is before one that runs or is held goes on.
    pub(super) fn next_ready(&self) -> Option<Instant> {
        self.waiting.first().map(|(at, _)| *at)
    }

    /// A job of this host starts.
    pub(super) fn begin(&mut self, host: &str, now: Instant) {
        self.change(host, |host| {
            host.running += 1;
            host.free_at = host.free_at.max(now + host.pause);
        });
    }

    /// A job of this host has ended.
    pub(super) fn end(&mut self, host: &str) {
        self.change(host, |host| host.running = host.running.saturating_sub(1));
    }

    /// Nothing starts at this host until it is released.
    pub(super) fn hold(&mut self, host: &str, held: bool) {
        self.change(host, |host| host.held = held);
    }

    /// Nothing starts at this host before a time.
    pub(super) fn wait_until(&mut self, host: &str, until: Instant) {
        self.change(host, |host| host.free_at = host.free_at.max(until));
    }

    /// The host asks for a longer pause.
    pub(super) fn at_least(&mut self, host: &str, pause: Duration) {
        self.change(host, |host| host.pause = host.pause.max(pause));
    }

    /// Until then this host is not to be asked at all, and why.
    pub(super) fn close(&mut self, host: &str, until: Instant, why: Failure) {
        self.change(host, |host| host.closed = Some((until, why)));
    }

    /// Why this host is not to be asked now, where it is so.
    pub(super) fn closed(&self, host: &str, now: Instant) -> Option<Failure> {
        let (until, why) = self.hosts.get(host)?.closed.as_ref()?;
        (now < *until).then(|| why.clone())
    }

    /// Changes a host, and then its place among the waiting.
    fn change(&mut self, name: &str, change: impl FnOnce(&mut Host<J>)) {
        if !self.hosts.contains_key(name) {
            let host = Host {
                jobs: VecDeque::new(),
                running: 0,
                held: false,
                free_at: Instant::now(),
                pause: self.pause,
                listed: None,
                closed: None,
            };
            self.hosts.insert(name.to_owned(), host);
        }
        let Some(host) = self.hosts.get_mut(name) else {
            return;
        };
        change(host);
        let waits = !host.jobs.is_empty() && !host.held && host.running < self.per_host;
        let place = waits.then_some(host.free_at);
        if place != host.listed {
            if let Some(at) = host.listed {
                self.waiting.remove(&(at, name.to_owned()));
            }
            if let Some(at) = place {
                self.waiting.insert((at, name.to_owned()));
            }
            host.listed = place;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSE: Duration = Duration::from_secs(1);

    #[test]
    fn a_host_waits_alone() {
        let mut queues = Queues::new(2, PAUSE);
        for job in ["a1", "a2", "a3"] {
            queues.push("a", job);
        }
        queues.push("b", "b1");
        let now = Instant::now();
        let start = |queues: &mut Queues<_>, now| {
            let (host, job) = queues.pop(now)?;
            queues.begin(&host, now);
            Some(job)
        };
        assert_eq!(start(&mut queues, now), Some("a1"));
        assert_eq!(start(&mut queues, now), Some("b1"), "a pauses, b does not");
        assert_eq!(start(&mut queues, now), None);
        assert_eq!(queues.next_ready(), Some(now + PAUSE));
        let now = now + PAUSE;
        assert_eq!(start(&mut queues, now), Some("a2"));
        let now = now + PAUSE;
        assert_eq!(start(&mut queues, now), None, "two of a run");
        assert_eq!(queues.next_ready(), None);
        queues.end("a");
        queues.hold("a", true);
        assert_eq!(start(&mut queues, now), None);
        queues.hold("a", false);
        queues.wait_until("a", now + PAUSE * 5);
        assert_eq!(start(&mut queues, now), None);
        assert_eq!(start(&mut queues, now + PAUSE * 5), Some("a3"));
    }

    #[test]
    fn a_longer_pause_and_a_closed_host() {
        let mut queues = Queues::new(9, PAUSE);
        let now = Instant::now();
        queues.push("a", 1);
        queues.push_first("a", 0);
        queues.at_least("a", PAUSE * 7);
        queues.at_least("a", PAUSE * 3);
        let later = now + PAUSE;
        assert_eq!(queues.pop(later), Some(("a".to_owned(), 0)));
        queues.begin("a", later);
        assert_eq!(queues.next_ready(), Some(later + PAUSE * 7));
        queues.close("a", later + PAUSE, Failure::Later(1));
        assert_eq!(queues.closed("a", later), Some(Failure::Later(1)));
        assert_eq!(queues.closed("a", later + PAUSE), None);
        assert_eq!(queues.closed("b", later), None);
    }
}
