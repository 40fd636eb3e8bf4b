//! Rows are followed along foreign keys: from one, from many in one statement, and across join tables.

use porpoise::test::{assert_queries, count_queries};
use porpoise::{ErrorKind, Pool};

use super::queries::tables::{Account, Comment, Post};
use super::queries::{
    account, article, authorship, category, city, comment, creator, follow, label, person, post, student,
    translation, translation_label,
};
use super::sample;

fn add_account(pool: &Pool, username: &str) -> Account {
    let email = format!("{username}@example.org");
    let new = account::NewAccount {
        username,
        email: &email,
        password_salt: "salt",
        password_hash: &[0; 32],
        ..account::NewAccount::default()
    };
    let id = account::insert(pool, &new).unwrap();
    account::find(pool, id).unwrap().unwrap()
}

fn add_post(
    pool: &Pool,
    author: &Account,
    editor: Option<&Account>,
    category: Option<&str>,
    title: &str,
) -> Post {
    let new = post::NewPost {
        author_id: author.id,
        title,
        editor_id: editor.map(|editor| editor.id),
        category_code: category,
    };
    let id = post::insert(pool, &new).unwrap();
    post::find(pool, id).unwrap().unwrap()
}

fn add_comment(pool: &Pool, post: &Post, parent: Option<&Comment>, body: &str) -> Comment {
    let new = comment::NewComment { post_id: post.id, body, parent_id: parent.map(|parent| parent.id) };
    let id = comment::insert(pool, &new).unwrap();
    comment::find(pool, id).unwrap().unwrap()
}

fn titles<'p>(posts: impl IntoIterator<Item = &'p Post>) -> Vec<&'p str> {
    posts.into_iter().map(|post| post.title.as_str()).collect()
}

#[test]
fn one_to_many_both_ways_and_several_keys_to_one_table() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let accounts = ["ada", "bob", "cleo"].map(|name| add_account(pool, name));
    let [ada, bob, cleo] = &accounts;
    add_post(pool, bob, None, None, "b1");
    add_post(pool, ada, Some(bob), None, "a1");
    add_post(pool, ada, Some(cleo), None, "a2");

    let of_ada = assert_queries(1, || ada.posts_by_author(pool)).unwrap();
    assert_eq!(titles(&of_ada), ["a1", "a2"]);
    assert_eq!(ada.posts_by_author_count(pool).unwrap(), 2);
    assert_eq!(titles(&cleo.posts_by_editor(pool).unwrap()), ["a2"]);
    assert_eq!(cleo.posts_by_author(pool).unwrap(), []);

    let lists = assert_queries(1, || account::posts_by_author_of(pool, &accounts)).unwrap();
    assert_eq!(lists.iter().map(titles).collect::<Vec<_>>(), [vec!["a1", "a2"], vec!["b1"], vec![]]);
    let edited = account::posts_by_editor_of(pool, [cleo, ada]).unwrap();
    assert_eq!(edited.iter().map(titles).collect::<Vec<_>>(), [vec!["a2"], vec![]]);
    let counts = assert_queries(1, || account::posts_by_author_count_of(pool, &accounts)).unwrap();
    assert_eq!(counts, [2, 1, 0]);

    // From the posts back: each author is read once, and shared.
    let posts: Vec<Post> = lists.into_iter().flatten().collect();
    let authors = assert_queries(1, || post::author_of(pool, &posts)).unwrap();
    assert_eq!(authors.iter().map(|author| author.id).collect::<Vec<_>>(), [ada.id, ada.id, bob.id]);
    assert!(std::sync::Arc::ptr_eq(&authors[0], &authors[1]));
    assert_eq!(*authors[2], *bob);
    assert_eq!(posts[0].author(pool).unwrap(), *ada);
    // And a level further, from the shared rows.
    let again = assert_queries(1, || account::posts_by_author_of(pool, authors)).unwrap();
    assert_eq!(again.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
}

