//! A web server on this machine that can misbehave.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A request that came.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) path: String,
    pub(super) headers: HashMap<String, String>,
    pub(super) begun: Instant,
    /// How many requests for this path came before.
    pub(super) before: usize,
    /// Requests under way when it came, itself among them.
    pub(super) at_once: usize,
}

/// What is sent: these bytes, and after a pause more of them; then the connection is closed.
pub(super) type Sent = Vec<(Duration, Vec<u8>)>;

pub(super) struct Server {
    pub(super) port: u16,
    hits: Arc<Mutex<Vec<Hit>>>,
}

impl Server {
    /// Answers by `answer`; `None` is 404.
    pub(super) fn new(answer: impl Fn(&Hit) -> Option<Sent> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let hits = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (Arc::new(answer), Arc::clone(&hits));
        let under_way = Arc::new(Mutex::new(0));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                let under_way = Arc::clone(&under_way);
                thread::spawn(move || serve(&stream, &*answer, &seen, &under_way));
            }
        });
        Server { port, hits }
    }

    /// An address on this server.
    pub(super) fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What came, but for robots.txt.
    pub(super) fn hits(&self) -> Vec<Hit> {
        let hits = self.hits.lock().unwrap();
        let pages = hits.iter().filter(|hit| hit.path != "/robots.txt");
        pages.cloned().collect()
    }

    /// How often robots.txt was asked for.
    pub(super) fn robots(&self) -> usize {
        let hits = self.hits.lock().unwrap();
        hits.iter().filter(|hit| hit.path == "/robots.txt").count()
    }
}

fn serve(
    mut stream: &TcpStream,
    answer: &dyn Fn(&Hit) -> Option<Sent>,
    seen: &Mutex<Vec<Hit>>,
    under_way: &Mutex<usize>,
) {
    let begun = Instant::now();
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let headers: HashMap<String, String> = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_lowercase(), value.trim().to_owned()))
        })
        .collect();
    let at_once = {
        let mut under_way = under_way.lock().unwrap();
        *under_way += 1;
        *under_way
    };
    let hit = {
        let mut seen = seen.lock().unwrap();
        let hit = Hit {
            before: seen.iter().filter(|hit| hit.path == path).count(),
            path,
            headers,
            begun,
            at_once,
        };
        seen.push(hit.clone());
        hit
    };
    let sent = answer(&hit).unwrap_or_else(|| status("404 Not Found", &[], ""));
    let last = sent.len().saturating_sub(1);
    for (i, (pause, bytes)) in sent.into_iter().enumerate() {
        thread::sleep(pause);
        if i == last {
            *under_way.lock().unwrap() -= 1;
        }
        if stream.write_all(&bytes).is_err() {
            break;
        }
    }
}

/// An answer with a length.
pub(super) fn status(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Sent {
    let body = body.as_ref();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n",
        body.len()
    );
    for (name, value) in headers {
        bytes.extend([name, ": ", value, "\r\n"]);
    }
    let mut bytes = (bytes + "\r\n").into_bytes();
    bytes.extend_from_slice(body);
    vec![(Duration::ZERO, bytes)]
}

pub(super) fn ok(body: impl AsRef<[u8]>) -> Sent {
    status("200 OK", &[], body)
}

pub(super) fn redirect(to: &str) -> Sent {
    status("302 Found", &[("Location", to)], "")
}
