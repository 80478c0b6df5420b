//! A program may end while connections are still being closed on threads of their own.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;
use tokio::runtime::Builder;
use yeji_store::{ChangeKind, Key, Store};

use crate::fixture::{change, company};

/// The folder for the program that [`stores_left_open_do_not_abort_a_program_that_ends`] starts.
const FOLDER: &str = "YEJI_TEST_ENDS_WITH_OPEN_STORES";
const PROGRAMS: usize = 20;
const STORES: u8 = 16;

/// SQLCipher and OpenSSL free what they hold for the whole process when it ends. Where a thread still
/// closes a store then, it uses what was freed: the program aborts after it has done everything right.
#[test]
fn stores_left_open_do_not_abort_a_program_that_ends() {
    for round in 0..PROGRAMS {
        let folder = TempDir::new().unwrap();
        let ended = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "exiting::ends_with_open_stores"])
            .env(FOLDER, folder.path())
            .output()
            .unwrap();
        assert!(
            ended.status.success(),
            "round {round}: {}: {}",
            ended.status,
            String::from_utf8_lossy(&ended.stderr)
        );
        assert!(
            folder.path().join("0").join("yeji.db").exists(),
            "the program did its work"
        );
    }
}

/// The program: encrypted stores with something in their logs, dropped as it ends.
#[test]
#[ignore = "the program of the test above"]
fn ends_with_open_stores() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let stores: Vec<Store> = runtime.block_on(async {
        let mut stores = Vec::new();
        for n in 0..STORES {
            let key = Key::Raw([n; 32]);
            let store = Store::create(&folder.join(n.to_string()), &key)
                .await
                .unwrap();
            let organisation = change(1, ChangeKind::Organisation, company());
            store.apply(organisation).await.unwrap();
            stores.push(store);
        }
        stores
    });
    drop(stores);
}
