//! `yeji engine`: the pure calculations by name, without any store.

use std::collections::BTreeMap;

use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use yeji_insight::forecast::batch;

use crate::api::Message;
use crate::error::{Detail, Error, Result, plan_faults};

/// A pure calculation that an auditor can run.
#[derive(Debug, Clone, Copy)]
pub struct Engine {
    /// Name on the command line.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    run: fn(&'static str, &str) -> Result<Value>,
    schema: fn() -> Value,
}

/// All of them, in the order of their names.
pub const ENGINES: &[Engine] = &[
    Engine {
        name: yeji_bonus::calculate::ENGINE,
        about: "statements of a period from a plan, goals, target bonuses and deals, with the trace",
        run: |engine, text| run(engine, text, yeji_bonus::calculate),
        schema: schema::<yeji_bonus::CalculateInput, yeji_bonus::CalculateOutput>,
    },
    Engine {
        name: yeji_bonus::hypothetical::ENGINE,
        about: "what something that has not happened would pay: the exact difference of two calculations, with reasons",
        run: |engine, text| run(engine, text, yeji_bonus::deal),
        schema: schema::<yeji_bonus::DealQuestion, yeji_bonus::DealOutput>,
    },
    Engine {
        name: yeji_bonus::simulate::ENGINE,
        about: "what other plans would have cost over past periods: by months, people and tiers, against a budget",
        run: |engine, text| run(engine, text, yeji_bonus::what_if),
        schema: schema::<yeji_bonus::WhatIfInput, yeji_bonus::WhatIfOutput>,
    },
    Engine {
        name: yeji_goals::calendar::ENGINE,
        about: "years, quarters, months, cut weeks and ISO weeks of an interval, with working days",
        run: |engine, text| run(engine, text, yeji_goals::calendar::periods),
        schema: schema::<yeji_goals::calendar::PeriodsInput, yeji_goals::calendar::PeriodsOutput>,
    },
    Engine {
        name: batch::ENGINE,
        about: "what series will do next, one or thousands, with 95 % intervals and how they were made",
        run: |engine, text| run(engine, text, batch::series),
        schema: schema::<batch::SeriesInput, batch::SeriesOutput>,
    },
    Engine {
        name: yeji_goals::carry::ENGINE,
        about: "a goal in another year: everybody keeps their share and their own months, exact at every level",
        run: |engine, text| run(engine, text, yeji_goals::carry),
        schema: schema::<yeji_goals::carry::CarryInput, yeji_goals::carry::CarryOutput>,
    },
    Engine {
        name: yeji_goals::edit::ENGINE,
        about: "one change of a goal, and what it moves below and above; locks and the past stay",
        run: |engine, text| run(engine, text, yeji_goals::edit),
        schema: schema::<yeji_goals::edit::EditInput, yeji_goals::edit::EditOutput>,
    },
    Engine {
        name: yeji_goals::pace::ENGINE,
        about: "goal to date, pace and light, and what each working day is left to do",
        run: |engine, text| run(engine, text, yeji_goals::pace),
        schema: schema::<yeji_goals::pace::PaceInput, yeji_goals::pace::PaceOutput>,
    },
    Engine {
        name: yeji_goals::scorecard::ENGINE,
        about: "how far somebody is by several KPIs together, with what each one adds",
        run: |engine, text| run(engine, text, yeji_goals::scorecard),
        schema: schema::<
            yeji_goals::scorecard::ScorecardInput,
            yeji_goals::scorecard::ScorecardOutput,
        >,
    },
    Engine {
        name: yeji_goals::season::ENGINE,
        about: "how a goal runs along time, learned from past years or given",
        run: |engine, text| run(engine, text, yeji_goals::season),
        schema: schema::<yeji_goals::season::SeasonInput, yeji_goals::season::SeasonOutput>,
    },
    Engine {
        name: yeji_goals::smart::ENGINE,
        about: "whether a goal is specific, measurable, achievable, relevant and time-bound, in numbers",
        run: |engine, text| run(engine, text, yeji_goals::smart),
        schema: schema::<yeji_goals::smart::SmartInput, yeji_goals::smart::SmartOutput>,
    },
    Engine {
        name: yeji_goals::split::ENGINE,
        about: "a goal over organisation and calendar, exact on both axes at every level",
        run: |engine, text| run(engine, text, yeji_goals::split),
        schema: schema::<yeji_goals::SplitInput, yeji_goals::SplitOutput>,
    },
    Engine {
        name: yeji_goals::weigh::ENGINE,
        about: "everybody's goal by history, pipeline, market and more, with what it consists of",
        run: |engine, text| run(engine, text, yeji_goals::weigh),
        schema: schema::<yeji_goals::weigh::WeighInput, yeji_goals::weigh::WeighOutput>,
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
        (self.run)(self.name, text.trim_start_matches('\u{feff}'))
    }

    /// JSON Schema of input and output, made from the Rust types.
    pub fn schema(&self) -> Value {
        json!({ "engine": self.name, "about": self.about, "schemas": (self.schema)() })
    }
}

