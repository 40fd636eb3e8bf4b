//! Generates the functions of `queries/` into OUT_DIR, from the committed snapshots: no server is asked.

fn main() {
    porpoise_codegen::Builder::new("queries/porpoise.toml").generate();
    porpoise_codegen::Builder::new("queries/mariadb/porpoise.toml").file_name("mariadb.rs").generate();
    porpoise_codegen::Builder::new("queries/keyed/porpoise.toml").file_name("keyed.rs").generate();
    porpoise_codegen::Builder::new("queries/keyed/mysql/porpoise.toml")
        .file_name("keyed_mysql.rs")
        .generate();
    porpoise_codegen::Builder::new("queries/hostile/porpoise.toml").file_name("hostile.rs").generate();
}
