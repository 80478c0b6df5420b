//! Which known names a spelling is taken for, and which not.

use super::*;
use proptest::prelude::*;

#[test]
fn a_legal_form_is_a_word_of_its_own() {
    let same = |a: &str, b: &str| same_company(a) == same_company(b);
    for (a, b) in [
        ("宏远贸易有限公司", "宏远贸易"),
        ("Acme Co., Ltd.", "ACME"),
        ("Acme Inc", "Acme, Inc."),
        ("Initech GmbH", "initech"),
        ("Acme Inc.", "ACME Incorporated"),
        ("Globex Trading Corporation Ltd.", "Globex Trading Corp"),
        ("Müller GmbH", "Mueller GmbH & Co. KG"),
    ] {
        assert!(same(a, b), "{a} {b}");
    }
    for (a, b) in [
        ("Cisco", "CIS Ltd"),
        ("Tesco", "TES Inc"),
        ("Zinc", "Z"),
        ("Ltd", "Inc"),
    ] {
        assert!(!same(a, b), "{a} {b}");
    }
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_name_with_the_sound_of_u_umlaut_is_found_however_it_is_typed() {
    let known = strings(&["吕伟", "王芳"]);
    for from in ["Lv Wei", "Lu Wei", "Lü Wei", "Wei Lu"] {
        let found = propose(&strings(&[from]), &known);
        let to = found.first().map(|alias| alias.to.as_str());
        assert_eq!(to, Some("吕伟"), "{from}");
    }
    let both = strings(&["吕伟", "卢伟"]);
    assert_eq!(
        propose(&strings(&["Lu Wei"]), &both),
        [],
        "either may be meant"
    );
    assert_eq!(sounds_like("吕伟"), sounds_like("吕玮"), "one sound");
}

#[test]
fn proposals() {
    let products = [
        "GTX Basic",
        "GTX Pro",
        "MG Special",
        "MG Advanced",
        "GTX Plus Pro",
        "GTX Plus Basic",
        "GTK 500",
    ];
    let check = |from: &str, known: &[&str], to: Option<(&str, AliasReason)>| {
        let found = propose(&strings(&[from]), &strings(known));
        let got = found.first().map(|alias| (alias.to.as_str(), alias.reason));
        assert_eq!(got, to, "{from}");
    };
    check(
        "GTXPro",
        &products,
        Some(("GTX Pro", AliasReason::SameLetters)),
    );
    check(
        "ｇｔｘ　ｐｒｏ",
        &products,
        Some(("GTX Pro", AliasReason::SameLetters)),
    );
    check("GTX Pro", &products, None);
    check("GTK 600", &products, None);
    check(
        "MG Speciel",
        &products,
        Some(("MG Special", AliasReason::Misspelt)),
    );
    check(
        "technolgy",
        &["technology", "retail"],
        Some(("technology", AliasReason::Misspelt)),
    );
    check("technolgy", &["retail"], None);
    check("wang", &["Wang", "WANG"], None);
    check("Markets", &["Marketx", "Marketz"], None);
    check("王伟", &["王炜"], None);
    let sounds = Some(("王伟", AliasReason::SameSound));
    check("Wang Wei", &["王伟", "李娜"], sounds);
    check("Wei Wang", &["王伟", "李娜"], sounds);
    check("wangwei", &["王伟"], sounds);
    check("Wang Wei", &["王伟", "王炜"], None);
    check("南京分公司", &["北京分公司"], None);
    check(
        "上海浦东软件有限公司",
        &["上海浦东软件有限公司 "],
        Some(("上海浦东软件有限公司 ", AliasReason::SameLetters)),
    );
    check(
        "上海浦东软件有限公可",
        &["上海浦东软件有限公司"],
        Some(("上海浦东软件有限公司", AliasReason::Misspelt)),
    );
    check("--", &["++"], None);
    check("", &[""], None);
}

/// What is too uncertain to be proposed is still told, so that a typing error does not pass unseen.
#[test]
fn names_that_could_be_meant_as_well() {
    let check = |from: &str, known: &[&str], near: &[&str]| {
        let index = AliasIndex::new(&strings(known));
        assert_eq!(index.near(from), strings(near), "{from}");
        assert_eq!(index.propose(from), None, "{from}: nobody is asked");
    };
    check("赵闵", &["赵敏", "王伟"], &["赵敏"]);
    check("吕玮", &["吕伟"], &["吕伟"]);
    check("宏源贸易", &["宏远贸易", "新禾食品"], &["宏远贸易"]);
    // Another company, however long the rest is: only a person may take one for the other.
    check(
        "北京华唯技术有限公司",
        &["北京华为技术有限公司"],
        &["北京华为技术有限公司"],
    );
    check(
        "客户1号公词",
        &["客户1号公司", "客户2号公司"],
        &["客户1号公司"],
    );
    check(
        "客户4号有限公司",
        &["客户4号公司", "客户5号公司"],
        &["客户4号公司"],
    );
    check("客户1号司", &["客户1号公司"], &["客户1号公司"]);
    check("南京分公司", &["北京分公司"], &["北京分公司"]);
    check("第三分公司", &["第一分公司", "第二分公司"], &[]);
    check("第三分公词", &["第二分公司", "第三分公司"], &["第三分公司"]);
    check("第1分公司", &["第一分公司", "第二分公司"], &["第一分公司"]);
    check("十里香食品", &["五里香食品"], &[]);
    check("王芳", &["王伟"], &[]);
    check("新禾食品", &["宏远贸易"], &[]);
    check("Acme", &["Ajax"], &[]);
    let many = ["甲乙丙丁", "甲乙丙戊", "甲乙丙己", "甲乙丙庚"];
    let index = AliasIndex::new(&strings(&many));
    assert_eq!(index.near("甲乙丙辛").len(), MAX_NEAR);
}

/// Comparing each known name with the spelling, as the index does not.
fn scanned(index: &AliasIndex, from: &[char]) -> Vec<String> {
    let near = index.keys.iter().filter(|key| {
        key.letters.len() >= MIN_NEAR_CHARS
            && one_apart(from, &key.letters)
            && same_digits(from, &key.letters)
    });
    near.flat_map(|key| &key.names).cloned().collect()
}

proptest! {
    #[test]
    fn the_index_finds_what_comparing_each_finds(
        known in prop::collection::vec("[甲乙一二a1]{2,7}", 0..40),
        from in "[甲乙一二a1]{4,7}",
    ) {
        let index = AliasIndex::new(&known);
        let letters: Vec<char> = from.chars().collect();
        let digits = digits(&letters);
        let near = index.maybe_apart(&letters);
        let near = near.filter(|key| one_apart(&letters, &key.letters) && key.digits == digits);
        let near: Vec<String> = near.flat_map(|key| &key.names).cloned().collect();
        prop_assert_eq!(near, scanned(&index, &letters));
        // A mistake is a swap of neighbours as well.
        for key in &index.keys {
            if key.letters.len() >= MIN_NEAR_CHARS && distance(&letters, &key.letters) == 1 {
                let found = index.maybe_apart(&letters).any(|maybe| maybe.letters == key.letters);
                prop_assert!(found, "{from} {:?}", key.letters);
            }
        }
    }

    #[test]
    fn a_proposal_is_a_known_name_other_than_itself(
        unknown in prop::collection::vec("[a-c ]{0,10}", 0..8),
        known in prop::collection::vec("[a-c ]{0,10}", 0..8),
    ) {
        for alias in propose(&unknown, &known) {
            prop_assert!(known.contains(&alias.to));
            prop_assert!(!known.contains(&alias.from), "what is known needs no alias");
        }
    }
}
