//! Fetching from a server on this machine.

mod bodies;
mod manners;
mod server;

use std::time::Duration;

use self::server::{Server, ok, redirect, status};
use super::*;

const TEXT: &str = "The Ashford Courier: the council met on Friday.";

/// Quick where it waits, patient where a loaded machine may be slow.
fn limits() -> Limits {
    Limits {
        pause: Duration::from_millis(1),
        wait: Duration::from_millis(10),
        ..Limits::default()
    }
}

fn named(urls: &[String]) -> Vec<Request<()>> {
    let request = |url: &String| Request::named(url, ()).unwrap();
    urls.iter().map(request).collect()
}

/// The path and the answer of each, in order of arrival.
fn all(start: Vec<Request<()>>, limits: &Limits) -> Vec<(String, Result<Reply, Problem>)> {
    let mut found = Vec::new();
    each(start, limits, &mut |request, reply| {
        found.push((request.url.path().to_owned(), reply));
        ControlFlow::Continue(Vec::new())
    })
    .unwrap();
    found
}

fn one(start: Request<()>, limits: &Limits) -> Result<Reply, Problem> {
    let mut found = all(vec![start], limits);
    assert_eq!(found.len(), 1);
    found.remove(0).1
}

fn fetched(reply: Result<Reply, Problem>) -> Fetched {
    match reply {
        Ok(Reply::Fetched(fetched)) => *fetched,
        other => panic!("{other:?}"),
    }
}

fn body(reply: Result<Reply, Problem>) -> String {
    String::from_utf8(fetched(reply).body).unwrap()
}

fn failure(reply: Result<Reply, Problem>) -> Failure {
    match reply {
        Err(Problem::Fetch(failure)) => failure,
        other => panic!("{other:?}"),
    }
}

fn get(server: &Server, path: &str, limits: &Limits) -> Result<Reply, Problem> {
    one(Request::named(&server.at(path), ()).unwrap(), limits)
}

#[test]
fn addresses_as_users_and_pages_give_them() {
    let check = |text: &str, expected: &str, or_http: bool| {
        let request = Request::named(text, ()).unwrap();
        assert_eq!(
            (request.url.as_str(), request.or_http),
            (expected, or_http),
            "{text}"
        );
        assert!(request.named);
    };
    check("courier.example/a", "https://courier.example/a", true);
    check(" localhost:8000/feed ", "https://localhost:8000/feed", true);
    check(
        "http://courier.example/a",
        "http://courier.example/a",
        false,
    );
    check(
        "https://a:b@courier.example",
        "https://a:b@courier.example/",
        false,
    );
    for text in [
        "",
        "ftp://courier.example/",
        "http://",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "a b",
    ] {
        let failure = Request::named(text, ()).unwrap_err();
        assert!(matches!(failure, Failure::Address(_)), "{text}: {failure}");
    }
    let check = |text: &str, expected: &str, or_http: bool| {
        let request = Request::link(Url::parse(text).unwrap(), ()).unwrap();
        assert_eq!(
            (request.url.as_str(), request.or_http),
            (expected, or_http),
            "{text}"
        );
        assert!(!request.named);
    };
    check(
        "http://courier.example/a#b",
        "https://courier.example/a",
        true,
    );
    check(
        "http://courier.example:8080/a",
        "http://courier.example:8080/a",
        false,
    );
    check(
        "https://a:b@courier.example/a",
        "https://courier.example/a",
        false,
    );
    assert!(Request::link(Url::parse("data:text/html,x").unwrap(), ()).is_err());
}

