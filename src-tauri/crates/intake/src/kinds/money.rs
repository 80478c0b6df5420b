//! Contracts, invoices, money received, and what people are to reach and to get.

use super::FieldType::{Amount, Date, Month, Text};
use super::references::{CUSTOMER, DEAL, PERSON};
use super::{Field, FieldDef, KindDef, field, same};

pub(super) static CONTRACTS: KindDef = KindDef {
    titles: ["合同", "Contracts"],
    fields: CONTRACT_FIELDS,
    identity: &[],
    counted_on: Some(Field::SIGNED_ON),
};

static CONTRACT_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["合同编号", "Contract number"],
        "contractnumber 合同编号 contractno contractid 合同号 合同编码 externalid id 编号",
        ["合同的编号", "Number of the contract"],
        same("HT-2026-001"),
    )
    .required(),
    CUSTOMER.required(),
    DEAL,
    field(
        Field::AMOUNT,
        Amount,
        ["合同金额", "Contract amount"],
        "contractamount 合同金额 金额 amount contractvalue 合同总额 签约金额",
        ["约定的金额", "Agreed amount"],
        same("25600.00"),
    )
    .required(),
    field(
        Field::SIGNED_ON,
        Date,
        ["签订日期", "Signed on"],
        "signedon 签订日期 签约日期 签署日期 signdate signeddate 合同日期 contractdate",
        ["双方签订的日期", "Day of the signature"],
        same("2026-03-02"),
    )
    .required(),
    field(
        Field::VALID_FROM,
        Date,
        ["合同开始", "Start"],
        "start 合同开始 合同开始日期 开始日期 生效日期 startdate effectivedate validfrom",
        ["第一天", "First day"],
        same("2026-03-02"),
    ),
    field(
        Field::VALID_TO,
        Date,
        ["合同结束", "End"],
        "end 合同结束 合同结束日期 结束日期 到期日期 enddate expirydate validto",
        ["不再有效的第一天", "First day no longer in force"],
        same("2027-03-02"),
    ),
];

pub(super) static INVOICES: KindDef = KindDef {
    titles: ["发票", "Invoices"],
    fields: INVOICE_FIELDS,
    identity: &[],
    counted_on: Some(Field::INVOICED_ON),
};

static INVOICE_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["发票号码", "Invoice number"],
        "invoicenumber 发票号码 发票编号 发票号 invoiceno invoiceid externalid id 编号",
        ["发票的号码", "Number of the invoice"],
        same("FP-0001"),
    )
    .required(),
    CUSTOMER.required(),
    DEAL,
    field(
        Field::CONTRACT,
        Text,
        ["合同编号", "Contract"],
        "contract 合同编号 contractnumber contractno contractid 合同号 关联合同",
        ["合同编号，须已在库中", "Number of a contract that is known"],
        same("HT-2026-001"),
    ),
    field(
        Field::AMOUNT,
        Amount,
        ["发票金额", "Invoice amount"],
        "invoiceamount 发票金额 开票金额 金额 amount 价税合计 不含税金额 含税金额 total",
        [
            "红字发票为负；含税与否在导入时选择",
            "Negative for a credit note; whether it includes tax is chosen at import",
        ],
        same("25600.00"),
    )
    .required(),
    field(
        Field::INVOICED_ON,
        Date,
        ["开票日期", "Invoiced on"],
        "invoicedon 开票日期 发票日期 invoicedate 开票时间 日期 date",
        ["开票的日期", "Day of the invoice"],
        same("2026-03-10"),
    )
    .required(),
];

pub(super) static RECEIPTS: KindDef = KindDef {
    titles: ["回款与退款", "Receipts and refunds"],
    fields: RECEIPT_FIELDS,
    identity: &[Field::OPPORTUNITY, Field::RECEIVED_ON, Field::AMOUNT],
    counted_on: Some(Field::RECEIVED_ON),
};

static RECEIPT_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["回款编号", "Receipt ID"],
        "receiptid 回款编号 回款单号 receiptno 收款编号 收款单号 paymentid 流水号 externalid id 编号",
        [
            "没有就以商机、日期和金额为准",
            "Without one deal, day and amount identify",
        ],
        same("RC-001"),
    ),
    DEAL.required(),
    field(
        Field::AMOUNT,
        Amount,
        ["回款金额", "Receipt amount"],
        "receiptamount 回款金额 金额 amount 收款金额 到账金额 paymentamount payment",
        [
            "退款为负，并填写被退的回款编号",
            "Negative for a refund, which names the receipt that it pays back",
        ],
        same("10000.00"),
    )
    .required(),
    field(
        Field::RECEIVED_ON,
        Date,
        ["回款日期", "Received on"],
        "receivedon 回款日期 收款日期 到账日期 receiptdate paymentdate 日期 date 退款日期",
        ["到账的日期", "Day on which the money came"],
        same("2026-03-15"),
    )
    .required(),
    field(
        Field::REFUNDS,
        Text,
        ["被退回款", "Refund of"],
        "refundof 被退回款 原回款编号 退款对应回款 refunds originalreceipt 原收款编号 原单号",
        [
            "只有退款填写：它退的是哪一笔回款",
            "Only for a refund: the receipt that it pays back",
        ],
        same(""),
    ),
];

pub(super) static TARGET_BONUSES: KindDef = KindDef {
    titles: ["目标奖金", "Target bonuses"],
    fields: BONUS_FIELDS,
    identity: &[Field::PERSON, Field::VALID_FROM],
    counted_on: None,
};

static BONUS_FIELDS: &[FieldDef] = &[
    PERSON.required(),
    field(
        Field::AMOUNT,
        Amount,
        ["季度目标奖金", "Target bonus per quarter"],
        "targetbonusperquarter 季度目标奖金 目标奖金 targetbonus 季度奖金基数 奖金基数 bonus 奖金",
        ["达成 100% 时一个季度的奖金", "What a quarter pays at 100 %"],
        same("30000.00"),
    )
    .required(),
    field(
        Field::VALID_FROM,
        Date,
        ["生效日期", "Valid from"],
        "validfrom 生效日期 开始日期 起始日期 startdate from effectivefrom effectivedate",
        [
            "从哪天起；直到下一条为止",
            "From which day; it holds until the next one",
        ],
        same("2026-01-01"),
    )
    .required(),
];

pub(super) static GOALS: KindDef = KindDef {
    titles: ["个人月度目标", "Goals by person and month"],
    fields: GOAL_FIELDS,
    identity: &[Field::PERSON, Field::MONTH],
    counted_on: Some(Field::MONTH),
};

static GOAL_FIELDS: &[FieldDef] = &[
    PERSON.required(),
    field(
        Field::MONTH,
        Month,
        ["月份", "Month"],
        "month 月份 年月 目标月份 期间 period 目标期间",
        [
            "如 2026-03 或 2026年3月",
            "For example 2026-03; any day of the month will do",
        ],
        same("2026-03"),
    )
    .required(),
    field(
        Field::AMOUNT,
        Amount,
        ["目标金额", "Goal"],
        "goal 目标金额 目标 月目标 月度目标 销售目标 quota target targetamount 业绩目标 金额 amount",
        [
            "这个月的成交金额目标",
            "Won amount to be reached in the month",
        ],
        same("100000.00"),
    )
    .required(),
];
