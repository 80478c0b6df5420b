//! Prepares the shell: Tauri's context, its access rules, and how the linker binds it.

use std::path::Path;

use tauri_build::{AppManifest, Attributes, WindowsAttributes};

/// What Vite writes; Tauri puts these files into the program.
const UI: &str = "ui/dist";

fn main() {
    println!("cargo:rerun-if-changed={UI}");
    require_ui();
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*"))
        .windows_attributes(WindowsAttributes::new_without_app_manifest());
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:error=Tauri's build step failed: {error:#}");
        std::process::exit(1);
    }
    link_options();
}

/// Tauri's own message for a missing folder does not say what to run.
fn require_ui() {
    if !Path::new(UI).join("index.html").is_file() {
        println!("cargo:error={UI}/index.html is missing: the user interface is not built yet");
        println!(
            "cargo:error=run `cargo xtask run` (builds all and opens the window), or in ui/: `npm ci` and `npm run build`"
        );
        std::process::exit(1);
    }
}

/// Options for every executable of this package, its tests included.
fn link_options() {
    let target = |key| {
        let value = std::env::var_os(format!("CARGO_CFG_TARGET_{key}"));
        value.unwrap_or_default().to_string_lossy().into_owned()
    };
    match (target("OS").as_str(), target("ENV").as_str()) {
        // SQLCipher's `sqlite3_*` would else be exported, and WebKitGTK and libsoup would bind to
        // them in place of the system's SQLite.
        ("linux", _) => println!("cargo:rustc-link-arg=-Wl,--exclude-libs,ALL"),
        // Through the linker and not as tauri-build's resource, because that one reaches only the
        // program: a test without the manifest dies at its start (STATUS_ENTRYPOINT_NOT_FOUND).
        ("windows", "msvc") => {
            let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/windows.manifest");
            println!("cargo:rerun-if-changed=src-tauri/windows.manifest");
            println!("cargo:rustc-link-arg=/MANIFEST:EMBED");
            println!("cargo:rustc-link-arg=/MANIFESTINPUT:{}", manifest.display());
        }
        _ => {}
    }
}
