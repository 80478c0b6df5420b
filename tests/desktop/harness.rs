//! One scenario: a fresh store and home, the driver, the window, and their end.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use anyhow::{Context as _, anyhow, ensure};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::driver::{Driver, missing};
use crate::page::Window;

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_yeji");
/// The size that every screenshot has.
pub const WIDTH: u32 = 1280;
/// The size that every screenshot has.
pub const HEIGHT: u32 = 800;
/// From the program's start to its window; it takes well under a second on an idle machine.
const WINDOW_TIMEOUT: Duration = Duration::from_mins(1);

/// The driver serves one window at a time, also when somebody forgets `--test-threads=1`.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What a test needs before its window opens.
#[derive(Debug)]
pub struct Scenario {
    name: &'static str,
    language: &'static str,
    prepare: Vec<Vec<String>>,
}

impl Scenario {
    /// `name` is used in messages and for the picture of a failure.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            language: "zh_CN",
            prepare: Vec::new(),
        }
    }

    /// On a demo company small enough to be made anew for each task.
    pub fn small_demo(name: &'static str) -> Self {
        let demo = "demo --people 12 --deals 900 --years 2 --seed 3 --until 2026-10-31";
        Self::new(name).prepared_by(&demo.split(' ').collect::<Vec<_>>())
    }

    /// Opens the window in English instead of Chinese.
    pub fn in_english(mut self) -> Self {
        self.language = "en_US";
        self
    }

    /// Runs a command of Yeji's own command line on the store before the window opens, such as
    /// `&["demo", "--people", "40"]`; `--data` is added.
    pub fn prepared_by(mut self, arguments: &[&str]) -> Self {
        self.prepare
            .push(arguments.iter().copied().map(String::from).collect());
        self
    }

    /// Opens the window, runs `body` in it, and closes it whatever happened.
    ///
    /// # Panics
    /// When the body returns an error or panics; a picture of the window is then left as
    /// `target/screens/failed-NAME.png`.
    pub fn run(self, body: impl AsyncFnOnce(&Window) -> anyhow::Result<()>) {
        if let Some(reason) = missing() {
            assert!(
                std::env::var_os("YEJI_REQUIRE_WINDOW").is_none(),
                "the window cannot be tested: {reason}"
            );
            println!("skipped {}: {reason}", self.name);
            return;
        }
        // A test that failed before has cleaned up too.
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime needs only memory and a few file handles");
        if let Err(error) = runtime.block_on(self.show(body)) {
            panic!("{}: {error:#}", self.name);
        }
    }

    async fn show(
        &self,
        body: impl AsyncFnOnce(&Window) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let home = tempfile::tempdir()?;
        let store = home.path().join("store");
        for arguments in &self.prepare {
            prepare(&store, arguments)?;
        }
        let answers = home.path().join("dialogs");
        std::fs::write(&answers, "")?;

        without_motion(home.path())?;

        let language = format!("{}.UTF-8", self.language);
        let answers_path = answers
            .to_str()
            .context("a temporary folder that is not Unicode")?;
        let locales = locales(self.language)?;
        let locales = locales
            .to_str()
            .context("a checkout whose path is not Unicode")?;
        let variables = [
            ("LOCPATH", locales),
            ("LC_ALL", language.as_str()),
            ("LANG", language.as_str()),
            ("LANGUAGE", self.language),
            ("YEJI_TEST_DIALOGS", answers_path),
        ];
        let driver = Driver::start(home.path(), &variables)?;
        let client = connect(&driver, capabilities(&store)?)
            .await
            .with_context(|| format!("no window came up; it was said: {}", log(home.path())))?;
        let window = Window { client, answers };
        let result = async {
            window.client.set_window_size(WIDTH, HEIGHT).await?;
            caught(body(&window)).await
        }
        .await;
        if result.is_err() {
            let picture = format!("failed-{}", self.name);
            if let Err(error) = window.picture(&picture).await {
                println!("and no picture could be taken: {error:#}");
            }
            println!("the driver and the program said: {}", log(home.path()));
        }
        // Ends the program too, which the driver started.
        let closed = window
            .client
            .close()
            .await
            .context("the window could not be closed");
        result.and(closed)
    }
}

/// A panic as an error, so that the window is closed and its picture taken also then.
async fn caught(body: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let mut body = pin!(body);
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| body.as_mut().poll(context)));
        polled.unwrap_or_else(|_| Poll::Ready(Err(anyhow!("the test panicked, see above"))))
    })
    .await
}

/// A folder with the locale of a language, made once: WebKit takes the page's language from the
/// locale, and few test machines have more than `C`.
fn locales(language: &str) -> anyhow::Result<PathBuf> {
    let folder = root().join("target/locales");
    let name = format!("{language}.UTF-8");
    if !folder.join(&name).exists() {
        std::fs::create_dir_all(&folder)?;
        let arguments = ["--no-archive", "-i", language, "-f", "UTF-8"];
        let made = Command::new("localedef")
            .args(arguments)
            .arg(folder.join(&name))
            .output()?;
        // It ends with 1 for mere warnings, so what counts is whether the locale is there.
        let message = String::from_utf8_lossy(&made.stderr);
        ensure!(
            folder.join(&name).exists(),
            "no locale {name} (package `locales`): {message}"
        );
    }
    Ok(folder)
}

/// Tells the page that less motion is wanted: a drawer that slides in cannot be clicked yet.
fn without_motion(home: &Path) -> anyhow::Result<()> {
    let folder = home.join("config/gtk-3.0");
    std::fs::create_dir_all(&folder)?;
    let settings = "[Settings]\ngtk-enable-animations=false\n";
    Ok(std::fs::write(folder.join("settings.ini"), settings)?)
}

/// The driver waits without end for a program that ended before it showed a window.
async fn connect(driver: &Driver, capabilities: Capabilities) -> anyhow::Result<Client> {
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let address = driver.address();
    let client = builder.capabilities(capabilities).connect(&address);
    Ok(tokio::time::timeout(WINDOW_TIMEOUT, client).await??)
}

fn capabilities(store: &Path) -> anyhow::Result<Capabilities> {
    let wanted = json!({
        "webkitgtk:browserOptions": {
            "binary": PROGRAM,
            "args": ["--data", store],
        },
    });
    Ok(serde_json::from_value(wanted)?)
}

fn prepare(store: &Path, arguments: &[String]) -> anyhow::Result<()> {
    let output = Command::new(PROGRAM)
        .arg("--data")
        .arg(store)
        .arg("--plain")
        .args(arguments)
        .output()?;
    ensure!(
        output.status.success(),
        "`yeji {}` ended with {}: {}",
        arguments.join(" "),
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

fn log(home: &Path) -> String {
    std::fs::read_to_string(home.join("driver.log")).unwrap_or_default()
}

/// The top folder of the checkout.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
