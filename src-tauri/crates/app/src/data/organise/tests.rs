mod order;

use yeji_core::org::OPEN_START;
use yeji_intake::known_role;

use super::managers::AmbiguousManager;
use super::*;

const FIRST_DAY: &str = "2026-01-05";
const NEXT_DAY: &str = "2026-03-01";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `number, name, team, manager, role, hired, left, department`; an empty cell is none. A role is a
/// title, or a rule by its code as a mapping would have it.
fn row(cells: &str) -> PersonRow {
    let cells: Vec<Option<String>> = cells
        .split(',')
        .map(|cell| Some(cell.trim().to_owned()).filter(|cell| !cell.is_empty()))
        .collect();
    let get = |index: usize| cells.get(index).cloned().flatten();
    PersonRow {
        line: 2,
        staff_number: get(0),
        name: get(1).unwrap(),
        team: get(2),
        manager: get(3),
        role: get(4).map(|text| text.parse().unwrap_or_else(|()| known_role(&text))),
        hired_on: get(5).map(|text| day(&text)),
        left_on: get(6).map(|text| day(&text)),
        department: get(7),
        warnings: Vec::new(),
    }
}

/// What the store would hold, import after import.
#[derive(Default)]
struct World {
    organisation: Organisation,
    ids: u128,
    /// Who owns deals.
    sellers: BTreeSet<PersonId>,
}

/// What an import told.
struct Told {
    problems: Vec<PersonProblem>,
    ambiguous: Vec<AmbiguousManager>,
    records: usize,
    transfers: u64,
}

/// The owner of a line of deals, which is `deal, name`.
fn owner(line: &str) -> Option<&str> {
    line.strip_prefix("deal,").map(str::trim)
}

impl World {
    fn import(&mut self, today: &str, rows: &[&str]) -> Told {
        let batch = BatchId(Uuid::nil());
        let (deals, rows): (Vec<&str>, Vec<&str>) =
            rows.iter().partition(|line| owner(line).is_some());
        let mut expected = Expected::default();
        for cells in &rows {
            expected.add_person(&row(cells));
        }
        for name in deals.iter().filter_map(|line| owner(line)) {
            expected.add_owner(name.to_owned());
        }
        expected.add_sellers(self.sellers.iter().copied());
        let mut organiser = Organiser::new(&self.organisation, "crm", batch, day(today), expected);
        let ids = &mut self.ids;
        let mut new_id = || {
            *ids += 1;
            Uuid::from_u128(*ids)
        };
        let company = organiser.company("Company", &mut new_id);
        let mut seen = BTreeSet::new();
        let mut problems = Vec::new();
        for cells in &rows {
            let put = organiser.put_row(&row(cells), company, &mut seen, &mut new_id);
            problems.extend(put.err());
        }
        let ambiguous = organiser.settle_managers(&mut new_id);
        let nobody_is_known = self.organisation.people().next().is_none() && rows.is_empty();
        for name in deals.iter().filter_map(|line| owner(line)) {
            if nobody_is_known {
                let id = organiser.put_owner(name, company, &mut new_id);
                self.sellers.insert(id);
            } else {
                let named: Vec<_> = organiser.people().filter(|p| p.name == name).collect();
                // Deals of a name that several people have are refused.
                if let [one] = named[..] {
                    self.sellers.insert(one.id);
                }
            }
        }
        let records = organiser.records().len() + organiser.deleted().len();
        let transfers = organiser.transfers;
        for stay in organiser.stays.all() {
            assert!(stay.from < stay.to, "the store refuses {stay:?}");
        }
        self.organisation = Organisation::new(
            organiser.units.into_all(),
            organiser.people.into_values().collect(),
            organiser.stays.all().cloned().collect(),
        )
        .unwrap();
        Told {
            problems,
            ambiguous,
            records,
            transfers,
        }
    }

    /// `name team role from..to`, sorted; open ends are left out.
    fn stays(&self) -> Vec<String> {
        let open = |day: NaiveDate, end: NaiveDate| {
            if day == end {
                String::new()
            } else {
                day.to_string()
            }
        };
        let mut stays: Vec<String> = self
            .organisation
            .memberships()
            .iter()
            .map(|stay| {
                let role = match stay.role {
                    MemberRole::Manager => "leads",
                    MemberRole::Sales => "sells",
                };
                format!(
                    "{} {role} {} {}..{}",
                    self.organisation.person(stay.person).unwrap().name,
                    self.organisation.unit(stay.unit).unwrap().name,
                    open(stay.from, OPEN_START),
                    open(stay.to, OPEN_END),
                )
            })
            .collect();
        stays.sort();
        stays
    }
}