#[test]
fn a_key_that_is_null_has_no_row_and_is_not_asked_for() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let (ada, bob) = (add_account(pool, "ada"), add_account(pool, "bob"));
    let posts = [add_post(pool, &ada, None, None, "none"), add_post(pool, &ada, Some(&bob), None, "bob")];
    let editors = assert_queries(1, || post::editor_of(pool, &posts)).unwrap();
    assert_eq!(editors[0], None);
    assert_eq!(editors[1].as_deref(), Some(&bob));
    assert_eq!(assert_queries(0, || posts[0].editor(pool)).unwrap(), None);
    assert_eq!(posts[1].editor(pool).unwrap(), Some(bob));
    assert_eq!(assert_queries(0, || post::editor_of(pool, &posts[..1])).unwrap(), [None]);
}

#[test]
fn without_rows_there_is_nothing_to_ask() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let (accounts, posts): (Vec<Account>, Vec<Post>) = (Vec::new(), Vec::new());
    assert_queries(0, || {
        assert_eq!(account::posts_by_author_of(pool, &accounts).unwrap(), Vec::<Vec<Post>>::new());
        assert_eq!(account::posts_by_author_count_of(pool, &accounts).unwrap(), Vec::<i64>::new());
        assert_eq!(post::author_of(pool, &posts).unwrap(), []);
    });
}

#[test]
fn a_row_that_refers_to_nothing_any_more_is_an_error_where_it_must_refer() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let ada = add_account(pool, "ada");
    let bob = add_account(pool, "bob");
    let written = add_post(pool, &ada, Some(&bob), None, "gone");
    account::delete_many(pool, &[ada.id, bob.id]).unwrap();
    let error = post::author_of(pool, [&written]).unwrap_err();
    assert_eq!((error.kind(), error.query_name()), (ErrorKind::NotFound, Some("post::author_of")));
    assert_eq!(written.author(pool).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(post::editor_of(pool, [&written]).unwrap(), [None]);
}

#[test]
fn one_to_one_is_a_row_or_none() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let town = city::insert(pool, &city::NewCity { name: "Ys", country: "FR" }).unwrap();
    let people: Vec<_> = ["Ada", "Bob"]
        .iter()
        .map(|name| {
            let new = person::NewPerson { name, born: None, city_id: Some(town) };
            let id = person::insert(pool, &new).unwrap();
            person::find(pool, id).unwrap().unwrap()
        })
        .collect();
    let new =
        student::NewStudent { person_id: people[1].id, number: "00000001", enrolled: 2026, grade: None };
    student::insert(pool, &new).unwrap();
    let students = assert_queries(1, || person::student_of(pool, &people)).unwrap();
    assert_eq!(students[0], None);
    assert_eq!(students[1].as_ref().map(|student| student.number.as_str()), Some("00000001"));
    assert_eq!(people[0].student(pool).unwrap(), None);
    assert_eq!(people[1].student(pool).unwrap(), students[1]);
    let back = student::person_of(pool, students.iter().flatten()).unwrap();
    assert_eq!(*back[0], people[1]);
    assert_eq!(city::people_count_of(pool, city::list(pool).unwrap()).unwrap(), [2]);
    // A row that is given twice is answered twice.
    let twice = person::student_of(pool, [&people[1], &people[1]]).unwrap();
    assert_eq!(twice[0], twice[1]);
    assert!(twice[0].is_some());
}

#[test]
fn a_table_that_refers_to_itself() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let ada = add_account(pool, "ada");
    let post = add_post(pool, &ada, None, None, "talk");
    let first = add_comment(pool, &post, None, "first");
    let (second, third) =
        (add_comment(pool, &post, Some(&first), "second"), add_comment(pool, &post, Some(&first), "third"));
    assert_eq!(post.comments_count(pool).unwrap(), 3);
    assert_eq!(first.comments_by_parent(pool).unwrap(), [second.clone(), third.clone()]);
    assert_eq!(second.parent(pool).unwrap(), Some(first.clone()));
    assert_eq!(first.parent(pool).unwrap(), None);
    let all = [first, second, third];
    let below = comment::comments_by_parent_of(pool, &all).unwrap();
    assert_eq!(below.iter().map(Vec::len).collect::<Vec<_>>(), [2, 0, 0]);
    let above = comment::parent_of(pool, &all).unwrap();
    assert_eq!(above.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true, true]);
}

