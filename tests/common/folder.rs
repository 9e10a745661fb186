//! Handbooks in a folder of their own, for tests that run the program.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "every test file uses its own part of this"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The settings of a handbook that a test does not care about.
pub const SITE: &str = "title.fi = \"Käsikirja\"\ntitle.sv = \"Handbok\"\nlanguages = [\"fi\", \"sv\"]\n";

/// A task, its phase and who answers for it.
pub const ROLE: &str = "[role.x]\nname.fi = \"Ohjaaja\"\nname.sv = \"Handledare\"\n[phase.p]\nname.fi = \"Alku\"\nname.sv = \"Början\"\n[task.t]\nname.fi = \"Työ\"\nname.sv = \"Arbete\"\nphase = \"p\"\naccountable = \"x\"\n";

/// The program, and the day on which tests read.
const PROGRAM: &str = env!("CARGO_BIN_EXE_polku");
const TODAY: [&str; 2] = ["--today", "2026-11-21"];

pub struct Folder(pub tempfile::TempDir);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The program, to be run in the folder.
    pub fn program(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        command.current_dir(self.root());
        command
    }

    /// The same with arguments, on the day on which tests read.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = self.program();
        command.args(args);
        if !args.contains(&TODAY[0]) {
            command.args(TODAY);
        }
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Every file of a folder and its bytes.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        gather(&self.path(folder), &self.path(folder), &mut files);
        files
    }

    /// Runs a script as root of a machine of its own: what it mounts is seen by it only.
    pub fn mounting(&self, script: &str) -> Output {
        let script = script.replace("polku", PROGRAM);
        Command::new("unshare").args(["-rm", "sh", "-c", &script]).current_dir(self.root()).output().unwrap()
    }
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// What a program told.
pub fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What it complained of.
pub fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// How it ended.
pub fn code(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}
