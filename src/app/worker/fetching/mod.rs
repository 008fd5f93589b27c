//! Fetching: one run for each source, its files one after another, each streamed into the store piece by piece.
//! gloo-net makes every request. What came of a file that fails stays; the other sources never notice.

mod file;

use std::rc::Rc;

use gloo_net::http::Request;
use gloo_net::http::RequestBuilder;
use gloo_net::http::Response;
use lifeline::coverage::Standing;
use lifeline::protocol::Stage;
use lifeline::source::Manifest;
use lifeline::source::ManifestFile;
use lifeline::source::files;
use lifeline::source::files::Failure;
use lifeline::source::files::Heard;
use lifeline::source::files::Verdict;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;
use web_sys::AbortSignal;

use crate::worker::outside;
use crate::worker::session::Plan;
use crate::worker::session::Session;
use crate::worker::session::Try;

/// One run of a source.
struct Run {
    session: Rc<Session>,
    epoch: u64,
    source: usize,
    run: u64,
    signal: Option<AbortSignal>,
    name: String,
    region: Option<String>,
}

/// A file that a source names.
struct Listed {
    url: String,
    name: String,
    region: Option<String>,
    /// What the manifest states of it.
    stated: Option<ManifestFile>,
}

/// Why a run ended before its end.
enum Ended {
    /// Cancelled, or all sources were replaced: nobody waits for words.
    Void,
    Failed(Failure),
}

/// Fetches what of a source is not done yet.
pub fn start(session: &Rc<Session>, source: usize) {
    let abort = AbortController::new().ok();
    let signal = abort.as_ref().map(AbortController::signal);
    let epoch = session.epoch();
    let mut begun = None;
    session.update(epoch, source, |source| {
        let is_open = matches!(source.state.stage, Stage::Loading | Stage::Retrying { .. });
        if is_open {
            return;
        }
        source.abort = abort;
        source.run += 1;
        source.state.stage = Stage::Loading;
        begun = Some((
            source.run,
            source.plan.clone(),
            source.state.name.clone(),
            source.state.region.clone(),
        ));
    });
    let Some((run, plan, name, region)) = begun else {
        return;
    };
    let run = Run {
        session: session.clone(),
        epoch,
        source,
        run,
        signal,
        name,
        region,
    };
    spawn_local(async move {
        let ended = run.all(plan).await;
        match ended {
            Ok(()) => run.update(|source| source.state.stage = Stage::Done),
            Err(Ended::Void) => return,
            Err(Ended::Failed(failure)) => {
                if run.goes_on() {
                    run.session.fail(run.epoch, run.source, failure);
                }
            }
        }
        if run.epoch == run.session.epoch() {
            run.session.tell_now();
        }
    });
}

/// A small text beside the page.
pub async fn text(name: &str) -> Result<String, String> {
    let failed = |what: String| format!("{name} {what}.");
    let url = outside::resolve(name, &outside::base()).unwrap_or_default();
    let request = Request::get(&url).cache(web_sys::RequestCache::NoCache);
    let answer = send(&url, request)
        .await
        .ok_or_else(|| failed("could not be fetched: the server did not answer".into()))?;
    match files::judge(&heard(&answer), files::MOST_TRIES) {
        Verdict::Read => answer
            .text()
            .await
            .map_err(|_| failed("broke off before its end".into())),
        Verdict::Fail(failure) if failure.status == Some(404) => {
            Err(failed("is not there (404)".into()))
        }
        Verdict::Fail(failure) => Err(failed(format!(
            "could not be fetched: the server {}",
            failure.what
        ))),
        Verdict::Again { reason, .. } => Err(failed(format!("could not be fetched: {reason}"))),
    }
}

/// Sends a request, unless its answer is on the way since before the program was there.
async fn send(url: &str, request: RequestBuilder) -> Option<Response> {
    match outside::take_early(url) {
        Some(answer) => {
            let answer = JsFuture::from(answer).await.ok()?;
            Some(answer.unchecked_into::<web_sys::Response>().into())
        }
        None => request.send().await.ok(),
    }
}

impl Run {
    fn goes_on(&self) -> bool {
        self.session.goes_on(self.epoch, self.source, self.run)
    }

    fn update(&self, change: impl FnOnce(&mut crate::worker::session::Source)) {
        if self.goes_on() {
            self.session.update(self.epoch, self.source, change);
        }
    }

