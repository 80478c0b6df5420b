//! The system's packages: installed on Debian and Ubuntu, named exactly elsewhere.

use anyhow::bail;

use crate::process::{command, exists, must, output};

/// What the program needs to be built.
const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "perl",
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libdbus-1-dev",
];
/// What the tests need besides: a display nobody sees, a driver for the window, a PDF reader,
/// and what kills a program at a chosen moment.
const TEST: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "dbus",
    "dbus-x11",
    "poppler-utils",
    "locales",
    "strace",
];

const FEDORA: &str = "sudo dnf install gcc gcc-c++ make pkgconf perl-core webkit2gtk4.1-devel gtk3-devel librsvg2-devel dbus-devel";
const FEDORA_TEST: &str = "sudo dnf install webkit2gtk-driver xorg-x11-server-Xvfb xorg-x11-xauth dbus-daemon dbus-x11 poppler-utils glibc-locale-source strace";
const ARCH: &str = "sudo pacman -S --needed base-devel perl webkit2gtk-4.1 gtk3 librsvg dbus";
const ARCH_TEST: &str = "sudo pacman -S --needed xorg-server-xvfb xorg-xauth poppler strace";

/// Makes sure that the system has what a build, or a test, needs.
///
/// # Errors
/// When something is missing that only the user can install; the message says what and how.
pub fn ensure(for_tests: bool) -> anyhow::Result<()> {
    for (program, from) in [
        ("node", "https://nodejs.org (20 or newer)"),
        ("npm", "Node.js"),
    ] {
        let found = exists(program)
            || exists(&format!("{program}.exe"))
            || exists(&format!("{program}.cmd"));
        if !found {
            bail!("`{program}` was not found; install it from {from}");
        }
    }
    match std::env::consts::OS {
        "linux" if exists("dpkg-query") && exists("apt-get") => debian(for_tests),
        "linux" => other_linux(for_tests),
        "macos" => macos(),
        "windows" => windows(),
        _ => Ok(()),
    }
}

fn debian(for_tests: bool) -> anyhow::Result<()> {
    let wanted: Vec<&str> = BUILD
        .iter()
        .chain(if for_tests { TEST } else { &[] })
        .copied()
        .collect();
    let missing: Vec<&str> = wanted
        .into_iter()
        .filter(|name| !is_installed(name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("These system packages are missing and will be installed by apt:");
    for name in &missing {
        println!("  {name}");
    }
    apt(&["update"])?;
    apt(&[
        &["install", "--yes", "--no-install-recommends"],
        missing.as_slice(),
    ]
    .concat())
}

fn is_installed(name: &str) -> bool {
    output(command(
        "dpkg-query",
        &["--show", "--showformat=${Status}", name],
    ))
    .is_some_and(|status| status.ends_with("ok installed"))
}

fn apt(arguments: &[&str]) -> anyhow::Result<()> {
    let root = output(command("id", &["-u"])).is_some_and(|id| id.trim() == "0");
    if root {
        let mut apt = command("apt-get", arguments);
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        return must(apt);
    }
    if !exists("sudo") {
        bail!(
            "installing needs root and there is no sudo; as root: apt-get {}",
            arguments.join(" ")
        );
    }
    must(command(
        "sudo",
        &[&["DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments].concat(),
    ))
}

/// Checked by what pkg-config and the path know; package names differ too much to ask for.
fn other_linux(for_tests: bool) -> anyhow::Result<()> {
    let libraries = ["webkit2gtk-4.1", "gtk+-3.0", "librsvg-2.0", "dbus-1"];
    let mut missing: Vec<&str> = libraries
        .into_iter()
        .filter(|name| output(command("pkg-config", &["--exists", name])).is_none())
        .collect();
    if for_tests {
        let programs = ["WebKitWebDriver", "xvfb-run", "dbus-run-session", "strace"];
        missing.extend(programs.into_iter().filter(|name| !exists(name)));
    }
    if missing.is_empty() {
        return Ok(());
    }
    let fedora = if for_tests {
        format!("{FEDORA}\n           {FEDORA_TEST}")
    } else {
        FEDORA.into()
    };
    let arch = if for_tests {
        format!("{ARCH}\n           {ARCH_TEST}")
    } else {
        ARCH.into()
    };
    bail!(
        "not found: {}\n  Fedora:  {fedora}\n  Arch:    {arch}\n  others:  the same libraries with their headers",
        missing.join(", ")
    )
}

fn macos() -> anyhow::Result<()> {
    if output(command("xcode-select", &["--print-path"])).is_none() {
        bail!("the command line tools are missing; run `xcode-select --install`");
    }
    Ok(())
}

fn windows() -> anyhow::Result<()> {
    // Rust for Windows (msvc) asks for the build tools itself; what it does not ask for is the
    // web view, which Windows 11 has and some editions of Windows 10 have not, and Perl, by which
    // the vendored OpenSSL is configured.
    if !exists("perl.exe") {
        bail!(
            "Perl is missing (OpenSSL's build needs it); run `winget install StrawberryPerl.StrawberryPerl`"
        );
    }
    let key = r"HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let user_key =
        r"HKCU\Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    if [key, user_key]
        .iter()
        .all(|key| output(command("reg", &["query", key, "/v", "pv"])).is_none())
    {
        bail!(
            "the WebView2 runtime is missing; run `winget install Microsoft.EdgeWebView2Runtime`\n\
             (and for the compiler `winget install Microsoft.VisualStudio.2022.BuildTools` with “Desktop development with C++”)"
        );
    }
    Ok(())
}
