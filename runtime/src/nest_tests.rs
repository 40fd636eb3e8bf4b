//! Folding, held against a naive reference, and its corners.

use mysql::consts::ColumnType::MYSQL_TYPE_LONG;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use super::*;

/// An outer row with a key of two columns, and two collections, of which one has a collection in it.
#[derive(Clone, Debug, PartialEq)]
struct Outer {
    number: i64,
    word: String,
    posts: Vec<Post>,
    tags: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Post {
    title: String,
    id: u32,
    comments: Vec<i64>,
}

impl FromRow for Outer {
    const COLUMNS: usize = 2;

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self { number: row.get()?, word: row.get()?, posts: Vec::new(), tags: Vec::new() })
    }
}

impl FromRow for Post {
    const COLUMNS: usize = 2;

    fn from_row(row: &mut Row<'_>) -> Result<Self> {
        Ok(Self { title: row.get()?, id: row.get()?, comments: Vec::new() })
    }
}

const LEVELS: &[Level<Outer>] = &[
    Level {
        within: 0,
        columns: 2,
        key: &[1],
        distinct: false,
        add: |outer, _, row| push(&mut outer.posts, row),
    },
    Level {
        within: 0,
        columns: 1,
        key: &[0],
        distinct: false,
        add: |outer, _, row| push(&mut outer.tags, row),
    },
    Level {
        within: 1,
        columns: 1,
        key: &[0],
        distinct: false,
        add: |outer, at, row| push(&mut outer.posts[at[0]].comments, row),
    },
];

const NEST: Nest<Outer> = Nest { order: &[], key: &[0, 1], levels: LEVELS };

/// The same where the result has the columns in the order comment, tag, post, outer row.
const REVERSED: Nest<Outer> = Nest { order: &[4, 5, 2, 3, 1, 0], key: &[0, 1], levels: LEVELS };

/// A joined row: the key of the outer row, a post with a comment, a tag. What is not there is NULL.
type Joined = (i64, &'static str, Option<(u32, Option<i64>)>, Option<&'static str>);

fn values((number, word, post, tag): &Joined) -> Vec<Value> {
    let text = |text: Option<String>| text.map_or(Value::NULL, |text| Value::Bytes(text.into_bytes()));
    vec![
        Value::Int(*number),
        text(Some((*word).to_owned())),
        text(post.map(|(id, _)| title(id))),
        post.map_or(Value::NULL, |(id, _)| Value::UInt(id.into())),
        text(tag.map(str::to_owned)),
        post.and_then(|(_, comment)| comment).map_or(Value::NULL, Value::Int),
    ]
}

fn title(id: u32) -> String {
    format!("post {id}")
}

fn columns() -> Vec<Column> {
    (0..6).map(|place| Column::new(MYSQL_TYPE_LONG).with_name(format!("c{place}").as_bytes())).collect()
}

fn folded(nest: &'static Nest<Outer>, rows: &[Vec<Value>]) -> Result<Vec<Outer>> {
    let columns = columns();
    let mut fold = Fold::new(nest);
    for row in rows {
        fold.take(&mut Row::new(row.iter().cloned().map(Some).collect(), &columns))?;
    }
    Ok(fold.finish())
}

/// Looks through all that there is for each row.
fn naive(rows: &[Joined]) -> Vec<Outer> {
    let mut found: Vec<Outer> = Vec::new();
    for (number, word, post, tag) in rows {
        let place = found.iter().position(|outer| outer.number == *number && outer.word == *word);
        let place = place.unwrap_or_else(|| {
            let word = (*word).to_owned();
            found.push(Outer { number: *number, word, posts: Vec::new(), tags: Vec::new() });
            found.len() - 1
        });
        let outer = &mut found[place];
        if let Some((id, comment)) = post {
            let place = outer.posts.iter().position(|post| post.id == *id).unwrap_or_else(|| {
                outer.posts.push(Post { title: title(*id), id: *id, comments: Vec::new() });
                outer.posts.len() - 1
            });
            let comments = &mut outer.posts[place].comments;
            comments.extend(comment.filter(|comment| !comments.contains(comment)));
        }
        outer.tags.extend(tag.filter(|tag| !outer.tags.iter().any(|known| known == tag)).map(str::to_owned));
    }
    found
}

