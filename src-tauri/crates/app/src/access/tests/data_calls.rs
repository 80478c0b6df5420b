//! Examples of the use cases on mappings, sources, watched folders and duplicates.

use yeji_core::ids::CustomerId;

use super::House;
use crate::api::NoArgs;
use crate::api::customers::{KeepApart, MergeCustomers};
use crate::api::data::{ListFacts, TemplateArgs};
use crate::api::mappings::{MappingArgs, NameMapping};
use crate::api::sources::{ListDisagreements, SourceOrder, TakeValue};
use crate::api::watching::{WatchFolder, WatchedFileArgs, WatchedFolderArgs};
use crate::error::Result;

/// Calls a use case; none: it is not of these.
pub(super) async fn call(house: &House, name: &str) -> Option<Result<()>> {
    let desk = &house.desk;
    let customers = MergeCustomers {
        customer: CustomerId(uuid::Uuid::nil()),
        into: CustomerId(uuid::Uuid::nil()),
    };
    Some(match name {
        "save_template" => {
            let kind = "people".to_owned();
            desk.save_template(TemplateArgs { kind }).await.map(drop)
        }
        "list_facts" => {
            let args = ListFacts {
                kind: "people".to_owned(),
                source: None,
                month: None,
                after: None,
            };
            desk.list_facts(args).await.map(drop)
        }
        "list_mappings" => desk.list_mappings(NoArgs {}).await.map(drop),
        "export_mapping" => {
            let name = "none".to_owned();
            desk.export_mapping(MappingArgs { name }).await.map(drop)
        }
        "import_mapping" => desk.import_mapping(NoArgs {}).await.map(drop),
        "name_mapping" => {
            let args = NameMapping {
                name: "none".to_owned(),
                new_name: "nothing".to_owned(),
            };
            desk.name_mapping(args).await.map(drop)
        }
        "delete_mapping" => {
            let name = "none".to_owned();
            desk.delete_mapping(MappingArgs { name }).await
        }
        "mapping_toml" => desk.mapping_toml("none").await.map(drop),
        "keep_mapping" => desk.keep_mapping("none", "").await.map(drop),
        "list_watched" => desk.list_watched(NoArgs {}).await.map(drop),
        "watch_folder" => desk.watch_folder(WatchFolder::default()).await.map(drop),
        "watch_path" => {
            let nowhere = std::path::Path::new("no such folder");
            let args = WatchFolder::default();
            desk.watch_path(nowhere, args).await.map(drop)
        }
        "unwatch_folder" => {
            let folder = uuid::Uuid::nil();
            let args = WatchedFolderArgs { folder };
            desk.unwatch_folder(args).await.map(drop)
        }
        "look_closely_into_watched" => desk.look_closely_into_watched().await.map(drop),
        "look_into_watched" => desk.look_into_watched(NoArgs {}).await.map(drop),
        "open_watched_file" => {
            let file = uuid::Uuid::nil();
            desk.open_watched_file(WatchedFileArgs { file })
                .await
                .map(drop)
        }
        "retry_watched_file" => {
            let file = uuid::Uuid::nil();
            desk.retry_watched_file(WatchedFileArgs { file })
                .await
                .map(drop)
        }
        "list_sources" => desk.list_sources(NoArgs {}).await.map(drop),
        "set_source_order" => {
            let args = SourceOrder::default();
            desk.set_source_order(args).await.map(drop)
        }
        "list_disagreements" => {
            let args = ListDisagreements::default();
            desk.list_disagreements(args).await.map(drop)
        }
        "take_value" => {
            let args = TakeValue {
                entity: "customer".to_owned(),
                id: uuid::Uuid::nil(),
                field: "name".to_owned(),
                source: "crm".to_owned(),
            };
            desk.take_value(args).await.map(drop)
        }
        "get_reconciliation" => desk.get_reconciliation(NoArgs {}).await.map(drop),
        "list_duplicates" => desk.list_duplicates(NoArgs {}).await.map(drop),
        "list_decided_customers" => desk.list_decided_customers(NoArgs {}).await.map(drop),
        "compare_customers" => desk.compare_customers(customers).await.map(drop),
        "keep_customers_apart" => {
            let args = KeepApart {
                one: customers.customer,
                other: customers.into,
                apart: true,
            };
            desk.keep_customers_apart(args).await
        }
        "merge_customers" => desk.merge_customers(customers).await.map(drop),
        "unmerge_customer" => desk.unmerge_customer(customers).await.map(drop),
        _ => return None,
    })
}
