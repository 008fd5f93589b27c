//! `inspect`: reads what the page reads, through the same library, and prints what it found as one JSON object.
//! The shape is that of `rules.md`, "inspect"; what goes wrong is said on stderr and the rest is still answered.

mod arguments;
mod files;
mod report;
mod reread;

use std::io::Write;
use std::process::ExitCode;

use arguments::Arguments;
use lifeline::catalogue::Catalogue;
use lifeline::engine::Local;
use lifeline::engine::summary_text;
use lifeline::query::judgement::Judgement;
use lifeline::store::Store;
use lifeline::time::Clock;
use lifeline::time::Timestamp;
use reread::Reread;
use serde_json::Value;

fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(problem) => {
            eprintln!("inspect: {problem}");
            eprintln!("{}", arguments::USAGE);
            return ExitCode::from(2);
        }
    };
    let mut store = Store::new(Catalogue::standard(), None);
    let mut problems = arguments.problems.clone();
    problems.extend(files::read_all(&arguments.files, &mut store));
    store.refresh();
    let mut out = match serde_json::from_str(&summary_text(&store)) {
        Ok(Value::Object(out)) => out,
        _ => Default::default(),
    };
    let raw = Box::new(Reread::new(&files::names_of_parts(&store)));
    let mut local = Local::new(store, raw, Clock::UTC, now);
    let mut put = |key: &str, part: Result<Value, String>| match part {
        Ok(part) => {
            out.insert(key.to_owned(), part);
        }
        Err(problem) => problems.push(problem),
    };
    if let Some(text) = &arguments.query {
        put("query", report::query(&mut local, text));
    }
    let judgement = match arguments.findings || arguments.resource.is_some() {
        true => Judgement::whole(&local.store),
        false => Judgement::default(),
    };
    if let Some(id) = &arguments.resource {
        put("resource", report::resource(&local.store, &judgement, id));
    }
    if let Some(text) = &arguments.at {
        put("at", instant(text).map(|at| report::at(&local.store, at)));
    }
    if arguments.findings {
        put("findings", Ok(report::findings(&local.store, &judgement)));
    }
    if arguments.rejected {
        put("rejections", Ok(report::rejections(&local.store)));
    }
    match serde_json::to_string_pretty(&Value::Object(out)) {
        // Whoever reads it may have read enough: a closed pipe is no failure of ours.
        Ok(text) => drop(writeln!(std::io::stdout(), "{text}")),
        Err(error) => problems.push(format!("the answer can't be printed: {error}")),
    }
    // Its memory goes with the program, quicker than part by part.
    std::mem::forget(local);
    for problem in &problems {
        eprintln!("inspect: {problem}");
    }
    if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    }
}

/// The instant of `--at`; a date alone is its first instant, UTC.
fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text)
        .or_else(|| Timestamp::parse(&format!("{text}T00:00Z")))
        .map(|written| written.at)
        .ok_or_else(|| format!("--at: \"{text}\" is no time; 2026-03-01T12:00:00Z was expected"))
}

/// For relative times in a query (`now-7d`).
fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp::from_nanos(since.map_or(0, |since| since.as_nanos() as i64))
}
