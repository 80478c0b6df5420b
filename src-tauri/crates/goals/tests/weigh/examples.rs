//! Weights by example.

use yeji_core::Ratio;
use yeji_goals::weigh::{Factor, Market, PastYear, Presence, SegmentWeight, Source};
use yeji_goals::{Level, LevelUnit, weigh};

use crate::{assert_closes, company, find, input, person, ratio, unit};

#[test]
fn history_with_damping_and_why() {
    // The worked example of docs/goals-engines.md.
    let mut input = input(
        1_200_000,
        company(),
        &[(Factor::History, "0.8"), (Factor::Equal, "0.2")],
    );
    input.damping = ratio("3/4");
    let output = weigh(&input).unwrap();
    assert_closes(&output);
    // Pots of 1,200,000: history 720,000, damping 240,000, equal 240,000. The new person weighs the
    // median of west, 10,000; so east has 100,000 of 130,000 and three heads of six.
    let east = find(&output, "east");
    let parts: Vec<(Source, i64)> = east
        .contributions
        .iter()
        .map(|part| (part.source, part.minor))
        .collect();
    assert_eq!(
        parts,
        [
            (Source::History, 553_846),
            (Source::Damping, 120_000),
            (Source::Equal, 120_000)
        ]
    );
    assert_eq!(east.minor, 793_846);
    assert_eq!(east.contributions[0].pot, Some(720_000));
    assert_eq!(east.contributions[0].weight, Some(ratio("100000")));
    assert_eq!(east.contributions[0].of, Some(ratio("130000")));
    assert_eq!(find(&output, "west").minor, 406_154);
    // West by history: xu 20,000, qi 0, the new person 10,000 of 30,000.
    let by_history = |id: &str| find(&output, id).contributions[0].minor;
    assert_eq!(by_history("qi"), 0);
    assert_eq!((by_history("xu"), by_history("new")), (162_461, 81_231));
    let note = &output.notes[0];
    assert_eq!(note.code, "new_person_by_median");
    assert_eq!(
        (&*note.params["unit"], &*note.params["median"]),
        ("new", "10000")
    );
    let li = find(&output, "li");
    assert_eq!(li.history, Some(60_000));
    assert_eq!(
        li.growth,
        Some(Ratio::new(li.minor.into(), 60_000).unwrap())
    );
    assert_eq!(find(&output, "new").growth, None, "nothing to grow from");
}

#[test]
fn a_cap_sends_what_is_cut_off_to_the_others() {
    let people = vec![
        unit("t", "", Level::Team),
        person("a", "t", Some(1_000)),
        person("b", "t", Some(1_000)),
        person("c", "t", Some(2_000)),
        person("n", "t", None),
    ];
    // Equally 1,525 each; a and b may have 1,300, as may n, who is new: their median is 1,000. c takes the rest.
    let mut input = input(6_100, people, &[(Factor::Equal, "1")]);
    input.cap = Some(ratio("1.3"));
    input.floor = Some(ratio("0.9"));
    let output = weigh(&input).unwrap();
    assert_closes(&output);
    let goals: Vec<i64> = ["a", "b", "c", "n"]
        .map(|id| find(&output, id).minor)
        .into();
    assert_eq!(goals, [1_300, 1_300, 2_200, 1_300]);
    let why = |id: &str| {
        let last = find(&output, id).contributions.last().unwrap().clone();
        (last.source, last.minor)
    };
    assert_eq!(why("a"), (Source::GrowthCap, -225));
    assert_eq!(why("c"), (Source::FromOthers, 675));
    assert_eq!(why("n"), (Source::GrowthCap, -225));
}

#[test]
fn new_people_ramp_and_absent_people_count_for_their_days() {
    let stretch = |present: &str, months: Option<u32>| Presence {
        present: ratio(present),
        all: 60,
        months_since_hire: months,
    };
    let mut people = vec![
        unit("t", "", Level::Team),
        person("full", "t", Some(40_000)),
        person("half", "t", Some(40_000)),
        person("hired", "t", None),
    ];
    // A quarter away, a quarter on half days.
    people[2].facts.presence = ["60", "60", "0", "30"]
        .map(|days| stretch(days, None))
        .into();
    // There from the second quarter on.
    people[3].facts.presence = vec![
        stretch("0", None),
        stretch("60", Some(0)),
        stretch("60", Some(3)),
        stretch("60", Some(6)),
    ];
    let output = weigh(&input(100_000, people, &[(Factor::History, "1")])).unwrap();
    assert_closes(&output);
    let weight = |id: &str| {
        find(&output, id).contributions[0]
            .weight
            .unwrap()
            .to_string()
    };
    assert_eq!(weight("full"), "40000");
    assert_eq!(weight("half"), "25000", "5/8 of the year");
    assert_eq!(
        weight("hired"),
        "15000",
        "(1/4 + 1/2 + 3/4) / 4 of the median"
    );
    assert_eq!(find(&output, "half").basis, Some(25_000));
    assert_eq!(find(&output, "half").history, Some(40_000));
}

