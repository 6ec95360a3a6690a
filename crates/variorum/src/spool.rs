//! What a stream needs of each report, on disk until its turn comes.
//!
//! Reports come in any order and are taken by date, and a story's origins are looked for when the story
//! is complete. So that memory does not grow with the stream, each report's digest and print wait in a
//! temporary file, which the system removes when the program ends, however it ends.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Values written to a temporary file one after the other.
pub(crate) struct Spool {
    file: BufWriter<File>,
    end: u64,
}

/// Where a value lies in a spool.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    start: u64,
    length: u32,
}

impl Spool {
    /// An empty spool in the system's folder for temporary files.
    pub(crate) fn new() -> Result<Self> {
        let file = tempfile::tempfile().context("no temporary file can be made")?;
        Ok(Spool {
            file: BufWriter::with_capacity(1 << 20, file),
            end: 0,
        })
    }

    /// Writes a value behind the others.
    pub(crate) fn write(&mut self, value: &impl Serialize) -> Result<Place> {
        let bytes = postcard::to_stdvec(value)?;
        self.file
            .write_all(&bytes)
            .context("the temporary file cannot be written")?;
        let start = self.end;
        self.end += bytes.len() as u64;
        let length = u32::try_from(bytes.len()).context("a report is too large")?;
        Ok(Place { start, length })
    }

    /// Reads a value back.
    pub(crate) fn read<T: DeserializeOwned>(&mut self, place: Place) -> Result<T> {
        self.file
            .flush()
            .context("the temporary file cannot be written")?;
        let file = self.file.get_mut();
        let mut bytes = vec![0; place.length as usize];
        file.seek(SeekFrom::Start(place.start))
            .and_then(|_| file.read_exact(&mut bytes))
            .context("the temporary file cannot be read")?;
        Ok(postcard::from_bytes(&bytes)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_in_any_order() -> Result<()> {
        let mut spool = Spool::new()?;
        let words = ["one", "", "three"];
        let places: Vec<Place> = words
            .iter()
            .map(|word| spool.write(word))
            .collect::<Result<_>>()?;
        for at in [2, 0, 1] {
            assert_eq!(spool.read::<String>(places[at])?, words[at]);
        }
        Ok(())
    }
}
