//! The last bytes of a stream, so that a reader which was led astray can go back.

/// How far back one can always go; with what is kept to spare, about twice that is held.
const BACK: u64 = 8 << 20;
/// Bytes that are no longer needed are dropped when there are this many of them.
const SPARE: usize = 256 << 10;

/// Bytes of a stream around the place that is read now.
pub(super) struct Window {
    bytes: Vec<u8>,
    /// Where in the stream `bytes` begins.
    start: u64,
    /// The next byte in `bytes` to be read.
    at: usize,
    /// Where in the stream the bytes that may be wanted again begin.
    keep: u64,
}

impl Window {
    /// An empty window; the first byte that comes is the one at `start`.
    pub(super) fn new(start: u64) -> Self {
        Window {
            bytes: Vec::new(),
            start,
            at: 0,
            keep: start,
        }
    }

    /// Where in the stream the next byte to be read is.
    pub(super) fn position(&self) -> u64 {
        self.start + self.at as u64
    }

    /// Where in the stream the next byte to be added goes.
    pub(super) fn end(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }

    /// Where in the stream the oldest byte held is.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// The bytes held that are not read yet.
    pub(super) fn ahead(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The byte before the next one.
    pub(super) fn behind(&self) -> Option<u8> {
        self.bytes.get(self.at.checked_sub(1)?).copied()
    }

    /// Counts so many bytes as read.
    pub(super) fn take(&mut self, count: usize) {
        self.at = self.bytes.len().min(self.at + count);
    }

    /// Nothing before this place will be wanted again.
    pub(super) fn mark(&mut self) {
        self.keep = self.position();
    }

    /// Goes back to a place in the stream, or as near to it as what is held reaches.
    pub(super) fn back(&mut self, to: u64) {
        let at = usize::try_from(to.saturating_sub(self.start)).unwrap_or(usize::MAX);
        self.at = self.at.min(at);
        self.keep = self.keep.min(self.position());
    }

    /// Drops all that is not read yet; what is added next follows on it all the same.
    pub(super) fn drop_ahead(&mut self) {
        self.at = self.bytes.len();
        self.mark();
    }

    /// Where to add bytes at the end.
    pub(super) fn room(&mut self) -> &mut Vec<u8> {
        let keep = self.keep.max(self.position().saturating_sub(BACK));
        // One byte more shows whether a line begins at what is kept.
        let spare = usize::try_from(keep.saturating_sub(self.start + 1)).unwrap_or(0);
        let spare = spare.min(self.at);
        if spare >= SPARE.max(self.bytes.len() / 2) {
            self.bytes.drain(..spare);
            self.start += spare as u64;
            self.at -= spare;
        }
        &mut self.bytes
    }
}

/// How much reading again is allowed: without a limit, an input made for it could have each of its
/// bytes read thousands of times.
#[derive(Default)]
pub(super) struct Budget {
    spent: u64,
}

impl Budget {
    /// Whether one may go back from `from` to `to`; if so, it is paid for.
    pub(super) fn pays(&mut self, from: u64, to: u64) -> bool {
        let cost = from.saturating_sub(to);
        let allowed = self.spent + cost <= from.saturating_mul(2) + 4 * BACK;
        if allowed {
            self.spent += cost;
        }
        allowed
    }
}