type Import<'a> = (&'a str, &'a [&'a str]);

/// Imports, the last one twice, and the stays that they lead to.
fn check(imports: &[Import<'_>], stays: &[&str]) {
    let mut world = World::default();
    for (today, rows) in imports {
        let told = world.import(today, rows);
        assert_eq!(told.problems, [], "{imports:?}");
    }
    assert_eq!(world.stays(), stays, "{imports:?}");
    let (today, rows) = imports.last().unwrap();
    let again = world.import(today, rows);
    assert_eq!(
        again.records, 0,
        "the same file again changes nothing: {imports:?}"
    );
    let later = world.import("2027-07-01", rows);
    assert_eq!(later.records, 0, "nor on a later day: {imports:?}");
    assert_eq!(world.stays(), stays);
}

#[test]
fn a_first_import_is_since_ever_or_since_the_hire_date() {
    check(
        &[(FIRST_DAY, &["1,Ann,East,Mia", "2,Bob,East,Mia,,2025-04-01"])],
        &[
            "Ann sells East ..",
            "Bob sells East 2025-04-01..",
            "Mia leads East ..",
        ],
    );
}

#[test]
fn a_leader_who_sells_keeps_both_stays() {
    check(
        &[(FIRST_DAY, &["1,Ann,East,Mia", "2,Mia,East,"])],
        &[
            "Ann sells East ..",
            "Mia leads East ..",
            "Mia sells East ..",
        ],
    );
    let rows: &[&str] = &["1,Ann,East,Mia", "2,Mia,East,Mia"];
    check(
        &[(FIRST_DAY, rows), (NEXT_DAY, rows)],
        &[
            "Ann sells East ..",
            "Mia leads East ..",
            "Mia sells East ..",
        ],
    );
}

#[test]
fn a_move_is_dated_the_day_of_the_import() {
    check(
        &[(FIRST_DAY, &["1,Ann,East"]), (NEXT_DAY, &["1,Ann,West"])],
        &["Ann sells East ..2026-03-01", "Ann sells West 2026-03-01.."],
    );
}

#[test]
fn a_wrong_move_is_corrected_on_the_same_day() {
    check(
        &[
            (FIRST_DAY, &["1,Ann,East"]),
            (NEXT_DAY, &["1,Ann,West"]),
            (NEXT_DAY, &["1,Ann,North"]),
        ],
        &[
            "Ann sells East ..2026-03-01",
            "Ann sells North 2026-03-01..",
        ],
    );
    check(
        &[
            (FIRST_DAY, &["1,Ann,East"]),
            (NEXT_DAY, &["1,Ann,West"]),
            (NEXT_DAY, &["1,Ann,East"]),
        ],
        &["Ann sells East .."],
    );
}

#[test]
fn a_promotion_ends_selling() {
    check(
        &[
            (FIRST_DAY, &["1,Ann,East,,Sales"]),
            (NEXT_DAY, &["1,Ann,East,,Sales Manager"]),
        ],
        &["Ann leads East 2026-03-01..", "Ann sells East ..2026-03-01"],
    );
}

#[test]
fn a_manager_with_a_leave_date_has_one_stay() {
    check(
        &[
            (FIRST_DAY, &["1,Mia,East,,Manager"]),
            (NEXT_DAY, &["1,Mia,East,,Manager,,2026-02-01"]),
        ],
        &["Mia leads East ..2026-02-01"],
    );
    check(
        &[
            (FIRST_DAY, &["1,Ann,East,Mia,Sales", "2,Mia,East,,Sales"]),
            (
                NEXT_DAY,
                &["1,Ann,East,Mia,Sales", "2,Mia,East,,Sales,,2026-02-01"],
            ),
        ],
        &[
            "Ann sells East ..",
            "Mia leads East ..2026-02-01",
            "Mia sells East ..2026-02-01",
        ],
    );
}

#[test]
fn a_team_has_the_manager_that_is_named_now() {
    check(
        &[
            (FIRST_DAY, &["1,Ann,East,Mia"]),
            (NEXT_DAY, &["1,Ann,East,Tom"]),
        ],
        &[
            "Ann sells East ..",
            "Mia leads East ..2026-03-01",
            "Tom leads East 2026-03-01..",
        ],
    );
    check(
        &[
            (FIRST_DAY, &["1,Ann,East,Mia"]),
            (NEXT_DAY, &["1,Ann,East,Tom"]),
            (NEXT_DAY, &["1,Ann,East,Eva"]),
        ],
        &[
            "Ann sells East ..",
            "Eva leads East 2026-03-01..",
            "Mia leads East ..2026-03-01",
        ],
    );
}

#[test]
fn who_leaves_may_come_back() {
    let left = "1,Ann,East,,,2024-01-01,2025-06-01";
    check(
        &[
            (FIRST_DAY, &["1,Ann,East,,,2024-01-01"]),
            (NEXT_DAY, &[left]),
        ],
        &["Ann sells East 2024-01-01..2025-06-01"],
    );
    check(
        &[
            (FIRST_DAY, &[left]),
            (NEXT_DAY, &["1,Ann,East,,,2026-02-01"]),
        ],
        &[
            "Ann sells East 2024-01-01..2025-06-01",
            "Ann sells East 2026-02-01..",
        ],
    );
    // They left before the file had them elsewhere: no stay in the new team, nor one since ever.
    check(
        &[
            (FIRST_DAY, &["1,Ann,East"]),
            (NEXT_DAY, &["1,Ann,West,,,,2026-02-01"]),
        ],
        &["Ann sells East ..2026-02-01"],
    );
}

#[test]
fn a_leave_date_before_the_start_is_refused_and_writes_nothing() {
    let refused = |from: &str, left: &str| {
        [PersonProblem::LeavesBeforeStart {
            from: day(from),
            left: day(left),
        }]
    };
    let mut world = World::default();
    let told = world.import(FIRST_DAY, &["1,Ann,East,,,2025-05-01,2025-05-01"]);
    assert_eq!(told.problems, refused("2025-05-01", "2025-05-01"));
    assert_eq!(world.organisation.people().count(), 0);

    world.import(FIRST_DAY, &["1,Ann,East"]);
    world.import(NEXT_DAY, &["1,Ann,West"]);
    let told = world.import(NEXT_DAY, &["1,Ann,West,,,,2026-02-01"]);
    assert_eq!(told.problems, refused(NEXT_DAY, "2026-02-01"));
    assert_eq!(told.records, 0);
}

#[test]
fn a_file_that_names_less_moves_nobody() {
    let mut world = World::default();
    world.import(FIRST_DAY, &["1,Ann,East,,,,,Region"]);
    for less in ["1,Ann,East", "1,Ann"] {
        let told = world.import(NEXT_DAY, &[less]);
        assert_eq!(told.records, 0, "{less}");
    }
}

#[test]
fn namesakes_are_never_guessed() {
    let mut world = World::default();
    world.import(FIRST_DAY, &["1,Wang Wei,East", "2,Wang Wei,West"]);
    let told = world.import(NEXT_DAY, &[",Wang Wei,East", "3,Ann,East,Wang Wei"]);
    assert_eq!(told.problems, [PersonProblem::Ambiguous]);
    assert_eq!(told.ambiguous.len(), 1);
    assert_eq!(world.organisation.people().count(), 3, "no third Wang Wei");
    // The one of them who leads the team is meant; the order of the rows does not matter.
    let told = world.import(
        NEXT_DAY,
        &["3,Ann,East,Wang Wei", "1,Wang Wei,East,,Manager"],
    );
    assert_eq!(told.ambiguous, []);
    assert_eq!(world.organisation.people().count(), 3);
    let told = world.import(NEXT_DAY, &["4,Bob,West,2"]);
    assert_eq!(told.ambiguous, [], "a staff number names one");
}

#[test]
fn a_repeated_person_is_told_and_writes_nothing() {
    let mut world = World::default();
    let told = world.import(FIRST_DAY, &["1,Ann,East", ",Ann,West,,,2020-01-01"]);
    assert_eq!(told.problems, [PersonProblem::Duplicate]);
    assert_eq!(world.stays(), ["Ann sells East .."]);
    let ann = world.organisation.people().next().unwrap();
    assert_eq!(ann.hired_on, None);
}
