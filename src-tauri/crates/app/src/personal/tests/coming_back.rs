//! What was entered in a personal file comes back, once; what does not belong there is refused.

use std::path::{Path, PathBuf};

use yeji_core::facts::Stage;
use yeji_core::ids::OpportunityId;
use yeji_store::{Entity, Record};

use super::{Company, Laptop, PHRASE, laptop, laptop_on, open, write_all};
use crate::api::NoArgs;
use crate::api::data::{BatchArgs, LaterImports, UndoBatch};
use crate::api::follow_up::ListFollowUps;
use crate::api::history::ListAudit;
use crate::api::personal::{ExportPersonalFile, ReturnState};
use crate::keys::Secret;
use crate::{Access, Desk, keeping};

/// A deal of the person with a customer.
pub(super) async fn own_deal(laptop: &Laptop) -> OpportunityId {
    let store = laptop.desk.shared.store().unwrap();
    let page = store
        .facts_page(Entity::Opportunity, None, 500)
        .await
        .unwrap();
    let deal = page.rows.iter().find_map(|record| match record {
        Record::Opportunity(deal) if deal.customer.is_some() && deal.stage == Stage::Won => {
            Some(deal.id)
        }
        _ => None,
    });
    deal.unwrap()
}

pub(super) async fn send_back(laptop: &Laptop, name: &str) -> PathBuf {
    let file = laptop.folder.path().join(name);
    laptop.desk.send_back_to(&file).await.unwrap();
    file
}

async fn refused(desk: &Desk, file: &Path) -> &'static str {
    desk.import_return_of(file).await.unwrap_err().code()
}

/// Two people of one name: HR sees whose words came back.
#[tokio::test]
async fn words_of_namesakes_are_told_apart() {
    let company = Company::new().await;
    let organisation = company.desk.shared.store().unwrap().organisation().await;
    let organisation = organisation.unwrap();
    let seller = organisation.person(company.seller.0).unwrap().clone();
    let other = organisation.person(company.stranger.0).unwrap().clone();
    let number = seller.staff_number.clone().unwrap();
    let namesake = yeji_core::org::Person {
        name: seller.name.clone(),
        ..other
    };
    company.act_as(company.hr);
    company.put(vec![namesake.into()]).await;
    let file = company.export(seller.id, "a.yejipersonal").await;
    let laptop = open(&file).await;
    let deal = own_deal(&laptop).await;
    write_all(&laptop.desk, deal, "on the road").await;
    let sent = send_back(&laptop, "1.yejireturn").await;
    company.act_as(company.hr);
    let taken = company.desk.import_return_of(&sent).await.unwrap();
    assert_eq!(taken.preview.number.as_ref(), Some(&number));
    let feedback = company.desk.list_feedback(NoArgs {}).await.unwrap();
    let row = feedback
        .iter()
        .find(|row| row.words == "on the road: feedback");
    assert_eq!(row.unwrap().person, format!("{} {number}", seller.name));
}

