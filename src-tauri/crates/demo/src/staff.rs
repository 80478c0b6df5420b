//! The organisation and its people: who joins, moves and leaves when, and how strong they sell.

use chrono::{Datelike, NaiveDate};
use yeji_core::goal::TargetBonus;
use yeji_core::ids::{MembershipId, PersonId, TargetBonusId, UnitId};
use yeji_core::org::{MemberRole, Membership, OPEN_END, OrgUnit, Person, UnitKind};
use yeji_core::{Currency, Money};

use crate::names::{PeopleNames, REGIONS, SHARED_NAME};
use crate::rng::{Ids, Kind, Rng, locate};
use crate::season::{on_to_working, plus};
use crate::{COMPANY_NAME, Frame, MAX_CYCLE_DAYS, SOURCE};

/// Founding day of the company and of its units, before anybody's hire.
const FOUNDED: NaiveDate = NaiveDate::from_ymd_opt(2005, 3, 18).expect("a valid date");
/// From this size on two people share a name.
const MIN_PEOPLE_FOR_SHARED_NAME: u32 = 10;
/// People per team that the number of teams aims at.
const PEOPLE_PER_TEAM: usize = 8;
const MIN_TEAMS: usize = 2;
/// Six regions of four cities.
const MAX_TEAMS: usize = 24;
/// Incumbents were hired at most this long before the history, and at least
/// [`INCUMBENT_MIN_DAYS`]: before the first deal of the history was opened.
const INCUMBENT_MAX_DAYS: i64 = 8 * 365;
const INCUMBENT_MIN_DAYS: i64 = MAX_CYCLE_DAYS + 30;
/// Draws of an owner before an anchor takes the deal.
const MAX_OWNER_DRAWS: u32 = 32;

/// The organisation, and what the deals need to know about those who sell.
#[derive(Debug)]
pub struct Staff {
    pub units: Vec<OrgUnit>,
    pub people: Vec<Person>,
    pub memberships: Vec<Membership>,
    pub target_bonuses: Vec<TargetBonus>,
    pub sellers: Vec<Seller>,
    /// Regions that have a department: the first so many of [`REGIONS`].
    pub regions: usize,
    /// Sellers at the front that stay all the time: one in each team.
    anchors: usize,
    /// Running sums of the sellers' strengths.
    strengths: Vec<u64>,
}

/// A person who sells.
#[derive(Debug)]
pub struct Seller {
    pub person: PersonId,
    /// Won deals of a thousand closed ones, before the customer's part in it.
    pub win_permille: u64,
    hired: NaiveDate,
    /// Day after the last one.
    end: NaiveDate,
    region: usize,
    moved: Option<(NaiveDate, usize)>,
}

impl Seller {
    /// In a team from one day to the other, both included.
    pub fn is_there(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.hired <= from && to < self.end
    }

    /// Region of the team on that day.
    pub fn region_on(&self, day: NaiveDate) -> usize {
        match self.moved {
            Some((on, region)) if on <= day => region,
            _ => self.region,
        }
    }
}

impl Staff {
    /// Somebody who is there on both days; the strong more often. Anchors always are.
    pub fn owner(&self, rng: &mut Rng, opened: NaiveDate, last: NaiveDate) -> &Seller {
        let all = self.strengths.last().copied().unwrap_or(0);
        for _ in 0..MAX_OWNER_DRAWS {
            let seller = &self.sellers[locate(&self.strengths, rng.below(all))];
            if seller.is_there(opened, last) {
                return seller;
            }
        }
        &self.sellers[rng.index(self.anchors)]
    }
}

/// A person before ids and staff numbers, which follow the order of hire.
struct Draft {
    name: String,
    role: MemberRole,
    team: usize,
    hired: NaiveDate,
    left: Option<NaiveDate>,
    moved: Option<(NaiveDate, usize)>,
}

struct Team {
    unit: UnitId,
    region: usize,
}

