//! Joins that are folded into structs with collections.

use porpoise::{ErrorKind, Pool};

use super::queries::{articles, people};
use super::sample;

fn person(pool: &Pool, name: &str, city: Option<u16>) -> u32 {
    people::add_person(pool, name, None, city).unwrap()
}

#[test]
fn each_city_has_its_people_and_one_without_any_an_empty_list() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let lyon = people::add_city(pool, "Lyon", "FR").unwrap();
    let bonn = people::add_city(pool, "Bonn", "DE").unwrap();
    let nancy = people::add_city(pool, "Nancy", "FR").unwrap();
    let zoe = person(pool, "Zoé", Some(lyon));
    let ada = person(pool, "Ada", Some(lyon));
    person(pool, "Nobody", None);
    let udo = person(pool, "Udo", Some(bonn));

    let cities = people::cities_with_people(pool).unwrap();
    let shown: Vec<(u16, Vec<u32>)> =
        cities.iter().map(|city| (city.id, city.people.iter().map(|person| person.id).collect())).collect();
    assert_eq!(shown, [(bonn, vec![udo]), (lyon, vec![ada, zoe]), (nancy, vec![])], "in the order asked for");
    assert_eq!(cities[1].people[1].name, "Zoé");
    assert_eq!(cities[1].people[1].city_id, Some(lyon));
}

#[test]
fn one_city_is_found_with_all_of_its_people() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let lyon = people::add_city(pool, "Lyon", "FR").unwrap();
    let nancy = people::add_city(pool, "Nancy", "FR").unwrap();
    person(pool, "Zoé", Some(lyon));
    person(pool, "Ada", Some(lyon));

    let found = people::city_with_people(pool, lyon).unwrap().unwrap();
    assert_eq!(found.name, "Lyon");
    assert_eq!(found.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Ada", "Zoé"]);
    assert!(people::city_with_people(pool, nancy).unwrap().unwrap().people.is_empty());
    assert_eq!(people::city_with_people(pool, 99).unwrap(), None);
}

#[test]
fn exactly_one_city_may_have_many_people() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    assert_eq!(people::city_by_name(pool, "FR", "Lyon").unwrap_err().kind(), ErrorKind::NotFound);
    let lyon = people::add_city(pool, "Lyon", "FR").unwrap();
    person(pool, "Zoé", Some(lyon));
    person(pool, "Ada", Some(lyon));
    let only = people::city_by_name(pool, "FR", "Lyon").unwrap();
    assert_eq!((only.id, only.people.len()), (lyon, 2));
}

#[test]
fn two_collections_do_not_repeat_each_other() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let lyon = people::add_city(pool, "Lyon", "FR").unwrap();
    people::add_city(pool, "Nancy", "FR").unwrap();
    people::add_city(pool, "Paris", "FR").unwrap();
    people::add_city(pool, "Lyon", "US").unwrap();
    // Two people of one name are two people.
    let ids =
        [person(pool, "Ada", Some(lyon)), person(pool, "Ada", Some(lyon)), person(pool, "Zoé", Some(lyon))];

    let places = people::places(pool).unwrap();
    let names: Vec<(&str, &str)> =
        places.iter().map(|place| (place.country.as_str(), place.name.as_str())).collect();
    assert_eq!(names, [("FR", "Lyon"), ("FR", "Nancy"), ("FR", "Paris"), ("US", "Lyon")]);
    assert_eq!(places[0].people.iter().map(|person| person.id).collect::<Vec<_>>(), ids);
    assert_eq!(places[0].neighbours, ["Nancy", "Paris"]);
    assert_eq!(places[1].neighbours, ["Lyon", "Paris"]);
    assert_eq!((places[3].people.len(), places[3].neighbours.len()), (0, 0));
}

/// Position, name, and the ids of the other articles.
type Creator<'a> = (u8, &'a str, Vec<u32>);

#[test]
fn three_levels_of_a_many_to_many_relation() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let [ada, bob, cleo] = ["Ada", "Bob", "Cleo"].map(|name| articles::add_creator(pool, name).unwrap());
    let [first, second, third, nobodys] = ["First", "Second", "Third", "Nobody's"]
        .map(|title| articles::add_article(pool, title, "...", None, None).unwrap());
    let credit =
        |article_id, creator_id, position| articles::CreditParams { article_id, creator_id, position };
    articles::credit(
        pool,
        &[
            credit(first, bob, 1),
            credit(first, ada, 2),
            credit(second, ada, 1),
            credit(third, ada, 1),
            credit(third, cleo, 2),
        ],
    )
    .unwrap();

    let found = articles::with_creators(pool).unwrap();
    let shown: Vec<(u32, Vec<Creator<'_>>)> = found
        .iter()
        .map(|article| {
            let creators = article.creators.iter().map(|creator| {
                (
                    creator.position,
                    creator.name.as_str(),
                    creator.others.iter().map(|other| other.id).collect(),
                )
            });
            (article.id, creators.collect())
        })
        .collect();
    assert_eq!(
        shown,
        [
            (first, vec![(1, "Bob", vec![]), (2, "Ada", vec![second, third])]),
            (second, vec![(1, "Ada", vec![first, third])]),
            (third, vec![(1, "Ada", vec![first, second]), (2, "Cleo", vec![])]),
            (nobodys, vec![]),
        ]
    );
}

#[test]
fn a_condition_that_is_left_out_changes_nothing_of_the_shape() {
    let Some(database) = sample() else { return };
    let pool = &database.pool;
    let lyon = people::add_city(pool, "Lyon", "FR").unwrap();
    person(pool, "Ada", Some(lyon));
    person(pool, "Zoé", Some(lyon));
    let count = |name: Option<&str>| {
        let found = people::city_with_some(pool, &people::CityWithSomeParams { name, id: lyon }).unwrap();
        found.map(|city| city.people.len())
    };
    assert_eq!((count(None), count(Some("Ada")), count(Some("Eve"))), (Some(2), Some(1), None));
}
