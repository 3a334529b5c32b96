//! The platform's categories.

use super::deed::{Deed, deeds};
use super::frame::frame;
use crate::api::AuthorizedApi;
use crate::categories;
use crate::components::{
    Button, Column, Columns, Dialog, Field, FormMessage, Heading, Icon, Kind, Table, Toasts, failure,
};
use crate::form::Form;
use crate::messages::{admin, t};
use crate::remote::{Load, Remote};
use contract::admin::{AdminCategories, AdminCategory, CreateCategory, PatchCategory};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// `/admin/categories`
#[component]
pub fn Categories() -> impl IntoView {
    frame("/categories", |api| view! { <List api=api /> }.into_any())
}

/// What is being typed: a new category, or new names for one that stands.
#[derive(Clone)]
enum Typing {
    New,
    Names(AdminCategory),
}

fn shown_name(category: &AdminCategory) -> String {
    let known = category.names.get(t().language).or_else(|| category.names.get("en"));
    known.cloned().unwrap_or_else(|| category.slug.clone())
}

#[component]
fn List(api: AuthorizedApi) -> impl IntoView {
    let text = admin();
    let all = Remote::<AdminCategories>::new(move || api.admin_read("/categories".to_owned())).agree();
    let typing = RwSignal::new(None::<Typing>);
    let (form, toasts) = (Form::new(), Toasts::here());
    let changed = Callback::new(move |()| {
        toasts.say(text.done);
        categories::reload();
        all.refresh();
    });
    let columns = Columns::new(vec![
        Column::new("name", text.column_name),
        Column::new("slug", text.slug),
        Column::new("pages", text.pages).numeric(),
        Column::new("state", text.state),
        Column::new("actions", text.actions),
    ]);
    let shown = columns.clone();
    let body = move || match all.get() {
        Load::Loading => shown.loading(12),
        Load::Failed(error) => shown.whole(failure(error, Some(Callback::new(move |()| all.retry())))),
        Load::Ready(list) => {
            let last = list.items.len() as i64;
            let row =
                |category: AdminCategory| shown.row(cells(api, category, last, form, typing, changed, all));
            list.items.into_iter().map(row).collect_view().into_any()
        }
    };
    view! {
        <div class="section-head">
            <Heading text=text.categories title=format!("{} · {}", text.categories, text.name) />
            <Button kind=Kind::Primary on_press=Callback::new(move |()| typing.set(Some(Typing::New)))>
                {Icon::Plus.draw()}{text.add_category}
            </Button>
        </div>
        <FormMessage form=form />
        <Table caption=text.categories columns=columns>{body}</Table>
        {move || typing.get().map(|what| view! { <Names api=api what=what typing=typing changed=changed /> })}
    }
    .into_any()
}

fn cells(
    api: AuthorizedApi,
    category: AdminCategory,
    last: i64,
    form: Form,
    typing: RwSignal<Option<Typing>>,
    changed: Callback<()>,
    all: Remote<AdminCategories>,
) -> Vec<AnyView> {
    let text = admin();
    let name = shown_name(&category);
    let (slug, version, position) = (category.slug.clone(), category.version, category.position);
    let move_to = move |to: i64| {
        let slug = slug.clone();
        Callback::new(move |()| {
            let body = PatchCategory { position: u32::try_from(to).ok(), names: None };
            form.send(api.patch_category(slug.clone(), version, body), move |_| changed.run(()));
        })
    };
    let state = if category.retired {
        view! { <span class="badge cancelled">{Icon::Cross.draw()}{text.retired}</span> }.into_any()
    } else {
        view! { <span class="badge confirmed usual">{Icon::Check.draw()}{text.active}</span> }.into_any()
    };
    let done = Callback::new(move |_: AdminCategory| {
        categories::reload();
        all.refresh();
    });
    let stale = Callback::new(move |()| all.refresh());
    let deed = if category.retired {
        Deed::plain(text.open, format!("/categories/{}/restore", category.slug))
    } else {
        let deed = Deed::plain(text.retire, format!("/categories/{}/retire", category.slug));
        deed.asked((text.retire_title)(&name), text.retire_text)
    };
    let (up, down) = (move_to(position - 1), move_to(position + 1));
    let rename = {
        let category = category.clone();
        Callback::new(move |()| typing.set(Some(Typing::Names(category.clone()))))
    };
    let actions = view! {
        <div class="admin-row-actions">
            <Button kind=Kind::Quiet label=(text.up)(&name) disabled=position == 1 on_press=up><span class="turned">{Icon::Down.draw()}</span></Button>
            <Button kind=Kind::Quiet label=(text.down)(&name) disabled=position == last on_press=down>{Icon::Down.draw()}</Button>
            <Button label=(text.rename_title)(&name) on_press=rename>{text.rename}</Button>
            {deeds(api, version, done, stale, vec![deed])}
        </div>
    };
    vec![
        name.into_any(),
        category.slug.clone().into_any(),
        (text.published_of)(category.providers_published, category.providers).into_any(),
        state,
        actions.into_any(),
    ]
}

#[component]
fn Names(
    api: AuthorizedApi,
    what: Typing,
    typing: RwSignal<Option<Typing>>,
    changed: Callback<()>,
) -> impl IntoView {
    let text = admin();
    let (open, form) = (RwSignal::new(true), Form::new());
    Effect::new(move |_| {
        if !open.get() {
            typing.set(None);
        }
    });
    let known = match &what {
        Typing::Names(category) => category.names.clone(),
        Typing::New => BTreeMap::new(),
    };
    let name_in = |language: &str| RwSignal::new(known.get(language).cloned().unwrap_or_default());
    let (english, german, slug) = (name_in("en"), name_in("de"), RwSignal::new(String::new()));
    let title = match &what {
        Typing::New => text.add_category.to_owned(),
        Typing::Names(category) => (text.rename_title)(&shown_name(category)),
    };
    let (is_new, fresh) = (matches!(what, Typing::New), known);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut names = fresh.clone();
        for (language, name) in [("en", english), ("de", german)] {
            let name = name.get_untracked().trim().to_owned();
            if name.is_empty() {
                names.remove(language);
            } else {
                names.insert(language.to_owned(), name);
            }
        }
        if !form.require(&[("/names/en", english)]) {
            return;
        }
        let done = move |_| {
            typing.try_set(None);
            changed.run(());
        };
        match &what {
            Typing::New => {
                form.send(api.create_category(CreateCategory { slug: slug.get_untracked(), names }), done);
            }
            Typing::Names(category) => {
                let body = PatchCategory { names: Some(names), position: None };
                form.send(api.patch_category(category.slug.clone(), category.version, body), done);
            }
        }
    };
    view! {
        <Dialog id="category" title=title open=open>
            <form class="form" on:submit=save.clone()>
                <Field id="category-en" label=text.english value=english error=form.at("/names/en") />
                <Field id="category-de" label=text.german value=german optional=true error=form.at("/names/de") />
                {is_new.then(|| view! { <Field id="category-slug" label=text.slug hint=text.slug_hint value=slug error=form.at("/slug") /> })}
                <FormMessage form=form />
                <div class="actions">
                    <Button kind=Kind::Primary submit=true busy=form.busy()>{t().common.save}</Button>
                    <Button on_press=Callback::new(move |()| open.set(false))>{t().common.cancel}</Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
