//! The manifest of files: which file holds which interval of which region (`rules.md`, "The manifest of files").
//! Refuses to resolve addresses: a file's `url` is as written, relative to the manifest.

use crate::cadf::location::region_of;
use crate::coverage::Standing;
use crate::query::language::{Moment, When};
use crate::time::TimeRange;
use crate::time::Timestamp;

use super::located::{Located, NotUnderstood, Result};

/// What a source promises to hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Manifest {
    pub files: Vec<ManifestFile>,
    /// What was left aside, in words.
    pub notes: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ManifestFile {
    /// As written: absolute, or relative to the manifest.
    pub url: String,
    /// Its own, else the source's; `None` where the source says `*` and the file nothing.
    pub region: Option<String>,
    /// All events of the region in this interval are in the file.
    pub range: TimeRange,
    /// As read, before copies are folded.
    pub records: Option<u64>,
    /// Of the bytes as served.
    pub sha256: Option<[u8; 32]>,
}

impl ManifestFile {
    /// Where its interval stands once the file was read whole: proven if it states a hash and a count and both are
    /// those found, else claimed. What does not agree is said in words.
    pub fn standing(&self, records: u64, sha256: &[u8; 32]) -> (Standing, Option<String>) {
        let count_differs = self.records.is_some_and(|stated| stated != records);
        let hash_differs = self.sha256.is_some_and(|stated| stated != *sha256);
        let words = match (count_differs, hash_differs) {
            (_, true) => Some("its SHA-256 is not the one that the manifest states".to_owned()),
            (true, false) => Some(format!(
                "the manifest states {} records, {records} were read",
                self.records.unwrap_or_default()
            )),
            (false, false) if self.records.is_none() && self.sha256.is_none() => {
                Some("the manifest states neither its SHA-256 nor its records".to_owned())
            }
            (false, false) if self.sha256.is_none() => {
                Some("the manifest does not state its SHA-256".to_owned())
            }
            (false, false) if self.records.is_none() => {
                Some("the manifest does not state its records".to_owned())
            }
            (false, false) => None,
        };
        let standing = if words.is_none() {
            Standing::Proven
        } else {
            Standing::Claimed
        };
        (standing, words)
    }
}

impl Manifest {
    /// Reads a manifest; `file` names it in errors, `source_region` is the configured one (`None` for `*`).
    pub fn parse(
        file: &str,
        text: &str,
        source_region: Option<&str>,
    ) -> std::result::Result<Manifest, NotUnderstood> {
        let whole = Located::parse(file, text)?;
        let mut manifest = Manifest::default();
        let (mut version, mut files) = (None, None);
        for (name, value) in whole.members()? {
            match name.as_str() {
                "version" => version = Some(value),
                "files" => files = Some(value),
                _ => manifest.notes.push(unknown(&value, &name)),
            }
        }
        whole.check_version(version, 1)?;
        let files = files.ok_or_else(|| whole.error("no \"files\"", "\"files\": [ … ]"))?;
        for one in files.elements("a list of files")? {
            let read = read_file(&one, source_region, &mut manifest.notes)?;
            manifest.files.push(read);
        }
        Ok(manifest)
    }
}

fn read_file(
    one: &Located<'_>,
    source_region: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<ManifestFile> {
    let (mut url, mut region, mut from, mut to) = (None, None, None, None);
    let (mut records, mut sha256) = (None, None);
    for (name, value) in one.members()? {
        match name.as_str() {
            "url" => url = Some(value.text("a file's address")?),
            "region" => region = Some(value.text("a region such as us-south")?),
            "from" => from = Some(time(&value)?),
            "to" => to = Some((time(&value)?, value)),
            "records" if value.is_null() => {}
            "records" => records = Some(value.number("a number of records")?),
            "sha256" if value.is_null() => {}
            "sha256" => sha256 = Some(sha256_of(&value)?),
            _ => notes.push(unknown(&value, &name)),
        }
    }
    let missing =
        |name: &str| one.error(format!("a file without \"{name}\""), format!("\"{name}\""));
    let url = url.ok_or_else(|| missing("url"))?;
    let from = from.ok_or_else(|| missing("from"))?;
    let (to, to_value) = to.ok_or_else(|| missing("to"))?;
    let range = TimeRange::new(from, to)
        .ok_or_else(|| to_value.not(format!("a time that is not before \"from\" ({from})")))?;
    if region.is_none() && source_region.is_none() {
        notes.push(format!(
            "line {}: {url} names no region and its source neither: what it covers can't be stated",
            one.line()
        ));
    }
    let region = region
        .as_deref()
        .or(source_region)
        .map(|region| region_of(region).to_owned());
    Ok(ManifestFile {
        url,
        region,
        range,
        records,
        sha256,
    })
}

/// A time, or a plain date for its first instant; UTC where it names no zone.
fn time(value: &Located<'_>) -> Result<Timestamp> {
    const EXPECTED: &str = "a time such as 2026-03-01T00:00:00Z";
    let text = value.text(EXPECTED)?;
    if let Some(written) = Timestamp::parse(&text) {
        return Ok(written.at);
    }
    match When::parse(&text) {
        Some(when) if !when.is_relative() => {
            Ok(when.range(&Moment::utc(Timestamp::from_secs(0))).from())
        }
        _ => Err(value.not(EXPECTED)),
    }
}

fn sha256_of(value: &Located<'_>) -> Result<[u8; 32]> {
    const EXPECTED: &str = "64 hexadecimal digits";
    let text = value.text(EXPECTED)?;
    let mut hash = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return Err(value.not(EXPECTED));
    }
    for (n, byte) in hash.iter_mut().enumerate() {
        let digits = text.get(n * 2..n * 2 + 2).unwrap_or("");
        // `from_str_radix` would take a sign.
        *byte = u8::from_str_radix(digits, 16)
            .ok()
            .filter(|_| !digits.starts_with('+'))
            .ok_or_else(|| value.not(EXPECTED))?;
    }
    Ok(hash)
}

