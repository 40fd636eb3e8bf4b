//! Rust types of generated code, as data: which ones there are, how an argument borrows them, and what can be
//! derived over them. Knows nothing of SQL types (`types` maps those) and nothing of tokens.

use std::fmt;

use super::ident::Ident;

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RustType {
    /// A type of the language, the standard library or the runtime.
    Known(&'static Known),
    /// A struct or enum that is generated too.
    Item(ItemPath),
    /// `::porpoise::Set` over a generated enum.
    Set(ItemPath),
    /// The newtype of a table's key.
    Key(KeyType),
    /// A type that the user asked for.
    Custom(CustomType),
    /// `Option<T>`.
    Option(Box<RustType>),
    /// `&T`.
    Ref(Box<RustType>),
    /// `[T]`.
    Slice(Box<RustType>),
    /// `Vec<T>`.
    Vec(Box<RustType>),
    /// `(A, B)`.
    Tuple(Vec<RustType>),
}

/// A type with a fixed name.
#[derive(Debug, PartialEq, Eq)]
pub struct Known {
    /// The type as generated code writes it.
    pub rust: &'static str,
    /// Further spellings that an override may use for it.
    aliases: &'static [&'static str],
    pass: Pass,
    traits: Traits,
}

/// How an argument of a type is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    /// `T`, which is `Copy`.
    Value,
    /// `&T`.
    Ref,
    /// `&str`.
    Str,
    /// `&[u8]`.
    Bytes,
}

/// What can be derived for a struct with a field of a type. Clone, Debug and PartialEq always can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// `Eq`.
    pub eq: bool,
    /// `Hash`.
    pub hash: bool,
    /// `Default`.
    pub default: bool,
    /// `PartialOrd`.
    pub partial_ord: bool,
    /// `Ord`.
    pub ord: bool,
    /// `Copy`.
    pub copy: bool,
}

impl Traits {
    /// What can be derived over no fields at all.
    pub const ALL: Traits =
        Traits { eq: true, hash: true, default: true, partial_ord: true, ord: true, copy: true };
    const NONE: Traits =
        Traits { eq: false, hash: false, default: false, partial_ord: false, ord: false, copy: false };
    const NO_COPY: Traits = Traits { copy: false, ..Traits::ALL };
    const NO_DEFAULT: Traits = Traits { default: false, ..Traits::ALL };
    const REAL: Traits = Traits { default: true, partial_ord: true, copy: true, ..Traits::NONE };

    /// Whether a derive is one that the fields have, or one of which nothing is known.
    pub(super) fn allow(&self, derive: &str) -> bool {
        match derive.rsplit("::").next().unwrap_or(derive).trim() {
            "Eq" => self.eq,
            "Hash" => self.hash,
            "Default" => self.default,
            "PartialOrd" => self.partial_ord,
            "Ord" => self.ord,
            "Copy" => self.copy,
            _ => true,
        }
    }

    /// What can be derived over both.
    #[must_use]
    pub fn and(self, other: Traits) -> Traits {
        Traits {
            eq: self.eq && other.eq,
            hash: self.hash && other.hash,
            default: self.default && other.default,
            partial_ord: self.partial_ord && other.partial_ord,
            ord: self.ord && other.ord,
            copy: self.copy && other.copy,
        }
    }
}

/// Where a generated struct or enum stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemPath {
    /// The module.
    pub home: Home,
    /// Its name there.
    pub name: Ident,
}

/// The newtype of a table's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyType {
    /// The struct.
    pub path: ItemPath,
    /// What is in it.
    pub inner: &'static Known,
}

/// A generated module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// The one with DTOs, enums and constraints.
    Tables,
    /// The one of a query file.
    Queries(Ident),
}

/// A Rust type as the user wrote it, checked to be one that generated code can name. Made by `overrides`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomType(pub(super) String);

impl CustomType {
    /// The type as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn value(rust: &'static str, aliases: &'static [&'static str]) -> Known {
    Known { rust, aliases, pass: Pass::Value, traits: Traits::ALL }
}

