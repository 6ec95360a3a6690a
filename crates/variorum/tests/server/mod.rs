//! A small web server for tests, on a port of this machine.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the server answers.
pub(crate) struct Answer {
    status: u16,
    content_type: &'static str,
    body: String,
}

impl Answer {
    pub(crate) fn ok(content_type: &'static str, body: String) -> Self {
        Answer {
            status: 200,
            content_type,
            body,
        }
    }

    pub(crate) fn status(status: u16) -> Self {
        Answer {
            status,
            content_type: "text/plain",
            body: String::new(),
        }
    }
}

/// A server that runs until the tests end.
pub(crate) struct Server {
    at: SocketAddr,
    visits: Arc<Mutex<HashMap<String, usize>>>,
}

impl Server {
    /// The address of a path.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    /// How often a path was asked for.
    pub(crate) fn visits(&self, path: &str) -> usize {
        self.visits.lock().unwrap().get(path).copied().unwrap_or(0)
    }
}

/// Serves what a function answers, by the server's own address, the path, and how often it was asked for before.
pub(crate) fn serve(answer: impl Fn(&str, &str, usize) -> Answer + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let visits = Arc::new(Mutex::new(HashMap::new()));
    let counted = Arc::clone(&visits);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = reply(&stream, |path| {
                let mut visits = counted.lock().unwrap();
                let visit = visits.entry(path.to_owned()).or_insert(0);
                *visit += 1;
                answer(&format!("http://{at}"), path, *visit - 1)
            });
        }
    });
    Server { at, visits }
}

fn reply(mut stream: &TcpStream, answer: impl FnOnce(&str) -> Answer) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines
        .next()
        .transpose()?
        .is_some_and(|line| !line.is_empty())
    {}
    let Answer {
        status,
        content_type,
        body,
    } = answer(first.split(' ').nth(1).unwrap_or("/"));
    write!(
        stream,
        "HTTP/1.1 {status} -\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
