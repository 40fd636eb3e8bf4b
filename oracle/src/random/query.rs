//! A random query over a schema: joins of all kinds, nested ones too, derived tables, groups, unions. Most of what it
//! makes up is accepted by the servers; what is not is thrown away.

use crate::prng::Prng;

use super::node::{Node, Sort, of, optional, parts, text};
use super::schema::{Kind, Table};

/// A relation that expressions can see.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) alias: String,
    pub(super) columns: Vec<(String, Kind)>,
}

/// Columns of a result.
type Columns = Vec<(String, Kind)>;

/// Makes up queries.
pub(super) struct Generator<'a> {
    pub(super) prng: Prng,
    tables: &'a [Table],
    ctes: Vec<Table>,
    aliases: usize,
    pub(super) params: usize,
    pub(super) allows_params: bool,
    /// Relations of the queries around this one.
    pub(super) outer: Vec<Relation>,
    /// Expressions of the query so far, to be said again: what a condition says of one it says of its like.
    pub(super) said: Vec<(Kind, Node)>,
}

impl<'a> Generator<'a> {
    pub(super) fn new(seed: u64, tables: &'a [Table], allows_params: bool) -> Self {
        Generator {
            prng: Prng::new(seed),
            tables,
            ctes: Vec::new(),
            aliases: 0,
            params: 0,
            allows_params,
            outer: Vec::new(),
            said: Vec::new(),
        }
    }

    /// A query with all that goes with it.
    pub(super) fn statement(&mut self) -> Node {
        if !self.prng.chance(15) {
            return self.query(3, None).0;
        }
        let (inner, columns) = self.query(2, None);
        self.ctes.push(Table { name: "w0".to_owned(), columns });
        let (query, _) = self.query(3, None);
        of(Sort::Query, "WITH w0 AS ({}) {}", vec![inner, query])
    }

    /// A query whose columns are of these kinds, or of any; its columns are `c0`, `c1` and so on.
    pub(super) fn query(&mut self, depth: usize, kinds: Option<&[Kind]>) -> (Node, Columns) {
        let (first, columns) = self.select(depth, kinds);
        if depth == 0 || !self.prng.chance(14) {
            return (first, columns);
        }
        let kinds: Vec<Kind> = columns.iter().map(|(_, kind)| *kind).collect();
        let (second, _) = self.select(depth - 1, Some(&kinds));
        let operator = *self.prng.pick(&["UNION ALL", "UNION", "UNION ALL", "EXCEPT", "INTERSECT"]);
        (of(Sort::Query, &format!("{{}} {operator} {{}}"), vec![first, second]), columns)
    }

    fn select(&mut self, depth: usize, kinds: Option<&[Kind]>) -> (Node, Columns) {
        let around = std::mem::take(&mut self.said);
        let (from, scope) = self.from(depth);
        let kinds: Vec<Kind> = match kinds {
            Some(kinds) => kinds.to_vec(),
            None => (0..1 + self.prng.below(3)).map(|_| *self.prng.pick(&Kind::ALL)).collect(),
        };
        let filter = if self.prng.chance(60) {
            optional(parts(" WHERE {}", vec![self.condition(&scope, depth.min(2))]))
        } else {
            text("")
        };
        let mode = self.prng.below(100);
        let mut tail = text("");
        let items: Vec<Node> = if mode < 22 {
            let (items, group) = self.grouped(&scope, &kinds, depth);
            tail = group;
            items
        } else if mode < 34 {
            let items: Vec<Node> = kinds.iter().map(|kind| self.aggregate(&scope, *kind)).collect();
            if self.prng.chance(35) {
                tail = optional(parts(" HAVING {}", vec![self.aggregated_condition(&scope, &items)]));
            }
            items
        } else {
            let mut items: Vec<Node> = kinds
                .iter()
                .map(|kind| {
                    if self.prng.chance(8) {
                        self.window(&scope, *kind)
                    } else {
                        self.expr(&scope, *kind, depth.min(2))
                    }
                })
                .collect();
            if self.prng.chance(6) {
                tail = self.named_window(&scope, &kinds, &mut items);
            } else if self.prng.chance(8) {
                let condition = self.condition_on_item(&items);
                tail = optional(parts(" HAVING {}", vec![condition]));
            } else if self.prng.chance(8) {
                tail = optional(text(" ORDER BY 1 LIMIT 1"));
            }
            items
        };
        self.said = around;
        let distinct = if self.prng.chance(8) { optional(text("DISTINCT ")) } else { text("") };
        let columns = kinds.iter().enumerate().map(|(index, kind)| (format!("c{index}"), *kind)).collect();
        let items = items
            .into_iter()
            .enumerate()
            .map(|(index, item)| parts(&format!("{{}} AS c{index}"), vec![item]))
            .collect();
        let parts = vec![distinct, Node::List(items, ", "), from, filter, tail];
        (of(Sort::Query, "SELECT {}{} FROM {}{}{}", parts), columns)
    }

