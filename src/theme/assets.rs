//! Styles and scripts, each joined into one file whose name tells its content.

use super::Files;
use crate::base::digest::Digest;
use crate::base::output::{Artifact, Media, UrlPath};

/// A file that pages use.
pub struct Asset {
    /// Its address, with the fingerprint of its bytes in it.
    pub path: UrlPath,
    /// Its bytes.
    pub artifact: Artifact,
}

impl Asset {
    fn new(stem: &str, ending: &str, text: &str) -> Asset {
        let digest = Digest::of(text.as_bytes()).short();
        let path = UrlPath::new(&format!("assets/{stem}-{digest}.{ending}"));
        Asset {
            path: path.expect("stems and endings are literals of this file"),
            artifact: Artifact { media: Media::of(ending_of(ending)), bytes: text.as_bytes().to_vec() },
        }
    }

    /// The same file with another text, and so under another name.
    pub(super) fn changed(&self, change: impl Fn(&str) -> String) -> Asset {
        let name = self.path.as_str().trim_start_matches("assets/");
        let (stem, rest) = name.split_once('-').unwrap_or((name, ""));
        let ending = rest.rsplit_once('.').map_or("", |(_, ending)| ending);
        Asset::new(stem, ending, &change(std::str::from_utf8(&self.artifact.bytes).unwrap_or_default()))
    }
}

fn ending_of(ending: &str) -> &str {
    match ending {
        "css" => "x.css",
        "js" => "x.js",
        _ => "x.svg",
    }
}

/// The style sheet: `css/layers.css` first, because it fixes the order of layers, then by name.
pub(super) fn style(files: &Files) -> Asset {
    let mut sheets: Vec<(&str, &str)> =
        files.below("css/", ".css").map(|(name, text, _)| (name, text)).collect();
    sheets.sort_by_key(|(name, _)| (*name != "layers.css", *name != "tokens.css", *name));
    Asset::new("polku", "css", &joined(&sheets))
}

/// The script: one small file per behaviour, each working alone.
pub(super) fn script(files: &Files) -> Asset {
    scripts(files, "js/", "polku")
}

/// The search, which pages load only when somebody searches.
pub(super) fn search(files: &Files) -> Asset {
    scripts(files, "search/", "search")
}

/// The scripts of a folder without their comments.
fn scripts(files: &Files, folder: &str, stem: &str) -> Asset {
    let lines = files.below(folder, ".js").flat_map(|(_, text, _)| text.lines());
    let code: Vec<&str> = lines.filter(|line| !line.trim_start().starts_with("//")).collect();
    Asset::new(stem, "js", &(lean(&code.join("\n")) + "\n"))
}

pub(super) fn icon(files: &Files) -> Asset {
    Asset::new("icon", "svg", files.get("icon.svg"))
}

fn joined(files: &[(&str, &str)]) -> String {
    files.iter().map(|(_, text)| lean(text) + "\n").collect()
}

/// Text without the white space around lines; nothing in a theme depends on it.
pub(super) fn lean(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