#[tokio::test]
async fn what_was_entered_comes_back_once_and_can_be_taken_back() {
    let company = Company::new().await;
    let file = company.export(company.seller.0, "a.yejipersonal").await;
    let laptop = open(&file).await;
    let nothing = laptop
        .desk
        .send_back_to(&laptop.folder.path().join("x"))
        .await;
    assert_eq!(
        nothing.unwrap_err().code(),
        "nothing_entered",
        "what was there is not sent"
    );
    let deal = own_deal(&laptop).await;
    write_all(&laptop.desk, deal, "on the road").await;
    let first = send_back(&laptop, "1.yejireturn").await;
    write_all(&laptop.desk, deal, "later").await;
    let second = send_back(&laptop, "2.yejireturn").await;

    company.act_as(company.hr);
    let desk = &company.desk;
    let preview = desk.preview_return_of(&first).await.unwrap();
    assert_eq!((preview.new, preview.known, preview.refused), (3, 0, 0));
    let taken = desk.import_return_of(&first).await.unwrap();
    let batch = taken.batch.unwrap();
    let again = desk.import_return_of(&first).await.unwrap();
    assert_eq!(
        (again.preview.new, again.preview.known),
        (0, 3),
        "importing twice changes nothing"
    );
    assert!(again.batch.is_none());
    let more = desk.import_return_of(&second).await.unwrap();
    assert_eq!((more.preview.new, more.preview.known), (3, 3));
    let old = desk.import_return_of(&first).await.unwrap();
    assert!(
        old.batch.is_none(),
        "an older file that comes late changes nothing"
    );

    let words = |follow_ups: crate::api::follow_up::FollowUps| -> Vec<String> {
        follow_ups
            .lines
            .into_iter()
            .map(|line| line.words)
            .collect()
    };
    let ask = ListFollowUps { opportunity: deal };
    let seen = words(desk.list_follow_ups(ask.clone()).await.unwrap());
    assert!(
        seen.contains(&"on the road: interaction".to_owned()),
        "{seen:?}"
    );
    assert!(seen.contains(&"later: step".to_owned()), "{seen:?}");
    let feedback = desk.list_feedback(NoArgs {}).await.unwrap();
    assert!(
        feedback
            .iter()
            .any(|row| row.words == "on the road: feedback")
    );

    // The history names the person whose words they are, the audit log who took them in.
    let store = desk.shared.store().unwrap();
    let change = store.changes(None, 10).await.unwrap().rows.remove(0);
    assert_eq!(change.author, format!("planted-{}", company.seller.0));
    assert_eq!(change.summary["imported_by"], "planted-hr-account");
    assert!(
        store.has_audit(change.id.0).await.unwrap(),
        "the entry comes with the import or not at all"
    );
    let audit = desk.list_audit(whole_log());
    let audit = audit.await.unwrap().rows;
    for action in ["personal.export", "personal.import"] {
        let entry = audit.iter().find(|line| line.action == action).unwrap();
        assert_eq!(entry.actor, "planted-hr-account");
    }

    // The second file repeated the entries of the first: whether it goes too is to be said.
    let asked = desk.undo_batch(batch.into()).await.unwrap_err();
    assert_eq!(asked.code(), "repeated_later");
    let later = desk.list_later_imports(BatchArgs { batch }).await.unwrap();
    let imports = later.iter().map(|one| one.import.id).collect();
    let later = LaterImports::Leave { imports };
    let alone = UndoBatch { batch, later };
    let undone = desk.undo_batch(alone).await.unwrap();
    assert_eq!(undone.removed, 3);
    let seen = words(desk.list_follow_ups(ask.clone()).await.unwrap());
    assert!(
        !seen.contains(&"on the road: interaction".to_owned()),
        "{seen:?}"
    );
    let taken = desk.import_return_of(&first).await.unwrap();
    assert_eq!(taken.preview.new, 3, "what was taken back can come again");
    assert!(desk.verify_store(NoArgs {}).await.unwrap().ok);

    // The next file for the person has it, and does not send it back.
    let next = company.export(company.seller.0, "b.yejipersonal").await;
    let laptop = open(&next).await;
    let seen = words(laptop.desk.list_follow_ups(ask).await.unwrap());
    assert!(seen.contains(&"later: interaction".to_owned()), "{seen:?}");
    let nothing = laptop
        .desk
        .send_back_to(&laptop.folder.path().join("x"))
        .await;
    assert_eq!(nothing.unwrap_err().code(), "nothing_entered");
}

