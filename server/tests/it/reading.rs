//! Files that people send, with what once went wrong in them: read right, or refused in one sentence
//! with the line. The small files are in `files`; people and places in them are made up.

use std::path::{Path, PathBuf};
use std::process::Output;

use domain::vote::opinion::read::open_data;
use sea_orm::{EntityTrait, PaginatorTrait};
use server::granted::Caller;
use server::vote::commands::import_polis::{Files, ImportPolis, Imported, import_polis};
use server::vote::queries::matrix;

use crate::command_line::{bare, done, refused};
use crate::support::{TestApp, on_both};

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/files")
        .join(name)
}

/// The program with a file, on this database.
fn soundings(url: &str, words: &[&str], file: &Path) -> Output {
    let folder = std::env::temp_dir();
    bare(&folder, url, words)
        .arg(file)
        // Keys are given, so that none is made, of which the program would speak.
        .env("SOUNDINGS_SECRET", "3".repeat(64))
        .env("SOUNDINGS_RECORD_KEY", "5".repeat(64))
        .output()
        .expect("the program runs")
}

fn count(rule: &str, file: &Path) -> Output {
    soundings("nothing", &["count", "--rule", rule], file)
}

#[test]
fn ballots_are_counted_or_refused_with_the_line() {
    for (file, says) in [
        (
            "blt/zero_line_among_ballots.blt",
            "Line 4: there is a number",
        ),
        ("blt/one_name_too_many.blt", "Line 7: there are more texts"),
    ] {
        let said = refused(&count("stv-scotland", &case(file)));
        assert!(said.starts_with(says), "{said}");
    }
    for file in ["blt/blank_lines.blt", "scottish/padded.csv"] {
        let said = done(&count("stv-scotland", &case(file)));
        assert!(said.contains("Ann"), "{said}");
    }
    for (file, says) in [
        (
            "pb/thousands_comma.pb",
            "Line 10: “300,000” in “budget” may be",
        ),
        ("pb/pound_sign.pb", "Line 10: “£300000” in “budget” is not"),
    ] {
        let said = refused(&count("greedy", &case(file)));
        assert!(said.starts_with(says), "{said}");
    }
}

#[test]
fn a_conversation_is_refused_with_the_file_and_the_line() {
    let opinion = |name: &str| soundings("nothing", &["opinion", "--json"], &case(name));
    for (folder, says) in REFUSED {
        let said = refused(&opinion(folder));
        assert!(said.starts_with(says), "{said}");
    }
    for folder in READ {
        done(&opinion(folder));
    }
}

/// Conversations that neither command takes, and what both say.
const REFUSED: [(&str, &str); 3] = [
    (
        "polis/dupcomment",
        "comments.csv, line 18: statement 7 is in line 16 already.",
    ),
    (
        "polis/dupperson",
        "participants-votes.csv, line 42: participant 3 is in line 5 already.",
    ),
    (
        "polis/unclosed",
        "comments.csv, line 3: a quotation mark opens here and is not closed",
    ),
];
/// Conversations that both take.
const READ: [&str; 3] = ["polis/plain", "polis/blankmod", "polis/unquoted"];

fn texts(folder: &str, name: &str) -> Files {
    let text = |file: &str| std::fs::read_to_string(case(folder).join(file)).expect("a file");
    Files {
        name: name.to_owned(),
        summary: String::new(),
        comments: text("comments.csv"),
        votes: text("participants-votes.csv"),
    }
}

async fn imported(app: &TestApp, files: Files) -> Imported {
    let command = ImportPolis { files, owner: None };
    import_polis(&app.app, &Caller::anyone(app.app.clock.now()), command)
        .await
        .expect("imported")
}

async fn areas_here(app: &TestApp) -> [u64; 2] {
    let db = app.app.db.read();
    [
        entity::area::Entity::find()
            .count(db)
            .await
            .expect("counts"),
        entity::postcode::Entity::find()
            .count(db)
            .await
            .expect("counts"),
    ]
}

