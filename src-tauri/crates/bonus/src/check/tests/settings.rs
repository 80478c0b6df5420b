use super::*;

#[test]
fn settings() {
    let by_transaction = |one: &mut Component| {
        one.measure = Measure::Facts {
            value: Value::Amount,
            over: Over::Transaction,
            goal: None,
        };
    };
    assert_eq!(component(by_transaction), ["transaction_by_attainment"]);
    assert_eq!(component(|one| one.credit.levels = Some(0)), ["no_levels"]);
    assert_eq!(
        component(|one| one.credit.rate_date = RateDate::Deal),
        ["deal_rate_without_receipts"]
    );
    let to_date = |one: &mut Component| {
        one.credit.rate_date = RateDate::Deal;
        one.credit.event = Event::Receipt;
        one.measure = Measure::Facts {
            value: Value::Amount,
            over: Over::YearToDate,
            goal: None,
        };
    };
    assert_eq!(component(to_date), ["deal_rate_to_date"]);
    let item = |weight: &str, cap: &str| ScorecardItem {
        kpi: "won_amount".into(),
        weight: ratio(weight),
        cap: Some(ratio(cap)),
        floor: Some(ratio("50%")),
    };
    let scorecard =
        |items: Vec<ScorecardItem>| component(|one| one.measure = Measure::Scorecard { items });
    assert_eq!(scorecard(vec![item("100%", "150%")]), [""; 0]);
    assert_eq!(scorecard(vec![item("90%", "150%")]), ["weights_total"]);
    assert_eq!(
        scorecard(vec![item("100%", "90%")]),
        ["unreachable_tier"],
        "from 100 % on"
    );
    assert_eq!(
        scorecard(vec![item("100%", "40%")]),
        ["cap_below_floor", "unreachable_tier", "unreachable_tier"]
    );
    assert_eq!(
        component(|one| one.credit.levels = Some(2)),
        ["unused_setting"]
    );
    let no_facts = |one: &mut Component| {
        one.measure = Measure::Objectives {};
        one.credit.event = Event::Receipt;
        one.credit.filter = Some("amount > 1".into());
    };
    assert_eq!(component(no_facts), ["unused_setting"; 2]);
    let of_deal = |one: &mut Component| {
        to_date(one);
        one.measure = Measure::Facts {
            value: Value::Amount,
            over: Over::Transaction,
            goal: None,
        };
        one.rate.by = By::Amount;
        one.rate.tiers.truncate(1);
        one.rate.tiers[0].from = Bound::number(Ratio::ZERO);
        one.rate.tiers[0].to = None;
        one.rate.tiers[0].pay = of_measure("1%");
        one.cap.per_period = Some(yuan(1));
    };
    assert_eq!(component(of_deal), ["period_limit_of_deal_rate"]);
    let quarter_in = |period: PeriodKind| {
        codes(|plan| {
            plan.period = period;
            plan.components[0].measure = Measure::Facts {
                value: Value::Amount,
                over: Over::QuarterToDate,
                goal: None,
            };
        })
    };
    assert_eq!(quarter_in(PeriodKind::Month), [""; 0]);
    assert_eq!(quarter_in(PeriodKind::Half), ["to_date_of_longer_period"]);
    assert_eq!(quarter_in(PeriodKind::Year), ["to_date_of_longer_period"]);
    let earnings = |of: &str| {
        component(|one| {
            one.measure = Measure::Earnings {
                of: of.to_owned(),
                goal: None,
            };
        })
    };
    assert_eq!(earnings("nothing"), ["unknown_component"]);
    assert_eq!(earnings("attainment"), ["earnings_of_earnings"]);
    let pool = |one: &mut Component| {
        one.pool = Some(Pool { by: PoolBy::Equal });
        one.proration = Proration::CalendarDays;
    };
    assert_eq!(component(pool), ["pool_without"]);
    let limits = |one: &mut Component| {
        one.cap = ComponentLimits {
            per_period: Some(yuan(1)),
            per_deal: None,
        };
        one.floor = ComponentLimits {
            per_period: Some(yuan(2)),
            per_deal: None,
        };
    };
    assert_eq!(component(limits), ["cap_below_floor"]);
}
