//! Sites that are busy, have rules or must not be crowded.

use std::time::{Duration, Instant};

use super::bodies::gzip;
use super::server::{Sent, Server, ok, redirect, status};
use super::{TEXT, all, body, failure, get, limits, named};
use crate::fetch::Limits;

#[test]
fn a_busy_site_is_waited_for() {
    let server = Server::new(|hit| match (hit.path.as_str(), hit.before) {
        ("/once", 0) => Some(status("429 Too Many Requests", &[("Retry-After", "1")], "")),
        ("/twice", 0 | 1) | ("/down", _) => Some(status("503 Service Unavailable", &[], "")),
        ("/past", 0) => Some(status(
            "503 Service Unavailable",
            &[("Retry-After", "Fri, 07 Jan 2022 10:00:00 GMT")],
            "",
        )),
        ("/robots.txt", _) => None,
        _ => Some(ok(TEXT)),
    });
    assert_eq!(body(get(&server, "/once", &limits())), TEXT);
    let hits = server.hits();
    assert!(
        hits[1].begun - hits[0].begun >= Duration::from_millis(950),
        "{hits:?}"
    );
    assert_eq!(body(get(&server, "/twice", &limits())), TEXT);
    assert_eq!(body(get(&server, "/past", &limits())), TEXT);
    let down = failure(get(&server, "/down", &limits()));
    assert_eq!(down.to_string(), "status 503 Service Unavailable, 3 times");
    // One page that is down says nothing of the others.
    let both = all(named(&[server.at("/down"), server.at("/up")]), &limits());
    assert!(
        both.iter()
            .any(|(path, reply)| path == "/up" && reply.is_ok()),
        "{both:?}"
    );
}

#[test]
fn a_site_that_sends_us_away_is_left_alone() {
    let server = Server::new(|hit| {
        (hit.path != "/robots.txt")
            .then(|| status("429 Too Many Requests", &[("Retry-After", "3600")], ""))
    });
    let urls: Vec<String> = (0..20).map(|n| server.at(&format!("/{n}"))).collect();
    let one_by_one = Limits {
        per_host: 1,
        ..limits()
    };
    for (path, reply) in all(named(&urls), &one_by_one) {
        let failure = failure(reply);
        assert_eq!(
            failure.to_string(),
            "the site asks to come back in 3600 s",
            "{path}"
        );
    }
    assert_eq!(server.hits().len(), 1);
}

#[test]
fn robots_are_obeyed() {
    let server = Server::new(|hit| match hit.path.as_str() {
        "/robots.txt" => Some(ok(
            "User-agent: variorum\nDisallow: /no\nUser-agent: *\nDisallow: /\n",
        )),
        "/to-no" => Some(redirect("/no/page")),
        _ => Some(ok(TEXT)),
    });
    let paths = ["/yes", "/no", "/no/page", "/to-no"];
    let urls: Vec<String> = paths.iter().map(|path| server.at(path)).collect();
    let mut found = all(named(&urls), &limits());
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let outcome: Vec<(String, bool)> = found.iter().map(|(p, r)| (p.clone(), r.is_ok())).collect();
    assert_eq!(
        outcome,
        ["/no", "/no/page", "/to-no", "/yes"].map(|p| (p.to_owned(), p == "/yes"))
    );
    assert_eq!(
        found[0].1.as_ref().unwrap_err().to_string(),
        "robots.txt does not allow it"
    );
    assert_eq!(server.robots(), 1);
    let asked: Vec<String> = server.hits().into_iter().map(|hit| hit.path).collect();
    assert!(
        !asked.iter().any(|path| path.starts_with("/no")),
        "{asked:?}"
    );
}

