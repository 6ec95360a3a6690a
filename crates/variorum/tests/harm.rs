//! What a run reads can make it do no harm: not ask for what the user did not name, not tell passwords, not
//! write over what it reads, and not lose what was there.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

mod server;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use server::{Answer, serve};
use tempfile::TempDir;

const WORDS: &str = "The council met on Monday and agreed to repair the old bridge before winter.";
const ROWS: &str = "{\"id\": \"a\", \"text\": \"The council met on Monday.\"}\n{\"id\": \"b\", \"text\": \"The mayor said it rained.\"}\n";

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn finished(command: &mut Command) -> Run {
    let output = command.stdin(Stdio::null()).output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.current_dir(folder);
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    finished(program(folder).args(arguments))
}

/// Runs a line of the shell in which `$V` is the program.
#[cfg(unix)]
fn shell(folder: &Path, line: &str) -> Run {
    let mut command = Command::new("sh");
    command.current_dir(folder).args(["-c", line]);
    finished(command.env("V", env!("CARGO_BIN_EXE_variorum")))
}

/// The names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn page(title: &str) -> String {
    format!("<html><body><article><h1>{title}</h1><p>{WORDS}</p></article></body></html>")
}

fn sitemap(addresses: &[String]) -> String {
    let entry = |address: &String| format!("<url><loc>{address}</loc></url>");
    let entries: String = addresses.iter().map(entry).collect();
    format!("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>")
}

#[test]
fn what_is_fetched_never_speaks_for_the_user() {
    let inner = serve(|_, _, _| Answer::ok("text/html", page("Secret")));
    let secret = inner.address("/secret");
    let outer = serve({
        let secret = secret.clone();
        move |site, path, _| {
            let list = format!(
                "{secret}\n# more\n{}\n",
                secret.replace("127.0.0.1", "localhost")
            );
            match path {
                "/list.txt" => Answer::ok("text/plain", list),
                "/hop.txt" => Answer::ok("text/plain", format!("{site}/list.txt\n")),
                "/list.csv" => Answer::ok("text/csv", format!("title,url\nOne,{secret}\n")),
                "/list.jsonl" => Answer::ok("text/plain", format!("{{\"url\": \"{secret}\"}}\n")),
                "/list.json" => {
                    Answer::ok("application/json", format!("[{{\"url\": \"{secret}\"}}]"))
                }
                "/feed.json" => Answer::ok(
                    "application/feed+json",
                    format!(
                        "{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{{\"id\": \"1\", \"url\": \"{secret}\"}}]}}"
                    ),
                ),
                "/feed.rss" => Answer::ok(
                    "application/rss+xml",
                    format!(
                        "<rss version='2.0'><channel><item><link>{secret}</link></item></channel></rss>"
                    ),
                ),
                "/list.opml" => Answer::ok(
                    "text/xml",
                    format!(
                        "<opml version='2.0'><body><outline type='rss' xmlUrl='{secret}'/></body></opml>"
                    ),
                ),
                "/sitemap.xml" => Answer::ok("text/xml", sitemap(std::slice::from_ref(&secret))),
                _ => Answer::status(404),
            }
        }
    });
    let folder = TempDir::new().unwrap();
    let addresses = [
        "/list.txt",
        "/hop.txt",
        "/list.csv",
        "/list.jsonl",
        "/list.json",
        "/feed.json",
        "/feed.rss",
        "/list.opml",
        "/sitemap.xml",
    ]
    .map(|path| outer.address(path));
    std::thread::scope(|scope| {
        for address in &addresses {
            let folder = folder.path();
            scope.spawn(move || {
                let run = run(folder, &["read", address]);
                assert!(run.err.contains("private"), "{address}: {}", run.err);
                assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{address}");
            });
        }
        // Nor past a proxy.
        let behind = || {
            finished(
                program(folder.path())
                    .args(["read", &addresses[0]])
                    .env("http_proxy", outer.address("")),
            )
        };
        assert!(behind().err.contains("private"));
    });
    assert_eq!(inner.visits("/secret"), 0);
    // What stands in a file of the user's is the user's own.
    fs::write(folder.path().join("mine.txt"), &secret).unwrap();
    let mine = run(folder.path(), &["read", "mine.txt", "--links", "fetch"]);
    assert_eq!(
        (mine.code, inner.visits("/secret")),
        (Some(0), 1),
        "{}",
        mine.err
    );
}

