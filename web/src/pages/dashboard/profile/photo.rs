//! The provider's photo: chosen or dropped, cut, sent, removed.

use super::cropper::{Cropper, Job, cropper};
use crate::api::ApiError;
use crate::components::{Avatar, Button, Dialog, FormMessage, Kind, Toasts};
use crate::form::Form;
use crate::messages::photo_words;
use crate::pages::dashboard::frame::Own;
use leptos::ev::DragEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Blob, File, FileList, HtmlInputElement};

/// The photo, and the ways to change it. It is sent at once, whatever else is typed on the page.
#[component]
pub fn PhotoField(own: Own, version: RwSignal<i32>) -> impl IntoView {
    let text = photo_words();
    let (form, toasts) = (Form::new(), Toasts::here());
    let (api, id, remote) = (own.api, own.provider.id, own.remote);
    let url = RwSignal::new(own.provider.portrait_url);
    let has_photo = RwSignal::new(own.provider.has_photo);
    let (open, over) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new_local(None::<(File, Cropper)>);

    let choose = move |files: Option<FileList>| {
        let Some(file) = files.and_then(|files| files.get(0)) else { return };
        form.clear();
        leptos::task::spawn_local(async move {
            match cropper().await {
                Ok(draw) => {
                    chosen.try_set(Some((file, draw)));
                    open.try_set(true);
                }
                Err(_) => form.fail(ApiError::lost()),
            }
        });
    };
    let done = Callback::new(move |cut: Blob| {
        form.send_or(
            api.put_photo(id, version.get_untracked(), cut),
            move |profile| {
                version.set(profile.version);
                url.set(profile.portrait_url.clone());
                remote.note(profile);
                has_photo.set(true);
                open.set(false);
                toasts.say(text.saved);
            },
            move |error| {
                // What went wrong stands beside the photo, not behind the dialog.
                open.set(false);
                form.renew(error, version, api.provider_version(id));
            },
        );
    });
    let remove = Callback::new(move |()| {
        form.send_or(
            api.delete_photo(id, version.get_untracked()),
            move |profile| {
                version.set(profile.version);
                url.set(profile.portrait_url.clone());
                remote.note(profile);
                has_photo.set(false);
                toasts.say(text.removed);
            },
            move |error| form.renew(error, version, api.provider_version(id)),
        );
    });
    let stop = Callback::new(move |()| open.set(false));
    let cropping = move || {
        chosen.get().map(|(file, draw)| draw(Job { file: file.into(), busy: form.busy(), done, stop }))
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        choose(event.data_transfer().and_then(|dropped| dropped.files()));
    };
    let pick = move |event: web_sys::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            choose(input.files());
            // So that the same file can be chosen again.
            input.set_value("");
        }
    };
    let hold = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    view! {
        <section class="card photo-field" class:over=over aria-labelledby="photo-title"
            on:dragover=hold on:dragleave=move |_| over.set(false) on:drop=drop>
            {move || view! { <Avatar url=url.get() large=true /> }}
            <div>
                <h2 id="photo-title">{text.title}</h2>
                <p class="muted" id="photo-hint">{text.hint}</p>
                <div class="actions">
                    <label class="button">
                        <input type="file" class="unseen" accept="image/jpeg,image/png,image/webp,.jpg,.jpeg,.png,.webp" aria-describedby="photo-hint" on:change=pick />
                        {move || if has_photo.get() { text.change } else { text.choose }}
                    </label>
                    {move || has_photo.get().then(|| view! { <Button kind=Kind::Quiet busy=form.busy() on_press=remove>{text.remove}</Button> })}
                </div>
            </div>
            <FormMessage form=form />
        </section>
        <Dialog id="crop-title" title=text.crop_title open=open>{cropping}</Dialog>
    }
    .into_any()
}
