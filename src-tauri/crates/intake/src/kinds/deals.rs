//! Products, deals and what belongs to one deal.

use super::FieldType::{Amount, Date, Integer, QuarterOf, Shares, Stage, Text};
use super::references::DEAL;
use super::{Field, FieldDef, KindDef, field, same};

const PRODUCT: &str = "product 产品 productname item 产品名称 商品 商品名称 产品编号 productid sku \
     productcode 产品编码 商品编号 商品编码 货号";

pub(super) static PRODUCTS: KindDef = KindDef {
    titles: ["产品", "Products"],
    fields: PRODUCT_FIELDS,
    identity: &[],
    counted_on: None,
};

static PRODUCT_FIELDS: &[FieldDef] = &[
    field(
        Field::NAME,
        Text,
        ["产品名称", "Product name"],
        "product 产品名称 productname 产品 商品名称 商品 item itemname 品名 name 名称",
        ["产品的名称", "Name of the product"],
        ["标准版", "Standard"],
    )
    .required(),
    field(
        Field::EXTERNAL_ID,
        Text,
        ["产品编号", "Product ID"],
        "productid 产品编号 sku productcode itemcode itemno 产品编码 商品编号 \
         商品编码 货号 物料编码 externalid id 编号",
        [
            "来源系统中的编号；没有就以名称为准",
            "Number in the source system; without one the name identifies",
        ],
        same("P-01"),
    ),
    field(
        Field::CATEGORY,
        Text,
        ["产品类别", "Category"],
        "category 产品类别 series productline family 产品系列 系列 类别 产品线 分类 \
         品类",
        ["系列或类别", "Series or category"],
        ["软件", "software"],
    ),
    field(
        Field::LIST_PRICE,
        Amount,
        ["标价", "List price"],
        "listprice 标价 salesprice price unitprice 目录价 单价 售价 价格 销售价 定价",
        ["目录单价", "Price of one piece"],
        same("12800.00"),
    ),
    field(
        Field::COST,
        Amount,
        ["成本", "Cost"],
        "cost 成本 unitcost costprice 成本价 单位成本",
        ["单位成本", "Cost of one piece"],
        same("7000.00"),
    ),
];

pub(super) static OPPORTUNITIES: KindDef = KindDef {
    titles: ["商机", "Opportunities"],
    fields: OPPORTUNITY_FIELDS,
    identity: &[],
    counted_on: Some(Field::CLOSED_ON),
};

static OPPORTUNITY_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["商机编号", "Opportunity ID"],
        "opportunityid 商机编号 dealid opportunityno opportunitynumber dealno dealnr dealnumber 商机id \
         商机号 商机编码 项目编号 专案编号 订单编号 订单号 合同编号 recordid externalid id 编号",
        [
            "来源系统中的编号；再次导入靠它认出同一商机",
            "Number in the source system; importing again finds the deal by it",
        ],
        same("OP-0001"),
    )
    .required(),
    field(
        Field::OWNER,
        Text,
        ["负责人", "Owner"],
        // A staff number decides where two people share a name, so it comes first.
        "工号 负责人工号 销售工号 staffnumber owner 负责人 salesagent agent opportunityowner \
         dealowner salesperson salesrep salesowner rep 商机负责人 销售 销售人员 销售员 业务人员 业务员 業務 跟进人 所有人 姓名",
        ["工号或姓名", "Staff number or name"],
        same("10001"),
    )
    .required(),
    field(
        Field::CUSTOMER,
        Text,
        ["客户", "Customer"],
        "customer 客户 account accountname customername client company 客户名称 \
         公司名称 客户编号 customerid customerno customernumber accountid clientid 客户编码 客户号 \
         客户id",
        ["客户编号或名称", "ID or name of the customer"],
        same("C-1001"),
    ),
    field(
        Field::PRODUCT,
        Text,
        ["产品", "Product"],
        PRODUCT,
        ["产品编号或名称", "ID or name of the product"],
        same("P-01"),
    ),
    field(
        Field::STAGE,
        Stage,
        ["阶段", "Stage"],
        "stage 阶段 dealstage salesstage status opportunitystage phase dealphase pipelinestage 商机阶段 销售阶段 \
         状态 商机状态",
        [
            "初步接触、跟进中、报价、谈判、赢单、丢单，或自有名称（导入时对应一次）",
            "prospecting, engaging, proposal, negotiation, won, lost, or your own names (mapped once)",
        ],
        ["赢单", "won"],
    )
    .required(),
    field(
        Field::OPENED_ON,
        Date,
        ["创建日期", "Opened on"],
        "openedon 创建日期 engagedate opendate created opened dateopened createddate createdate createdon \
         startdate 创建时间 立项日期 开始日期 接触日期 商机日期",
        ["开始跟进的日期", "First day of work on it"],
        same("2026-01-08"),
    ),
    field(
        Field::CLOSED_ON,
        Date,
        ["成交日期", "Closed on"],
        "closedon 成交日期 实际成交日期 closedate closeddate closingdate dateclosed wonlostdate wondate enddate 关闭日期 实际关闭日期 \
         赢单日期 结束日期 签约日期 签单日期 成交时间 结单日期 结案日期",
        [
            "赢单或丢单的日期；未结束不填",
            "Day on which it was won or lost; empty while open",
        ],
        same("2026-03-02"),
    ),
    field(
        Field::AMOUNT,
        Amount,
        ["金额", "Amount"],
        "amount 金额 closevalue dealvalue value dealamount totalvalue valueinclvat amountinclvat opportunityamount revenue \
         成交金额 商机金额 合同金额 签约金额 销售金额 订单金额 销售额",
        [
            "成交金额；可写 1,234.50、¥1.2万",
            "Amount at closing; 1,234.50 or ¥1.2万",
        ],
        same("25600.00"),
    ),
    field(
        Field::OPEN_QUARTER,
        QuarterOf(Field::OPENED_ON),
        ["创建季度", "Open quarter"],
        "openquarter 创建季度 engagequarter",
        [
            "仅用于核对创建日期，可不填",
            "Only checked against the opening day; may be empty",
        ],
        same(""),
    ),
    field(
        Field::CLOSE_QUARTER,
        QuarterOf(Field::CLOSED_ON),
        ["成交季度", "Close quarter"],
        "closequarter 成交季度 关闭季度 赢单季度",
        [
            "仅用于核对成交日期，可不填",
            "Only checked against the closing day; may be empty",
        ],
        same(""),
    ),
];

