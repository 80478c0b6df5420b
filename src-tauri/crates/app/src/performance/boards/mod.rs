//! Boards of widgets and saved views: listed, kept, shared, drawn.
//!
//! A board belongs to the account that made it and may be shared with roles; it says what is shown, never
//! whose: whoever opens it sees their own sight's figures. Built-in ones are data (`built_in.toml`).

mod built_in;
mod check;
mod document;
mod draw;
mod views;

use serde_json::json;
use yeji_core::account::Role;
use yeji_core::ids::{AccountId, DashboardId};
use yeji_report::chart::Lang;
use yeji_store::{ChangeKind, Dashboard, Entity, Setting, setting_id};

pub(crate) use check::MAX_PARTS;
pub use check::{Misfit, Named};
pub use document::{board_document, read_board_document};

use crate::access::{Actor, Right};
use crate::api::boards::{
    Board, BoardArgs, BoardInfo, GetBoard, ListBoards, SaveBoard, SetHome, Widget,
};
use crate::context::App;
use crate::error::{Error, Result};

/// Setting: the board that opens first.
const HOME: &str = "home_board";
/// Boards that one may have, and views.
const MAX_OWN: usize = 200;

/// Each account has its own.
fn home_of(actor: &Actor) -> String {
    match actor {
        Actor::Account(account) => format!("{HOME}.{}", account.id),
        Actor::Local | Actor::Nobody | Actor::Owner(_) => HOME.to_owned(),
    }
}

impl App {
    /// The boards that this actor sees: built-in ones, then own and shared ones by name.
    pub async fn list_boards(&self, args: ListBoards) -> Result<Vec<BoardInfo>> {
        let lang = args.language.unwrap_or(self.language);
        let home = self.home().await?;
        let mut all = Vec::new();
        for board in built_in::boards() {
            if self.actor().role().is_some_and(|role| board.is_for(role)) {
                all.push(built_in_info(board, &home, lang));
            }
        }
        for kept in self.store()?.dashboards().await? {
            if self.sees(kept.owner, &roles_of(&kept.roles)) {
                all.push(self.info_of(&kept, &home).await?);
            }
        }
        Ok(all)
    }

    /// One board: what is on it and where.
    pub async fn get_board(&self, args: GetBoard) -> Result<Board> {
        let lang = args.language.unwrap_or(self.language);
        let home = self.home().await?;
        let id = args.id.as_deref().unwrap_or(&home);
        if let Some(board) = built_in::board(id) {
            let is_for = |role| board.is_for(role);
            if !self.actor().role().is_some_and(is_for) {
                return Err(no_board(id));
            }
            return Ok(Board {
                info: built_in_info(board, &home, lang),
                widgets: board.widgets.clone(),
            });
        }
        let kept = self.seen_board(id).await?;
        Ok(Board {
            info: self.info_of(&kept, &home).await?,
            widgets: widgets_of(&kept)?,
        })
    }

    /// Keeps a board: a new one, or one in its place.
    pub async fn save_board(&self, args: SaveBoard) -> Result<Board> {
        let _turn = self.turn().await;
        let before = match &args.id {
            None => None,
            Some(id) => Some(self.editable_board(id).await?),
        };
        let name = check::name(&args.name)?;
        let roles = self.checked_roles(&args.roles, before.as_ref().map(|one| &one.roles))?;
        let known = before
            .as_ref()
            .map_or_else(check::Known::default, |before| check::Known {
                // What cannot be read any more is replaced.
                widgets: widgets_of(before).unwrap_or_default(),
                roles: roles_of(&before.roles),
            });
        if let (Some(before), Some(expected)) = (&before, &args.expected)
            && *expected != known.widgets
        {
            let name = before.name.clone();
            return Err(Error::BoardChanged { name });
        }
        self.check_widgets(&args.widgets, &known, &roles).await?;
        let mut widgets = args.widgets;
        widgets.sort_by_key(|widget| (widget.place.y, widget.place.x));
        if before.is_none() {
            let all = self.store()?.dashboards().await?;
            check::count(all.iter().filter(|one| self.owns(one.owner)).count())?;
        }
        let board = Dashboard {
            id: before
                .as_ref()
                .map_or_else(|| DashboardId(self.clock.new_id()), |before| before.id),
            owner: before
                .as_ref()
                .map_or(self.acting_account(), |before| before.owner),
            name,
            roles: json!(roles),
            widgets: json!(widgets),
        };
        if before.as_ref() != Some(&board) {
            let summary = json!({ "board": board.name });
            let mut change = self.change(ChangeKind::Board, summary);
            change.put.push(board.clone().into());
            self.apply(change).await?;
        }
        let home = self.home().await?;
        Ok(Board {
            info: self.info_of(&board, &home).await?,
            widgets,
        })
    }

