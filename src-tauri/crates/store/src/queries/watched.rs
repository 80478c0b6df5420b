//! Watched folders and their files.

use uuid::Uuid;

use crate::cell::Cell;
use crate::rows::{limit_of, select, select_all};
use crate::undo::before_image;
use crate::{Entity, Record, Result, Store, WatchedFile, WatchedFolder};

impl Store {
    /// The folders that are watched.
    pub async fn watched_folders(&self) -> Result<Vec<WatchedFolder>> {
        let mut all: Vec<WatchedFolder> = select_all(&mut *self.reader().await?).await?;
        all.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(all)
    }

    /// The newest files of all folders.
    pub async fn watched_files(&self, limit: u32) -> Result<Vec<WatchedFile>> {
        select(
            &mut *self.reader().await?,
            "ORDER BY at DESC, name LIMIT ?",
            &[Cell::Int(limit_of(limit)?)],
        )
        .await
    }

    /// Every file of a folder.
    pub async fn watched_files_of(&self, folder: Uuid) -> Result<Vec<WatchedFile>> {
        let folder = Cell::Id(folder);
        select(&mut *self.reader().await?, "WHERE folder = ?", &[folder]).await
    }

    /// The files of a folder that is no longer watched, as they were when it was let go.
    pub async fn watched_files_let_go(&self, folder: Uuid) -> Result<Vec<WatchedFile>> {
        let rows = sqlx::query(
            "SELECT r.* FROM change_row AS r WHERE r.entity = ? AND r.after IS NULL AND r.change_seq =
                 (SELECT max(f.change_seq) FROM change_row AS f
                  WHERE f.row_id = ? AND f.entity = ? AND f.after IS NULL)
             ORDER BY r.n",
        )
        .bind(Entity::WatchedFile.code())
        .bind(folder.as_bytes().to_vec())
        .bind(Entity::WatchedFolder.code())
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut files = Vec::new();
        for row in &rows {
            let (_, image) = before_image(Entity::WatchedFile, row)?;
            if let Record::WatchedFile(file) = Record::from_cells(Entity::WatchedFile, image.cells)?
                && file.folder == folder
            {
                files.push(file);
            }
        }
        Ok(files)
    }

    /// The file of a folder with this content.
    pub async fn watched_file(&self, folder: Uuid, hash: &str) -> Result<Option<WatchedFile>> {
        let key = [Cell::Id(folder), Cell::Text(hash.to_owned())];
        let found = select(
            &mut *self.reader().await?,
            "WHERE folder = ? AND hash = ?",
            &key,
        )
        .await?;
        Ok(found.into_iter().next())
    }

    /// Number of the newest change; 0 in a new store.
    pub async fn last_change(&self) -> Result<i64> {
        Ok(
            sqlx::query_scalar("SELECT coalesce(max(seq), 0) FROM change_log")
                .fetch_one(&mut *self.reader().await?)
                .await?,
        )
    }
}
