//! Which sources are opened: those of `config.json`, the demo, or again what failed.

use std::rc::Rc;

use lifeline::config;
use lifeline::config::Config;
use lifeline::config::SourceKind;
use lifeline::protocol::News;
use lifeline::source::demo;
use wasm_bindgen_futures::spawn_local;

use crate::worker::fetching;
use crate::worker::local_files;
use crate::worker::outside;
use crate::worker::session::Plan;
use crate::worker::session::Session;

pub fn open_configured(session: &Rc<Session>) {
    let session = session.clone();
    spawn_local(async move {
        let epoch = session.epoch();
        let read = fetching::text(config::FILE).await;
        if epoch != session.epoch() {
            return;
        }
        let read = read.and_then(|text| Config::parse(&text).map_err(|error| error.to_string()));
        match read {
            Ok(config) => open_config(&session, config),
            Err(problem) => {
                outside::post(&News::Configured {
                    title: None,
                    account: None,
                    is_demo: false,
                    offers_demo: false,
                    problem: Some(problem),
                    notes: Vec::new(),
                });
                session.begin();
            }
        }
    });
}

fn open_config(session: &Rc<Session>, config: Config) {
    let is_of_demo =
        |kind: &SourceKind| matches!(kind, SourceKind::Manifest(url) if demo::is_demo(url));
    let is_demo = config.demo && config.sources.iter().all(|source| is_of_demo(&source.kind));
    session.replace_all(config.account.as_deref());
    *session.config.borrow_mut() = config.clone();
    tell_configured(session, is_demo);
    if config.sources.is_empty() && is_demo {
        return add_demo(session);
    }
    let base = outside::base();
    let absolute = |url: &String| {
        let address = outside::resolve(url, &base).unwrap_or_else(|| url.clone());
        (address, url.clone())
    };
    for source in config.open_sources() {
        let plan = match &source.kind {
            SourceKind::Urls(urls) => Plan::Urls(urls.iter().map(absolute).collect()),
            SourceKind::Manifest(manifest) => {
                let (url, name) = absolute(manifest);
                Plan::Manifest { url, name }
            }
            SourceKind::NotYet(_) => continue,
        };
        session.add_source(source.name.clone(), source.region.clone(), plan);
    }
    start_all(session);
}

pub fn open_demo(session: &Rc<Session>) {
    if !session.config.borrow().demo {
        return;
    }
    // The demo has its own account; one that is configured for real sources would make it a stranger.
    let config = session.config.borrow();
    let is_configured = !config.sources.is_empty()
        && config
            .sources
            .iter()
            .all(|source| matches!(&source.kind, SourceKind::Manifest(url) if demo::is_demo(url)));
    let account = config.account.clone().filter(|_| is_configured);
    drop(config);
    session.replace_all(account.as_deref());
    tell_configured(session, true);
    add_demo(session);
}

fn add_demo(session: &Rc<Session>) {
    let base = outside::base();
    for (name, region, manifest) in demo::SOURCES {
        let url = outside::resolve(manifest, &base).unwrap_or_else(|| manifest.to_owned());
        let plan = Plan::Manifest {
            url,
            name: manifest.to_owned(),
        };
        session.add_source(name.to_owned(), Some(region.to_owned()), plan);
    }
    start_all(session);
}

fn tell_configured(session: &Rc<Session>, is_demo: bool) {
    session.local.borrow_mut().is_demo = is_demo;
    let config = session.config.borrow();
    outside::post(&News::Configured {
        title: config.title.clone(),
        account: config.account.clone(),
        is_demo,
        offers_demo: config.demo,
        problem: None,
        notes: config.notes.clone(),
    });
}

fn start_all(session: &Rc<Session>) {
    let n_sources = session.sources.borrow().len();
    for source in 0..n_sources {
        fetching::start(session, source);
    }
    session.tell_now();
}

/// Goes on where a source failed or was stopped: files that were read whole are not read again.
pub fn retry(session: &Rc<Session>, source: usize) {
    let plan = session
        .sources
        .borrow()
        .get(source)
        .map(|source| source.plan.clone());
    match plan {
        Some(Plan::File { .. }) => local_files::start(session, source),
        Some(Plan::Urls(_) | Plan::Manifest { .. }) => fetching::start(session, source),
        None => {}
    }
}