macro_rules! known {
    ($($(#[$doc:meta])* $name:ident = $known:expr;)+) => {
        impl Known {
            $($(#[$doc])* pub(crate) const $name: &'static Known = &$known;)+
            /// Every one of them.
            const TABLE: &'static [&'static Known] = &[$(Known::$name),+];
        }
    };
}

known! {
    BOOL = value("bool", &[]);
    I8 = value("i8", &[]);
    I16 = value("i16", &[]);
    I32 = value("i32", &[]);
    I64 = value("i64", &[]);
    U8 = value("u8", &[]);
    U16 = value("u16", &[]);
    U32 = value("u32", &[]);
    U64 = value("u64", &[]);
    F32 = Known { rust: "f32", aliases: &[], pass: Pass::Value, traits: Traits::REAL };
    F64 = Known { rust: "f64", aliases: &[], pass: Pass::Value, traits: Traits::REAL };
    STRING = Known { rust: "String", aliases: &["&str", "str", "std::string::String"], pass: Pass::Str, traits: Traits::NO_COPY };
    BYTES = Known { rust: "Vec<u8>", aliases: &["&[u8]", "[u8]"], pass: Pass::Bytes, traits: Traits::NO_COPY };
    STR = Known { rust: "str", aliases: &[], pass: Pass::Ref, traits: Traits::ALL };
    DECIMAL = value("::porpoise::rust_decimal::Decimal", &["Decimal", "rust_decimal::Decimal"]);
    BIG_DECIMAL = Known {
        rust: "::porpoise::bigdecimal::BigDecimal",
        aliases: &["BigDecimal", "bigdecimal::BigDecimal"],
        pass: Pass::Ref,
        traits: Traits { copy: false, ..Traits::NO_DEFAULT },
    };
    DATE = value("::porpoise::chrono::NaiveDate", &["NaiveDate", "chrono::NaiveDate"]);
    DATE_TIME = value("::porpoise::chrono::NaiveDateTime", &["NaiveDateTime", "chrono::NaiveDateTime"]);
    UTC = value(
        "::porpoise::chrono::DateTime<::porpoise::chrono::Utc>",
        &["DateTime<Utc>", "chrono::DateTime<chrono::Utc>"],
    );
    TIME = value("::porpoise::Time", &["Time"]);
    // Whether a JSON value can be hashed depends on the version and features of serde_json.
    JSON = Known {
        rust: "::porpoise::serde_json::Value",
        aliases: &["serde_json::Value"],
        pass: Pass::Ref,
        traits: Traits { eq: true, ..Traits::NONE },
    };
    UUID = value("::porpoise::uuid::Uuid", &["Uuid", "uuid::Uuid"]);
    IPV4 = Known {
        rust: "::std::net::Ipv4Addr",
        aliases: &["Ipv4Addr", "std::net::Ipv4Addr"],
        pass: Pass::Value,
        traits: Traits::NO_DEFAULT,
    };
    IPV6 = Known {
        rust: "::std::net::Ipv6Addr",
        aliases: &["Ipv6Addr", "std::net::Ipv6Addr"],
        pass: Pass::Value,
        traits: Traits::NO_DEFAULT,
    };
}

impl Known {
    /// Whether it can be in the newtype of a key.
    pub(crate) fn is_key(&self) -> bool {
        self.is_integer() || [Known::STRING, Known::BYTES, Known::UUID].contains(&self)
    }

    /// Whether it is an integer.
    pub fn is_integer(&self) -> bool {
        let [i8, i16, i32, i64] = [Known::I8, Known::I16, Known::I32, Known::I64];
        let [u8, u16, u32, u64] = [Known::U8, Known::U16, Known::U32, Known::U64];
        [i8, i16, i32, i64, u8, u16, u32, u64].contains(&self)
    }

    /// Whether it is text.
    pub fn is_text(&self) -> bool {
        self == Known::STRING
    }

    /// Whether it is bytes.
    pub fn is_bytes(&self) -> bool {
        self == Known::BYTES
    }

    /// Whether it is `Copy`.
    pub fn is_copy(&self) -> bool {
        self.pass == Pass::Value
    }

    /// The type that is written so, spaces aside.
    pub(crate) fn named(text: &str) -> Option<&'static Known> {
        let text: String = text.split_whitespace().collect();
        Known::TABLE
            .iter()
            .find(|known| {
                *known != &Known::STR && (known.rust == text || known.aliases.contains(&text.as_str()))
            })
            .copied()
    }
}

impl RustType {
    /// `Option<self>` when `nullable`, and never an `Option` in an `Option`.
    #[must_use]
    pub(crate) fn nullable(self, nullable: bool) -> RustType {
        match self {
            RustType::Option(_) => self,
            _ if nullable => RustType::Option(Box::new(self)),
            _ => self,
        }
    }

    /// The type of an argument that is given such a value: text and bytes borrowed, small values as they are.
    pub(crate) fn borrowed(&self) -> RustType {
        let reference = |ty: RustType| RustType::Ref(Box::new(ty));
        match self {
            RustType::Known(known) => match known.pass {
                Pass::Value => self.clone(),
                Pass::Ref => reference(self.clone()),
                Pass::Str => reference(RustType::Known(Known::STR)),
                Pass::Bytes => reference(RustType::Slice(Box::new(RustType::Known(Known::U8)))),
            },
            RustType::Item(_) | RustType::Set(_) | RustType::Ref(_) => self.clone(),
            RustType::Key(key) if key.inner.is_copy() => self.clone(),
            RustType::Key(_) | RustType::Custom(_) | RustType::Slice(_) | RustType::Vec(_) => {
                reference(self.clone())
            }
            RustType::Option(inner) => RustType::Option(Box::new(inner.borrowed())),
            RustType::Tuple(types) => RustType::Tuple(types.iter().map(RustType::borrowed).collect()),
        }
    }

    /// The type of an element in an argument that is a list: `&str` in `&[&str]`, but `T` in `&[T]` for a type of
    /// the user's, who has them in a `Vec`.
    pub(crate) fn element(&self) -> RustType {
        match self {
            RustType::Custom(_) | RustType::Key(_) => self.clone(),
            RustType::Option(inner) => RustType::Option(Box::new(inner.element())),
            RustType::Tuple(types) => RustType::Tuple(types.iter().map(RustType::element).collect()),
            RustType::Known(known) if known.pass == Pass::Ref => self.clone(),
            RustType::Known(_)
            | RustType::Item(_)
            | RustType::Set(_)
            | RustType::Ref(_)
            | RustType::Slice(_)
            | RustType::Vec(_) => self.borrowed(),
        }
    }

    /// What can be derived over a field of this type; `item` answers for generated types.
    pub(crate) fn traits(&self, item: &dyn Fn(&ItemPath) -> Traits) -> Traits {
        match self {
            RustType::Known(known) => known.traits,
            RustType::Item(path) => item(path),
            RustType::Set(_) => Traits::ALL,
            RustType::Key(key) => key.inner.traits,
            RustType::Custom(_) => Traits::NONE,
            RustType::Option(inner) => Traits { default: true, ..inner.traits(item) },
            RustType::Vec(inner) => Traits { default: true, copy: false, ..inner.traits(item) },
            RustType::Ref(inner) => match &**inner {
                RustType::Known(known) if *known == Known::STR => Traits::ALL,
                RustType::Slice(element) => Traits { default: true, ..element.traits(item) },
                other => Traits { default: false, ..other.traits(item) },
            },
            RustType::Slice(inner) => Traits { default: false, ..inner.traits(item) },
            RustType::Tuple(types) => {
                types.iter().fold(Traits::ALL, |traits, ty| traits.and(ty.traits(item)))
            }
        }
    }

    /// Whether a reference is somewhere in it, so that a struct with such a field needs a lifetime.
    pub(crate) fn has_reference(&self) -> bool {
        match self {
            RustType::Ref(_) => true,
            RustType::Option(inner) | RustType::Slice(inner) | RustType::Vec(inner) => inner.has_reference(),
            RustType::Tuple(types) => types.iter().any(RustType::has_reference),
            RustType::Known(_)
            | RustType::Item(_)
            | RustType::Set(_)
            | RustType::Key(_)
            | RustType::Custom(_) => false,
        }
    }

    /// Whether it is a reference to a type whose size is known, which can be taken as it is where `&dyn` is wanted.
    pub(crate) fn is_sized_reference(&self) -> bool {
        match self {
            RustType::Ref(inner) => match &**inner {
                RustType::Known(known) => *known != Known::STR,
                RustType::Slice(_) => false,
                RustType::Item(_)
                | RustType::Set(_)
                | RustType::Key(_)
                | RustType::Custom(_)
                | RustType::Option(_)
                | RustType::Ref(_)
                | RustType::Vec(_)
                | RustType::Tuple(_) => true,
            },
            RustType::Known(_)
            | RustType::Item(_)
            | RustType::Set(_)
            | RustType::Key(_)
            | RustType::Custom(_)
            | RustType::Option(_)
            | RustType::Slice(_)
            | RustType::Vec(_)
            | RustType::Tuple(_) => false,
        }
    }

    /// Calls `visit` with every generated type in it.
    pub(crate) fn visit_items(&self, visit: &mut dyn FnMut(&ItemPath)) {
        match self {
            RustType::Item(path) | RustType::Set(path) | RustType::Key(KeyType { path, .. }) => visit(path),
            RustType::Option(inner)
            | RustType::Ref(inner)
            | RustType::Slice(inner)
            | RustType::Vec(inner) => {
                inner.visit_items(visit);
            }
            RustType::Tuple(types) => types.iter().for_each(|ty| ty.visit_items(visit)),
            RustType::Known(_) | RustType::Custom(_) => {}
        }
    }
}

/// The type as people read it, with the paths that an application would write: `Option<porpoise::Time>`,
/// `tables::AccountStatus`.
impl fmt::Display for RustType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RustType::Known(known) => {
                let path = known.rust.strip_prefix("::").unwrap_or(known.rust);
                f.write_str(&path.replace("<::", "<"))
            }
            RustType::Item(path) | RustType::Key(KeyType { path, .. }) => path.fmt(f),
            RustType::Set(path) => write!(f, "porpoise::Set<{path}>"),
            RustType::Custom(custom) => f.write_str(&custom.0),
            RustType::Option(inner) => write!(f, "Option<{inner}>"),
            RustType::Ref(inner) => write!(f, "&{inner}"),
            RustType::Slice(inner) => write!(f, "[{inner}]"),
            RustType::Vec(inner) => write!(f, "Vec<{inner}>"),
            RustType::Tuple(types) => {
                let types: Vec<_> = types.iter().map(RustType::to_string).collect();
                let comma = if types.len() == 1 { "," } else { "" };
                write!(f, "({}{comma})", types.join(", "))
            }
        }
    }
}

impl fmt::Display for ItemPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.home {
            Home::Tables => write!(f, "tables::{}", self.name),
            Home::Queries(module) => write!(f, "{module}::{}", self.name),
        }
    }
}
