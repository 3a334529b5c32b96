//! What the servers of this test program have logged.

use std::io::Write;
use std::sync::{LazyLock, Mutex};
use tracing_subscriber::EnvFilter;

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

static CAPTURE: LazyLock<()> = LazyLock::new(|| {
    let filter = EnvFilter::new("trace,hyper_util=info,mio=info,reqwest=info");
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| Capture).with_ansi(false).init();
});

struct Capture;

impl Write for Capture {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Keeps all logs from now on, however fine, of every test that runs beside this one.
pub fn capture() {
    LazyLock::force(&CAPTURE);
}

/// All that was logged since.
pub fn text() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
}
