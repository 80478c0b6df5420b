//! Goals out to Excel and back by the window: a dialog names the file, and exactly what was looked at is made.

use std::sync::PoisonError;

use yeji_report::chart::Lang;

use super::error::GoalError;
use super::sheet::FoundInSheet;
use crate::api::goal_grid::GoalEdited;
use crate::api::goal_sheet::{ExportGoalSheet, GoalSheetPicked, ImportGoalSheet};
use crate::api::goals::GetGoal;
use crate::api::reports::ExportResult;
use crate::context::App;
use crate::error::Result;

impl App {
    /// Writes the goal in force of a year into a workbook at a place that a dialog names.
    pub async fn export_goal_sheet(&self, args: ExportGoalSheet) -> Result<ExportResult> {
        // What has no numbers to write asks for no place.
        self.book_in_force(args.metric, args.year).await?;
        let year = args.year;
        let name = match args.language {
            Lang::ZhCn => format!("{year}年度目标.xlsx"),
            Lang::En => format!("Goals {year}.xlsx"),
        };
        let Some(path) = self.host.save_file(&name).await else {
            return Ok(ExportResult {
                folder: None,
                files: Vec::new(),
                failed: Vec::new(),
            });
        };
        self.export_goal_sheet_to(&path, args).await
    }

    /// Lets a person choose a workbook of goals, and says what taking it in would move, or what does not close.
    pub async fn pick_goal_sheet(&self, args: GetGoal) -> Result<Option<GoalSheetPicked>> {
        self.keep_picked(None);
        let Some(path) = self.host.pick_sheet().await else {
            return Ok(None);
        };
        let _turn = self.turn().await;
        let mut found = self.goal_sheet_of(&path, args.metric, args.year).await?;
        let read = self
            .take_in_sheet(found.edit(None, true), found.read.clone())
            .await?;
        found.read = read.clone();
        let picked = GoalSheetPicked {
            plan: found.plan,
            file: found.name.clone(),
            read,
        };
        self.keep_picked(Some(found));
        Ok(Some(picked))
    }

    /// Makes the changes of the workbook that was looked at, or looks at them once more with a day before which
    /// all stays.
    ///
    /// # Errors
    /// None was chosen for this version, or it has nothing to change; the version is in force no more.
    pub async fn import_goal_sheet(&self, args: ImportGoalSheet) -> Result<GoalEdited> {
        let _turn = self.turn().await;
        let edit = {
            let picked = self.picked_sheet.lock();
            let picked = picked.unwrap_or_else(PoisonError::into_inner);
            let of_plan = picked.as_ref().filter(|found| found.plan == args.plan);
            of_plan.and_then(|found| found.edit(args.frozen_before, args.preview))
        };
        let edited = self
            .edit_in_turn(edit.ok_or(GoalError::NoSheetPicked)?, None)
            .await?;
        if !args.preview {
            self.keep_picked(None);
        }
        Ok(edited)
    }

    fn keep_picked(&self, found: Option<FoundInSheet>) {
        let picked = self.picked_sheet.lock();
        *picked.unwrap_or_else(PoisonError::into_inner) = found;
    }
}