#[test]
fn a_proxy_that_cannot_be_understood_is_no_leave_to_go_without() {
    let site = serve(|_, _, _| Answer::ok("text/html", page("Bridge")));
    let folder = TempDir::new().unwrap();
    let proxied = |value| {
        let address = site.address("/");
        finished(
            program(folder.path())
                .args(["read", &address])
                .env("HTTP_PROXY", value),
        )
    };
    let bad = proxied("http//ann:secret@proxy");
    let said = "variorum: the network: the proxy in HTTP_PROXY cannot be used; write it as http://HOST:PORT\n";
    assert_eq!((bad.code, bad.err.as_str()), (Some(1), said));
    assert_eq!(site.visits("/"), 0);
    assert_eq!(proxied("").code, Some(0));
}

#[test]
fn an_address_is_asked_for_once() {
    let site = serve(|site, path, _| match path {
        "/map.xml" => {
            let own = vec![format!("{site}/map.xml"); 4];
            let pages = vec![format!("{site}/page"), format!("{site}/page#end")];
            Answer::ok("text/xml", sitemap(&[own, pages].concat()))
        }
        "/page" => Answer::ok("text/html", page("Bridge")),
        _ => Answer::status(404),
    });
    let folder = TempDir::new().unwrap();
    let map = site.address("/map.xml");
    let run = run(folder.path(), &["read", &map, &map, &site.address("/page")]);
    assert_eq!(
        (site.visits("/map.xml"), site.visits("/page")),
        (1, 1),
        "{}",
        run.err
    );
    assert_eq!(run.out.lines().count(), 1);
    assert_eq!(
        run.err,
        format!("variorum: {map}: named twice; asked for once\n")
    );
}

#[test]
fn a_password_is_never_told() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = format!("ann:S3CRET@{}", free.local_addr().unwrap());
    drop(free);
    let site = serve(|_, _, _| Answer::ok("text/html", page("Bridge")));
    let open = site
        .address("/page")
        .replace("http://", "http://ann:S3CRET@");
    let rows = format!("{{\"url\": \"http://{closed}/row\", \"text\": \"{WORDS}\"}}\n");
    fs::write(at("rows.jsonl"), &rows).unwrap();
    fs::write(
        at("list.txt"),
        format!("http://{closed}/list\nhttp://ann:S3CRET@[bad\n"),
    )
    .unwrap();
    let closed = format!("http://{closed}/");
    let told = |run: &Run| format!("{}{}", run.out, run.err).contains("S3CRET");
    for format in ["text", "markdown", "html", "json"] {
        let inputs = ["collate", "--format", format, &closed, "rows.jsonl"];
        let run = run(folder.path(), &inputs);
        assert!(!told(&run), "{format}: {}{}", run.err, run.out);
        assert_eq!(
            (run.code, run.err.lines().count()),
            (Some(0), 1),
            "{}",
            run.err
        );
    }
    let inputs = [
        "read",
        &closed,
        &open,
        "rows.jsonl",
        "list.txt",
        "--links",
        "fetch",
    ];
    let odd = ["ftp://ann:S3CRET@host.example/", "HTTP://ann:S3CRET@[bad"];
    let run = run(
        folder.path(),
        &[&inputs[..], &odd, &["-o", "out.jsonl"]].concat(),
    );
    assert!(!told(&run), "{}", run.err);
    assert_eq!(
        (run.code, run.err.lines().count()),
        (Some(0), 5),
        "{}",
        run.err
    );
    for name in ["out.jsonl", "out.jsonl.state"] {
        let file = fs::read_to_string(at(name)).unwrap();
        assert!(!file.contains("S3CRET"), "{name}: {file}");
    }
    let reports = fs::read_to_string(at("out.jsonl")).unwrap();
    assert_eq!((reports.lines().count(), site.visits("/page")), (2, 1));
}

