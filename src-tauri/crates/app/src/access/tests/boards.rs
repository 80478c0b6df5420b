//! Boards and views: who sees which, who may change them, and that taking back works.

use yeji_core::account::Role;

use super::House;
use crate::api::NoArgs;
use crate::api::Scope;
use crate::api::accounts::SetAccountRole;
use crate::api::boards::{
    Board, BoardArgs, DrawWidget, Form, GetBoard, ListBoards, Place, SaveBoard, SaveView,
    SavedView, SetHome, Shows, ViewArgs, ViewQuestion, Widget,
};
use crate::api::history::{ListChanges, UndoChange};
use crate::api::kpi::MetricBy;
use crate::error::{Error, Result};
use yeji_report::chart::Lang;

fn ranking() -> ViewQuestion {
    ViewQuestion {
        form: Form::Ranking,
        metric: "won_amount".to_owned(),
        by: Some(MetricBy::Person),
        grain: None,
        compare: None,
        filter: None,
        limit: None,
    }
}

fn widget(id: &str, (x, y, w, h): (u16, u16, u16, u16), shows: Shows) -> Widget {
    Widget {
        id: id.to_owned(),
        place: Place { x, y, w, h },
        title: None,
        shows,
    }
}

fn board(name: &str, roles: &[Role], widgets: Vec<Widget>) -> SaveBoard {
    SaveBoard {
        id: None,
        name: name.to_owned(),
        roles: roles.to_vec(),
        widgets,
        expected: None,
    }
}

fn leaders(id: &str, place: (u16, u16, u16, u16)) -> Widget {
    widget(id, place, Shows::Leaderboard {})
}

async fn get(house: &House, id: &str) -> Result<Board> {
    let id = Some(id.to_owned());
    let language = None;
    house.desk.get_board(GetBoard { id, language }).await
}

async fn own_names(house: &House) -> Vec<String> {
    let all = house.desk.list_boards(ListBoards::default()).await.unwrap();
    let own = all.into_iter().filter(|one| !one.is_built_in);
    own.map(|one| one.name).collect()
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    result.unwrap_err().code()
}

async fn view(house: &House, roles: &[Role]) -> Result<SavedView> {
    let args = SaveView {
        id: None,
        name: "People".to_owned(),
        question: ranking(),
        roles: roles.to_vec(),
    };
    house.desk.save_view(args).await
}

#[tokio::test]
async fn a_board_is_its_owners_until_it_is_shared() {
    let house = House::new().await;
    house.act_as(Some(Role::Sales));
    let own = board("Mine", &[], vec![leaders("a", (0, 0, 6, 4))]);
    let own = house.desk.save_board(own).await.unwrap();
    assert_eq!(own.info.owner.as_deref(), Some("sales"));
    assert!(own.info.can_edit);
    for role in [Role::Manager, Role::Auditor, Role::Hr] {
        house.act_as(Some(role));
        assert!(own_names(&house).await.is_empty(), "{role:?}");
        assert_eq!(code(get(&house, &own.info.id).await), "not_found");
    }
    // A salesperson has no boards for others.
    house.act_as(Some(Role::Sales));
    let shared = board("Ours", &[Role::Sales], Vec::new());
    assert_eq!(code(house.desk.save_board(shared).await), "right_missing");

    house.act_as(Some(Role::Manager));
    let shared = board("Team", &[Role::Sales], vec![leaders("a", (0, 0, 6, 4))]);
    let shared = house.desk.save_board(shared).await.unwrap();
    house.act_as(Some(Role::Sales));
    assert_eq!(own_names(&house).await, ["Mine", "Team"]);
    let seen = get(&house, &shared.info.id).await.unwrap();
    assert!(!seen.info.can_edit, "only its owner or HR changes it");
    let mine = SaveBoard {
        id: Some(shared.info.id.clone()),
        ..board("Taken over", &[], Vec::new())
    };
    assert_eq!(code(house.desk.save_board(mine).await), "board_of_another");
    let id = shared.info.id.clone();
    let removed = house.desk.remove_board(BoardArgs { id }).await;
    assert_eq!(code(removed), "board_of_another");
    house.act_as(Some(Role::Auditor));
    assert!(own_names(&house).await.is_empty(), "not shared with them");

    house.act_as(Some(Role::Hr));
    assert_eq!(own_names(&house).await, ["Team"], "HR keeps order");
    let by_hr = SaveBoard {
        id: Some(shared.info.id.clone()),
        ..board("Team 2", &[Role::Sales, Role::Auditor], Vec::new())
    };
    let by_hr = house.desk.save_board(by_hr).await.unwrap();
    assert_eq!(by_hr.info.owner.as_deref(), Some("manager"), "still theirs");
    house.act_as(Some(Role::Auditor));
    assert_eq!(own_names(&house).await, ["Team 2"]);
}

