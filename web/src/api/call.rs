//! One exchange with the server: headers, timeouts, and what the answer means.

use super::error::ApiError;
use super::kept::{self, Kept};
use super::listening;
use crate::json;
use crate::tabs;
use contract::problem::Problem;
use js_sys::{Array, JSON, Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, Headers, Request, RequestInit, Response};

const TIMEOUT_MILLIS: u32 = 20_000;
const FILE_TIMEOUT_MILLIS: u32 = 60_000;
const ROOT: &str = "/api/v1";

/// A request that can be sent again.
#[derive(Clone)]
pub(super) struct Call {
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<JsValue>,
    /// Under what question the answer is kept, if it is.
    question: Option<String>,
    timeout: u32,
    /// Whether it changes nothing by itself, whatever its method is.
    looks: bool,
    /// Whether it goes on where the page is left.
    outlasts: bool,
}

impl Call {
    fn new(method: &'static str, path: impl AsRef<str>) -> Self {
        Self {
            method,
            path: format!("{ROOT}{}", path.as_ref()),
            headers: Vec::new(),
            body: None,
            question: None,
            timeout: TIMEOUT_MILLIS,
            looks: false,
            outlasts: false,
        }
    }

    /// Asks.
    pub fn get(path: impl AsRef<str>) -> Self {
        Self::new("GET", path)
    }

    /// Adds or acts.
    pub fn post(path: impl AsRef<str>) -> Self {
        Self::new("POST", path)
    }

    /// Replaces.
    pub fn put(path: impl AsRef<str>) -> Self {
        Self::new("PUT", path)
    }

    /// Changes.
    pub fn patch(path: impl AsRef<str>) -> Self {
        Self::new("PATCH", path)
    }

    /// Removes.
    pub fn delete(path: impl AsRef<str>) -> Self {
        Self::new("DELETE", path)
    }

    /// Whether it is more than a question.
    pub fn does_something(&self) -> bool {
        self.method != "GET" && !self.looks
    }

    /// With a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Names the version that the caller saw.
    pub fn if_match(self, version: i32) -> Self {
        self.header("If-Match", format!("\"{version}\""))
    }

    /// With a body.
    pub fn json(self, body: &impl Serialize) -> Self {
        self.text(serde_json::to_string(body).unwrap_or_default())
    }

    /// With a body that is JSON already.
    pub fn text(mut self, body: String) -> Self {
        self.body = Some(body.into());
        self.header("Content-Type", "application/json")
    }

    /// With a file as the body, which may take its time.
    pub fn file(mut self, file: Blob) -> Self {
        self.timeout = FILE_TIMEOUT_MILLIS;
        let kind = file.type_();
        self.body = Some(file.into());
        self.header("Content-Type", kind)
    }

    /// Appends the fields of a query type, the absent ones left out.
    pub fn query(mut self, query: &impl Serialize) -> Self {
        // The browser takes it apart. To have it as a value of ours brings what writes fractions along.
        let Ok(fields) = JSON::parse(&serde_json::to_string(query).unwrap_or_default()) else { return self };
        for field in Object::entries(fields.unchecked_ref()) {
            let field: Array = field.unchecked_into();
            let (name, value) = (field.get(0), field.get(1));
            if let Some(name) = name.as_string().filter(|_| !value.is_null()) {
                let mark = if self.path.contains('?') { "&" } else { "?" };
                let text = String::from(value.unchecked_ref::<Object>().to_string());
                self.path.push_str(&[mark, &name, "=", &escape(&text)].concat());
            }
        }
        self
    }

    /// It only looks: whether there is news, the answer shows, and whoever asked tells ([`wrote`]).
    pub fn only_looks(mut self) -> Self {
        self.looks = true;
        self
    }

    /// It arrives even where the person leaves the app in that moment. For small bodies.
    pub fn outlasts(mut self) -> Self {
        self.outlasts = true;
        self
    }

    /// Keeps the answer. What a person sees when logged in is kept apart from what everybody sees.
    pub fn keep(mut self, own: bool) -> Self {
        self.question = Some(format!("{}{}", if own { "own " } else { "" }, self.path));
        self
    }

