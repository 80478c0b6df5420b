//! `icons`: draws the icons of the bundle from the one SVG.

use std::fs;

use anyhow::Context as _;
use resvg::{tiny_skia, usvg};

use crate::process::root;

/// The PNG files that tauri.conf.json names, with their sides in pixels.
const FILES: &[(&str, u32)] = &[
    ("32x32.png", 32),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("icon.png", 512),
];
/// The sides in an `.ico`, the one Windows shows most often first.
const ICO: &[u32] = &[32, 16, 24, 48, 64, 256];
/// The kinds of PNG entries in an `.icns`, with their sides.
const ICNS: &[(&[u8; 4], u32)] = &[
    (b"icp4", 16),
    (b"icp5", 32),
    (b"ic07", 128),
    (b"ic08", 256),
    (b"ic09", 512),
    (b"ic10", 1024),
];

/// Writes all files of `icons/` but the SVG.
pub fn draw() -> anyhow::Result<()> {
    let folder = root().join("icons");
    let svg = fs::read(folder.join("icon.svg"))?;
    let tree = usvg::Tree::from_data(&svg, &usvg::Options::default())?;
    for (name, side) in FILES {
        fs::write(folder.join(name), png(&tree, *side)?)?;
    }
    fs::write(folder.join("icon.ico"), ico(&tree)?)?;
    fs::write(folder.join("icon.icns"), icns(&tree)?)?;
    println!("icons/ is drawn anew");
    Ok(())
}

fn png(tree: &usvg::Tree, side: u32) -> anyhow::Result<Vec<u8>> {
    let mut picture = tiny_skia::Pixmap::new(side, side).context("a side of 0 pixels")?;
    // Sides are at most 1024, exact in an f32.
    #[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
    let scale = side as f32 / tree.size().width();
    resvg::render(
        tree,
        tiny_skia::Transform::from_scale(scale, scale),
        &mut picture.as_mut(),
    );
    Ok(picture.encode_png()?)
}

/// A directory of 16 bytes an entry, then the PNG pictures; a side of 256 is written as 0.
fn ico(tree: &usvg::Tree) -> anyhow::Result<Vec<u8>> {
    let pictures = ICO
        .iter()
        .map(|side| png(tree, *side))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let mut file = vec![0, 0, 1, 0];
    file.extend(u16::try_from(ICO.len())?.to_le_bytes());
    let mut offset = 6 + 16 * ICO.len();
    for (side, picture) in ICO.iter().zip(&pictures) {
        let side = u8::try_from(*side).unwrap_or(0);
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend(u32::try_from(picture.len())?.to_le_bytes());
        file.extend(u32::try_from(offset)?.to_le_bytes());
        offset += picture.len();
    }
    file.extend(pictures.concat());
    Ok(file)
}

/// A kind, a length that counts its own head of 8 bytes, and the PNG; the same around all.
fn icns(tree: &usvg::Tree) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    for (kind, side) in ICNS {
        let picture = png(tree, *side)?;
        body.extend(*kind);
        body.extend(u32::try_from(picture.len() + 8)?.to_be_bytes());
        body.extend(picture);
    }
    let mut file = b"icns".to_vec();
    file.extend(u32::try_from(body.len() + 8)?.to_be_bytes());
    file.extend(body);
    Ok(file)
}
