//! Why an address gives no bytes, each reason as one line for people.
//!
//! Its own type because one failure may stand for many addresses (those of a host that does not
//! answer), so it can be copied.

use std::time::Duration;

/// Why an address could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Not an `http` or `https` address.
    #[error("not a web address: {0}")]
    Address(String),
    /// The name leads to no address, in the system's words.
    #[error("host not found: {0}")]
    NoHost(String),
    /// Loopback, private networks and the like are asked only where the user names the host.
    #[error("the host is on a private or reserved network; such a host must be named by you")]
    Private,
    /// Refused, unreachable and the like, in the system's words.
    #[error("cannot connect: {0}")]
    Connect(String),
    /// The certificate is not good, or the two sides do not agree.
    #[error("no secure connection: {0}")]
    Tls(String),
    /// No connection in time.
    #[error("timed out: no connection after {0:?}")]
    ConnectTime(Duration),
    /// A pause between two reads was too long.
    #[error("timed out: nothing came for {0:?}")]
    ReadTime(Duration),
    /// The answer did not end in time.
    #[error("timed out: not complete after {0:?}")]
    WholeTime(Duration),
    /// The connection failed before an answer came, or the answer is not HTTP.
    #[error("no valid answer: {0}")]
    Answer(String),
    /// The connection ended before the body did; in bytes on the wire.
    #[error("broken off: got {got} of {} bytes", .of.map_or("?".to_owned(), |of| of.to_string()))]
    BrokenOff {
        /// What came.
        got: u64,
        /// What was announced, where it was.
        of: Option<u64>,
    },
    /// More bytes than the limit, which is given.
    #[error("larger than the limit of {}", size(*.0))]
    TooLarge(usize),
    /// A content coding that is not read.
    #[error("packed in an unknown way: {0}")]
    Coding(String),
    /// The body is not what its content coding says.
    #[error("damaged: not the {0} data that it is said to be")]
    Damaged(&'static str),
    /// Too many redirects; the limit.
    #[error("more than {0} redirects")]
    Redirects(usize),
    /// A redirect to an address that was asked already.
    #[error("redirects in a circle")]
    Circle,
    /// Any answer that is no success.
    #[error("status {0}")]
    Status(String),
    /// The site is busy for longer than is waited; seconds.
    #[error("the site asks to come back in {0} s")]
    Later(u64),
    /// The site stayed busy.
    #[error("status {status}, {tries} times")]
    Busy {
        /// Code and name.
        status: String,
        /// How often it was asked.
        tries: u32,
    },
    /// The site's rules for robots.
    #[error("robots.txt does not allow it")]
    Robots,
    /// Without them nothing is asked.
    #[error("robots.txt cannot be read: {0}")]
    NoRobots(Box<Failure>),
    /// The environment names a proxy in a way that cannot be understood; the variable. Its value may hold a
    /// password.
    #[error("the proxy in {0} cannot be used; write it as http://HOST:PORT")]
    Proxy(String),
    /// This machine cannot fetch at all.
    #[error("cannot fetch: {0}")]
    Client(String),
}

impl Failure {
    /// Whether no connection was made, so that `http` may succeed where `https` did not.
    pub(super) fn is_unconnected(&self) -> bool {
        matches!(
            self,
            Failure::Connect(_) | Failure::Tls(_) | Failure::ConnectTime(_)
        )
    }
}

fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 {
        format!("{} MB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    }
}
