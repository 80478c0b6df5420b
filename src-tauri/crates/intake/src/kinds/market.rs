//! What the market did: indexes and exchange rates.

use super::FieldType::{Currency, Date, Month, Rate, Text};
use super::{Field, FieldDef, KindDef, field, same};

pub(super) static MARKET_INDEX: KindDef = KindDef {
    titles: ["市场指数", "Market index"],
    fields: INDEX_FIELDS,
    identity: &[Field::SERIES, Field::REGION, Field::MONTH],
    counted_on: Some(Field::MONTH),
};

static INDEX_FIELDS: &[FieldDef] = &[
    field(
        Field::SERIES,
        Text,
        ["指数名称", "Index"],
        "index 指数名称 指数 indexname 指标 指标名称 marketindex series",
        ["指数的名称", "Name of the index"],
        ["制造业 PMI", "Manufacturing PMI"],
    )
    .required(),
    field(
        Field::REGION,
        Text,
        ["地区", "Region"],
        "region 地区 区域 country 国家 省份",
        ["不分地区不填", "Empty for the whole country"],
        same(""),
    ),
    field(
        Field::MONTH,
        Month,
        ["月份", "Month"],
        "month 月份 年月 期间 period 统计月份 日期 date",
        ["如 2026-03 或 2026年3月", "For example 2026-03"],
        same("2026-03"),
    )
    .required(),
    field(
        Field::VALUE,
        Rate,
        ["指数值", "Index value"],
        "indexvalue 指数值 数值 value 值 点位",
        ["大于零的小数", "Decimal above zero"],
        same("50.4"),
    )
    .required(),
];

pub(super) static EXCHANGE_RATES: KindDef = KindDef {
    titles: ["汇率", "Exchange rates"],
    fields: RATE_FIELDS,
    identity: &[Field::FROM_CURRENCY, Field::TO_CURRENCY, Field::DAY],
    counted_on: Some(Field::DAY),
};

static RATE_FIELDS: &[FieldDef] = &[
    field(
        Field::FROM_CURRENCY,
        Currency,
        ["原币种", "From currency"],
        "fromcurrency 原币种 币种 原币 外币 currency basecurrency from",
        ["三个大写字母，如 USD", "Three capital letters, as in USD"],
        same("USD"),
    )
    .required(),
    field(
        Field::TO_CURRENCY,
        Currency,
        ["目标币种", "To currency"],
        "tocurrency 目标币种 本位币 本币 quotecurrency to 折算币种",
        ["三个大写字母，如 CNY", "Three capital letters, as in CNY"],
        same("CNY"),
    )
    .required(),
    field(
        Field::DAY,
        Date,
        ["日期", "Date"],
        "date 日期 汇率日期 ratedate 生效日期",
        ["汇率的日期", "Day of the rate"],
        same("2026-03-02"),
    )
    .required(),
    field(
        Field::RATE,
        Rate,
        ["汇率", "Rate"],
        "rate 汇率 exchangerate 折算率 中间价",
        [
            "一个原币种折多少目标币种",
            "How many units of the second one unit of the first is worth",
        ],
        same("7.1234"),
    )
    .required(),
];
