//! The demo as files: per region a manifest and what it lists, and the truth beside them.

use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;
use sha2::Digest;
use sha2::Sha256;

use super::account;
use super::account::REGIONS;
use super::archive;
use super::clock::Moment;
use super::clock::year_end;
use super::clock::year_start;
use super::rng::Rng;
use super::truth::ServerTruth;
use super::truth::Truth;
use super::world::World;
use super::world::gap;
use super::wrap;

/// The manifest of `rules.md`; addresses are relative to it.
#[derive(Serialize)]
struct Manifest {
    version: u32,
    files: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    url: String,
    from: Moment,
    to: Moment,
    records: usize,
    sha256: String,
}

pub struct Demo {
    pub truth: Truth,
    /// Path under the output folder, and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    records: usize,
}

pub fn assemble(seed: u64, world: World, rng: &mut Rng) -> Demo {
    let mut broken = Vec::new();
    let mut files = Vec::new();
    let mut manifests: Vec<Manifest> = REGIONS
        .iter()
        .map(|_| Manifest {
            version: 1,
            files: Vec::new(),
        })
        .collect();
    let mut records = 0;
    for draft in archive::drafts(world.recorder.events, rng) {
        let path = format!("{}/{}", REGIONS[draft.region].code, draft.name);
        let written = wrap::write(&draft, &path);
        records += written.records;
        broken.extend(written.broken);
        manifests[draft.region].files.push(Listed {
            sha256: sha256(&written.bytes),
            url: draft.name,
            from: draft.from,
            to: draft.to,
            records: written.records,
        });
        files.push((path, written.bytes));
    }
    for (region, manifest) in REGIONS.iter().zip(&manifests) {
        let path = format!("{}/manifest.json", region.code);
        files.push((path, json(manifest)));
    }
    let servers = world.servers.iter().map(|server| ServerTruth {
        id: server.id.clone(),
        kind: server.kind.word(),
        region: REGIONS[server.region].code,
        attributes: server.life.attributes().clone(),
    });
    let truth = Truth {
        version: 1,
        seed,
        account: account::ID.to_owned(),
        from: year_start(),
        to: year_end(),
        servers: servers.collect(),
        gaps: vec![gap()],
        broken,
        unrecorded: world.unrecorded,
    };
    files.push(("truth.json".to_owned(), json(&truth)));
    Demo {
        truth,
        files,
        records,
    }
}

impl Demo {
    pub fn write(&self, out: &Path) -> io::Result<()> {
        for (path, bytes) in &self.files {
            let path = out.join(path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(path, bytes)?;
        }
        Ok(())
    }

    pub fn summary(&self) -> String {
        let listed = self.files.iter().filter(|(path, _)| path != "truth.json");
        let bytes: usize = listed.map(|(_, bytes)| bytes.len()).sum();
        format!(
            "demo: {} records of {} resources in {} regions, {} kB, seed {}",
            self.records,
            self.truth.servers.len(),
            REGIONS.len(),
            bytes / 1_000,
            self.truth.seed
        )
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
