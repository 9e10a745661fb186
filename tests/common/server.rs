//! A real preview server on a free port, and a browser's part in talking to it.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "every test file uses its own part of this"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A handbook that is served.
pub struct Server {
    pub child: Child,
    pub port: u16,
    pub root: PathBuf,
    folder: Option<tempfile::TempDir>,
    /// What the browser that opened the start address has.
    pub cookie: String,
    /// The line that gave it.
    pub set_cookie: String,
    pub token: String,
}

impl Server {
    /// Serves these files.
    pub fn of(files: &[(&str, &str)]) -> Server {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let root = folder.path().to_owned();
        let mut server = Server::at(&root, &[]);
        server.folder = Some(folder);
        server
    }

    /// Serves a folder.
    pub fn at(root: &Path, args: &[&str]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polku"));
        command.args(["serve", "--today", "2026-11-21", "--root", root.to_str().unwrap()]).args(args);
        Server::by(root, &mut command)
    }

    /// Serves a folder after a script, run in it as root of a machine of its own: what it mounts is seen by the
    /// server only, and by whoever asks through `inside`.
    pub fn mounted(root: &Path, script: &str) -> Server {
        let polku = env!("CARGO_BIN_EXE_polku");
        let script = format!("set -e; {script}; exec {polku} serve --today 2026-11-21 --root disk");
        let mut command = Command::new("unshare");
        Server::by(&root.join("disk"), command.args(["-rm", "sh", "-c", &script]).current_dir(root))
    }

    fn by(root: &Path, command: &mut Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        // Somebody has to read what is said later.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        let address = line.trim().rsplit_once("http://127.0.0.1:").unwrap().1.to_owned();
        let (port, start) = address.split_once('/').unwrap();
        let port = port.parse().unwrap();
        let [cookie, set_cookie, token] = [(); 3].map(|()| String::new());
        let mut server =
            Server { child, port, root: root.to_owned(), folder: None, cookie, set_cookie, token };
        if !start.is_empty() {
            server.open(&format!("/{start}"));
        }
        server
    }

    /// Opens the start address as a browser does: takes the cookie, and the token out of the first page.
    pub fn open(&mut self, start: &str) {
        let answer = self.get(start);
        let line = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        self.set_cookie = line.unwrap_or_default().to_owned();
        self.cookie = self.set_cookie.split(';').next().unwrap().to_owned();
        let page = self.get(&after(&answer, "location: "));
        self.token = page
            .split_once("data-token=\"")
            .map_or("", |(_, rest)| rest)
            .split('"')
            .next()
            .unwrap()
            .to_owned();
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A file as the server sees it.
    pub fn inside(&self, path: &str) -> PathBuf {
        let seen = PathBuf::from(format!("/proc/{}/root", self.child.id()));
        seen.join(self.path(path).strip_prefix("/").unwrap())
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn send(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        // A server that refuses early may close before everything is sent.
        let _ = stream.write_all(request.as_bytes());
        stream
    }

    pub fn ask(&self, method: &str, path: &str, host: &str) -> String {
        let cookie =
            if self.cookie.is_empty() { String::new() } else { format!("Cookie: {}\r\n", self.cookie) };
        self.say(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n{cookie}Connection: close\r\n\r\n"))
    }

    pub fn say(&self, request: &str) -> String {
        let mut answer = Vec::new();
        let _ = self.send(request).read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub fn get(&self, path: &str) -> String {
        self.ask("GET", path, &self.host())
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The headers of a request that may write.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        vec![
            ("Host", self.host()),
            ("Origin", format!("http://{}", self.host())),
            ("Sec-Fetch-Site", "same-origin".to_owned()),
            ("Cookie", self.cookie.clone()),
            ("X-Polku-Token", self.token.clone()),
            ("Content-Type", "application/json".to_owned()),
            ("Accept-Language", "en".to_owned()),
        ]
    }

    pub fn post_with(&self, path: &str, headers: &[(&'static str, String)], body: &str) -> String {
        let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!(
            "POST {path} HTTP/1.1\r\n{lines}Connection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        self.say(&(head + body))
    }

    /// Posts as the browser does: the status, and what is said.
    pub fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let answer = self.post_with(&format!("/_polku/{path}"), &self.headers(), &body.to_string());
        (status(&answer).parse().unwrap(), json(&answer))
    }

    pub fn json(&self, path: &str) -> Value {
        json(&self.get(&format!("/_polku/{path}")))
    }

    /// The stream of revisions.
    pub fn events(&self) -> Events {
        let stream = self.send(&format!("GET /_polku/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.host()));
        Events(BufReader::new(stream))
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn after(answer: &str, head: &str) -> String {
    answer.lines().find_map(|line| line.strip_prefix(head)).unwrap_or("/fi/index.html").to_owned()
}

fn json(answer: &str) -> Value {
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    serde_json::from_str(body).unwrap_or(Value::Null)
}

pub fn status(answer: &str) -> &str {
    answer.split_whitespace().nth(1).unwrap_or("0")
}

pub struct Events(BufReader<TcpStream>);

impl Events {
    /// Waits for the next revision.
    pub fn next(&mut self) -> u64 {
        self.event("revision")
    }

    /// Waits until it is known what is wrong.
    pub fn checked(&mut self) -> u64 {
        self.event("findings")
    }

    fn event(&mut self, wanted: &str) -> u64 {
        let (mut line, mut name) = (String::new(), String::new());
        let start = Instant::now();
        loop {
            line.clear();
            // The stream itself never ends: it says now and then that it is there.
            assert!(start.elapsed() < Duration::from_secs(60), "no {wanted} was told");
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the events ended");
            if let Some(own) = line.strip_prefix("event:") {
                own.trim().clone_into(&mut name);
            }
            if let Some(revision) = line.strip_prefix("data:").filter(|_| name == wanted) {
                return revision.trim().parse().unwrap();
            }
        }
    }
}
