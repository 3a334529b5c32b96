//! The servers under load, each in a process of its own so that its CPU time can be told from the load's.

use crate::Result;
use crate::load::{self, Request};
use crate::table::Sample;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpServer, get};
use api::app::App;
use api::config::Config;
use api::http::{ApiResult, keys::Keys, server};
use api::live::{Live, Pace};
use api::slots::facts;
use domain::range::Range;
use serde_json::json;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgPool};
use std::cell::Cell;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// The whole server: all routes and middleware, logging as it comes.
pub const API: &str = "api";
/// A server that answers the bare facts query as JSON, with the same pool for each worker and nothing else.
pub const FACTS: &str = "facts";

/// Linux counts a process's CPU time in hundredths of a second.
const TICKS_PER_SECOND: f64 = 100.0;

/// A server process. It ends with us.
pub struct Server {
    process: Child,
    address: SocketAddr,
    next: Rc<Cell<u64>>,
}

impl Server {
    /// Starts a server and waits until it listens.
    pub fn start(name: &str, database: &PgConnectOptions) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["serve", name])
            .env_clear()
            .env("DATABASE_URL", database.to_url_lossy().as_str())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut address = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut address)?;
        Ok(Self { process, address: address.trim().parse()?, next: Rc::default() })
    }

    /// Loads it for a while and takes the time.
    ///
    /// # Errors
    /// Any answer with another status.
    pub async fn load(
        &self,
        connections: usize,
        time: Duration,
        request: &Request,
        status: &'static str,
    ) -> Result<Sample> {
        let before = self.cpu()?;
        let (count, took) = load::run(self.address, connections, time, &self.next, request, status).await?;
        let cpu = self.cpu()? - before;
        Ok(Sample { per_second: count as f64 / took.as_secs_f64(), cpu: Some(cpu / count as f64) })
    }

    /// Seconds of CPU time, of the user's and the system's, that it has had.
    fn cpu(&self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        // The name may hold anything; the fields after it do not. User and system time are the 14th and 15th.
        let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
        let ticks: f64 = fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
        Ok(ticks / TICKS_PER_SECOND)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a server process runs, until the bench that started it is gone.
pub fn run(name: &str) -> Result<()> {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read(&mut [0]);
        std::process::exit(0);
    });
    let url = std::env::var("DATABASE_URL")?;
    let database = api::db::options(PgConnectOptions::from_str(&url)?);
    // The load names the guests' addresses, of which each may book only so often.
    let variables = HashMap::from([
        ("SECRET_KEY", "a secret that only the bench has, 32 or more characters"),
        ("TRUST_PROXY", "true"),
    ]);
    let config = Arc::new(Config::read(|name| variables.get(name).map(|value| (*value).to_owned()))?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    actix_web::rt::System::new().block_on(async {
        match name {
            API => {
                api::telemetry::init(&config);
                let keys = config.secret_key.as_ref().map(Keys::derive).ok_or("no secret")?;
                let (db, live) =
                    (api::db::pool(database.clone(), 1), Live::start(database.clone(), Pace::default()));
                let files = App::storage(&config)?;
                let app = App { config, keys: Arc::new(keys), db, live, files, payments: None };
                Ok(server::serve(listener, &app, database, None)?.await?)
            }
            FACTS => {
                let connections = config.database_connections;
                let factory = move || {
                    let pool = api::db::pool(database.clone(), connections);
                    actix_web::App::new().app_data(Data::new(pool)).service(bare_facts)
                };
                Ok(HttpServer::new(factory).listen(listener)?.run().await?)
            }
            _ => Err("no such server".into()),
        }
    })
}

#[get("/facts/{service}/{from}/{to}")]
async fn bare_facts(db: Data<PgPool>, path: Path<(Uuid, i64, i64)>) -> ApiResult<HttpResponse> {
    let (service, from, to) = path.into_inner();
    let mut db = db.acquire().await?;
    let offer = facts::load(&mut db, service, Range::new(from, to), None).await?;
    let facts = offer.map(|offer| {
        let windows = offer.facts.weekly.iter().map(|window| (window.day, window.start, window.end));
        let taken = offer.facts.taken.iter().map(|taken| {
            (
                taken.start,
                taken.end,
                taken.blocked_from,
                taken.blocked_until,
                taken.seats_taken,
                taken.capacity,
            )
        });
        json!({
            "name": offer.name,
            "time_zone": offer.facts.zone.name(),
            "now": offer.facts.now,
            "weekly": windows.collect::<Vec<_>>(),
            "taken": taken.collect::<Vec<_>>(),
        })
    });
    Ok(HttpResponse::Ok().json(facts))
}
