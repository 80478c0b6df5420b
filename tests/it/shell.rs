//! The program as a script sees it, and the configuration as Tauri reads it.

use std::process::Command;

#[test]
fn without_a_display_it_says_so_and_names_the_commands() {
    if !cfg!(target_os = "linux") {
        // Windows and macOS always have a desktop; there is nothing that could be missing.
        return;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_yeji"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("the program can be started");
    assert_eq!(
        output.status.code(),
        Some(1),
        "no window is a failure, not a crash"
    );
    assert!(output.stdout.is_empty(), "messages belong on stderr");
    let message = String::from_utf8_lossy(&output.stderr);
    for word in ["no display", "未找到显示器", "--help"] {
        assert!(message.contains(word), "“{word}” is missing in: {message}");
    }
    for command in yeji_lib::cli::command_names() {
        assert!(
            message.contains(&command),
            "`{command}` is not named in: {message}"
        );
    }
}

#[test]
fn the_policy_allows_no_inline_script_and_no_remote_origin() {
    let context = yeji_lib::context::<tauri::test::MockRuntime>();
    let policy = context
        .config()
        .app
        .security
        .csp
        .clone()
        .expect("a policy is configured")
        .to_string();
    let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
    let scripts = directives
        .iter()
        .find(|directive| directive.starts_with("script-src "));
    assert_eq!(
        scripts,
        Some(&"script-src 'self'"),
        "inline scripts would let data run as code"
    );
    for source in directives
        .iter()
        .flat_map(|directive| directive.split_whitespace().skip(1))
    {
        let own = source.starts_with('\'')
            || [
                "data:",
                "blob:",
                "ipc:",
                "yeji:",
                "http://ipc.localhost",
                "http://yeji.localhost",
            ]
            .contains(&source);
        assert!(own, "`{source}` would let the page talk to somebody else");
    }
}
