//! The boards that come with the program, as data.

use std::sync::LazyLock;

use serde::Deserialize;
use yeji_core::account::Role;
use yeji_report::chart::Lang;

use crate::api::boards::Widget;

const BUILT_IN: &str = include_str!("built_in.toml");

/// A board that comes with the program.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BuiltIn {
    pub id: String,
    zh: String,
    en: String,
    pub roles: Vec<Role>,
    pub widgets: Vec<Widget>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct All {
    board: Vec<BuiltIn>,
}

impl BuiltIn {
    pub fn is_for(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::ZhCn => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// All of them.
pub(super) fn boards() -> &'static [BuiltIn] {
    static BOARDS: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| {
        let all: All = toml::from_str(BUILT_IN).expect("a test reads the built-in boards");
        all.board
    });
    &BOARDS
}

pub(super) fn board(id: &str) -> Option<&'static BuiltIn> {
    boards().iter().find(|board| board.id == id)
}
