//! The app's first run in turns: after a few milliseconds of it the browser has its say, and then the app goes on.
//!
//! Effects and whatever else Leptos runs later are tasks, and without this all of them run before the browser does anything
//! else, however many there are. Whoever begins to use the page ends it: from then on what an action changes is on the
//! screen at once.

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use js_sys::{Array, Date, Function, Reflect};
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

thread_local! {
    static TURNS: RefCell<Option<Turns>> = const { RefCell::new(None) };
    static USED: RefCell<Vec<WindowListenerHandle>> = const { RefCell::new(Vec::new()) };
}

/// Lets Leptos run its tasks in turns, until somebody uses the page.
pub fn start() {
    // Where there is no channel, all run at once.
    if let Some(ask) = channel() {
        TURNS.set(Some(Turns::new(ask, Date::now)));
        for event in USES {
            let used = window_event_listener_untyped(event, |_| finish());
            USED.with_borrow_mut(|listeners| listeners.push(used));
        }
    }
    // It is the first to be set.
    let _ = Executor::init_custom_executor(InTurns);
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

/// The browser has had its turn: whoever waits goes on.
fn go_on() {
    let waiting = TURNS.with_borrow_mut(|turns| turns.as_mut().map(Turns::end));
    waiting.into_iter().flatten().for_each(Waker::wake);
}

/// From now on everything runs at once.
fn finish() {
    let waiting = TURNS.take().map(|turns| turns.waiting).unwrap_or_default();
    waiting.into_iter().for_each(Waker::wake);
    USED.take().into_iter().for_each(WindowListenerHandle::remove);
}

/// Sends a message through a channel to ourselves: it comes after what the browser has to do first.
fn channel() -> Option<impl Fn()> {
    let property = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok();
    let make = property(&js_sys::global(), "MessageChannel")?.dyn_into::<Function>().ok()?;
    let channel = Reflect::construct(&make, &Array::new()).ok()?;
    let (ours, theirs) = (property(&channel, "port1")?, property(&channel, "port2")?);
    let send = property(&theirs, "postMessage")?.dyn_into::<Function>().ok()?;
    let arrived = Closure::<dyn FnMut()>::new(go_on);
    Reflect::set(&ours, &"onmessage".into(), &arrived.into_js_value()).ok()?;
    Some(move || {
        // The other end is ours.
        let _ = send.call1(&theirs, &JsValue::NULL);
    })
}

/// The turns of the first run.
struct Turns {
    /// Asks the browser to let us [`go_on`] after its turn.
    ask: Box<dyn Fn()>,
    /// Tells the time, in milliseconds.
    now: fn() -> f64,
    /// When the present turn began.
    began: Option<f64>,
    /// Whose turn comes.
    waiting: Vec<Waker>,
}

impl Turns {
    fn new(ask: impl Fn() + 'static, now: fn() -> f64) -> Self {
        Self { ask: Box::new(ask), now, began: None, waiting: Vec::new() }
    }

    /// Whether it is the browser's turn; the task goes on after it.
    fn is_over(&mut self, task: &Waker) -> bool {
        let now = (self.now)();
        let over = now - self.begin(now) > TURN;
        if over {
            self.waiting.push(task.clone());
        }
        over
    }

    fn wait(&mut self, task: &Waker) -> bool {
        self.begin((self.now)());
        self.waiting.push(task.clone());
        true
    }

    /// When the present turn began, which is now if there is none. Each is asked to end when it begins.
    fn begin(&mut self, now: f64) -> f64 {
        if self.began.is_none() {
            (self.ask)();
        }
        *self.began.get_or_insert(now)
    }

    /// Who waits for the next turn.
    fn end(&mut self) -> Vec<Waker> {
        self.began = None;
        std::mem::take(&mut self.waiting)
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

#[cfg(test)]
mod tests {
    use super::*;
    use futures::channel::oneshot;
    use futures::executor::{LocalPool, LocalSpawner};
    use futures::task::LocalSpawnExt;
    use std::cell::Cell;
    use std::rc::Rc;

    thread_local! {
        static CLOCK: Cell<f64> = const { Cell::new(0.0) };
        static ASKED: Cell<u32> = const { Cell::new(0) };
    }

    /// A page on which turns have begun, and the names of the tasks that have run.
    #[derive(Default)]
    struct Page {
        pool: LocalPool,
        ran: Rc<RefCell<Vec<String>>>,
    }

    impl Page {
        fn start() -> Self {
            TURNS.set(Some(Turns::new(|| ASKED.set(ASKED.get() + 1), || CLOCK.get())));
            Self::default()
        }

        fn spawn(&self, task: impl Future<Output = ()> + 'static) {
            spawn(&self.pool.spawner(), task);
        }

        /// What a task does that takes three milliseconds.
        fn work(&self) -> impl Fn(&str) + 'static {
            let ran = self.ran.clone();
            move |name| {
                ran.borrow_mut().push(name.to_owned());
                CLOCK.set(CLOCK.get() + 3.0);
            }
        }

        /// Lets everything run that can, and says what did.
        fn run(&mut self) -> String {
            self.pool.run_until_stalled();
            std::mem::take(&mut *self.ran.borrow_mut()).join(" ")
        }

        /// Our message has come back.
        fn next_turn(&mut self) -> String {
            assert_eq!(ASKED.replace(0), 1, "a turn asks for the next one once");
            go_on();
            self.run()
        }
    }

    fn spawn(spawner: &LocalSpawner, task: impl Future<Output = ()> + 'static) {
        spawner.spawn_local(InTurn(Box::pin(task))).unwrap();
    }

    #[test]
    fn the_browser_has_its_say_between_tasks_and_all_run_in_their_order() {
        let mut page = Page::start();
        for name in ["a", "b", "c", "d", "e"] {
            let work = page.work();
            page.spawn(async move { work(name) });
        }
        assert_eq!(page.run(), "a b");
        assert_eq!(page.run(), "", "nothing goes on before the browser has had its turn");
        assert_eq!(page.next_turn(), "c d");
        assert_eq!(page.next_turn(), "e");
        assert_eq!(page.next_turn(), "");
        assert_eq!(ASKED.get(), 0, "who has nothing to do asks for nothing");
    }

    #[test]
    fn tasks_that_others_spawn_come_after_those_that_wait() {
        let mut page = Page::start();
        let (work, further, spawner) = (page.work(), page.work(), page.pool.spawner());
        page.spawn(async move {
            work("a");
            spawn(&spawner, async move { further("a's") });
        });
        for name in ["b", "c"] {
            let work = page.work();
            page.spawn(async move { work(name) });
        }
        assert_eq!(page.run(), "a b");
        assert_eq!(page.next_turn(), "c a's");
    }

    #[test]
    fn whoever_gives_way_goes_on_after_one_turn() {
        let mut page = Page::start();
        let work = page.work();
        page.spawn(async move {
            work("before");
            next().await;
            work("after");
        });
        assert_eq!(page.run(), "before");
        assert_eq!(page.next_turn(), "after");
    }

    #[test]
    fn an_answer_that_comes_when_the_turn_is_over_is_read_in_the_next() {
        let mut page = Page::start();
        let (send, answer) = oneshot::channel();
        let work = page.work();
        page.spawn(async move { work(answer.await.unwrap()) });
        assert_eq!(page.run(), "");
        for name in ["a", "b"] {
            let work = page.work();
            page.spawn(async move { work(name) });
        }
        assert_eq!(page.run(), "a b");
        send.send("answer").unwrap();
        assert_eq!(page.run(), "");
        assert_eq!(page.next_turn(), "answer");
    }

    #[test]
    fn once_the_page_is_used_all_that_waits_runs_at_once() {
        let mut page = Page::start();
        for name in ["a", "b", "c", "d", "e"] {
            let work = page.work();
            page.spawn(async move { work(name) });
        }
        assert_eq!(page.run(), "a b");
        finish();
        assert_eq!(page.run(), "c d e");
        let work = page.work();
        page.spawn(async move {
            next().await;
            work("later");
        });
        assert_eq!(page.run(), "later", "nobody waits any more");
        assert_eq!(ASKED.get(), 1);
        // The message that was on its way.
        go_on();
        assert_eq!(page.run(), "");
    }
}