#[cfg(unix)]
#[test]
fn what_a_run_writes_it_does_not_read() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("d")).unwrap();
    fs::write(at("d/a.jsonl"), ROWS).unwrap();
    // Should it go on for ever, the system ends it.
    let capped = |line: &str| shell(folder.path(), &format!("ulimit -f 20480; {line}"));
    let written = |name: &str| fs::read_to_string(at(name)).unwrap().lines().count();
    let check = |line: &str, name: &str, lines: usize, expected: &str| {
        let run = capped(line);
        assert_eq!((run.code, run.err.as_str()), (Some(0), expected), "{line}");
        assert_eq!(written(name), lines, "{line}");
    };
    check(
        "\"$V\" read d -o d/out.jsonl",
        "d/out.jsonl",
        2,
        "variorum: d/out.jsonl.part: written by this run, as is one more file; not read\n",
    );
    check(
        "\"$V\" read d -o d/out.jsonl",
        "d/out.jsonl",
        2,
        "variorum: d/out.jsonl: written by this run, as are 3 more files; not read\n",
    );
    fs::remove_file(at("d/out.jsonl")).unwrap();
    fs::remove_file(at("d/out.jsonl.state")).unwrap();
    let said = "variorum: d/z.jsonl: written by this run; not read\n";
    check("\"$V\" read d > d/z.jsonl", "d/z.jsonl", 2, said);
    check("\"$V\" read d >> d/z.jsonl", "d/z.jsonl", 4, said);
    check("\"$V\" read 'd/*.jsonl' > d/z.jsonl", "d/z.jsonl", 2, said);
    check("\"$V\" analyze d > d/z.jsonl", "d/z.jsonl", 2, said);
    fs::remove_file(at("d/z.jsonl")).unwrap();
    // What grows while it is read is read as far as it went when it was opened.
    let tee = capped("\"$V\" read d | tee d/tee.jsonl > out");
    assert_eq!(tee.code, Some(0), "{}", tee.err);
    assert!(written("out") <= 4);
}

#[cfg(unix)]
#[test]
fn an_input_is_not_written_over() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.jsonl"), ROWS).unwrap();
    fs::write(at("list.toml"), "").unwrap();
    fs::hard_link(at("a.jsonl"), at("hard")).unwrap();
    std::os::unix::fs::symlink("a.jsonl", at("soft")).unwrap();
    let before = names(folder.path());
    for line in [
        "\"$V\" read a.jsonl -o a.jsonl",
        "\"$V\" read a.jsonl -o ./hard",
        "\"$V\" read soft -o a.jsonl --resume",
        "\"$V\" read a.jsonl -o soft",
        "\"$V\" read - -o a.jsonl < a.jsonl",
        "\"$V\" read a.jsonl >> a.jsonl",
        "\"$V\" collate a.jsonl --format json -o a.jsonl",
        "\"$V\" collate hard -o soft --format html",
        "\"$V\" collate a.jsonl --outlets list.toml --format text -o list.toml",
        "\"$V\" analyze a.jsonl >> hard",
        "\"$V\" copies soft >> a.jsonl",
        "\"$V\" stories a.jsonl >> soft",
        "\"$V\" read a.jsonl -o .",
    ] {
        let run = shell(folder.path(), line);
        assert_eq!(
            (run.code, run.err.lines().count()),
            (Some(2), 1),
            "{line}: {}",
            run.err
        );
        assert_eq!(fs::read_to_string(at("a.jsonl")).unwrap(), ROWS, "{line}");
        assert_eq!(names(folder.path()), before, "{line}");
    }
}

