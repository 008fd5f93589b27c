//! Reads the two data tables: tab-separated, `#` lines are comments, the first other line names the columns.
//! Returns what it could read and, beside it, a sentence for each row that it could not.

use super::act::Act;
use super::act::Category;
use super::act::Effect;
use crate::cadf::Kind;

pub const ACTIONS: &str = include_str!("actions.tsv");
pub const CLASSIC: &str = include_str!("classic.tsv");

pub fn read_actions(text: &str) -> (Vec<Act>, Vec<String>) {
    read(text, read_act)
}

/// Event name to action suffix.
pub type ClassicName = (Box<str>, Box<str>);

pub fn read_classic(text: &str) -> (Vec<ClassicName>, Vec<String>) {
    read(text, |cells| match cells {
        [event, suffix, "recorded" | "inferred"] => Ok(((*event).into(), (*suffix).into())),
        _ => Err("expected event, suffix and recorded or inferred".to_owned()),
    })
}

/// The rows of a table, and a sentence for each that is none.
pub fn read<'a, T>(
    text: &'a str,
    row: impl Fn(&[&'a str]) -> Result<T, String>,
) -> (Vec<T>, Vec<String>) {
    let mut rows = Vec::new();
    let mut broken = Vec::new();
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.is_empty())
        .skip(1);
    for (number, line) in lines {
        let cells: Vec<&'a str> = line.split('\t').collect();
        match row(&cells) {
            Ok(value) => rows.push(value),
            Err(why) => broken.push(format!("line {}: {why}", number + 1)),
        }
    }
    (rows, broken)
}

fn read_act(cells: &[&str]) -> Result<Act, String> {
    let [
        name,
        label,
        asked,
        done,
        category,
        kind,
        target,
        effect,
        proves_life,
    ] = cells
    else {
        return Err(format!("{} columns, expected 9", cells.len()));
    };
    let words = |cell: &str| -> Box<str> { if cell == "-" { "" } else { cell }.into() };
    Ok(Act {
        name: (*name).into(),
        label: words(label),
        asked: words(asked),
        done: words(done),
        category: Category::from_name(category).ok_or(format!("category {category}"))?,
        kind: Kind::from_name(kind).ok_or(format!("kind {kind}"))?,
        is_sub_object: match *target {
            "itself" => false,
            "part" => true,
            other => return Err(format!("target {other}")),
        },
        effect: Effect::parse(effect).map_err(|word| format!("effect {word}"))?,
        proves_life: match *proves_life {
            "yes" => true,
            "no" => false,
            other => return Err(format!("proves_life {other}")),
        },
    })
}
