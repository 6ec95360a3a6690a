//! The command line with what only the surroundings tell: whether standard input stands in for paths. Wrong usage
//! that clap cannot see ends the program here, with code 2.

use std::io::{BufRead, IsTerminal, stdin};
use std::path::PathBuf;

use clap::error::{Error, ErrorKind};
use clap::{CommandFactory, Parser};

use crate::args::{Arguments, Collate, Command, Format};
use crate::output::complain;
use crate::progress;

/// The arguments of this run.
pub(crate) fn arguments() -> Arguments {
    let mut arguments = Arguments::parse();
    if let Err(error) = complete(&mut arguments.command) {
        error.exit();
    }
    arguments
}

fn complete(command: &mut Command) -> Result<(), Error> {
    match command {
        Command::Read(options) => input("read", &mut options.inputs.paths),
        Command::Analyze(options) => input("analyze", &mut options.stream.inputs.paths),
        Command::Copies(options) => input("copies", &mut options.inputs.paths),
        Command::Stories(options) => input("stories", &mut options.inputs.paths),
        Command::Collate(options) => {
            check(options)?;
            if options.paths.is_empty() {
                match coming_in() {
                    ComingIn::Something => options.paths.push("-".into()),
                    ComingIn::Nothing => {
                        complain("-: nothing comes in; this is the built-in sample");
                    }
                    ComingIn::Unasked => {}
                }
            }
            Ok(())
        }
        Command::Schema { .. } | Command::Completions { .. } | Command::Man { .. } => Ok(()),
    }
}

/// Takes standard input where no path is given and something comes in there.
fn input(command: &str, paths: &mut Vec<PathBuf>) -> Result<(), Error> {
    if paths.is_empty() {
        if coming_in() != ComingIn::Something {
            let words = "no PATH is given, and nothing comes in through a pipe";
            return Err(wrong(command, ErrorKind::MissingRequiredArgument, words));
        }
        paths.push("-".into());
    }
    Ok(())
}

/// What standard input holds.
#[derive(PartialEq, Eq)]
enum ComingIn {
    /// A pipe or a file holds something.
    Something,
    /// A pipe or a file is empty.
    Nothing,
    /// A terminal, which is not read unasked, nor is a device: services and timers have /dev/null there.
    Unasked,
}

fn coming_in() -> ComingIn {
    let stdin = stdin();
    if stdin.is_terminal() || !is_stream(&stdin) {
        return ComingIn::Unasked;
    }
    let _waiting = progress::waiting();
    match stdin.lock().fill_buf() {
        Ok([]) => ComingIn::Nothing,
        // What is wrong with it is said when it is read.
        Ok(_) | Err(_) => ComingIn::Something,
    }
}

#[cfg(unix)]
fn is_stream(stdin: &std::io::Stdin) -> bool {
    use std::fs::File;
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;
    let file = stdin.as_fd().try_clone_to_owned().map(File::from);
    file.and_then(|file| file.metadata()).is_ok_and(|file| {
        let kind = file.file_type();
        kind.is_file() || kind.is_fifo() || kind.is_socket()
    })
}

#[cfg(not(unix))]
fn is_stream(_: &std::io::Stdin) -> bool {
    true
}

fn check(options: &Collate) -> Result<(), Error> {
    let wrong = |words: &str| Err(wrong("collate", ErrorKind::ValueValidation, words));
    match (options.format(), options.brief, &options.output) {
        (None, _, Some(path)) => wrong(&format!(
            "{}: this ending is no format; those that are: .txt, .json, .md, .html (or say --format)",
            path.display()
        )),
        (Some(Format::Json | Format::Html), true, _) => {
            wrong("--brief is for the formats text and markdown")
        }
        _ => Ok(()),
    }
}

fn wrong(command: &str, kind: ErrorKind, words: &str) -> Error {
    let mut program = Arguments::command();
    program.build();
    match program.find_subcommand_mut(command) {
        Some(command) => command.error(kind, words),
        None => program.error(kind, words),
    }
}
