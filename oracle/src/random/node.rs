//! A query as a tree that knows which of its parts can go, and so how to make it smaller. It knows nothing of SQL
//! but that: what makes no sense any more is refused by the server.

/// What a part is, so that it can be replaced by a smaller one of its kind within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Query,
    From,
    Condition,
    Expression,
}

/// A part of a query.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Text(String),
    /// One after the other.
    Parts(Vec<Node>),
    /// Can be replaced by a part of the same sort in it.
    Of(Sort, Box<Node>),
    /// Can be left out.
    Optional(Box<Node>),
    /// Can lose all but one of its items.
    List(Vec<Node>, &'static str),
}

/// Text as it stands.
pub(super) fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

/// A template with `{}` for each of the nodes.
pub(super) fn of(sort: Sort, template: &str, nodes: Vec<Node>) -> Node {
    Node::Of(sort, Box::new(parts(template, nodes)))
}

/// The same without a sort.
pub(super) fn parts(template: &str, nodes: Vec<Node>) -> Node {
    let mut nodes = nodes.into_iter();
    let mut found = Vec::new();
    for (index, piece) in template.split("{}").enumerate() {
        if index > 0 {
            found.extend(nodes.next());
        }
        found.push(text(piece));
    }
    Node::Parts(found)
}

/// A part that can be left out.
pub(super) fn optional(node: Node) -> Node {
    Node::Optional(Box::new(node))
}

impl Node {
    /// The SQL.
    pub(super) fn sql(&self) -> String {
        let mut sql = String::new();
        self.write(&mut sql);
        sql
    }

    fn write(&self, out: &mut String) {
        match self {
            Node::Text(text) => out.push_str(text),
            Node::Parts(nodes) => nodes.iter().for_each(|node| node.write(out)),
            Node::Of(_, node) | Node::Optional(node) => node.write(out),
            Node::List(nodes, separator) => {
                for (index, node) in nodes.iter().enumerate() {
                    if index > 0 {
                        out.push_str(separator);
                    }
                    node.write(out);
                }
            }
        }
    }

    /// Trees that are a step smaller, the smallest first.
    pub(super) fn smaller(&self) -> Vec<Node> {
        let mut found = self.steps();
        found.sort_by_key(|node| node.sql().len());
        found
    }

    fn steps(&self) -> Vec<Node> {
        match self {
            Node::Text(_) => Vec::new(),
            Node::Parts(nodes) => within(nodes, Node::Parts),
            Node::Of(sort, node) => {
                let mut found = Vec::new();
                node.of_sort(*sort, &mut found);
                found.extend(node.steps().into_iter().map(|node| Node::Of(*sort, Box::new(node))));
                found
            }
            Node::Optional(node) => {
                let mut found = vec![text("")];
                found.extend(node.steps().into_iter().map(|node| Node::Optional(Box::new(node))));
                found
            }
            Node::List(nodes, separator) => {
                let mut found = Vec::new();
                if nodes.len() > 1 {
                    for index in 0..nodes.len() {
                        let mut fewer = nodes.clone();
                        fewer.remove(index);
                        found.push(Node::List(fewer, separator));
                    }
                }
                found.extend(within(nodes, |nodes| Node::List(nodes, separator)));
                found
            }
        }
    }

    /// The outermost parts of a sort.
    fn of_sort(&self, sort: Sort, found: &mut Vec<Node>) {
        match self {
            Node::Text(_) => {}
            Node::Of(own, _) if *own == sort => found.push(self.clone()),
            Node::Of(_, node) | Node::Optional(node) => node.of_sort(sort, found),
            Node::Parts(nodes) | Node::List(nodes, _) => {
                nodes.iter().for_each(|node| node.of_sort(sort, found));
            }
        }
    }
}

/// The whole with one of its nodes made smaller.
fn within(nodes: &[Node], whole: impl Fn(Vec<Node>) -> Node) -> Vec<Node> {
    let mut found = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        for smaller in node.steps() {
            let mut changed = nodes.to_vec();
            changed[index] = smaller;
            found.push(whole(changed));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Node, Sort, of, optional, parts, text};

    #[test]
    fn every_part_that_can_go_goes_in_some_step() {
        let condition = of(
            Sort::Condition,
            "({} AND {})",
            vec![of(Sort::Condition, "a", Vec::new()), of(Sort::Condition, "b", Vec::new())],
        );
        let query = parts(
            "SELECT {}{}",
            vec![Node::List(vec![text("x"), text("y")], ", "), optional(parts(" WHERE {}", vec![condition]))],
        );
        let steps: Vec<String> = query.smaller().iter().map(Node::sql).collect();
        assert_eq!(
            steps,
            [
                "SELECT x, y",
                "SELECT x, y WHERE a",
                "SELECT x, y WHERE b",
                "SELECT y WHERE (a AND b)",
                "SELECT x WHERE (a AND b)",
            ]
        );
    }
}
