//! The window opens and shows the application.

use crate::harness::Scenario;
use crate::page::Window;

#[test]
fn the_window_opens_and_shows_the_application() {
    Scenario::new("opens").run(async |window| {
        window.wait_for("#root > *").await?;
        let title = window.client.title().await?;
        anyhow::ensure!(title.contains("Yeji"), "the page's title is “{title}”");
        window.screenshot("opens").await?;
        window.accessible().await
    });
}

#[test]
fn the_font_comes_from_the_program() {
    Scenario::new("font").run(async |window| {
        window.wait_for("#root > *").await?;
        // Rejects when the Content-Security-Policy or the scheme refuses the address.
        let script = r#"
            const done = arguments[arguments.length - 1];
            const face = new FontFace("Probe", "url(yeji://localhost/font.ttf)");
            face.load().then(() => done("loaded"), (error) => done(String(error)));
        "#;
        let answer = window.client.execute_async(script, vec![]).await?;
        anyhow::ensure!(answer == "loaded", "the font could not be loaded: {answer}");
        Ok(())
    });
}

#[test]
fn scripts_inside_the_page_are_refused() {
    Scenario::new("csp").run(async |window| {
        window.wait_for("#root > *").await?;
        let script = r#"
            const script = document.createElement("script");
            script.textContent = "window.injected = true";
            document.head.append(script);
            return window.injected === undefined;
        "#;
        let refused = window.client.execute(script, vec![]).await?;
        anyhow::ensure!(
            refused == true,
            "an inline script ran although the policy forbids it"
        );
        Ok(())
    });
}

#[test]
fn the_page_speaks_the_language_of_the_system() {
    Scenario::new("chinese").run(async |window| language_starts_with(window, "zh").await);
    Scenario::new("english")
        .in_english()
        .run(async |window| language_starts_with(window, "en").await);
}

async fn language_starts_with(window: &Window, expected: &str) -> anyhow::Result<()> {
    window.wait_for("#root > *").await?;
    let shown = "return document.documentElement.lang.startsWith(arguments[0]);";
    let arguments = vec![serde_json::json!(expected)];
    window
        .until(&format!("a page in `{expected}`"), shown, arguments)
        .await
}
