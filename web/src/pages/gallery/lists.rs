use super::{item, section};
use crate::components::{
    Avatar, Chart, Column, Columns, Point, Shape, Sort, StatusBadge, StepState, StepView, Stepper, Table,
    Tabs,
};
use crate::format::{Named, money};
use crate::messages::gallery_words as words;
use contract::bookings::BookingStatus;
use leptos::prelude::*;

const STATES: [BookingStatus; 5] = [
    BookingStatus::Pending,
    BookingStatus::Confirmed,
    BookingStatus::Completed,
    BookingStatus::NoShow,
    BookingStatus::Cancelled,
];
const PEOPLE: [&str; 5] = ["Amira Haddad", "Bo Lindqvist", "Chiara Conti", "Dev Patel", "Ewa Nowak"];

fn table() -> AnyView {
    // As an address would keep it.
    let kept = RwSignal::new("name".to_owned());
    let sort = Signal::derive(move || kept.with(|kept| Sort::read(kept)));
    let columns = Columns::new(vec![
        Column::new("name", words().client).sortable(),
        Column::new("state", words().state),
        Column::new("visits", words().visits).numeric().sortable(),
        Column::new("paid", words().paid).numeric(),
    ]);
    let rows = {
        let columns = columns.clone();
        move || {
            let mut order: Vec<usize> = (0..PEOPLE.len()).collect();
            sort.with(|sort| {
                if sort.key == "visits" {
                    order.sort_by_key(|at| at * 37 % 11);
                }
                if sort.descending {
                    order.reverse();
                }
            });
            let row = |at: usize| {
                columns.row(vec![
                    view! { <a href="/dev/components">{PEOPLE[at]}</a> }.into_any(),
                    view! { <StatusBadge status=STATES[at] /> }.into_any(),
                    (at * 37 % 11).into_any(),
                    money((at as i64 * 37 % 11) * 4500, "EUR").into_any(),
                ])
            };
            order.into_iter().map(row).collect_view()
        }
    };
    let (loading, empty) = (columns.clone(), columns.clone());
    let nothing =
        view! { <div class="empty"><h2>{words().no_clients}</h2><p>{words().no_clients_text}</p></div> };
    view! {
        <Table caption=words().clients columns=columns sort=sort on_sort=Callback::new(move |to: Sort| kept.set(to.write()))>{rows}</Table>
        <Table caption=words().clients_loading columns=loading.clone() busy=true>{loading.loading(2)}</Table>
        <Table caption=words().clients_none columns=empty.clone()>{empty.whole(nothing.into_any())}</Table>
    }
    .into_any()
}

fn tabs() -> AnyView {
    let chosen = RwSignal::new("coming".to_owned());
    let names = [("coming", words().coming), ("past", words().past), ("cancelled", words().cancelled)];
    let tabs = names.map(|(code, name)| Named { code: code.to_owned(), name: name.to_owned() });
    let name = move || {
        let found = names.into_iter().find(|(code, _)| chosen.with(|chosen| chosen == code));
        found.map(|(_, name)| name).unwrap_or_default()
    };
    view! {
        <Tabs id="l-tabs" label=words().bookings tabs=tabs.to_vec() chosen=chosen on_choose=Callback::new(move |code| chosen.set(code))>
            <p>{move || (words().what_is)(name())}</p>
        </Tabs>
    }
    .into_any()
}

fn steps() -> Vec<StepView> {
    let step = |name, state, href: Option<&str>| StepView { name, state, href: href.map(str::to_owned) };
    vec![
        step(words().profile, StepState::Done, Some("/dev/components")),
        step(words().services, StepState::Done, Some("/dev/components")),
        step(words().hours, StepState::Now, None),
        step(words().publish, StepState::Open, None),
    ]
}

/// What shows several things.
#[component]
pub fn Lists() -> impl IntoView {
    let weeks = || ["44", "45", "46", "47", "48", "49"].into_iter().zip([12, 18, 9, 22, 17, 4]);
    let points: Vec<Point> =
        weeks().map(|(week, value)| Point::new((words().week_number)(week), value)).collect();
    let portrait = "/favicon.svg";
    section(
        words().lists,
        view! {
            {item(words().tabs, tabs())}
            {item(words().stepper, view! { <Stepper label=words().a_way steps=steps() /> }.into_any())}
            {item(words().badge, view! { <div class="actions">{STATES.map(|status| view! { <StatusBadge status=status /> })}</div> }.into_any())}
            {item(words().avatar, view! { <div class="actions"><Avatar url=portrait /><Avatar url=portrait large=true /></div> }.into_any())}
            {item(words().chart_bars, view! { <Chart title=words().per_week summary=words().in_six_weeks points=points.clone() /> }.into_any())}
            {item(words().chart_line, view! { <Chart title=words().per_week points=points shape=Shape::Line /> }.into_any())}
            <div class="gallery-item wide"><h3>{words().table}</h3>{table()}</div>
        }
        .into_any(),
    )
}