#[test]
fn a_page_comes_with_what_is_said_of_it() {
    let server = Server::new(|hit| match hit.path.as_str() {
        "/old" => Some(redirect("/new?a=b#part")),
        "/new?a=b" => Some(status(
            "200 OK",
            &[
                ("Content-Type", "text/html; charset=utf-8"),
                ("ETag", "\"one\""),
                ("Last-Modified", "Fri, 07 Jan 2022 10:00:00 GMT"),
            ],
            // Bytes are the caller's to decode, whatever the charset.
            b"caf\xe9",
        )),
        _ => None,
    });
    let found = fetched(get(&server, "/old", &limits()));
    assert_eq!(found.url.as_str(), server.at("/new?a=b"));
    assert_eq!(
        found.content_type.as_deref(),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(found.etag.as_deref(), Some("\"one\""));
    assert_eq!(
        found.last_modified.as_deref(),
        Some("Fri, 07 Jan 2022 10:00:00 GMT")
    );
    assert_eq!(found.body, b"caf\xe9");
    assert!(found.retrieved.has_clock());
    let agent = server.hits()[0].headers["user-agent"].clone();
    assert!(agent.starts_with("variorum/"), "{agent}");
    assert_eq!(
        failure(get(&server, "/gone", &limits())),
        Failure::Status("404 Not Found".into())
    );
}

#[test]
fn the_unchanged_is_not_sent_again() {
    let server = Server::new(|hit| {
        let is = |name: &str, value: &str| hit.headers.get(name).is_some_and(|v| v == value);
        let same = is("if-none-match", "\"one\"")
            || is("if-modified-since", "Fri, 07 Jan 2022 10:00:00 GMT");
        match hit.path.as_str() {
            "/robots.txt" => None,
            "/rude" => Some(status("304 Not Modified", &[], "")),
            _ if same => Some(status("304 Not Modified", &[], "")),
            _ => Some(ok(TEXT)),
        }
    });
    let mut request = Request::named(&server.at("/"), ()).unwrap();
    assert_eq!(body(one(request.clone(), &limits())), TEXT);
    request.etag = Some("\"one\"".into());
    assert_eq!(one(request.clone(), &limits()).unwrap(), Reply::Unchanged);
    request.etag = Some("\"two\"".into());
    assert_eq!(body(one(request.clone(), &limits())), TEXT);
    request.last_modified = Some("Fri, 07 Jan 2022 10:00:00 GMT".into());
    assert_eq!(one(request.clone(), &limits()).unwrap(), Reply::Unchanged);
    request.etag = Some("no\r\nheader".into());
    assert_eq!(one(request, &limits()).unwrap(), Reply::Unchanged);
    let unasked = failure(get(&server, "/rude", &limits()));
    assert_eq!(unasked, Failure::Status("304 Not Modified".into()));
}

#[test]
fn a_password_is_sent_to_its_host_and_told_to_nobody() {
    let server = Server::new(|hit| match hit.path.as_str() {
        "/moved" => Some(redirect("http://ann:other@127.0.0.1:1/")),
        "/page" => Some(ok(TEXT)),
        _ => None,
    });
    let at = |path: &str| server.at(path).replace("http://", "http://ann:secret@");
    let reply = fetched(one(Request::named(&at("/page"), ()).unwrap(), &limits()));
    assert_eq!(reply.url.as_str(), server.at("/page"));
    assert!(reply.private);
    let sent = server.hits()[0].headers.get("authorization").cloned();
    assert_eq!(sent.as_deref(), Some("Basic YW5uOnNlY3JldA=="));
    let url = Url::parse(&at("/page")).unwrap();
    assert_eq!(
        Request::link(url, ()).unwrap().url.as_str(),
        server.at("/page")
    );
    let bad = Request::named("http://ann:secret@[bad", ()).unwrap_err();
    assert_eq!(bad.to_string(), "not a web address: http://[bad");
    let moved = one(Request::named(&at("/moved"), ()).unwrap(), &limits());
    assert!(!failure(moved).to_string().contains("other"));
}

#[test]
fn redirects_are_followed_so_far() {
    let server = Server::new(|hit| {
        let rest = hit.path.strip_prefix("/hop/")?;
        match rest.parse::<usize>() {
            Ok(0) => Some(ok(TEXT)),
            Ok(n) => Some(redirect(&format!("{}", n - 1))),
            Err(_) => match rest {
                "circle" => Some(redirect("/hop/back")),
                "back" => Some(redirect("/hop/circle")),
                "self" => Some(redirect("")),
                "file" => Some(redirect("file:///etc/passwd")),
                "bad" => Some(redirect("http://[")),
                "bare" => Some(status("302 Found", &[], "")),
                _ => None,
            },
        }
    });
    assert_eq!(body(get(&server, "/hop/5", &limits())), TEXT);
    let check = |path: &str, expected: Failure| {
        assert_eq!(failure(get(&server, path, &limits())), expected, "{path}");
    };
    check("/hop/6", Failure::Redirects(5));
    check("/hop/circle", Failure::Circle);
    check("/hop/self", Failure::Circle);
    check("/hop/file", Failure::Address("file:///etc/passwd".into()));
    check("/hop/bad", Failure::Address("http://[".into()));
    check("/hop/bare", Failure::Status("302 Found".into()));
}

#[test]
fn nothing_private_is_asked_but_what_the_user_names() {
    let other = Server::new(|_| Some(ok("secret")));
    let port = other.port;
    let server = Server::new(move |hit| match hit.path.as_str() {
        "/port" => Some(redirect(&format!("http://127.0.0.1:{port}/"))),
        "/name" => Some(redirect(&format!("http://localhost:{port}/"))),
        "/number" => Some(redirect(&format!("http://0x7f.1:{port}/"))),
        "/mapped" => Some(redirect(&format!("http://[::ffff:127.0.0.1]:{port}/"))),
        "/metadata" => Some(redirect("http://169.254.169.254/latest/meta-data/")),
        "/own" => Some(redirect("/page")),
        "/page" => Some(ok(TEXT)),
        _ => None,
    });
    for path in ["/port", "/name", "/number", "/mapped", "/metadata"] {
        assert_eq!(
            failure(get(&server, path, &limits())),
            Failure::Private,
            "{path}"
        );
    }
    assert_eq!(body(get(&server, "/own", &limits())), TEXT);
    for host in [
        "127.0.0.1",
        "localhost",
        "[::ffff:7f00:1]",
        "0.0.0.0",
        "2130706433",
    ] {
        let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
        let request = Request::link(url, ()).unwrap();
        assert_eq!(failure(one(request, &limits())), Failure::Private, "{host}");
    }
    assert!(other.hits().is_empty() && other.robots() == 0);
}

#[test]
fn a_private_host_refused_to_a_link_is_not_refused_to_the_user() {
    let server = Server::new(|hit| (hit.path == "/page").then(|| ok(TEXT)));
    let link = Request::link(Url::parse(&server.at("/page")).unwrap(), ()).unwrap();
    let user = Request::named(&server.at("/page"), ()).unwrap();
    for start in [vec![link.clone(), user.clone()], vec![user, link]] {
        let mut replies = Vec::new();
        each(start, &limits(), &mut |request, reply| {
            replies.push((request.named, reply.is_ok()));
            ControlFlow::Continue(Vec::new())
        })
        .unwrap();
        replies.sort_unstable();
        assert_eq!(replies, [(false, false), (true, true)]);
    }
}

#[test]
fn http_is_tried_where_https_cannot_connect() {
    let server = Server::new(|hit| (hit.path == "/page").then(|| ok(TEXT)));
    let address = format!("127.0.0.1:{}/page", server.port);
    let found = fetched(one(Request::named(&address, ()).unwrap(), &limits()));
    assert_eq!(
        (found.url.as_str(), found.body.as_slice()),
        (server.at("/page").as_str(), TEXT.as_bytes())
    );
    let explicit = Request::named(&format!("https://{address}"), ()).unwrap();
    let failure = failure(one(explicit, &limits()));
    assert!(
        matches!(failure, Failure::Tls(_) | Failure::Connect(_)),
        "{failure:?}"
    );
}

#[test]
fn hosts_that_do_not_answer() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = free.local_addr().unwrap().port();
    drop(free);
    let check = |url: &str| one(Request::named(url, ()).unwrap(), &limits());
    let refused = failure(check(&format!("http://127.0.0.1:{closed}/")));
    assert!(matches!(refused, Failure::Connect(_)), "{refused:?}");
    let has_proxy = std::env::vars().any(|(name, _)| name.to_lowercase().ends_with("_proxy"));
    if !has_proxy {
        let unknown = failure(check("http://no-such-host.invalid/"));
        assert!(matches!(unknown, Failure::NoHost(_)), "{unknown:?}");
    }
}

#[test]
fn answers_may_ask_for_more_or_stop() {
    let server = Server::new(|hit| (hit.path != "/robots.txt").then(|| ok(TEXT)));
    let mut count = 0;
    let feed = Request::named(&server.at("/0"), 0).unwrap();
    each(
        vec![feed],
        &limits(),
        &mut |request: Request<u32>, reply| {
            assert!(reply.is_ok(), "{reply:?}");
            count += 1;
            if count == 10 {
                return ControlFlow::Break(());
            }
            let more = |n: u32| Request::named(&server.at(&format!("/{n}")), n).unwrap();
            let tag = request.tag * 2;
            ControlFlow::Continue(vec![more(tag + 1), more(tag + 2)])
        },
    )
    .unwrap();
    assert_eq!(count, 10);
    assert!(server.hits().len() < 20);
    assert!(all(Vec::new(), &limits()).is_empty());
}