/// Words for a member that nobody reads.
pub(crate) fn unknown(value: &Located<'_>, name: &str) -> String {
    format!(
        "line {}: \"{name}\" is not known and was left aside",
        value.line()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, region: Option<&str>) -> std::result::Result<Manifest, String> {
        Manifest::parse("manifest.json", text, region).map_err(|error| error.to_string())
    }

    const WHOLE: &str = r#"{
  "version": 1,
  "files": [
    { "url": "a.ndjson.gz", "from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z", "records": 3,
      "sha256": "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF" },
    { "url": "b.ndjson", "region": "eu-de-1", "from": "2026-03-02", "to": "2026-03-03", "colour": "red" }
  ]
}"#;

    #[test]
    fn a_manifest_says_which_file_holds_which_interval() {
        let manifest = parse(WHOLE, Some("us-south")).expect("readable");
        let [a, b] = manifest.files.as_slice() else {
            panic!("two files");
        };
        assert_eq!(
            (a.region.as_deref(), b.region.as_deref()),
            (Some("us-south"), Some("eu-de"))
        );
        assert_eq!(a.range.to(), b.range.from());
        assert_eq!((a.records, b.records, b.sha256), (Some(3), None, None));
        assert_eq!(a.sha256.map(|hash| hash[31]), Some(0xff));
        assert_eq!(
            manifest.notes,
            ["line 6: \"colour\" is not known and was left aside"]
        );
    }

    #[test]
    fn a_file_is_proven_only_by_its_hash_and_count() {
        let manifest = parse(WHOLE, None).expect("readable");
        let [a, b] = manifest.files.as_slice() else {
            panic!("two files");
        };
        let hash = a.sha256.expect("stated");
        assert_eq!(a.standing(3, &hash), (Standing::Proven, None));
        for (records, hash) in [(4, hash), (3, [0; 32])] {
            let (standing, words) = a.standing(records, &hash);
            assert_eq!(standing, Standing::Claimed);
            assert!(words.is_some_and(|words| words.contains("manifest states")));
        }
        assert_eq!(b.standing(1, &hash).0, Standing::Claimed);
        assert_eq!(
            manifest.notes[0],
            "line 4: a.ndjson.gz names no region and its source neither: what it covers can't be stated"
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, words) in [
            (
                "",
                "line 1 is not understood: nothing was found; JSON was expected",
            ),
            (
                "<!doctype html>",
                "line 1 is not understood: a web page was found; JSON was expected",
            ),
            (
                "[]",
                "line 1 is not understood: a list was found; an object was expected",
            ),
            (
                "{}",
                "line 1 is not understood: no \"version\" was found; \"version\": 1 was expected",
            ),
            (
                "{\n\"version\": 2, \"files\": []}",
                "line 2 is not understood: \"version\": 2 was found; \"version\": 1 was expected",
            ),
            (
                "{\"version\": 1}",
                "line 1 is not understood: no \"files\" was found; \"files\": [ … ] was expected",
            ),
            (
                "{\"version\": 1,\n\"files\": {}}",
                "line 2 is not understood: \"files\": an object was found; a list of files was expected",
            ),
            (
                "{\"version\": 1, \"files\": [\n\n{\"url\": \"a\"}]}",
                "line 3 is not understood: a file without \"from\" was found; \"from\" was expected",
            ),
            (
                "{\"version\": 1, \"files\": [{\"url\": \"a\", \"from\": \"soon\"}]}",
                "line 1 is not understood: \"from\": \"soon\" was found; a time such as 2026-03-01T00:00:00Z was expected",
            ),
            (
                "{\"version\": 1, \"files\": [{\"url\": \"a\", \"from\": \"2026-03-02\",\n \"to\": \"2026-03-01\"}]}",
                "line 2 is not understood: \"to\": \"2026-03-01\" was found; a time that is not before \"from\" (2026-03-02T00:00:00Z) was expected",
            ),
            (
                "{\"version\": 1, \"files\": [{\"url\": \"a\", \"records\": -1}]}",
                "line 1 is not understood: \"records\": -1 was found; a number of records was expected",
            ),
            (
                "{\"version\": 1, \"files\": [{\"url\": \"a\", \"sha256\": \"+f\"}]}",
                "line 1 is not understood: \"sha256\": \"+f\" was found; 64 hexadecimal digits was expected",
            ),
            (
                "{\n\"version\": 1,\n}",
                "line 3 is not understood: broken text (key must be a string) was found; JSON was expected",
            ),
        ] {
            assert_eq!(
                parse(text, None),
                Err(format!("manifest.json, {words}")),
                "{text}"
            );
        }
    }
}