fn joined() -> impl Strategy<Value = Joined> {
    let word = prop_oneof![Just(""), Just("a"), Just("A"), Just("aa"), Just("ß")];
    let tag = of(prop_oneof![Just("x"), Just("X"), Just("")]);
    (-2_i64..2, word, of((0_u32..4, of(-1_i64..3))), tag)
}

proptest! {
    #[test]
    fn folding_is_what_looking_through_everything_gives(rows in vec(joined(), 0..60)) {
        let joined: Vec<Vec<Value>> = rows.iter().map(values).collect();
        prop_assert_eq!(folded(&NEST, &joined).unwrap(), naive(&rows));
        let reversed: Vec<Vec<Value>> = joined
            .iter()
            .map(|row| [5, 4, 2, 3, 0, 1].map(|place| row[place].clone()).to_vec())
            .collect();
        prop_assert_eq!(folded(&REVERSED, &reversed).unwrap(), naive(&rows));
    }

    #[test]
    fn no_two_keys_are_the_same_bytes(a in vec(value(), 1..4), b in vec(value(), 1..4)) {
        let bytes = |values: &[Value]| {
            let mut key = Vec::new();
            values.iter().for_each(|value| assert!(append(&mut key, value)));
            key
        };
        prop_assert_eq!(bytes(&a) == bytes(&b), a == b);
    }
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        (-1_i64..2).prop_map(Value::Int),
        (0_u64..2).prop_map(Value::UInt),
        vec(0_u8..8, 0..10).prop_map(Value::Bytes),
        (0_u16..2, 0_u8..2, 0_u32..2)
            .prop_map(|(year, day, micros)| Value::Date(year, 1, day, 0, 0, 0, micros)),
        (any::<bool>(), 0_u32..2).prop_map(|(negative, days)| Value::Time(negative, days, 0, 0, 0, 1)),
        Just(Value::Double(0.5)),
        Just(Value::Float(0.5)),
    ]
}

#[test]
fn collections_that_multiply_each_other_are_told_apart() {
    let rows: Vec<Joined> = [1, 2]
        .into_iter()
        .flat_map(|post| ["x", "y"].map(|tag| (7, "a", Some((post, None)), Some(tag))))
        .collect();
    let found = folded(&NEST, &rows.iter().map(values).collect::<Vec<_>>()).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].posts.iter().map(|post| post.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(found[0].tags, ["x", "y"]);
}

#[test]
fn elements_that_are_known_to_be_distinct_are_not_looked_for() {
    const DISTINCT: Nest<Outer> = Nest {
        order: &[],
        key: &[0, 1],
        levels: &[
            Level { distinct: true, ..LEVELS[0] },
            Level { distinct: true, ..LEVELS[1] },
            Level {
                within: 0,
                columns: 1,
                key: &[0],
                distinct: true,
                add: |_, _, row| row.get::<i64>().map(|_| 0),
            },
        ],
    };
    let rows =
        [(1, "a", Some((3, None)), None), (2, "a", None, Some("x")), (1, "a", Some((4, None)), Some("y"))];
    let found = folded(&DISTINCT, &rows.iter().map(values).collect::<Vec<_>>()).unwrap();
    assert_eq!(found, naive(&rows));
}

#[test]
fn the_same_row_within_two_others_is_an_element_of_both() {
    let rows = [(1, "a", Some((3, Some(9))), None), (2, "a", Some((3, Some(9))), None)];
    let found = folded(&NEST, &rows.iter().map(values).collect::<Vec<_>>()).unwrap();
    assert_eq!(found.iter().map(|outer| outer.posts.len()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(found[1].posts[0].comments, [9]);
}

#[test]
fn a_value_that_does_not_fit_is_an_error_with_the_column_of_the_result() {
    let mut row = values(&(1, "a", Some((3, None)), None));
    row[2] = Value::NULL;
    let error = folded(&NEST, &[row.clone()]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("column 3 `c2`"), "{error}");
    // c0 is a comment, which is not read when there is none; c2 is the title again.
    let reversed = [5, 4, 2, 3, 0, 1].map(|place: usize| row[place].clone()).to_vec();
    let error = folded(&REVERSED, &[reversed]).unwrap_err();
    assert!(error.to_string().contains("column 3 `c2`"), "{error}");
}

#[test]
fn an_outer_row_without_a_key_is_an_error() {
    let mut row = values(&(1, "a", None, None));
    row[0] = Value::NULL;
    assert_eq!(folded(&NEST, &[row]).unwrap_err().kind(), ErrorKind::Decode);
}
