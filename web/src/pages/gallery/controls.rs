use super::{item, section};
use crate::components::{
    Button, Check, Choice, Combobox, Field, Icon, Kind, PasswordField, PlaceField, Select, Suggestion,
    ZoneField,
};
use crate::format::{Named, browser_zone};
use crate::messages::gallery_words as words;
use leptos::prelude::*;

fn named(pairs: &[(&str, &str)]) -> Vec<Named> {
    pairs.iter().map(|(code, name)| Named { code: (*code).to_owned(), name: (*name).to_owned() }).collect()
}

fn buttons() -> AnyView {
    view! {
        <div class="actions">
            <Button kind=Kind::Primary>{words().primary}</Button>
            <Button>{words().plain}</Button>
            <Button kind=Kind::Quiet>{words().quiet}</Button>
            <Button kind=Kind::Danger>{words().danger}</Button>
            <Button>{Icon::Calendar.draw()}{words().with_sign}</Button>
        </div>
        <div class="actions">
            <Button kind=Kind::Primary disabled=true>{words().disabled}</Button>
            <Button kind=Kind::Primary busy=true>{words().busy}</Button>
            <Button busy=true>{words().busy}</Button>
        </div>
    }
    .into_any()
}

fn fields() -> AnyView {
    let text = |value: &str| RwSignal::new(value.to_owned());
    let wrong = Signal::derive(|| Some(words().not_an_address.to_owned()));
    view! {
        <div class="form">
            <Field id="f-plain" label=words().field value=text("") hint=words().hint_below />
            <Field id="f-optional" label=words().optional value=text("Ada Lovelace") optional=true />
            <Field id="f-wrong" label=words().with_fault value=text("ada@") error=wrong />
            <Field id="f-suffix" label=words().with_unit value=text("45") suffix=words().minutes inputmode="numeric" />
            <Field id="f-rows" label=words().several_lines value=text("") rows=3 optional=true />
            <PasswordField id="f-password" label=words().password value=text("calm-lantern") autocomplete="off" />
            <Check id="f-check" label=words().box_to_tick value=RwSignal::new(true) hint=words().with_hint />
        </div>
    }
    .into_any()
}

fn choices() -> AnyView {
    let chosen = RwSignal::new("week".to_owned());
    let select = RwSignal::new("b".to_owned());
    let (city, zone) = (RwSignal::new(String::new()), RwSignal::new(browser_zone()));
    let (tool, found) = (RwSignal::new(String::new()), RwSignal::new(Vec::<Suggestion>::new()));
    let tools = words().tools;
    let search = Callback::new(move |text: String| {
        let text = text.to_lowercase();
        let fits = tools.iter().filter(|tool| !text.is_empty() && tool.to_lowercase().starts_with(&text));
        found.set(
            fits.map(|tool| Suggestion { name: (*tool).to_owned(), detail: words().tool.to_owned() })
                .collect(),
        );
    });
    view! {
        <div class="form">
            <Choice id="c-choice" label=words().choice value=chosen options=named(&[("day", words().day), ("week", words().week), ("month", words().month)])
                on_choose=Callback::new(move |code| chosen.set(code)) />
            <Select id="c-select" label=words().select value=select options=Signal::derive(|| named(&[("a", words().at_provider), ("b", words().online)])) />
            <Combobox id="c-combobox" label=words().combobox value=tool suggestions=found on_type=search
                on_choose=Callback::new(|_| ()) hint=words().try_it />
            <PlaceField id="c-place" label=words().place value=city on_choose=Callback::new(|_| ()) placeholder=words().city />
            <ZoneField id="c-zone" label=words().time_zone value=zone on_choose=Callback::new(move |to| zone.set(to)) />
        </div>
    }
    .into_any()
}

/// What is pressed, typed into and chosen from.
#[component]
pub fn Controls() -> impl IntoView {
    let icons = Icon::ALL.iter().map(|icon| icon.draw()).collect_view();
    section(
        words().controls,
        view! {
            {item(words().button, buttons())}
            {item(words().field, fields())}
            {item(words().choices, choices())}
            {item(words().icon, view! { <div class="icons">{icons}</div> }.into_any())}
        }
        .into_any(),
    )
}
