use super::{item, section};
use crate::components::{
    Button, Check, Choice, Combobox, Field, Icon, Kind, PasswordField, PlaceField, Select, Suggestion,
    ZoneField,
};
use crate::format::{Named, browser_zone};
use leptos::prelude::*;

fn named(pairs: &[(&str, &str)]) -> Vec<Named> {
    pairs.iter().map(|(code, name)| Named { code: (*code).to_owned(), name: (*name).to_owned() }).collect()
}

fn buttons() -> AnyView {
    view! {
        <div class="actions">
            <Button kind=Kind::Primary>"Primary"</Button>
            <Button>"Plain"</Button>
            <Button kind=Kind::Quiet>"Quiet"</Button>
            <Button kind=Kind::Danger>"Danger"</Button>
            <Button>{Icon::Calendar.draw()}"With a sign"</Button>
        </div>
        <div class="actions">
            <Button kind=Kind::Primary disabled=true>"Disabled"</Button>
            <Button kind=Kind::Primary busy=true>"Busy"</Button>
            <Button busy=true>"Busy"</Button>
        </div>
    }
    .into_any()
}

fn fields() -> AnyView {
    let text = |value: &str| RwSignal::new(value.to_owned());
    let wrong = Signal::derive(|| Some("This is not an e-mail address.".to_owned()));
    view! {
        <div class="form">
            <Field id="f-plain" label="Field" value=text("") hint="A hint below it" />
            <Field id="f-optional" label="Optional" value=text("Ada Lovelace") optional=true />
            <Field id="f-wrong" label="With a fault" value=text("ada@") error=wrong />
            <Field id="f-suffix" label="With a unit" value=text("45") suffix="minutes" inputmode="numeric" />
            <Field id="f-rows" label="Several lines" value=text("") rows=3 optional=true />
            <PasswordField id="f-password" label="Password" value=text("calm-lantern") autocomplete="off" />
            <Check id="f-check" label="A box to tick" value=RwSignal::new(true) hint="With a hint" />
        </div>
    }
    .into_any()
}

fn choices() -> AnyView {
    let chosen = RwSignal::new("week".to_owned());
    let select = RwSignal::new("b".to_owned());
    let (city, zone) = (RwSignal::new(String::new()), RwSignal::new(browser_zone()));
    let (tool, found) = (RwSignal::new(String::new()), RwSignal::new(Vec::<Suggestion>::new()));
    let tools = ["Scissors", "Comb", "Scale", "Camera", "Chisel", "Clippers"];
    let search = Callback::new(move |text: String| {
        let text = text.to_lowercase();
        let fits = tools.iter().filter(|tool| !text.is_empty() && tool.to_lowercase().starts_with(&text));
        found.set(
            fits.map(|tool| Suggestion { name: (*tool).to_owned(), detail: "tool".to_owned() }).collect(),
        );
    });
    view! {
        <div class="form">
            <Choice id="c-choice" label="Choice" value=chosen options=named(&[("day", "Day"), ("week", "Week"), ("month", "Month")])
                on_choose=Callback::new(move |code| chosen.set(code)) />
            <Select id="c-select" label="Select" value=select options=Signal::derive(|| named(&[("a", "At the provider’s"), ("b", "Online")])) />
            <Combobox id="c-combobox" label="Combobox" value=tool suggestions=found on_type=search
                on_choose=Callback::new(|_| ()) hint="Try “c”" />
            <PlaceField id="c-place" label="Place" value=city on_choose=Callback::new(|_| ()) placeholder="City" />
            <ZoneField id="c-zone" label="Time zone" value=zone on_choose=Callback::new(move |to| zone.set(to)) />
        </div>
    }
    .into_any()
}

/// What is pressed, typed into and chosen from.
#[component]
pub fn Controls() -> impl IntoView {
    let icons = Icon::ALL.iter().map(|icon| icon.draw()).collect_view();
    section(
        "Controls",
        view! {
            {item("Button", buttons())}
            {item("Field", fields())}
            {item("Choice, select, combobox, place, zone", choices())}
            {item("Icon", view! { <div class="icons">{icons}</div> }.into_any())}
        }
        .into_any(),
    )
}
