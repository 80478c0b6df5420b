//! What makes a store a personal file: whose it is, as what, and what it knows of the whole company.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use yeji_core::account::{ReturnKey, Role};
use yeji_core::ids::{BonusRunId, PersonId, PersonalFileId};
use yeji_store::{DataSpan, Setting, Store};

use super::PersonalError;
use crate::api::personal::PersonalInfo;
use crate::context::Shared;
use crate::error::Result;

/// Setting: this store is a personal file.
pub(super) const OWNER: &str = "personal_file";
/// The form that this program writes.
const FORMAT: u32 = 1;

/// The person for whom a personal file was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Owner {
    format: u32,
    /// The file's number, also in the company's store.
    pub id: PersonalFileId,
    /// Who.
    pub person: PersonId,
    /// As the history names them.
    pub name: String,
    /// Their staff number, where somebody else of the company has the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// As what they see it.
    pub role: Role,
    /// When the file was made.
    pub exported_at: DateTime<Utc>,
    /// On which day; what the person saw then is in it.
    pub on: NaiveDate,
    /// What encrypts the file that goes back.
    pub return_key: ReturnKey,
    /// First and last days of the company that have something: they say what is known, and what is zero.
    pub span: DataSpan,
    /// First days of the months in which the company won or lost something.
    pub months: Vec<NaiveDate>,
    /// Runs whose facts had changed when the file was made.
    pub changed_runs: Vec<BonusRunId>,
}

impl Owner {
    /// Of a new file.
    #[expect(
        clippy::too_many_arguments,
        reason = "each value is one field of the document, made once"
    )]
    pub(super) fn new(
        id: PersonalFileId,
        person: PersonId,
        (name, number): (String, Option<String>),
        role: Role,
        (exported_at, on): (DateTime<Utc>, NaiveDate),
        return_key: ReturnKey,
        (span, months): (DataSpan, Vec<NaiveDate>),
        changed_runs: Vec<BonusRunId>,
    ) -> Self {
        Self {
            format: FORMAT,
            id,
            person,
            name,
            number,
            role,
            exported_at,
            on,
            return_key,
            span,
            months,
            changed_runs,
        }
    }

    /// For the window.
    pub(crate) fn info(&self) -> PersonalInfo {
        PersonalInfo {
            person: self.person,
            name: self.name.clone(),
            number: self.number.clone(),
            role: self.role,
            on: self.on,
        }
    }

    /// The name, told apart from another of the same.
    pub(crate) fn shown(&self) -> String {
        match &self.number {
            Some(number) => format!("{} {number}", self.name),
            None => self.name.clone(),
        }
    }

    pub(super) fn setting(&self) -> Result<Setting> {
        Ok(Setting {
            key: OWNER.to_owned(),
            value: serde_json::to_value(self).map_err(yeji_store::Error::from)?,
        })
    }
}

/// Whose personal file a store is, and the company's name; None for a company's.
pub(crate) async fn owner_of(store: &Store) -> Result<Option<(Owner, String)>> {
    let Some(owner) = read(store).await? else {
        return Ok(None);
    };
    let organisation = store.organisation().await?;
    let company = organisation.company().map(|unit| unit.name.clone());
    Ok(Some((owner, company.unwrap_or_default())))
}

async fn read(store: &Store) -> Result<Option<Owner>> {
    let Some(value) = store.setting(OWNER).await? else {
        return Ok(None);
    };
    match serde_json::from_value::<Owner>(value) {
        Ok(owner) if owner.format == FORMAT => Ok(Some(owner)),
        _ => Err(PersonalError::NewerOwner.into()),
    }
}

impl Shared {
    /// Whose personal file the open store is; None for a company's. What says that it is one but cannot
    /// be read is refused: it must never become a store that anybody administers.
    pub(crate) async fn owner(&self) -> Result<Option<Owner>> {
        read(&*self.store()?).await
    }
}
