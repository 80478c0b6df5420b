//! A deal that imports of one and two sources and people close, reopen and correct, with imports taken back at
//! random: it never has half a closing, and without people's edits it is what the sources say.

use proptest::prelude::*;
use serde_json::{Value, json};
use yeji_core::ids::BatchId;

use super::facts::{World, histories};

/// Stage as a file writes it, closing day and amount.
type Closing = (&'static str, &'static str, &'static str);

const CLOSINGS: [Closing; 7] = [
    ("Engaging", "", ""),
    ("Proposal", "", ""),
    ("输单", "2026-02-01", ""),
    ("输单", "2026-02-02", ""),
    ("赢单", "2026-03-01", "100"),
    ("赢单", "2026-03-02", "100"),
    ("赢单", "2026-03-01", "200"),
];
const SOURCES: [&str; 2] = ["crm", "erp"];

struct Import {
    source: usize,
    closing: Closing,
    batch: BatchId,
    stands: bool,
}

/// As the store has it.
fn stored((stage, closed, amount): Closing) -> [Value; 3] {
    let stage = match stage {
        "赢单" => "won",
        "输单" => "lost",
        "Proposal" => "proposal",
        _ => "engaging",
    };
    let minor = amount.parse::<i64>().map(|amount| json!(amount * 100));
    let closed = (!closed.is_empty()).then(|| json!(closed));
    [
        json!(stage),
        closed.unwrap_or_default(),
        minor.unwrap_or_default(),
    ]
}

/// The first source tells the stage, and of a closed deal what it does not say the other one may.
fn said(imports: &[Import]) -> [Value; 3] {
    let of = |source: usize| {
        let mut own = imports.iter().rev();
        let last = own.find(|import| import.stands && import.source == source);
        last.map(|import| stored(import.closing))
    };
    let mut sources = of(0).into_iter().chain(of(1));
    let mut said = sources.next().unwrap_or_default();
    let is_closed = said[0] == "won" || said[0] == "lost";
    if let Some(other) = sources.next().filter(|_| is_closed) {
        for (own, other) in said.iter_mut().zip(other) {
            if own.is_null() {
                *own = other;
            }
        }
    }
    said
}

/// What a person may write into a deal in this state.
fn edit(now: &[Value; 3], pick: u8) -> Option<Vec<(&'static str, Value)>> {
    let day = ("closed_on", json!(format!("2026-03-{:02}", pick % 9 + 10)));
    let amount = [
        ("amount_minor", json!(i64::from(pick) * 100 + 7)),
        ("amount_currency", json!("CNY")),
    ];
    let none = [
        ("amount_minor", Value::Null),
        ("amount_currency", Value::Null),
    ];
    let stage = |stage: &str| ("stage", json!(stage));
    Some(match (now[0].as_str()?, pick % 4) {
        ("won", 0) => amount.to_vec(),
        ("won", 1) | ("lost", 0) => vec![day],
        ("won", 2) => [vec![stage("lost")], none.to_vec()].concat(),
        ("won" | "lost", 3) => {
            let open = vec![stage("negotiation"), ("closed_on", Value::Null)];
            [open, none.to_vec()].concat()
        }
        ("won", _) => return None,
        _ => [vec![stage("won"), day], amount.to_vec()].concat(),
    })
}

async fn replay(steps: Vec<(u8, u8, u8)>, is_shared: bool) -> Result<(), TestCaseError> {
    let world = World::new().await;
    if is_shared {
        world.order(&SOURCES).await;
    }
    let mut imports: Vec<Import> = Vec::new();
    let (mut is_edited, mut done) = (false, Vec::new());
    for (step, a, b) in steps {
        let standing = |imports: &[Import]| -> Vec<usize> {
            (0..imports.len())
                .filter(|at| imports[*at].stands)
                .collect()
        };
        let may_go = standing(&imports);
        if step < 5 || may_go.is_empty() {
            let source = usize::from(is_shared && step % 2 == 1);
            let closing = CLOSINGS[usize::from(a) % CLOSINGS.len()];
            let (stage, closed, amount) = closing;
            let opened = format!("2026-01-{:02}", b % 3 + 1);
            let said = [stage, closed, amount];
            done.push(format!("{} says {said:?} {opened}", SOURCES[source]));
            if let Some(batch) = world.may_say(SOURCES[source], &opened, said).await {
                let stands = true;
                imports.push(Import {
                    source,
                    closing,
                    batch,
                    stands,
                });
            }
        } else if step < 8 {
            if let Some(values) = edit(&world.closing_now().await, a) {
                done.push(format!("a person writes {values:?}"));
                world.write_deal(&values).await;
                is_edited = true;
            }
        } else {
            let at = may_go[usize::from(a) % may_go.len()];
            done.push(format!("{at} is taken back"));
            imports[at].stands = false;
            world.undo(imports[at].batch).await;
        }
        if world.deal_words().await.is_none() {
            return Ok(());
        }
        let now = world.closing_now().await;
        match now[0].as_str().unwrap_or_default() {
            // What was lost may have an amount.
            "won" | "lost" => prop_assert!(!now[1].is_null(), "no day {:?} {:?}", now, done),
            _ => {
                let is_open = now[1].is_null() && now[2].is_null();
                prop_assert!(is_open, "half open {:?} {:?}", now, done);
            }
        }
        if !is_edited {
            prop_assert_eq!(said(&imports), now, "{:?}", done);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(histories(48))]

    /// Bonuses are paid on stage, day and amount together.
    #[test]
    fn a_deal_never_has_half_a_closing(
        steps in prop::collection::vec((0_u8..11, any::<u8>(), any::<u8>()), 3..12),
        is_shared in any::<bool>(),
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(replay(steps, is_shared))?;
    }
}
