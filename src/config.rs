//! `config.json`, beside `index.html`: what a deployment chooses without a rebuild. Whatever is wrong is named with
//! its line; what is not known is noted and left aside. Refuses to fetch, and to guess what a broken file meant.

use crate::link::RangeChoice;
use crate::source::NotUnderstood;
use crate::source::located::{Located, Result};
use crate::source::manifest::unknown;
use crate::time::Zone;

/// The name of the file, as errors say it.
pub const FILE: &str = "config.json";

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Config {
    /// What the page is called: `Acme production`.
    pub title: Option<String>,
    /// The account whose resources these are, without `a/`.
    pub account: Option<String>,
    pub sources: Vec<SourceConfig>,
    pub defaults: Defaults,
    pub theme: Theme,
    /// Origins that may show the page in a frame, as `https://portal.example`.
    pub embed: Vec<String>,
    /// May the page open the built-in demo account?
    pub demo: bool,
    /// How much the events may take in all, in MB; none: half of what the machine says it has.
    pub memory_mb: Option<u64>,
    /// What was left aside or does not work yet, in words.
    pub notes: Vec<String>,
}

/// What is shown where a link does not say.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Defaults {
    pub query: String,
    pub range: RangeChoice,
    pub zone: Zone,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the system asks.
    #[default]
    Auto,
    Light,
    Dark,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceConfig {
    /// Unique; links name the source by it. Where none is given: region and kind.
    pub name: String,
    /// `None` where the file says `*`: the source holds several.
    pub region: Option<String>,
    pub kind: SourceKind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SourceKind {
    /// Addresses of files, relative to `config.json`. They state no coverage.
    Urls(Vec<String>),
    /// The address of a manifest, relative to `config.json`; its files are relative to the manifest.
    Manifest(String),
    /// A kind that is known and not in this version yet: its name.
    NotYet(String),
}

/// Kinds that the format knows and this version does not open.
const LATER_KINDS: [&str; 3] = ["ibm-cloud-logs", "clickhouse", "opensearch"];

impl Config {
    pub fn parse(text: &str) -> std::result::Result<Config, NotUnderstood> {
        let whole = Located::parse(FILE, text)?;
        let mut config = Config::default();
        let mut version = None;
        for (name, value) in whole.members()? {
            match name.as_str() {
                "version" => version = Some(value),
                "title" => config.title = Some(value.text("a title")?),
                "account" => {
                    let account = value.text("an account such as a/9a1b")?;
                    let bare = account.strip_prefix("a/").unwrap_or(&account);
                    config.account = Some(bare.to_owned());
                }
                "sources" => {
                    for one in value.elements("a list of sources")? {
                        let source = read_source(&one, &mut config.notes)?;
                        if config.sources.iter().any(|other| other.name == source.name) {
                            return Err(one.error(
                                format!("a second source named \"{}\"", source.name),
                                "a \"name\" of its own",
                            ));
                        }
                        config.sources.push(source);
                    }
                }
                "defaults" => config.defaults = read_defaults(&value, &mut config.notes)?,
                "theme" => config.theme = read_theme(&value)?,
                "embed" => {
                    for one in value.elements("a list of origins such as https://portal.example")? {
                        config.embed.push(origin(&one)?);
                    }
                }
                "demo" => config.demo = value.boolean()?,
                "memory_mb" => config.memory_mb = Some(value.number("a number of megabytes")?),
                _ => config.notes.push(unknown(&value, &name)),
            }
        }
        whole.check_version(version, 1)?;
        Ok(config)
    }

    /// The sources that this version can open.
    pub fn open_sources(&self) -> impl Iterator<Item = &SourceConfig> {
        self.sources
            .iter()
            .filter(|source| !matches!(source.kind, SourceKind::NotYet(_)))
    }
}

fn read_source(one: &Located<'_>, notes: &mut Vec<String>) -> Result<SourceConfig> {
    let (mut name, mut region, mut kind, mut urls, mut manifest) = (None, None, None, None, None);
    let mut others = Vec::new();
    for (member, value) in one.members()? {
        match member.as_str() {
            "name" => name = Some(value.text("a name")?),
            "region" => region = Some(value.text("a region such as us-south, or *")?),
            "kind" => kind = Some(value),
            "urls" => {
                const EXPECTED: &str = "a list of addresses";
                let mut list = Vec::new();
                for url in value.elements(EXPECTED)? {
                    list.push(url.text("an address")?);
                }
                if list.is_empty() {
                    return Err(value.error("\"urls\" without any address", EXPECTED));
                }
                urls = Some(list);
            }
            "manifest" => manifest = Some(value.text("the address of a manifest")?),
            _ => others.push((member, value)),
        }
    }
    let region = region.ok_or_else(|| {
        one.error(
            "a source without \"region\"",
            "\"region\": a region such as us-south, or *",
        )
    })?;
    let kind = kind.ok_or_else(|| one.error("a source without \"kind\"", kinds()))?;
    let kind_name = kind.text(&kinds())?;
    let name = name.unwrap_or_else(|| format!("{region} {kind_name}"));
    let kind = match kind_name.as_str() {
        "files" => {
            notes.extend(others.iter().map(|(member, value)| unknown(value, member)));
            match (urls, manifest) {
                (Some(urls), None) => SourceKind::Urls(urls),
                (None, Some(manifest)) => SourceKind::Manifest(manifest),
                (Some(_), Some(_)) => {
                    return Err(one.error(
                        "a source with both \"urls\" and \"manifest\"",
                        "one of the two",
                    ));
                }
                (None, None) => {
                    return Err(one.error(
                        "a source of files without \"urls\" and \"manifest\"",
                        "one of the two",
                    ));
                }
            }
        }
        later if LATER_KINDS.contains(&later) => {
            notes.push(format!(
                "line {}: the source {name} is of the kind {later}, which is not in this version yet",
                kind.line()
            ));
            SourceKind::NotYet(kind_name)
        }
        _ => return Err(kind.not(kinds())),
    };
    Ok(SourceConfig {
        name,
        region: (region != "*").then_some(region),
        kind,
    })
}

fn kinds() -> String {
    format!("one of files, {}", LATER_KINDS.join(", "))
}

fn read_defaults(value: &Located<'_>, notes: &mut Vec<String>) -> Result<Defaults> {
    let mut defaults = Defaults::default();
    for (name, value) in value.members()? {
        match name.as_str() {
            "query" => defaults.query = value.text("a query")?,
            "range" => {
                const EXPECTED: &str = "all, now-7d or a range such as 2026-03-01..2026-03-31";
                defaults.range = RangeChoice::parse(&value.text(EXPECTED)?)
                    .ok_or_else(|| value.not(EXPECTED))?;
            }
            "zone" => {
                defaults.zone = match value.text("utc or local")?.as_str() {
                    "utc" => Zone::Utc,
                    "local" => Zone::Local,
                    _ => return Err(value.not("utc or local")),
                }
            }
            _ => notes.push(unknown(&value, &name)),
        }
    }
    Ok(defaults)
}

fn read_theme(value: &Located<'_>) -> Result<Theme> {
    const EXPECTED: &str = "one of auto, light, dark";
    match value.text(EXPECTED)?.as_str() {
        "auto" => Ok(Theme::Auto),
        "light" => Ok(Theme::Light),
        "dark" => Ok(Theme::Dark),
        _ => Err(value.not(EXPECTED)),
    }
}

/// An origin has a scheme and a host, and nothing after them.
fn origin(value: &Located<'_>) -> Result<String> {
    const EXPECTED: &str = "an origin such as https://portal.example";
    let text = value.text(EXPECTED)?;
    let host = ["https://", "http://"]
        .into_iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '*', ' ', '@']) => {
            Ok(text)
        }
        _ => Err(value.not(EXPECTED)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        match Config::parse(text) {
            Ok(config) => panic!("{text} was read as {config:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_documented_example_is_read() {
        let config = Config::parse(
            r#"{ "version": 1, "title": "Acme production", "account": "a/9a1b", "demo": true,
  "theme": "dark", "embed": ["https://portal.acme.example"], "memory_mb": 2048,
  "defaults": { "range": "now-7d", "zone": "local", "query": "-category:read" },
  "sources": [
    { "name": "dallas", "region": "us-south", "kind": "files", "manifest": "events/us-south/manifest.json" },
    { "region": "us-east", "kind": "files", "urls": ["a.ndjson", "b.ndjson.gz"] },
    { "region": "eu-de", "kind": "ibm-cloud-logs", "endpoint": "/cloud-logs/eu-de", "tier": "archive" },
    { "region": "*", "kind": "clickhouse", "endpoint": "/clickhouse", "table": "audit.events" },
    { "region": "*", "kind": "opensearch", "endpoint": "/opensearch", "index": "audit-*" } ] }"#,
        )
        .expect("readable");
        assert_eq!(config.account.as_deref(), Some("9a1b"));
        assert!(config.demo && config.theme == Theme::Dark && config.defaults.zone == Zone::Local);
        assert_eq!(config.memory_mb, Some(2048));
        let names: Vec<_> = config.sources.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "dallas",
                "us-east files",
                "eu-de ibm-cloud-logs",
                "* clickhouse",
                "* opensearch"
            ]
        );
        assert_eq!(config.sources[3].region, None);
        assert_eq!(config.open_sources().count(), 2);
        assert_eq!(
            config.notes[0],
            "line 7: the source eu-de ibm-cloud-logs is of the kind ibm-cloud-logs, which is not in this version yet"
        );
        assert_eq!(config.notes.len(), 3);
    }

    #[test]
    fn a_broken_file_says_which_line_and_what_was_expected() {
        let source = |body: &str| format!("{{\n\"version\": 1,\n\"sources\": [\n{body}\n]}}");
        for (text, words) in [
            (
                source(r#"{"region": "us-south", "kind": "click-house"}"#),
                r#"line 4 is not understood: "kind": "click-house" was found; one of files, ibm-cloud-logs, clickhouse, opensearch was expected"#,
            ),
            (
                source(r#"{"kind": "files", "urls": ["a"]}"#),
                r#"line 4 is not understood: a source without "region" was found; "region": a region such as us-south, or * was expected"#,
            ),
            (
                source(r#"{"region": "us-south", "kind": "files"}"#),
                r#"line 4 is not understood: a source of files without "urls" and "manifest" was found; one of the two was expected"#,
            ),
            (
                source(r#"{"region": "us-south", "kind": "files", "urls": "a.json"}"#),
                r#"line 4 is not understood: "urls": "a.json" was found; a list of addresses was expected"#,
            ),
            (
                source(
                    "{\"region\": \"a\", \"kind\": \"files\", \"urls\": [\"x\"]},\n{\"region\": \"a\", \"kind\": \"files\", \"urls\": [\"y\"]}",
                ),
                r#"line 5 is not understood: a second source named "a files" was found; a "name" of its own was expected"#,
            ),
            (
                "{\"version\": \"1\"}".into(),
                r#"line 1 is not understood: "version": "1" was found; "version": 1 was expected"#,
            ),
            (
                "{\"version\": 1,\n\"demo\": \"yes\"}".into(),
                r#"line 2 is not understood: "demo": "yes" was found; true or false was expected"#,
            ),
            (
                "{\"version\": 1,\n\"embed\": [\"portal.example/x\"]}".into(),
                r#"line 2 is not understood: "portal.example/x" was found; an origin such as https://portal.example was expected"#,
            ),
            (
                "{\"version\": 1,\n\"defaults\": {\"range\": \"last week\"}}".into(),
                r#"line 2 is not understood: "range": "last week" was found; all, now-7d or a range such as 2026-03-01..2026-03-31 was expected"#,
            ),
            (
                "{\"version\": 1".into(),
                "line 1 is not understood: broken text (EOF while parsing an object) was found; JSON was expected",
            ),
        ] {
            assert_eq!(problem(&text), format!("config.json, {words}"), "{text}");
        }
    }

    #[test]
    fn what_is_not_known_is_noted_and_left_aside() {
        let config = Config::parse(
            "{\"version\": 1,\n\"colour\": 1, \"sources\": [{\"region\": \"a\", \"kind\": \"files\",\n\"urls\": [\"x\"], \"token\": \"t\"}]}",
        )
        .expect("readable");
        assert_eq!(
            config.notes,
            [
                "line 2: \"colour\" is not known and was left aside",
                "line 3: \"token\" is not known and was left aside",
            ]
        );
        assert!(!config.demo);
    }
}
