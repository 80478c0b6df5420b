//! The page's calls on Tauri's mock runtime, with the access rules of the product.
//!
//! What the page may ask is the table of commands and nothing else; whatever arrives malformed is
//! refused before a use case sees it.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{Manager, WebviewWindow, WebviewWindowBuilder};
use yeji_app::host::{NoKeyring, NoWindow, NobodyToAsk};
use yeji_app::{Desk, Outside};
use yeji_lib::commands::{self, Shared};
use yeji_lib::outside::{SystemClock, opening};

/// The product's rules and commands on a mock window with an empty store.
pub struct Page {
    window: WebviewWindow<MockRuntime>,
    _app: tauri::App<MockRuntime>,
    _folder: Option<tempfile::TempDir>,
}

impl Page {
    fn open(label: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let page = Self::on(label, folder.path());
        Self {
            _folder: Some(folder),
            ..page
        }
    }

    /// On a store that is there.
    pub fn on(label: &str, folder: &Path) -> Self {
        let outside = Outside {
            clock: Arc::new(SystemClock),
            host: Arc::new(NoWindow),
            secrets: Arc::new(NoKeyring),
            opening: opening(Arc::new(NobodyToAsk), true),
            source: "window",
            language: yeji_report::chart::Lang::En,
        };
        let app = mock_builder()
            .invoke_handler(commands::handler())
            .build(yeji_lib::context())
            .expect("the mock application starts");
        let opened = Desk::open_or_explain(folder, outside);
        let opened: Shared = Arc::new(tauri::async_runtime::block_on(opened));
        app.manage(opened);
        let window = WebviewWindowBuilder::new(&app, label, tauri::WebviewUrl::default())
            .build()
            .expect("the mock window opens");
        Self {
            window,
            _app: app,
            _folder: None,
        }
    }

    /// What a call from a page of that address is answered.
    fn call_from(&self, address: &str, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: address.parse().expect("an address"),
            body: InvokeBody::Json(arguments),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        let answer = get_ipc_response(&self.window, request)?;
        Ok(answer.deserialize().expect("an answer in JSON"))
    }

    pub fn call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        self.call_from("tauri://localhost", command, arguments)
    }
}

#[test]
fn own_commands_answer_and_all_others_are_refused() {
    let page = Page::open("main");
    let status = page.call("get_status", json!({ "args": {} }));
    assert!(status.is_ok(), "our own command answers: {status:?}");
    for command in [
        "plugin:window|close",
        "plugin:webview|create_webview_window",
        "plugin:path|resolve_directory",
        "plugin:dialog|open",
        "plugin:event|emit",
        "plugin:fs|read_file",
        "plugin:shell|execute",
        "made_up",
    ] {
        let refused = page.call(command, json!({})).unwrap_err().to_string();
        assert!(
            refused.contains("not allowed") || refused.contains("not found"),
            "`{command}` must be refused by the access rules: {refused}"
        );
    }
}

#[test]
fn a_page_from_elsewhere_or_another_window_may_ask_nothing() {
    let ask = |page: &Page, address: &str| {
        let answer = page.call_from(address, "get_status", json!({ "args": {} }));
        let refused = answer.unwrap_err().to_string();
        assert!(refused.contains("not allowed"), "{address}: {refused}");
    };
    ask(&Page::open("main"), "https://example.org/");
    ask(&Page::open("second"), "tauri://localhost");
}

#[test]
fn malformed_arguments_reach_no_use_case() {
    let page = Page::open("main");
    for (command, arguments, named) in [
        ("get_status", json!({}), "args"),
        ("get_status", json!({ "args": { "more": 1 } }), "more"),
        (
            "set_goal",
            json!({ "args": { "year": "2018" } }),
            "expected i32",
        ),
        (
            "undo_batch",
            json!({ "args": { "batch": 7 } }),
            "undo_batch",
        ),
    ] {
        let refused = page.call(command, arguments).unwrap_err().to_string();
        assert!(
            refused.contains(named),
            "`{command}` says what is wrong: {refused}"
        );
    }
}

#[test]
fn an_error_comes_with_code_parameters_and_trace() {
    let page = Page::open("main");
    let refused = page
        .call("rename_company", json!({ "args": { "name": "" } }))
        .unwrap_err();
    assert_eq!(refused["code"], "input");
    assert_eq!(refused["params"]["field"], "name");
    assert!(
        refused["trace_id"]
            .as_str()
            .is_some_and(|id| id.len() == 32),
        "the id under which the log has it: {refused}"
    );
}