#[tokio::test]
async fn entries_about_what_is_gone_or_taken_are_refused_one_by_one() {
    let company = Company::new().await;
    let file = company.export(company.seller.0, "a.yejipersonal").await;
    let laptop = open(&file).await;
    let deal = own_deal(&laptop).await;
    write_all(&laptop.desk, deal, "on the road").await;
    let sent = send_back(&laptop, "1.yejireturn").await;

    // In the company's store the id of the next step meanwhile belongs to something else.
    let store = laptop.desk.shared.store().unwrap();
    let steps = store
        .facts_page(Entity::NextStep, None, 100)
        .await
        .unwrap()
        .rows;
    let entered = steps.into_iter().find_map(|record| match record {
        Record::NextStep(step) if step.origin.source == super::super::ENTERED => Some(step),
        _ => None,
    });
    let mut step = entered.unwrap();
    step.step = "another one".to_owned();
    step.origin.source = "crm".to_owned();
    company.act_as(company.hr);
    company.put(vec![step.clone().into()]).await;
    let taken = company.desk.import_return_of(&sent).await.unwrap();
    let preview = taken.preview;
    assert_eq!((preview.new, preview.known, preview.refused), (2, 0, 1));
    let line = preview
        .lines
        .iter()
        .find(|line| line.state == ReturnState::Refused);
    let line = line.unwrap();
    assert_eq!(line.reason.as_ref().unwrap().code, "return_id_taken");
    let kept = company.desk.shared.store().unwrap();
    let kept = kept
        .record(Entity::NextStep, step.id.0)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept, Record::from(step), "what is there stays as it is");
}

/// Whoever has the laptop has its clock: what is not to have been written yet would stand first for ever.
#[tokio::test]
async fn what_was_written_in_the_future_is_refused() {
    let company = Company::new().await;
    let file = company.export(company.seller.0, "a.yejipersonal").await;
    let mut laptop = open(&file).await;
    let deal = own_deal(&laptop).await;
    laptop.desk.close().await;
    let ahead = laptop_on("2027-07-07", PHRASE);
    let desk = Desk::open(laptop.folder.path(), Access::Change, ahead);
    laptop.desk = desk.await.unwrap();
    write_all(&laptop.desk, deal, "ahead").await;
    let sent = send_back(&laptop, "1.yejireturn").await;
    company.act_as(company.hr);
    let preview = company.desk.preview_return_of(&sent).await.unwrap();
    let refused = preview.lines.iter().filter_map(|line| line.reason.as_ref());
    let codes: Vec<&str> = refused.map(|reason| reason.code.as_str()).collect();
    assert_eq!(
        codes, ["return_not_plausible"; 2],
        "step and feedback: {preview:?}"
    );
}

#[tokio::test]
async fn files_that_do_not_belong_here_are_refused() {
    let company = Company::new().await;
    let file = company.export(company.seller.0, "a.yejipersonal").await;
    let laptop_store = open(&file).await;
    let deal = own_deal(&laptop_store).await;
    write_all(&laptop_store.desk, deal, "on the road").await;
    let sent = send_back(&laptop_store, "1.yejireturn").await;
    let bytes = std::fs::read(&sent).unwrap();
    let other = company.folder.path().join("other");
    let with = |bytes: &[u8]| std::fs::write(&other, bytes).unwrap();
    let end_of_line = bytes.iter().position(|byte| *byte == b'\n').unwrap();

    company.act_as(company.hr);
    let desk = &company.desk;
    assert_eq!(refused(desk, &file).await, "return_is_a_store");
    with(b"");
    assert_eq!(refused(desk, &other).await, "not_a_return");
    with(b"{\"what\":\"yeji-return\"");
    assert_eq!(refused(desk, &other).await, "not_a_return");
    with("opportunity_id,note\nD1,hello\n".as_bytes());
    assert_eq!(refused(desk, &other).await, "not_a_return");
    assert_eq!(
        refused(desk, &company.folder.path().join("none")).await,
        "io"
    );
    // Cut off at every length.
    for length in [end_of_line + 1, end_of_line + 10, bytes.len() - 1] {
        with(&bytes[..length]);
        assert_eq!(refused(desk, &other).await, "return_damaged", "{length}");
    }
    // One bit anywhere, the readable line included.
    for at in [end_of_line + 5, bytes.len() / 2, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        with(&changed);
        assert_eq!(refused(desk, &other).await, "return_damaged", "{at}");
    }
    let text = String::from_utf8_lossy(&bytes[..end_of_line]).into_owned();
    let newer = text.replace("\"format\":1", "\"format\":2");
    with(&[newer.as_bytes(), &bytes[end_of_line..]].concat());
    assert_eq!(refused(desk, &other).await, "return_newer");
    // Said to be from another personal file of the same company.
    let of_leader = company.export(company.leader.0, "l.yejipersonal").await;
    drop(of_leader);
    let files = company.desk.list_personal_files(NoArgs {}).await.unwrap();
    let (own, leaders) = (&files[1].id, &files[0].id);
    with(
        &[
            text.replace(own.as_str(), leaders).as_bytes(),
            &bytes[end_of_line..],
        ]
        .concat(),
    );
    assert_eq!(refused(desk, &other).await, "return_damaged", "another key");
    let unknown = text.replace(own.as_str(), "019f0000-0000-7000-8000-000000000000");
    with(&[unknown.as_bytes(), &bytes[end_of_line..]].concat());
    assert_eq!(refused(desk, &other).await, "return_unknown");
    // Another company.
    let elsewhere = Company::new().await;
    elsewhere.act_as(elsewhere.hr);
    assert_eq!(refused(&elsewhere.desk, &sent).await, "return_unknown");
    // The whole one is still fine, whatever it is called.
    let renamed = company.folder.path().join("renamed.yeji");
    std::fs::copy(&sent, &renamed).unwrap();
    let preview = desk.preview_return_of(&renamed).await.unwrap();
    assert_eq!(preview.new, 3);
}

