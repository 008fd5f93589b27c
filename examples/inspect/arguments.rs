//! What was asked on the command line. The argument after an option is taken as it stands, also with a leading `-`.

#[derive(Debug, Default, PartialEq)]
pub struct Arguments {
    pub files: Vec<String>,
    pub query: Option<String>,
    pub resource: Option<String>,
    pub at: Option<String>,
    pub findings: bool,
    pub rejected: bool,
    /// What was asked for and can't be given; the rest is answered.
    pub problems: Vec<String>,
}

pub const USAGE: &str =
    "usage: inspect FILE… [--query QUERY] [--resource ID] [--at TIME] [--findings] [--rejected]";

impl Arguments {
    pub fn parse(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
        let mut arguments = Arguments::default();
        while let Some(argument) = given.next() {
            let mut value = |into: &mut Option<String>| match (given.next(), &into) {
                (None, _) => Err(format!("{argument} needs a value after it")),
                (Some(_), Some(_)) => Err(format!("{argument} was given twice")),
                (Some(text), None) => {
                    *into = Some(text);
                    Ok(())
                }
            };
            match argument.as_str() {
                "--query" => value(&mut arguments.query)?,
                "--resource" => value(&mut arguments.resource)?,
                "--at" => value(&mut arguments.at)?,
                "--rejected" => arguments.rejected = true,
                "--findings" => arguments.findings = true,
                "--sample" => {
                    value(&mut None)?;
                    arguments.problems.push(
                        "--sample comes with the evidence, which this version can't take yet"
                            .into(),
                    );
                }
                // Whatever stands after it is a file.
                "--" => arguments.files.extend(given.by_ref()),
                option if option.starts_with('-') && option.len() > 1 => {
                    return Err(format!("{option} is no option of inspect"));
                }
                _ => arguments.files.push(argument),
            }
        }
        if arguments.files.is_empty() {
            return Err("no file was given".into());
        }
        Ok(arguments)
    }
}