/// Builds the organisation.
pub fn build(frame: &Frame) -> Staff {
    let people_count = frame.spec.people as usize;
    let team_count = (people_count / PEOPLE_PER_TEAM).clamp(MIN_TEAMS, MAX_TEAMS);
    let regions = (team_count * 2).div_ceil(3).clamp(2, REGIONS.len());
    let (units, teams) = build_units(frame, team_count, regions);

    let mut rng = Rng::stream(frame.spec.seed, 2);
    let drafts = draft_people(frame, &mut rng, team_count);
    let mut by_hire: Vec<usize> = (0..drafts.len()).collect();
    by_hire.sort_by_key(|index| (drafts[*index].hired, *index));

    let mut person_ids = Ids::new(frame.spec.seed, Kind::Person);
    let mut people = Vec::with_capacity(drafts.len());
    let mut ids = vec![None; drafts.len()];
    for (rank, index) in by_hire.iter().enumerate() {
        let draft = &drafts[*index];
        let id = PersonId(person_ids.next(draft.hired));
        let staff_number = format!("LY{:04}", rank + 1);
        ids[*index] = Some(id);
        people.push(Person {
            id,
            source: SOURCE.to_owned(),
            external_id: staff_number.clone(),
            staff_number: Some(staff_number),
            name: draft.name.clone(),
            hired_on: Some(draft.hired),
            left_on: draft.left,
            batch: Some(frame.batch),
        });
    }
    let hired: Vec<(PersonId, &Draft)> = ids.into_iter().flatten().zip(&drafts).collect();

    let sellers: Vec<Seller> = hired
        .iter()
        .filter(|(_, draft)| draft.role == MemberRole::Sales)
        .map(|(person, draft)| Seller {
            person: *person,
            win_permille: 330 + rng.below(141),
            hired: draft.hired,
            end: draft.left.unwrap_or(OPEN_END),
            region: teams[draft.team].region,
            moved: draft.moved.map(|(on, team)| (on, teams[team].region)),
        })
        .collect();
    Staff {
        memberships: memberships(frame, &hired, &teams),
        target_bonuses: target_bonuses(frame, &mut rng, &hired),
        strengths: strengths(&mut rng, sellers.len()),
        units,
        people,
        sellers,
        regions,
        anchors: team_count,
    }
}

fn build_units(frame: &Frame, team_count: usize, regions: usize) -> (Vec<OrgUnit>, Vec<Team>) {
    let mut ids = Ids::new(frame.spec.seed, Kind::Unit);
    let mut units = Vec::new();
    let mut add = |parent, kind, name: String| {
        let id = UnitId(ids.next(FOUNDED));
        units.push(OrgUnit {
            id,
            parent,
            kind,
            name,
            valid_from: FOUNDED,
            valid_to: OPEN_END,
            batch: Some(frame.batch),
        });
        id
    };
    let company = add(None, UnitKind::Company, COMPANY_NAME.to_owned());
    let departments: Vec<UnitId> = REGIONS[..regions]
        .iter()
        .map(|region| {
            add(
                Some(company),
                UnitKind::Department,
                format!("{}大区", region.name),
            )
        })
        .collect();
    let teams = (0..team_count)
        .map(|index| {
            let region = index % regions;
            let city = REGIONS[region].cities[index / regions];
            let unit = add(
                Some(departments[region]),
                UnitKind::Team,
                format!("{city}销售部"),
            );
            Team { unit, region }
        })
        .collect();
    (units, teams)
}

/// A manager for each team, then sellers dealt to the teams in turn; the first of each team (the
/// anchor) is there all the time, every eighth of the others has one of these fates.
fn draft_people(frame: &Frame, rng: &mut Rng, team_count: usize) -> Vec<Draft> {
    let mut names = PeopleNames::new();
    let people_count = frame.spec.people as usize;
    let share_name = frame.spec.people >= MIN_PEOPLE_FOR_SHARED_NAME;
    let mut drafts = Vec::with_capacity(people_count);
    for team in 0..team_count {
        let hired = incumbent_hire(frame, rng);
        let name = names.draw(rng);
        drafts.push(Draft {
            name,
            role: MemberRole::Manager,
            team,
            hired,
            left: None,
            moved: None,
        });
    }
    for seller in 0..people_count - team_count {
        let team = seller % team_count;
        let mut draft = Draft {
            name: names.draw(rng),
            role: MemberRole::Sales,
            team,
            hired: incumbent_hire(frame, rng),
            left: None,
            moved: None,
        };
        // An anchor and a joiner or mover of the next team: different hire days, different numbers.
        if share_name && (seller == 0 || seller == team_count + 1) {
            SHARED_NAME.clone_into(&mut draft.name);
        }
        match seller.checked_sub(team_count).map(|other| other % 8) {
            Some(0 | 5) => draft.hired = day_within(frame, rng, 30, 90),
            Some(1) => {
                let on = day_within(frame, rng, 60, 60);
                let first_of_month = on.with_day(1).unwrap_or(on);
                draft.moved = Some((first_of_month, (team + 1) % team_count));
            }
            Some(2 | 6) => draft.left = Some(day_within(frame, rng, 90, 20)),
            _ => {}
        }
        drafts.push(draft);
    }
    drafts
}

