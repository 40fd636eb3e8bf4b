//! Random expressions and conditions, from tables of templates.

use super::node::{Node, Sort, of, text};
use super::query::{Generator, Relation};
use super::schema::Kind;

/// What stands in a template for each `{}`.
#[derive(Clone, Copy)]
enum Hole {
    /// An expression of a kind.
    Of(Kind),
    /// A condition.
    If,
    /// A query of one column of a kind.
    Query(Kind),
    /// A query of an integer and a text.
    Pair,
    /// A constant.
    Constant(Kind),
}

/// Texts with holes, by the kind of their result.
type Table = [(Kind, &'static [Row])];

/// A text, and what goes into each `{}`.
type Row = (&'static str, &'static [Hole]);

use Hole::{Constant, If, Of, Pair, Query};
use Kind::{Date, Decimal, Integer, Text};

/// Expressions by the kind of their result.
const EXPRESSIONS: &Table = &[
    (
        Integer,
        &[
            ("({} + {})", &[Of(Integer), Of(Integer)]),
            ("({} - {})", &[Of(Integer), Constant(Integer)]),
            ("({} * {})", &[Of(Integer), Of(Integer)]),
            ("({} DIV {})", &[Of(Integer), Of(Integer)]),
            ("({} % {})", &[Of(Integer), Of(Integer)]),
            ("-{}", &[Constant(Integer)]),
            ("ABS({})", &[Of(Integer)]),
            ("LENGTH({})", &[Of(Text)]),
            ("YEAR({})", &[Of(Date)]),
            ("DATEDIFF({}, {})", &[Of(Date), Of(Date)]),
            ("({})", &[If]),
            ("COALESCE({}, {})", &[Of(Integer), Of(Integer)]),
            ("IFNULL({}, {})", &[Of(Integer), Constant(Integer)]),
            ("NULLIF({}, {})", &[Of(Integer), Of(Integer)]),
            ("GREATEST({}, {})", &[Of(Integer), Of(Integer)]),
            ("IF({}, {}, {})", &[If, Of(Integer), Of(Integer)]),
            ("CASE WHEN {} THEN {} ELSE {} END", &[If, Of(Integer), Of(Integer)]),
            ("CASE WHEN {} THEN {} END", &[If, Of(Integer)]),
            (
                "CASE WHEN {} THEN {} WHEN {} THEN {} ELSE {} END",
                &[If, Of(Integer), If, Of(Integer), Of(Integer)],
            ),
            (
                "CASE {} WHEN {} THEN {} ELSE {} END",
                &[Of(Integer), Constant(Integer), Of(Integer), Of(Integer)],
            ),
            ("({})", &[Query(Integer)]),
            ("COALESCE(({}), {})", &[Query(Integer), Constant(Integer)]),
            ("EXISTS ({})", &[Query(Integer)]),
            ("INTERVAL({}, {}, {})", &[Of(Integer), Constant(Integer), Of(Integer)]),
            ("FIELD({}, {}, {})", &[Of(Text), Of(Text), Constant(Text)]),
        ],
    ),
    (
        Decimal,
        &[
            ("({} + {})", &[Of(Decimal), Of(Integer)]),
            ("({} / {})", &[Of(Decimal), Of(Integer)]),
            ("({} * {})", &[Of(Decimal), Of(Decimal)]),
            ("ROUND({}, 1)", &[Of(Decimal)]),
            ("COALESCE({}, {})", &[Of(Decimal), Of(Decimal)]),
            ("IF({}, {}, {})", &[If, Of(Decimal), Of(Integer)]),
            ("CASE WHEN {} THEN {} ELSE {} END", &[If, Of(Decimal), Of(Decimal)]),
            ("LEAST({}, {})", &[Of(Decimal), Of(Decimal)]),
            ("({})", &[Query(Decimal)]),
        ],
    ),
    (
        Text,
        &[
            ("CONCAT({}, {})", &[Of(Text), Of(Text)]),
            ("CONCAT({}, {})", &[Of(Text), Of(Integer)]),
            ("CONCAT_WS('-', {}, {})", &[Of(Text), Of(Text)]),
            ("UPPER({})", &[Of(Text)]),
            ("TRIM({})", &[Of(Text)]),
            ("SUBSTRING({}, 1, 2)", &[Of(Text)]),
            ("LEFT({}, 2)", &[Of(Text)]),
            // Not with the same text twice: MariaDB then reads what it is writing, and answers NULL.
            ("REPLACE({}, 'a', {})", &[Of(Text), Constant(Text)]),
            ("COALESCE({}, {})", &[Of(Text), Of(Text)]),
            ("IFNULL({}, {})", &[Of(Text), Constant(Text)]),
            ("NULLIF({}, {})", &[Of(Text), Of(Text)]),
            ("IF({}, {}, {})", &[If, Of(Text), Of(Text)]),
            ("CASE WHEN {} THEN {} ELSE {} END", &[If, Of(Text), Of(Text)]),
            ("CASE WHEN {} THEN {} ELSE {} END", &[If, Of(Text), Of(Integer)]),
            ("CAST({} AS CHAR)", &[Of(Integer)]),
            ("HEX({})", &[Of(Text)]),
            ("({})", &[Query(Text)]),
        ],
    ),
    (
        Date,
        &[
            ("({} + INTERVAL 1 DAY)", &[Of(Date)]),
            ("DATE({})", &[Of(Date)]),
            ("LAST_DAY({})", &[Of(Date)]),
            ("COALESCE({}, {})", &[Of(Date), Of(Date)]),
            ("IF({}, {}, {})", &[If, Of(Date), Of(Date)]),
            ("CASE WHEN {} THEN {} ELSE {} END", &[If, Of(Date), Of(Date)]),
            ("GREATEST({}, {})", &[Of(Date), Of(Date)]),
            ("({})", &[Query(Date)]),
        ],
    ),
];

/// Conditions. Those at the beginning are the ends of the recursion.
const CONDITIONS: &[(&str, &[Hole])] = &[
    ("{} = {}", &[Of(Integer), Of(Integer)]),
    ("{} = {}", &[Of(Text), Of(Text)]),
    ("{} > {}", &[Of(Integer), Constant(Integer)]),
    ("{} <> {}", &[Of(Decimal), Of(Decimal)]),
    ("{} <=> {}", &[Of(Integer), Of(Integer)]),
    ("{} <=> {}", &[Of(Text), Constant(Text)]),
    ("{} IS NULL", &[Of(Integer)]),
    ("{} IS NOT NULL", &[Of(Integer)]),
    ("{} IS NOT NULL", &[Of(Text)]),
    ("{} IS NOT NULL", &[Of(Date)]),
    ("{} IN ({}, {})", &[Of(Integer), Constant(Integer), Of(Integer)]),
    ("{} NOT IN ({}, {})", &[Of(Integer), Constant(Integer), Of(Integer)]),
    ("{} BETWEEN {} AND {}", &[Of(Integer), Of(Integer), Constant(Integer)]),
    ("{} NOT BETWEEN {} AND {}", &[Of(Integer), Of(Integer), Of(Integer)]),
    ("{} LIKE {}", &[Of(Text), Constant(Text)]),
    ("{} <= {}", &[Of(Date), Of(Date)]),
    ("{}", &[Of(Integer)]),
    ("({}, {}) = ({}, {})", &[Of(Integer), Of(Text), Of(Integer), Of(Text)]),
    ("({}, {}) IN (({}, {}), (1, 'a'))", &[Of(Integer), Of(Text), Of(Integer), Of(Text)]),
    ("({}, {}) <> ({}, {})", &[Of(Integer), Of(Text), Of(Integer), Constant(Text)]),
    ("({}, {}) < ({}, {})", &[Of(Integer), Of(Integer), Constant(Integer), Of(Integer)]),
    ("({}, {}) NOT IN (({}, {}))", &[Of(Integer), Of(Text), Of(Integer), Of(Text)]),
    ("({} IS NULL) = {}", &[Of(Integer), Constant(Integer)]),
    ("NOT ISNULL({})", &[Of(Text)]),
    ("{} / {} >= 0", &[Of(Decimal), Of(Integer)]),
    ("TRUE", &[]),
    ("FALSE", &[]),
    // From here on they hold others.
    ("({} AND {})", &[If, If]),
    ("({} AND {})", &[If, If]),
    ("({} OR {})", &[If, If]),
    ("({} OR {})", &[If, If]),
    ("({} XOR {})", &[If, If]),
    ("NOT ({})", &[If]),
    ("({}) IS TRUE", &[If]),
    ("({}) IS NOT TRUE", &[If]),
    ("({}) IS FALSE", &[If]),
    ("({}) IS NOT FALSE", &[If]),
    ("({}) IS UNKNOWN", &[If]),
    ("({}) = ({})", &[If, If]),
    ("({}) <=> ({})", &[If, If]),
    ("CASE WHEN {} THEN {} ELSE {} END", &[If, If, If]),
    ("IF({}, {}, {})", &[If, If, If]),
    ("COALESCE({}, {})", &[If, If]),
    ("IFNULL({}, 0) = 0", &[If]),
    ("EXISTS ({})", &[Query(Integer)]),
    ("NOT EXISTS ({})", &[Query(Integer)]),
    ("{} IN ({})", &[Of(Integer), Query(Integer)]),
    ("{} NOT IN ({})", &[Of(Integer), Query(Integer)]),
    ("{} > ANY ({})", &[Of(Integer), Query(Integer)]),
    ("{} >= ALL ({})", &[Of(Integer), Query(Integer)]),
    ("{} = ({})", &[Of(Text), Query(Text)]),
    ("{} = ANY ({})", &[Of(Integer), Query(Integer)]),
    ("NOT ({} < ALL ({}))", &[Of(Integer), Query(Integer)]),
    ("({}, {}) IN ({})", &[Of(Integer), Of(Text), Pair]),
    ("NULLIF({}, {})", &[If, If]),
    ("CASE {} WHEN {} THEN {} ELSE {} END", &[Of(Integer), Of(Integer), If, If]),
];

/// How many of the conditions hold no other.
const SIMPLE: usize = 27;

/// Aggregates by kind.
const AGGREGATES: &Table = &[
    (
        Integer,
        &[
            ("COUNT(*)", &[]),
            ("COUNT({})", &[Of(Integer)]),
            ("COUNT(DISTINCT {})", &[Of(Text)]),
            ("MIN({})", &[Of(Integer)]),
            ("MAX({})", &[Of(Integer)]),
            ("COALESCE(MAX({}), 0)", &[Of(Integer)]),
        ],
    ),
    (
        Decimal,
        &[
            ("SUM({})", &[Of(Integer)]),
            ("SUM({})", &[Of(Decimal)]),
            ("AVG({})", &[Of(Integer)]),
            ("AVG({})", &[Of(Decimal)]),
            ("STDDEV_SAMP({})", &[Of(Integer)]),
            ("VAR_POP({})", &[Of(Decimal)]),
            ("COALESCE(SUM({}), 0)", &[Of(Integer)]),
            ("SUM(CASE WHEN {} THEN 1 ELSE 0 END)", &[If]),
        ],
    ),
    (Text, &[("GROUP_CONCAT({})", &[Of(Text)]), ("MIN({})", &[Of(Text)]), ("MAX({})", &[Of(Text)])]),
    (Date, &[("MIN({})", &[Of(Date)]), ("MAX({})", &[Of(Date)])]),
];

/// Window functions by kind.
const WINDOWS: &Table = &[
    (
        Integer,
        &[
            ("ROW_NUMBER() OVER (ORDER BY {})", &[Of(Integer)]),
            ("RANK() OVER (PARTITION BY {} ORDER BY {})", &[Of(Text), Of(Integer)]),
            ("LAG({}) OVER (ORDER BY {})", &[Of(Integer), Of(Integer)]),
            ("COUNT({}) OVER (PARTITION BY {})", &[Of(Integer), Of(Text)]),
            ("FIRST_VALUE({}) OVER (ORDER BY {})", &[Of(Integer), Of(Integer)]),
            (
                "MAX({}) OVER (ORDER BY {} ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)",
                &[Of(Integer), Of(Integer)],
            ),
            (
                "MIN({}) OVER (ORDER BY {} ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
                &[Of(Integer), Of(Integer)],
            ),
        ],
    ),
    (
        Decimal,
        &[
            ("SUM({}) OVER (PARTITION BY {})", &[Of(Integer), Of(Text)]),
            ("AVG({}) OVER (ORDER BY {})", &[Of(Decimal), Of(Integer)]),
            ("SUM({}) OVER ()", &[Of(Decimal)]),
            ("CUME_DIST() OVER (ORDER BY {})", &[Of(Integer)]),
        ],
    ),
    (
        Text,
        &[
            ("LEAD({}) OVER (ORDER BY {})", &[Of(Text), Of(Integer)]),
            ("LAST_VALUE({}) OVER (PARTITION BY {})", &[Of(Text), Of(Integer)]),
        ],
    ),
    (Date, &[("MAX({}) OVER ()", &[Of(Date)]), ("LAG({}) OVER (ORDER BY {})", &[Of(Date), Of(Integer)])]),
];

/// Conditions on one expression, and a constant for those that take one.
const ON_ONE: [&str; 8] = [
    "{} > {}",
    "{} IS NOT NULL",
    "{} <=> {}",
    "NOT ({} = {})",
    "NOT ISNULL({})",
    "{} IS NULL",
    "COALESCE({}, 0) >= {}",
    "({} > {}) IS NOT FALSE",
];

fn row(table: &'static Table, kind: Kind) -> &'static [Row] {
    table.iter().find(|(of, _)| *of == kind).map_or(&[], |(_, rows)| rows)
}

impl Generator<'_> {
    /// An expression of a kind.
    pub(super) fn expr(&mut self, scope: &[Relation], kind: Kind, depth: usize) -> Node {
        if self.prng.chance(18) {
            let alike: Vec<Node> =
                self.said.iter().filter(|(of, _)| *of == kind).map(|(_, node)| node.clone()).collect();
            if !alike.is_empty() {
                return self.prng.pick(&alike).clone();
            }
        }
        if depth == 0 || self.prng.chance(45) {
            return self.leaf(scope, kind);
        }
        let (template, holes) = *self.prng.pick(row(EXPRESSIONS, kind));
        let node = self.fill(Sort::Expression, template, holes, scope, depth - 1);
        self.said.push((kind, node.clone()));
        node
    }

    /// A condition.
    pub(super) fn condition(&mut self, scope: &[Relation], depth: usize) -> Node {
        let bound = if depth == 0 { SIMPLE } else { CONDITIONS.len() };
        let (template, holes) = CONDITIONS[self.prng.below(bound)];
        self.fill(Sort::Condition, template, holes, scope, depth.saturating_sub(1))
    }

    /// A condition over groups: of an aggregate, or of what is in the select list.
    pub(super) fn aggregated_condition(&mut self, scope: &[Relation], items: &[Node]) -> Node {
        if self.prng.chance(45) {
            return self.condition_on_item(items);
        }
        if self.prng.chance(30) {
            let counted = self.expr(scope, Integer, 0);
            let template = *self.prng.pick(&[
                "COUNT({}) > 0",
                "COUNT({}) <> 0",
                "COUNT({}) >= 0",
                "0 < COUNT({})",
                "COUNT({})",
                "COUNT({}) IN (1, 2)",
                "NOT (COUNT({}) = 0)",
            ]);
            return of(Sort::Condition, template, vec![counted]);
        }
        let kind = *self.prng.pick(&[Integer, Decimal]);
        let aggregate = self.aggregate(scope, kind);
        let template = *self.prng.pick(&ON_ONE);
        let constant = self.literal(Integer);
        of(Sort::Condition, template, vec![aggregate, constant])
    }

    /// A condition on an item of the select list, by its alias or written out again.
    pub(super) fn condition_on_item(&mut self, items: &[Node]) -> Node {
        let index = self.prng.below(items.len());
        let item = if self.prng.chance(50) { items[index].clone() } else { text(format!("c{index}")) };
        let template = *self.prng.pick(&ON_ONE);
        let constant = self.literal(Integer);
        of(Sort::Condition, template, vec![item, constant])
    }

    /// An aggregate of a kind.
    pub(super) fn aggregate(&mut self, scope: &[Relation], kind: Kind) -> Node {
        let (template, holes) = *self.prng.pick(row(AGGREGATES, kind));
        self.fill(Sort::Expression, template, holes, scope, 1)
    }

    /// A window function of a kind.
    pub(super) fn window(&mut self, scope: &[Relation], kind: Kind) -> Node {
        let (template, holes) = *self.prng.pick(row(WINDOWS, kind));
        self.fill(Sort::Expression, template, holes, scope, 0)
    }

    fn fill(&mut self, sort: Sort, template: &str, holes: &[Hole], scope: &[Relation], depth: usize) -> Node {
        let nodes = holes
            .iter()
            .map(|hole| match hole {
                Of(kind) => self.expr(scope, *kind, depth),
                If => self.condition(scope, depth),
                Constant(kind) => self.literal(*kind),
                Query(kind) => self.subquery(scope, depth, &[*kind]),
                Pair => self.subquery(scope, depth, &[Integer, Text]),
            })
            .collect();
        of(sort, template, nodes)
    }

    fn leaf(&mut self, scope: &[Relation], kind: Kind) -> Node {
        if self.prng.chance(15) {
            return self.literal(kind);
        }
        match self.column(scope, kind) {
            Some(column) => column,
            None => self.literal(kind),
        }
    }

    /// A column of a kind, of this query or one around it.
    pub(super) fn column(&mut self, scope: &[Relation], kind: Kind) -> Option<Node> {
        let outer = !self.outer.is_empty() && self.prng.chance(25);
        let relations = if outer { self.outer.as_slice() } else { scope };
        let columns: Vec<String> = relations
            .iter()
            .flat_map(|relation| {
                let named = |name: &String| format!("{}.{name}", relation.alias);
                relation.columns.iter().filter(|(_, of)| *of == kind).map(move |(name, _)| named(name))
            })
            .collect();
        let column = (!columns.is_empty()).then(|| self.prng.pick(&columns).clone())?;
        Some(of(Sort::Expression, &column, Vec::new()))
    }

    /// A constant, a NULL, or a parameter.
    pub(super) fn literal(&mut self, kind: Kind) -> Node {
        if self.prng.chance(8) {
            return text("NULL");
        }
        if self.allows_params && self.prng.chance(15) {
            self.params += 1;
            return text(format!(":p{}", self.params));
        }
        let constants: &[&str] = match kind {
            Integer => &["0", "1", "2", "3"],
            Decimal => &["0.5", "1", "2.25"],
            Text => &["'a'", "'b'", "''", "'1'"],
            Date => &["DATE'2024-01-01'", "DATE'2020-12-31'"],
        };
        text(*self.prng.pick(constants))
    }
}
