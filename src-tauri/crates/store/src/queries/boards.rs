//! Boards and saved views.

use yeji_core::ids::{DashboardId, SavedViewId};

use crate::rows::{select_all, select_one};
use crate::{Dashboard, Result, SavedView, Store};

impl Store {
    /// All boards, by name.
    pub async fn dashboards(&self) -> Result<Vec<Dashboard>> {
        let mut all: Vec<Dashboard> = select_all(&mut *self.reader().await?).await?;
        all.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Ok(all)
    }

    /// One board.
    pub async fn dashboard(&self, id: DashboardId) -> Result<Option<Dashboard>> {
        select_one(&mut *self.reader().await?, id.0).await
    }

    /// All saved views, by name.
    pub async fn saved_views(&self) -> Result<Vec<SavedView>> {
        let mut all: Vec<SavedView> = select_all(&mut *self.reader().await?).await?;
        all.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Ok(all)
    }

    /// One saved view.
    pub async fn saved_view(&self, id: SavedViewId) -> Result<Option<SavedView>> {
        select_one(&mut *self.reader().await?, id.0).await
    }
}
