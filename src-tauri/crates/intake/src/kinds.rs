//! What can be imported, as data: one table of fields per kind. A new kind is one more table, one
//! more row type and one arm in `convert`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Sales people with their team, manager and department.
    People,
    /// Customers.
    Customers,
    /// Products with list prices.
    Products,
    /// Deals, open and closed.
    Opportunities,
}

/// How a field's text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// As it is, trimmed.
    Text,
    /// A calendar day.
    Date,
    /// Money in the mapping's currency.
    Amount,
    /// A whole number.
    Integer,
    /// A stage of an opportunity.
    Stage,
    /// A role or job title of a person.
    Role,
    /// `Q4 2016`: never imported, only compared with the dates of the named field.
    QuarterOf(Field),
}

/// A field of a kind.
#[derive(Debug, Clone, Copy)]
pub struct FieldDef {
    /// Which.
    pub field: Field,
    /// A row without it cannot be imported.
    pub required: bool,
    /// How it is read.
    pub kind: FieldType,
    /// Header spellings that mean it, both languages, folded as [`crate::guess_kind`] compares
    /// them (lower case, without spaces and punctuation), with a space between; best first.
    pub headers: &'static str,
}

impl FieldDef {
    /// The header spellings, best first.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.headers.split_whitespace()
    }
}

