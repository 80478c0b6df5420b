//! What later files and rows say of earlier ones: the order in which a person's data comes must not
//! decide where their results are.

use super::*;

#[test]
fn a_team_without_its_department_is_the_present_one_or_asked_for() {
    let first: &[&str] = &["1,Ann,A,,,,,East", "2,Bob,A,,,,,West"];
    let stays: &[&str] = &["Ann sells A ..", "Bob sells A .."];
    check(
        &[(FIRST_DAY, first), (NEXT_DAY, &["1,Ann,A", "2,Bob,A"])],
        stays,
    );

    let mut world = World::default();
    world.import(FIRST_DAY, first);
    let told = world.import(NEXT_DAY, &["1,Ann,A", "3,Eve,A", "2,Bob,A"]);
    let team = "A".to_owned();
    assert_eq!(
        told.problems,
        [PersonProblem::TeamAmbiguous { team, count: 2 }]
    );
    assert_eq!(
        (told.records, told.transfers),
        (0, 0),
        "nor is anybody moved"
    );

    // The only team of a name needs no department, also for who leads it.
    check(
        &[
            (FIRST_DAY, &["1,Ann,A,,,,,East"]),
            (NEXT_DAY, &["3,Eve,A", "4,Mia,A,,manager"]),
        ],
        &["Ann sells A ..", "Eve sells A ..", "Mia leads A .."],
    );
}

#[test]
fn the_first_team_that_a_file_names_is_since_ever() {
    let deals: Import<'_> = (FIRST_DAY, &["deal,Bob", "deal,Mia"]);
    let people: &[(&[&str], &[&str])] = &[
        (
            &["1,Bob,North", "2,Mia,South"],
            &["Bob sells North ..", "Mia sells South .."],
        ),
        (
            &["1,Bob,North,,,2025-04-01", "2,Mia,,,,,,East"],
            &["Bob sells North 2025-04-01..", "Mia sells East .."],
        ),
        (
            &["1,Bob,North,,,2024-01-01,2025-06-01", "2,Mia,North"],
            &[
                "Bob sells North 2024-01-01..2025-06-01",
                "Mia sells North ..",
            ],
        ),
        (
            &["1,Bob,North,,manager", "2,Mia,South"],
            &["Bob leads North ..", "Mia sells South .."],
        ),
    ];
    for (rows, stays) in people {
        check(&[deals, (NEXT_DAY, rows)], stays);
        // The order of the files does not matter.
        check(
            &[(FIRST_DAY, rows), (NEXT_DAY, deals.1), (NEXT_DAY, rows)],
            stays,
        );
    }
    let mut world = World::default();
    world.import(deals.0, deals.1);
    assert_eq!(world.import(NEXT_DAY, people[0].0).transfers, 0, "no moves");
    let told = world.import("2026-04-01", &["1,Bob,West"]);
    assert_eq!(told.transfers, 1, "from then on a team is a team");
    // A file without a team leaves the question open for the next one.
    check(
        &[(FIRST_DAY, &["1,Bob"]), (NEXT_DAY, &["1,Bob,North"])],
        &["Bob sells North .."],
    );
}

#[test]
fn who_is_known_from_deals_and_named_as_leader_sold_there() {
    check(
        &[(FIRST_DAY, &["deal,Mia"]), (NEXT_DAY, &["1,Bob,North,Mia"])],
        &[
            "Bob sells North ..",
            "Mia leads North ..",
            "Mia sells North ..",
        ],
    );
    // Where of two is not known.
    check(
        &[
            (FIRST_DAY, &["deal,Mia"]),
            (NEXT_DAY, &["1,Bob,North,Mia", "2,Ann,South,Mia"]),
        ],
        &[
            "Ann sells South ..",
            "Bob sells North ..",
            "Mia leads North ..",
            "Mia leads South ..",
            "Mia sells Company ..",
        ],
    );
}

