//! Drawing pictures of our own in the browser.

use js_sys::Promise;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

/// A picture that the browser has read, and where it keeps it.
#[derive(Clone)]
pub struct Picture {
    /// The picture, upright.
    pub image: HtmlImageElement,
    /// Its address inside the browser.
    pub url: String,
}

impl Picture {
    /// Reads a file; nothing where it is no picture.
    pub async fn read(file: &Blob) -> Option<Self> {
        let url = Url::create_object_url_with_blob(file).ok()?;
        let image = HtmlImageElement::new().ok()?;
        image.set_src(&url);
        let read = JsFuture::from(image.decode()).await;
        let picture = Self { image, url };
        if read.is_err() {
            picture.forget();
            return None;
        }
        Some(picture)
    }

    /// Lets the browser forget it.
    pub fn forget(&self) {
        // There is nothing to do about a browser that refuses.
        let _ = Url::revoke_object_url(&self.url);
    }
}

/// A white square, and the means to draw on it.
pub fn square(side: u32) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    canvas.set_width(side);
    canvas.set_height(side);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.set_fill_style_str("#fff");
    pen.fill_rect(0.0, 0.0, f64::from(side), f64::from(side));
    Some((canvas, pen))
}

/// What is drawn, as a file.
pub async fn file(canvas: &HtmlCanvasElement, media_type: &str) -> Option<Blob> {
    let made = Promise::new(&mut |resolve, reject| {
        let refuse = reject.clone();
        let give = Closure::once_into_js(move |blob: JsValue| {
            // The promise takes either.
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        let quality = JsValue::from_f64(0.92);
        if canvas.to_blob_with_type_and_encoder_options(give.unchecked_ref(), media_type, &quality).is_err() {
            let _ = refuse.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}