/// A board says what is shown, never whose.
#[tokio::test]
async fn a_shared_board_shows_everybody_their_own_figures() {
    let house = House::new().await;
    let rows = async || {
        let args = DrawWidget {
            shows: Shows::Chart {
                question: ranking(),
            },
            scope: Scope {
                unit: None,
                period: "2026-Q2".parse().unwrap(),
            },
            language: Lang::En,
        };
        let drawn = house.desk.draw_widget(args).await.unwrap();
        let chart = drawn.chart.unwrap();
        let keys = chart.categories.into_iter().map(|place| place.key);
        keys.collect::<Vec<String>>()
    };
    house.act_as(Some(Role::Sales));
    assert_eq!(rows().await, [house.seller.to_string()]);
    house.act_as(Some(Role::Manager));
    let team = rows().await;
    assert!(team.contains(&house.colleague.to_string()));
    assert!(!team.contains(&house.stranger.to_string()));
    house.act_as(Some(Role::Auditor));
    assert!(rows().await.contains(&house.stranger.to_string()));

    // What a product costs is not for everybody who sells it: said in its place.
    house.act_as(Some(Role::Sales));
    let args = DrawWidget {
        shows: Shows::Tiles {
            metrics: vec!["won_amount".to_owned(), "cost_of_sales".to_owned()],
        },
        scope: Scope {
            unit: None,
            period: "2026-Q2".parse().unwrap(),
        },
        language: Lang::En,
    };
    let drawn = house.desk.draw_widget(args).await.unwrap();
    assert_eq!(drawn.tiles.len(), 1);
    assert!(drawn.notes.iter().any(|note| note.code == "right_missing"));
}

#[tokio::test]
async fn built_in_boards_are_for_roles_and_are_not_changed() {
    let house = House::new().await;
    for (role, home, count) in [
        (Role::Sales, "home_sales", 1),
        (Role::Manager, "home_manager", 2),
        (Role::Hr, "home_hr", 3),
        (Role::Auditor, "home_hr", 3),
    ] {
        house.act_as(Some(role));
        let all = house.desk.list_boards(ListBoards::default()).await.unwrap();
        assert_eq!(all.len(), count, "{role:?}");
        let first = house.desk.get_board(GetBoard::default()).await.unwrap();
        assert!(first.info.is_home && first.info.id == home);
    }
    house.act_as(Some(Role::Sales));
    assert_eq!(code(get(&house, "home_hr").await), "not_found");
    house.act_as(Some(Role::Hr));
    let over = SaveBoard {
        id: Some("home_hr".to_owned()),
        ..board("Mine", &[], Vec::new())
    };
    assert_eq!(code(house.desk.save_board(over).await), "board_built_in");
    let id = "home_hr".to_owned();
    let removed = house.desk.remove_board(BoardArgs { id }).await;
    assert_eq!(code(removed), "board_built_in");
}

