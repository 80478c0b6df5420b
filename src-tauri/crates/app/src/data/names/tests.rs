//! What names of files turn out to be.

use super::*;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn names(take_proposals: bool) -> Names {
    let mut names = Names::new(AliasKind::Customer, take_proposals);
    names.add_name("Acme Ltd", id(1));
    names.add_name("Globex Corp", id(2));
    names.add_name("Globex Corp", id(3));
    names.add_number("C-1", id(1));
    names
}

#[test]
fn texts_resolve() {
    let check = |text: &str, take: bool, expected: Resolved| {
        assert_eq!(names(take).resolve(text, 0), expected, "{text}");
    };
    check("Acme Ltd", false, Resolved::Known(id(1)));
    check("C-1", false, Resolved::Known(id(1)));
    check("Globex Corp", false, Resolved::Ambiguous);
    check("Initech", false, Resolved::New);
    check("AcmeLtd", false, Resolved::Undecided);
    check("AcmeLtd", true, Resolved::Known(id(1)));
    // Taking proposals does not choose between two of the same name, and leaves no question.
    check("GlobexCorp", true, Resolved::Ambiguous);
}

#[test]
fn a_later_decision_replaces_a_remembered_one() {
    let mut names = names(false);
    names.add_name("Initech", id(4));
    names.remember("AcmeLtd", id(4));
    names.decide("AcmeLtd", Some("Acme Ltd"));
    assert_eq!(names.resolve("AcmeLtd", 0), Resolved::Known(id(1)));
    let confirmed: Vec<_> = names.confirmed().collect();
    assert_eq!(confirmed, [("AcmeLtd", id(1))]);
}

#[test]
fn what_facts_name_and_nobody_knows_can_be_chosen_by_hand_among_many() {
    let mut names = Names::new(AliasKind::Customer, false);
    for number in 0..300 {
        names.add_name(&format!("Partner {number}"), id(number));
    }
    names.add_name("北京宏远贸易有限公司", id(900));
    assert_eq!(names.resolve("宏远", 0), Resolved::New);
    // A deal makes a record of what it names: no question is left.
    assert_eq!(names.resolve("新禾", 0), Resolved::New);
    names.settle_new("新禾", id(901));
    let asked = names.proposals(Currency::CNY);
    let texts: Vec<&str> = asked.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["宏远"]);
    assert!(!asked[0].decided && asked[0].proposal.is_none());
    assert_eq!(asked[0].choices[0], "北京宏远贸易有限公司");
    assert_eq!(asked[0].choices.len(), MAX_CHOICES);
    names.decide("宏远", Some("北京宏远贸易有限公司"));
    assert_eq!(names.resolve("宏远", 0), Resolved::Known(id(900)));
}

#[test]
fn who_says_that_a_name_is_new_finds_the_answer_among_the_decisions() {
    let mut names = names(false);
    names.decide("Initech", None);
    assert_eq!(names.resolve("Initech", 200), Resolved::New);
    names.settle_new("Initech", id(7));
    assert_eq!(names.resolve("Initech", 300), Resolved::Known(id(7)));
    let told = names.proposals(Currency::CNY);
    assert_eq!(told.len(), 1);
    assert!(told[0].decided && told[0].target.is_none(), "{told:?}");
    assert_eq!((told[0].rows, told[0].won_amount.minor), (2, 500));
}

#[test]
fn what_is_made_as_new_is_told_where_a_known_name_is_near() {
    let mut names = Names::new(AliasKind::Customer, true);
    names.add_name("客户1号公司", id(1));
    assert_eq!(
        names.resolve("客户1号公词", 100),
        Resolved::New,
        "not taken for it"
    );
    names.settle_new("客户1号公词", id(2));
    assert_eq!(names.resolve("客户1号公词", 100), Resolved::Known(id(2)));
    let told = names.proposals(Currency::CNY);
    assert_eq!(told[0].near, ["客户1号公司"]);
    assert_eq!((told[0].rows, told[0].decided), (2, false));
    assert!(told[0].proposal.is_none(), "nobody has to answer");
}

#[test]
fn a_remembered_name_is_told_where_another_is_near() {
    let mut names = names(false);
    names.add_name("Initech", id(4));
    names.remember("AcmeLtd", id(4));
    names.resolve("AcmeLtd", 0);
    let told = names.proposals(Currency::CNY);
    assert_eq!(
        told[0].proposal.as_deref(),
        Some("Acme Ltd"),
        "what is near"
    );
    assert_eq!(told[0].target.as_deref(), Some("Initech"), "what it is");
}

#[test]
fn names_added_later_are_proposed() {
    let mut names = names(false);
    assert_eq!(names.resolve("Initec", 0), Resolved::New);
    names.add_name("Umbrella Group", id(5));
    assert_eq!(names.resolve("UmbrellaGroup", 0), Resolved::Undecided);
}
