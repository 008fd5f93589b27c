//! `inspect`: reads what the page reads, through the same library, and prints what it found as one JSON object.
//! The shape is that of `rules.md`, "inspect"; what goes wrong is said on stderr and the rest is still answered.

mod arguments;
mod files;

use std::process::ExitCode;

use arguments::Arguments;
use lifeline::catalogue::Catalogue;
use lifeline::engine::summary;
use lifeline::store::Store;
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
    let mut problems = files::read_all(&arguments.files, &mut store);
    store.refresh();
    let out = summary(&store);
    match serde_json::to_string_pretty(&Value::Object(out)) {
        Ok(text) => println!("{text}"),
        Err(error) => problems.push(format!("the answer can't be printed: {error}")),
    }
    for problem in &problems {
        eprintln!("inspect: {problem}");
    }
    if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    }
}
