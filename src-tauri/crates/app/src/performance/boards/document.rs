//! A board as a document (TOML), to be carried to another company: saved views become questions of their
//! own, and with whom it was shared stays behind.

use serde::{Deserialize, Serialize};

use super::check::MAX_WIDGETS;
use crate::api::boards::{Board, SaveBoard, SavedView, Shows, Widget};
use crate::error::{Error, Result};

/// Bytes of a document that is read.
const MAX_BYTES: usize = 1_000_000;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    name: String,
    #[serde(rename = "widget", default)]
    widgets: Vec<Widget>,
}

/// A board as text. A view that is not among `views` stays as it is, and says when it is read that it is gone.
///
/// # Errors
/// It cannot be written as TOML.
pub fn board_document(board: &Board, views: &[SavedView]) -> Result<String> {
    let carried = |widget: &Widget| {
        let mut widget = widget.clone();
        if let Shows::View { view: id } = &widget.shows
            && let Some(view) = views.iter().find(|view| view.id == *id)
        {
            widget.title.get_or_insert_with(|| view.name.clone());
            let question = view.question.clone();
            widget.shows = Shows::Chart { question };
        }
        widget
    };
    let document = Document {
        name: board.info.name.clone(),
        widgets: board.widgets.iter().map(carried).collect(),
    };
    toml::to_string(&document).map_err(|error| Error::BoardDocument {
        reason: error.to_string(),
    })
}

/// What [`board_document`] wrote, to be saved as a new board.
///
/// # Errors
/// It is no such document.
pub fn read_board_document(text: &str) -> Result<SaveBoard> {
    let refused = |reason: String| Error::BoardDocument { reason };
    if text.len() > MAX_BYTES {
        return Err(refused(format!("more than {MAX_BYTES} bytes")));
    }
    let document: Document = toml::from_str(text).map_err(|error| refused(error.to_string()))?;
    if document.widgets.len() > MAX_WIDGETS {
        return Err(refused(format!("more than {MAX_WIDGETS} widgets")));
    }
    Ok(SaveBoard {
        id: None,
        name: document.name,
        roles: Vec::new(),
        widgets: document.widgets,
        expected: None,
    })
}
