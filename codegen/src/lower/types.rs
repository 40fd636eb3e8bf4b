//! Which Rust type stands for which SQL type. Knows nothing of rows, functions or names of fields.

use super::ir::Decode;
use super::keys::{self, Keys};
use super::names::TableNames;
use super::options::Options;
use super::overrides::{Overrides, Problem, parse};
use super::rust_type::{Home, ItemPath, Known, RustType};
use crate::catalog::{Catalog, IntWidth, SqlType};
use crate::config::{Types, ZeroDates};
use crate::typed::{Nullability, Origin, ParamShape, ParamType, TypedColumn, TypedParam, TypedQuery};

/// What is needed to find a Rust type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typer<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) types: &'a Types,
    pub(crate) names: &'a TableNames,
    pub(crate) overrides: &'a Overrides,
    pub(crate) keys: &'a Keys,
    pub(crate) options: &'a Options,
}

/// The type of a result column, and how it is decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ColumnRust {
    pub(crate) ty: RustType,
    pub(crate) decode: Decode,
}

/// Greatest number of digits that a DECIMAL may announce and still be a `rust_decimal::Decimal`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DecimalDigits(u8);

impl DecimalDigits {
    /// What `rust_decimal` holds.
    const STORED: DecimalDigits = DecimalDigits(28);
    /// SUM announces 22 digits more than its argument has, for as many rows as nobody has. Where no column of the
    /// tables read has more than 28 digits, a result that announces up to 50 is therefore still a `Decimal`; one
    /// that really has more is a decoding error, never another number.
    const COMPUTED: DecimalDigits = DecimalDigits(28 + 22);
}

