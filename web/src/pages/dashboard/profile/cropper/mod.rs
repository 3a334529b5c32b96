//! Choosing the square of a photo that is shown: by dragging, pinching, turning the wheel, or by keys. Opened rarely, so it is
//! a part of its own.

mod crop;
mod fingers;

use crate::browser::focus_soon;
use crate::canvas::{self, Picture};
use crate::components::{Bone, Button, Kind};
use crate::later::later;
use crate::messages::{photo_words, t};
use crop::{Crop, MIN_SIDE};
use fingers::Fingers;
use leptos::prelude::*;
use web_sys::{Blob, KeyboardEvent, WheelEvent};

/// As large as it is sent: sharp on any screen, small on any line.
const SENT_SIDE: f64 = 1280.0;
/// How far a key moves, in parts of the square.
const STEP: f64 = 0.02;

/// What is to be cut, and what happens then.
pub struct Job {
    /// The file that was chosen.
    pub file: Blob,
    /// Whether it is being sent.
    pub busy: Signal<bool>,
    /// Gets the square, as a picture.
    pub done: Callback<Blob>,
    /// Nothing is to be cut after all.
    pub stop: Callback<()>,
}

/// Draws the cropper for a job.
pub type Cropper = fn(Job) -> AnyView;

later!(
    /// Fetches the cropper.
    later: pub cropper(Job) = draw
);

#[derive(Clone)]
enum Reading {
    Begun,
    Done(Picture),
    Failed(&'static str),
}

fn draw(job: Job) -> AnyView {
    let text = photo_words();
    let reading = RwSignal::new_local(Reading::Begun);
    let Job { file, busy, done, stop } = job;
    leptos::task::spawn_local(async move {
        // Browsers draw more than the server takes.
        let taken = matches!(file.type_().as_str(), "image/jpeg" | "image/png" | "image/webp");
        let picture = if taken { Picture::read(&file).await } else { None };
        let read = match picture {
            None => Reading::Failed(photo_words().unreadable),
            Some(picture)
                if f64::from(picture.image.natural_width().min(picture.image.natural_height()))
                    < MIN_SIDE =>
            {
                picture.forget();
                Reading::Failed(photo_words().too_small)
            }
            Some(picture) => Reading::Done(picture),
        };
        // Closed before it was read.
        if let Some(Reading::Done(picture)) = reading.try_set(read) {
            picture.forget();
        }
    });
    on_cleanup(move || {
        if let Some(Reading::Done(picture)) = reading.try_get_untracked() {
            picture.forget();
        }
    });
    let body = move || match reading.get() {
        Reading::Begun => {
            view! { <div class="crop" role="status" aria-label=text.reading><Bone class="frame" /></div> }
                .into_any()
        }
        Reading::Done(picture) => stage(picture, busy, done, stop),
        Reading::Failed(why) => view! {
            <p class="form-message bad" role="alert">{why}</p>
            <div class="actions"><Button on_press=stop>{t().common.close}</Button></div>
        }
        .into_any(),
    };
    view! { {body} }.into_any()
}

fn stage(picture: Picture, busy: Signal<bool>, done: Callback<Blob>, stop: Callback<()>) -> AnyView {
    let text = photo_words();
    let (width, height) = (picture.image.natural_width(), picture.image.natural_height());
    let crop = RwSignal::new(Crop::of(f64::from(width), f64::from(height)));
    let kept = StoredValue::new_local(picture.clone());
    let fingers = StoredValue::new(Fingers::default());
    let shown = {
        let url = picture.url.clone();
        move |class: &'static str| {
            let at = move |index: usize| move || crop.get().place()[index].clone();
            view! { <span class=class><img src=url.clone() alt="" draggable="false" style:width=at(0) style:left=at(1) style:top=at(2) /></span> }
        }
    };
    let key = move |event: KeyboardEvent| {
        let step = if event.shift_key() { STEP * 5.0 } else { STEP };
        let change = |crop: Crop| match event.key().as_str() {
            "ArrowLeft" => Some(crop.moved(-step, 0.0)),
            "ArrowRight" => Some(crop.moved(step, 0.0)),
            "ArrowUp" => Some(crop.moved(0.0, -step)),
            "ArrowDown" => Some(crop.moved(0.0, step)),
            "+" | "=" => Some(crop.zoomed(1.1)),
            "-" | "_" => Some(crop.zoomed(1.0 / 1.1)),
            _ => None,
        };
        if let Some(changed) = change(crop.get_untracked()) {
            event.prevent_default();
            crop.set(changed);
        }
    };
    let wheel = move |event: WheelEvent| {
        event.prevent_default();
        let factor = if event.delta_y() < 0.0 { 1.08 } else { 1.0 / 1.08 };
        crop.update(|crop| *crop = crop.zoomed(factor));
    };
    let send = Callback::new(move |()| {
        let Some(picture) = kept.try_get_value() else { return };
        let crop = crop.get_untracked();
        leptos::task::spawn_local(async move {
            if let Some(cut) = cut(&picture, crop).await {
                done.run(cut);
            }
        });
    });
    // It was not there when the dialog opened.
    focus_soon("crop".to_owned());
    view! {
        <div class="crop">
            <div class="crop-frame" id="crop" tabindex="0" role="application" aria-label=text.crop_label aria-describedby="crop-hint" on:keydown=key on:wheel=wheel
                on:pointerdown=move |event| fingers.update_value(|fingers| fingers.down(&event))
                on:pointermove=move |event| {
                    if let Some((x, y, factor)) = fingers.try_update_value(|fingers| fingers.moved(&event)).flatten() {
                        crop.update(|crop| *crop = crop.moved(-x, -y).zoomed(factor));
                    }
                }
                on:pointerup=move |event| fingers.update_value(|fingers| fingers.up(&event))
                on:pointercancel=move |event| fingers.update_value(|fingers| fingers.up(&event))>
                {shown("crop-picture")}
            </div>
            <p class="hint" id="crop-hint">{text.crop_hint}</p>
            <label class="crop-zoom"><span>{text.zoom}</span>
                <input type="range" min="0" max="1" step="0.01" prop:value=move || crop.get().zoom().to_string()
                    on:input=move |event| crop.update(|crop| *crop = crop.with_zoom(event_target_value(&event).parse().unwrap_or_default())) />
            </label>
            <div class="crop-previews" aria-hidden="true">{shown("crop-picture round")}{shown("crop-picture")}{shown("crop-picture small")}</div>
        </div>
        <div class="actions">
            <Button kind=Kind::Primary busy=busy on_press=send>{text.take}</Button>
            <Button kind=Kind::Quiet on_press=stop>{t().common.cancel}</Button>
        </div>
    }
    .into_any()
}

/// The square, as a JPEG.
async fn cut(picture: &Picture, crop: Crop) -> Option<Blob> {
    let side = crop.side.min(SENT_SIDE).floor();
    let (canvas, pen) = canvas::square(side as u32)?;
    pen.draw_image_with_html_image_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        &picture.image,
        crop.x,
        crop.y,
        crop.side,
        crop.side,
        0.0,
        0.0,
        side,
        side,
    )
    .ok()?;
    canvas::file(&canvas, "image/jpeg").await
}
