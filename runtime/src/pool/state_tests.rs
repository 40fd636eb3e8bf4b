//! Tests of the pool's logic with a clock that the test turns.
