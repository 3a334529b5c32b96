//! Handing one's page on: the link, the way the device sends things, and a QR code. Opened rarely, so what is in the dialog
//! is a part of its own.

use crate::api::AuthorizedApi;
use crate::browser;
use crate::canvas::{self, Picture};
use crate::components::{Bone, Button, Dialog, Toasts};
use crate::later::{later, show};
use crate::messages::share_words;
use crate::remote::Remote;
use contract::providers::Provider;
use js_sys::{Array, Function, Object, Reflect};
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

/// The side of the picture that is handed out as PNG: sharp on paper as wide as a hand.
const PNG_SIDE: u32 = 1200;

/// What is shared.
#[derive(Clone)]
struct Shared {
    api: AuthorizedApi,
    slug: String,
    name: String,
    published: bool,
}

/// The button that opens the dialog.
#[component]
pub fn Share(api: AuthorizedApi, provider: Provider) -> impl IntoView {
    let text = share_words();
    let open = RwSignal::new(false);
    let Provider { slug, name, published, .. } = provider;
    let shared = Shared { api, slug, name, published };
    let press = Callback::new(move |()| open.set(true));
    let inside = move || show(dialog, shared.clone(), || view! { <Bone class="time" /> }.into_any());
    view! {
        <Button on_press=press>{text.share}</Button>
        <Dialog id="share-title" title=text.title open=open>{inside.clone()}</Dialog>
    }
    .into_any()
}

later!(later: dialog(Shared) = draw);

fn draw(shared: Shared) -> AnyView {
    let text = share_words();
    let toasts = Toasts::here();
    let Shared { api, slug, name, published } = shared;
    let address = format!("{}/p/{slug}", browser::origin());
    let field = NodeRef::<Input>::new();
    let copy = {
        let address = address.clone();
        Callback::new(move |()| {
            if let Some(field) = field.get_untracked() {
                field.select();
            }
            let address = address.clone();
            leptos::task::spawn_local(async move {
                let copied = browser::copy(&address).await;
                if copied { toasts.say(share_words().copied) } else { toasts.warn(share_words().copy_failed) }
            });
        })
    };
    let send = sender().map(|send| {
        let (name, address) = (name.clone(), address.clone());
        let press = Callback::new(move |()| send(&name, &address));
        view! { <Button on_press=press>{text.send}</Button> }
    });
    let code = {
        let slug = slug.clone();
        Remote::new(move || {
            let slug = slug.clone();
            async move { api.qr_code(&slug).await }
        })
    };
    let alt = (text.code_alt)(&address);
    let waiting = || view! { <div class="qr-code"><Bone class="code" /></div> }.into_any();
    let ready = move |svg: String| {
        let (picture, for_svg, for_png) = (data_address(&svg), svg.clone(), svg);
        let (svg_name, png_name) = (format!("{slug}.svg"), format!("{slug}.png"));
        let save_svg = Callback::new(move |()| browser::download(&svg_name, "image/svg+xml", &for_svg));
        let save_png = Callback::new(move |()| {
            let (svg, name) = (for_png.clone(), png_name.clone());
            leptos::task::spawn_local(async move {
                if let Some(png) = png(&svg).await {
                    browser::save(&name, &png);
                }
            });
        });
        view! {
            <div class="qr-code"><img src=picture alt=alt.clone() width="220" height="220" /></div>
            <div class="actions">
                <Button on_press=save_png>{text.png}</Button>
                <Button on_press=save_svg>{text.svg}</Button>
            </div>
        }
        .into_any()
    };
    view! {
        {(!published).then(|| view! { <p class="notice">{text.hidden}</p> })}
        <div class="link-field field">
            <label for="share-link">{text.link}</label>
            <div>
                <div class="control"><input id="share-link" readonly=true node_ref=field value=address /></div>
                <Button on_press=copy>{text.copy}</Button>
                {send}
            </div>
        </div>
        <section class="code-field" aria-labelledby="share-code">
            <h3 id="share-code">{text.code}</h3>
            <p class="muted">{text.code_hint}</p>
            {code.view(waiting, ready)}
        </section>
    }
    .into_any()
}

/// The device's own way of sending things on, where it has one.
fn sender() -> Option<impl Fn(&str, &str) + Send + Sync + 'static> {
    let navigator = web_sys::window()?.navigator();
    let share: Function = Reflect::get(&navigator, &"share".into()).ok()?.dyn_into().ok()?;
    drop(share);
    Some(|title: &str, address: &str| {
        let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return };
        let data = Object::new();
        let said = Reflect::set(&data, &"title".into(), &title.into())
            .and_then(|_| Reflect::set(&data, &"url".into(), &address.into()))
            .and_then(|_| Reflect::get(&navigator, &"share".into()));
        let share = said.ok().and_then(|share| share.dyn_into::<Function>().ok());
        let sending = share.and_then(|share| share.call1(&navigator, &data).ok());
        if let Some(Ok(sending)) = sending.map(JsCast::dyn_into::<js_sys::Promise>) {
            // Whoever closes the device's dialog has decided not to send.
            leptos::task::spawn_local(async move { drop(JsFuture::from(sending).await) });
        }
    })
}

fn data_address(svg: &str) -> String {
    format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(svg)))
}

async fn png(svg: &str) -> Option<Blob> {
    let properties = BlobPropertyBag::new();
    properties.set_type("image/svg+xml");
    let drawing =
        Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(svg)), &properties).ok()?;
    let picture = Picture::read(&drawing).await?;
    let (canvas, pen) = canvas::square(PNG_SIDE)?;
    pen.set_image_smoothing_enabled(false);
    let side = f64::from(PNG_SIDE);
    pen.draw_image_with_html_image_element_and_dw_and_dh(&picture.image, 0.0, 0.0, side, side).ok()?;
    picture.forget();
    canvas::file(&canvas, "image/png").await
}
