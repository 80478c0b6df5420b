//! What a test does in the window: find by what a person reads, click, type, look.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::harness::root;

/// How long a test waits for something to appear.
const PATIENCE: Duration = Duration::from_secs(20);
const INTERVAL: Duration = Duration::from_millis(50);

/// Finds the visible control with an accessible name, inside an element or in the page.
/// Spaces do not count: Ant Design puts one between two Chinese characters on a button.
const FIND_BY_NAME: &str = include_str!("find_by_name.js");
const AXE: &str = "ui/node_modules/axe-core/axe.min.js";

/// Types in place of what a field holds: a field that the page controls does not notice a `clear`.
pub async fn type_over(field: &Element, text: &str) -> anyhow::Result<()> {
    field.send_keys(&(Key::Control + "a")).await?;
    Ok(field.send_keys(text).await?)
}

/// The open window.
#[derive(Debug)]
pub struct Window {
    /// For all that has no helper here.
    pub client: Client,
    /// The file of answers to dialogs, see the shell's `desktop::dialogs`.
    pub answers: PathBuf,
}

#[expect(dead_code, reason = "vocabulary for the scenarios to come")]
impl Window {
    /// Waits for an element that a CSS selector finds.
    pub async fn wait_for(&self, css: &str) -> anyhow::Result<Element> {
        let wait = self.client.wait().at_most(PATIENCE).every(INTERVAL);
        wait.for_element(Locator::Css(css))
            .await
            .with_context(|| format!("`{css}` does not appear"))
    }

    /// Waits for an element by its `data-testid`.
    pub async fn test_id(&self, id: &str) -> anyhow::Result<Element> {
        self.wait_for(&format!("[data-testid='{id}']")).await
    }

    /// Waits until the page shows a text somewhere.
    pub async fn wait_text(&self, text: &str) -> anyhow::Result<()> {
        let script = "return document.body.innerText.includes(arguments[0]);";
        self.until(&format!("the text “{text}”"), script, vec![json!(text)])
            .await
    }

    /// Waits until the page no longer shows a text.
    pub async fn wait_gone(&self, text: &str) -> anyhow::Result<()> {
        let script = "return !document.body.innerText.includes(arguments[0]);";
        self.until(&format!("the end of “{text}”"), script, vec![json!(text)])
            .await
    }

    /// Waits until a script returns true; `what` names it in the message.
    pub async fn until(
        &self,
        what: &str,
        script: &str,
        arguments: Vec<Value>,
    ) -> anyhow::Result<()> {
        let start = Instant::now();
        while self.client.execute(script, arguments.clone()).await? != true {
            if start.elapsed() > PATIENCE {
                bail!(
                    "waited {PATIENCE:?} for {what}; the page shows:\n{}",
                    self.text("body").await?
                );
            }
            tokio::time::sleep(INTERVAL).await;
        }
        Ok(())
    }

    /// The text of the first element that a CSS selector finds, as a person sees it.
    pub async fn text(&self, css: &str) -> anyhow::Result<String> {
        Ok(self.wait_for(css).await?.text().await?)
    }

    /// The control (button, link, tab, menu entry, field …) with this accessible name.
    pub async fn control(&self, name: &str) -> anyhow::Result<Element> {
        self.control_in("body", name).await
    }

    /// The same inside what a CSS selector finds, where a name occurs more than once.
    pub async fn control_in(&self, css: &str, name: &str) -> anyhow::Result<Element> {
        let start = Instant::now();
        loop {
            let found = self
                .client
                .execute(FIND_BY_NAME, vec![json!(css), json!(name)])
                .await?;
            let elements = found.as_array().cloned().unwrap_or_default();
            match elements.as_slice() {
                [element] => return self.element(element),
                _ if start.elapsed() < PATIENCE => tokio::time::sleep(INTERVAL).await,
                [] => bail!(
                    "no control is named “{name}” in `{css}`; it shows:\n{}",
                    self.text(css).await?
                ),
                many => bail!("{} controls are named “{name}” in `{css}`", many.len()),
            }
        }
    }

    /// An element out of a script's answer: an object whose one value is the element's id.
    fn element(&self, answer: &Value) -> anyhow::Result<Element> {
        let object = answer
            .as_object()
            .context("the script returned no element")?;
        let id = object
            .values()
            .next()
            .and_then(Value::as_str)
            .context("an element without id")?;
        Ok(Element::from_element_id(
            self.client.clone(),
            ElementRef::from(id.to_owned()),
        ))
    }