/// Why an engine refused: its code and values, and the words of the log.
trait Refusal: ToString {
    fn code(&self) -> &'static str;
    fn params(&self) -> BTreeMap<String, String>;
    /// Each fault by itself, where the reason names only the first.
    fn faults(&self) -> Vec<Detail> {
        Vec::new()
    }
}

impl Refusal for yeji_bonus::Error {
    fn code(&self) -> &'static str {
        self.code()
    }
    fn params(&self) -> BTreeMap<String, String> {
        self.params()
    }
    fn faults(&self) -> Vec<Detail> {
        plan_faults(self)
    }
}

impl Refusal for yeji_goals::Error {
    fn code(&self) -> &'static str {
        self.code()
    }
    fn params(&self) -> BTreeMap<String, String> {
        self.params()
    }
}

/// Its codes have no words of their own, so that the detail is said.
impl Refusal for yeji_insight::Error {
    fn code(&self) -> &'static str {
        self.code()
    }
    fn params(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

fn run<I: DeserializeOwned, O: Serialize, E: Refusal>(
    engine: &'static str,
    text: &str,
    calculate: fn(&I) -> std::result::Result<O, E>,
) -> Result<Value> {
    let input = serde_json::from_str(text).map_err(|e| Error::EngineInput {
        engine,
        reason: shortened(&e.to_string()),
    })?;
    let output = calculate(&input).map_err(|error| refused(engine, &error))?;
    serde_json::to_value(output).map_err(|e| Error::EngineInput {
        engine,
        reason: e.to_string(),
    })
}

fn refused(engine: &'static str, error: &impl Refusal) -> Error {
    let detail = shortened(&error.to_string());
    let params = error.params().into_iter();
    let mut params: BTreeMap<String, String> = params
        .map(|(name, value)| (name, shortened(&value)))
        .collect();
    params.insert("detail".to_owned(), detail.clone());
    Error::EngineRefused {
        engine,
        reason: Message {
            code: error.code().to_owned(),
            params,
        },
        detail,
        faults: error.faults(),
    }
}

/// At most this many characters of either end of a value are said.
const MAX_END_CHARS: usize = 200;

/// A text without its middle where it is long: input may be megabytes, and the reader of JSON says the place
/// of a fault at the end.
fn shortened(text: &str) -> String {
    let end = |(at, _): (usize, char)| at;
    let head = text.char_indices().nth(MAX_END_CHARS).map(end);
    let tail = text.char_indices().nth_back(MAX_END_CHARS - 1).map(end);
    match (head, tail) {
        (Some(head), Some(tail)) if head < tail => format!("{} … {}", &text[..head], &text[tail..]),
        _ => text.to_owned(),
    }
}

fn schema<I: JsonSchema, O: JsonSchema>() -> Value {
    json!({ "input": schema_for!(I), "output": schema_for!(O) })
}
