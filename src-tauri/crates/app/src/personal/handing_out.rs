//! Making a personal file: a new store, filled by inserting the rows that the person may see, encrypted
//! with a key of its own under a passphrase.

use std::path::Path;

use serde_json::json;
use yeji_core::account::{PersonalFile, ReturnKey, Role, UserAccount};
use yeji_core::ids::{AccountId, ChangeId, PersonId, PersonalFileId};
use yeji_core::org::Organisation;
use yeji_store::{AuditDraft, ChangeHeader, ChangeKind, INCOMING, Key, Record, Store};
use zeroize::Zeroizing;

use super::Owner;
use super::seal;
use crate::access::{AccessError, Sight, led_units};
use crate::api::NoArgs;
use crate::api::personal::{ExportPersonalFile, ExportedPersonalFile, PersonalFileRow};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};
use crate::keys::{Secret, StoreKeys, check_passphrase, sealing};
use crate::organisation::told_apart_by;

/// Rows written at once.
const ROWS_PER_STEP: usize = 1_000;

impl App {
    /// The personal files that were handed out, newest first.
    pub async fn list_personal_files(&self, _: NoArgs) -> Result<Vec<PersonalFileRow>> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let files = store.personal_files().await?.into_iter();
        Ok(files.map(|file| row(&organisation, &file)).collect())
    }

    /// Makes a personal file at a place that a dialog names.
    pub async fn export_personal_file(
        &self,
        args: ExportPersonalFile,
    ) -> Result<Option<ExportedPersonalFile>> {
        // What would be refused is refused before anybody chooses a place.
        check_passphrase(&args.passphrase)?;
        let organisation = self.store()?.organisation().await?;
        let person = organisation.person(args.person).ok_or(Error::NotFound {
            what: "person",
            value: args.person.to_string(),
        })?;
        let today = self.clock.today().to_string();
        let name = yeji_report::file_name(&[&person.name, &today]);
        let name = format!("{name}.yejipersonal");
        let Some(path) = self.host.save_file(&name).await else {
            return Ok(None);
        };
        self.export_personal_file_to(&path, args).await.map(Some)
    }

    /// Makes a personal file; never overwrites one.
    pub async fn export_personal_file_to(
        &self,
        file: &Path,
        args: ExportPersonalFile,
    ) -> Result<ExportedPersonalFile> {
        if file.exists() {
            return Err(yeji_store::Error::FileExists(file.to_owned()).into());
        }
        check_passphrase(&args.passphrase)?;
        let _turn = self.turn().await;
        let account = self.account_of(args.person).await?;
        let role = account.role;
        let person = self.seeing_as(account).await?;
        if matches!(person.sight(), Sight::Units(units) if units.is_empty()) {
            let name = person.author();
            return Err(AccessError::LeadsNothing { name }.into());
        }
        let mut extract = person.extract().await?;
        let kept = PersonalFile {
            id: PersonalFileId(self.clock.new_id()),
            person: args.person,
            role,
            exported_at: self.clock.now(),
            return_key: self.new_return_key()?,
        };
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let handed_out = row(&organisation, &kept);
        let number = told_apart_by(&organisation, kept.person);
        let owner = Owner::new(
            kept.id,
            kept.person,
            (handed_out.name.clone(), number.clone()),
            role,
            (kept.exported_at, self.clock.today()),
            kept.return_key.clone(),
            (self.data_span().await?, store.months_with_data().await?),
            std::mem::take(&mut extract.changed_runs),
        );
        extract.records.push(owner.setting()?.into());
        // Recorded before it leaves; a file that then cannot be written is one that nobody has.
        self.record(kept, &owner, file).await?;
        self.write_store(&owner, extract.records, &args.passphrase, file)
            .await?;
        Ok(ExportedPersonalFile {
            file: file.display().to_string(),
            handed_out,
            number,
        })
    }

    /// The account whose eyes the file is made with: the person's own, else one of the role that the
    /// organisation gives them.
    pub(super) async fn account_of(&self, person: PersonId) -> Result<UserAccount> {
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let Some(known) = organisation.person(person) else {
            return Err(Error::NotFound {
                what: "person",
                value: person.to_string(),
            });
        };
        let own = store.accounts().await?.into_iter().find(|account| {
            account.person == Some(person) && account.role.is_somebody() && !account.disabled
        });
        let leads = !led_units(&organisation, person, self.clock.today()).is_empty();
        Ok(UserAccount {
            password_hash: String::new(),
            ..own.unwrap_or(UserAccount {
                id: AccountId(self.clock.new_id()),
                name: known.name.clone(),
                role: if leads { Role::Manager } else { Role::Sales },
                person: Some(person),
                password_hash: String::new(),
                disabled: false,
                failures: 0,
                failed_at: None,
            })
        })
    }

    fn new_return_key(&self) -> Result<ReturnKey> {
        let mut raw = Zeroizing::new([0; seal::KEY_BYTES]);
        self.outside.opening.random.fill(&mut *raw)?;
        Ok(seal::key_text(&raw))
    }

    async fn record(&self, kept: PersonalFile, owner: &Owner, file: &Path) -> Result<()> {
        let summary = json!({ "person": owner.name, "number": owner.number });
        let mut change = self.change(ChangeKind::PersonalFile, summary);
        change.audit = Some(AuditDraft {
            action: "personal.export".to_owned(),
            subject: owner.shown(),
            detail: json!({ "role": kept.role, "file": file.display().to_string() }),
        });
        change.put.push(kept.into());
        self.apply(change).await
    }

    /// The new store, made in a folder of its own that an opening after a crash removes.
    async fn write_store(
        &self,
        owner: &Owner,
        records: Vec<Record>,
        passphrase: &Secret,
        file: &Path,
    ) -> Result<()> {
        let name = format!("{INCOMING}{}", self.clock.new_id());
        let dir = self.dir().join(name);
        let written = self.fill(&dir, owner, records, passphrase, file).await;
        // What stopped the work matters more than one of cleaning up; the next opening cleans up as well.
        if let Err(error) = std::fs::remove_dir_all(&dir)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            let folder = dir.display();
            tracing::warn!("a copy of a personal file is left in {folder}: {error}");
        }
        written
    }

    async fn fill(
        &self,
        dir: &Path,
        owner: &Owner,
        records: Vec<Record>,
        passphrase: &Secret,
        file: &Path,
    ) -> Result<()> {
        let mut raw = Zeroizing::new([0; 32]);
        self.outside.opening.random.fill(&mut *raw)?;
        let key = Key::Raw(*raw);
        let mut keys = StoreKeys::new(self.clock.new_id().to_string());
        // Argon2 takes a second and much memory on purpose.
        let (outside, passphrase) = (self.outside.clone(), passphrase.clone());
        let (key, keys) = blocking(move || {
            keys.seal_passphrase(&key, &passphrase, sealing(&outside))?;
            Ok((key, keys))
        })
        .await?;
        let store = Store::create(dir, &key).await?;
        keys.write(dir)?;
        let filled = fill(&store, self.first_change(owner), &records).await;
        let filled = match filled {
            Ok(()) => store.backup(file).await,
            failed => failed,
        };
        store.close().await?;
        Ok(filled?)
    }

    /// The only change of the new store. It names nobody but its owner.
    fn first_change(&self, owner: &Owner) -> ChangeHeader {
        ChangeHeader {
            id: ChangeId(self.clock.new_id()),
            at: owner.exported_at,
            author: owner.name.clone(),
            kind: ChangeKind::PersonalFile,
            summary: json!({ "person": owner.name }),
            batch: None,
            audit: None,
            audited: None,
        }
    }
}

/// Inserts the rows. Parents go with their children in one change, whose references are checked at its
/// end.
async fn fill(store: &Store, header: ChangeHeader, records: &[Record]) -> yeji_store::Result<()> {
    let mut tx = store.begin(header).await?;
    // A deal counts in its owner's unit and under its customer's type: those come first.
    let mut sorted: Vec<&Record> = records.iter().collect();
    sorted.sort_by_key(|record| record.entity());
    for chunk in sorted.chunks(ROWS_PER_STEP) {
        let chunk: Vec<Record> = chunk.iter().map(|record| (*record).clone()).collect();
        tx.put(&chunk).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn row(organisation: &Organisation, file: &PersonalFile) -> PersonalFileRow {
    let person = organisation.person(file.person);
    PersonalFileRow {
        id: file.id.to_string(),
        person: file.person,
        name: person.map(|one| one.name.clone()).unwrap_or_default(),
        staff_number: person.and_then(|one| one.staff_number.clone()),
        role: file.role,
        exported_at: file.exported_at,
    }
}
