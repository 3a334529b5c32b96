//! Whole server processes, as an operator runs them, several on one database.

use super::database;
use super::server::SECRET;
use api::app::App;
use api::config::Config;
use api::http::keys::Keys;
use api::http::{User, actor};
use api::live::{Live, Pace};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgPool};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use uuid::Uuid;

/// Server processes on one database. They are killed when dropped.
pub struct Fleet {
    /// Where each of them answers.
    pub urls: Vec<String>,
    /// Their database.
    pub db: PgPool,
    processes: Vec<Child>,
}

impl Fleet {
    /// Starts this many servers on a new database.
    pub async fn start(count: usize) -> Self {
        let options = database::fresh().await;
        let mut processes: Vec<Child> = (0..count).map(|_| spawn(&options)).collect();
        let urls = processes.iter_mut().map(address).collect();
        Self { urls, db: api::db::pool(api::db::options(options), 4), processes }
    }

    /// An access token of a user, as logging in would give.
    pub fn token(&self, user_id: Uuid) -> String {
        let variables = |name: &str| (name == "SECRET_KEY").then(|| SECRET.to_owned());
        let config = Arc::new(Config::read(variables).unwrap());
        let keys = Arc::new(Keys::derive(config.secret_key.as_ref().unwrap()));
        let user = User { id: user_id, session: user_id, is_admin: false };
        let live = Live::start((*self.db.connect_options()).clone(), Pace::default());
        let files = App::storage(&config).unwrap();
        actor::sign(&App { config, keys, db: self.db.clone(), live, files, payments: None }, &user).unwrap()
    }

    /// The process of one of them, to send it a signal.
    pub fn process_id(&self, index: usize) -> u32 {
        self.processes[index].id()
    }

    /// Waits until one of them has ended by itself.
    pub fn wait(&mut self, index: usize) -> ExitStatus {
        self.processes[index].wait().unwrap()
    }

    /// Ends one of them at once, as a crash would.
    pub fn kill(&mut self, index: usize) {
        self.processes[index].kill().unwrap();
        self.processes[index].wait().unwrap();
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        for process in &mut self.processes {
            // It may have been killed by the test.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

fn spawn(options: &PgConnectOptions) -> Child {
    command("serve", options).spawn().unwrap()
}

/// A process of the product on this database, to be started.
pub fn command(subcommand: &str, options: &PgConnectOptions) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_appointed"));
    command
        .arg(subcommand)
        .env_clear()
        .env("DATABASE_URL", options.to_url_lossy().as_str())
        .env("LISTEN", "127.0.0.1:0")
        .env("SECRET_KEY", SECRET)
        .env("DATA_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/fleet"))
        .env("DEMO", "false")
        .env("WORKERS", "2")
        .env("DATABASE_CONNECTIONS", "6")
        .env("GUEST_BOOKINGS_PER_HOUR", "0")
        .env("LOG", "error")
        .stdout(Stdio::piped());
    command
}

/// Waits for the greeting and reads the address from it.
pub fn address(process: &mut Child) -> String {
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let greeting = lines.find_map(|line| line.unwrap().split("ready at ").nth(1).map(str::to_owned)).unwrap();
    // Reads on, so that the process never waits for us.
    std::thread::spawn(move || lines.for_each(drop));
    greeting.replace("localhost", "127.0.0.1")
}
