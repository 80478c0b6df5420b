//! Scorecards on small companies whose figures are known by heart, and as each role sees them.

mod goals;
mod results;
mod weights;

use serde_json::json;
use yeji_core::calendar::Period;
use yeji_core::facts::{Opportunity, Stage};
use yeji_core::ids::{MembershipId, PersonId, UnitId};
use yeji_core::org::{MemberRole, Membership, OPEN_END, OPEN_START, Person};
use yeji_store::{ChangeKind, Record};
use yeji_testkit::{OrgBuilder, won_deal};

use crate::api::scorecards::{
    GetKpiGoal, GetScorecardResult, KpiGoalView, KpiWeightSetting, ScorecardResult, SetKpiGoal,
    SetScorecard,
};
use crate::context::App;
use crate::error::Error;
use crate::performance::Whose;
use crate::testing;

/// Two teams below a department of a company:
/// East with Li (2 won, 2 lost in 2026; 3 won, 1 lost in the second quarter of 2027) and Wu (3 won, 3 lost in
/// 2026), led by Ma; West with Xu (8 won, 2 lost in 2026).
pub(super) struct World {
    pub app: App,
    pub company: UnitId,
    pub department: UnitId,
    pub east: UnitId,
    pub west: UnitId,
    pub li: PersonId,
    pub wu: PersonId,
    pub xu: PersonId,
    pub ma: PersonId,
    _folder: tempfile::TempDir,
}

impl World {
    pub async fn new() -> Self {
        let folder = yeji_testkit::temp_folder();
        let app = testing::app(&folder.path().join("store"), "2027-08-15").await;
        let org = OrgBuilder::default()
            .team("East", &["Li", "Wu"])
            .team("West", &["Xu"]);
        let units: Vec<UnitId> = org.units.iter().map(|unit| unit.id).collect();
        let people: Vec<PersonId> = org.people.iter().map(|person| person.id).collect();
        let ma = PersonId(app.clock.new_id());
        let mut put: Vec<Record> = org.units.into_iter().map(Into::into).collect();
        put.extend(org.people.iter().cloned().map(Record::from));
        put.extend(org.memberships.into_iter().map(Record::from));
        put.push(
            Person {
                id: ma,
                external_id: "Ma".to_owned(),
                name: "Ma".to_owned(),
                ..org.people[0].clone()
            }
            .into(),
        );
        put.push(
            Membership {
                id: MembershipId(app.clock.new_id()),
                person: ma,
                unit: units[2],
                role: MemberRole::Manager,
                from: OPEN_START,
                to: OPEN_END,
                batch: None,
            }
            .into(),
        );
        let mut deals = |owner: PersonId, day: &str, won: usize, lost: usize| {
            for at in 0..won + lost {
                let id = app.clock.new_id().into();
                let deal = won_deal(id, owner, day, 1_000);
                put.push(if at < won {
                    deal.into()
                } else {
                    Opportunity {
                        stage: Stage::Lost,
                        amount: None,
                        ..deal
                    }
                    .into()
                });
            }
        };
        deals(people[0], "2026-05-10", 2, 2);
        deals(people[1], "2026-05-10", 3, 3);
        deals(people[2], "2026-05-10", 8, 2);
        deals(people[0], "2027-05-10", 3, 1);
        let mut change = app.change(ChangeKind::Import, json!({}));
        change.put = put;
        app.apply(change).await.unwrap();
        Self {
            company: units[0],
            department: units[1],
            east: units[2],
            west: units[3],
            li: people[0],
            wu: people[1],
            xu: people[2],
            ma,
            app,
            _folder: folder,
        }
    }

    /// Sets a goal from the first day of its period on.
    pub async fn goal(&self, metric: &str, whose: Whose, period: &str, value: &str) -> KpiGoalView {
        self.goal_from(metric, whose, period, value, None)
            .await
            .unwrap()
    }

    pub async fn goal_from(
        &self,
        metric: &str,
        whose: Whose,
        period: &str,
        value: &str,
        from: Option<&str>,
    ) -> Result<KpiGoalView, Error> {
        let value = (!value.is_empty()).then(|| value.to_owned());
        let args = SetKpiGoal {
            from: from.map(yeji_testkit::day),
            ..ask(metric, whose, period, value)
        };
        self.app.set_kpi_goal(args).await
    }

    pub async fn view(&self, metric: &str, whose: Whose, period: &str) -> KpiGoalView {
        let SetKpiGoal {
            metric,
            unit,
            person,
            period,
            ..
        } = ask(metric, whose, period, None);
        self.app
            .get_kpi_goal(GetKpiGoal {
                metric,
                unit,
                person,
                period,
            })
            .await
            .unwrap()
    }

    /// The goal in force: value and where it comes from.
    pub async fn in_force(&self, metric: &str, whose: Whose, period: &str) -> String {
        let view = self.view(metric, whose, period).await;
        match (view.goal, view.reason) {
            (Some(goal), _) => format!("{} {:?}", goal.value, goal.source),
            (None, Some(why)) => why.code,
            (None, None) => String::new(),
        }
    }

    /// Sets a scorecard: codes and weights.
    pub async fn scorecard(
        &self,
        role: Option<MemberRole>,
        from: &str,
        kpis: &[(&str, &str)],
    ) -> Result<(), Error> {
        let kpis = kpis.iter().map(|(metric, weight)| KpiWeightSetting {
            metric: (*metric).to_owned(),
            weight: (*weight).to_owned(),
            cap: None,
        });
        let args = SetScorecard {
            role,
            from: yeji_testkit::day(from),
            kpis: kpis.collect(),
        };
        self.app.set_scorecard(args).await.map(drop)
    }

    pub async fn result(&self, whose: Whose, period: &str, people: bool) -> ScorecardResult {
        let SetKpiGoal {
            unit,
            person,
            period,
            ..
        } = ask("", whose, period, None);
        self.app
            .get_scorecard_result(GetScorecardResult {
                period,
                unit,
                person,
                people,
                language: yeji_report::chart::Lang::En,
            })
            .await
            .unwrap()
    }
}

fn ask(metric: &str, whose: Whose, period: &str, value: Option<String>) -> SetKpiGoal {
    let (unit, person) = match whose {
        Whose::Unit(id) => (Some(id), None),
        Whose::Person(id) => (None, Some(id)),
    };
    let period: Period = period.parse().unwrap();
    SetKpiGoal {
        metric: metric.to_owned(),
        unit,
        person,
        period,
        from: None,
        value,
    }
}
