//! Views to take away: as SVG, as PNG, on paper. Asks for what is not on screen, saves, and says what was saved; what
//! stands in a picture is the library's ([`lifeline::screen::report`]).

mod menu;
mod print;

pub use menu::PictureMenu;
pub use print::address_of;
pub use print::image;
pub use print::print;

use leptos::prelude::*;
use lifeline::chart::paper::Picture;
use lifeline::chart::paper::bitmap_scale;
use lifeline::chart::svg::Colours;
use lifeline::chart::svg::svg;
use lifeline::protocol::Answer;
use lifeline::protocol::Question;
use lifeline::screen::report::About;
use lifeline::screen::words;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::outside;
use crate::paint::bitmap;
use crate::session::words_of;
use crate::state::App;

/// How a view is taken away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    Svg,
    Png,
    Print,
}

impl Choice {
    pub fn extension(self) -> &'static str {
        match self {
            Choice::Svg => "svg",
            Choice::Png | Choice::Print => "png",
        }
    }
}

/// Asks one question after the other, and what the whole says of itself before them. Says so where one has no answer.
pub fn gather(app: App, questions: Vec<Question>, then: impl FnOnce(About, Vec<Answer>) + 'static) {
    app.say("Preparing what is taken away.");
    app.ask(Question::Sources, move |(_, result)| {
        let sources = match result {
            Ok(Answer::Sources(sources)) => sources,
            Ok(_) => Vec::new(),
            Err(error) => return refuse(app, &words_of(&error)),
        };
        let about = untrack(|| {
            let totals = app.totals.get();
            let asked = sources.iter().filter_map(|source| source.asked_at).max();
            About {
                deployment: app
                    .configured
                    .with(|configured| configured.as_ref()?.title.clone()),
                is_demo: app.is_demo(),
                as_of: asked.or(totals.last),
                clock: app.clock(),
                n_held: totals.events,
                n_rejected: totals.rejected,
            }
        });
        let then = Box::new(move |answers| then(about, answers));
        ask_each(app, questions.into_iter(), Vec::new(), then);
    });
}

fn ask_each(
    app: App,
    mut questions: std::vec::IntoIter<Question>,
    mut answers: Vec<Answer>,
    then: Box<dyn FnOnce(Vec<Answer>)>,
) {
    let Some(question) = questions.next() else {
        return then(answers);
    };
    app.ask(question, move |(_, result)| match result {
        Ok(answer) => {
            answers.push(answer);
            ask_each(app, questions, answers, then);
        }
        Err(error) => refuse(app, &words_of(&error)),
    });
}

fn refuse(app: App, why: &str) {
    app.say(format!("The picture could not be made: {why}"));
}

/// Saves a picture and says under which name, and how large it is.
pub fn save(app: App, choice: Choice, picture: &Picture, name: String) {
    match choice {
        Choice::Png => save_png(app, picture, name),
        Choice::Svg | Choice::Print => {
            let text = svg(picture, &Colours::light());
            match outside::save_file(&name, "image/svg+xml;charset=utf-8", &text) {
                Ok(()) => app.say(format!("{name} is ready.")),
                Err(_) => refused_to_save(app),
            }
        }
    }
}

fn save_png(app: App, picture: &Picture, name: String) {
    let scale = bitmap_scale(picture.width, picture.height);
    let Some(canvas) = bitmap(picture, &Colours::light(), scale) else {
        return refuse(app, "the browser has no room for it.");
    };
    let size = format!(
        "{} by {} pixels",
        words::count(canvas.width().into()),
        words::count(canvas.height().into())
    );
    let on_blob = Closure::once_into_js(move |blob: wasm_bindgen::JsValue| {
        // Null where the canvas was too large after all.
        let saved = match blob.dyn_ref::<web_sys::Blob>() {
            Some(blob) => outside::save_blob(&name, blob),
            None => return refuse(app, "the browser has no room for it."),
        };
        match saved {
            Ok(()) => app.say(format!("{name} is ready, {size}.")),
            Err(_) => refused_to_save(app),
        }
    });
    if canvas.to_blob(on_blob.unchecked_ref()).is_err() {
        refused_to_save(app);
    }
}

fn refused_to_save(app: App) {
    app.say("The browser did not let this page save a file.");
}