    /// Removes a board.
    pub async fn remove_board(&self, args: BoardArgs) -> Result<()> {
        let _turn = self.turn().await;
        let board = self.editable_board(&args.id).await?;
        let summary = json!({ "board": board.name, "removed": true });
        let mut change = self.change(ChangeKind::Board, summary);
        change.delete.push((Entity::Dashboard, board.id.0));
        self.apply(change).await
    }

    /// Chooses the board that opens first.
    pub async fn set_home(&self, args: SetHome) -> Result<()> {
        let _turn = self.turn().await;
        let key = home_of(self.actor());
        let there = self.store()?.setting(&key).await?;
        let mut change = self.change(ChangeKind::Setting, json!({ "key": key }));
        match args.id {
            Some(id) => {
                let seen = GetBoard {
                    id: Some(id.clone()),
                    language: None,
                };
                self.get_board(seen).await?;
                let value = json!(id);
                if there.as_ref() == Some(&value) {
                    return Ok(());
                }
                change.put.push(Setting { key, value }.into());
            }
            None if there.is_none() => return Ok(()),
            None => change.delete.push((Entity::Setting, setting_id(&key))),
        }
        self.apply(change).await
    }

    /// The board that opens first: the chosen one, if it is still there and seen; else the role's own.
    async fn home(&self) -> Result<String> {
        let chosen = self.store()?.setting(&home_of(self.actor())).await?;
        let chosen = chosen.as_ref().and_then(|value| value.as_str());
        let role = self.actor().role();
        if let Some(id) = chosen {
            let is_for = |board: &built_in::BuiltIn| role.is_some_and(|role| board.is_for(role));
            if built_in::board(id).is_some_and(is_for) {
                return Ok(id.to_owned());
            }
            match self.seen_board(id).await {
                Ok(_) => return Ok(id.to_owned()),
                Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(match role {
            Some(Role::Sales) => "home_sales",
            Some(Role::Manager) => "home_manager",
            Some(Role::Hr | Role::Auditor) | None => "home_hr",
        }
        .to_owned())
    }

    /// A board that this actor sees; one that they do not is not there.
    async fn seen_board(&self, id: &str) -> Result<Dashboard> {
        let Ok(key) = id.parse::<DashboardId>() else {
            return Err(no_board(id));
        };
        let found = self.store()?.dashboard(key).await?;
        found
            .filter(|board| self.sees(board.owner, &roles_of(&board.roles)))
            .ok_or_else(|| no_board(id))
    }

    async fn editable_board(&self, id: &str) -> Result<Dashboard> {
        if built_in::board(id).is_some() {
            return Err(Error::BuiltInBoard { id: id.to_owned() });
        }
        let board = self.seen_board(id).await?;
        self.require_edit(board.owner, &board.name).await?;
        Ok(board)
    }

    async fn info_of(&self, board: &Dashboard, home: &str) -> Result<BoardInfo> {
        let id = board.id.to_string();
        Ok(BoardInfo {
            is_home: id == home,
            id,
            name: board.name.clone(),
            is_built_in: false,
            roles: roles_of(&board.roles),
            owner: self.owner_name(board.owner).await?,
            can_edit: self.may_edit(board.owner),
        })
    }

    /// The account that acts.
    fn acting_account(&self) -> Option<AccountId> {
        match self.actor() {
            Actor::Account(account) => Some(account.id),
            Actor::Local | Actor::Nobody | Actor::Owner(_) => None,
        }
    }

    /// What was made without accounts belongs to whoever has the store: without accounts, the owner of a
    /// personal file, and HR once there are accounts.
    fn owns(&self, owner: Option<AccountId>) -> bool {
        match self.actor() {
            Actor::Account(account) => {
                owner == Some(account.id) || owner.is_none() && account.role == Role::Hr
            }
            Actor::Local | Actor::Owner(_) => owner.is_none(),
            Actor::Nobody => false,
        }
    }

    /// Own boards and views, and those shared with one's role; HR sees all that are shared with anybody, to
    /// keep them in order.
    fn sees(&self, owner: Option<AccountId>, roles: &[Role]) -> bool {
        let Some(role) = self.actor().role() else {
            return false;
        };
        self.owns(owner) || roles.contains(&role) || role == Role::Hr && !roles.is_empty()
    }

    /// Only the owner or HR changes one.
    fn may_edit(&self, owner: Option<AccountId>) -> bool {
        let arranges = self.actor().has(Right::ArrangeBoards, self.policies());
        arranges && (self.owns(owner) || self.actor().role() == Some(Role::Hr))
    }

    async fn require_edit(&self, owner: Option<AccountId>, name: &str) -> Result<()> {
        if self.may_edit(owner) {
            return Ok(());
        }
        self.actor()
            .require(Right::ArrangeBoards, self.policies())?;
        let owner = self.owner_name(owner).await?.unwrap_or_default();
        let name = name.to_owned();
        Err(Error::BoardOfAnother { name, owner })
    }

    async fn owner_name(&self, owner: Option<AccountId>) -> Result<Option<String>> {
        let Some(id) = owner else { return Ok(None) };
        let account = self.store()?.account(id).await?;
        Ok(account.map(|account| account.name))
    }

    /// The roles in their order, each once; sharing, and no longer, needs a right of its own.
    fn checked_roles(
        &self,
        roles: &[Role],
        before: Option<&serde_json::Value>,
    ) -> Result<Vec<Role>> {
        let roles: Vec<Role> = Role::ALL
            .into_iter()
            .filter(|role| roles.contains(role))
            .collect();
        let before = before.map(roles_of).unwrap_or_default();
        if roles != before {
            self.actor().require(Right::ShareBoards, self.policies())?;
        }
        Ok(roles)
    }
}

fn built_in_info(board: &built_in::BuiltIn, home: &str, lang: Lang) -> BoardInfo {
    BoardInfo {
        id: board.id.clone(),
        name: board.name(lang).to_owned(),
        is_built_in: true,
        roles: board.roles.clone(),
        owner: None,
        can_edit: false,
        is_home: board.id == home,
    }
}

/// The roles of a board; a code that this program does not know is left out.
fn roles_of(value: &serde_json::Value) -> Vec<Role> {
    let codes = value.as_array().into_iter().flatten();
    codes
        .filter_map(|code| code.as_str()?.parse().ok())
        .collect()
}

fn widgets_of(board: &Dashboard) -> Result<Vec<Widget>> {
    serde_json::from_value(board.widgets.clone()).map_err(|error| {
        tracing::error!(board = %board.id, "a board cannot be read: {error}");
        Error::BoardUnreadable {
            name: board.name.clone(),
        }
    })
}

fn no_board(id: &str) -> Error {
    Error::NotFound {
        what: "board",
        value: crate::error::shown(id),
    }
}
