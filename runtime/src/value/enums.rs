//! ENUM columns as Rust enums and SET columns as flag sets over them. Knows no schema: the names are the enum's own.

use std::fmt;
use std::marker::PhantomData;

use super::{Cell, Decode, DecodeError, Encode, EncodeError, Value};

/// An enum with the values of an ENUM or SET column. Generated code implements it; every implementation is
/// [`Encode`] and [`Decode`] as well.
pub trait Enum: Copy + Eq + fmt::Debug + Send + Sync + 'static {
    /// All values, in the order of the column's declaration.
    const ALL: &'static [Self];

    /// The value as the column spells it.
    fn as_str(self) -> &'static str;

    /// The value that the column spells so.
    ///
    /// # Errors
    /// There is none. The error names those that there are, and not the text.
    fn from_text(text: &str) -> Result<Self, UnknownValue> {
        let found = Self::ALL.iter().copied().find(|value| value.as_str() == text);
        found.ok_or_else(|| UnknownValue(Self::ALL.iter().map(|value| value.as_str()).collect()))
    }
}

/// A text is no value of an ENUM and no member of a SET.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue(Vec<&'static str>);

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no such value: there are {}", self.0.join(", "))
    }
}

impl std::error::Error for UnknownValue {}

impl<E: Enum> Encode for E {
    fn encode(&self) -> Result<Value, EncodeError> {
        Ok(Value::Bytes(self.as_str().as_bytes().to_vec()))
    }
}

impl<E: Enum> Decode for E {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match cell.value() {
            Value::NULL => Err(DecodeError::null()),
            Value::Bytes(bytes) => member(bytes),
            Value::Int(_)
            | Value::UInt(_)
            | Value::Float(_)
            | Value::Double(_)
            | Value::Date(..)
            | Value::Time(..) => Err(DecodeError::mismatch("a value of an ENUM", &cell)),
        }
    }
}

fn member<E: Enum>(text: &[u8]) -> Result<E, DecodeError> {
    let found = E::ALL.iter().copied().find(|value| value.as_str().as_bytes() == text);
    found.ok_or_else(|| {
        DecodeError::new(if text.is_empty() {
            "found the empty value that the server keeps for what is not in the ENUM"
        } else {
            "found a value that the ENUM did not have when the code was generated"
        })
    })
}

/// A value of a SET column: any number of the members `E` (64 at most, as in a SET).
pub struct Set<E> {
    bits: u64,
    members: PhantomData<fn() -> E>,
}

impl<E: Enum> Set<E> {
    /// No member.
    pub const EMPTY: Self = Self::from_raw(0);

    const fn from_raw(bits: u64) -> Self {
        Self { bits, members: PhantomData }
    }

    /// No member.
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// All members.
    pub fn all() -> Self {
        E::ALL.iter().copied().collect()
    }

    /// The set of these bits, the lowest being the first member, as in the column; `None` if there is a bit more than
    /// members.
    pub fn from_bits(bits: u64) -> Option<Self> {
        (bits & !Self::all().bits == 0).then(|| Self::from_raw(bits))
    }

    /// The members as bits, the lowest being the first member.
    pub const fn bits(self) -> u64 {
        self.bits
    }

    /// Is the member in it?
    pub fn contains(self, member: E) -> bool {
        self.bits & bit(member) != 0
    }

    /// Puts a member in; tells whether it was new.
    pub fn insert(&mut self, member: E) -> bool {
        let before = self.bits;
        self.bits |= bit(member);
        self.bits != before
    }

    /// Takes a member out; tells whether it was there.
    pub fn remove(&mut self, member: E) -> bool {
        let before = self.bits;
        self.bits &= !bit(member);
        self.bits != before
    }

    /// The set with the member.
    #[must_use]
    pub fn with(mut self, member: E) -> Self {
        self.insert(member);
        self
    }

    /// How many members are in it.
    pub const fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// Is no member in it?
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// The members in it, in the order of the declaration.
    pub fn iter(self) -> SetIter<E> {
        SetIter { set: self }
    }
}

/// The bit of a member. A member that is not in `ALL` has none; a right implementation of `Enum` has no such value.
fn bit<E: Enum>(member: E) -> u64 {
    let position = E::ALL.iter().position(|other| *other == member);
    position.and_then(|position| 1_u64.checked_shl(position as u32)).unwrap_or(0)
}

/// Iterator over the members of a [`Set`].
pub struct SetIter<E> {
    set: Set<E>,
}

impl<E: Enum> Iterator for SetIter<E> {
    type Item = E;

    fn next(&mut self) -> Option<E> {
        let position = self.set.bits.trailing_zeros();
        let member = E::ALL.get(position as usize).copied()?;
        self.set.remove(member);
        Some(member)
    }
}

