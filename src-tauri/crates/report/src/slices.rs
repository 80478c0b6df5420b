//! Few slices: the small parts of a pie become one "other".

use yeji_core::Ratio;

use crate::Result;
use crate::chart::{Category, Chart, Lang, Value, ValueUnit};

/// Slices that keep their own name and colour, beside one more or "other"; more cannot be told apart (look.md).
pub const MAX_SLICES: usize = 6;

/// Category key of the slice that holds the rest. No type can be called so: names come in trimmed.
pub const OTHER_KEY: &str = " other";

/// Orders the slices of a one-series chart from large to small (equals keep their order, unknown
/// and zero ones go) and adds up all after the sixth as "other" (`其他`), if there are two of them or
/// more: one alone is called by its name. The total stays exact.
pub fn fold_slices(chart: &mut Chart, lang: Lang) -> Result<()> {
    chart.check()?;
    let Some(series) = chart.single()? else {
        return Ok(());
    };
    let mut slices: Vec<(Category, Value)> = chart
        .categories
        .iter()
        .zip(&series.values)
        .filter_map(|(category, value)| Some((category.clone(), value.clone()?)))
        .filter(|(_, value)| value.exact() != Ratio::ZERO)
        .collect();
    slices.sort_by_key(|(_, value)| std::cmp::Reverse(value.exact()));
    if slices.len() > MAX_SLICES + 1 {
        let rest = slices.split_off(MAX_SLICES);
        let mut total = Ratio::ZERO;
        for (_, value) in &rest {
            total = total.checked_add(value.exact())?;
        }
        let label = lang.pick("其他", "Other").to_owned();
        slices.push((
            Category {
                key: OTHER_KEY.to_owned(),
                label,
            },
            to_value(total, chart.unit)?,
        ));
    }
    let (categories, values): (Vec<_>, Vec<_>) = slices.into_iter().unzip();
    chart.categories = categories;
    chart.series[0].values = values.into_iter().map(Some).collect();
    Ok(())
}

/// A sum or difference of values of `unit`, in the form in which such values travel.
pub(crate) fn to_value(total: Ratio, unit: ValueUnit) -> Result<Value> {
    Ok(match unit {
        ValueUnit::Money { currency } => {
            // A sum of amounts has no more decimals than the amounts: this rounding changes nothing.
            Value::parse(&total.to_decimal(currency.decimals(), yeji_core::Rounding::HalfUp)?)?
        }
        ValueUnit::Count | ValueUnit::Percent => Value::ratio(total),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{ChartKind, Role, Series};
    use proptest::prelude::*;
    use yeji_core::{Currency, Money};

    fn pie(amounts: &[Option<i64>]) -> Chart {
        Chart {
            id: "types".into(),
            kind: ChartKind::Pie,
            title: "客户类型".into(),
            subtitle: None,
            unit: ValueUnit::money(Currency::CNY),
            categories: (0..amounts.len())
                .map(|i| Category {
                    key: format!("k{i}"),
                    label: format!("类型{i}"),
                })
                .collect(),
            series: vec![Series {
                key: "won".into(),
                label: "成交额".into(),
                role: Role::Actual,
                values: amounts
                    .iter()
                    .map(|a| a.map(|minor| Value::money(Money::new(minor, Currency::CNY))))
                    .collect(),
            }],
            under_way: None,
            note: None,
        }
    }

    fn shown(chart: &Chart) -> Vec<(String, String)> {
        chart
            .categories
            .iter()
            .zip(&chart.series[0].values)
            .map(|(c, v)| (c.key.clone(), v.as_ref().unwrap().raw().to_owned()))
            .collect()
    }

    #[test]
    fn six_largest_and_the_rest() {
        let mut chart = pie(&[
            Some(100),
            Some(900),
            None,
            Some(0),
            Some(300),
            Some(300),
            Some(500),
            Some(600),
            Some(700),
            Some(50),
        ]);
        fold_slices(&mut chart, Lang::ZhCn).unwrap();
        let expected = [
            ("k1", "9.00"),
            ("k8", "7.00"),
            ("k7", "6.00"),
            ("k6", "5.00"),
            ("k4", "3.00"),
            ("k5", "3.00"),
            (OTHER_KEY, "1.50"),
        ];
        assert_eq!(
            shown(&chart),
            expected.map(|(k, v)| (k.to_owned(), v.to_owned()))
        );
        assert_eq!(chart.categories[6].label, "其他");
    }

    #[test]
    fn a_seventh_alone_keeps_its_name() {
        let mut chart = pie(&[700, 600, 500, 400, 300, 200, 100].map(Some));
        fold_slices(&mut chart, Lang::En).unwrap();
        let keys: Vec<String> = shown(&chart).into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["k0", "k1", "k2", "k3", "k4", "k5", "k6"]);
    }

    #[test]
    fn a_refund_makes_bars_of_the_pie() {
        let chart = pie(&[Some(100), Some(-5)]);
        assert!(
            chart.check().is_err(),
            "a pie with a negative slice would lie"
        );
        let chart = chart.shares(Lang::En).unwrap();
        assert_eq!(chart.kind, ChartKind::HBar);
        chart.check().unwrap();
    }

    proptest! {
        #[test]
        fn folding_keeps_the_total(amounts in prop::collection::vec(prop::option::of(0..1_i64 << 50), 0..30)) {
            let mut chart = pie(&amounts);
            fold_slices(&mut chart, Lang::En).unwrap();
            prop_assert!(chart.categories.len() <= MAX_SLICES + 1);
            let minor = |v: &Value| Money::parse_major(v.raw(), Currency::CNY).unwrap().minor;
            let total: i64 = chart.series[0].values.iter().flatten().map(minor).sum();
            prop_assert_eq!(total, amounts.iter().flatten().sum::<i64>());
        }
    }
}
