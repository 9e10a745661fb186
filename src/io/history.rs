//! What files have been, where a handbook is kept in git.

use std::path::Path;
use std::process::Command;

/// So many versions of a file are looked through.
const VERSIONS: &str = "100";

/// The texts a file has had, the newest first. None where the file is not kept in git, or git is not at
/// hand: what is known from history is an extra, never needed.
pub(super) fn earlier(path: &Path) -> Vec<impl FnOnce() -> Option<String>> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Vec::new() };
    let name = format!("./{}", name.to_string_lossy());
    let listed = git(folder, &["log", "--format=%H", "-n", VERSIONS, "--", &name]).unwrap_or_default();
    let version = |commit: &str| {
        let (folder, of) = (folder.to_owned(), format!("{commit}:{name}"));
        move || git(&folder, &["show", "--no-textconv", &of])
    };
    listed.lines().map(version).collect()
}

fn git(folder: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(folder).args(args).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok())?
}