impl<E: Enum> IntoIterator for Set<E> {
    type Item = E;
    type IntoIter = SetIter<E>;

    fn into_iter(self) -> SetIter<E> {
        self.iter()
    }
}

impl<E: Enum> FromIterator<E> for Set<E> {
    fn from_iter<I: IntoIterator<Item = E>>(members: I) -> Self {
        members.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl<E: Enum> std::ops::BitOr for Set<E> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self::from_raw(self.bits | other.bits)
    }
}

impl<E: Enum> std::ops::BitAnd for Set<E> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self::from_raw(self.bits & other.bits)
    }
}

// Written out, because a derive would ask the same of `E`.
impl<E> Clone for Set<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Set<E> {}

impl<E> PartialEq for Set<E> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<E> Eq for Set<E> {}

impl<E> PartialOrd for Set<E> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Set<E> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bits.cmp(&other.bits)
    }
}

impl<E> std::hash::Hash for Set<E> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bits.hash(state);
    }
}

impl<E> Default for Set<E> {
    fn default() -> Self {
        Self { bits: 0, members: PhantomData }
    }
}

impl<E> fmt::Debug for Set<E>
where
    E: Enum,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// What the server prints: members with commas between, in any order; the empty text is the empty set.
impl<E: Enum> std::str::FromStr for Set<E> {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        if text.is_empty() {
            return Ok(Self::EMPTY);
        }
        text.split(',').map(E::from_text).collect()
    }
}

/// As the server prints it: the members with commas between.
impl<E: Enum> fmt::Display for Set<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, member) in self.iter().enumerate() {
            if position > 0 {
                f.write_str(",")?;
            }
            f.write_str(member.as_str())?;
        }
        Ok(())
    }
}

impl<E: Enum> Encode for Set<E> {
    fn encode(&self) -> Result<Value, EncodeError> {
        Ok(Value::Bytes(self.to_string().into_bytes()))
    }
}

impl<E: Enum> Encode for &Set<E> {
    fn encode(&self) -> Result<Value, EncodeError> {
        (**self).encode()
    }
}

impl<E: Enum> Decode for Set<E> {
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match cell.value() {
            Value::NULL => Err(DecodeError::null()),
            Value::Bytes(bytes) if bytes.is_empty() => Ok(Self::EMPTY),
            Value::Bytes(bytes) => bytes.split(|byte| *byte == b',').map(member).collect(),
            Value::Int(_)
            | Value::UInt(_)
            | Value::Float(_)
            | Value::Double(_)
            | Value::Date(..)
            | Value::Time(..) => Err(DecodeError::mismatch("a value of a SET", &cell)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::decode;
    use super::*;
    use mysql::consts::ColumnType::MYSQL_TYPE_STRING;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Role {
        Reader,
        Writer,
        Admin,
    }

    impl Enum for Role {
        const ALL: &'static [Self] = &[Self::Reader, Self::Writer, Self::Admin];

        fn as_str(self) -> &'static str {
            match self {
                Self::Reader => "reader",
                Self::Writer => "writer",
                Self::Admin => "admin",
            }
        }
    }

    #[test]
    fn every_combination_round_trips() {
        for bits in 0..8 {
            let set = Set::<Role>::from_bits(bits).unwrap();
            assert_eq!(set.iter().collect::<Set<Role>>(), set);
            assert_eq!(decode(MYSQL_TYPE_STRING, set.encode().unwrap()), Ok(set));
        }
        assert_eq!(Set::<Role>::from_bits(8), None);
    }

    #[test]
    fn what_is_printed_is_parsed_and_what_is_unknown_is_not_quoted() {
        for bits in 0..8 {
            let set = Set::<Role>::from_bits(bits).unwrap();
            assert_eq!(set.to_string().parse(), Ok(set));
        }
        assert_eq!(Role::from_text("admin"), Ok(Role::Admin));
        let error = "reader,root".parse::<Set<Role>>().unwrap_err();
        assert_eq!(error.to_string(), "no such value: there are reader, writer, admin");
    }

    #[test]
    fn an_unknown_member_is_an_error_that_does_not_quote_it() {
        let error = decode::<Role>(MYSQL_TYPE_STRING, Value::Bytes(b"root".to_vec())).unwrap_err();
        assert!(!error.to_string().contains("root"));
        assert!(decode::<Set<Role>>(MYSQL_TYPE_STRING, Value::Bytes(b"reader,root".to_vec())).is_err());
        assert!(decode::<Role>(MYSQL_TYPE_STRING, Value::Bytes(Vec::new())).is_err());
    }
}