    /// A named window, over which the first item is taken.
    fn named_window(&mut self, scope: &[Relation], kinds: &[Kind], items: &mut [Node]) -> Node {
        let frame = *self.prng.pick(&[
            "",
            " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
            " ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING",
            " ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING",
            " ROWS UNBOUNDED PRECEDING",
        ]);
        if let (Some(kind), Some(first)) = (kinds.first(), items.first_mut()) {
            let function = *self.prng.pick(&["MAX", "MIN", "FIRST_VALUE", "LAST_VALUE"]);
            let argument = self.expr(scope, *kind, 0);
            *first = of(Sort::Expression, &format!("{function}({{}}) OVER win"), vec![argument]);
        }
        let order = self.expr(scope, Kind::Integer, 0);
        parts(&format!(" WINDOW win AS (ORDER BY {{}}{frame})"), vec![order])
    }

    /// Items over groups, and the clause that makes them.
    fn grouped(&mut self, scope: &[Relation], kinds: &[Kind], depth: usize) -> (Vec<Node>, Node) {
        let key_kinds: Vec<Kind> = (0..1 + self.prng.below(2)).map(|_| *self.prng.pick(&Kind::ALL)).collect();
        let keys: Vec<(Kind, Node)> = key_kinds
            .iter()
            .map(|kind| (*kind, self.column(scope, *kind).unwrap_or_else(|| text("1 + 0"))))
            .collect();
        let items: Vec<Node> = kinds
            .iter()
            .map(|kind| {
                let key = keys.iter().find(|(of, _)| of == kind).map(|(_, key)| key.clone());
                match key {
                    Some(key) if self.prng.chance(60) => key,
                    Some(key) if self.prng.chance(30) => {
                        of(Sort::Expression, "COALESCE({}, {})", vec![key, self.literal(*kind)])
                    }
                    _ => self.aggregate(scope, *kind),
                }
            })
            .collect();
        let having = if depth > 0 && self.prng.chance(40) {
            optional(parts(" HAVING {}", vec![self.aggregated_condition(scope, &items)]))
        } else {
            text("")
        };
        let rollup = if self.prng.chance(18) { optional(text(" WITH ROLLUP")) } else { text("") };
        let keys = Node::List(keys.into_iter().map(|(_, key)| key).collect(), ", ");
        (items, parts(" GROUP BY {}{}{}", vec![keys, rollup, having]))
    }

    fn alias(&mut self) -> String {
        self.aliases += 1;
        format!("r{}", self.aliases)
    }

    /// A FROM clause, and what can be seen of it.
    fn from(&mut self, depth: usize) -> (Node, Vec<Relation>) {
        let (mut node, mut scope) = self.relation(depth);
        for _ in 0..*self.prng.pick(&[0, 1, 1, 2, 2, 3]) {
            let (right, more) = if depth > 0 && self.prng.chance(20) {
                let (nested, more) = self.from(depth - 1);
                let template = if more.len() > 1 { "({})" } else { "{}" };
                (of(Sort::From, template, vec![nested]), more)
            } else {
                self.relation(depth)
            };
            let kind = *self.prng.pick(&[
                "JOIN",
                "LEFT JOIN",
                "LEFT JOIN",
                "LEFT JOIN",
                "RIGHT JOIN",
                "CROSS JOIN",
                ",",
            ]);
            if matches!(kind, "CROSS JOIN" | ",") {
                // A comma binds less than the joins that follow it.
                let kind = if self.prng.chance(90) { "CROSS JOIN" } else { "JOIN" };
                scope.extend(more);
                node = of(Sort::From, &format!("{{}} {kind} {{}}"), vec![node, right]);
                continue;
            }
            let shares_id = scope.iter().filter(|relation| relation.has_id()).count() == 1
                && more.len() == 1
                && more.iter().all(Relation::has_id);
            let using = shares_id && self.prng.chance(12);
            scope.extend(more);
            node = if using {
                of(Sort::From, &format!("{{}} {kind} {{}} USING (id)"), vec![node, right])
            } else {
                let on = self.condition(&scope, 1);
                of(Sort::From, &format!("{{}} {kind} {{}} ON {{}}"), vec![node, right, on])
            };
        }
        (node, scope)
    }

    /// A table, view, common table expression, or derived table.
    fn relation(&mut self, depth: usize) -> (Node, Vec<Relation>) {
        let alias = self.alias();
        if depth > 0 && self.prng.chance(22) {
            // A derived table sees nothing of the relations around it.
            let outer = std::mem::take(&mut self.outer);
            let (query, columns) = self.query(depth - 1, None);
            self.outer = outer;
            let node = of(Sort::From, &format!("({{}}) {alias}"), vec![query]);
            return (node, vec![Relation { alias, columns }]);
        }
        let table = if !self.ctes.is_empty() && self.prng.chance(40) {
            self.prng.pick(&self.ctes).clone()
        } else {
            self.prng.pick(self.tables).clone()
        };
        let node = of(Sort::From, &format!("{} {alias}", table.name), Vec::new());
        (node, vec![Relation { alias, columns: table.columns }])
    }

    /// Makes a subquery, which sees the scope around it.
    pub(super) fn subquery(&mut self, scope: &[Relation], depth: usize, kinds: &[Kind]) -> Node {
        let before = self.outer.len();
        self.outer.extend(scope.iter().cloned());
        let (query, _) = self.query(depth.saturating_sub(1), Some(kinds));
        self.outer.truncate(before);
        query
    }
}

impl Relation {
    fn has_id(&self) -> bool {
        self.columns.iter().any(|(name, _)| name == "id")
    }
}
