//! Customers, who works there, and how we deal with them.

use super::FieldType::{Between, Choice, Date, Integer, Text};
use super::references::CUSTOMER;
use super::{Field, FieldDef, KindDef, field, same};

pub(super) static CUSTOMERS: KindDef = KindDef {
    titles: ["客户", "Customers"],
    fields: CUSTOMER_FIELDS,
    identity: &[],
    counted_on: None,
};

static CUSTOMER_FIELDS: &[FieldDef] = &[
    field(
        Field::NAME,
        Text,
        ["客户名称", "Customer name"],
        "account 客户名称 customer customername accountname company companyname \
         client clientname 客户 公司名称 单位名称 企业名称 name 名称",
        ["客户的全称", "Full name of the customer"],
        ["宏远贸易有限公司", "Hongyuan Trading Co., Ltd."],
    )
    .required(),
    field(
        Field::EXTERNAL_ID,
        Text,
        ["客户编号", "Customer ID"],
        "customerid 客户编号 accountid customerno customernumber clientid 客户id \
         客户编码 客户号 externalid id 编号",
        [
            "来源系统中的编号；没有就以名称为准",
            "Number in the source system; without one the name identifies",
        ],
        same("C-1001"),
    ),
    field(
        Field::CUSTOMER_TYPE,
        Text,
        ["客户类型", "Customer type"],
        "customertype 客户类型 sector industry type accounttype 行业 产业 所属行业 \
         客户类别 类型",
        ["行业或类型", "Sector or type"],
        ["制造业", "manufacturing"],
    ),
    field(
        Field::SEGMENT,
        Text,
        ["客户分类", "Segment"],
        "segment 客户分类 customersegment 客户等级 客户级别 tier 等级 级别",
        ["本公司的客户分级", "Your own classes of customers"],
        same("A"),
    ),
    field(
        Field::REGION,
        Text,
        ["地区", "Region"],
        "region 地区 officelocation location country city province 区域 省份 城市 \
         国家 所在地 所在地区",
        ["所在地区", "Region or country"],
        ["上海", "Shanghai"],
    ),
    field(
        Field::PARENT,
        Text,
        ["母公司", "Parent company"],
        "subsidiaryof 母公司 parent parentcompany parentaccount 上级公司 上级客户 \
         所属集团 集团",
        ["上级公司的名称", "Name of the parent company"],
        same(""),
    ),
    field(
        Field::EMPLOYEES,
        Integer,
        ["员工人数", "Employees"],
        "employees 员工人数 headcount numberofemployees 人数 员工数 企业规模",
        ["整数", "Whole number"],
        same("350"),
    ),
    field(
        Field::REVENUE,
        Text,
        ["年收入", "Revenue"],
        "revenue 年收入 annualrevenue turnover 年营业额 营业额 营业收入 年营收",
        [
            "按来源的单位原样保存",
            "Kept as it is, in the source's unit",
        ],
        same(""),
    ),
    field(
        Field::FOUNDED_YEAR,
        Integer,
        ["成立年份", "Founded"],
        "yearestablished 成立年份 founded foundedyear established 成立年 成立时间",
        ["四位年份", "Year, four digits"],
        same("1998"),
    ),
];

pub(super) static CONTACTS: KindDef = KindDef {
    titles: ["联系人", "Contacts"],
    fields: CONTACT_FIELDS,
    identity: &[Field::CUSTOMER, Field::NAME],
    counted_on: None,
};

static CONTACT_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["联系人编号", "Contact ID"],
        "contactid 联系人编号 contactno 联系人id externalid id 编号",
        [
            "来源系统中的编号；没有就以客户和姓名为准",
            "Number in the source system; without one customer and name identify",
        ],
        same("CT-001"),
    ),
    CUSTOMER.required(),
    field(
        Field::NAME,
        Text,
        ["联系人", "Contact"],
        "联系人 contact contactname 联系人姓名 联络人 姓名 name fullname",
        ["姓名", "Name"],
        ["陈静", "Chen Jing"],
    )
    .required(),
    field(
        Field::TITLE,
        Text,
        ["职务", "Job title"],
        "jobtitle 职务 title 职位 position 岗位 职称",
        ["在客户处的职务", "Job at the customer"],
        ["采购经理", "Purchasing manager"],
    ),
    field(
        Field::PHONE,
        Text,
        ["电话", "Phone"],
        "phone 电话 telephone mobile 手机 手机号 联系电话 电话号码 tel phonenumber",
        ["电话，原样保存", "Telephone, kept as it is"],
        same("021-55550101"),
    ),
];

pub(super) static LEADS: KindDef = KindDef {
    titles: ["线索", "Leads"],
    fields: LEAD_FIELDS,
    identity: &[Field::NAME, Field::CREATED_ON],
    counted_on: Some(Field::CREATED_ON),
};

