//! Files that an import leaves out, and files whose encoding is named.

use crate::cli::Yeji;

const PEOPLE: &str = "name,team\nAnn,North\n";
/// 产品名称,产品编号,标价 in GB18030: a trial's file that was taken for Korean.
const PRODUCTS: &[u8] = b"\xb2\xfa\xc6\xb7\xc3\xfb\xb3\xc6,\xb2\xfa\xc6\xb7\xb1\xe0\xba\xc5,\xb1\xea\xbc\xdb\n\xb2\xfa\xc6\xb71,P1,100\n";
/// Goods and counts in Korean.
const KOREAN: &[u8] = b"\xc7\xb0\xb8\xf1,\xbc\xf6\xb7\xae\n\xba\xbc\xc6\xae,3\n";

/// A script that runs at night must not see success where a file of several was not taken.
#[test]
fn a_file_that_is_left_out_is_said_at_the_end_and_is_no_success() {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let notes = yeji.file("notes.csv", "colour,size\nred,large\n");
    let broken = yeji.file("broken.csv", b"name,team\n\x00\x01\x02\n");
    let paths = [&people, &notes, &broken].map(|path| path.to_str().unwrap());
    let [people, notes, broken] = paths;
    for as_json in [false, true] {
        let mut arguments = vec!["import", people, notes, broken, "--yes"];
        arguments.extend(as_json.then_some("--json"));
        let output = yeji.run(&arguments);
        let (out, err) = crate::cli::texts(&output);
        assert_eq!(output.status.code(), Some(2), "{out}\n{err}");
        let end = if as_json { &out } else { &err };
        let last = &end[end.len().saturating_sub(700)..];
        assert!(
            last.contains("notes.csv") && last.contains("broken.csv"),
            "{end}"
        );
        assert!(out.contains("people.csv"), "the others are taken: {out}");
    }
    yeji.ok(&["import", people, "--yes"]);
}

/// Exports of several branches usually have one name: what is known of one says nothing of another.
#[test]
fn files_of_one_name_in_two_folders_are_two() {
    let yeji = Yeji::new();
    for folder in ["a", "b"] {
        std::fs::create_dir(yeji.path(folder)).unwrap();
    }
    let known = yeji.file("a/x.csv", PEOPLE);
    let unknown = yeji.file("b/x.csv", "colour,size\nred,large\n");
    let [known, unknown] = [&known, &unknown].map(|path| path.to_str().unwrap());
    for (one, other) in [(known, unknown), (unknown, known)] {
        let output = yeji.run(&["import", one, other, "--yes"]);
        let (out, err) = crate::cli::texts(&output);
        assert_eq!(output.status.code(), Some(2), "{out}\n{err}");
        assert!(err.contains("x.csv"), "{err}");
    }
    yeji.ok(&["import", known, "--yes"]);
}

/// What lies beside the tables of a folder is nothing that anybody misses.
#[test]
fn other_files_of_a_folder_are_no_failure() {
    let yeji = Yeji::new();
    std::fs::create_dir(yeji.path("folder")).unwrap();
    yeji.file("folder/people.csv", PEOPLE);
    yeji.file("folder/readme.txt", "notes");
    yeji.ok(&["import", yeji.path("folder").to_str().unwrap(), "--yes"]);
}

#[test]
fn chinese_is_recognised_and_an_encoding_can_be_named() {
    let yeji = Yeji::new();
    let products = yeji.file("products.csv", PRODUCTS);
    let result = yeji.json(&[
        "import",
        products.to_str().unwrap(),
        "--yes",
        "--currency",
        "CNY",
    ]);
    assert_eq!(result["files"][0]["kind"], "products");
    assert_eq!(result["files"][0]["new_rows"], 1);
    let korean = yeji.file("korean.csv", KOREAN);
    let korean = korean.to_str().unwrap();
    let map = yeji.file(
        "map.toml",
        "kind = \"products\"\n[columns]\nname = \"품목\"\n",
    );
    let map = map.to_str().unwrap();
    let named = [
        "import",
        korean,
        "--map",
        map,
        "--encoding",
        "euc-kr",
        "--yes",
        "--json",
    ];
    let output = yeji.run(&named);
    let (out, err) = crate::cli::texts(&output);
    assert!(output.status.success(), "{out}\n{err}");
    let refused = yeji.fails(&["import", korean, "--encoding", "utf-8", "--yes"], 2);
    assert!(refused.contains("UTF-8"), "{refused}");
    let unknown = yeji.fails(&["import", korean, "--encoding", "utf-7", "--yes"], 2);
    assert!(unknown.contains("gb18030"), "{unknown}");
}

/// A mapping that somebody edited is not lost to an export of the same name, and a mistyped source is told.
#[test]
fn an_export_overwrites_nothing_and_a_mistyped_source_is_told() {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    yeji.ok(&["import", people.to_str().unwrap(), "--yes"]);
    let map = yeji.file(
        "map.toml",
        "kind = \"people\"\n[columns]\nname = \"name\"\n",
    );
    let map = map.to_str().unwrap();
    let import = ["mapping", "import", map, "--name", "monthly"];
    yeji.ok(&import);
    let said = yeji.fails(&import, 2);
    assert!(
        said.contains("monthly") && said.contains("--overwrite"),
        "{said}"
    );
    yeji.ok(&[&import[..], &["--overwrite"]].concat());
    let before = std::fs::read(map).unwrap();
    let said = yeji.fails(&["mapping", "export", "monthly", map], 2);
    assert!(said.contains("--overwrite"), "{said}");
    assert_eq!(std::fs::read(map).unwrap(), before);
    yeji.ok(&["mapping", "export", "monthly", map, "--overwrite"]);

    let output = yeji.run(&["sources", "precedence", "crm,erp"]);
    let said = crate::cli::texts(&output).1;
    assert!(
        output.status.success() && said.contains("imported from: erp"),
        "{said}"
    );
    let output = yeji.run(&["sources", "precedence", "foo,crm"]);
    let said = crate::cli::texts(&output).1;
    assert!(
        said.contains("foo") && said.contains("no longer in the order: erp"),
        "{said}"
    );
}