impl Typer<'_> {
    /// The type of a result column. An unusable `-- @column` gives its problem and the type without it.
    pub(crate) fn column(&self, query: &TypedQuery, column: &TypedColumn) -> (ColumnRust, Option<Problem>) {
        let (asked, problem) = asked(column.rust_type.as_deref());
        let digits = self.digits(query, column.origin.as_ref());
        let ty = asked.unwrap_or_else(|| self.base(&column.ty, column.origin.as_ref(), digits));
        (self.decoded(&column.ty, ty, &column.nullability), problem)
    }

    /// The type of a field of a table's DTO.
    pub(crate) fn field(&self, origin: &Origin, ty: &SqlType, nullable: bool) -> ColumnRust {
        let base = self.base(ty, Some(origin), DecimalDigits::STORED);
        self.decoded_if(ty, base, nullable)
    }

    /// The type of a parameter, as its argument is passed.
    pub(crate) fn param(&self, param: &TypedParam) -> (RustType, Option<Problem>) {
        let (asked, problem) = asked(param.rust_type.as_deref());
        let owned = |param: &ParamType| {
            let base = || match keys::met(*self, param) {
                Ok(Some(key)) => key,
                Ok(None) => self.base(&param.ty, param.origin.as_ref(), DecimalDigits::STORED),
                // The key of neither table.
                Err(_) => self.base(&param.ty, None, DecimalDigits::STORED),
            };
            asked.clone().unwrap_or_else(base).nullable(param.nullable)
        };
        let slice = |element: RustType| RustType::Ref(Box::new(RustType::Slice(Box::new(element))));
        let ty = match &param.shape {
            ParamShape::Scalar(scalar) => owned(scalar).borrowed(),
            ParamShape::List(element) => slice(owned(element).element()),
            ParamShape::Tuples(elements) => match &asked {
                // The author's type is that of the whole tuple.
                Some(asked) => slice(asked.element()),
                None => slice(RustType::Tuple(elements.iter().map(|part| owned(part).element()).collect())),
            },
        };
        (ty, problem)
    }

    /// The type of what a procedure answers through a parameter.
    pub(crate) fn answered(&self, param: &TypedParam, argument: &RustType) -> RustType {
        let (asked, _) = asked(param.rust_type.as_deref());
        match &param.shape {
            ParamShape::Scalar(scalar) => {
                let base = self.base(&scalar.ty, scalar.origin.as_ref(), DecimalDigits::STORED);
                asked.unwrap_or(base).nullable(true)
            }
            ParamShape::List(_) | ParamShape::Tuples(_) => argument.clone(),
        }
    }

    /// The type of the AUTO_INCREMENT value that an INSERT answers.
    pub(crate) fn last_id(&self, query: &TypedQuery) -> RustType {
        let ty = query.last_id.as_ref();
        if let (Some(ty), [table]) = (ty, query.writes.as_slice())
            && let Some(table) = self.catalog.table(table.schema.as_deref(), &table.name)
            && let Some(column) = table.columns.iter().find(|column| column.auto_increment)
            && let Some(RustType::Key(key)) =
                self.key(&Origin { table: table.name.clone(), column: column.name.clone() })
            && same_type(&column.ty, ty)
        {
            return RustType::Key(key);
        }
        // A DOUBLE may be AUTO_INCREMENT too; the protocol carries the value as an integer all the same.
        RustType::Known(match ty {
            Some(SqlType::Int { width, unsigned }) => integer(*width, *unsigned),
            Some(SqlType::Bool { unsigned }) => integer(IntWidth::Tiny, *unsigned),
            Some(_) | None => Known::U64,
        })
    }

    fn decoded(&self, sql: &SqlType, base: RustType, nullability: &Nullability) -> ColumnRust {
        self.decoded_if(sql, base, nullability.is_nullable())
    }

    fn decoded_if(&self, sql: &SqlType, base: RustType, nullable: bool) -> ColumnRust {
        let date = matches!(sql, SqlType::Date | SqlType::DateTime { .. } | SqlType::Timestamp { .. });
        match self.types.zero_dates {
            ZeroDates::Null if date => ColumnRust { ty: base.nullable(true), decode: Decode::ZeroDateAsNull },
            ZeroDates::Null | ZeroDates::Error => {
                ColumnRust { ty: base.nullable(nullable), decode: Decode::Column }
            }
        }
    }

    fn digits(&self, query: &TypedQuery, origin: Option<&Origin>) -> DecimalDigits {
        let wide = |ty: &SqlType| matches!(ty, SqlType::Decimal { precision, .. } if *precision > DecimalDigits::STORED.0);
        let reads_wide = query.reads.iter().any(|name| {
            self.catalog
                .table(name.schema.as_deref(), &name.name)
                .is_none_or(|table| table.columns.iter().any(|column| wide(&column.ty)))
        });
        if origin.is_some() || reads_wide { DecimalDigits::STORED } else { DecimalDigits::COMPUTED }
    }

    /// The type of a value that is not NULL.
    fn base(&self, ty: &SqlType, origin: Option<&Origin>, digits: DecimalDigits) -> RustType {
        let origin = origin.and_then(|origin| self.column_of(origin, ty));
        if let Some(overridden) = origin.as_ref().and_then(|origin| self.overrides.column(origin)) {
            return overridden.clone();
        }
        if let Some(key) = origin.as_ref().and_then(|origin| self.keys.column(origin)) {
            return key.clone();
        }
        if let Some(overridden) = self.overrides.sql(ty) {
            return overridden.clone();
        }
        let generated = origin.as_ref().and_then(|origin| self.names.enum_of(origin));
        let path = |name: &super::Ident| ItemPath { home: Home::Tables, name: name.clone() };
        let known = match ty {
            SqlType::Enum { .. } => match generated {
                Some(name) => return RustType::Item(path(name)),
                None => Known::STRING,
            },
            SqlType::Set { .. } => match generated {
                Some(name) => return RustType::Set(path(name)),
                None => Known::STRING,
            },
            SqlType::Bool { .. } if self.types.tinyint1_bool => Known::BOOL,
            SqlType::Bool { unsigned } => integer(IntWidth::Tiny, *unsigned),
            SqlType::Int { width, unsigned } => integer(*width, *unsigned),
            SqlType::Bit { bits: 1 } => Known::BOOL,
            SqlType::Bit { .. } => Known::U64,
            SqlType::Decimal { precision, .. } if *precision > digits.0 => Known::BIG_DECIMAL,
            SqlType::Decimal { .. } => Known::DECIMAL,
            SqlType::Float { .. } => Known::F32,
            SqlType::Double { .. } => Known::F64,
            // A bare NULL has no type; every server sends it as text.
            SqlType::Null | SqlType::Text { .. } | SqlType::Uuid => Known::STRING,
            SqlType::Bytes { .. } | SqlType::Vector { .. } | SqlType::Geometry { .. } => Known::BYTES,
            SqlType::Date => Known::DATE,
            SqlType::DateTime { .. } => Known::DATE_TIME,
            SqlType::Timestamp { .. } => Known::UTC,
            SqlType::Time { .. } => Known::TIME,
            SqlType::Year => Known::U16,
            SqlType::Json => Known::JSON,
            SqlType::Inet4 => Known::IPV4,
            SqlType::Inet6 => Known::IPV6,
        };
        RustType::Known(known)
    }

    /// The type of the key that a column holds.
    pub(super) fn key(&self, origin: &Origin) -> Option<RustType> {
        let table = self.catalog.table(origin.table.schema.as_deref(), &origin.table.name)?;
        let column = table.column(&origin.column)?;
        self.keys.column(&Origin { table: table.name.clone(), column: column.name.clone() }).cloned()
    }

    /// Whether a value of type `ty` can be one of a column.
    pub(super) fn is_of(&self, origin: &Origin, ty: &SqlType) -> bool {
        self.column_of(origin, ty).is_some()
    }

    /// The type of a column of the catalog that is not NULL.
    pub(super) fn type_of(&self, origin: &Origin) -> Option<RustType> {
        let column =
            self.catalog.table(origin.table.schema.as_deref(), &origin.table.name)?.column(&origin.column)?;
        Some(self.base(&column.ty, Some(origin), DecimalDigits::STORED))
    }

    /// Whether two columns of the catalog are of one type.
    pub(super) fn same_sql_type(&self, a: &Origin, b: &Origin) -> bool {
        let ty = |origin: &Origin| {
            let table = self.catalog.table(origin.table.schema.as_deref(), &origin.table.name)?;
            table.column(&origin.column).map(|column| &column.ty)
        };
        matches!((ty(a), ty(b)), (Some(a), Some(b)) if same_type(a, b))
    }

    /// The column as the catalog spells it, when a value of type `ty` really is one of it: what `LIKE` compares an
    /// ENUM with is text.
    fn column_of(&self, origin: &Origin, ty: &SqlType) -> Option<Origin> {
        let table = self.catalog.table(origin.table.schema.as_deref(), &origin.table.name)?;
        let column = table.column(&origin.column).filter(|column| same_type(&column.ty, ty))?;
        Some(Origin { table: table.name.clone(), column: column.name.clone() })
    }
}

