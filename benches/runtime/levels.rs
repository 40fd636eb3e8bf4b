//! 100 authors, their 1,000 posts and the 10,000 comments on them: three statements, and each row to its parent.

use std::collections::HashMap;
use std::hint::black_box;

use mysql::prelude::Queryable;
use porpoise::__codegen::{Key, Query, Relation, fetch_many, related_lists};
use porpoise::Connection;

use crate::measure::{Comparison, Contender, Effort, Step, compare};
use crate::server::Server;

const AUTHORS: u32 = 100;
const POSTS: u32 = 1_000;
const COMMENTS: u32 = 10_000;

const LIST: &str = "SELECT id, username FROM account WHERE id <= 100 ORDER BY id";
const POSTS_OF: Relation = Relation::within(
    "account::posts_of",
    "SELECT id, author_id, title FROM post AS t WHERE t.author_id IN (",
    ") ORDER BY t.author_id, t.id",
);
const COMMENTS_OF: Relation = Relation::within(
    "post::comments_of",
    "SELECT id, post_id, body FROM comment AS t WHERE t.post_id IN (",
    ") ORDER BY t.post_id, t.id",
);

const EFFORT: Effort = Effort { rounds: 40, steps: 9, operations: 1 };

macro_rules! rows {
    ($($name:ident { $($field:ident: $type:ty),* } = $columns:literal;)*) => {
        $(
            #[derive(Clone)]
            struct $name { $($field: $type),* }

            impl porpoise::FromRow for $name {
                const COLUMNS: usize = $columns;

                fn from_row(row: &mut porpoise::Row<'_>) -> porpoise::Result<Self> {
                    Ok(Self { $($field: row.get()?),* })
                }
            }

            impl $name {
                fn taken(mut row: mysql::Row) -> Self {
                    let mut columns = 0..;
                    Self { $($field: row.take(columns.next().unwrap()).unwrap()),* }
                }
            }
        )*
    };
}

rows! {
    Author { id: u32, username: String } = 2;
    Post { id: u32, author_id: u32, title: String } = 3;
    Comment { id: u32, post_id: u32, body: String } = 3;
}

pub(crate) fn of_relations(server: &Server) -> Comparison {
    fill(server);
    compare(
        "100 authors, 1,000 posts, 10,000 comments",
        &EFFORT,
        &[
            Contender::ours(|| ours(server)),
            Contender::other("mysql, by hand, IN and a HashMap", 1.05, || by_hand(server)),
        ],
    )
}

fn fill(server: &Server) {
    let mut conn = server.conn();
    for sql in [
        "CREATE TABLE post (id INT UNSIGNED PRIMARY KEY, author_id INT UNSIGNED NOT NULL, title VARCHAR(200) NOT NULL, \
         KEY (author_id))",
        "CREATE TABLE comment (id INT UNSIGNED PRIMARY KEY, post_id INT UNSIGNED NOT NULL, body VARCHAR(200) NOT NULL, \
         KEY (post_id))",
    ] {
        conn.query_drop(sql).unwrap();
    }
    let mut tx = conn.start_transaction(mysql::TxOpts::default()).unwrap();
    let posts = (1..=POSTS).map(|id| (id, id % AUTHORS + 1, format!("the title of post {id}")));
    tx.exec_batch("INSERT INTO post VALUES (?, ?, ?)", posts).unwrap();
    let comments = (1..=COMMENTS)
        .map(|id| (id, id % POSTS + 1, format!("what is said in comment {id}, of some length")));
    tx.exec_batch("INSERT INTO comment VALUES (?, ?, ?)", comments).unwrap();
    tx.commit().unwrap();
}

fn ours<'a>(server: &Server) -> Step<'a> {
    let mut connection = Connection::open(&server.options()).unwrap();
    let mut read = move || -> porpoise::Result<usize> {
        let authors: Vec<Author> = fetch_many(&mut connection, Query::new("account::list", LIST, &[]))?;
        let posts: Vec<Vec<Post>> = related_lists(
            &mut connection,
            POSTS_OF,
            &authors,
            |row: &Author| Key::new(&[&row.id]),
            |row| Key::new(&[&row.ahead::<u32>(1)?]),
        )?;
        let comments: Vec<Vec<Comment>> = related_lists(
            &mut connection,
            COMMENTS_OF,
            posts.iter().flatten(),
            |row: &Post| Key::new(&[&row.id]),
            |row| Key::new(&[&row.ahead::<u32>(1)?]),
        )?;
        Ok(seen(&authors, &posts, &comments))
    };
    Box::new(move || assert_eq!(read().unwrap(), COMMENTS as usize))
}

fn by_hand<'a>(server: &Server) -> Step<'a> {
    let mut conn = server.conn();
    Box::new(move || {
        let authors: Vec<Author> =
            conn.exec_iter(LIST, ()).unwrap().map(|row| Author::taken(row.unwrap())).collect();
        let ids: Vec<u32> = authors.iter().map(|author| author.id).collect();
        let sql = format!(
            "SELECT id, author_id, title FROM post WHERE author_id IN ({}) ORDER BY author_id, id",
            marks(ids.len())
        );
        let mut by_author: HashMap<u32, Vec<Post>> = HashMap::new();
        for row in conn.exec_iter(sql, ids.clone()).unwrap() {
            let post = Post::taken(row.unwrap());
            by_author.entry(post.author_id).or_default().push(post);
        }
        let posts: Vec<Vec<Post>> = ids.iter().map(|id| by_author.remove(id).unwrap_or_default()).collect();
        let ids: Vec<u32> = posts.iter().flatten().map(|post| post.id).collect();
        let sql = format!(
            "SELECT id, post_id, body FROM comment WHERE post_id IN ({}) ORDER BY post_id, id",
            marks(ids.len())
        );
        let mut by_post: HashMap<u32, Vec<Comment>> = HashMap::new();
        for row in conn.exec_iter(sql, ids.clone()).unwrap() {
            let comment = Comment::taken(row.unwrap());
            by_post.entry(comment.post_id).or_default().push(comment);
        }
        let comments: Vec<Vec<Comment>> =
            ids.iter().map(|id| by_post.remove(id).unwrap_or_default()).collect();
        assert_eq!(seen(&authors, &posts, &comments), COMMENTS as usize);
    })
}

fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

fn seen(authors: &[Author], posts: &[Vec<Post>], comments: &[Vec<Comment>]) -> usize {
    assert_eq!(
        (authors.len(), posts.len(), comments.len()),
        (AUTHORS as usize, authors.len(), POSTS as usize)
    );
    for author in authors {
        black_box((author.id, &author.username));
    }
    for post in posts.iter().flatten() {
        black_box((post.id, post.author_id, &post.title));
    }
    comments.iter().flatten().map(|comment| black_box((comment.id, comment.post_id, &comment.body))).count()
}
