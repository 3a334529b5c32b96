use super::{Button, Icon, Kind};
use crate::format::now;
use crate::messages::t;
use crate::{browser, ics};
use contract::bookings::Booking;
use leptos::prelude::*;

/// Hands the person the booking as a file that their calendar opens.
#[component]
pub fn SaveToCalendar(
    booking: Booking,
    /// The path at which it is managed.
    #[prop(into)]
    link: String,
    #[prop(optional)] primary: bool,
) -> impl IntoView {
    let save = Callback::new(move |()| {
        let link = format!("{}{link}", browser::origin());
        let file = ics::entry(&booking, &ics::place_in_words(&booking), &browser::host(), &link, now());
        browser::download("appointment.ics", "text/calendar", &file);
    });
    let kind = if primary { Kind::Primary } else { Kind::Plain };
    view! { <Button kind=kind on_press=save>{Icon::Calendar.draw()}{t().booking.add_to_calendar}</Button> }
        .into_any()
}

/// The same for those whose calendar is a page.
#[component]
pub fn CalendarLinks(booking: Booking) -> impl IntoView {
    let words = &t().calendar;
    let place = ics::place_in_words(&booking);
    let links =
        [(words.google, ics::google(&booking, &place)), (words.outlook, ics::outlook(&booking, &place))];
    let links =
        links.map(|(name, href)| view! { <a href=href target="_blank" rel="noopener noreferrer">{name}</a> });
    view! { <p class="calendar-links"><span class="muted">{words.or_in}</span>{links}</p> }.into_any()
}
