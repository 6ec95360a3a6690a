//! A small transformer that reads who said what, run on the CPU.
//!
//! [`Encoder::read`] cuts a document into `windows` of sentences, gives the word `pieces` of each to the `network`,
//! and asks the `heads` about the vectors that come back: which runs of words are statements that a reader would list,
//! of what kind and weight, and which word names the speaker, seen from the words of saying and their source. `decode`
//! turns likelihoods into spans. Nothing is kept of a window but what was found in it, so memory does not grow with the
//! text. The weights lie in `models/`, with a card that says what they were made from.

mod decode;
mod heads;
mod network;
mod pieces;
mod threads;
mod windows;

use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use variorum_text::Document;

use heads::{Heads, Vectors};
use network::{Network, WIDTH, Weights};
use pieces::Vocabulary;

pub use threads::side_by_side;

static NETWORK: &[u8] = include_bytes!("../models/encoder.onnx");
static HEADS: &[u8] = include_bytes!("../models/heads.bin");
static PIECES: &str = include_str!("../models/pieces.tsv");

/// Added to the labels of cues, since F1 is best where a few more are found.
const EAGER_FOR_CUES: f32 = 0.2;
/// Added to the labels of statements for those that are kept as less certain.
const EAGER_FOR_STATEMENTS: f32 = 3.0;
/// What is less likely to name a speaker is left out.
const LEAST_NAMED: f32 = 0.005;

/// What can go wrong with weights.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// A file of weights cannot be read.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// The vocabulary or the heads are not those of this program.
    #[error("{0} does not fit this program")]
    Unfit(&'static str),
    /// The transformer cannot be loaded or run.
    #[error("the encoder cannot be run: {0}")]
    Network(String),
}

/// A transformer with its heads.
pub struct Encoder {
    network: Network,
    heads: Heads,
    vocabulary: Vocabulary,
}

/// A run of tokens that somebody may have said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// The tokens, without marks at the ends.
    pub tokens: Range<usize>,
    /// Mean log likelihood of its being just this run of words.
    pub inside: f32,
    /// Log likelihood of the less certain of its ends.
    pub ends: f32,
    /// Found only when asked to be eager.
    pub eager: bool,
    /// How likely it is direct, indirect, mixed.
    pub kind: [f32; 3],
    /// How likely it is of little, some, much weight.
    pub weight: [f32; 3],
    /// Tokens that may name its speaker, with how likely they do, the likeliest first.
    pub named: Vec<(usize, f32)>,
    /// How likely nobody is named.
    pub nobody: f32,
}

impl Encoder {
    /// The one in the program, loaded when first asked for.
    pub fn built_in() -> Result<&'static Self, &'static EncoderError> {
        static BUILT_IN: OnceLock<Result<Encoder, EncoderError>> = OnceLock::new();
        let load = || Encoder::of(Weights::Built(NETWORK), HEADS, PIECES);
        BUILT_IN.get_or_init(load).as_ref()
    }

    /// One from a folder with `encoder.onnx`, `heads.bin` and `pieces.tsv`, as training writes it.
    pub fn load(folder: &Path) -> Result<Self, EncoderError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|e| EncoderError::File(path.display().to_string(), e))
        };
        let pieces = String::from_utf8(read("pieces.tsv")?);
        let pieces = pieces.map_err(|_| EncoderError::Unfit("pieces.tsv"))?;
        Encoder::of(
            Weights::Read(read("encoder.onnx")?),
            &read("heads.bin")?,
            &pieces,
        )
    }

    fn of(network: Weights, heads: &[u8], pieces: &str) -> Result<Self, EncoderError> {
        Ok(Encoder {
            network: Network::load(network)?,
            heads: Heads::parse(heads).ok_or(EncoderError::Unfit("heads.bin"))?,
            vocabulary: Vocabulary::parse(pieces).ok_or(EncoderError::Unfit("pieces.tsv"))?,
        })
    }

    /// The statements that a reader would list, in text order; less certain ones stand where there are no others.
    /// Fails only where the network cannot be run.
    pub fn read(&self, doc: &Document<'_>) -> Result<Vec<Said>, EncoderError> {
        let pieces: Vec<Vec<i32>> = (0..doc.tokens.len())
            .map(|token| self.vocabulary.of_token(doc, token))
            .collect();
        let counts: Vec<usize> = doc
            .sentences
            .iter()
            .map(|s| pieces[s.tokens.clone()].iter().map(Vec::len).sum())
            .collect();
        let mut read = Vec::new();
        for window in windows::windows(&counts) {
            let tokens = |sentences: &Range<usize>| {
                doc.sentences[sentences.start].tokens.start
                    ..doc.sentences[sentences.end - 1].tokens.end
            };
            let (seen, own) = (tokens(&window.seen), tokens(&window.own));
            let vectors = self.vectors(&pieces[seen.clone()])?;
            self.of_window(&vectors, &seen, &own, &mut read);
        }
        Ok(read)
    }

    /// The vectors of some tokens: those of their first pieces.
    fn vectors(&self, pieces: &[Vec<i32>]) -> Result<Vectors, EncoderError> {
        let mut ids = vec![pieces::BEGIN];
        let mut at = Vec::with_capacity(pieces.len());
        for token in pieces {
            at.push(ids.len().min(windows::LONGEST));
            ids.extend(token);
        }
        ids.truncate(windows::LONGEST + 1);
        ids.push(pieces::END);
        let of_pieces = self.network.vectors(&ids)?;
        let row = |&at: &usize| &of_pieces[at * WIDTH..(at + 1) * WIDTH];
        Ok(Vectors(at.iter().flat_map(row).copied().collect()))
    }

    fn of_window(
        &self,
        vectors: &Vectors,
        seen: &Range<usize>,
        own: &Range<usize>,
        read: &mut Vec<Said>,
    ) {
        let mine = own.start - seen.start..own.end - seen.start;
        let cues = decode::cues(&self.heads.cues(vectors), EAGER_FOR_CUES);
        let roles = self.heads.roles(vectors, &cues);
        let labels = self.heads.statements(vectors);
        let labels = &labels[mine.clone()];
        let sure = decode::statements(labels, 0.0);
        let mut found: Vec<(decode::Labelled, bool)> =
            decode::statements(labels, EAGER_FOR_STATEMENTS)
                .into_iter()
                .filter(|one| !sure.iter().any(|sure| meet(&one.tokens, &sure.tokens)))
                .map(|one| (one, true))
                .chain(sure.iter().map(|one| (one.clone(), false)))
                .collect();
        found.sort_by_key(|(one, _)| one.tokens.start);
        let spans: Vec<Range<usize>> = found
            .iter()
            .map(|(one, _)| one.tokens.start + mine.start..one.tokens.end + mine.start)
            .collect();
        let told = self.heads.spans(vectors, &spans, &roles);
        for (((one, eager), span), told) in found.into_iter().zip(spans).zip(told) {
            let mut named: Vec<(usize, f32)> = (seen.clone().zip(told.named))
                .filter(|(_, likely)| *likely >= LEAST_NAMED)
                .collect();
            named.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            read.push(Said {
                tokens: span.start + seen.start..span.end + seen.start,
                inside: one.inside,
                ends: one.ends,
                eager,
                kind: told.kind,
                weight: told.weight,
                named,
                nobody: told.nobody,
            });
        }
    }
}

fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
