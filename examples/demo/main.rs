//! Writes the built-in demo account: `cargo run --release --example demo -- OUT_DIR [--seed N]`.
//!
//! A year of four regions, simulated: servers live, people and machines act on them, a recorder says what the audit
//! record would, and an archive loses, repeats and breaks some of it. It knows servers, not events' effects, and uses
//! nothing of the library's lifecycle, so that its `truth.json` can judge that lifecycle. Refuses to read a clock.

use std::path::Path;
use std::process::ExitCode;

mod account;
mod archive;
mod clock;
mod errands;
mod event;
mod files;
mod fleet;
mod older;
mod recorder;
mod rng;
mod schedule;
mod server;
mod services;
mod stories;
pub mod truth;
mod words;
mod world;
mod wrap;

pub use files::Demo;

pub const SEED: u64 = 20_251_101;

/// The whole demo for a seed, in memory.
pub fn generate(seed: u64) -> Demo {
    let mut rng = rng::Rng::new(seed);
    let mut fleet = fleet::Fleet::new(rng.fork());
    let intruders = stories::order_intruders(&mut fleet);
    let cast = account::Cast::new(&mut rng.fork());
    let mut world = world::World::new(fleet.servers, cast, &mut rng);
    schedule::plan_year(&mut world, &fleet.orders, &mut rng.fork());
    stories::plan(&mut world, &intruders, &mut rng.fork());
    world.run();
    services::record_year(&mut world.recorder, &world.cast, &mut rng.fork());
    files::assemble(seed, world, &mut rng.fork())
}

fn main() -> ExitCode {
    let mut seed = SEED;
    let mut out = None;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--seed" {
            match args.next().and_then(|n| n.parse().ok()) {
                Some(n) => seed = n,
                None => return usage(),
            }
        } else if out.is_none() {
            out = Some(arg);
        } else {
            return usage();
        }
    }
    let Some(out) = out else { return usage() };
    let demo = generate(seed);
    if let Err(error) = demo.write(Path::new(&out)) {
        eprintln!("demo: can't write to {out}: {error}");
        return ExitCode::from(2);
    }
    println!("{}", demo.summary());
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: demo OUT_DIR [--seed N]");
    ExitCode::from(2)
}
