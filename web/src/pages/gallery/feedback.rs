use super::{item, section};
use crate::api::ApiError;
use crate::components::{
    Button, Dialog, Drawer, Empty, Kind, Toasts, failure, skeleton_lines, skeleton_rows,
};
use leptos::prelude::*;

fn said() -> AnyView {
    let (toasts, open, beside) = (Toasts::here(), RwSignal::new(false), RwSignal::new(false));
    let say = Callback::new(move |()| toasts.say("Saved."));
    let offer = Callback::new(move |()| {
        toasts.offer("Moved to Tue 3 March, 10:00.", "Undo", move || toasts.say("Taken back."))
    });
    let warn = Callback::new(move |()| toasts.warn("It stays where it was. That time was just taken."));
    view! {
        <div class="actions">
            <Button on_press=say>"A note"</Button>
            <Button on_press=warn>"A refusal"</Button>
            <Button on_press=offer>"A note with undo"</Button>
            <Button on_press=Callback::new(move |()| open.set(true))>"A dialog"</Button>
            <Button on_press=Callback::new(move |()| beside.set(true))>"A drawer"</Button>
        </div>
        <Dialog id="gallery-dialog" title="Cancel this booking?" open=open>
            <p>"Tue 3 March, 10:00–11:00. Whoever waits for that time is told."</p>
            <div class="actions">
                <Button kind=Kind::Danger on_press=Callback::new(move |()| open.set(false))>"Cancel it"</Button>
                <Button on_press=Callback::new(move |()| open.set(false))>"Keep it"</Button>
            </div>
        </Dialog>
        {move || beside.get().then(|| view! {
            <Drawer id="gallery-drawer" title="Amira Haddad" on_close=Callback::new(move |()| beside.set(false))>
                <p class="done-when"><span>"Tuesday 3 March"</span><b>"10:00–11:00"</b></p>
                <div class="actions"><Button>"Change time"</Button><Button kind=Kind::Danger>"Cancel"</Button></div>
            </Drawer>
        })}
    }
    .into_any()
}

/// What answers, waits, or has nothing to show.
#[component]
pub fn Feedback() -> impl IntoView {
    let retry = Callback::new(|()| ());
    // A failure looks whether the page has a heading, which is not there before all is.
    let here = RwSignal::new(false);
    Effect::new(move |_| here.set(true));
    let failed =
        move |error: ApiError| (move || here.get().then(|| failure(error.clone(), Some(retry)))).into_any();
    section(
        "Feedback",
        view! {
            {item("Toast, dialog and drawer", said())}
            {item("Notices", view! {
                <p class="notice">"Awaits an answer until Mon 2 March, 10:00."</p>
                <p class="notice good">"The link is on its way."</p>
                <div class="form-message"><p>"That time was just taken."</p><p class="request-id">"Request 7c9c3b54"</p></div>
            }.into_any())}
            {item("Empty", view! { <Empty title="No services yet" text="Add what you offer, how long it takes and what it costs."><Button kind=Kind::Primary>"Add a service"</Button></Empty> }.into_any())}
            {item("Failed", failed(ApiError::Unreachable))}
            {item("Offline", failed(ApiError::Offline))}
            {item("Loading rows", skeleton_rows(3))}
            {item("Loading lines", skeleton_lines(5))}
        }
        .into_any(),
    )
}
