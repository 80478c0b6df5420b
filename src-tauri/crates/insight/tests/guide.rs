//! The guide's page of metrics and measures is what the library says. `YEJI_UPDATE=1` writes it.

use std::fmt::Write as _;
use std::path::Path;

use yeji_insight::kpi::{
    Definition, EventDate, Library, MAX_CHARS, MAX_DEPTH, MAX_TERMS, Measure, Metric, Origin,
};

const HEAD: &str = "# KPIs\n\n\
    Made from the program's own library by `YEJI_UPDATE=1 cargo test -p yeji-insight --test guide`. Do not edit.\n\n\
    A KPI is a formula over measures, and a measure is a sum of facts. A ratio is always made of the sums \
    of its parts: the total of a table is calculated from the facts of the whole, never as a sum or mean of \
    its rows. Results count for the person and team where they were made.\n\n\
    ```\n\
    yeji kpi --list                      # all KPIs with their formulas\n\
    yeji kpi --explain win_rate          # definition, measures and source, in both languages\n\
    yeji kpi --metric win_rate --by team --period month --from 2026-01-01 --to 2026-07-01\n\
    yeji kpi --metric won_amount --period quarter --compare last_year --from 2026-01-01 --to 2027-01-01\n\
    yeji kpi --define file.toml          # keep an own KPI; --remove CODE\n\
    yeji kpi --metric win_rate --by team --from 2026-01-01 --to 2026-07-01 --export rates.xlsx   # or .csv .pdf .png .svg\n\
    yeji kpi --customers                 # the 200 customers that have bought most; --unit, --to DATE\n\
    ```\n\n\
    `--by` person, team, region, segment, customer_type, product or source; `--period` week, month, quarter or \
    year; `--compare` goal, last_period or last_year. A period under way is compared with as many days. Periods \
    without facts between the first and the last fact are zero, before and after them they have no value.\n\n\
    `--json` has one shape for every KPI and split: `metric` (code), `name`, `unit`, `currency`, `rows`, `total` and \
    `whole`. A row has `key` and `label` (of the part, or of the period where there are no parts), `period`, and what \
    `whole` has too: `value` (exact: money in major units, a share as a fraction such as `7/8`; null is no value), \
    `shown` (rounded), `reason` (why there is none), `parts` (the measures), `compared`, `change`, `change_shown`, \
    `compared_reason`. `total` is the value of `whole`.\n\n\
    ## No value\n\n\
    Where a measure has no facts, or something would be divided by zero, there is no value and the reason stands \
    in its place (`Not enough data, needs ...`); it is never zero instead. Goals are set for units and people by \
    whole weeks: by region, segment, customer type, product or source, or for a part of a week, there is no \
    attainment. Nor is there one where the goal is of only some of the days (a year's sales beside the goal of a \
    month would be many times it): the reason says of how many. Days on which a person or a team does not sell are \
    not asked for; of the whole company all are. \
    A deal dated on a day to come is kept and shown in its period, but the data reaches up to today: between \
    there is no value. A personal file has deals and goals, and no prices, \
    receipts or customers' histories: KPIs of those say so.\n\n\
    ## Own KPIs\n\n\
    HR keeps own KPIs as files of this form (TOML). They may use every measure and every other KPI, are \
    calculated by the same function as the built-in ones, and each change of one can be looked up in the history \
    and taken back.\n\n";

const LIMITS: &str = "Formulas have `+ - * /`, parentheses, decimals and names; amounts are in major units (yuan). \
    They are exact: no floating point, no rounding before the shown value. ";

fn example() -> String {
    let document = "code = \"won_per_seller\"\n\
        formula = \"won_amount / people\"\n\
        unit = \"money\"          # money, count, ratio (per cent), number, days, score\n\
        direction = \"higher\"    # higher, lower, neutral\n\
        decimals = 2\n\
        event_date = \"closing\"  # may be left out\n\
        name = { zh = \"人均赢单金额\", en = \"Won amount per seller\" }\n\
        definition = { zh = \"期内赢单金额除以期内销售人数。\", en = \"Won amount by the number of people who sell.\" }\n\
        source = { zh = \"公司规定\", en = \"Company rule\" }\n";
    let definition = Definition::from_toml(document).unwrap();
    Library::check_own(&definition, &[]).unwrap();
    format!("```toml\n{document}```\n\n")
}

fn page() -> String {
    let mut text = HEAD.to_owned() + &example() + LIMITS;
    let _ = writeln!(
        text,
        "At most {MAX_CHARS} characters, {MAX_TERMS} numbers and names, parentheses {MAX_DEPTH} deep.\n"
    );
    text.push_str(
        "A KPI of the unit `number` may be anything (yuan a day, deals by customer); named in another formula it is what \
         its own formula makes of it, so that yuan a day times days are yuan, and are not added to a share. A change that \
         would make the unit of another KPI wrong, which names the one that is changed, is refused with that KPI.\n\n",
    );
    let days: Vec<String> = EventDate::ALL
        .iter()
        .map(|day| format!("`{}` ({})", day.code(), day.words().en))
        .collect();
    let _ = writeln!(
        text,
        "A KPI that names an `event_date` is made of facts of that day alone, and is refused with others; goals and \
         people go with every day. Without one each measure counts by its own day, which its definition lists. There \
         are {}. `yeji kpi --define FILE --event-date DAY` gives or replaces it. In the window HR writes own KPIs \
         under Performance, KPI library, Own KPIs.\n",
        days.join(", ")
    );
    text.push_str(
        "## KPIs\n\n| code | name | 名称 | formula | unit | better | event date | definition | source |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for metric in Library::built_in().metrics() {
        let one = &metric.definition;
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | `{}` | {} | {} | {} | {} | {} |",
            one.code,
            one.name.en,
            one.name.zh,
            one.formula,
            one.unit.code(),
            one.direction.code(),
            event_dates(metric),
            one.definition.en,
            one.source.en
        );
    }
    text.push_str(
        "\n## Measures\n\n| name | what it is | 说明 | facts | event date |\n|---|---|---|---|---|\n",
    );
    for measure in Measure::ALL {
        let (words, origin) = (measure.words(), measure.origin());
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} |",
            measure.code(),
            words.en,
            words.zh,
            origin.code().replace('_', " "),
            origin.event_date().en
        );
    }
    text
}

/// Each once, in the order of the measures.
fn event_dates(metric: &Metric) -> String {
    let mut origins: Vec<Origin> = metric.measures().iter().map(|one| one.origin()).collect();
    origins.sort_unstable();
    origins.dedup();
    let dates: Vec<String> = origins
        .iter()
        .map(|one| one.event_date().en.into_owned())
        .collect();
    dates.join("; ")
}

#[test]
fn the_guide_lists_every_metric_and_measure_as_the_program_has_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/guide/kpis.md");
    let expected = page();
    #[allow(
        clippy::disallowed_methods,
        reason = "the switch of a developer's tool, not of the product"
    )]
    if std::env::var("YEJI_UPDATE").is_ok() {
        std::fs::write(&path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert_eq!(found, expected, "run with YEJI_UPDATE=1");
}
