//! Saved views: questions of the explorer under a name, shared like boards.

use serde_json::json;
use yeji_core::account::Role;
use yeji_core::ids::SavedViewId;
use yeji_store::{ChangeKind, Dashboard, Entity, SavedView as Kept};

use super::{check, roles_of, widgets_of};
use crate::api::NoArgs;
use crate::api::boards::{SaveView, SavedView, Shows, ViewArgs, ViewQuestion};
use crate::context::App;
use crate::error::{Error, Result};

impl App {
    /// The saved views that this actor sees, by name. One that cannot be read is left out.
    pub async fn list_views(&self, _: NoArgs) -> Result<Vec<SavedView>> {
        let mut all = Vec::new();
        for kept in self.store()?.saved_views().await? {
            if self.sees(kept.owner, &roles_of(&kept.roles))
                && let Ok(question) = question_of(&kept)
            {
                all.push(self.view_of(&kept, question).await?);
            }
        }
        Ok(all)
    }

    /// Keeps a question: a new view, or one in its place.
    pub async fn save_view(&self, args: SaveView) -> Result<SavedView> {
        let _turn = self.turn().await;
        let before = match &args.id {
            None => None,
            Some(id) => {
                let view = self.seen_view(id).await?;
                self.require_edit(view.owner, &view.name).await?;
                Some(view)
            }
        };
        let name = check::name(&args.name)?;
        let roles = self.checked_roles(&args.roles, before.as_ref().map(|one| &one.roles))?;
        let (library, _) = self.metric_library().await?;
        check::check_question(&args.question, &library)?;
        if before.is_none() {
            let all = self.store()?.saved_views().await?;
            check::count(all.iter().filter(|one| self.owns(one.owner)).count())?;
        }
        let view = Kept {
            id: before
                .as_ref()
                .map_or_else(|| SavedViewId(self.clock.new_id()), |before| before.id),
            owner: before
                .as_ref()
                .map_or(self.acting_account(), |before| before.owner),
            name,
            roles: json!(roles),
            question: json!(args.question),
        };
        if let Some(before) = &before {
            let no_longer = check::without(&roles_of(&before.roles), &roles);
            self.check_still_shared(before.id, &no_longer).await?;
        }
        if before.as_ref() != Some(&view) {
            let mut change = self.change(ChangeKind::Board, json!({ "view": view.name }));
            change.put.push(view.clone().into());
            self.apply(change).await?;
        }
        self.view_of(&view, args.question).await
    }

    /// Removes a view. Boards that show it say so.
    pub async fn remove_view(&self, args: ViewArgs) -> Result<()> {
        let _turn = self.turn().await;
        let view = self.seen_view(&args.id).await?;
        self.require_edit(view.owner, &view.name).await?;
        let summary = json!({ "view": view.name, "removed": true });
        let mut change = self.change(ChangeKind::Board, summary);
        change.delete.push((Entity::SavedView, view.id.0));
        self.apply(change).await
    }

    /// A view that this actor sees; one that they do not is not there.
    pub(super) async fn seen_view(&self, id: &str) -> Result<Kept> {
        let missing = || Error::NotFound {
            what: "saved_view",
            value: crate::error::shown(id),
        };
        let key: SavedViewId = id.parse().map_err(|_| missing())?;
        let found = self.store()?.saved_view(key).await?;
        found
            .filter(|view| self.sees(view.owner, &roles_of(&view.roles)))
            .ok_or_else(missing)
    }

    /// The question of a view that this actor sees.
    pub(super) async fn seen_question(&self, id: &str) -> Result<(String, ViewQuestion)> {
        let view = self.seen_view(id).await?;
        let question = question_of(&view)?;
        Ok((view.name, question))
    }

    /// Whether there is such a view, seen or not.
    pub(super) async fn has_view(&self, id: &str) -> Result<bool> {
        let Ok(key) = id.parse::<SavedViewId>() else {
            return Ok(false);
        };
        Ok(self.store()?.saved_view(key).await?.is_some())
    }

    /// A board that is shared with a role goes on showing what is on it: no view on it is taken from them.
    async fn check_still_shared(&self, view: SavedViewId, no_longer: &[Role]) -> Result<()> {
        let id = view.to_string();
        let shows_it = |board: &Dashboard| {
            let widgets = widgets_of(board).unwrap_or_default();
            let shows = |shows: &Shows| matches!(shows, Shows::View { view } if *view == id);
            widgets.iter().any(|widget| shows(&widget.shows))
        };
        for board in self.store()?.dashboards().await? {
            let shared = roles_of(&board.roles);
            if let Some(role) = shared.iter().find(|role| no_longer.contains(role))
                && shows_it(&board)
            {
                return Err(Error::ViewOnBoard {
                    board: board.name,
                    role: *role,
                });
            }
        }
        Ok(())
    }

    async fn view_of(&self, view: &Kept, question: ViewQuestion) -> Result<SavedView> {
        Ok(SavedView {
            id: view.id.to_string(),
            name: view.name.clone(),
            question,
            roles: roles_of(&view.roles),
            owner: self.owner_name(view.owner).await?,
            can_edit: self.may_edit(view.owner),
        })
    }
}

fn question_of(view: &Kept) -> Result<ViewQuestion> {
    serde_json::from_value(view.question.clone()).map_err(|error| {
        tracing::error!(view = %view.id, "a saved view cannot be read: {error}");
        Error::BoardUnreadable {
            name: view.name.clone(),
        }
    })
}