fn asked(text: Option<&str>) -> (Option<RustType>, Option<Problem>) {
    match text.map(parse) {
        None => (None, None),
        Some(Ok(ty)) => (Some(ty), None),
        Some(Err(problem)) => (None, Some(problem)),
    }
}

/// Whether the two are one type, character sets and lengths aside.
fn same_type(a: &SqlType, b: &SqlType) -> bool {
    let same_family = matches!(
        (a, b),
        (SqlType::Text { .. }, SqlType::Text { .. })
            | (SqlType::Bytes { .. }, SqlType::Bytes { .. })
            | (SqlType::Vector { .. }, SqlType::Vector { .. })
            | (SqlType::Geometry { .. }, SqlType::Geometry { .. })
    );
    same_family || a == b
}

fn integer(width: IntWidth, unsigned: bool) -> &'static Known {
    match (width, unsigned) {
        (IntWidth::Tiny, false) => Known::I8,
        (IntWidth::Tiny, true) => Known::U8,
        (IntWidth::Small, false) => Known::I16,
        (IntWidth::Small, true) => Known::U16,
        (IntWidth::Medium | IntWidth::Int, false) => Known::I32,
        (IntWidth::Medium | IntWidth::Int, true) => Known::U32,
        (IntWidth::Big, false) => Known::I64,
        (IntWidth::Big, true) => Known::U64,
    }
}
