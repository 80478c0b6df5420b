//! Mappings that are kept: listed, written to a file, read from one.

use serde_json::json;
use yeji_core::ids::MappingId;
use yeji_intake::Mapping;
use yeji_store::{ChangeKind, MappingProfile};

use crate::api::NoArgs;
use crate::api::data::{MappingArgs, MappingInfo};
use crate::api::reports::ExportResult;
use crate::context::App;
use crate::error::{Error, Result};

/// Longest name of a mapping.
const MAX_NAME_CHARS: usize = 100;

impl App {
    /// The mappings that are kept: named ones, and those remembered for the headers of a file.
    pub async fn list_mappings(&self, _: NoArgs) -> Result<Vec<MappingInfo>> {
        let mut all = Vec::new();
        for (name, profile) in self.store()?.mapping_profiles().await? {
            let mapping = read(&profile)?;
            all.push(MappingInfo {
                name,
                kind: mapping.kind.code().to_owned(),
                columns: mapping.columns.values().cloned().collect(),
            });
        }
        Ok(all)
    }

    /// A kept mapping as TOML.
    pub async fn mapping_toml(&self, name: &str) -> Result<String> {
        let found = self.store()?.mapping_profile(name).await?;
        let profile = found.ok_or_else(|| Error::NotFound {
            what: "mapping",
            value: name.to_owned(),
        })?;
        Ok(read(&profile)?.to_toml()?)
    }

    /// Saves a kept mapping where a person says, to be shared.
    pub async fn export_mapping(&self, args: MappingArgs) -> Result<ExportResult> {
        let text = self.mapping_toml(&args.name).await?;
        let name = yeji_report::file_name(&["mapping", &args.name]);
        let Some(path) = self.host.save_file(&format!("{name}.toml")).await else {
            return Ok(ExportResult {
                folder: None,
                files: Vec::new(),
                failed: Vec::new(),
            });
        };
        std::fs::write(&path, text).map_err(Error::io(&path))?;
        Ok(super::rejected::written(&path))
    }

    /// Keeps a mapping of a file (TOML) under a name; one of that name is replaced.
    pub async fn keep_mapping(&self, name: &str, text: &str) -> Result<MappingInfo> {
        let name = name.trim();
        let length = name.chars().count();
        if length == 0 || length > MAX_NAME_CHARS || name.chars().any(char::is_control) {
            return Err(Error::input("name", name, "a name of 1 to 100 characters"));
        }
        let mapping = Mapping::from_toml(text)?;
        let _turn = self.turn().await;
        let known = self.store()?.mapping_profile(name).await?;
        let id = known.map_or_else(|| MappingId(self.clock.new_id()), |profile| profile.id);
        let mut change = self.change(ChangeKind::Mapping, json!({ "name": name }));
        change.put.push(
            MappingProfile {
                id,
                name: name.to_owned(),
                document: json!(mapping.to_toml()?),
            }
            .into(),
        );
        self.apply(change).await?;
        Ok(MappingInfo {
            name: name.to_owned(),
            kind: mapping.kind.code().to_owned(),
            columns: mapping.columns.into_values().collect(),
        })
    }
}

fn read(profile: &MappingProfile) -> Result<Mapping> {
    let text = profile.document.as_str().unwrap_or_default();
    Ok(Mapping::from_toml(text)?)
}
