//! Columns of the file for payroll that are kept under a name, and carried as TOML.

use std::collections::BTreeMap;

use serde_json::json;
use yeji_store::{ChangeKind, Setting};

use super::columns::{from_toml, to_toml};
use crate::api::NoArgs;
use crate::api::bonus_papers::{PayrollColumns, PayrollProfile, PayrollProfileArgs};
use crate::api::reports::ExportResult;
use crate::context::App;
use crate::data::{nothing_written, written};
use crate::error::{Error, Result};
use crate::reports::put_file;

/// The setting that has them.
const PAYROLL_PROFILES: &str = "payroll_profiles";
/// Longest name.
const MAX_NAME_CHARS: usize = 100;
/// Most profiles.
const MAX_PROFILES: usize = 100;

impl App {
    /// Columns that are kept, by name.
    pub async fn list_payroll_profiles(&self, _: NoArgs) -> Result<Vec<PayrollProfile>> {
        self.kept_payroll_profiles().await
    }

    pub(super) async fn kept_payroll_profiles(&self) -> Result<Vec<PayrollProfile>> {
        let all = self.payroll_profiles().await?.into_iter();
        Ok(all
            .map(|(name, columns)| PayrollProfile { name, columns })
            .collect())
    }

    /// Keeps columns under a name; those of that name are replaced. Whether a plan has their components is seen
    /// when they are used.
    pub async fn save_payroll_profile(&self, args: PayrollProfile) -> Result<Vec<PayrollProfile>> {
        let _turn = self.turn().await;
        let name = checked(&args.name)?.to_owned();
        let mut all = self.payroll_profiles().await?;
        if !all.contains_key(&name) && all.len() >= MAX_PROFILES {
            return Err(Error::input("name", &name, "at most 100 profiles"));
        }
        // As large as a document that is read back may be.
        from_toml(&to_toml(&args.columns)?)?;
        all.insert(name, args.columns);
        self.keep_payroll_profiles(all).await
    }

    /// Forgets columns.
    pub async fn remove_payroll_profile(
        &self,
        args: PayrollProfileArgs,
    ) -> Result<Vec<PayrollProfile>> {
        let _turn = self.turn().await;
        let mut all = self.payroll_profiles().await?;
        if all.remove(&args.name).is_none() {
            return Err(not_there(&args.name));
        }
        self.keep_payroll_profiles(all).await
    }

    /// Saves kept columns (TOML) where a dialog says, to be shared.
    pub async fn export_payroll_profile(&self, args: PayrollProfileArgs) -> Result<ExportResult> {
        let mut all = self.payroll_profiles().await?;
        let columns = all.remove(&args.name);
        let text = to_toml(&columns.ok_or_else(|| not_there(&args.name))?)?;
        let name = yeji_report::file_name(&["payroll", &args.name]);
        let Some(path) = self.host.save_file(&format!("{name}.toml")).await else {
            return Ok(nothing_written());
        };
        put_file(&path, text.as_bytes())?;
        Ok(written(&path))
    }

    /// Keeps the columns of a file (TOML) that a dialog chooses, under the file's name; where others have it,
    /// with a number behind it. None: the dialog was closed.
    pub async fn import_payroll_profile(&self, _: NoArgs) -> Result<Option<PayrollProfile>> {
        let Some(path) = self.host.pick_mapping().await else {
            return Ok(None);
        };
        let columns = from_toml(&crate::text::read_text(&path)?)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        // As `export_payroll_profile` calls its files.
        let stem = stem.strip_prefix("payroll - ").unwrap_or(&stem).to_owned();
        let _turn = self.turn().await;
        let mut all = self.payroll_profiles().await?;
        let name = free_name(checked(&stem)?, &columns, &all);
        all.insert(name.clone(), columns.clone());
        self.keep_payroll_profiles(all).await?;
        Ok(Some(PayrollProfile { name, columns }))
    }

    async fn payroll_profiles(&self) -> Result<BTreeMap<String, PayrollColumns>> {
        match self.store()?.setting(PAYROLL_PROFILES).await? {
            None => Ok(BTreeMap::new()),
            Some(value) => Ok(serde_json::from_value(value).map_err(yeji_store::Error::from)?),
        }
    }

    async fn keep_payroll_profiles(
        &self,
        all: BTreeMap<String, PayrollColumns>,
    ) -> Result<Vec<PayrollProfile>> {
        let mut change = self.change(ChangeKind::Setting, json!({ "key": PAYROLL_PROFILES }));
        let key = PAYROLL_PROFILES.to_owned();
        let value = serde_json::to_value(&all).map_err(yeji_store::Error::from)?;
        change.put.push(Setting { key, value }.into());
        self.apply(change).await?;
        self.kept_payroll_profiles().await
    }
}

/// The name, or the first numbered one that no other columns have.
fn free_name(
    name: &str,
    columns: &PayrollColumns,
    all: &BTreeMap<String, PayrollColumns>,
) -> String {
    let numbered = (2_u32..).map(|number| format!("{name} ({number})"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    let is_free = |name: &String| all.get(name).is_none_or(|kept| kept == columns);
    names.find(is_free).unwrap_or_else(|| name.to_owned())
}

fn checked(name: &str) -> Result<&str> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > MAX_NAME_CHARS || name.chars().any(char::is_control) {
        return Err(Error::input("name", name, "a name of 1 to 100 characters"));
    }
    Ok(name)
}

fn not_there(name: &str) -> Error {
    Error::NotFound {
        what: "payroll_profile",
        value: name.to_owned(),
    }
}