static LEAD_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["线索编号", "Lead ID"],
        "leadid 线索编号 leadno 线索id externalid id 编号",
        [
            "来源系统中的编号；没有就以名称和日期为准",
            "Number in the source system; without one name and day identify",
        ],
        same("LD-001"),
    ),
    field(
        Field::NAME,
        Text,
        ["线索名称", "Lead"],
        "lead 线索名称 线索 leadname 潜在客户 公司名称 company name 名称",
        ["公司或个人", "Company or person"],
        ["新禾食品", "Xinhe Foods"],
    )
    .required(),
    field(
        Field::CHANNEL,
        Text,
        ["来源渠道", "Channel"],
        "channel 来源渠道 渠道 leadsource 线索来源 来源 source",
        [
            "如展会、官网、转介绍",
            "For example exhibition, website, referral",
        ],
        ["展会", "exhibition"],
    ),
    field(
        Field::OWNER,
        Text,
        ["跟进人", "Owner"],
        "owner 跟进人 负责人 工号 leadowner 线索负责人 销售 salesperson salesrep 销售人员 业务人员 业务员 業務",
        ["工号或姓名", "Staff number or name"],
        same("10001"),
    ),
    field(
        Field::CREATED_ON,
        Date,
        ["线索日期", "Created on"],
        "createdon 线索日期 创建日期 createddate createdate 创建时间 获取日期 进线日期",
        ["线索进来的日期", "Day on which it came in"],
        same("2026-01-08"),
    )
    .required(),
    field(
        Field::OPPORTUNITY,
        Text,
        ["转成的商机", "Opportunity"],
        "opportunity 转成的商机 opportunityid 商机编号 转化商机 dealid",
        ["由它而来的商机编号", "Number of the deal that it became"],
        same("OP-0001"),
    ),
];

pub(super) static INTERACTIONS: KindDef = KindDef {
    titles: ["跟进记录", "Interactions"],
    fields: INTERACTION_FIELDS,
    identity: &[
        Field::CUSTOMER,
        Field::PERSON,
        Field::INTERACTION_KIND,
        Field::HAPPENED_ON,
    ],
    counted_on: Some(Field::HAPPENED_ON),
};

static INTERACTION_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["跟进编号", "Interaction ID"],
        "interactionid 跟进编号 activityid 记录编号 externalid id 编号",
        [
            "同一天同一方式多次跟进时靠它区分",
            "Tells several of one kind on one day apart",
        ],
        same("IN-001"),
    ),
    CUSTOMER.required(),
    field(
        Field::PERSON,
        Text,
        ["跟进人", "Person"],
        "person 跟进人 工号 staffnumber 销售 salesperson salesrep 负责人 owner 销售人员 人员 姓名",
        ["工号或姓名", "Staff number or name"],
        same("10001"),
    )
    .required(),
    field(
        Field::INTERACTION_KIND,
        Choice(&[
            ("visit", "visit 拜访 上门 上门拜访 走访 现场拜访 实地拜访"),
            ("call", "call phone phonecall 电话 通话 电话沟通 电话拜访"),
            (
                "message",
                "message email mail 消息 邮件 微信 短信 wechat sms 企业微信",
            ),
            (
                "meeting",
                "meeting 会议 线上会议 视频会议 onlinemeeting 会谈",
            ),
        ]),
        ["跟进方式", "Kind"],
        "kind 跟进方式 跟进类型 interactionkind interactiontype activitytype 方式 类型 type",
        ["拜访、电话、消息或会议", "visit, call, message or meeting"],
        ["拜访", "visit"],
    )
    .required(),
    field(
        Field::HAPPENED_ON,
        Date,
        ["跟进日期", "Date"],
        "date 跟进日期 日期 跟进时间 拜访日期 happenedon activitydate interactiondate",
        ["发生的日期", "Day on which it happened"],
        same("2026-02-10"),
    )
    .required(),
    field(
        Field::NOTE,
        Text,
        ["跟进内容", "Note"],
        "note 跟进内容 内容 备注 notes description 说明 comment 跟进记录 remark",
        ["说了什么", "What was said"],
        ["介绍新报价", "Presented the new offer"],
    ),
];

pub(super) static SATISFACTION: KindDef = KindDef {
    titles: ["满意度", "Satisfaction"],
    fields: SATISFACTION_FIELDS,
    identity: &[Field::CUSTOMER, Field::ANSWERED_ON],
    counted_on: Some(Field::ANSWERED_ON),
};

static SATISFACTION_FIELDS: &[FieldDef] = &[
    field(
        Field::EXTERNAL_ID,
        Text,
        ["问卷编号", "Answer ID"],
        "answerid 问卷编号 surveyid 回访编号 externalid id 编号",
        [
            "没有就以客户和日期为准",
            "Without one customer and day identify",
        ],
        same("SV-001"),
    ),
    CUSTOMER.required(),
    field(
        Field::SCORE,
        Between(1, 10),
        ["满意度评分", "Score"],
        "score 满意度评分 评分 满意度 分数 得分 satisfaction rating nps csat",
        ["1 到 10 的整数", "Whole number from 1 to 10"],
        same("9"),
    )
    .required(),
    field(
        Field::ANSWERED_ON,
        Date,
        ["评价日期", "Answered on"],
        "answeredon 评价日期 日期 date 回访日期 调查日期 surveydate 评价时间",
        ["回答的日期", "Day of the answer"],
        same("2026-03-20"),
    )
    .required(),
];
