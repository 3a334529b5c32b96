use super::{item, section};
use crate::components::{
    Avatar, Chart, Column, Columns, Point, Shape, Sort, StatusBadge, StepState, StepView, Stepper, Table,
    Tabs,
};
use crate::format::{Named, money};
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
        Column::new("name", "Client").sortable(),
        Column::new("state", "State"),
        Column::new("visits", "Visits").numeric().sortable(),
        Column::new("paid", "Paid").numeric(),
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
    let nothing = view! { <div class="empty"><h2>"No clients yet"</h2><p>"They appear with their first booking."</p></div> };
    view! {
        <Table caption="Clients" columns=columns sort=sort on_sort=Callback::new(move |to: Sort| kept.set(to.write()))>{rows}</Table>
        <Table caption="Clients, loading" columns=loading.clone() busy=true>{loading.loading(2)}</Table>
        <Table caption="Clients, none" columns=empty.clone()>{empty.whole(nothing.into_any())}</Table>
    }
    .into_any()
}

fn tabs() -> AnyView {
    let chosen = RwSignal::new("coming".to_owned());
    let tab = |code: &str, name: &str| Named { code: code.to_owned(), name: name.to_owned() };
    let tabs = vec![tab("coming", "Coming"), tab("past", "Past"), tab("cancelled", "Cancelled")];
    view! {
        <Tabs id="l-tabs" label="Bookings" tabs=tabs chosen=chosen on_choose=Callback::new(move |code| chosen.set(code))>
            <p>{move || format!("What is {}.", chosen.get())}</p>
        </Tabs>
    }
    .into_any()
}

fn steps() -> Vec<StepView> {
    let step = |name, state, href: Option<&str>| StepView { name, state, href: href.map(str::to_owned) };
    vec![
        step("Profile", StepState::Done, Some("/dev/components")),
        step("Services", StepState::Done, Some("/dev/components")),
        step("Hours", StepState::Now, None),
        step("Publish", StepState::Open, None),
    ]
}

/// What shows several things.
#[component]
pub fn Lists() -> impl IntoView {
    let weeks = || ["44", "45", "46", "47", "48", "49"].into_iter().zip([12, 18, 9, 22, 17, 4]);
    let points: Vec<Point> = weeks().map(|(week, value)| Point::new(format!("W{week}"), value)).collect();
    let portrait = "/favicon.svg";
    section(
        "Lists",
        view! {
            {item("Tabs", tabs())}
            {item("Stepper", view! { <Stepper label="A way" steps=steps() /> }.into_any())}
            {item("Badge", view! { <div class="actions">{STATES.map(|status| view! { <StatusBadge status=status /> })}</div> }.into_any())}
            {item("Avatar", view! { <div class="actions"><Avatar url=portrait /><Avatar url=portrait large=true /></div> }.into_any())}
            {item("Chart: bars", view! { <Chart title="Bookings per week" summary="82 in six weeks" points=points.clone() /> }.into_any())}
            {item("Chart: line", view! { <Chart title="Bookings per week" points=points shape=Shape::Line /> }.into_any())}
            <div class="gallery-item wide"><h3>"Table"</h3>{table()}</div>
        }
        .into_any(),
    )
}