/// What is replaced is out of sight: neither a company's data nor entries that HR has not got may go
/// there unasked. A newer file over the older one of the same person is the usual way and asks nothing.
#[tokio::test]
async fn a_personal_file_takes_the_place_of_other_data_only_after_a_word() {
    let company = Company::new().await;
    let own = company.export(company.seller.0, "own.yejipersonal").await;
    let other = company.export(company.leader.0, "other.yejipersonal").await;
    let laptop = open(&own).await;
    let asked = async |desk: &Desk, file: &Path| {
        let (_, _, replaced) = desk.let_restore().await.unwrap();
        // Into another folder: the question does not depend on what is there.
        let folder = tempfile::tempdir().unwrap();
        let (outside, author) = (super::laptop(PHRASE), crate::LOCAL_AUTHOR);
        let restored =
            keeping::restore(folder.path(), file, author, &outside, None, Some(replaced)).await;
        match restored {
            Ok(_) => None,
            Err(error) => {
                assert_eq!(error.code(), "restore_asks");
                let left = std::fs::read_dir(folder.path()).unwrap();
                let left = left.filter(|entry| entry.as_ref().unwrap().path().is_dir());
                assert_eq!(left.count(), 0, "nothing was made");
                Some(error.params())
            }
        }
    };
    assert_eq!(asked(&laptop.desk, &own).await, None);
    let said = asked(&laptop.desk, &other).await.expect("another person's");
    assert!(
        !said["name"].is_empty() && !said["company"].is_empty(),
        "{said:?}"
    );
    assert!(!said.contains_key("count"), "{said:?}");

    let deal = own_deal(&laptop).await;
    write_all(&laptop.desk, deal, "on the road").await;
    let said = asked(&laptop.desk, &own).await.expect("not sent back");
    assert_eq!(said.get("count").map(String::as_str), Some("3"));
    assert!(
        !said.contains_key("name"),
        "it is the same person's: {said:?}"
    );
    // A file that could not be written sends nothing: the stick was pulled out.
    let nowhere = laptop.folder.path().join("gone").join("1.yejireturn");
    laptop.desk.send_back_to(&nowhere).await.unwrap_err();
    let said = asked(&laptop.desk, &own)
        .await
        .expect("nothing was written");
    assert_eq!(said.get("count").map(String::as_str), Some("3"));
    send_back(&laptop, "1.yejireturn").await;
    assert_eq!(asked(&laptop.desk, &own).await, None, "all was sent back");
    let words = "one more".to_owned();
    laptop
        .desk
        .add_feedback(crate::api::follow_up::AddFeedback { words })
        .await
        .unwrap();
    let said = asked(&laptop.desk, &own).await.expect("one was not");
    assert_eq!(said.get("count").map(String::as_str), Some("1"));

    company.act_as(company.hr);
    let said = asked(&company.desk, &own).await;
    let said = said.expect("over the company's data");
    assert!(said.contains_key("company"), "{said:?}");
}