#[test]
fn history_of_some_months_is_a_year_of_twelve() {
    let mut people = vec![unit("t", "", Level::Team), person("a", "t", None)];
    let year = |minor: i64, months: u32| PastYear { minor, months };
    people[1].facts.history = vec![year(12_000, 12), year(500, 1), year(0, 0)];
    let output = weigh(&input(1, people, &[(Factor::Equal, "1")])).unwrap();
    assert_eq!(
        find(&output, "a").history,
        Some(11_538),
        "12,500 / 13 x 12, half up"
    );
}

#[test]
fn pipeline_market_segment_and_own_weights() {
    let mut people = vec![unit("t", "", Level::Team)];
    for (id, pipeline, region, segment, own) in [
        ("a", 900, "east", "banks", "1/3"),
        ("b", 100, "east", "banks", "1/3"),
        ("c", 0, "west", "shops", "2/3"),
    ] {
        let mut one = person(id, "t", Some(0));
        one.facts.pipeline = pipeline;
        one.facts.region = Some(region.to_owned());
        one.facts.segment = Some(segment.to_owned());
        one.facts.own = Some(ratio(own));
        people.push(one);
    }
    let shares = [
        (Factor::Pipeline, "1/4"),
        (Factor::Market, "1/4"),
        (Factor::Segment, "1/4"),
        (Factor::Own, "1/4"),
    ];
    let mut input = input(40_000, people, &shares);
    let market = |region: &str, segment: &str, minor: i64| Market {
        region: region.to_owned(),
        segment: segment.to_owned(),
        minor,
    };
    input.markets = vec![market("east", "banks", 1_001), market("west", "shops", 999)];
    let segment = |segment: &str, weight: &str| SegmentWeight {
        segment: segment.to_owned(),
        weight: ratio(weight),
    };
    input.segments = vec![segment("banks", "2"), segment("shops", "1")];
    let output = weigh(&input).unwrap();
    assert_closes(&output);
    let parts = |id: &str| -> Vec<i64> {
        let parts = find(&output, id).contributions.iter();
        parts.map(|part| part.minor).collect()
    };
    // The market of 1,001 is shared by two: 501 and 500 of 2,000.
    assert_eq!(parts("a"), [9_000, 2_505, 4_000, 2_500]);
    assert_eq!(parts("b"), [1_000, 2_500, 4_000, 2_500]);
    assert_eq!(parts("c"), [0, 4_995, 2_000, 5_000]);
}

#[test]
fn units_with_given_weights() {
    let mut units = company();
    units[1].weight = Some(ratio("1"));
    units[2].weight = Some(ratio("3"));
    let output = weigh(&input(100_000, units, &[(Factor::Equal, "1")])).unwrap();
    assert_closes(&output);
    assert_eq!(find(&output, "east").minor, 25_000);
    assert_eq!(find(&output, "east").contributions[0].source, Source::Given);
}

#[test]
fn over_assignment_is_kept_apart() {
    let mut input = input(100_000, company(), &[(Factor::Equal, "1")]);
    input.over_assignment = ratio("1.05");
    let output = weigh(&input).unwrap();
    assert_closes(&output);
    assert_eq!(output.assigned.minor, 105_000);
    let people: i64 = ["li", "wu", "he", "xu", "qi", "new"]
        .map(|id| find(&output, id).minor)
        .iter()
        .sum();
    assert_eq!(people, 100_000, "nothing of it is hidden in goals");
    assert_eq!(find(&output, "c").over_assigned, 5_000);
}

#[test]
fn goals_in_multiples_leave_the_rest_with_the_largest() {
    let mut input = input(1_000_123, company(), &[(Factor::History, "1")]);
    let round = |level: Level, minor: u64| LevelUnit { level, minor };
    input.round = vec![round(Level::Team, 10_000), round(Level::Person, 1_000)];
    let output = weigh(&input).unwrap();
    assert_closes(&output);
    assert_eq!(find(&output, "west").minor, 230_000);
    assert_eq!(find(&output, "east").minor, 770_123);
    let rests = ["li", "wu", "he", "xu", "qi", "new"].map(|id| find(&output, id).minor % 1_000);
    assert_eq!(
        rests,
        [123, 0, 0, 0, 0, 0],
        "li has the largest goal of east"
    );
    let last = find(&output, "wu").contributions.last().unwrap().clone();
    assert_eq!(last.source, Source::Rounding);
}

#[test]
fn multiples_stay_within_caps() {
    let mut new = person("n", "t", None);
    // New people are held to the median by the cap as well; this one has room.
    new.facts.cap = Some(ratio("2"));
    let people = vec![
        unit("t", "", Level::Team),
        person("a", "t", Some(1_000)),
        person("b", "t", Some(1_000)),
        new,
    ];
    let mut input = input(3_950, people, &[(Factor::Equal, "1")]);
    input.cap = Some(ratio("1.299"));
    input.round = vec![LevelUnit {
        level: Level::Person,
        minor: 100,
    }];
    let output = weigh(&input).unwrap();
    assert_closes(&output);
    let goals = ["a", "b", "n"].map(|id| find(&output, id).minor);
    assert_eq!(goals, [1_200, 1_200, 1_550], "1,300 would be above the cap");
    // Everybody at a cap: no multiples exist, and the note says so.
    input.units.pop();
    input.amount.minor = 2_598;
    let output = weigh(&input).unwrap();
    assert_eq!(find(&output, "a").minor, 1_299);
    assert_eq!(output.notes[0].code, "rounding_given_up");
}
