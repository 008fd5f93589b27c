//! Writes what lower case is as runs of characters that are equally far from theirs: the standard library's own table of
//! pairs is 12 kB, a third of which nothing packs.

#![allow(
    clippy::disallowed_methods,
    reason = "what is written here takes their place; a build may panic"
)]

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// `last` of `first`, `first + step`, … are changed by `distance`.
struct Run {
    first: u32,
    last: u32,
    step: u32,
    distance: i32,
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let mut runs: Vec<Run> = Vec::new();
    for upper in '\u{80}'..=char::MAX {
        // One character becomes two; src/lowercase.rs knows it.
        let (Some(lower), None) = (upper.to_lowercase().next(), upper.to_lowercase().nth(1)) else {
            continue;
        };
        let (at, distance) = (u32::from(upper), lower as i32 - upper as i32);
        if distance == 0 {
            continue;
        }
        match runs.last_mut() {
            Some(run)
                if run.distance == distance
                    && (at - run.last == run.step
                        || run.first == run.last && at - run.last <= 2) =>
            {
                run.step = at - run.last;
                run.last = at;
            }
            _ => runs.push(Run {
                first: at,
                last: at,
                step: 1,
                distance,
            }),
        }
    }
    let mut text = format!("const RUNS: [(u32, u32, u32, i32); {}] = [\n", runs.len());
    for run in &runs {
        let _ = writeln!(
            text,
            "({}, {}, {}, {}),",
            run.first, run.last, run.step, run.distance
        );
    }
    text.push_str("];\n");
    let folder = env::var_os("OUT_DIR").expect("Cargo names it");
    fs::write(Path::new(&folder).join("lowercase_runs.rs"), text).expect("Cargo made the folder");
}