#[test]
fn three_levels_take_three_statements() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let accounts: Vec<Account> = (0..5).map(|number| add_account(pool, &format!("user{number}"))).collect();
    for account in &accounts {
        for title in ["x", "y"] {
            let post = add_post(pool, account, None, None, title);
            add_comment(pool, &post, None, "so");
        }
    }
    let (comments, count) = count_queries(|| {
        let accounts = account::list(pool).unwrap();
        let posts = account::posts_by_author_of(pool, &accounts).unwrap();
        post::comments_of(pool, posts.iter().flatten()).unwrap()
    });
    assert_eq!(count.total(), 3, "{count}");
    assert_eq!((comments.len(), comments.iter().all(|list| list.len() == 1)), (10, true));
}

#[test]
fn more_rows_than_a_statement_takes_keys_take_one_for_each_chunk() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let rows: Vec<String> = (0..8_200).map(|number| format!("creator {number}")).collect();
    let rows: Vec<_> = rows.iter().map(|name| creator::CreatorValues { name }).collect();
    creator::insert_many(pool, &rows).unwrap();
    let creators = creator::list(pool).unwrap();
    assert_eq!(creators.len(), 8_200);
    let new = article::NewArticle { title: "t", body: "", tags: None, published: None };
    let text = article::insert(pool, &new).unwrap();
    let (first, last) = (&creators[0], &creators[8_199]);
    article::add_creators(pool, text, &[first.id, last.id]).unwrap();
    let articles = assert_queries(2, || creator::articles_of(pool, &creators)).unwrap();
    let with: Vec<usize> = (0..articles.len()).filter(|at| !articles[*at].is_empty()).collect();
    assert_eq!((articles.len(), with), (8_200, vec![0, 8_199]));
    // Through a connection as well, and each key once.
    let mut connection = pool.get().unwrap();
    let all = creators[..8_000].iter().chain(&creators[..8_000]);
    assert_queries(1, || creator::articles_count_of(&mut connection, all)).unwrap();
}

#[test]
fn many_to_many_is_read_added_to_parted_and_replaced() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let writers: Vec<u32> = ["Ada", "Bob", "Cleo"]
        .iter()
        .map(|name| creator::insert(pool, &creator::NewCreator { name }).unwrap())
        .collect();
    let [ada, bob, cleo] = writers[..] else { unreachable!("three were made") };
    let [text, other] = ["On keys", "On joins"].map(|title| {
        article::insert(pool, &article::NewArticle { title, body: "", tags: None, published: None }).unwrap()
    });
    let creators =
        |article| article::creators(pool, article).unwrap().iter().map(|one| one.id).collect::<Vec<_>>();

    assert_eq!(
        (article::add_creator(pool, text, bob).unwrap(), article::add_creator(pool, text, bob).unwrap()),
        (1, 0)
    );
    assert_eq!(assert_queries(1, || article::add_creators(pool, text, &[ada, bob, cleo])).unwrap(), 2);
    assert_eq!(article::add_creators(pool, text, &[]).unwrap(), 0);
    article::add_creator(pool, other, ada).unwrap();
    assert_eq!(creators(text), [ada, bob, cleo]);
    assert_eq!(article::remove_creator(pool, text, bob).unwrap(), 1);
    assert_eq!(article::remove_creators(pool, text, &[ada, bob, cleo]).unwrap(), 2);
    assert_eq!(creators(text), [0_u32; 0]);

    // What stays keeps its other columns.
    article::set_creators(pool, text, &[ada, bob]).unwrap();
    let moved = authorship::AuthorshipPatch { article_id: text, creator_id: bob, position: Some(7) };
    authorship::patch(pool, &moved).unwrap();
    assert_queries(1, || article::set_creators(pool, text, &[cleo, bob, bob])).unwrap();
    assert_eq!(creators(text), [bob, cleo]);
    assert_eq!(authorship::find(pool, text, bob).unwrap().unwrap().position, 7);
    assert_eq!(creators(other), [ada], "the others are as they were");

    let articles = article::list(pool).unwrap();
    let lists = assert_queries(1, || article::creators_of(pool, &articles)).unwrap();
    assert_eq!(lists.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(article::creators_count_of(pool, &articles).unwrap(), [2, 1]);
    assert_eq!(
        (articles[0].creators(pool).unwrap(), articles[0].creators_count(pool).unwrap()),
        (lists[0].clone(), 2)
    );
    assert_eq!(article::authorships_of(pool, &articles).unwrap()[0].len(), 2);
    assert_eq!(creator::articles(pool, cleo).unwrap(), articles[..1]);

    article::set_creators(pool, text, &[]).unwrap();
    assert_eq!((creators(text), creators(other)), (vec![], vec![ada]));
}