#[tokio::test]
async fn a_personal_file_is_refused_where_it_must_be() {
    let company = Company::new().await;
    let file = company.export(company.seller.0, "a.yejipersonal").await;
    let folder = tempfile::tempdir().unwrap();
    let restore = async |file: &Path, phrase| {
        let outcome = keeping::restore(
            folder.path(),
            file,
            crate::LOCAL_AUTHOR,
            &laptop(phrase),
            None,
            None,
        )
        .await;
        outcome.unwrap_err().code()
    };
    assert_eq!(restore(&file, "something else").await, "wrong_passphrase");
    let bytes = std::fs::read(&file).unwrap();
    let cut = company.folder.path().join("cut");
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(restore(&cut, PHRASE).await, "not_a_backup");
    let mut changed = bytes;
    changed[5_000] ^= 1;
    std::fs::write(&cut, &changed).unwrap();
    assert_eq!(restore(&cut, PHRASE).await, "not_a_backup");
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 0, "nothing is made of a file that is refused");

    // Never over a file that is there; not with a passphrase that protects nothing.
    let export = |passphrase: &str| ExportPersonalFile {
        person: company.seller.0,
        passphrase: Secret::new(passphrase.to_owned()),
    };
    let over = company
        .desk
        .export_personal_file_to(&file, export(PHRASE))
        .await;
    assert_eq!(over.unwrap_err().code(), "file_exists");
    let weak = company.folder.path().join("weak");
    let short = company
        .desk
        .export_personal_file_to(&weak, export("short"))
        .await;
    assert_eq!(short.unwrap_err().code(), "passphrase_short");
    assert!(!weak.exists());
    let none = company.desk.send_back_to(&weak).await;
    assert_eq!(none.unwrap_err().code(), "not_a_personal_file");
    company.act_as(company.seller.1);
    let own = company
        .desk
        .export_personal_file_to(&weak, export(PHRASE))
        .await;
    assert_eq!(
        own.unwrap_err().code(),
        "right_missing",
        "only HR hands them out"
    );
}

/// A personal file that says it is one in a way that this program does not know must not open as a store
/// that anybody administers.
#[tokio::test]
async fn a_personal_file_of_a_newer_form_is_nobodys() {
    let company = Company::new().await;
    let file = company.export(company.seller.0, "a.yejipersonal").await;
    let laptop_store = open(&file).await;
    let store = laptop_store.desk.shared.store().unwrap();
    let mut value = store.setting("personal_file").await.unwrap().unwrap();
    value["format"] = 2.into();
    let app = laptop_store
        .desk
        .admit(crate::access::Right::Nothing)
        .await
        .unwrap();
    let mut change = app.change(yeji_store::ChangeKind::Setting, serde_json::Value::Null);
    let key = "personal_file".to_owned();
    change.put.push(yeji_store::Setting { key, value }.into());
    app.apply(change).await.unwrap();
    drop((app, store));
    laptop_store.desk.close().await;
    let desk = Desk::open(laptop_store.folder.path(), Access::Change, laptop(PHRASE));
    let desk = desk.await.unwrap();
    let refused = desk.list_target_bonuses(NoArgs {}).await.unwrap_err();
    assert_eq!(refused.code(), "personal_file_newer");
    let status = desk.get_status(NoArgs {}).await.unwrap();
    assert!(status.signed_in.is_none(), "nobody has rights");
}

fn whole_log() -> ListAudit {
    ListAudit {
        cursor: None,
        action: None,
        actor: None,
    }
}
