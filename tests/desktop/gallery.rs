//! Every page of the demo company in both languages and themes: pictures to look at, and axe-core.

use anyhow::ensure;

use crate::harness::Scenario;
use crate::page::Window;

/// Area, and what shows that its page is there.
pub const PAGES: [(&str, &str); 6] = [
    ("home", "home-tile-won_amount"),
    ("goals", "goal-table"),
    ("performance", "widget-weeks"),
    ("bonus", "bonus-period"),
    ("data", "batches"),
    ("settings", "company-name"),
];

fn demo(name: &'static str) -> Scenario {
    Scenario::new(name).prepared_by(&[
        "demo",
        "--people",
        "40",
        "--deals",
        "6000",
        "--years",
        "3",
        "--seed",
        "7",
        "--until",
        "2026-10-31",
    ])
}

#[test]
fn every_page_in_both_languages_and_themes() {
    demo("gallery").run(async |window| {
        for language in ["zh", "en"] {
            for theme in ["light", "dark"] {
                choose_theme(window, theme).await?;
                for (area, shown) in PAGES {
                    window.click_test_id(&format!("nav-{area}")).await?;
                    window.test_id(shown).await?;
                    window
                        .screenshot(&format!("{area}-{language}-{theme}"))
                        .await?;
                    no_horizontal_scroll(window, area).await?;
                    no_header_is_cut(window, area).await?;
                    window.accessible().await?;
                }
            }
            window.click_test_id("lang-switch").await?;
        }
        Ok(())
    });
}

/// The pages beside the dashboard.
#[test]
fn forecasts_and_figures_in_both_languages_and_themes() {
    let pages = [
        ("explorer", "metric-rows"),
        ("forecast", "landing-total"),
        ("metrics", "metric-rows"),
    ];
    demo("figures").run(async |window| sub_pages(window, "performance", &pages).await);
}

/// The pages beside the plan, with people being asked for their own numbers: the agreement, progress, and KPIs with
/// scorecards.
#[test]
fn agreement_and_progress_in_both_languages_and_themes() {
    let open = [
        "goal",
        "round",
        "open",
        "--year",
        "2026",
        "--people-due",
        "2099-01-15",
        "--managers-due",
        "2099-01-31",
    ];
    let pages = [
        ("goal-round", "round-tree"),
        ("goal-progress", "goal-standing"),
        ("goal-scorecards", "scorecard"),
    ];
    demo("agreement")
        .prepared_by(&open)
        .run(async |window| sub_pages(window, "goals", &pages).await);
}

/// Each page of an area, with what shows that it is there.
async fn sub_pages(window: &Window, area: &str, pages: &[(&str, &str)]) -> anyhow::Result<()> {
    for language in ["zh", "en"] {
        for theme in ["light", "dark"] {
            choose_theme(window, theme).await?;
            window.click_test_id(&format!("nav-{area}")).await?;
            for (page, shown) in pages {
                window.click_test_id(&format!("sub-{page}")).await?;
                window.test_id(shown).await?;
                window.settled().await?;
                window
                    .screenshot(&format!("{page}-{language}-{theme}"))
                    .await?;
                no_horizontal_scroll(window, page).await?;
                no_header_is_cut(window, page).await?;
                window.accessible().await?;
            }
        }
        window.click_test_id("lang-switch").await?;
    }
    Ok(())
}

#[test]
fn a_new_goal_stands_beside_the_one_in_force() {
    let set = ["goal", "set", "--year", "2026", "--amount", "99999999"];
    demo("draft").prepared_by(&set).run(async |window| {
        for language in ["zh", "en"] {
            window.click_test_id("nav-goals").await?;
            window.test_id("goal-table").await?;
            let draft = window.text("[data-testid='goal-draft']").await?;
            ensure!(draft.contains("99,999,999"), "the new goal: {draft}");
            let total = window.text("[data-testid='goal-total']").await?;
            ensure!(!total.contains("99,999,999"), "in force: {total}");
            window
                .screenshot(&format!("goals-draft-{language}"))
                .await?;
            window.accessible().await?;
            window.click_test_id("lang-switch").await?;
        }
        Ok(())
    });
}

#[test]
fn goals_and_bonuses_open_down_to_their_steps() {
    demo("steps").run(async |window| {
        window.click_test_id("nav-goals").await?;
        window.test_id("goal-table").await?;
        window.click_test_id("goal-split").await?;
        window.click_test_id("goal-split-preview").await?;
        window.test_id("goal-split-outcome").await?;
        window.screenshot("goals-split-zh").await?;
        window.click_test_id("goal-split-keep").await?;
        window.test_id("goal-closure").await?;

        window.click_test_id("nav-home").await?;
        window.click_test_id("attention-bonus_not_run").await?;
        window.click_test_id("bonus-run").await?;
        window.test_id("bonus-total").await?;
        // What is unusual comes after the statements and moves them down: a click would miss its row.
        window.settled().await?;
        window
            .click_css("tr[data-testid^='statement-'] td:first-child")
            .await?;
        window.test_id("statement-drawer").await?;
        window.screenshot("bonus-statement-zh").await?;
        window.accessible().await
    });
}

#[test]
fn the_demo_company_starts_with_one_click() {
    Scenario::new("demo").in_english().run(async |window| {
        window.test_id("create-plain").await?;
        window.settled().await?;
        window.click_test_id("create-plain").await?;
        window.screenshot("store-plain-en").await?;
        window.click_test_id("plain-confirm").await?;
        window.test_id("welcome").await?;
        window.screenshot("welcome-en").await?;
        window.click_test_id("start-demo").await?;
        window.test_id("home-tile-won_amount").await?;
        window.screenshot("demo-ready-en").await
    });
}

pub async fn choose_theme(window: &Window, theme: &str) -> anyhow::Result<()> {
    window.click_test_id("theme-switch").await?;
    window.settled().await?;
    window.click_test_id(&format!("theme-{theme}")).await?;
    let script = "return document.documentElement.dataset.theme === arguments[0];";
    window
        .until(&format!("the {theme} theme"), script, vec![theme.into()])
        .await
}

/// Every column says its whole name: a cut header is a table that nobody can read.
pub async fn no_header_is_cut(window: &Window, area: &str) -> anyhow::Result<()> {
    let script = r"
        return [...document.querySelectorAll('th')]
            .flatMap((header) => [header, ...header.querySelectorAll('*')])
            .filter((part) => part instanceof HTMLElement && !part.closest('.sr-only'))
            .filter((part) => getComputedStyle(part).overflowX !== 'visible' && part.scrollWidth > part.clientWidth)
            .map((part) => part.textContent);
    ";
    let cut = window.client.execute(script, vec![]).await?;
    ensure!(
        cut == serde_json::json!([]),
        "{area} cuts the headers {cut}"
    );
    Ok(())
}

async fn no_horizontal_scroll(window: &Window, area: &str) -> anyhow::Result<()> {
    let script = "return document.documentElement.scrollWidth <= window.innerWidth;";
    ensure!(
        window.client.execute(script, vec![]).await? == true,
        "{area} scrolls sideways at 1280 pixels"
    );
    Ok(())
}
