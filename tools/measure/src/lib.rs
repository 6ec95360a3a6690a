//! Scores that both measuring and training need.

pub mod shingles;
