//! A static file server for `./dev serve` and the tests: GET and HEAD on 127.0.0.1, with the headers a host should send.
//! Refuses to be a web server for anybody else: no TLS, no ranges, no listing, this machine only.
//!
//! `cargo run --example serve -- [--dir dist] [--port 8080] [--prefix /some/path/] [--exact-port]`
//! Port 0 takes any free one; a taken port moves on to the next unless `--exact-port`. Prints the address first.

use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::net::TcpListener;
use std::net::TcpStream;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

fn main() {
    let (site, listener) = Site::from_args(std::env::args().skip(1))
        .and_then(|site| site.listen().map(|listener| (site, listener)))
        .unwrap_or_else(|problem| {
            eprintln!("serve: {problem}");
            std::process::exit(2)
        });
    let port = listener.local_addr().map_or(site.port, |a| a.port());
    println!("http://127.0.0.1:{port}{}", site.prefix);
    let site = Arc::new(site);
    for stream in listener.incoming().flatten() {
        let site = site.clone();
        std::thread::spawn(move || site.converse(stream));
    }
}

struct Site {
    dir: PathBuf,
    port: u16,
    is_exact: bool,
    /// Begins and ends with a slash.
    prefix: String,
}

impl Site {
    fn from_args(mut args: impl Iterator<Item = String>) -> Result<Site, String> {
        let mut site = Site {
            dir: "dist".into(),
            port: 8080,
            is_exact: false,
            prefix: "/".into(),
        };
        while let Some(name) = args.next() {
            let mut value = || args.next().ok_or(format!("{name} needs a value"));
            match name.as_str() {
                "--dir" => site.dir = value()?.into(),
                "--port" => site.port = value()?.parse().map_err(|e| format!("--port: {e}"))?,
                "--prefix" => {
                    site.prefix = format!("/{}/", value()?.trim_matches('/')).replace("//", "/");
                }
                "--exact-port" => site.is_exact = true,
                other => return Err(format!("{other} is no option")),
            }
        }
        Ok(site)
    }

    fn listen(&self) -> Result<TcpListener, String> {
        let last = if self.is_exact || self.port == 0 {
            self.port
        } else {
            self.port.saturating_add(50)
        };
        (self.port..=last)
            .find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok())
            .ok_or(format!("no free port from {} to {last}", self.port))
    }

    /// Answers one connection's requests until it closes.
    fn converse(&self, stream: TcpStream) {
        // Answers are many and small; waiting to fill packets would cost 40 ms each.
        let _ = stream.set_nodelay(true);
        let Ok(mut out) = stream.try_clone() else {
            return;
        };
        let mut lines = BufReader::new(stream).lines();
        while let Some(Ok(request)) = lines.next() {
            // Headers tell nothing that matters here.
            while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {}
            let mut words = request.split_whitespace();
            let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
            let answer = match method {
                "GET" | "HEAD" => self.answer(target),
                _ => Answer::text("405 Method Not Allowed", "Only GET and HEAD."),
            };
            if answer.send(&mut out, method == "HEAD").is_err() {
                return;
            }
        }
    }

    fn answer(&self, target: &str) -> Answer {
        let path = target.split(['?', '#']).next().unwrap_or("");
        if format!("{path}/") == self.prefix {
            return Answer::redirect(&self.prefix);
        }
        let file = path
            .strip_prefix(&self.prefix)
            .and_then(|rest| self.file(rest));
        match file.map(|file| (fs::read(&file), file)) {
            Some((Ok(body), file)) => Answer {
                status: "200 OK",
                headers: self.headers(&file),
                body,
            },
            _ => Answer::text("404 Not Found", "There is no such file here."),
        }
    }

    /// The file a path names; none that leads out of the folder.
    fn file(&self, rest: &str) -> Option<PathBuf> {
        let rest = PathBuf::from(percent_decoded(rest)?);
        if rest
            .components()
            .any(|c| !matches!(c, Component::Normal(_)))
        {
            return None;
        }
        let file = self.dir.join(&rest);
        Some(if file.is_dir() {
            file.join("index.html")
        } else {
            file
        })
    }

    fn headers(&self, file: &Path) -> Vec<(&'static str, String)> {
        let mut headers = vec![
            ("Content-Type", media_type(file).to_string()),
            ("X-Content-Type-Options", "nosniff".to_string()),
            ("Referrer-Policy", "no-referrer".to_string()),
            ("Cache-Control", cache_control(file).to_string()),
        ];
        headers.extend(self.policy().map(|p| ("Content-Security-Policy", p)));
        headers
    }

    /// The policy stands once, in the page; it is read for each answer because a build may replace the page.
    fn policy(&self) -> Option<String> {
        let page = fs::read_to_string(self.dir.join("index.html")).ok()?;
        let (_, rest) = page.split_once("http-equiv=\"Content-Security-Policy\"")?;
        let (_, rest) = rest.split_once("content=\"")?;
        Some(rest.split_once('"')?.0.to_string())
    }
}

struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn text(status: &'static str, words: &str) -> Answer {
        Answer {
            status,
            headers: vec![("Content-Type", "text/plain; charset=utf-8".to_string())],
            body: words.as_bytes().to_vec(),
        }
    }

    fn redirect(to: &str) -> Answer {
        let mut answer = Answer::text("301 Moved Permanently", "");
        answer.headers.push(("Location", to.to_string()));
        answer
    }

    fn send(&self, out: &mut TcpStream, is_head: bool) -> std::io::Result<()> {
        let mut head = format!("HTTP/1.1 {}\r\n", self.status);
        head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        out.write_all(head.as_bytes())?;
        if !is_head {
            out.write_all(&self.body)?;
        }
        out.flush()
    }
}

/// A gzip file is a file, not an encoding of another: no `Content-Encoding`, the page unpacks it.
fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()).unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "ndjson" => "application/x-ndjson",
        "gz" => "application/gzip",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A name with a hash in it never changes what it means; anything else is asked for again.
fn cache_control(file: &Path) -> &'static str {
    let stem = file.file_stem().and_then(|s| s.to_str()).unwrap_or("");
    let is_hash = |part: &str| part.len() >= 13 && part.bytes().all(|b| b.is_ascii_hexdigit());
    if stem.split(['-', '_', '.']).any(is_hash) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}
