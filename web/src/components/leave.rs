use super::{Button, Dialog, Kind};
use crate::messages::t;
use crate::router::Router;
use leptos::prelude::*;

/// Asks before a page with unsaved changes is left.
#[component]
pub fn LeaveQuestion() -> impl IntoView {
    let words = &t().again;
    let router = Router::here();
    let open = RwSignal::new(false);
    let wanted = router.held_back();
    Effect::new(move |_| {
        let asked = wanted.with(Option::is_some);
        if open.get_untracked() != asked {
            open.set(asked);
        }
    });
    // Closing the dialog in any way means to stay.
    Effect::new(move |_| {
        if !open.get() && wanted.with_untracked(Option::is_some) {
            wanted.set(None);
        }
    });
    let stay = Callback::new(move |()| open.set(false));
    let go = Callback::new(move |()| router.leave_anyway());
    view! {
        <Dialog id="leave" title=Signal::derive(|| t().again.unsaved_title.to_owned()) open=open>
            <p>{words.unsaved_text}</p>
            <div class="actions">
                <Button kind=Kind::Primary on_press=stay>{words.stay}</Button>
                <Button kind=Kind::Danger on_press=go>{words.discard}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}
