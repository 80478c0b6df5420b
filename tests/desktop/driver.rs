//! The driver's process.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

const PROGRAM: &str = "WebKitWebDriver";
const START_TIMEOUT: Duration = Duration::from_secs(20);

/// A `WebKitWebDriver` of our own; it ends with this value.
#[derive(Debug)]
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts the driver on a free port of the loopback interface.
    ///
    /// The program under test inherits its environment, so `variables` reach both, and all that a
    /// desktop program writes into a home folder goes into `home`.
    pub fn start(home: &Path, variables: &[(&str, &str)]) -> anyhow::Result<Self> {
        // Free a moment ago; nothing else on this machine should take it in between, and if so the
        // session below fails with the driver's message.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let log = std::fs::File::create(home.join("driver.log"))?;
        let child = Command::new(PROGRAM)
            .arg(format!("--port={port}"))
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("NO_AT_BRIDGE", "1")
            // The pictures should not depend on the desktop's settings or on a graphics card.
            .env("GSETTINGS_BACKEND", "memory")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("{PROGRAM} cannot be started"))?;
        let mut driver = Self { child, port };
        driver.wait()?;
        Ok(driver)
    }

    /// Where a client finds the driver.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn wait(&mut self) -> anyhow::Result<()> {
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("{PROGRAM} ended with {status} before it listened");
            }
            if start.elapsed() > START_TIMEOUT {
                bail!("{PROGRAM} does not listen after {START_TIMEOUT:?}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody left to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Why no window can be opened here, if so.
pub fn missing() -> Option<String> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    if !std::env::split_paths(&paths).any(|folder| folder.join(PROGRAM).is_file()) {
        return Some(format!("{PROGRAM} is not installed"));
    }
    let display = std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty());
    (!display).then(|| "there is no display (DISPLAY is not set)".to_owned())
}
