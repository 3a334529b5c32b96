//! The app's first run in turns: after a few milliseconds of it the browser has its say, and then the app goes on.
//!
//! Effects and whatever else Leptos runs later are tasks, and without this all of them run before the browser does anything
//! else, however many there are. Whoever begins to use the page ends it: from then on what an action changes is on the
//! screen at once.

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

/// How long a turn is, in milliseconds. On a phone the last task of it may well take four times as long as here.
const TURN: f64 = 4.0;
/// What shows that somebody uses the page.
const USES: [&str; 4] = ["pointerdown", "keydown", "input", "click"];

/// The turns of the first run.
struct Turns {
    /// One end of a channel, and what sends a message through it, which begins the next turn.
    channel: (JsValue, Function),
    /// When the present turn began.
    began: Option<f64>,
    /// Whose turn comes.
    waiting: Vec<Waker>,
}

thread_local! {
    static TURNS: RefCell<Option<Turns>> = const { RefCell::new(None) };
}

/// Lets Leptos run its tasks in turns, until somebody uses the page.
pub fn start() {
    // Where there is no channel, all run at once.
    if let Some(turns) = Turns::begin() {
        TURNS.set(Some(turns));
        for event in USES {
            let used = window_event_listener_untyped(event, |_| finish());
            USED.with_borrow_mut(|listeners| listeners.push(used));
        }
    }
    // It is the first to be set.
    let _ = Executor::init_custom_executor(InTurns);
}

thread_local! {
    static USED: RefCell<Vec<WindowListenerHandle>> = const { RefCell::new(Vec::new()) };
}

/// Gives the browser its turn.
pub async fn next() {
    let mut asked = false;
    poll_fn(move |context| {
        let waits = !asked
            && TURNS.with_borrow_mut(|turns| turns.as_mut().is_some_and(|turns| turns.wait(context.waker())));
        asked = true;
        if waits { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

/// From now on everything runs at once.
fn finish() {
    let waiting = TURNS.take().map(|turns| turns.waiting).unwrap_or_default();
    waiting.into_iter().for_each(Waker::wake);
    USED.take().into_iter().for_each(WindowListenerHandle::remove);
}

impl Turns {
    fn begin() -> Option<Self> {
        let property = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok();
        let make = property(&js_sys::global(), "MessageChannel")?.dyn_into::<Function>().ok()?;
        let channel = Reflect::construct(&make, &Array::new()).ok()?;
        let (ours, theirs) = (property(&channel, "port1")?, property(&channel, "port2")?);
        let send = property(&theirs, "postMessage")?.dyn_into::<Function>().ok()?;
        let turn = Closure::<dyn FnMut()>::new(|| {
            let waiting = TURNS.with_borrow_mut(|turns| {
                let turns = turns.as_mut()?;
                turns.began = None;
                Some(std::mem::take(&mut turns.waiting))
            });
            waiting.into_iter().flatten().for_each(Waker::wake);
        });
        Reflect::set(&ours, &"onmessage".into(), &turn.into_js_value()).ok()?;
        Some(Self { channel: (theirs, send), began: None, waiting: Vec::new() })
    }

    /// Whether it is the browser's turn; the task goes on after it.
    fn is_over(&mut self, task: &Waker) -> bool {
        let now = js_sys::Date::now();
        match self.began {
            None => {
                self.open(now);
                false
            }
            Some(began) => {
                let over = now - began > TURN;
                if over {
                    self.waiting.push(task.clone());
                }
                over
            }
        }
    }

    fn wait(&mut self, task: &Waker) -> bool {
        if self.began.is_none() {
            self.open(js_sys::Date::now());
        }
        self.waiting.push(task.clone());
        true
    }

    fn open(&mut self, now: f64) {
        self.began = Some(now);
        // The other end is ours.
        let (end, send) = &self.channel;
        let _ = send.call1(end, &JsValue::NULL);
    }
}

/// Where Leptos' tasks run.
struct InTurns;

impl CustomExecutor for InTurns {
    fn spawn(&self, task: PinnedFuture<()>) {
        self.spawn_local(task);
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        wasm_bindgen_futures::spawn_local(InTurn(task));
    }

    fn poll_local(&self) {}
}

/// A task that waits for its turn.
struct InTurn(PinnedLocalFuture<()>);

impl Future for InTurn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let over =
            TURNS.with_borrow_mut(|turns| turns.as_mut().is_some_and(|turns| turns.is_over(context.waker())));
        if over { Poll::Pending } else { self.0.as_mut().poll(context) }
    }
}