#[test]
fn a_set_that_refers_to_nothing_leaves_all_as_it_was() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let ada = creator::insert(pool, &creator::NewCreator { name: "Ada" }).unwrap();
    let new = article::NewArticle { title: "t", body: "", tags: None, published: None };
    let text = article::insert(pool, &new).unwrap();
    article::add_creator(pool, text, ada).unwrap();
    let count = || authorship::count(pool).unwrap();
    let error = article::set_creators(pool, text, &[4_000_000]).unwrap_err();
    assert_eq!(
        (error.kind(), error.query_name()),
        (ErrorKind::ForeignKeyChild, Some("article::set_creators"))
    );
    assert_eq!(count(), 1, "nothing was deleted");
    assert_eq!(article::add_creator(pool, text, 4_000_000).unwrap_err().kind(), ErrorKind::ForeignKeyChild);
    // In a transaction of the caller it is a savepoint.
    pool.transaction(|tx| {
        let ada = creator::insert(&mut *tx, &creator::NewCreator { name: "Bob" })?;
        assert!(article::set_creators(&mut *tx, text, &[ada, 4_000_000]).is_err());
        article::set_creators(&mut *tx, text, &[ada])
    })
    .unwrap();
    assert_eq!((count(), article::creators(pool, text).unwrap()[0].name.as_str()), (1, "Bob"));
}

#[test]
fn many_to_many_back_to_the_same_table_has_two_directions() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let accounts = ["ada", "bob", "cleo"].map(|name| add_account(pool, name));
    let [ada, bob, cleo] = &accounts;
    account::add_followees(pool, ada.id, &[bob.id, cleo.id]).unwrap();
    account::add_follower(pool, cleo.id, bob.id).unwrap();
    let names = |accounts: Vec<Account>| accounts.into_iter().map(|one| one.username).collect::<Vec<_>>();
    assert_eq!(names(ada.followees(pool).unwrap()), ["bob", "cleo"]);
    assert_eq!(names(ada.followers(pool).unwrap()), [""; 0]);
    assert_eq!(names(cleo.followers(pool).unwrap()), ["ada", "bob"]);
    assert_eq!(account::followers_count_of(pool, &accounts).unwrap(), [0, 1, 2]);
    assert_eq!(follow::count(pool).unwrap(), 3);
}

