//! The fields of an event by section, each with what filters for it and out.

use leptos::prelude::*;
use lifeline::protocol::FieldView;
use lifeline::protocol::Section;

use crate::dom::Node;
use crate::dom::view;
use crate::state::Hot;
use crate::state::use_app;
use crate::widgets::button::IconButton;
use crate::widgets::icon::Glyph;
use crate::widgets::icon::Icon;

#[component(transparent)]
pub fn Fields(sections: Vec<Section>) -> Node {
    sections
        .into_iter()
        .filter(|section| !section.fields.is_empty())
        .map(|section| view! { <FieldSection section/> })
        .collect::<Node>()
}

#[component(transparent)]
fn FieldSection(section: Section) -> Node {
    let glyph = match section.title.as_str() {
        "Who" => Glyph::Person,
        "What" => Glyph::Target,
        _ => Glyph::Globe,
    };
    let fields = section
        .fields
        .into_iter()
        .map(|field| view! { <Field field/> })
        .collect::<Node>();
    view! {
        <section class="detail-section">
            <h3 class="detail-section-head"><Icon glyph row=true/>{section.title}</h3>
            <dl class="fields">{fields}</dl>
        </section>
    }
}

#[component(transparent)]
fn Field(field: FieldView) -> Node {
    let app = use_app();
    let clause = field.clause.clone();
    let hot = clause.clone().map(Hot::Clause);
    let hot_again = hot.clone();
    let noun = field.label.to_ascii_lowercase();
    let acts = clause.map(|clause| {
        let without = clause.clone();
        view! {
            <IconButton glyph=Glyph::Plus row=true name=format!("Filter for this {noun}") key="f"
                on_click=move |_| app.filter_for(&clause)/>
            <IconButton glyph=Glyph::Minus row=true name=format!("Filter out this {noun}") key="x"
                on_click=move |_| app.filter_out(&without)/>
        }
    });
    let has_note = !field.note.is_empty();
    let title = if has_note {
        format!("{} {}", field.value, field.note)
    } else {
        field.value.clone()
    };
    view! {
        <div class="field-row"
            on:mouseenter=move |_| app.hot.set_value(hot.clone())
            on:mouseleave=move |_| app.hot.set_value(None)
            on:focusin=move |_| app.hot.set_value(hot_again.clone())>
            <dt title=field.cadf>{field.label}</dt>
            <dd class="cut" class:mono=field.is_mono class:is-failure=field.is_failure title=title>
                {field.value}
                {has_note.then(|| view! { <span class="field-note">{field.note}</span> })}
            </dd>
            <dd class="field-acts">{acts}</dd>
        </div>
    }
}