#[tokio::test]
async fn the_home_is_ones_own_and_falls_back() {
    let house = House::new().await;
    house.act_as(Some(Role::Manager));
    let shared = board("Team", &[Role::Sales], Vec::new());
    let shared = house.desk.save_board(shared).await.unwrap();
    house.act_as(Some(Role::Sales));
    let id = Some(shared.info.id.clone());
    house.desk.set_home(SetHome { id }).await.unwrap();
    let home = async || {
        let home = house.desk.get_board(GetBoard::default()).await.unwrap();
        home.info.id
    };
    assert_eq!(home().await, shared.info.id);
    house.act_as(Some(Role::Manager));
    assert_eq!(home().await, "home_manager", "each has their own");
    let id = shared.info.id.clone();
    house.desk.remove_board(BoardArgs { id }).await.unwrap();
    house.act_as(Some(Role::Sales));
    assert_eq!(home().await, "home_sales", "the removed one is no home");
    let id = Some(shared.info.id);
    assert_eq!(code(house.desk.set_home(SetHome { id }).await), "not_found");
    house.desk.set_home(SetHome { id: None }).await.unwrap();
}

/// Whoever sees a board sees what is on it.
#[tokio::test]
async fn a_view_on_a_shared_board_is_shared_as_far() {
    let house = House::new().await;
    house.act_as(Some(Role::Manager));
    let own = view(&house, &[]).await.unwrap();
    let on = |roles: &[Role]| {
        let shows = Shows::View {
            view: own.id.clone(),
        };
        board("Team", roles, vec![widget("v", (0, 0, 6, 4), shows)])
    };
    house.desk.save_board(on(&[])).await.unwrap();
    let shared = house.desk.save_board(on(&[Role::Sales])).await;
    assert_eq!(code(shared), "view_not_shared");
    let again = |roles: &[Role]| SaveView {
        id: Some(own.id.clone()),
        name: "People".to_owned(),
        question: ranking(),
        roles: roles.to_vec(),
    };
    house.desk.save_view(again(&[Role::Sales])).await.unwrap();
    house.desk.save_board(on(&[Role::Sales])).await.unwrap();
    let no_longer = house.desk.save_view(again(&[])).await;
    assert_eq!(code(no_longer), "view_on_board");

    house.act_as(Some(Role::Sales));
    let seen = house.desk.list_views(NoArgs {}).await.unwrap();
    assert_eq!((seen.len(), seen[0].can_edit), (1, false));
    let id = own.id.clone();
    assert_eq!(
        code(house.desk.remove_view(ViewArgs { id }).await),
        "board_of_another"
    );
    // Without it the board says that it is gone, and goes on.
    house.act_as(Some(Role::Manager));
    let id = own.id.clone();
    house.desk.remove_view(ViewArgs { id }).await.unwrap();
    let args = DrawWidget {
        shows: Shows::View { view: own.id },
        scope: Scope {
            unit: None,
            period: "2026-Q2".parse().unwrap(),
        },
        language: Lang::En,
    };
    let drawn = house.desk.draw_widget(args).await.unwrap();
    assert_eq!(drawn.lack.unwrap().code, "not_found");
}