/// A field's stable code, as in mapping files. Equal codes in two kinds are the same word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(&'static str);

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl Field {
            $($(#[$doc])* pub const $name: Self = Self($code);)*
            /// Every field of every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

fields! {
    /// Identity within the source.
    EXTERNAL_ID = "external_id";
    /// Shown name.
    NAME = "name";
    /// Staff number.
    STAFF_NUMBER = "staff_number";
    /// Name of the manager.
    MANAGER = "manager";
    /// Team.
    TEAM = "team";
    /// Department or regional office.
    DEPARTMENT = "department";
    /// Role or job title.
    ROLE = "role";
    /// Hire date.
    HIRED_ON = "hired_on";
    /// First day no longer employed.
    LEFT_ON = "left_on";
    /// Customer type (sector).
    CUSTOMER_TYPE = "customer_type";
    /// Segment.
    SEGMENT = "segment";
    /// Region or country.
    REGION = "region";
    /// Parent company.
    PARENT = "parent";
    /// Number of employees.
    EMPLOYEES = "employees";
    /// Annual revenue, kept as text in the source's unit.
    REVENUE = "revenue";
    /// Year of foundation.
    FOUNDED_YEAR = "founded_year";
    /// Series or category of a product.
    CATEGORY = "category";
    /// List price.
    LIST_PRICE = "list_price";
    /// Unit cost.
    COST = "cost";
    /// Who sells: name or staff number.
    OWNER = "owner";
    /// Customer of a deal.
    CUSTOMER = "customer";
    /// Product of a deal.
    PRODUCT = "product";
    /// Stage of a deal.
    STAGE = "stage";
    /// First day of work on a deal.
    OPENED_ON = "opened_on";
    /// Day a deal was won or lost.
    CLOSED_ON = "closed_on";
    /// Amount of a deal.
    AMOUNT = "amount";
    /// Control: quarter of the opening.
    OPEN_QUARTER = "open_quarter";
    /// Control: quarter of the closing.
    CLOSE_QUARTER = "close_quarter";
}

const fn def(field: Field, kind: FieldType, headers: &'static str) -> FieldDef {
    FieldDef {
        field,
        required: false,
        kind,
        headers,
    }
}

const fn required(field: Field, kind: FieldType, headers: &'static str) -> FieldDef {
    FieldDef {
        field,
        required: true,
        kind,
        headers,
    }
}

use FieldType::{Amount, Date, Integer, QuarterOf, Role, Stage, Text};

static PEOPLE: &[FieldDef] = &[
    required(
        Field::NAME,
        Text,
        "name 姓名 salesagent agent salesperson salesrep employee employeename person \
         fullname 员工姓名 销售 销售人员 销售员 员工 业务员 人员",
    ),
    def(
        Field::STAFF_NUMBER,
        Text,
        "staffnumber 工号 staffno staffid employeeid employeeno employeenumber \
         personid 员工编号 员工号 人员编号 职工号 编号",
    ),
    def(
        Field::MANAGER,
        Text,
        "manager 经理 主管 teamleader supervisor reportsto 直属上级 上级 销售经理 \
         负责人 团队负责人",
    ),
    def(
        Field::TEAM,
        Text,
        "team 团队 salesteam group 小组 组 组别 销售团队 所属团队 班组",
    ),
    def(
        Field::DEPARTMENT,
        Text,
        "department 部门 regionaloffice office dept division branch region 大区 区域 \
         分公司 办事处 所属部门 事业部 销售大区",
    ),
    def(
        Field::ROLE,
        Role,
        "role 角色 title jobtitle position 岗位 职位 职务",
    ),
    def(
        Field::HIRED_ON,
        Date,
        "hiredate 入职日期 hiredon startdate joindate joined dateofjoining 入职时间 \
         到岗日期 入职",
    ),
    def(
        Field::LEFT_ON,
        Date,
        "leavedate 离职日期 lefton enddate terminationdate leavingdate left 离职时间 \
         离职",
    ),
];

static CUSTOMERS: &[FieldDef] = &[
    required(
        Field::NAME,
        Text,
        "account 客户名称 customer customername accountname company companyname \
         client clientname 客户 公司名称 单位名称 企业名称 name 名称",
    ),
    def(
        Field::EXTERNAL_ID,
        Text,
        "customerid 客户编号 accountid customerno customernumber clientid 客户id \
         客户编码 客户号 externalid id 编号",
    ),
    def(
        Field::CUSTOMER_TYPE,
        Text,
        "customertype 客户类型 sector industry type accounttype 行业 所属行业 \
         客户类别 类型",
    ),
    def(
        Field::SEGMENT,
        Text,
        "segment 客户分类 customersegment 客户等级 客户级别 tier 等级 级别",
    ),
    def(
        Field::REGION,
        Text,
        "region 地区 officelocation location country city province 区域 省份 城市 \
         国家 所在地 所在地区",
    ),
    def(
        Field::PARENT,
        Text,
        "subsidiaryof 母公司 parent parentcompany parentaccount 上级公司 上级客户 \
         所属集团 集团",
    ),
    def(
        Field::EMPLOYEES,
        Integer,
        "employees 员工人数 headcount numberofemployees 人数 员工数 企业规模",
    ),
    def(
        Field::REVENUE,
        Text,
        "revenue 年收入 annualrevenue turnover 年营业额 营业额 营业收入 年营收",
    ),
    def(
        Field::FOUNDED_YEAR,
        Integer,
        "yearestablished 成立年份 founded foundedyear established 成立年 成立时间",
    ),
];

static PRODUCTS: &[FieldDef] = &[
    required(
        Field::NAME,
        Text,
        "product 产品名称 productname 产品 商品名称 商品 item itemname 品名 name 名称",
    ),
    def(
        Field::EXTERNAL_ID,
        Text,
        "productid 产品编号 sku productcode itemcode itemno 产品编码 商品编号 \
         商品编码 货号 物料编码 externalid id 编号",
    ),
    def(
        Field::CATEGORY,
        Text,
        "category 产品类别 series productline family 产品系列 系列 类别 产品线 分类 \
         品类",
    ),
    def(
        Field::LIST_PRICE,
        Amount,
        "listprice 标价 salesprice price unitprice 目录价 单价 售价 价格 销售价 定价",
    ),
    def(
        Field::COST,
        Amount,
        "cost 成本 unitcost costprice 成本价 单位成本",
    ),
];

static OPPORTUNITIES: &[FieldDef] = &[
    required(
        Field::EXTERNAL_ID,
        Text,
        "opportunityid 商机编号 dealid opportunityno opportunitynumber dealno 商机id \
         商机号 商机编码 项目编号 订单编号 订单号 合同编号 externalid id 编号",
    ),
    required(
        Field::OWNER,
        Text,
        // A staff number decides where two people share a name, so it comes first.
        "工号 负责人工号 销售工号 staffnumber owner 负责人 salesagent agent opportunityowner \
         dealowner salesperson salesrep 商机负责人 销售 销售人员 销售员 业务员 跟进人 所有人 姓名",
    ),
    def(
        Field::CUSTOMER,
        Text,
        "customer 客户 account accountname customername client company 客户名称 \
         公司名称 客户编号 customerid customerno customernumber accountid clientid 客户编码 客户号 \
         客户id",
    ),
    def(
        Field::PRODUCT,
        Text,
        "product 产品 productname item 产品名称 商品 商品名称 产品编号 productid sku \
         productcode 产品编码 商品编号 商品编码 货号",
    ),
    required(
        Field::STAGE,
        Stage,
        "stage 阶段 dealstage salesstage status opportunitystage 商机阶段 销售阶段 \
         状态 商机状态",
    ),
    def(
        Field::OPENED_ON,
        Date,
        "openedon 创建日期 engagedate opendate createddate createdate createdon \
         startdate 创建时间 立项日期 开始日期 接触日期 商机日期",
    ),
    def(
        Field::CLOSED_ON,
        Date,
        "closedon 成交日期 closedate closeddate wondate enddate 关闭日期 赢单日期 \
         结束日期 签约日期 签单日期 成交时间 结单日期",
    ),
    def(
        Field::AMOUNT,
        Amount,
        "amount 金额 closevalue dealvalue value dealamount opportunityamount revenue \
         成交金额 商机金额 合同金额 签约金额 销售金额 订单金额 销售额",
    ),
    def(
        Field::OPEN_QUARTER,
        QuarterOf(Field::OPENED_ON),
        "openquarter 创建季度 engagequarter",
    ),
    def(
        Field::CLOSE_QUARTER,
        QuarterOf(Field::CLOSED_ON),
        "closequarter 成交季度 关闭季度 赢单季度",
    ),
];

impl Kind {
    /// In the order of import: what is referred to comes before what refers to it.
    pub const ALL: [Self; 4] = [
        Self::People,
        Self::Customers,
        Self::Products,
        Self::Opportunities,
    ];

    /// The kind's table.
    pub fn fields(self) -> &'static [FieldDef] {
        match self {
            Self::People => PEOPLE,
            Self::Customers => CUSTOMERS,
            Self::Products => PRODUCTS,
            Self::Opportunities => OPPORTUNITIES,
        }
    }

    /// A field's definition, if the kind has it.
    pub fn field(self, field: Field) -> Option<&'static FieldDef> {
        self.fields().iter().find(|def| def.field == field)
    }

    /// Code in files and on the command line: `people`.
    pub fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Customers => "customers",
            Self::Products => "products",
            Self::Opportunities => "opportunities",
        }
    }
}

