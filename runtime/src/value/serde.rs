//! What serde makes of the runtime's own types.

use std::fmt;
use std::marker::PhantomData;

use ::serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use ::serde::ser::{Serialize, Serializer};

use super::{Enum, Set, Time};

/// As the server prints it: `-838:59:59.000001`.
impl Serialize for Time {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// From what is printed.
impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Time;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time such as 12:34:56")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Time, E> {
                text.parse().map_err(E::custom)
            }
        }
        from.deserialize_str(Text)
    }
}

/// As a list of its members.
impl<E: Enum + Serialize> Serialize for Set<E> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

/// From a list of members, in any order.
impl<'de, E: Enum + Deserialize<'de>> Deserialize<'de> for Set<E> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Members<E>(PhantomData<E>);
        impl<'de, E: Enum + Deserialize<'de>> Visitor<'de> for Members<E> {
            type Value = Set<E>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of members of a SET")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Set<E>, A::Error> {
                let mut set = Set::EMPTY;
                while let Some(member) = from.next_element()? {
                    set.insert(member);
                }
                Ok(set)
            }
        }
        from.deserialize_seq(Members(PhantomData))
    }
}

#[cfg(all(test, feature = "serde_json"))]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
    enum Role {
        Reader,
        Admin,
    }

    impl Enum for Role {
        const ALL: &'static [Self] = &[Self::Reader, Self::Admin];

        fn as_str(self) -> &'static str {
            match self {
                Self::Reader => "reader",
                Self::Admin => "admin",
            }
        }
    }

    #[test]
    fn times_and_sets_come_back_from_json() {
        let time = Time::from_parts(true, 838, 59, 59, 1).unwrap();
        let json = serde_json::to_string(&time).unwrap();
        assert_eq!(json, "\"-838:59:59.000001\"");
        assert_eq!(serde_json::from_str::<Time>(&json).unwrap(), time);
        let roles = Set::<Role>::all();
        let json = serde_json::to_string(&roles).unwrap();
        assert_eq!(json, r#"["Reader","Admin"]"#);
        assert_eq!(serde_json::from_str::<Set<Role>>(&json).unwrap(), roles);
    }
}