pub(super) static CREDITS: KindDef = KindDef {
    titles: ["业绩分成", "Credit lists"],
    fields: CREDIT_FIELDS,
    identity: &[Field::OPPORTUNITY],
    counted_on: None,
};

static CREDIT_FIELDS: &[FieldDef] = &[
    DEAL.required(),
    field(
        Field::CREDITS,
        Shares,
        ["分成", "Credits"],
        "credits 分成 业绩分成 分成比例 split creditsplit 分成名单",
        [
            "工号或姓名加比例，用分号隔开，合计正好 100%",
            "Staff number or name with a share, semicolons between, exactly 100% in all",
        ],
        same("10001 100%"),
    )
    .required(),
];

pub(super) static STAGE_HISTORY: KindDef = KindDef {
    titles: ["阶段历史", "Stage history"],
    fields: STAGE_FIELDS,
    identity: &[Field::OPPORTUNITY, Field::STAGE, Field::CHANGED_ON],
    counted_on: Some(Field::CHANGED_ON),
};

static STAGE_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["变更编号", "Change ID"],
        "changeid 变更编号 historyid externalid",
        [
            "没有就以商机、阶段和日期为准",
            "Without one deal, stage and day identify",
        ],
        same(""),
    ),
    DEAL.required(),
    field(
        Field::STAGE,
        Stage,
        ["变更后阶段", "New stage"],
        "newstage 变更后阶段 新阶段 阶段 stage tostage 商机阶段 销售阶段 dealstage",
        ["进入的阶段", "The stage that it entered"],
        ["报价", "proposal"],
    )
    .required(),
    field(
        Field::CHANGED_ON,
        Date,
        ["变更日期", "Changed on"],
        "changedon 变更日期 变更时间 changedate stagedate 阶段日期 修改日期 日期 date 更新时间",
        ["进入该阶段的日期", "Day on which it entered the stage"],
        same("2026-02-01"),
    )
    .required(),
];

pub(super) static ORDER_LINES: KindDef = KindDef {
    titles: ["订单明细", "Order lines"],
    fields: ORDER_FIELDS,
    identity: &[Field::OPPORTUNITY, Field::PRODUCT, Field::ORDERED_ON],
    counted_on: Some(Field::ORDERED_ON),
};

static ORDER_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["订单行号", "Order line ID"],
        "orderlineid 订单行号 订单明细编号 lineid orderline 明细编号 订单行编号 externalid",
        [
            "没有就以商机、产品和日期为准",
            "Without one deal, product and day identify",
        ],
        same("OL-001"),
    ),
    DEAL.required(),
    field(
        Field::PRODUCT,
        Text,
        ["产品", "Product"],
        PRODUCT,
        [
            "产品编号或名称，须已在库中",
            "ID or name of a product that is known",
        ],
        same("P-01"),
    )
    .required(),
    field(
        Field::QUANTITY,
        Integer,
        ["数量", "Quantity"],
        "quantity 数量 qty pieces 件数 订购数量",
        ["整数；退货为负", "Whole number; negative for a return"],
        same("2"),
    )
    .required(),
    field(
        Field::AMOUNT,
        Amount,
        ["行金额", "Line amount"],
        "lineamount 行金额 金额 amount 小计 订单金额 subtotal linetotal",
        ["这一行的金额", "Amount of the line"],
        same("25600.00"),
    )
    .required(),
    field(
        Field::ORDERED_ON,
        Date,
        ["下单日期", "Ordered on"],
        "orderedon 下单日期 订单日期 orderdate 日期 date 下单时间",
        ["下单的日期", "Day of the order"],
        same("2026-03-02"),
    )
    .required(),
];

pub(super) static DELIVERIES: KindDef = KindDef {
    titles: ["交付单", "Deliveries"],
    fields: DELIVERY_FIELDS,
    identity: &[Field::OPPORTUNITY, Field::DUE_ON],
    counted_on: Some(Field::DUE_ON),
};

static DELIVERY_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["交付单号", "Delivery ID"],
        "deliveryid 交付单号 交付编号 deliveryno ticketid 发货单号 externalid id 编号",
        [
            "没有就以商机和应交日期为准",
            "Without one deal and due day identify",
        ],
        same("DT-001"),
    ),
    DEAL.required(),
    field(
        Field::DUE_ON,
        Date,
        ["应交日期", "Due on"],
        "dueon 应交日期 计划交付日期 承诺日期 duedate promiseddate 约定日期 预计交付日期",
        ["承诺的日期", "Promised day"],
        same("2026-03-20"),
    )
    .required(),
    field(
        Field::DELIVERED_ON,
        Date,
        ["实交日期", "Delivered on"],
        "deliveredon 实交日期 实际交付日期 交付日期 deliverydate 完成日期",
        ["实际的日期；未交付不填", "Real day; empty while under way"],
        same("2026-03-18"),
    ),
];
