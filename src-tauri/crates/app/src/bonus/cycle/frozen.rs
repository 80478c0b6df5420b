//! The complete input of a run, kept when it is handed in: compressed, in pieces that a row can hold, and
//! given out again byte for byte.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde_json::json;
use yeji_bonus::CalculateInput;
use yeji_core::bonus_cycle::FrozenInput;
use yeji_core::calendar::Period;
use yeji_core::ids::BonusRunId;
use yeji_store::BonusRun as KeptRun;

use super::CycleError;
use crate::api::bonus_cycle::GetBonusCycle;
use crate::blocking::blocking;
use crate::bonus::sha256;
use crate::context::App;
use crate::error::Result;

/// Characters of a piece: 750 KB compressed.
const MAX_PART_CHARS: usize = 1_000_000;

/// An input of a million facts has about 500 MB; what unpacks to more than this was not made here.
const MAX_INPUT_BYTES: u64 = 4_000_000_000;

/// The rows that hold an input.
pub(super) fn freeze(run: BonusRunId, input: &[u8]) -> Result<Vec<FrozenInput>> {
    let broken = |error: std::io::Error| crate::error::Error::Io {
        path: "frozen_input".into(),
        source: error,
    };
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(input).map_err(broken)?;
    let text = STANDARD.encode(encoder.finish().map_err(broken)?);
    let mut parts = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        // Base64 is ASCII: every place is a boundary.
        let (piece, tail) = rest.split_at(rest.len().min(MAX_PART_CHARS));
        parts.push(FrozenInput {
            run,
            part: i64::try_from(parts.len()).unwrap_or(i64::MAX),
            document: piece.to_owned(),
        });
        rest = tail;
    }
    Ok(parts)
}

/// The input as it was, which has to have this hash.
pub(super) fn thaw(parts: &[FrozenInput], hash: &str) -> std::result::Result<Vec<u8>, String> {
    let text: String = parts.iter().map(|part| part.document.as_str()).collect();
    let packed = STANDARD.decode(text).map_err(|error| error.to_string())?;
    let mut input = Vec::new();
    ZlibDecoder::new(packed.as_slice())
        .take(MAX_INPUT_BYTES)
        .read_to_end(&mut input)
        .map_err(|error| error.to_string())?;
    let found = sha256(&input);
    if found == hash {
        Ok(input)
    } else {
        Err(format!("SHA-256 {found}, not {hash}"))
    }
}

impl App {
    /// The input that was frozen for a run.
    pub(super) async fn thawed(&self, period: Period, run: &KeptRun) -> Result<Vec<u8>> {
        let parts = self.store()?.frozen_input(run.id).await?;
        if parts.is_empty() {
            return Err(CycleError::NoInput { period }.into());
        }
        let hash = run.inputs_hash.clone();
        blocking(move || {
            thaw(&parts, &hash).map_err(|reason| CycleError::InputBroken { period, reason }.into())
        })
        .await
    }

    /// The same, read.
    pub(super) async fn thawed_input(
        &self,
        period: Period,
        run: &KeptRun,
    ) -> Result<CalculateInput> {
        let document = self.thawed(period, run).await?;
        blocking(move || {
            serde_json::from_slice(&document).map_err(|error| {
                let reason = error.to_string();
                CycleError::InputBroken { period, reason }.into()
            })
        })
        .await
    }

    /// The frozen input of the newest version of a period's statements, byte for byte: its SHA-256 is that
    /// of the run. It leaves the store, so it is recorded.
    pub async fn frozen_bonus_input(&self, args: GetBonusCycle) -> Result<Vec<u8>> {
        let cycle = self.cycle(args.period, args.plan.as_deref()).await?;
        let counts = cycle.standing.counts().map(|one| one.run);
        let newest = counts.or(cycle.standing.frozen.last().copied());
        let run = newest.and_then(|id| cycle.run_of(id));
        let run = run.ok_or(CycleError::NoInput {
            period: args.period,
        })?;
        let document = self.thawed(args.period, run).await?;
        let detail = json!({ "document": run.inputs_hash });
        self.audit("export.bonus_input", args.period.to_string(), detail)
            .await?;
        Ok(document)
    }
}
