//! How the terminal is written to.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use yeji_app::Error;
use yeji_app::api::{Message, Progress};

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

/// Prints a table with columns as wide as their cells; numbers stand right.
pub(super) fn table(header: &[&str], right: &[bool], rows: &[Vec<String>]) -> anyhow::Result<()> {
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
                if right[at] {
                    format!("{fill}{cell}")
                } else {
                    format!("{cell}{fill}")
                }
            })
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    print(&line(
        &header
            .iter()
            .map(|cell| (*cell).to_owned())
            .collect::<Vec<_>>(),
    ))?;
    for row in rows {
        print(&line(row))?;
    }
    Ok(())
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
    let Some(own) = error.downcast_ref::<Error>() else {
        say!("yeji: {error:#}");
        return;
    };
    let message = Message {
        code: own.code().to_owned(),
        params: own.params(),
    };
    say!("yeji: {}", words::english(&message));
    say!("业绩：{}", words::chinese(&message));
}

/// Notes on standard error.
pub(super) fn notes(notes: &[Message]) {
    for note in notes {
        say!("note: {}", words::say(note));
    }
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
            bar.set_message(progress.step.clone());
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
