//! Holds the architecture: `src/lib.rs` lists its modules in reading order, and a module uses only those above it.
//! Reads the source as text, so it refuses some forms that would compile: grouped `use crate::{…}` and `super` up to
//! the crate's root, because they'd hide from it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// What belongs to the browser, and so to `app/` alone.
const BROWSER: [&str; 6] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "leptos",
    "gloo",
    "console_error",
];

#[test]
fn a_module_uses_only_modules_above_it() {
    let complaints = complaints_of(check_layers);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_library_does_not_know_the_browser() {
    let complaints = complaints_of(check_browser);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_file_of_the_library_opens_with_what_it_is_for() {
    let complaints: Vec<String> = library_files()
        .iter()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| {
            format!(
                "{}:1: say with //! what this file is for and what it refuses",
                file.path
            )
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_planted_use_of_a_lower_module_is_found() {
    let order = ["time", "cadf", "protocol"].map(String::from);
    let planted = |path: &str, text: &str| {
        let file = Source {
            path: path.into(),
            module: path.split(['/', '.']).nth(1).unwrap().into(),
            depth: path.matches('/').count(),
            text: text.into(),
        };
        check_layers(&file, &order)
    };
    assert_eq!(
        planted("src/time.rs", "//! x\nuse crate::cadf::Event;\n"),
        ["src/time.rs:2: time uses cadf, which stands below it in src/lib.rs"]
    );
    assert_eq!(
        planted("src/cadf/event.rs", "fn f() -> crate::protocol::Page {}\n").len(),
        1
    );
    assert_eq!(
        planted("src/cadf.rs", "use crate::{time, cadf};\n").len(),
        1
    );
    assert_eq!(planted("src/time.rs", "use super::cadf::Event;\n").len(), 1);
    assert_eq!(
        planted("src/cadf/event.rs", "use super::super::protocol::Page;\n").len(),
        1
    );
    assert_eq!(
        planted("src/time.rs", "use crate::elsewhere::X;\n").len(),
        1
    );
    let fine = "//! See crate::protocol.\nuse crate::time::Timestamp;\nuse super::Kind;\nmod tests {\n    use super::*;\n}\n";
    assert_eq!(planted("src/cadf/event.rs", fine), [""; 0]);
}

struct Source {
    /// From the package's folder, with `/`.
    path: String,
    /// The module of `src/lib.rs` that it belongs to.
    module: String,
    /// How many `super` lead from its top level to the crate's root.
    depth: usize,
    text: String,
}

fn complaints_of(check: fn(&Source, &[String]) -> Vec<String>) -> Vec<String> {
    let order = module_order();
    assert!(order.len() > 2, "src/lib.rs lists no modules: {order:?}");
    let files = library_files();
    assert!(files.len() >= order.len());
    files.iter().flat_map(|file| check(file, &order)).collect()
}

fn check_layers(file: &Source, order: &[String]) -> Vec<String> {
    let mut complaints = Vec::new();
    let own = order.iter().position(|m| *m == file.module);
    for (number, line) in code_lines(&file.text) {
        let mut complain =
            |words: String| complaints.push(format!("{}:{number}: {words}", file.path));
        for used in paths_after(line, "crate::") {
            if used.starts_with('{') {
                complain("name one thing after `use crate::`, without a group".into());
                continue;
            }
            match order.iter().position(|m| m == used) {
                // The root's own items are upper case: crate::BUILD.
                None if used.starts_with(|c: char| c.is_ascii_uppercase()) => {}
                None => complain(format!("{used} is not in the list of src/lib.rs")),
                Some(at) if own.is_some_and(|own| at > own) => complain(format!(
                    "{} uses {used}, which stands below it in src/lib.rs",
                    file.module
                )),
                Some(_) => {}
            }
        }
        // An indented line may stand in a module inside the file, which is one deeper.
        let may_climb = file.depth - usize::from(!line.starts_with(' '));
        if line.contains(&"super::".repeat(may_climb + 1)) {
            complain("`super` leads to the crate's root here; write `crate::` so that the order can be held".into());
        }
    }
    complaints
}

fn check_browser(file: &Source, _: &[String]) -> Vec<String> {
    code_lines(&file.text)
        .flat_map(|(number, line)| {
            let found = BROWSER.iter().filter(move |name| line.contains(*name));
            found.map(move |name| format!("{}:{number}: {name} belongs to src/app", file.path))
        })
        .collect()
}

/// The lines without comments, counted from 1. Text in quotes counts as code: it could only be refused too often.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..)
        .zip(text.lines())
        .map(|(n, line)| (n, line.split("//").next().unwrap_or("")))
}

/// The first names after each `prefix` in a line; `$crate::` of macros counts too.
fn paths_after<'a>(line: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(prefix).map(move |(at, _)| {
        let rest = &line[at + prefix.len()..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        match end {
            Some(0) => &rest[..1],
            Some(end) => &rest[..end],
            None => rest,
        }
    })
}

fn module_order() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(String::from)
        .collect()
}

fn library_files() -> Vec<Source> {
    let mut files = Vec::new();
    for module in module_order() {
        let file = format!("src/{module}.rs");
        if root().join(&file).is_file() {
            files.push(source(&file, &module, 1));
        }
        collect(&format!("src/{module}"), &module, 2, &mut files);
    }
    files
}

fn collect(folder: &str, module: &str, depth: usize, files: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(root().join(folder)) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{folder}/{name}");
        if entry.path().is_dir() {
            collect(&path, module, depth + 1, files);
        } else if name == "mod.rs" {
            files.push(source(&path, module, depth - 1));
        } else if name.ends_with(".rs") {
            files.push(source(&path, module, depth));
        }
    }
}

fn source(path: &str, module: &str, depth: usize) -> Source {
    Source {
        path: path.into(),
        module: module.into(),
        depth,
        text: fs::read_to_string(root().join(path)).unwrap(),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}
