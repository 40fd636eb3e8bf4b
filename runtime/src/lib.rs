//! The runtime of Porpoise.
