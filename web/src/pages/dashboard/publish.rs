use super::frame::Own;
use super::share::Share;
use crate::components::{Button, FormMessage, Icon, Kind, Toasts};
use crate::form::Form;
use crate::messages::{share_words, t};
use contract::providers::Provider;
use leptos::prelude::*;

/// Whether customers see the page, and the switch.
#[component]
pub fn Publish(own: Own, version: RwSignal<i32>) -> impl IntoView {
    let text = &t().dashboard;
    let (form, toasts) = (Form::new(), Toasts::here());
    let Own { api, provider, remote } = own;
    // Kept here: the page's forms begin anew with another provider, and must not lose what is typed.
    let (id, shown) = (provider.id, RwSignal::new(provider.published));
    let switch = Callback::new(move |()| {
        form.send_or(
            api.publish(id, version.get_untracked(), !shown.get_untracked()),
            move |provider| {
                toasts.say(if provider.published { text.now_published } else { text.now_hidden });
                version.set(provider.version);
                shown.set(provider.published);
                remote.note(provider);
            },
            move |error| form.renew(error, version, api.provider_version(id)),
        );
    });
    if provider.suspension.is_some() {
        let href = format!("/p/{}", provider.slug);
        return view! {
            <section class="card publish">
                <div>
                    <p class="badge no-show">{Icon::Alert.draw()}{text.suspended}</p>
                    <p class="muted">{text.suspended_text}</p>
                </div>
                <a class="button quiet" href=href>{text.public_page}</a>
            </section>
        }
        .into_any();
    }
    let state = move || {
        let (class, sign, state, words) = if shown.get() {
            ("badge confirmed", Icon::Check, text.published, text.published_text)
        } else {
            ("badge pending", Icon::Clock, text.hidden, text.hidden_text)
        };
        view! { <p class=class>{sign.draw()}{state}</p><p class="muted">{words}</p> }
    };
    let action = move || {
        let (kind, action) =
            if shown.get() { (Kind::Plain, text.unpublish) } else { (Kind::Primary, text.publish) };
        view! { <Button kind=kind busy=form.busy() on_press=switch>{action}</Button> }
    };
    let share = move || {
        let provider = Provider { published: shown.get(), ..provider.clone() };
        view! { <Share api=api provider=provider /> }
    };
    view! {
        <section class="card publish">
            <div>{state}</div>
            <div class="actions">
                <a class="button" href=format!("/dashboard/{id}/preview")>{share_words().preview}</a>
                {share}
                {action}
            </div>
            <FormMessage form=form />
        </section>
    }
    .into_any()
}
