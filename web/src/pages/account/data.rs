use crate::api::{ApiError, AuthorizedApi};
use crate::browser;
use crate::components::{Button, Dialog, FormMessage, Kind, PasswordField, Toasts};
use crate::form::Form;
use crate::format::{browser_zone, iso, today};
use crate::messages::{account_words, privacy_words, t};
use crate::nav::Go;
use crate::router::Router;
use crate::session::Session;
use contract::privacy::DeleteAccount;
use contract::problem::Code;
use leptos::prelude::*;

/// What is held on the person: to take along, and to be gone.
#[component]
pub fn Data(api: AuthorizedApi) -> impl IntoView {
    let words = privacy_words();
    let (form, deleting) = (Form::new(), RwSignal::new(false));
    let download = Callback::new(move |()| {
        form.send(api.export(), move |text| {
            let name = format!("appointed-{}-{}.json", words.file, iso(today(&browser_zone())));
            browser::download(&name, "application/json", &text);
        });
    });
    view! {
        <section class="card">
            <h2>{words.data}</h2>
            <p class="muted">{words.data_text}</p>
            <FormMessage form=form />
            <div class="actions"><Button busy=form.busy() on_press=download>{words.download}</Button></div>
        </section>
        <section class="card">
            <h2>{words.delete}</h2>
            <p class="muted">{words.delete_text}</p>
            <div class="actions"><Button kind=Kind::Danger on_press=Callback::new(move |()| deleting.set(true))>{words.delete}</Button></div>
            <Dialog id="delete-account" title=Signal::derive(|| privacy_words().delete_title.to_owned()) open=deleting>
                <Delete api=api open=deleting />
            </Dialog>
        </section>
    }
    .into_any()
}

#[component]
fn Delete(api: AuthorizedApi, open: RwSignal<bool>) -> impl IntoView {
    let words = privacy_words();
    let (form, session, go, toasts) = (Form::new(), Session::here(), Go::here(), Toasts::here());
    let router = Router::here();
    form.claim("/providers/");
    let password = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        wrong.set(false);
        if form.require(&[("/password", password)]) {
            let body = DeleteAccount { password: password.get_untracked() };
            let gone = move |()| {
                session.forget();
                toasts.say(words.deleted);
                go.replace("/");
                // What is typed belongs to nobody any more, so nobody is asked about it.
                router.leave_anyway();
            };
            form.send_or(api.delete_account(body), gone, move |error| form.fail(error));
        }
    };
    let points = words.delete_points.map(|point| view! { <li>{point}</li> });
    let pages = move || form.failure().get().as_ref().map(|error| pages(error, session)).unwrap_or_default();
    view! {
        <form novalidate=true class="form" on:submit=submit>
            <ul class="points">{points.collect_view()}</ul>
            <PasswordField id="delete-password" label=account_words().current_password value=password autocomplete="current-password" error=form.at("/password") />
            <FormMessage form=form />
            <ul class="plain">{move || pages().into_iter().map(|(sentence, link, href)| view! {
                <li><p>{sentence}</p><p><a href=href>{link}</a></p></li>
            }).collect_view()}</ul>
            <div class="actions">
                <Button kind=Kind::Danger submit=true busy=form.busy()>{words.delete_yes}</Button>
                <Button kind=Kind::Quiet on_press=Callback::new(move |()| open.set(false))>{t().common.cancel}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Which pages still depend on the account: what to do, and the way there.
fn pages(error: &ApiError, session: Session) -> Vec<(String, String, String)> {
    let words = privacy_words();
    let Some(problem) = error.problem().filter(|problem| problem.code == Code::SoleOwner) else {
        return Vec::new();
    };
    let own = untrack(|| session.user()).map(|user| user.providers).unwrap_or_default();
    let page = |fault: &contract::problem::FieldError| {
        let id = fault.pointer.strip_prefix("/providers/")?;
        let page = own.iter().find(|page| page.provider_id.to_string() == id)?;
        let (sentence, below) = match fault.code.as_str() {
            "published" => ((words.still_published)(&page.name), "/profile"),
            _ => ((words.still_booked)(&page.name), ""),
        };
        Some((sentence, (words.open_page)(&page.name), format!("/dashboard/{id}{below}")))
    };
    problem.errors.iter().filter_map(page).collect()
}