fn unknown(what: &'static str, text: &str) -> yeji_core::Error {
    let value = text.chars().take(64).collect();
    yeji_core::Error::Unknown { what, value }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Kind {
    type Err = yeji_core::Error;

    fn from_str(text: &str) -> yeji_core::Result<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.code() == text)
            .ok_or_else(|| unknown("kind", text))
    }
}

impl Field {
    /// The code: `closed_on`.
    pub fn code(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for Field {
    type Err = yeji_core::Error;

    fn from_str(text: &str) -> yeji_core::Result<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|field| field.0 == text)
            .ok_or_else(|| unknown("field", text))
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl TS for Field {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".to_owned()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "string".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_key;

    #[test]
    fn tables_are_consistent() {
        for kind in Kind::ALL {
            assert_eq!(kind.code().parse(), Ok(kind));
            let mut seen = std::collections::BTreeSet::new();
            for def in kind.fields() {
                assert!(
                    Field::ALL.contains(&def.field),
                    "{kind} {} is a listed field",
                    def.field
                );
                for header in def.spellings() {
                    assert_eq!(
                        fold_key(header),
                        header,
                        "{kind}: synonyms are written folded"
                    );
                    assert!(
                        seen.insert(header),
                        "{kind}: `{header}` must mean one field only"
                    );
                }
                if let FieldType::QuarterOf(of) = def.kind {
                    let target = kind.field(of).expect("a control names a field of its kind");
                    assert_eq!(target.kind, FieldType::Date);
                }
            }
            assert!(
                kind.fields().iter().any(|def| def.required),
                "{kind} needs an identity"
            );
        }
    }
}