fn incumbent_hire(frame: &Frame, rng: &mut Rng) -> NaiveDate {
    let before = rng.between(INCUMBENT_MIN_DAYS, INCUMBENT_MAX_DAYS);
    // Moving on takes at most 16 days, which `INCUMBENT_MIN_DAYS` leaves.
    on_to_working(plus(frame.first, -before))
}

/// A working day of the history, so many days off its ends.
fn day_within(frame: &Frame, rng: &mut Rng, after_first: i64, before_until: i64) -> NaiveDate {
    let length = frame.until.signed_duration_since(frame.first).num_days();
    on_to_working(plus(
        frame.first,
        rng.between(after_first, length - before_until),
    ))
}

fn memberships(frame: &Frame, hired: &[(PersonId, &Draft)], teams: &[Team]) -> Vec<Membership> {
    let mut ids = Ids::new(frame.spec.seed, Kind::Membership);
    let mut stays = Vec::new();
    for (person, draft) in hired {
        let end = draft.left.unwrap_or(OPEN_END);
        let mut add = |team: usize, from, to| {
            stays.push(Membership {
                id: MembershipId(ids.next(from)),
                person: *person,
                unit: teams[team].unit,
                role: draft.role,
                from,
                to,
                batch: Some(frame.batch),
            });
        };
        match draft.moved {
            Some((on, team)) => {
                add(draft.team, draft.hired, on);
                add(team, on, end);
            }
            None => add(draft.team, draft.hired, end),
        }
    }
    stays
}

/// 8,000 to 20,000 yuan a quarter; who was there before the last year gets a tenth more in it.
fn target_bonuses(frame: &Frame, rng: &mut Rng, hired: &[(PersonId, &Draft)]) -> Vec<TargetBonus> {
    let mut ids = Ids::new(frame.spec.seed, Kind::TargetBonus);
    let raise_on = frame
        .until
        .with_month(1)
        .and_then(|day| day.with_day(1))
        .unwrap_or(frame.until);
    let mut records = Vec::new();
    for (person, draft) in hired
        .iter()
        .filter(|(_, draft)| draft.role == MemberRole::Sales)
    {
        let yuan = 8_000 + rng.between(0, 12) * 1_000;
        let end = draft.left.unwrap_or(OPEN_END);
        let mut add = |yuan: i64, from, to| {
            records.push(TargetBonus {
                id: TargetBonusId(ids.next(from)),
                person: *person,
                per_quarter: Money::new(yuan * 100, Currency::CNY),
                from,
                to,
            });
        };
        if draft.hired < raise_on && raise_on < end {
            add(yuan, draft.hired, raise_on);
            add(yuan * 11 / 10, raise_on, end);
        } else {
            add(yuan, draft.hired, end);
        }
    }
    records
}

/// Running sums of strengths by a random ranking: 2,500 at the top, 1,000 in the middle, 300 at the
/// bottom, with a long tail (a cube) above the middle.
fn strengths(rng: &mut Rng, sellers: usize) -> Vec<u64> {
    let mut ranks: Vec<u64> = (0..sellers as u64).collect();
    for last in (1..ranks.len()).rev() {
        ranks.swap(last, rng.index(last + 1)); // Fisher and Yates, in Durstenfeld's form
    }
    let steps = (sellers as u64).saturating_sub(1).max(1);
    let mut sum = 0;
    ranks
        .iter()
        .map(|rank| {
            // 0 at the top, 1000 at the bottom.
            let place = rank * 1_000 / steps;
            sum += if place <= 500 {
                let above = 1_000 - 2 * place;
                1_000 + 1_500 * above * above * above / 1_000_000_000
            } else {
                1_000 - 700 * (2 * place - 1_000) / 1_000
            };
            sum
        })
        .collect()
}
