//! Units, people and where they are.

use super::FieldType::{Choice, Date, Role, Text};
use super::references::PERSON;
use super::{Field, FieldDef, KindDef, field, same};

pub(super) static UNITS: KindDef = KindDef {
    titles: ["组织单元", "Organisation units"],
    fields: UNIT_FIELDS,
    identity: &[Field::NAME, Field::PARENT_UNIT],
    counted_on: None,
};

static UNIT_FIELDS: &[FieldDef] = &[
    field(
        Field::NAME,
        Text,
        ["单元名称", "Unit name"],
        "unitname unit 单元名称 组织单元 组织名称 部门名称 团队名称 orgunit organisationunit \
         organizationunit name 名称",
        [
            "单元的名称；同一上级下不重名",
            "Name of the unit; unique below one parent",
        ],
        ["华东一组", "East team 1"],
    )
    .required(),
    field(
        Field::UNIT_KIND,
        Choice(&[
            ("company", "company 公司 总公司 集团"),
            (
                "department",
                "department dept 部门 大区 事业部 分公司 办事处 division",
            ),
            ("team", "team group 团队 小组 组 班组"),
        ]),
        ["单元类型", "Unit kind"],
        "unitkind 单元类型 组织类型 层级 level 级别 kind type 类型",
        [
            "公司、部门或团队；不填为团队",
            "company, department or team; empty: team",
        ],
        ["团队", "team"],
    ),
    field(
        Field::PARENT_UNIT,
        Text,
        ["上级单元", "Parent unit"],
        "parentunit 上级单元 上级部门 上级组织 所属部门 上级 parent reportsto",
        [
            "上级单元的名称；不填表示直属公司",
            "Name of the unit above; empty: directly below the company",
        ],
        ["", ""],
    ),
    field(
        Field::VALID_FROM,
        Date,
        ["启用日期", "Valid from"],
        "validfrom 启用日期 生效日期 成立日期 开始日期 start startdate",
        [
            "单元存在的第一天；不填表示一直存在",
            "First day of the unit; empty: since ever",
        ],
        same("2024-01-01"),
    ),
    field(
        Field::VALID_TO,
        Date,
        ["停用日期", "Valid to"],
        "validto 停用日期 失效日期 撤销日期 结束日期 end enddate",
        [
            "不再存在的第一天；不填表示仍在",
            "First day on which it no longer exists; empty: it still does",
        ],
        same(""),
    ),
];

pub(super) static PEOPLE: KindDef = KindDef {
    titles: ["人员与团队", "People and teams"],
    fields: PEOPLE_FIELDS,
    identity: &[],
    counted_on: None,
};

static PEOPLE_FIELDS: &[FieldDef] = &[
    field(
        Field::NAME,
        Text,
        ["姓名", "Name"],
        "name 姓名 salesagent agent salesperson salesrep employee employeename person \
         fullname 员工姓名 销售 销售人员 销售员 员工 业务员 人员",
        ["人员姓名", "Name of the person"],
        ["王伟", "Wang Wei"],
    )
    .required(),
    field(
        Field::STAFF_NUMBER,
        Text,
        ["工号", "Staff number"],
        "staffnumber 工号 staffno staffid employeeid employeeno employeenumber \
         personid 员工编号 员工号 人员编号 职工号 编号",
        [
            "员工编号；重名时靠它区分",
            "Identifies the person; tells namesakes apart",
        ],
        same("10001"),
    ),
    field(
        Field::MANAGER,
        Text,
        ["主管", "Manager"],
        "manager 经理 主管 teamleader supervisor reportsto 直属上级 上级 销售经理 \
         负责人 团队负责人",
        ["带这个团队的人", "Who leads the team"],
        same(""),
    ),
    field(
        Field::TEAM,
        Text,
        ["团队", "Team"],
        "team 团队 salesteam group 小组 组 组别 销售团队 所属团队 班组",
        ["所在团队", "The person's team"],
        ["华东一组", "East team 1"],
    ),
    field(
        Field::DEPARTMENT,
        Text,
        ["部门", "Department"],
        "department 部门 regionaloffice office dept division branch region 大区 区域 \
         分公司 办事处 所属部门 事业部 销售大区",
        ["团队所属的部门或大区", "Department or region of the team"],
        same(""),
    ),
    field(
        Field::ROLE,
        Role,
        ["岗位", "Role"],
        "role 角色 岗位 title jobtitle position 职位 职务",
        [
            "岗位或职务；导入时确认是销售还是主管",
            "Job title; whether it sells or leads is confirmed at import",
        ],
        ["销售", "sales"],
    ),
    field(
        Field::HIRED_ON,
        Date,
        ["入职日期", "Hire date"],
        "hiredate 入职日期 hiredon startdate joindate joined dateofjoining 入职时间 \
         到岗日期 到职日期 入职",
        ["第一个工作日", "First day of work"],
        same("2024-03-01"),
    ),
    field(
        Field::LEFT_ON,
        Date,
        ["离职日期", "Leave date"],
        "leavedate 离职日期 lefton enddate terminationdate leavingdate left 离职时间 \
         离职",
        [
            "不再任职的第一天；在职不填",
            "First day no longer employed; empty while employed",
        ],
        same(""),
    ),
];

pub(super) static MEMBERSHIPS: KindDef = KindDef {
    titles: ["任职记录", "Memberships"],
    fields: MEMBERSHIP_FIELDS,
    identity: &[Field::PERSON, Field::UNIT, Field::ROLE, Field::VALID_FROM],
    counted_on: None,
};

static MEMBERSHIP_FIELDS: &[FieldDef] = &[
    PERSON.required(),
    field(
        Field::UNIT,
        Text,
        ["所属单元", "Unit"],
        "unit 所属单元 单元 组织单元 所属组织 team 团队 所属团队 小组 部门 所属部门 department",
        ["团队或部门的名称", "Name of the team or department"],
        ["华东一组", "East team 1"],
    )
    .required(),
    field(
        Field::ROLE,
        Choice(&[
            (
                "sales",
                "sales 销售 销售员 销售代表 销售人员 业务员 成员 member",
            ),
            (
                "manager",
                "manager 主管 经理 负责人 组长 团队负责人 leader lead head",
            ),
        ]),
        ["任职角色", "Role"],
        "role 任职角色 角色 岗位 职务 position",
        [
            "销售（有目标）或主管（带团队）；不填为销售",
            "sales (carries a goal) or manager (leads); empty: sales",
        ],
        ["销售", "sales"],
    ),
    field(
        Field::VALID_FROM,
        Date,
        ["任职开始", "Member from"],
        "memberfrom 任职开始 任职开始日期 开始日期 生效日期 调入日期 from startdate validfrom start",
        ["在该单元的第一天", "First day in the unit"],
        same("2024-03-01"),
    )
    .required(),
    field(
        Field::VALID_TO,
        Date,
        ["任职结束", "Member to"],
        "memberto 任职结束 任职结束日期 结束日期 失效日期 调出日期 to enddate validto end",
        [
            "不再在该单元的第一天；仍在不填",
            "First day no longer in the unit; empty while there",
        ],
        same(""),
    ),
];