#[test]
fn keys_of_text_are_matched_as_the_server_compares_them() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let ada = add_account(pool, "ada");
    for (code, name) in [("Rust", "The language"), ("Café", "The place"), ("empty", "Nothing")] {
        category::insert(pool, &category::NewCategory { code, name }).unwrap();
    }
    // The key takes all of these: for the server they are one.
    let spelled = [Some("rust"), Some("RUST"), Some("Rust"), None, Some("cafe"), Some("Rust ")];
    let posts: Vec<Post> = spelled
        .iter()
        .map(|category| add_post(pool, &ada, None, *category, category.unwrap_or("none")))
        .collect();
    assert_eq!(posts[5].category_code.as_deref(), Some("Rust "));

    let categories = category::list(pool).unwrap();
    let by_code = |code: &str| categories.iter().position(|one| one.code == code).unwrap();
    let lists = assert_queries(1, || category::posts_of(pool, &categories)).unwrap();
    assert_eq!(titles(&lists[by_code("Rust")]), ["rust", "RUST", "Rust", "Rust "]);
    assert_eq!(titles(&lists[by_code("Café")]), ["cafe"]);
    assert_eq!(titles(&lists[by_code("empty")]), [""; 0]);
    assert_eq!(categories[by_code("Rust")].posts_count(pool).unwrap(), 4);
    let mut counts = category::posts_count_of(pool, &categories).unwrap();
    counts.sort_unstable();
    assert_eq!(counts, [0, 1, 4]);

    let found = assert_queries(1, || post::category_of(pool, &posts)).unwrap();
    let codes: Vec<_> = found.iter().map(|found| found.as_ref().map(|found| found.code.as_str())).collect();
    assert_eq!(codes, [Some("Rust"), Some("Rust"), Some("Rust"), None, Some("Café"), Some("Rust")]);
    assert_eq!(posts[4].category(pool).unwrap().map(|found| found.name).as_deref(), Some("The place"));

    // A row that nobody read is refused, not given an empty list.
    let mut made_up = categories[by_code("Rust")].clone();
    made_up.code = "rUST".to_owned();
    let error = category::posts_of(pool, [&made_up]).unwrap_err();
    assert_eq!((error.kind(), error.query_name()), (ErrorKind::Usage, Some("category::posts_of")));
    assert!(!error.to_string().contains("rUST"), "{error}");
}

#[test]
fn keys_of_two_columns() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let [text, other] = ["On keys", "On joins"].map(|title| {
        article::insert(pool, &article::NewArticle { title, body: "", tags: None, published: None }).unwrap()
    });
    for (article_id, language) in [(text, "de"), (text, "fr"), (other, "de")] {
        let new = translation::NewTranslation { article_id, language, title: language };
        translation::insert(pool, &new).unwrap();
    }
    let [good, old] = ["good", "old"].map(|name| label::insert(pool, &label::NewLabel { name }).unwrap());
    translation::set_labels(pool, text, "de", &[good, old]).unwrap();
    // Spelled otherwise than the translation is.
    translation::add_labels(pool, other, "DE", &[old]).unwrap();

    let translations = translation::list(pool).unwrap();
    let at = |article: u32, language: &str| {
        translations.iter().position(|one| one.article_id == article && one.language == language).unwrap()
    };
    let labels = assert_queries(1, || translation::labels_of(pool, &translations)).unwrap();
    let labels: Vec<Vec<u32>> =
        labels.iter().map(|list| list.iter().map(|label| label.id).collect()).collect();
    assert_eq!(labels[at(text, "de")], [good, old]);
    assert_eq!(labels[at(text, "fr")], [0_u32; 0]);
    assert_eq!(labels[at(other, "de")], [old]);
    assert_eq!(translations[at(text, "de")].labels_count(pool).unwrap(), 2);
    let counts = translation::labels_count_of(pool, &translations).unwrap();
    assert_eq!((counts[at(text, "de")], counts[at(text, "fr")], counts[at(other, "de")]), (2, 0, 1));

    let joins = translation_label::list(pool).unwrap();
    let back = assert_queries(1, || translation_label::translation_of(pool, &joins)).unwrap();
    assert!(
        joins
            .iter()
            .zip(&back)
            .all(|(join, back)| join.article_id == back.article_id && back.language == "de")
    );
    assert_eq!(label::translations(pool, old).unwrap().len(), 2);
    label::set_translations(pool, old, &[(text, "fr"), (other, "de")]).unwrap();
    assert_eq!(label::remove_translations(pool, old, &[(text, "FR")]).unwrap(), 1);
    assert_eq!(label::translations(pool, old).unwrap(), [translations[at(other, "de")].clone()]);
    assert_eq!(article::translations_of(pool, article::list(pool).unwrap()).unwrap()[0].len(), 2);
}
