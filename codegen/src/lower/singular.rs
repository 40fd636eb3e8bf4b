//! The singular and the plural of an English table name, by a few rules and a table of exceptions. Knows words only.

/// The singular of a lower-case word; a word that is singular already, or unknown, stays as it is.
pub(crate) fn singular(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    if UNCHANGED.contains(&word) {
        return word.to_owned();
    }
    for (ending, replacement) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() + ending.len() >= 3
        {
            return format!("{stem}{replacement}");
        }
    }
    word.to_owned()
}

/// The plural of a lower-case word; a word that is plural already stays as it is.
fn plural(word: &str) -> String {
    if let Some((plural, _)) = IRREGULAR.iter().find(|(_, singular)| *singular == word) {
        return (*plural).to_owned();
    }
    if UNCHANGED.contains(&word) || singular(word) != word {
        return word.to_owned();
    }
    let before = |last: char| word.strip_suffix(last).and_then(|stem| stem.chars().last());
    match before('y') {
        Some(letter) if !"aeiou".contains(letter) => format!("{}ies", &word[..word.len() - 1]),
        Some(_) | None if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) => {
            format!("{word}es")
        }
        Some(_) | None => format!("{word}s"),
    }
}

/// The plural of words joined by `_`: of the last one.
pub(crate) fn plural_of(words: &str) -> String {
    match words.rsplit_once('_') {
        Some((first, last)) => format!("{first}_{}", plural(last)),
        None => plural(words),
    }
}

/// Endings from the most particular to the plainest: the first one that fits decides.
const ENDINGS: [(&str, &str); 12] = [
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("zzes", "zz"),
    ("tuses", "tus"),
    ("ruses", "rus"),
    ("ies", "y"),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("s", ""),
];

/// Words whose plural is the word itself, and singulars that end in `s`.
const UNCHANGED: [&str; 26] = [
    "news",
    "series",
    "species",
    "means",
    "headquarters",
    "alias",
    "atlas",
    "bias",
    "canvas",
    "gas",
    "lens",
    "dns",
    "gps",
    "sms",
    "tls",
    "https",
    "css",
    "aws",
    "os",
    "pos",
    "analytics",
    "logistics",
    "mathematics",
    "physics",
    "economics",
    "sales",
];

/// What no rule gets right.
const IRREGULAR: [(&str, &str); 52] = [
    ("people", "person"),
    ("children", "child"),
    ("men", "man"),
    ("women", "woman"),
    ("mice", "mouse"),
    ("geese", "goose"),
    ("feet", "foot"),
    ("teeth", "tooth"),
    ("oxen", "ox"),
    ("indices", "index"),
    ("vertices", "vertex"),
    ("matrices", "matrix"),
    ("appendices", "appendix"),
    ("criteria", "criterion"),
    ("phenomena", "phenomenon"),
    ("analyses", "analysis"),
    ("bases", "base"),
    ("crises", "crisis"),
    ("diagnoses", "diagnosis"),
    ("hypotheses", "hypothesis"),
    ("theses", "thesis"),
    ("axes", "axis"),
    ("buses", "bus"),
    ("bonuses", "bonus"),
    ("campuses", "campus"),
    ("aliases", "alias"),
    ("canvases", "canvas"),
    ("lenses", "lens"),
    ("gases", "gas"),
    ("quizzes", "quiz"),
    ("heroes", "hero"),
    ("potatoes", "potato"),
    ("tomatoes", "tomato"),
    ("echoes", "echo"),
    ("leaves", "leaf"),
    ("knives", "knife"),
    ("wives", "wife"),
    ("lives", "life"),
    ("wolves", "wolf"),
    ("shelves", "shelf"),
    ("halves", "half"),
    ("thieves", "thief"),
    ("movies", "movie"),
    ("cookies", "cookie"),
    ("calories", "calorie"),
    ("zombies", "zombie"),
    ("ties", "tie"),
    ("pies", "pie"),
    ("caches", "cache"),
    ("niches", "niche"),
    ("headaches", "headache"),
    ("taxes", "tax"),
];

#[cfg(test)]
mod tests {
    use super::{plural, singular};

    #[test]
    fn plurals_are_what_the_singular_is_of() {
        for (word, expected) in [
            ("account", "accounts"),
            ("category", "categories"),
            ("day", "days"),
            ("address", "addresses"),
            ("status", "statuses"),
            ("box", "boxes"),
            ("batch", "batches"),
            ("person", "people"),
            ("analysis", "analyses"),
            ("quiz", "quizzes"),
        ] {
            assert_eq!(plural(word), expected);
            assert_eq!(plural(expected), expected, "a plural stays");
            assert_eq!(singular(expected), word);
        }
        assert_eq!(plural("news"), "news");
        assert_eq!(plural(""), "s");
    }

    #[track_caller]
    fn check(plural: &str, expected: &str) {
        assert_eq!(singular(plural), expected, "{plural}");
    }

    #[test]
    fn regular_plurals_lose_their_ending() {
        check("accounts", "account");
        check("categories", "category");
        check("addresses", "address");
        check("statuses", "status");
        check("viruses", "virus");
        check("boxes", "box");
        check("batches", "batch");
        check("databases", "database");
        check("houses", "house");
        check("sizes", "size");
        check("movies", "movie");
        check("cities", "city");
        check("countries", "country");
    }

    #[test]
    fn singulars_and_unchanging_words_stay() {
        for word in
            ["account", "address", "status", "analysis", "news", "series", "species", "data", "bus", "gps"]
        {
            check(word, word);
        }
    }

    #[test]
    fn irregular_plurals_are_known() {
        check("people", "person");
        check("children", "child");
        check("indices", "index");
        check("quizzes", "quiz");
    }
}
