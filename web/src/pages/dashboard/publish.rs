use super::frame::Own;
use super::share::Share;
use crate::components::{Button, FormMessage, Icon, Kind, Toasts};
use crate::form::Form;
use crate::messages::t;
use leptos::prelude::*;

/// Whether customers see the page, and the switch.
#[component]
pub fn Publish(own: Own, version: RwSignal<i32>) -> impl IntoView {
    let text = &t().dashboard;
    let (form, toasts) = (Form::new(), Toasts::here());
    let Own { api, provider, remote } = own;
    let (id, shown) = (provider.id, provider.published);
    let switch = Callback::new(move |()| {
        form.send(api.publish(id, version.get_untracked(), !shown), move |provider| {
            toasts.say(if provider.published { text.now_published } else { text.now_hidden });
            remote.set(provider);
        });
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
    let (state, words) =
        if shown { (text.published, text.published_text) } else { (text.hidden, text.hidden_text) };
    let class = if shown { "badge confirmed" } else { "badge pending" };
    let sign = if shown { Icon::Check } else { Icon::Clock };
    let (kind, action) = if shown { (Kind::Plain, text.unpublish) } else { (Kind::Primary, text.publish) };
    view! {
        <section class="card publish">
            <div>
                <p class=class>{sign.draw()}{state}</p>
                <p class="muted">{words}</p>
            </div>
            <div class="actions">
                <a class="button" href=format!("/dashboard/{id}/preview")>{t().share.preview}</a>
                <Share api=api provider=provider />
                <Button kind=kind busy=form.busy() on_press=switch>{action}</Button>
            </div>
            <FormMessage form=form />
        </section>
    }
    .into_any()
}
