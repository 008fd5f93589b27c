//! Whether the files that were opened are those that a link is about. Compares names, sizes and SHA-256; reads no file.

use crate::link::FileName;

/// A sentence for each file of the link that isn't among the opened ones. A folder's path doesn't count: the same file
/// may lie elsewhere here. A hash that isn't known yet contradicts nothing.
pub fn differences(linked: &[FileName], opened: &[FileName]) -> Vec<String> {
    linked
        .iter()
        .filter_map(|linked| difference(linked, opened))
        .collect()
}

fn difference(linked: &FileName, opened: &[FileName]) -> Option<String> {
    let name = last_of(&linked.name);
    let namesakes = || opened.iter().filter(|opened| last_of(&opened.name) == name);
    let same_size = || namesakes().filter(|opened| opened.size == linked.size);
    if same_size().any(|opened| {
        opened.sha256.is_none() || linked.sha256.is_none() || opened.sha256 == linked.sha256
    }) {
        return None;
    }
    Some(if same_size().next().is_some() {
        format!("{name} has another content than the link's: its SHA-256 differs.")
    } else if let Some(opened) = namesakes().next() {
        format!(
            "{name} has {} bytes, the link's has {}.",
            opened.size, linked.size
        )
    } else {
        format!("{name} is not among the opened files.")
    })
}

fn last_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, size: u64, sha256: Option<&str>) -> FileName {
        FileName {
            name: name.into(),
            size,
            sha256: sha256.map(str::to_owned),
        }
    }

    #[test]
    fn the_same_file_in_another_folder_is_the_links() {
        let linked = [file("march/a.ndjson", 5, Some("00aa"))];
        let told = |opened| differences(&linked, &[opened]);
        assert!(told(file("a.ndjson", 5, Some("00aa"))).is_empty());
        assert!(told(file("elsewhere/a.ndjson", 5, None)).is_empty());
    }

    #[test]
    fn another_content_another_size_and_a_missing_file_are_told_apart() {
        let linked = [file("a.ndjson", 5, Some("00aa"))];
        let told = |opened| differences(&linked, &[opened]);
        assert_eq!(
            told(file("a.ndjson", 5, Some("00bb"))),
            ["a.ndjson has another content than the link's: its SHA-256 differs."]
        );
        assert_eq!(
            told(file("a.ndjson", 6, Some("00aa"))),
            ["a.ndjson has 6 bytes, the link's has 5."]
        );
        assert_eq!(
            told(file("b.ndjson", 5, Some("00aa"))),
            ["a.ndjson is not among the opened files."]
        );
    }
}
