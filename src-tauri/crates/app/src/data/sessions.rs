//! Imports in the making: files chosen, inspected, and shown with what was decided on them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use yeji_intake::Mapping;

use super::session::Remembered;
use super::session::parse_encoding;
use super::sources::source_name;
use super::templates::parse_kind;
use super::{DEFAULT_SOURCE, Session};
use crate::api::data::{ImportDecisions, ImportDraft, ImportRequest, PickImportFiles};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};

/// Imports in the making that are kept; older ones are given up.
pub(super) const MAX_SESSIONS: usize = 8;

/// Options of the command line for opening a session.
#[derive(Debug, Clone, Default)]
pub struct OpenImport {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Kind of every file.
    pub kind: Option<String>,
    /// Encoding of the files that are text; None: as detected.
    pub encoding: Option<String>,
    /// A mapping file (TOML).
    pub mapping: Option<PathBuf>,
    /// Name of a kept mapping.
    pub profile: Option<String>,
    /// Source; None: that of the last import of a file of the same name, else [`DEFAULT_SOURCE`].
    pub source: Option<String>,
    /// Take every nearly known name for what it seems.
    pub take_proposals: bool,
    /// Files of which none can be read are no error where another encoding may open them: the window lets
    /// a person choose it.
    pub keep_closed: bool,
}

impl App {
    /// Opens a dialog and inspects what was chosen. None: the dialog was closed.
    pub async fn pick_import_files(&self, args: PickImportFiles) -> Result<Option<ImportDraft>> {
        let paths = if args.folder {
            self.host.pick_folder().await.into_iter().collect()
        } else {
            self.host.pick_files().await
        };
        if paths.is_empty() {
            return Ok(None);
        }
        self.open_import(OpenImport {
            paths,
            keep_closed: args.profile.is_none(),
            profile: args.profile,
            ..OpenImport::default()
        })
        .await
        .map(Some)
    }

    /// Inspects files; the answer's token names the session from then on.
    pub async fn open_import(&self, open: OpenImport) -> Result<ImportDraft> {
        let profile = match &open.profile {
            Some(name) => {
                let text = self.mapping_toml(name).await?;
                Some((name.clone(), Mapping::from_toml(&text)?))
            }
            None => None,
        };
        let mut remembered = BTreeMap::new();
        for (name, profile) in self.store()?.mapping_profiles().await? {
            let text = profile.document.as_str().unwrap_or_default().to_owned();
            remembered.insert(name, Mapping::from_toml(&text)?);
        }
        let times = self.store()?.mapping_profile_times().await?;
        let remembered_at: BTreeMap<String, NaiveDate> = times
            .into_iter()
            .map(|(name, at)| (name, self.clock.local(at).date()))
            .collect();
        let remembered = Remembered::new(remembered, remembered_at);
        let is_given = open.source.is_some();
        let source = match &open.source {
            Some(name) => source_name(name)?,
            None => self.usual_source(&open.paths).await?,
        };
        let token = self.clock.new_id().to_string();
        let name = token.clone();
        let mut session = blocking(move || {
            let encoding = open.encoding.as_deref().map(parse_encoding).transpose()?;
            let mut session = Session::open(
                name,
                source,
                &open.paths,
                encoding,
                open.keep_closed,
                remembered,
            )?;
            session.take_proposals = open.take_proposals;
            if let Some(kind) = &open.kind {
                session.assume_kind(parse_kind("as", kind)?);
            }
            if let Some((name, mapping)) = &profile {
                session.use_mapping(name, mapping)?;
            }
            if let Some(path) = &open.mapping {
                let text = crate::read_text(path)?;
                let name = path.display().to_string();
                session.use_mapping(&name, &Mapping::from_toml(&text)?)?;
            }
            Ok(session)
        })
        .await?;
        if !is_given && let Some(source) = self.mended_source(&session).await? {
            session.source = source;
        }
        let mut session = self.know_lines(session).await?;
        let (session, draft) = blocking(move || {
            let draft = session.draft(&ImportDecisions::default())?;
            Ok((session, draft))
        })
        .await?;
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(token, Arc::new(Mutex::new(session)));
        // Tokens are in order of time: the oldest go first.
        while sessions.len() > MAX_SESSIONS {
            sessions.pop_first();
        }
        Ok(draft)
    }

    /// The source that the last import of a file of the same name had, else [`DEFAULT_SOURCE`]. Digits do
    /// not count: exports carry the day in their names.
    async fn usual_source(&self, paths: &[PathBuf]) -> Result<String> {
        let names: BTreeSet<String> = paths
            .iter()
            .filter_map(|path| Some(undated(&path.file_name()?.to_string_lossy())))
            .collect();
        let batches = self.store()?.batches().await?;
        let last = batches.into_iter().find(|batch| {
            let mut files = batch.files.iter();
            batch.undone_at.is_none() && files.any(|file| names.contains(&undated(file)))
        });
        Ok(last.map_or_else(|| DEFAULT_SOURCE.to_owned(), |batch| batch.source))
    }

    /// The source of the import whose rejected rows all the files are that name one.
    async fn mended_source(&self, session: &Session) -> Result<Option<String>> {
        let mut sources = BTreeSet::new();
        for batch in session.mended() {
            sources.extend(self.store()?.batch(batch).await?.map(|batch| batch.source));
        }
        Ok(sources.pop_first().filter(|_| sources.is_empty()))
    }

    /// The draft with decisions applied (a kind chosen, a column changed).
    pub async fn update_import(&self, args: ImportRequest) -> Result<ImportDraft> {
        let session = self.session(&args.session)?;
        blocking(move || {
            let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
            session.draft(&args.decisions)
        })
        .await
    }

    /// An import in the making, unless it was committed or given up.
    pub(super) fn session(&self, token: &str) -> Result<Arc<Mutex<Session>>> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(token).cloned().ok_or(Error::NoSession)
    }

    /// Forgets an import that was committed.
    pub(super) fn close_session(&self, token: &str) {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.remove(token);
    }
}

/// A file's name without its digits and what separates them.
fn undated(name: &str) -> String {
    let kept = name
        .chars()
        .filter(|one| !one.is_ascii_digit() && !matches!(one, '-' | '_' | ' ' | '(' | ')'));
    kept.collect::<String>().to_lowercase()
}