on_both! {
    async fn an_import_and_an_analysis_take_and_refuse_the_same_conversations(app: &TestApp) {
        let url = &app.app.config.database_url;
        for (folder, says) in REFUSED {
            let said = refused(&soundings(url, &["import", "polis"], &case(folder)));
            assert!(said.starts_with(says), "{said}");
        }
        for folder in READ {
            let said = done(&soundings(url, &["import", "polis"], &case(folder)));
            assert!(said.contains("40 participants, 8 statements"), "{said}");
            let waits = said.contains("moderated by nobody");
            assert_eq!(waits, folder == "polis/blankmod", "{said}");
        }
        let db = app.app.db.read();
        let all = entity::consultation::Entity::find().all(db).await.expect("reads");
        let one = all.iter().find(|one| one.slug == "conversation-unquoted").expect("stored");
        let said = entity::statement::Entity::find().all(db).await.expect("reads");
        let said = said
            .iter()
            .find(|row| row.consultation_id == one.id && row.import_ref == Some(2))
            .expect("stored");
        assert_eq!(said.text, "Trees, benches, and shade");
        assert_eq!(one.opens_at, Some(1_600_000_000_000), "seconds, not milliseconds of 1970");
    }

    async fn statements_about_the_voter_form_no_groups_here_and_in_the_download(app: &TestApp) {
        let mut files = texts("polis/plain", "about voters");
        files.comments = files.comments.replacen("1,false,", "1,true,", 2);
        let slug = imported(app, files.clone()).await.slug;
        let theirs = open_data(&files.votes, Some(&files.comments)).expect("read").matrix;
        let meta = |hidden: Vec<bool>| hidden.into_iter().filter(|hidden| *hidden).count();
        assert_eq!(meta(theirs.hidden(false)), 2);
        let row = entity::consultation::Entity::find()
            .all(app.app.db.read())
            .await
            .expect("reads");
        let row = row.iter().find(|one| one.slug == slug).expect("stored");
        let id = domain::ids::ConsultationId(row.id);
        let ours = matrix::matrix(app.app.db.read(), &app.app.config.secret, id)
            .await
            .expect("reads");
        assert_eq!(meta(ours.hidden(false)), 2);
        server::jobs::find_opinions(&app.app, app.app.clock.now()).await.expect("found");
        let download = async |file: &str| {
            let path = format!("/consultations/{slug}/opinion/{file}");
            app.anyone().get(&path).await.expect(200).text()
        };
        let (comments, votes) = (download("comments.csv").await, download("participants-votes.csv").await);
        let again = open_data(&votes, Some(&comments)).expect("read").matrix;
        assert_eq!(again.hidden(false), ours.hidden(false));
    }

    async fn conversations_of_like_names_have_a_number_behind_theirs(app: &TestApp) {
        let mut slugs = Vec::new();
        for name in ["a.b", "a-b", "討論", "提案", "a.b"] {
            slugs.push(imported(app, texts("polis/plain", name)).await.slug);
        }
        assert_eq!(
            slugs,
            [
                "conversation-a-b",
                "conversation-a-b-2",
                "conversation",
                "conversation-2",
                "conversation-a-b",
            ]
        );
    }

    async fn an_import_of_areas_is_all_or_nothing_and_says_what_it_left_out(app: &TestApp) {
        let url = &app.app.config.database_url;
        let good = case("areas/good.geojson");
        let import = |option: &str, table: &str| {
            let table = case(table);
            let words = ["import", "areas", option, &table.to_string_lossy()];
            soundings(url, &words, &good)
        };
        for (option, table, says) in [
            ("--figures", "areas/fig_inf.csv", "line 2: “inf” under “residents”"),
            ("--postcodes", "areas/pc_semi.csv", "line 1: the columns are separated by semicolons"),
            ("--figures", "areas/pc_semi.csv", "line 1: the columns are separated by semicolons"),
            ("--postcodes", "register/utf16_Excel_Unicode_text_.csv", "the file is in UTF-16"),
        ] {
            let said = refused(&import(option, table));
            assert!(said.contains(says), "{said}");
            assert_eq!(areas_here(app).await, [0, 0], "{table}");
        }
        let said = done(&import("--postcodes", "areas/pc_space.csv"));
        assert!(said.contains("1 areas, 1 of them new.\n2 postcodes.\n1 rows say the same"), "{said}");
        assert_eq!(areas_here(app).await, [1, 2]);
        let said = done(&import("--postcodes", "areas/pc_elsewhere.csv"));
        assert!(said.contains("1 postcodes.\nLeft out: 1 postcodes whose area"), "{said}");
        assert_eq!(areas_here(app).await, [1, 3]);
        done(&soundings(url, &["import", "areas"], &case("areas/bom.geojson")));
    }

    async fn an_area_within_another_is_drawn_in_its_hole_however_that_is_wound(app: &TestApp) {
        let url = &app.app.config.database_url;
        done(&soundings(url, &["import", "areas"], &case("areas/donut_same_winding.geojson")));
        app.fresh();
        let page = app.anyone().get("/areas").await.expect(200);
        assert_eq!(page.texts("svg a title"), ["Ring Rural", "Enclave Town"], "the last is on top");
        assert_eq!(page.attributes("svg a path", "fill-rule"), ["evenodd", "evenodd"]);
    }
}
