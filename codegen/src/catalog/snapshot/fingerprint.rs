//! FNV-1a with 128 bits: a few lines, the same on every machine, and enough to tell schemas apart. It is no defence
//! against somebody who wants two schemas to look the same.

const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// The hash in 32 hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::hex;

    #[test]
    fn hashes_are_those_of_the_published_test_vectors() {
        assert_eq!(hex(b""), "6c62272e07bb014262b821756295c58d");
        assert_eq!(hex(b"a"), "d228cb696f1a8caf78912b704e4a8964");
        assert_eq!(hex(b"foobar"), "343e1662793c64bf6f0d3597ba446f18");
    }
}
