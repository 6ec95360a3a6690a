//! What people type, shown under each command's help.

pub(crate) const ALL: &str = "\
Examples:
  variorum collate reports/                     the story of a folder of reports
  variorum collate reports/ -o story.html       as one web page
  variorum collate                              the built-in sample
  variorum help collate                         all about a command";

pub(crate) const READ: &str = "\
Examples:
  variorum read saved-pages/ --since 2022-01-01 > reports.jsonl
  variorum read https://example.org/feed.xml -o reports.jsonl --resume
  curl -s https://example.org/a-report | variorum read";

pub(crate) const ANALYZE: &str = "\
Examples:
  variorum analyze reports.jsonl > analyses.jsonl
  variorum read page.html | variorum analyze";

pub(crate) const COLLATE: &str = "\
Examples:
  variorum collate reports/
  variorum collate reports/ -o story.html
  variorum collate reports.jsonl --brief
  variorum read feeds.opml --links fetch | variorum collate --format json";

pub(crate) const COPIES: &str = "\
Examples:
  variorum copies archive/ > pairs.jsonl
  variorum copies reports.jsonl --outlets houses.toml";

pub(crate) const STORIES: &str = "\
Examples:
  variorum stories stream.jsonl > stories.jsonl
  zcat stream.jsonl.gz | variorum stories";

pub(crate) const SCHEMA: &str = "\
Examples:
  variorum schema > story-file.schema.json
  variorum schema analysis";

pub(crate) const COMPLETIONS: &str = "\
Examples:
  variorum completions bash > ~/.local/share/bash-completion/completions/variorum
  variorum completions fish > ~/.config/fish/completions/variorum.fish
  variorum completions zsh > _variorum          in a folder of $fpath";

pub(crate) const MAN: &str = "\
Examples:
  variorum man > variorum.1
  variorum man collate | man -l -";
