//! Columns that name a record of another kind: the same in every kind that has one.

use super::FieldType::Text;
use super::{Field, FieldDef, field, same};

/// A customer that is known.
pub(super) const CUSTOMER: FieldDef = field(
    Field::CUSTOMER,
    Text,
    ["客户", "Customer"],
    "客户 customer account accountname customername client company 客户名称 公司名称 客户编号 customerid \
     customerno customernumber accountid clientid 客户编码 客户号 客户id buyer 购方名称",
    [
        "客户编号或名称，须已在库中",
        "ID or name of a customer that is known",
    ],
    same("C-1001"),
);

/// A deal that is known.
pub(super) const DEAL: FieldDef = field(
    Field::OPPORTUNITY,
    Text,
    ["商机编号", "Opportunity"],
    "opportunity 商机编号 opportunityid dealid deal opportunityno opportunitynumber dealno 商机id 商机号 \
     商机编码 商机 项目编号 关联商机 所属商机 订单号 订单编号",
    ["商机编号，须已在库中", "Number of a deal that is known"],
    same("OP-0001"),
);

/// A person that is known.
pub(super) const PERSON: FieldDef = field(
    Field::PERSON,
    Text,
    ["人员", "Person"],
    "人员 person 工号 staffnumber staffno employeeid 员工编号 姓名 name employee 员工 销售人员 销售 \
     salesperson salesrep 人员姓名 员工姓名",
    ["工号或姓名", "Staff number or name"],
    same("10001"),
);
