//! Examples of the use cases about statements on paper and the file for payroll.

use yeji_core::ids::PersonId;
use yeji_report::chart::Lang;

use crate::Desk;
use crate::api::NoArgs;
use crate::api::bonus_papers::{
    ConfirmStatement, ExportPayroll, ExportStatement, ExportStatements, GetPayroll,
    GetStatementConfirmation, ListStatementConfirmations, PayrollAmounts, PayrollColumns,
    PayrollProfile, PayrollProfileArgs,
};
use crate::error::Result;
use crate::host::no_progress;

/// Calls a use case; none: it is not of these.
pub(super) async fn call(desk: &Desk, name: &str, person: PersonId) -> Option<Result<()>> {
    let period = "2026-Q2".parse().unwrap();
    let (plan, language) = (None, Lang::En);
    let folder = tempfile::tempdir().unwrap();
    let one = || ExportStatement {
        period,
        plan: None,
        person: Some(person),
        language,
    };
    let all = || ExportStatements {
        period,
        plan: None,
        language,
    };
    let payroll = || ExportPayroll {
        period,
        plan: None,
        columns: None,
        format: "csv".to_owned(),
        draft: true,
        language,
    };
    let profile = || "nobody's".to_owned();
    Some(match name {
        "export_statement" => Box::pin(desk.export_statement(one())).await.map(drop),
        "export_statement_to" => {
            let file = folder.path().join("statement.pdf");
            Box::pin(desk.export_statement_to(&file, one()))
                .await
                .map(drop)
        }
        "export_statements" => Box::pin(desk.export_statements(all(), &no_progress))
            .await
            .map(drop),
        "export_statements_to" => {
            Box::pin(desk.export_statements_to(folder.path(), all(), &no_progress))
                .await
                .map(drop)
        }
        "get_statement_confirmation" => {
            Box::pin(desk.get_statement_confirmation(GetStatementConfirmation {
                period,
                plan,
                person: Some(person),
            }))
            .await
            .map(drop)
        }
        "confirm_statement" => Box::pin(desk.confirm_statement(ConfirmStatement {
            period,
            plan,
            person: Some(person),
            // Refused for another reason than a right.
            hash: "words".to_owned(),
            on_paper: false,
        }))
        .await
        .map(drop),
        "list_statement_confirmations" => Box::pin(desk.list_statement_confirmations(
            ListStatementConfirmations {
                period,
                plan,
                state: None,
                offset: 0,
                limit: 10,
            },
        ))
        .await
        .map(drop),
        "get_payroll" => Box::pin(desk.get_payroll(GetPayroll {
            period,
            plan,
            columns: None,
            language,
        }))
        .await
        .map(drop),
        "export_payroll" => Box::pin(desk.export_payroll(payroll())).await.map(drop),
        "export_payroll_to" => {
            let file = folder.path().join("payroll.csv");
            Box::pin(desk.export_payroll_to(&file, payroll()))
                .await
                .map(drop)
        }
        "list_payroll_profiles" => Box::pin(desk.list_payroll_profiles(NoArgs {}))
            .await
            .map(drop),
        "save_payroll_profile" => Box::pin(desk.save_payroll_profile(PayrollProfile {
            name: profile(),
            columns: PayrollColumns {
                amounts: PayrollAmounts::Decimal,
                columns: Vec::new(),
            },
        }))
        .await
        .map(drop),
        "remove_payroll_profile" => {
            Box::pin(desk.remove_payroll_profile(PayrollProfileArgs { name: profile() }))
                .await
                .map(drop)
        }
        "export_payroll_profile" => {
            Box::pin(desk.export_payroll_profile(PayrollProfileArgs { name: profile() }))
                .await
                .map(drop)
        }
        "import_payroll_profile" => Box::pin(desk.import_payroll_profile(NoArgs {}))
            .await
            .map(drop),
        _ => return None,
    })
}