/// A kept board that is shared later is asked for its views too; a view that is shared too little already
/// (by an older program) can still be saved.
#[tokio::test]
async fn sharing_a_kept_board_looks_at_its_views() {
    let house = House::new().await;
    house.act_as(Some(Role::Manager));
    let own = view(&house, &[]).await.unwrap();
    let gone = view(&house, &[]).await.unwrap();
    let shows = |view: &SavedView| Shows::View {
        view: view.id.clone(),
    };
    let widgets = vec![
        widget("v", (0, 0, 6, 4), shows(&own)),
        widget("g", (6, 0, 6, 4), shows(&gone)),
    ];
    let kept = house.desk.save_board(board("Team", &[], widgets.clone()));
    let kept = kept.await.unwrap();
    let share = |roles: &[Role]| SaveBoard {
        id: Some(kept.info.id.clone()),
        ..board("Team", roles, widgets.clone())
    };
    let id = gone.id.clone();
    house.desk.remove_view(ViewArgs { id }).await.unwrap();
    let shared = house.desk.save_board(share(&[Role::Sales])).await;
    assert_eq!(code(shared), "view_not_shared");
    let again = |name: &str, roles: &[Role]| SaveView {
        id: Some(own.id.clone()),
        name: name.to_owned(),
        question: ranking(),
        roles: roles.to_vec(),
    };
    let sales = [Role::Sales];
    house.desk.save_view(again("People", &sales)).await.unwrap();
    // The other one was removed, which its place says: that keeps nobody from sharing.
    house.desk.save_board(share(&sales)).await.unwrap();
    let both = [Role::Sales, Role::Auditor];
    assert_eq!(
        code(house.desk.save_board(share(&both)).await),
        "view_not_shared"
    );

    // As an older program left it: a board for more roles than its view.
    let store = house.desk.shared.store().unwrap();
    let mut kept = store.dashboard(kept.info.id.parse().unwrap()).await;
    let kept = kept.as_mut().unwrap().as_mut().unwrap();
    kept.roles = serde_json::json!(both);
    let app = house
        .desk
        .admit(crate::access::Right::Nothing)
        .await
        .unwrap();
    let mut change = app.change(yeji_store::ChangeKind::Board, serde_json::json!({}));
    change.put.push(kept.clone().into());
    app.apply(change).await.unwrap();
    let renamed = house.desk.save_view(again("Renamed", &sales)).await;
    assert_eq!(renamed.unwrap().name, "Renamed");
    assert_eq!(
        code(house.desk.save_view(again("Renamed", &[])).await),
        "view_on_board"
    );
}

/// A board is arranged in one step, and each step can be taken back.
#[tokio::test]
async fn what_is_done_to_a_board_stands_in_the_history_and_is_taken_back() {
    let house = House::new().await;
    house.act_as(Some(Role::Hr));
    let first = board("Board", &[], vec![leaders("a", (0, 0, 6, 4))]);
    let first = house.desk.save_board(first).await.unwrap();
    let id = first.info.id.clone();
    let second = SaveBoard {
        id: Some(id.clone()),
        ..board("Renamed", &[], vec![leaders("a", (6, 0, 6, 4))])
    };
    house.desk.save_board(second.clone()).await.unwrap();
    let twice = house.desk.save_board(second).await.unwrap();
    assert_eq!(twice.info.name, "Renamed");
    house
        .desk
        .remove_board(BoardArgs { id: id.clone() })
        .await
        .unwrap();
    assert_eq!(code(get(&house, &id).await), "not_found");
    let said = async || {
        let page = house.desk.list_changes(ListChanges::default()).await;
        let rows = page.unwrap().rows.into_iter();
        rows.map(|row| row.what.code).collect::<Vec<String>>()
    };
    let of_board = |codes: Vec<String>| {
        let mut codes = codes.into_iter();
        codes.by_ref().take(3).collect::<Vec<String>>()
    };
    assert_eq!(
        of_board(said().await),
        [
            "change_remove_board",
            "change_save_board",
            "change_save_board"
        ],
        "saving the same again is no change"
    );
    let undo = async || house.desk.undo_change(UndoChange::default()).await.unwrap();
    undo().await;
    let back = get(&house, &id).await.unwrap();
    assert_eq!((&*back.info.name, back.widgets[0].place.x), ("Renamed", 6));
    undo().await;
    let back = get(&house, &id).await.unwrap();
    assert_eq!((&*back.info.name, back.widgets[0].place.x), ("Board", 0));
    house.desk.redo_change(NoArgs {}).await.unwrap();
    assert_eq!(get(&house, &id).await.unwrap().info.name, "Renamed");
    let verified = house.desk.verify_store(NoArgs {}).await.unwrap();
    assert!(verified.ok, "{:?}", verified.checks);
}