    async fn all(&self, plan: Plan) -> Result<(), Ended> {
        let listed = match plan {
            Plan::Urls(urls) => urls
                .into_iter()
                .map(|(url, name)| Listed {
                    url,
                    name,
                    region: self.region.clone(),
                    stated: None,
                })
                .collect(),
            Plan::Manifest { url, name } => self.listed_in(&url, &name).await?,
            Plan::File { .. } => return Ok(()),
        };
        self.update(|source| {
            source.state.files = listed.len() as u32;
            source.tries.resize(listed.len(), Try::default());
        });
        self.state_all(&listed, Standing::NotYet);
        // One file that fails leaves the others of its source whole; the first failure is the one that is said.
        let (mut first_failure, mut n_failed) = (None, 0);
        for (at, file) in listed.iter().enumerate() {
            let is_done = self
                .session
                .sources
                .borrow()
                .get(self.source)
                .is_some_and(|source| source.tries.get(at).is_some_and(|file| file.is_done));
            if is_done {
                continue;
            }
            match self.file(at, file).await {
                Ok(()) => {}
                Err(Ended::Void) => return Err(Ended::Void),
                Err(Ended::Failed(failure)) => {
                    n_failed += 1;
                    first_failure.get_or_insert((failure, &file.name));
                }
            }
        }
        match first_failure {
            None => Ok(()),
            Some((failure, name)) if listed.len() > 1 => {
                Err(Ended::Failed(failure.of_file(name, n_failed - 1)))
            }
            Some((failure, _)) => Err(Ended::Failed(failure)),
        }
    }

    async fn listed_in(&self, url: &str, name: &str) -> Result<Vec<Listed>, Ended> {
        let answer = self.ask(url).await?;
        let text = answer.text().await.map_err(|_| self.broken())?;
        let manifest = Manifest::parse(name, &text, self.region.as_deref()).map_err(|error| {
            Ended::Failed(Failure {
                status: None,
                what: format!("has a manifest that can't be used: {error}"),
                todo: "Mend the manifest, then retry.".into(),
            })
        })?;
        let listed: Vec<Listed> = manifest
            .files
            .into_iter()
            .map(|file| Listed {
                url: outside::resolve(&file.url, url).unwrap_or_else(|| file.url.clone()),
                name: beside(name, &file.url),
                region: file.region.clone(),
                stated: Some(file),
            })
            .collect();
        match listed.iter().find(|file| !self.may_ask(&file.url)) {
            None => Ok(listed),
            Some(file) => Err(Ended::Failed(Failure {
                status: None,
                what: format!(
                    "has a manifest that names a file on another server, which config.json does not name: {}",
                    file.url
                ),
                todo: "Name that server's files in config.json if they belong to it.".into(),
            })),
        }
    }

    /// The page's own server, and those that `config.json` names by themselves.
    fn may_ask(&self, url: &str) -> bool {
        let Some(origin) = outside::origin(url) else {
            return false;
        };
        let is_of = |other: &str| outside::origin(other).as_deref() == Some(&origin);
        is_of(&outside::base())
            || self
                .session
                .sources
                .borrow()
                .iter()
                .any(|source| match &source.plan {
                    Plan::Urls(urls) => urls.iter().any(|(url, _)| is_of(url)),
                    Plan::Manifest { url, .. } => is_of(url),
                    Plan::File { .. } => false,
                })
    }

    /// Asks until there is an answer to read or no more sense in asking.
    async fn ask(&self, url: &str) -> Result<Response, Ended> {
        let mut tries = 0;
        loop {
            tries += 1;
            let request = Request::get(url).abort_signal(self.signal.as_ref());
            let sent = send(url, request).await;
            if !self.goes_on() {
                return Err(Ended::Void);
            }
            let (heard, answer) = match sent {
                Some(answer) => (heard(&answer), Some(answer)),
                None => (Heard::Nothing, None),
            };
            match (files::judge(&heard, tries), answer) {
                (Verdict::Read, Some(answer)) => {
                    self.update(|source| source.state.stage = Stage::Loading);
                    return Ok(answer);
                }
                (Verdict::Read, None) => return Err(self.broken()),
                (Verdict::Fail(failure), _) => return Err(Ended::Failed(failure)),
                (Verdict::Again { in_secs, reason }, _) => {
                    self.wait(tries, in_secs, &reason).await?
                }
            }
        }
    }

    async fn wait(&self, tries: u32, in_secs: u32, reason: &str) -> Result<(), Ended> {
        for left in (1..=in_secs).rev() {
            self.update(|source| {
                source.state.stage = Stage::Retrying {
                    attempt: tries + 1,
                    in_secs: left,
                    reason: reason.to_owned(),
                };
            });
            outside::sleep(1_000).await;
            if !self.goes_on() {
                return Err(Ended::Void);
            }
        }
        Ok(())
    }
}

/// A file of a manifest as it is shown: with the manifest's folder, since two may list files of one name.
fn beside(manifest: &str, url: &str) -> String {
    match manifest.rsplit_once('/') {
        Some((folder, _)) if !url.contains("//") && !url.starts_with(['/', '.']) => {
            format!("{folder}/{url}")
        }
        _ => url.to_owned(),
    }
}

fn heard(answer: &Response) -> Heard {
    let headers = answer.headers();
    Heard::Answer {
        status: answer.status(),
        content_type: headers.get("content-type"),
        retry_after_secs: headers
            .get("retry-after")
            .and_then(|text| text.trim().parse().ok()),
    }
}
