//! The `yeji:` scheme: bytes that are in the program already and that the page should not carry a
//! second time.
//!
//! `yeji://localhost/font.ttf` (`http://yeji.localhost/font.ttf` on Windows) is the
//! font of the charts and reports; the UI's `@font-face` names both addresses.

use std::borrow::Cow;

use tauri::http::{Response, StatusCode, header};

/// The scheme's name, as in the `font-src` of `tauri.conf.json`.
pub const SCHEME: &str = "yeji";

/// Answers a request for a path of the scheme; an unknown one gets 404.
pub fn answer(path: &str) -> Response<Cow<'static, [u8]>> {
    let (status, kind, bytes) = match path {
        "/font.ttf" => (StatusCode::OK, "font/ttf", yeji_report::FONT),
        _ => (StatusCode::NOT_FOUND, "text/plain", b"not found".as_slice()),
    };
    let mut response = Response::new(Cow::Borrowed(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    // Fonts are always fetched across origins, and the page's origin differs by platform.
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        header::HeaderValue::from_static("*"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_is_served_and_nothing_else() {
        let font = answer("/font.ttf");
        assert_eq!(font.status(), StatusCode::OK);
        assert_eq!(
            font.body()[..4],
            [0, 1, 0, 0],
            "a TrueType font starts with version 1.0"
        );
        assert_eq!(answer("/../Cargo.toml").status(), StatusCode::NOT_FOUND);
    }
}