#[test]
fn a_hire_date_reaches_the_stay() {
    let check_hired = |before: &str, after: &str, stays: &[&str]| {
        let imports = [(FIRST_DAY, &[before][..]), (NEXT_DAY, &[after][..])];
        check(&imports, stays);
    };
    // It arrives, is corrected either way, and arrives with a move.
    let (none, later) = ("1,Bob,East", "1,Bob,East,,,2025-06-01");
    check_hired(none, later, &["Bob sells East 2025-06-01.."]);
    let earlier = "1,Bob,East,,,2024-02-01";
    check_hired(later, earlier, &["Bob sells East 2024-02-01.."]);
    check_hired(earlier, later, &["Bob sells East 2025-06-01.."]);
    check_hired(later, none, &["Bob sells East 2025-06-01.."]);
    check_hired(
        none,
        "1,Bob,West,,,2025-06-01",
        &[
            "Bob sells East 2025-06-01..2026-03-01",
            "Bob sells West 2026-03-01..",
        ],
    );
    check_hired(
        "1,Mia,East,,manager",
        "1,Mia,East,,manager,2025-06-01",
        &["Mia leads East 2025-06-01.."],
    );
    // Who left and is back has two beginnings; a correction moves the second.
    check(
        &[
            (FIRST_DAY, &["1,Bob,East,,,2024-01-01,2025-06-01"]),
            (NEXT_DAY, &["1,Bob,East,,,2026-02-01"]),
            (NEXT_DAY, &["1,Bob,East,,,2026-02-10"]),
        ],
        &[
            "Bob sells East 2024-01-01..2025-06-01",
            "Bob sells East 2026-02-10..",
        ],
    );
    // A stay that is over before that day is another one.
    check(
        &[
            (FIRST_DAY, &["1,Bob,East,,,,2025-06-01"]),
            (NEXT_DAY, &["1,Bob,East,,,2026-02-01"]),
        ],
        &["Bob sells East ..2025-06-01", "Bob sells East 2026-02-01.."],
    );
    let mut world = World::default();
    world.import(FIRST_DAY, &[none]);
    let told = world.import(NEXT_DAY, &["1,Bob,East,,,2026-01-01,2025-06-01"]);
    let (from, left) = (day("2026-01-01"), day("2025-06-01"));
    assert_eq!(
        told.problems,
        [PersonProblem::LeavesBeforeStart { from, left }]
    );
    assert_eq!(told.records, 0);
}

#[test]
fn deals_of_a_shared_name_are_given_to_nobody() {
    let shared = || {
        let numbers = vec!["1001".to_owned(), "1002".to_owned()];
        PersonProblem::SharedName { numbers }
    };
    let rows = ["1002,Wang Wei,East", "1001,Wang Wei,West", "3,Ann,East"];
    let mut world = World::default();
    world.import(FIRST_DAY, &["deal,Wang Wei"]);
    let told = world.import(NEXT_DAY, &rows);
    assert_eq!(told.problems, [shared(), shared()]);
    assert_eq!(
        world.stays(),
        ["Ann sells East ..", "Wang Wei sells Company .."]
    );
    // One at a time: the first is the only one of the name, the second is another person.
    let mut world = World::default();
    world.import(FIRST_DAY, &["deal,Wang Wei"]);
    assert_eq!(world.import(NEXT_DAY, &rows[..1]).problems, []);
    assert_eq!(world.import(NEXT_DAY, &rows).problems, []);
    assert_eq!(world.organisation.people().count(), 3);
}

#[test]
fn a_title_alone_does_not_take_the_goal_away() {
    let row: &[&str] = &["1,Bob,North,,Sales Manager", "deal,Bob"];
    let sells: &[&str] = &["Bob sells North .."];
    // Deals in the same import, before it, or after it with the people once more.
    check(&[(FIRST_DAY, row)], sells);
    check(&[(FIRST_DAY, &["deal,Bob"]), (NEXT_DAY, &row[..1])], sells);
    check(&[(FIRST_DAY, &row[..1])], &["Bob leads North .."]);
    check(&[(FIRST_DAY, &["1,Bob,North,,sales"])], sells);
    let chosen: &[&str] = &["1,Bob,North,,manager", "deal,Bob"];
    check(&[(FIRST_DAY, chosen)], &["Bob leads North .."]);
    // Deals of a name that two people have are nobody's yet.
    check(
        &[(
            FIRST_DAY,
            &[
                "1,Wang Wei,North,,经理",
                "2,Wang Wei,South,,经理",
                "deal,Wang Wei",
            ],
        )],
        &["Wang Wei leads North ..", "Wang Wei leads South .."],
    );
}
