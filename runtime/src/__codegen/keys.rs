//! The newtypes of keys: everything that generated code wants of them but the struct itself.

use std::fmt;

/// A type for the ids that the server generates.
pub trait LastId: Sized {
    /// The id, if it fits.
    fn from_id(id: u64) -> Option<Self>;
}

macro_rules! last_ids {
    ($($type:ident)*) => {
        $(impl LastId for $type {
            fn from_id(id: u64) -> Option<Self> {
                Self::try_from(id).ok()
            }
        })*
    };
}

last_ids!(i8 i16 i32 i64 u8 u16 u32 u64);

/// Makes the newtype of a key of its struct, `key!(integer AccountId(u32))`: it goes to and comes from the server as what
/// is in it, and is printed, parsed and converted as that.
#[doc(hidden)]
#[macro_export]
macro_rules! __porpoise_key {
    (integer $name:ident($inner:ty)) => {
        $crate::__porpoise_key!(value $name($inner));

        impl $crate::__codegen::LastId for $name {
            fn from_id(id: u64) -> ::core::option::Option<Self> {
                <$inner as $crate::__codegen::LastId>::from_id(id).map(Self)
            }
        }
    };
    (text $name:ident($inner:ty)) => {
        $crate::__porpoise_key!(value $name($inner));

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
    (value $name:ident($inner:ty)) => {
        $crate::__porpoise_key!(plain $name($inner));

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = <$inner as ::core::str::FromStr>::Err;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
    (bytes $name:ident($inner:ty)) => {
        $crate::__porpoise_key!(plain $name($inner));

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__codegen::hexadecimal(&self.0, f)
            }
        }

        impl ::core::convert::AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }
    };
    (plain $name:ident($inner:ty)) => {
        impl ::core::convert::From<$inner> for $name {
            fn from(key: $inner) -> Self {
                Self(key)
            }
        }

        impl ::core::convert::From<$name> for $inner {
            fn from(key: $name) -> Self {
                key.0
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self) -> ::core::result::Result<$crate::Value, $crate::EncodeError> {
                $crate::Encode::encode(&self.0)
            }
        }

        impl $crate::Encode for &$name {
            fn encode(&self) -> ::core::result::Result<$crate::Value, $crate::EncodeError> {
                $crate::Encode::encode(&self.0)
            }
        }

        impl $crate::Decode for $name {
            fn decode(cell: $crate::Cell<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                cell.decode().map(Self)
            }
        }
    };
}
pub use crate::__porpoise_key as key;

/// Bytes as two digits each, which is how the clients of MySQL show them.
pub fn hexadecimal(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::LastId;
    use crate::Encode;
    use crate::value::Value;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct Small(u8);
    crate::__porpoise_key!(integer Small(u8));

    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Code(String);
    crate::__porpoise_key!(text Code(String));

    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Token(Vec<u8>);
    crate::__porpoise_key!(bytes Token(Vec<u8>));

    #[test]
    fn a_key_is_printed_parsed_and_converted_as_what_is_in_it() {
        assert_eq!(Small(7).to_string(), "7");
        assert_eq!("7".parse(), Ok(Small(7)));
        assert!("300".parse::<Small>().is_err());
        assert_eq!(u8::from(Small::from(7)), 7);
        assert_eq!(Code::from("de").to_string(), "de");
        assert_eq!(Code("de".to_owned()).as_ref(), "de");
        assert_eq!(Token(vec![0, 255]).to_string(), "00ff");
    }

    #[test]
    fn a_key_is_sent_as_what_is_in_it() {
        assert_eq!(Small(7).encode(), Ok(Value::UInt(7)));
        assert_eq!(Code::from("de").encode(), Ok(Value::Bytes(b"de".to_vec())));
    }

    #[test]
    fn a_generated_id_that_does_not_fit_is_none() {
        assert_eq!(Small::from_id(255), Some(Small(255)));
        assert_eq!(Small::from_id(256), None);
    }
}