    /// Clicks a control by its accessible name.
    pub async fn click(&self, name: &str) -> anyhow::Result<()> {
        let control = self.control(name).await?;
        control
            .click()
            .await
            .with_context(|| format!("“{name}” cannot be clicked"))
    }

    /// Clicks a control by its accessible name inside what a CSS selector finds.
    pub async fn click_in(&self, css: &str, name: &str) -> anyhow::Result<()> {
        let control = self.control_in(css, name).await?;
        control
            .click()
            .await
            .with_context(|| format!("“{name}” cannot be clicked"))
    }

    /// Clicks an element by its `data-testid`, as soon as nothing covers it.
    pub async fn click_test_id(&self, id: &str) -> anyhow::Result<()> {
        self.click_css(&format!("[data-testid='{id}']")).await
    }

    /// Clicks the first element that a CSS selector finds, as soon as nothing covers it.
    pub async fn click_css(&self, css: &str) -> anyhow::Result<()> {
        let start = Instant::now();
        loop {
            match self.wait_for(css).await?.click().await {
                Ok(()) => return Ok(()),
                Err(_) if start.elapsed() < PATIENCE => tokio::time::sleep(INTERVAL).await,
                Err(error) => {
                    return Err(error).with_context(|| format!("`{css}` cannot be clicked"));
                }
            }
        }
    }

    /// Types into the field with this accessible name, in place of what it holds.
    pub async fn fill(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let field = self.control(name).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Prepares the answer to the next file dialog; no paths means that the user cancels.
    pub fn answer_dialog(&self, paths: Option<&[&Path]>) -> anyhow::Result<()> {
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .open(&self.answers)?;
        Ok(writeln!(file, "{}", serde_json::to_string(&paths)?)?)
    }

    /// Waits until nothing loads, nothing moves, and what stands there is painted.
    pub async fn settled(&self) -> anyhow::Result<()> {
        let script = r#"
            const loading = document.querySelector(".ant-skeleton, .ant-spin-spinning, [aria-busy='true']");
            const moving = document.getAnimations().some((one) => one.playState === "running");
            return !loading && !moving;
        "#;
        self.until("the end of loading and motion", script, vec![])
            .await?;
        let painted = r"
            const done = arguments[arguments.length - 1];
            const frames = (left) => (left === 0 ? done(true) : requestAnimationFrame(() => frames(left - 1)));
            document.fonts.ready.then(() => frames(3));
        ";
        self.client.execute_async(painted, vec![]).await?;
        tokio::time::sleep(Duration::from_millis(150)).await;
        Ok(())
    }

    /// Leaves a picture of the window, once it is settled, as `target/screens/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> anyhow::Result<()> {
        self.settled().await?;
        self.picture(name).await
    }

    /// The same at once, as it is now.
    pub async fn picture(&self, name: &str) -> anyhow::Result<()> {
        let folder = root().join("target/screens");
        std::fs::create_dir_all(&folder)?;
        let picture = self.client.screenshot().await?;
        std::fs::write(folder.join(format!("{name}.png")), picture)?;
        Ok(())
    }

    /// Fails on serious and critical findings of axe-core in what is shown now.
    pub async fn accessible(&self) -> anyhow::Result<()> {
        let axe = std::fs::read_to_string(root().join(AXE))
            .with_context(|| format!("{AXE} (from `npm ci`)"))?;
        self.client.execute(&axe, vec![]).await?;
        let script = r#"
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ["violations"] }).then(
                (results) => done(results.violations
                    .filter((found) => ["serious", "critical"].includes(found.impact))
                    .flatMap((found) => found.nodes.map((node) =>
                        `${found.impact} ${found.id}: ${found.help}: ${node.target.join(" ")}: ${node.html.slice(0, 200)}`))),
                (error) => done([String(error)]));
        "#;
        let findings = self.client.execute_async(script, vec![]).await?;
        let findings = findings.as_array().context("axe-core gave no list")?;
        let lines: Vec<&str> = findings.iter().filter_map(Value::as_str).collect();
        ensure!(lines.is_empty(), "axe-core finds:\n{}", lines.join("\n"));
        Ok(())
    }
}
