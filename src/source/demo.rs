//! Where the built-in demo account lies beside the page: a `files` source for each region, like any other.

/// Name, region and manifest of each source, relative to the page.
pub const SOURCES: [(&str, &str, &str); 4] = [
    ("dallas", "us-south", "demo/us-south/manifest.json"),
    ("washington", "us-east", "demo/us-east/manifest.json"),
    ("frankfurt", "eu-de", "demo/eu-de/manifest.json"),
    ("sydney", "au-syd", "demo/au-syd/manifest.json"),
];

/// Whether a manifest's address is one of the demo's.
pub fn is_demo(manifest: &str) -> bool {
    let address = manifest.trim_start_matches("./");
    SOURCES.iter().any(|(_, _, held)| *held == address)
}
