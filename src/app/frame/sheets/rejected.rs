//! The records that could not be read, each with its place and reason.

use leptos::prelude::*;
use lifeline::protocol::Answer;
use lifeline::protocol::Question;
use lifeline::protocol::Rejection;
use lifeline::screen::words;

use crate::dom::Node;
use crate::dom::view;
use crate::session::use_answer;
use crate::signals::RwSignal;
use crate::state::use_app;
use crate::widgets::button::Button;
use crate::widgets::button::Look;
use crate::widgets::sheet::SheetFrame;

const PAGE: u32 = 100;

#[component(transparent)]
pub fn RejectedSheet() -> Node {
    let app = use_app();
    let first = RwSignal::new(0_u32);
    let page = use_answer(
        move || {
            Some(Question::Rejections {
                first: first.get(),
                count: PAGE,
            })
        },
        |answer| match answer {
            Answer::Rejections { total, rejections } => Some((total, rejections)),
            _ => None,
        },
    );
    let total = move || page.with(|(total, _)| *total).unwrap_or(0);
    let lead = move || {
        format!(
            "{} could not be read. The other {} are shown.",
            words::counted(u64::from(total()), "record", "records"),
            words::count(app.totals.with(|totals| totals.events)),
        )
    };
    let rows = move || page.with(|(_, rejections)| rejections.iter().map(row).collect::<Node>());
    let shown = move || {
        let to = (first.get() + PAGE).min(total());
        format!(
            "{} to {}",
            words::count(u64::from(first.get() + 1)),
            words::count(u64::from(to))
        )
    };
    view! {
        <SheetFrame title="Rejected records" on_close=move || app.sheet.set(None)>
            <div class="sheet-main">
                <p class="sheet-lead">{lead}</p>
                <div class="sheet-scroll">
                    <table class="sheet-table">
                        <thead><tr>
                            <th scope="col">"File"</th>
                            <th scope="col" class="is-number">"Line"</th>
                            <th scope="col" class="is-number">"Byte"</th>
                            <th scope="col">"Reason"</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {move || (total() > PAGE).then(|| view! {
                    <div class="sheet-acts">
                        <Button look=Look::Small on_click=move |_| first.update(|first| *first = first.saturating_sub(PAGE))>"Before"</Button>
                        <span class="quiet">{shown}</span>
                        <Button look=Look::Small on_click=move |_| first.update(|first| if *first + PAGE < total() { *first += PAGE })>"After"</Button>
                    </div>
                })}
            </div>
        </SheetFrame>
    }
}

fn row(rejection: &Rejection) -> Node {
    view! {
        <tr>
            <th scope="row">{rejection.file.clone()}</th>
            <td class="is-number">{words::count(rejection.line)}</td>
            <td class="is-number">{words::count(rejection.byte)}</td>
            <td class="reason">{rejection.reason.clone()}</td>
        </tr>
    }
}