#[test]
fn a_dash_is_standard_output() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.jsonl"), ROWS).unwrap();
    for command in [&["read", "a.jsonl"][..], &["collate", "a.jsonl"]] {
        let plain = run(folder.path(), command);
        let dash = run(folder.path(), &[command, &["-o", "-"]].concat());
        assert!(!plain.out.is_empty());
        assert_eq!((dash.code, dash.out), (Some(0), plain.out), "{command:?}");
    }
    let resumed = run(folder.path(), &["read", "a.jsonl", "-o", "-", "--resume"]);
    assert_eq!((resumed.code, resumed.out.as_str()), (Some(2), ""));
    assert_eq!(names(folder.path()), ["a.jsonl"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let row = |n: usize| format!("{{\"id\": \"{n}\", \"text\": \"{}\"}}\n", WORDS.repeat(20));
    fs::write(at("a.jsonl"), (0..40).map(row).collect::<String>()).unwrap();
    // The system refuses to write more than so many blocks of 512 or 1,024 bytes to a file.
    let full = |line: &str| shell(folder.path(), &format!("trap '' XFSZ; ulimit -f 8; {line}"));
    for name in ["story.html", "story.json", "story.md"] {
        fs::write(at(name), "good").unwrap();
        let run = full(&format!("\"$V\" collate a.jsonl -o {name}"));
        assert_eq!(
            (run.code, run.err.lines().count()),
            (Some(1), 1),
            "{}",
            run.err
        );
        assert_eq!(fs::read_to_string(at(name)).unwrap(), "good", "{name}");
    }
    assert_eq!(
        names(folder.path()),
        ["a.jsonl", "story.html", "story.json", "story.md"]
    );
    fs::write(at("out.jsonl"), "good").unwrap();
    let run = full("\"$V\" read a.jsonl -o out.jsonl");
    assert_eq!(run.code, Some(1));
    let said = "out.jsonl.part: not complete, --resume goes on with it: ";
    assert!(
        run.err.contains(said) && run.err.lines().count() == 1,
        "{}",
        run.err
    );
    assert_eq!(fs::read_to_string(at("out.jsonl")).unwrap(), "good");
    assert_eq!(
        self::run(
            folder.path(),
            &["read", "a.jsonl", "-o", "out.jsonl", "--resume"]
        )
        .code,
        Some(0)
    );
    assert_eq!(
        fs::read_to_string(at("out.jsonl")).unwrap().lines().count(),
        40
    );
    // Adding to a file that is whole leaves whole lines.
    fs::write(at("b.jsonl"), (50..90).map(row).collect::<String>()).unwrap();
    let before = fs::metadata(at("out.jsonl")).unwrap().len();
    let line = format!(
        "ulimit -f {}; \"$V\" read a.jsonl b.jsonl -o out.jsonl --resume",
        before / 512 + 8
    );
    let run = shell(folder.path(), &format!("trap '' XFSZ; {line}"));
    let lines = fs::read_to_string(at("out.jsonl")).unwrap();
    assert!(
        lines.ends_with("}\n") && lines.lines().count() >= 40,
        "{:?} {}",
        run.code,
        run.err
    );
    assert_eq!(
        self::run(
            folder.path(),
            &["read", "a.jsonl", "b.jsonl", "-o", "out.jsonl", "--resume"]
        )
        .code,
        Some(0)
    );
    assert_eq!(
        fs::read_to_string(at("out.jsonl")).unwrap().lines().count(),
        80
    );
}

#[test]
fn a_run_that_is_killed_can_always_be_gone_on_with() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let row = |n: usize| format!("{{\"id\": \"{n}\", \"text\": \"{}\"}}\n", WORDS.repeat(9));
    fs::write(at("a.jsonl"), (0..30_000).map(row).collect::<String>()).unwrap();
    let read = ["read", "a.jsonl", "-o"];
    run(folder.path(), &[&read[..], &["whole.jsonl"]].concat());
    let expected = fs::read(at("whole.jsonl")).unwrap();
    fs::write(at("out.jsonl"), "").unwrap();
    let mut killed = 0;
    for pause in [0, 5, 20, 60, 150, 400] {
        let mut child = program(folder.path())
            .args(read)
            .arg("out.jsonl")
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause));
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        let there = fs::read(at("out.jsonl")).unwrap();
        assert!(
            there.is_empty() || there == expected,
            "killed after {pause} ms"
        );
        let resumed = run(
            folder.path(),
            &[&read[..], &["out.jsonl", "--resume"]].concat(),
        );
        assert_eq!(
            (resumed.code, resumed.err.as_str()),
            (Some(0), ""),
            "killed after {pause} ms"
        );
        assert!(
            fs::read(at("out.jsonl")).unwrap() == expected,
            "killed after {pause} ms"
        );
        fs::write(at("out.jsonl"), "").unwrap();
        fs::remove_file(at("out.jsonl.state")).unwrap();
    }
    assert!(killed > 0);
    // Between the file and its first state, and between the whole file and its state.
    let resume = || {
        run(
            folder.path(),
            &[&read[..], &["out.jsonl", "--resume"]].concat(),
        )
        .code
    };
    fs::write(at("out.jsonl.part"), "{\"id\": \"half").unwrap();
    assert_eq!(resume(), Some(0));
    assert!(fs::read(at("out.jsonl")).unwrap() == expected);
    fs::rename(at("out.jsonl.state"), at("out.jsonl.part.state")).unwrap();
    assert_eq!(resume(), Some(0));
    assert!(fs::read(at("out.jsonl")).unwrap() == expected);
    assert_eq!(
        names(folder.path()),
        [
            "a.jsonl",
            "out.jsonl",
            "out.jsonl.state",
            "whole.jsonl",
            "whole.jsonl.state"
        ]
    );
    // What no run has written is not written over.
    fs::write(at("other.jsonl"), ROWS).unwrap();
    let other = run(
        folder.path(),
        &[&read[..], &["other.jsonl", "--resume"]].concat(),
    );
    assert_eq!(other.code, Some(1));
    assert_eq!(fs::read_to_string(at("other.jsonl")).unwrap(), ROWS);
}