/// What comes from outside is refused in words, and nothing of it is kept.
#[tokio::test]
async fn boards_that_cannot_be_are_refused() {
    let house = House::new().await;
    house.act_as(Some(Role::Sales));
    let chart = |question: ViewQuestion| Shows::Chart { question };
    let one = |shows: Shows| vec![widget("a", (0, 0, 6, 4), shows)];
    let place = |place| vec![leaders("a", place)];
    let tiles = |metrics: &[&str]| {
        let metrics = metrics.iter().map(|code| (*code).to_owned()).collect();
        one(Shows::Tiles { metrics })
    };
    let many = (0..10_000).map(|n| leaders(&format!("w{n}"), (0, n, 1, 1)));
    let overlapping = vec![leaders("a", (0, 0, 7, 4)), leaders("b", (6, 3, 6, 4))];
    let nested = vec![leaders("a", (0, 0, 12, 9)), leaders("b", (3, 3, 1, 1))];
    let twins = vec![leaders("a", (0, 0, 6, 4)), leaders("a", (6, 0, 6, 4))];
    let unknown = ViewQuestion {
        metric: "nonsense".to_owned(),
        ..ranking()
    };
    let limit = |limit| ViewQuestion {
        limit: Some(limit),
        ..ranking()
    };
    for (widgets, expected) in [
        (overlapping, "board_overlap"),
        (nested, "board_overlap"),
        (twins, "input"),
        (many.collect(), "input"),
        (place((0, 0, 0, 4)), "input"),
        (place((0, 0, 1, 0)), "input"),
        (place((6, 0, 7, 4)), "input"),
        (place((u16::MAX, u16::MAX, u16::MAX, u16::MAX)), "input"),
        (vec![leaders("", (0, 0, 1, 1))], "input"),
        (vec![leaders(&"x".repeat(10_000), (0, 0, 1, 1))], "input"),
        (one(chart(unknown)), "not_found"),
        (one(chart(limit(0))), "input"),
        (one(chart(limit(u16::MAX))), "input"),
        (tiles(&[]), "input"),
        (tiles(&["won_amount"; 6]), "input"),
        (tiles(&["won_amount", "won_amount"]), "input"),
        (tiles(&["nonsense"]), "not_found"),
        (
            one(Shows::View {
                view: "' OR 1=1".to_owned(),
            }),
            "not_found",
        ),
    ] {
        let saved = house.desk.save_board(board("x", &[], widgets)).await;
        assert_eq!(code(saved), expected);
    }
    for name in ["", "   ", &"名".repeat(10_000)] {
        let saved = house.desk.save_board(board(name, &[], Vec::new())).await;
        assert_eq!(code(saved), "input");
    }
    assert!(own_names(&house).await.is_empty());
    let unread: std::result::Result<SaveBoard, _> = serde_json::from_str(
        r#"{"id":null,"name":"x","roles":[],"widgets":[{"id":"a","place":{"x":-1,"y":0,"w":1,"h":1},"shows":{"kind":"leaderboard"}}]}"#,
    );
    assert!(unread.is_err(), "a place is not left of the board");
    let error = Error::NotFound {
        what: "board",
        value: String::new(),
    };
    assert_eq!(code(get(&house, "home_nonsense").await), error.code());
}

/// Whoever arranges a board that somebody else kept meanwhile must not take that away unseen.
#[tokio::test]
async fn a_board_kept_meanwhile_is_not_replaced_unasked() {
    let house = House::new().await;
    house.act_as(Some(Role::Hr));
    let start = vec![leaders("a", (0, 0, 6, 4))];
    let first = house.desk.save_board(board("Board", &[], start.clone()));
    let id = Some(first.await.unwrap().info.id);
    let arranged = |x, expected: Option<&Vec<Widget>>| SaveBoard {
        id: id.clone(),
        expected: expected.cloned(),
        ..board("Board", &[], vec![leaders("a", (x, 0, 6, 4))])
    };
    let here = house.desk.save_board(arranged(1, Some(&start))).await;
    let here = here.unwrap();
    let there = house.desk.save_board(arranged(2, Some(&start))).await;
    assert_eq!(code(there), "board_changed");
    let kept = get(&house, &here.info.id).await.unwrap();
    assert_eq!(kept.widgets, here.widgets, "what was kept first stands");
    let seen = house
        .desk
        .save_board(arranged(2, Some(&kept.widgets)))
        .await;
    assert_eq!(seen.unwrap().widgets[0].place.x, 2);
    let asked = house.desk.save_board(arranged(3, None)).await;
    assert_eq!(asked.unwrap().widgets[0].place.x, 3);
}

