//! Mappings that are kept: listed, named, written to a file, read from one.

use serde_json::json;
use yeji_core::ids::MappingId;
use yeji_intake::Mapping;
use yeji_store::{ChangeKind, Entity, MappingProfile};

use super::session::{is_remembered, source_remembered};
use crate::api::NoArgs;
use crate::api::mappings::{MappingArgs, MappingInfo, NameMapping};
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
            all.push(info(&name, &read(&profile)?));
        }
        Ok(all)
    }

    /// A kept mapping as TOML.
    ///
    /// It leaves the store: the audit log has it before it does.
    pub async fn mapping_toml(&self, name: &str) -> Result<String> {
        let text = read(&self.mapping_named(name).await?)?.to_toml()?;
        self.audit("export.mapping", name, json!({})).await?;
        Ok(text)
    }

    /// Saves a kept mapping where a person says, to be shared.
    pub async fn export_mapping(&self, args: MappingArgs) -> Result<ExportResult> {
        // One that is not there is told before anything is asked.
        self.mapping_named(&args.name).await?;
        let name = yeji_report::file_name(&["mapping", &args.name]);
        let Some(path) = self.host.save_file(&format!("{name}.toml")).await else {
            return Ok(ExportResult {
                folder: None,
                files: Vec::new(),
                failed: Vec::new(),
            });
        };
        let text = self.mapping_toml(&args.name).await?;
        std::fs::write(&path, text).map_err(Error::io(&path))?;
        Ok(super::rejected::written(&path))
    }

    /// Keeps the mapping of a file (TOML) that a dialog chooses, under the file's name; where another mapping
    /// has it, with a number behind it: nothing that is kept is lost. None: the dialog was closed.
    pub async fn import_mapping(&self, _: NoArgs) -> Result<Option<MappingInfo>> {
        let Some(path) = self.host.pick_mapping().await else {
            return Ok(None);
        };
        let text = yeji_intake::read_text(&path)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        // As `export_mapping` calls its files.
        let name = stem.strip_prefix("mapping - ").unwrap_or(&stem);
        let name = self.free_name(name, &text).await?;
        Ok(Some(self.keep_mapping(&name, &text).await?))
    }

    /// The name, or the first numbered one that no other mapping has.
    async fn free_name(&self, name: &str, text: &str) -> Result<String> {
        let mapping = Mapping::from_toml(text)?;
        for number in 1_u32.. {
            let one = match number {
                1 => name.to_owned(),
                _ => format!("{name} ({number})"),
            };
            match self.store()?.mapping_profile(&one).await? {
                Some(kept) if read(&kept)? != mapping => {}
                _ => return Ok(one),
            }
        }
        Ok(name.to_owned())
    }

    /// Keeps a mapping of a file (TOML) under a name; one of that name is replaced.
    pub async fn keep_mapping(&self, name: &str, text: &str) -> Result<MappingInfo> {
        let name = checked(name)?;
        let mapping = Mapping::from_toml(text)?;
        let _turn = self.turn().await;
        let known = self.store()?.mapping_profile(name).await?;
        let id = known.map_or_else(|| MappingId(self.clock.new_id()), |profile| profile.id);
        self.put_mapping(id, name, &mapping).await?;
        Ok(info(name, &mapping))
    }

    /// Gives a mapping another name. One that was remembered for the headers of a file goes on being
    /// that: a copy gets the name.
    pub async fn name_mapping(&self, args: NameMapping) -> Result<MappingInfo> {
        let new_name = checked(&args.new_name)?;
        let _turn = self.turn().await;
        let profile = self.mapping_named(&args.name).await?;
        if new_name != args.name && self.store()?.mapping_profile(new_name).await?.is_some() {
            return Err(Error::input("name", new_name, "a name that no mapping has"));
        }
        let mapping = read(&profile)?;
        let id = if is_remembered(&profile.name) {
            MappingId(self.clock.new_id())
        } else {
            profile.id
        };
        self.put_mapping(id, new_name, &mapping).await?;
        Ok(info(new_name, &mapping))
    }

    /// Forgets a mapping. Imports that used it stay as they are.
    pub async fn delete_mapping(&self, args: MappingArgs) -> Result<()> {
        let _turn = self.turn().await;
        let profile = self.mapping_named(&args.name).await?;
        let mut change = self.change(ChangeKind::Mapping, json!({ "deleted": args.name }));
        change.delete.push((Entity::MappingProfile, profile.id.0));
        self.apply(change).await
    }

    async fn put_mapping(&self, id: MappingId, name: &str, mapping: &Mapping) -> Result<()> {
        let mut change = self.change(ChangeKind::Mapping, json!({ "name": name }));
        let document = json!(mapping.to_toml()?);
        let name = name.to_owned();
        change
            .put
            .push(MappingProfile { id, name, document }.into());
        self.apply(change).await
    }

    async fn mapping_named(&self, name: &str) -> Result<MappingProfile> {
        let found = self.store()?.mapping_profile(name).await?;
        found.ok_or_else(|| Error::NotFound {
            what: "mapping",
            value: name.to_owned(),
        })
    }
}

/// A name that a person may give: not the form of those that are remembered for headers.
fn checked(name: &str) -> Result<&str> {
    let name = name.trim();
    let length = name.chars().count();
    let bad = length == 0 || length > MAX_NAME_CHARS || name.chars().any(char::is_control);
    if bad || is_remembered(name) {
        return Err(Error::input("name", name, "a name of 1 to 100 characters"));
    }
    Ok(name)
}

fn info(name: &str, mapping: &Mapping) -> MappingInfo {
    MappingInfo {
        name: name.to_owned(),
        kind: mapping.kind.code().to_owned(),
        columns: mapping.columns.values().cloned().collect(),
        remembered: is_remembered(name),
        source: source_remembered(name).map(str::to_owned),
    }
}

fn read(profile: &MappingProfile) -> Result<Mapping> {
    let text = profile.document.as_str().unwrap_or_default();
    Ok(Mapping::from_toml(text)?)
}
