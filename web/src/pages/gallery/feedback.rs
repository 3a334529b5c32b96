use super::{item, section};
use crate::api::ApiError;
use crate::components::{
    Button, Dialog, Drawer, Empty, Kind, Toasts, failure, skeleton_lines, skeleton_rows,
};
use crate::messages::gallery_words as words;
use leptos::prelude::*;

fn said() -> AnyView {
    let (toasts, open, beside) = (Toasts::here(), RwSignal::new(false), RwSignal::new(false));
    let say = Callback::new(move |()| toasts.say(words().saved));
    let offer = Callback::new(move |()| {
        toasts.offer(words().moved, words().undo, move || toasts.say(words().taken_back))
    });
    let warn = Callback::new(move |()| toasts.warn(words().refused));
    view! {
        <div class="actions">
            <Button on_press=say>{words().note}</Button>
            <Button on_press=warn>{words().refusal}</Button>
            <Button on_press=offer>{words().note_with_undo}</Button>
            <Button on_press=Callback::new(move |()| open.set(true))>{words().dialog}</Button>
            <Button on_press=Callback::new(move |()| beside.set(true))>{words().drawer}</Button>
        </div>
        <Dialog id="gallery-dialog" title=words().cancel_question open=open>
            <p>{words().cancel_text}</p>
            <div class="actions">
                <Button kind=Kind::Danger on_press=Callback::new(move |()| open.set(false))>{words().cancel_it}</Button>
                <Button on_press=Callback::new(move |()| open.set(false))>{words().keep_it}</Button>
            </div>
        </Dialog>
        {move || beside.get().then(|| view! {
            <Drawer id="gallery-drawer" title="Amira Haddad" on_close=Callback::new(move |()| beside.set(false))>
                <p class="done-when"><span>{words().tuesday}</span><b>"10:00–11:00"</b></p>
                <div class="actions"><Button>{words().change_time}</Button><Button kind=Kind::Danger>{words().cancel}</Button></div>
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
        words().feedback,
        view! {
            {item(words().toast_dialog_drawer, said())}
            {item(words().notices, view! {
                <p class="notice">{words().awaits}</p>
                <p class="notice good">{words().on_its_way}</p>
                <div class="form-message"><p>{words().just_taken}</p><p class="request-id">{words().request}</p></div>
            }.into_any())}
            {item(words().empty, view! { <Empty title=words().no_services text=words().no_services_text><Button kind=Kind::Primary>{words().add_service}</Button></Empty> }.into_any())}
            {item(words().failed, failed(ApiError::Unreachable))}
            {item(words().offline, failed(ApiError::Offline))}
            {item(words().loading_rows, skeleton_rows(3))}
            {item(words().loading_lines, skeleton_lines(5))}
        }
        .into_any(),
    )
}
