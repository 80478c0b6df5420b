//! `yeji engine`: the pure calculations by name, without any store.

use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::error::{Error, Result};

/// A pure calculation that an auditor can run.
#[derive(Debug, Clone, Copy)]
pub struct Engine {
    /// Name on the command line.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    run: fn(&str) -> Result<Value>,
    schema: fn() -> Value,
}

/// All of them, in the order of their names.
pub const ENGINES: &[Engine] = &[
    Engine {
        name: yeji_bonus::calculate::ENGINE,
        about: "statements of a period from a plan, goals, target bonuses and deals, with the trace",
        run: |text| {
            run(
                yeji_bonus::calculate::ENGINE,
                text,
                yeji_bonus::calculate,
                yeji_bonus::Error::to_string,
            )
        },
        schema: schema::<yeji_bonus::CalculateInput, yeji_bonus::CalculateOutput>,
    },
    Engine {
        name: yeji_goals::calendar::ENGINE,
        about: "years, quarters, months, cut weeks and ISO weeks of an interval, with working days",
        run: |text| {
            run(
                yeji_goals::calendar::ENGINE,
                text,
                yeji_goals::calendar::periods,
                yeji_goals::Error::to_string,
            )
        },
        schema: schema::<yeji_goals::calendar::PeriodsInput, yeji_goals::calendar::PeriodsOutput>,
    },
    Engine {
        name: yeji_insight::forecast::batch::ENGINE,
        about: "what series will do next, one or thousands, with 95 % intervals and how they were made",
        run: |text| {
            run(
                yeji_insight::forecast::batch::ENGINE,
                text,
                yeji_insight::forecast::batch::series,
                yeji_insight::Error::to_string,
            )
        },
        schema: schema::<
            yeji_insight::forecast::batch::SeriesInput,
            yeji_insight::forecast::batch::SeriesOutput,
        >,
    },
    Engine {
        name: yeji_goals::split::ENGINE,
        about: "a goal over organisation and calendar, exact on both axes at every level",
        run: |text| {
            run(
                yeji_goals::split::ENGINE,
                text,
                yeji_goals::split,
                yeji_goals::Error::to_string,
            )
        },
        schema: schema::<yeji_goals::SplitInput, yeji_goals::SplitOutput>,
    },
];

/// The engine of a name.
pub fn engine(name: &str) -> Result<&'static Engine> {
    ENGINES
        .iter()
        .find(|engine| engine.name == name)
        .ok_or_else(|| Error::NoEngine(crate::error::shown(name)))
}

impl Engine {
    /// Runs it on JSON text in UTF-8.
    pub fn run(&self, input: &[u8]) -> Result<Value> {
        let text = std::str::from_utf8(input).map_err(|error| Error::EngineText {
            engine: self.name,
            byte: error.valid_up_to(),
        })?;
        (self.run)(text.trim_start_matches('\u{feff}'))
    }

    /// JSON Schema of input and output, made from the Rust types.
    pub fn schema(&self) -> Value {
        json!({ "engine": self.name, "about": self.about, "schemas": (self.schema)() })
    }
}

fn run<I: DeserializeOwned, O: Serialize, E>(
    engine: &'static str,
    text: &str,
    calculate: fn(&I) -> std::result::Result<O, E>,
    say: fn(&E) -> String,
) -> Result<Value> {
    let input = serde_json::from_str(text).map_err(|e| Error::EngineInput {
        engine,
        reason: e.to_string(),
    })?;
    let output = calculate(&input).map_err(|error| Error::EngineRefused {
        engine,
        reason: say(&error),
    })?;
    serde_json::to_value(output).map_err(|e| Error::EngineInput {
        engine,
        reason: e.to_string(),
    })
}

fn schema<I: JsonSchema, O: JsonSchema>() -> Value {
    json!({ "input": schema_for!(I), "output": schema_for!(O) })
}
