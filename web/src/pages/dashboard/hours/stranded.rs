use super::state::Book;
use crate::format::when;
use crate::messages::t;
use leptos::prelude::*;

/// Bookings that a change left outside the hours: kept, and for the provider to look at.
#[component]
pub fn Stranded(book: Book) -> impl IntoView {
    let text = &t().hours;
    let list = move || {
        let zone = book.schedule.with(|schedule| schedule.time_zone.clone());
        book.stranded.get().into_iter().map(|booking| {
            let href = format!("/bookings/{}", booking.id);
            let words = format!("{}, {}", booking.client.name, booking.service.name);
            view! { <li><a href=href>{when(booking.start_at, booking.end_at, &zone)}</a> " " {words}</li> }
        }).collect_view()
    };
    view! {
        <div role="status">
            {move || (!book.stranded.with(Vec::is_empty)).then(|| view! {
                <div class="notice stranded">
                    <p><b>{book.stranded.with(|list| (text.stranded)(list.len()))}</b></p>
                    <p>{text.stranded_text}</p>
                    <ul>{list()}</ul>
                </div>
            })}
        </div>
    }
    .into_any()
}