/// Only HR takes everything back; whoever made a board takes back what they did to it, and nothing else.
#[tokio::test]
async fn owners_take_back_what_they_did_to_their_boards() {
    let house = House::new().await;
    house.act_as(Some(Role::Sales));
    let own = board("Mine", &[], vec![leaders("a", (0, 0, 6, 4))]);
    let own = house.desk.save_board(own).await.unwrap();
    let id = own.info.id.clone();
    let renamed = SaveBoard {
        id: Some(id.clone()),
        ..board("Renamed", &[], vec![leaders("a", (0, 0, 6, 4))])
    };
    house.desk.save_board(renamed).await.unwrap();
    let undo = async || house.desk.undo_change(UndoChange::default()).await;
    let undone = undo().await.unwrap();
    assert_eq!(get(&house, &id).await.unwrap().info.name, "Mine");
    house.desk.redo_change(NoArgs {}).await.unwrap();
    assert_eq!(get(&house, &id).await.unwrap().info.name, "Renamed");
    let remove = BoardArgs { id: id.clone() };
    house.desk.remove_board(remove).await.unwrap();
    undo().await.unwrap();
    assert_eq!(get(&house, &id).await.unwrap().info.name, "Renamed");

    // Another's change is not theirs to take back, nor is what an own one was taken back by.
    let by_change = async |change| {
        let args = UndoChange {
            change: Some(change),
            ..UndoChange::default()
        };
        house.desk.undo_change(args).await
    };
    house.act_as(Some(Role::Manager));
    for change in [undone.undone.id, undone.by] {
        assert_eq!(code(by_change(change).await), "right_missing");
    }
    let view = view(&house, &[]).await.unwrap();
    house.act_as(Some(Role::Hr));
    let changes = house
        .desk
        .list_changes(ListChanges::default())
        .await
        .unwrap();
    let other = changes.rows.iter().find(|one| one.author != "manager");
    let other = other.unwrap().id;
    house.act_as(Some(Role::Manager));
    assert_eq!(code(by_change(other).await), "right_missing");
    undo().await.unwrap();
    let left = house.desk.list_views(NoArgs {}).await.unwrap();
    assert!(left.iter().all(|one| one.id != view.id));
}

/// A right that was lost is not had again by taking back.
#[tokio::test]
async fn who_may_not_share_any_more_does_not_share_by_taking_back() {
    let house = House::new().await;
    house.act_as(Some(Role::Manager));
    let parts = || vec![leaders("a", (0, 0, 6, 4))];
    let shared = board("Ours", &[Role::Sales], parts());
    let shared = house.desk.save_board(shared).await.unwrap();
    let own = SaveBoard {
        id: Some(shared.info.id.clone()),
        ..board("Ours", &[], parts())
    };
    house.desk.save_board(own).await.unwrap();
    let change = house.desk.get_last_action(NoArgs {}).await.unwrap().change;
    let change = change.unwrap().id;
    house.act_as(Some(Role::Hr));
    let demoted = SetAccountRole {
        account: house.account(Role::Manager),
        role: Role::Sales,
        person: Some(house.leader),
    };
    house.desk.set_account_role(demoted).await.unwrap();
    house.act_as(Some(Role::Manager));
    let args = UndoChange {
        change: Some(change),
        ..UndoChange::default()
    };
    let refused = house.desk.undo_change(args).await.unwrap_err();
    assert_eq!(refused.params()["right"], "share_boards", "{refused}");
    let last = house.desk.get_last_action(NoArgs {}).await.unwrap().change;
    assert_ne!(last.map(|one| one.id), Some(change), "nor is it offered");
}