#[test]
fn robots_that_are_odd() {
    let check = |robots: fn(usize) -> Option<Sent>, expected: Result<(), &str>| {
        let server = Server::new(move |hit| match hit.path.as_str() {
            "/robots.txt" => robots(hit.before),
            "/rules" => Some(ok("User-agent: *\nDisallow: /page\n")),
            "/page" => Some(ok(TEXT)),
            path => path
                .starts_with("/r")
                .then(|| redirect(&format!("{path}r"))),
        });
        let found = get(&server, "/page", &limits());
        let found = found.map(|_| ()).map_err(|problem| problem.to_string());
        assert_eq!(found, expected.map_err(str::to_owned));
        (server.robots(), server.hits().len())
    };
    let forbidden = Err("robots.txt does not allow it");
    assert_eq!(check(|_| None, Ok(())), (1, 1));
    check(|_| Some(status("403 Forbidden", &[], "")), Ok(()));
    check(|_| Some(redirect("/rules")), forbidden);
    check(|_| Some(redirect("/r")), Ok(()));
    check(
        |_| Some(redirect("http://169.254.169.254/")),
        Err(
            "robots.txt cannot be read: the host is on a private or reserved network; such a host must be named by you",
        ),
    );
    let failed = Err("robots.txt cannot be read: status 500 Internal Server Error");
    assert_eq!(
        check(
            |_| Some(status("500 Internal Server Error", &[], "")),
            failed
        ),
        (1, 0)
    );
    let busy = Err("robots.txt cannot be read: status 503 Service Unavailable, 3 times");
    assert_eq!(
        check(|_| Some(status("503 Service Unavailable", &[], "")), busy),
        (3, 0)
    );
    let once = |before| {
        Some(if before == 0 {
            status("429 Too Many Requests", &[("Retry-After", "0")], "")
        } else {
            ok("")
        })
    };
    assert_eq!(check(once, Ok(())), (2, 1));
    let packed = |_| {
        Some(status(
            "200 OK",
            &[("Content-Encoding", "gzip")],
            gzip(b"User-agent: *\nDisallow: /\n"),
        ))
    };
    check(packed, forbidden);
    // Only the first 500 KiB count, packed or not.
    let long = |_| {
        Some(ok([
            "User-agent: *\nDisallow: /page\n",
            &"# long\n".repeat(200_000),
        ]
        .concat()))
    };
    check(long, forbidden);
    let late = |_| {
        Some(ok([
            "User-agent: *\n",
            &"# long\n".repeat(200_000),
            "Disallow: /page\n",
        ]
        .concat()))
    };
    check(late, Ok(()));
    let bomb = |_| {
        let text = ["User-agent: *\nDisallow: /page\n", &"\n".repeat(20 << 20)].concat();
        Some(status(
            "200 OK",
            &[("Content-Encoding", "gzip")],
            gzip(text.as_bytes()),
        ))
    };
    check(bomb, forbidden);
}

#[test]
fn crawl_delay_is_kept() {
    let server = Server::new(|hit| match hit.path.as_str() {
        "/robots.txt" => Some(ok("User-agent: *\nCrawl-delay: 0.4\n")),
        _ => Some(ok(TEXT)),
    });
    let urls: Vec<String> = (0..3).map(|n| server.at(&format!("/{n}"))).collect();
    let begun = Instant::now();
    let found = all(named(&urls), &limits());
    assert!(found.iter().all(|(_, reply)| reply.is_ok()), "{found:?}");
    assert!(begun.elapsed() >= Duration::from_millis(800));
}

#[test]
fn one_host_is_not_crowded() {
    let server = Server::new(|hit| {
        let pause = Duration::from_millis(30);
        (hit.path != "/robots.txt").then(|| [vec![(pause, Vec::new())], ok(TEXT)].concat())
    });
    let urls: Vec<String> = (0..20).map(|n| server.at(&format!("/{n}"))).collect();
    for (per_host, at_once) in [(1, 9), (3, 9), (9, 2)] {
        let before = server.hits().len();
        let limits = Limits {
            per_host,
            at_once,
            pause: Duration::ZERO,
            ..limits()
        };
        let found = all(named(&urls), &limits);
        assert_eq!(found.len(), 20);
        assert!(found.iter().all(|(_, reply)| reply.is_ok()), "{found:?}");
        let most = server.hits()[before..].iter().map(|hit| hit.at_once).max();
        assert!(
            most.is_some_and(|most| most <= per_host.min(at_once)),
            "{most:?} of {per_host} and {at_once}"
        );
    }
    assert_eq!(server.robots(), 3);
}

#[test]
fn a_slow_host_keeps_no_other_waiting() {
    let server = Server::new(|hit| {
        let is_quick = hit.path.starts_with("/quick");
        let pause = Duration::from_secs(if is_quick { 0 } else { 4 });
        (hit.path != "/robots.txt").then(|| [vec![(pause, Vec::new())], ok(TEXT)].concat())
    });
    let url = |n: usize| format!("http://localhost:{}/quick/{n}", server.port);
    let mut urls = vec![server.at("/slow")];
    urls.extend((0..5).map(url));
    let order: Vec<String> = all(named(&urls), &limits())
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(order.len(), 6);
    assert_eq!(order[5], "/slow", "{order:?}");
}

#[test]
fn any_number_of_refusals_is_given_back() {
    let server =
        Server::new(|hit| (hit.path == "/robots.txt").then(|| ok("User-agent: *\nDisallow: /\n")));
    let urls: Vec<String> = (0..50_000).map(|n| server.at(&format!("/{n}"))).collect();
    let found = all(named(&urls), &limits());
    assert_eq!(found.len(), urls.len());
    assert!(server.hits().is_empty());
}
