//! How the terminal is written to.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use yeji_app::Error;
use yeji_app::api::data::RejectedLine;
use yeji_app::api::{Message, Progress};

use super::Refusal;
use crate::words;

/// Writes a line on standard error; a closed pipe (`yeji ... 2>&1 | head`) stops no import.
macro_rules! say {
    ($($part:tt)*) => {{
        use std::io::Write as _;
        drop(writeln!(std::io::stderr().lock(), $($part)*));
    }};
}
pub(super) use say;

/// Prints a result as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    print(&text)
}

/// Prints a line on standard output. A closed pipe (`yeji ... | head`) ends quietly.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    match writeln!(std::io::stdout().lock(), "{text}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// A currency as it stands behind an amount; nothing for a number of things.
pub(super) fn currency(code: &str) -> String {
    if code == yeji_core::Currency::NONE.code() {
        return String::new();
    }
    code.to_owned()
}

/// An amount with its currency, where it has one.
pub(super) fn amount(amount: &str, code: &str) -> String {
    format!("{amount} {}", currency(code)).trim_end().to_owned()
}

/// A column of a table: the code of its word, and where its cells stand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column<'a> {
    /// Names, days.
    Left(&'a str),
    /// Numbers.
    Right(&'a str),
}

/// Prints a table with columns as wide as their cells, under words of the group `column`.
pub(super) fn table(columns: &[Column<'_>], rows: &[Vec<String>]) -> anyhow::Result<()> {
    let header: Vec<String> = columns
        .iter()
        .map(|(Column::Left(code) | Column::Right(code))| words::term("column", code))
        .collect();
    let mut widths: Vec<usize> = header.iter().map(|cell| width(cell)).collect();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            widths[at] = widths[at].max(width(cell));
        }
    }
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells
            .iter()
            .enumerate()
            .map(|(at, cell)| {
                let fill = " ".repeat(widths[at].saturating_sub(width(cell)));
                match columns[at] {
                    Column::Right(_) => format!("{fill}{cell}"),
                    Column::Left(_) => format!("{cell}{fill}"),
                }
            })
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    print(&line(&header))?;
    for row in rows {
        print(&line(row))?;
    }
    Ok(())
}

/// The text with blanks up to a width.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A row that is not imported: file, line and reason.
pub(super) fn rejected(row: &RejectedLine) -> String {
    let params = [
        ("file", row.file.clone()),
        ("line", row.line.to_string()),
        ("text", words::say(&row.reason)),
    ];
    words::line("rejected_row", &params)
}

/// Columns of a terminal: Chinese characters take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if ('\u{1100}'..='\u{ffe6}').contains(&c) && !('\u{2000}'..='\u{2e7f}').contains(&c) {
                2
            } else {
                1
            }
        })
        .sum()
}

/// A failure on standard error, in both languages where it is one of ours.
pub(super) fn explain(error: &anyhow::Error) {
    if let Some(refusal) = error.downcast_ref::<Refusal>() {
        return explain_message(&refusal.message);
    }
    let Some(own) = error.downcast_ref::<Error>() else {
        say!("yeji: {error:#}");
        return;
    };
    explain_message(&Message {
        code: own.code().to_owned(),
        params: own.params(),
    });
    for detail in own.details() {
        let mut params = detail.message.params.clone();
        let tier = detail.tier.map(|tier| (tier + 1).to_string());
        params.insert("tier".to_owned(), tier.unwrap_or_default());
        for say in [words::english, words::chinese] {
            params.insert("text".to_owned(), say(&detail.message));
            let code = "plan_problem".to_owned();
            let params = params.clone();
            say!("{}", say(&Message { code, params }));
        }
    }
}

/// What is wrong, in both languages, on standard error.
pub(super) fn explain_message(message: &Message) {
    say!("yeji: {}", words::english(message));
    say!("业绩：{}", words::chinese(message));
}

/// Notes on standard error.
pub(super) fn notes(notes: &[Message]) {
    for note in notes {
        note_text(words::say(note));
    }
}

/// A note that is a text already.
pub(super) fn note_text(text: String) {
    say!("{}", words::line("note", &[("text", text)]));
}

/// Draws progress on a terminal; a pipe gets nothing.
#[derive(Debug)]
pub(super) struct Bar(Mutex<Option<ProgressBar>>);

impl Bar {
    pub(super) fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) =
                ProgressStyle::with_template("{msg:12} {bar:40} {human_pos}/{human_len}")
            {
                bar.set_style(style);
            }
            bar
        });
        Self(Mutex::new(bar))
    }

    pub(super) fn show(&self, progress: &Progress) {
        if let Ok(guard) = self.0.lock()
            && let Some(bar) = guard.as_ref()
        {
            bar.set_length(progress.total);
            bar.set_position(progress.done);
            bar.set_message(words::term("step", &progress.step));
        }
    }

    pub(super) fn finish(&self) {
        if let Ok(mut guard) = self.0.lock()
            && let Some(bar) = guard.take()
        {
            bar.finish_and_clear();
        }
    }
}