#[cfg(unix)]
#[test]
fn a_link_that_someone_left_is_not_written_to() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.jsonl"), ROWS).unwrap();
    fs::write(at("victim"), "kept").unwrap();
    for name in ["part", "part.state", "state", "state.new", "part.state.new"] {
        std::os::unix::fs::symlink("victim", at(&format!("out.jsonl.{name}"))).unwrap();
    }
    let run = run(folder.path(), &["read", "a.jsonl", "-o", "out.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(fs::read_to_string(at("victim")).unwrap(), "kept");
    assert_eq!(
        fs::read_to_string(at("out.jsonl")).unwrap().lines().count(),
        2
    );
}

#[cfg(unix)]
#[test]
fn pipes_are_read_when_named_and_never_waited_for() {
    let folder = TempDir::new().unwrap();
    let read = |line: &str| shell(folder.path(), line);
    let words = read(&format!("echo '{WORDS}' | \"$V\" read /dev/fd/0"));
    let report: serde_json::Value = serde_json::from_str(&words.out).unwrap();
    assert_eq!((&report["id"], words.err.as_str()), (&"stdin".into(), ""));
    let named = read(&format!(
        "mkfifo p.txt && (echo '{WORDS}' > p.txt &) ; \"$V\" read p.txt"
    ));
    let report: serde_json::Value = serde_json::from_str(&named.out).unwrap();
    assert_eq!((&report["id"], named.err.as_str()), (&"p".into(), ""));
    let said = "variorum: p.txt: pipe, socket or device; not read unless you name it\n";
    let met = read("\"$V\" read '*.txt'");
    assert_eq!((met.code, met.err.as_str()), (Some(1), said));
    fs::write(folder.path().join("a.txt"), WORDS).unwrap();
    let met = read("\"$V\" read .");
    assert_eq!(
        (met.code, met.out.lines().count(), met.err.lines().count()),
        (Some(0), 1, 1)
    );
    let through = read("(cat p.txt > copy &) ; \"$V\" read a.txt -o p.txt; sleep 0.1; cat copy");
    assert_eq!(
        (through.code, through.out.lines().count()),
        (Some(0), 1),
        "{}",
        through.err
    );
}

#[cfg(unix)]
#[test]
fn nothing_that_is_said_steers_a_terminal() {
    let folder = TempDir::new().unwrap();
    let name = "a\u{1b}[2J\u{202e}txt.b\u{9b}.txt";
    fs::write(folder.path().join(name), "").unwrap();
    let run = self::run(folder.path(), &["read", name]);
    assert_eq!(run.code, Some(1));
    let steers = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    assert!(!run.err.contains(steers), "{:?}", run.err);
    assert!(run.err.contains("\\u{202e}txt.b"), "{}", run.err);
    let text = "The mayor\u{202e} said \u{9b}2J\u{1b} no\u{2028} on Friday.";
    let row = serde_json::json!({"id": "a", "text": text}).to_string();
    fs::write(folder.path().join("a.jsonl"), row).unwrap();
    let read = self::run(folder.path(), &["read", "a.jsonl"]);
    assert!(
        !read.out.contains(|c| steers(c) || c == '\u{2028}'),
        "{:?}",
        read.out
    );
    let report: serde_json::Value = serde_json::from_str(&read.out).unwrap();
    assert_eq!(report["text"], text);
    let file = self::run(folder.path(), &["collate", "a.jsonl", "--format", "json"]);
    assert!(!file.out.contains(steers), "{:?}", file.out);
}

#[cfg(unix)]
#[test]
fn what_describes_a_text_is_not_written_over() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let described = "{\"outlet\": \"Gazette\"}";
    fs::write(at("x.txt"), "The mayor said so on Friday.").unwrap();
    fs::write(at("x.json"), described).unwrap();
    fs::write(at("reports.csv"), "file,outlet\nx.txt,Gazette\n").unwrap();
    for line in [
        "\"$V\" collate x.txt -o x.json",
        "\"$V\" collate . -o x.json",
        "\"$V\" read x.txt -o reports.csv",
    ] {
        let run = shell(folder.path(), line);
        let told = run.err.contains("tells of the texts beside it");
        assert_eq!((run.code, told), (Some(2), true), "{line}: {}", run.err);
        assert_eq!(
            fs::read_to_string(at("x.json")).unwrap(),
            described,
            "{line}"
        );
    }
    // The formats of one story may stand side by side, and be made again.
    for line in
        ["html", "json", "html", "json"].map(|end| format!("\"$V\" collate x.txt -o y.{end}"))
    {
        let run = shell(folder.path(), &line);
        assert_eq!(run.code, Some(0), "{line}: {}", run.err);
    }
}