    /// Whether it asks for what comes after a first page.
    pub fn is_further(&self) -> bool {
        self.path.contains("cursor=")
    }

    /// The answer that was kept.
    pub fn kept(&self) -> Option<Kept> {
        kept::find(self.question.as_ref()?)
    }

    /// Sends it and reads the answer's body.
    pub async fn send(&self) -> Result<Answer, ApiError> {
        let signal = AbortSignal::timeout_with_u32(self.timeout);
        let (kept, asked) = (self.kept(), kept::turn());
        let etag = kept.as_ref().and_then(|kept| kept.etag.clone());
        let call = etag.map(|etag| self.clone().header("If-None-Match", etag));
        let call = call.as_ref().unwrap_or(self);
        let response = call.fetch(&signal).await.map_err(|_| ApiError::lost())?;
        listening::heed(&self.path, &response);
        let status = response.status();
        if let (304, Some(kept)) = (status, kept) {
            return Ok(Answer { status: 200, body: kept.body, wait: None });
        }
        let wait = response.headers().get("Retry-After").ok().flatten();
        let wait = wait.and_then(|seconds| seconds.parse().ok());
        let text = JsFuture::from(response.text().map_err(|_| ApiError::lost())?)
            .await
            .map_err(|_| ApiError::lost())?;
        let body = text.as_string().unwrap_or_default();
        if let Some(question) = self.question.clone().filter(|_| response.ok()) {
            let etag = response.headers().get("ETag").ok().flatten();
            kept::put(question, Kept { etag, body: body.clone() }, asked);
        }
        // Sessions look after themselves.
        let writes = self.does_something() && !self.path.starts_with(&format!("{ROOT}/auth/"));
        if writes && response.ok() {
            wrote();
        }
        Ok(Answer { status, body, wait })
    }

    /// Sends it and leaves the body to be read, until the signal ends it.
    pub async fn open(&self, signal: &AbortSignal) -> Result<Response, ApiError> {
        self.fetch(signal).await.map_err(|_| ApiError::lost())
    }

    async fn fetch(&self, signal: &AbortSignal) -> Result<Response, JsValue> {
        let headers = Headers::new()?;
        headers.set("Accept", "application/json, application/problem+json")?;
        for (name, value) in &self.headers {
            headers.set(name, value)?;
        }
        let init = RequestInit::new();
        init.set_method(self.method);
        init.set_headers(&headers);
        init.set_signal(Some(signal));
        if self.outlasts {
            Reflect::set(&init, &"keepalive".into(), &true.into())?;
        }
        if let Some(body) = &self.body {
            init.set_body(body);
        }
        let request = Request::new_with_str_and_init(&self.path, &init)?;
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        JsFuture::from(window.fetch_with_request(&request)).await?.dyn_into()
    }
}

/// Something was written: it may show in any answer that is kept, and in other tabs.
pub(crate) fn wrote() {
    kept::forget();
    tabs::tell();
}

/// A complete answer.
pub(super) struct Answer {
    status: u16,
    body: String,
    /// Seconds after which asking again helps.
    wait: Option<u32>,
}

impl Answer {
    /// Whether a new access token may help.
    pub fn is_unauthenticated(&self) -> bool {
        self.status == 401
    }

    /// The body as what it should be.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, ApiError> {
        let status = self.status;
        json::read(&self.ok()?).ok_or(ApiError::Unreadable { status })
    }

    /// The body of a success, or the problem.
    pub fn ok(self) -> Result<String, ApiError> {
        if (200..300).contains(&self.status) {
            return Ok(self.body);
        }
        Err(match json::read::<Problem>(&self.body) {
            Some(problem) => match self.wait {
                Some(seconds) => ApiError::Wait { problem: Arc::new(problem), seconds },
                None => ApiError::Problem(Arc::new(problem)),
            },
            // A gateway in between that finds no server behind it.
            None if matches!(self.status, 502..=504) => ApiError::Unreachable,
            None => ApiError::Unreadable { status: self.status },
        })
    }
}

/// Makes text safe inside a path or query.
pub(super) fn escape(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
