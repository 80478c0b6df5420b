//! Examples of the use cases of personal files and follow-ups.

use yeji_core::ids::{OpportunityId, PersonId};

use super::House;
use crate::api::NoArgs;
use crate::api::follow_up::{AddFeedback, AddInteraction, AddNextStep, ListFollowUps};
use crate::api::personal::ExportPersonalFile;
use crate::error::Result;
use crate::keys::Secret;

/// Calls a use case with an example argument; none for one of another subject.
pub(super) async fn call(house: &House, name: &str, person: PersonId) -> Option<Result<()>> {
    let desk = &house.desk;
    let opportunity = OpportunityId(uuid::Uuid::nil());
    let file = house.folder.path().join("none.yejireturn");
    let export = || ExportPersonalFile {
        person,
        passphrase: Secret::new("eight letters".to_owned()),
    };
    Some(match name {
        "list_personal_files" => desk.list_personal_files(NoArgs {}).await.map(drop),
        "export_personal_file" => desk.export_personal_file(export()).await.map(drop),
        "export_personal_file_to" => {
            let file = house.folder.path().join("own.yejipersonal");
            desk.export_personal_file_to(&file, export())
                .await
                .map(drop)
        }
        "send_back" => desk.send_back(NoArgs {}).await.map(drop),
        "send_back_to" => desk.send_back_to(&file).await.map(drop),
        "pick_return" => desk.pick_return(NoArgs {}).await.map(drop),
        "import_return" => desk.import_return(NoArgs {}).await.map(drop),
        "preview_return_of" => desk.preview_return_of(&file).await.map(drop),
        "import_return_of" => desk.import_return_of(&file).await.map(drop),
        "list_follow_ups" => {
            let args = ListFollowUps { opportunity };
            desk.list_follow_ups(args).await.map(drop)
        }
        "add_interaction" => {
            let args = AddInteraction {
                opportunity,
                kind: "call".to_owned(),
                on: desk.shared.clock.today(),
                note: "note".to_owned(),
            };
            desk.add_interaction(args).await.map(drop)
        }
        "add_next_step" => {
            let args = AddNextStep {
                opportunity,
                step: "step".to_owned(),
                due_on: None,
            };
            desk.add_next_step(args).await.map(drop)
        }
        "list_feedback" => desk.list_feedback(NoArgs {}).await.map(drop),
        "add_feedback" => {
            let words = "words".to_owned();
            desk.add_feedback(AddFeedback { words }).await.map(drop)
        }
        "find_deal" => desk.find_deal("none").await.map(drop),
        _ => return None,
    })
}
