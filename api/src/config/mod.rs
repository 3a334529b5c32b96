//! Settings: one struct, read once from the environment, all faults reported together.

mod forms;
mod reader;
mod reference;

pub use reference::env_example;

use integrations::mail::{self, BadSetting, Smtp};
use integrations::storage::Place;
use reader::Reader;
use secrecy::SecretString;
use std::path::PathBuf;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// One setting: its variable, default and meaning. The reference and `.env.example` are made from these.
#[derive(Debug)]
pub struct Setting {
    /// The environment variable.
    pub name: &'static str,
    /// What holds where it is not set; empty where there is no default.
    pub default: &'static str,
    /// What it does.
    pub doc: &'static str,
}

macro_rules! settings {
    ($($name:ident = $env:literal, $default:literal, $doc:literal;)*) => {
        mod names { $(pub const $name: &super::Setting = &super::Setting { name: $env, default: $default, doc: $doc };)* }
        /// Every setting there is, in the order of the reference.
        pub const SETTINGS: &[&Setting] = &[$(names::$name),*];
    };
}

settings! {
    PRODUCTION = "PRODUCTION", "false", "`true` refuses every development stand-in: demo data, the outbox page, a generated secret, plain-http links.";
    DEMO = "DEMO", "true", "Fill an empty database with demo providers and logins. Never in production.";
    BASE_URL = "BASE_URL", "http://localhost:8080", "Where people reach the product, without a path. Decides links in mails and whether cookies are `Secure`.";
    LISTEN = "LISTEN", "127.0.0.1:8080", "Address and port to listen on. Port 0 takes a free one and prints it.";
    DATABASE_URL = "DATABASE_URL", "", "PostgreSQL to use (15 or newer). Without it the binary runs a private cluster of its own.";
    DATA_DIR = "DATA_DIR", "", "Folder of the private cluster, the generated secret and photos. Default: `/var/lib/appointed` as root, else `~/.local/share/appointed`.";
    STORAGE_URL = "STORAGE_URL", "", "Where photos are kept: `file:///folder`, or `s3://bucket/prefix?endpoint=https://host&region=name` for anything that speaks S3. Default: `files` in `DATA_DIR`.";
    STORAGE_KEY_ID = "STORAGE_KEY_ID", "", "Access key id for the bucket.";
    STORAGE_KEY = "STORAGE_KEY", "", "Secret access key for the bucket.";
    APP_DIR = "APP_DIR", "", "Folder with the single-page app, as `make web` makes it, to serve in place of the one inside the binary.";
    DATABASE_CONNECTIONS = "DATABASE_CONNECTIONS", "10", "Connections per HTTP worker, and for the job worker.";
    WORKERS = "WORKERS", "0", "HTTP worker threads; 0 takes the number of cores.";
    SECRET_KEY = "SECRET_KEY", "", "At least 32 characters; signs sessions and manage links. Generated and kept in `DATA_DIR` where absent; production asks for it.";
    SMTP_URL = "SMTP_URL", "", "Mail server: `smtp://user:password@host:587` (STARTTLS), `smtps://…:465` (TLS) or `smtp+plain://host:1025` (no encryption). Without it mails are kept and shown at `/dev/outbox`.";
    SMTP_CA_FILE = "SMTP_CA_FILE", "", "File with the certificate (PEM) of the authority that vouches for the mail server, where it is not a public one.";
    MAIL_FROM = "MAIL_FROM", "Appointed <no-reply@localhost>", "Sender of all mails.";
    STRIPE_KEY = "STRIPE_SECRET_KEY", "", "Secret key of the Stripe account that takes prepayments. Without it prepayment is off; outside production a simulator of Stripe, without real money, stands in.";
    STRIPE_SECRETS = "STRIPE_WEBHOOK_SECRETS", "", "The secrets that Stripe signs its events with, sent to `/api/v1/webhooks/stripe`; several, separated by commas, while one is being replaced.";
    STRIPE_URL = "STRIPE_URL", "https://api.stripe.com", "Where Stripe is asked.";
    STRIPE_TEST_MODE = "STRIPE_TEST_MODE", "false", "`true` lets production take payments with a test key of Stripe's, with which no real money moves: for a staging system.";
    CONNECT = "STRIPE_CONNECT", "false", "`true` gives each provider an account of its own (Stripe Connect). `false` takes all money in the one account of STRIPE_SECRET_KEY.";
    FEE = "PLATFORM_FEE_PERCENT", "0", "The platform's share of each prepayment, with Connect: 0 to 50, with up to two decimals.";
    FEE_RETURNED = "PLATFORM_FEE_RETURNED", "true", "Whether a refund gives the platform's share back in proportion.";
    DEMO_PAYMENTS = "DEMO_PAYMENTS", "true", "Let a simulator of Stripe take demo payments where no STRIPE_SECRET_KEY is set. Never in production.";
    DEMO_PAYMENTS_LISTEN = "DEMO_PAYMENTS_LISTEN", "", "Address and port at which the server's simulator of Stripe answers the server and processes beside it, such as a worker in another container. Default: a free port of 127.0.0.1, which is noted in `DATA_DIR`.";
    ALLOWED_ORIGINS = "ALLOWED_ORIGINS", "", "Origins of other web apps that may call the API, separated by commas.";
    TRUST_PROXY = "TRUST_PROXY", "false", "`true` takes the client's address from `X-Forwarded-For`. Only behind a proxy that sets it.";
    GUEST_BOOKINGS = "GUEST_BOOKINGS_PER_HOUR", "60", "How many bookings guests may make in an hour from one address, and for one mailbox. 0 lifts the limit.";
    BODY_LIMIT = "BODY_LIMIT_BYTES", "262144", "Largest request body.";
    REQUEST_TIMEOUT = "REQUEST_TIMEOUT_SECONDS", "30", "How long one request may take.";
    SHUTDOWN_TIMEOUT = "SHUTDOWN_TIMEOUT_SECONDS", "20", "How long requests and jobs in flight may take to finish after a stop signal.";
    STREAMS = "LIVE_STREAMS", "5000", "How many streams of events may be open at once in this process.";
    STREAMS_PER_ADDRESS = "LIVE_STREAMS_PER_ADDRESS", "100", "How many of them from one address.";
    LOG = "LOG", "info", "What to log, in the syntax of `tracing` (for instance `info,api=debug`).";
    LOG_FORMAT = "LOG_FORMAT", "text", "`text` for people, `json` for machines.";
}

/// The settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// See `PRODUCTION`.
    pub production: bool,
    /// See `DEMO`; false in production.
    pub demo: bool,
    /// See `BASE_URL`; without a slash at the end.
    pub base_url: String,
    /// See `LISTEN`.
    pub listen: String,
    /// See `DATABASE_URL`.
    pub database_url: Option<SecretString>,
    /// See `DATA_DIR`.
    pub data_dir: PathBuf,
    /// See `STORAGE_URL`.
    pub storage: Place,
    /// See `STORAGE_KEY_ID`.
    pub storage_key_id: Option<SecretString>,
    /// See `STORAGE_KEY`.
    pub storage_key: Option<SecretString>,
    /// See `APP_DIR`.
    pub app_dir: Option<PathBuf>,
    /// See `DATABASE_CONNECTIONS`.
    pub database_connections: u32,
    /// See `WORKERS`.
    pub workers: usize,
    /// See `SECRET_KEY`.
    pub secret_key: Option<SecretString>,
    /// See `SMTP_URL`.
    pub smtp_url: Option<SecretString>,
    /// What is in `SMTP_CA_FILE`.
    pub smtp_authority: Option<Vec<u8>>,
    /// See `MAIL_FROM`.
    pub mail_from: String,
    /// See `STRIPE_SECRET_KEY`.
    pub stripe_key: Option<SecretString>,
    /// See `STRIPE_WEBHOOK_SECRETS`.
    pub stripe_secrets: Vec<SecretString>,
    /// See `STRIPE_URL`.
    pub stripe_url: String,
    /// See `STRIPE_TEST_MODE`.
    pub stripe_test_mode: bool,
    /// See `STRIPE_CONNECT`.
    pub connect: bool,
    /// See `PLATFORM_FEE_PERCENT`; in hundredths of a percent.
    pub fee_rate: u32,
    /// See `PLATFORM_FEE_RETURNED`.
    pub fee_returned: bool,
    /// See `DEMO_PAYMENTS`; false in production.
    pub demo_payments: bool,
    /// See `DEMO_PAYMENTS_LISTEN`.
    pub demo_payments_listen: Option<String>,
    /// See `ALLOWED_ORIGINS`.
    pub allowed_origins: Vec<String>,
    /// See `TRUST_PROXY`.
    pub trust_proxy: bool,
    /// See `GUEST_BOOKINGS_PER_HOUR`.
    pub guest_bookings_per_hour: u32,
    /// See `BODY_LIMIT_BYTES`.
    pub body_limit: usize,
    /// See `REQUEST_TIMEOUT_SECONDS`.
    pub request_timeout: Duration,
    /// See `SHUTDOWN_TIMEOUT_SECONDS`.
    pub shutdown_timeout: Duration,
    /// See `LIVE_STREAMS`.
    pub streams: u32,
    /// See `LIVE_STREAMS_PER_ADDRESS`.
    pub streams_per_address: u32,
    /// See `LOG`.
    pub log: String,
    /// See `LOG_FORMAT`: whether it is `json`.
    pub log_json: bool,
}

/// Everything that is wrong with the environment.
#[derive(Debug, thiserror::Error)]
#[error("the configuration has faults:\n  {}", .0.join("\n  "))]
pub struct Faults(pub Vec<String>);

impl Config {
    /// Reads the settings from the process's environment.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn from_env() -> Result<Self, Faults> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads the settings through a lookup of variables.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Faults> {
        let mut reader = Reader::new(&lookup);
        let production = reader.parse(names::PRODUCTION, "true or false");
        let data_dir =
            reader.optional(names::DATA_DIR).map_or_else(|| default_data_dir(&lookup), PathBuf::from);
        let storage = reader
            .optional(names::STORAGE_URL)
            .map_or_else(|| Ok(Place::Folder(data_dir.join("files"))), |url| Place::parse(&url));
        reader.require(
            storage.is_ok(),
            names::STORAGE_URL,
            "`file:///folder` or `s3://bucket?endpoint=https://host&region=name`",
        );
        let config = Config {
            production,
            demo: reader.parse::<bool>(names::DEMO, "true or false") && !production,
            base_url: reader.text(names::BASE_URL).trim_end_matches('/').to_owned(),
            listen: reader.text(names::LISTEN),
            database_url: reader.secret(names::DATABASE_URL),
            storage: storage.unwrap_or_else(|_| Place::Folder(data_dir.join("files"))),
            storage_key_id: reader.secret(names::STORAGE_KEY_ID),
            storage_key: reader.secret(names::STORAGE_KEY),
            data_dir,
            app_dir: reader.optional(names::APP_DIR).map(PathBuf::from),
            database_connections: reader.parse(names::DATABASE_CONNECTIONS, "a number"),
            workers: reader.parse(names::WORKERS, "a number"),
            secret_key: reader.secret(names::SECRET_KEY),
            smtp_url: reader.secret(names::SMTP_URL),
            smtp_authority: reader.file(names::SMTP_CA_FILE),
            mail_from: reader.text(names::MAIL_FROM),
            stripe_key: reader.secret(names::STRIPE_KEY),
            stripe_secrets: reader.list(names::STRIPE_SECRETS).into_iter().map(SecretString::from).collect(),
            stripe_url: reader.text(names::STRIPE_URL),
            stripe_test_mode: reader.parse(names::STRIPE_TEST_MODE, "true or false"),
            connect: reader.parse(names::CONNECT, "true or false"),
            fee_rate: forms::hundredths(&reader.text(names::FEE)).unwrap_or(u32::MAX),
            fee_returned: reader.parse(names::FEE_RETURNED, "true or false"),
            demo_payments: reader.parse::<bool>(names::DEMO_PAYMENTS, "true or false") && !production,
            demo_payments_listen: reader.optional(names::DEMO_PAYMENTS_LISTEN),
            allowed_origins: reader.list(names::ALLOWED_ORIGINS),
            trust_proxy: reader.parse(names::TRUST_PROXY, "true or false"),
            guest_bookings_per_hour: reader.parse(names::GUEST_BOOKINGS, "a number"),
            body_limit: reader.parse(names::BODY_LIMIT, "a number of bytes"),
            request_timeout: Duration::from_secs(reader.parse(names::REQUEST_TIMEOUT, "a number of seconds")),
            shutdown_timeout: Duration::from_secs(
                reader.parse(names::SHUTDOWN_TIMEOUT, "a number of seconds"),
            ),
            streams: reader.parse(names::STREAMS, "a number"),
            streams_per_address: reader.parse(names::STREAMS_PER_ADDRESS, "a number"),
            log: reader.text(names::LOG),
            log_json: reader.one_of(names::LOG_FORMAT, &["text", "json"]) == "json",
        };
        reader.require(config.database_connections > 0, names::DATABASE_CONNECTIONS, "at least 1");
        config.check_forms(&mut reader);
        let filter = EnvFilter::try_new(&config.log);
        reader.require(filter.is_ok(), names::LOG, "a filter such as `info` or `info,api=debug`");
        if config.production {
            for stand_in in [names::DEMO, names::DEMO_PAYMENTS] {
                let is_wanted = reader.optional(stand_in).is_some_and(|value| value == "true");
                reader.require(!is_wanted, stand_in, "left out in production");
            }
            reader.require(
                config.base_url.starts_with("https://"),
                names::BASE_URL,
                "an https address in production",
            );
            reader.require(config.secret_key.is_some(), names::SECRET_KEY, "set in production");
            reader.require(config.smtp_url.is_some(), names::SMTP_URL, "set in production");
            reader.require(
                config.stripe_url.starts_with("https://"),
                names::STRIPE_URL,
                "an https address in production",
            );
            reader.require(
                config.stripe_test_mode || !config.stripe_key.as_ref().is_some_and(forms::is_test_key),
                names::STRIPE_KEY,
                "a live key in production; STRIPE_TEST_MODE=true allows one of the test mode",
            );
        }
        let is_app = |folder: &PathBuf| folder.join("index.html").is_file();
        reader.require(
            config.app_dir.as_ref().is_none_or(is_app),
            names::APP_DIR,
            "a folder with a built app: its index.html is missing",
        );
        let has_keys = config.storage_key_id.is_some() && config.storage_key.is_some();
        let is_folder = matches!(config.storage, Place::Folder(_));
        reader.require(
            is_folder || has_keys,
            names::STORAGE_KEY,
            "set, and STORAGE_KEY_ID too, for a bucket",
        );
        if let Some(key) = &config.secret_key {
            use secrecy::ExposeSecret;
            reader.require(key.expose_secret().len() >= 32, names::SECRET_KEY, "at least 32 characters long");
        }
        reader.finish(config)
    }

    /// What would otherwise be found out one after the other, when half of the server runs.
    fn check_forms<L: Fn(&str) -> Option<String>>(&self, reader: &mut Reader<'_, L>) {
        use secrecy::ExposeSecret;
        reader.require(!self.request_timeout.is_zero(), names::REQUEST_TIMEOUT, "at least 1");
        reader.require(
            forms::is_origin(&self.base_url),
            names::BASE_URL,
            "an http or https address without a path, such as `https://book.example.org`",
        );
        reader.require(
            forms::is_socket(&self.listen),
            names::LISTEN,
            "an address and a port, such as `127.0.0.1:8080`",
        );
        reader.require(
            self.demo_payments_listen.as_deref().is_none_or(forms::is_socket),
            names::DEMO_PAYMENTS_LISTEN,
            "an address and a port, such as `127.0.0.1:4242`",
        );
        reader.require(
            self.allowed_origins.iter().all(|origin| forms::is_origin(origin)),
            names::ALLOWED_ORIGINS,
            "origins such as `https://app.example.org`, without a slash at the end and separated by commas",
        );
        let database = self.database_url.as_ref();
        reader.require(
            database.is_none_or(|url| forms::is_postgres(url.expose_secret())),
            names::DATABASE_URL,
            "a PostgreSQL address, such as `postgres://user:password@host/database`",
        );
        reader.require(self.fee_rate <= 5_000, names::FEE, "a percentage from 0 to 50, such as `2.5`");
        reader.require(
            self.stripe_key.as_ref().is_none_or(forms::is_secret_key),
            names::STRIPE_KEY,
            "a secret key of Stripe's, which begins with sk_live_, sk_test_, rk_live_ or rk_test_",
        );
        reader.require(
            self.stripe_key.is_none() || !self.stripe_secrets.is_empty() || !self.production,
            names::STRIPE_SECRETS,
            "set where STRIPE_SECRET_KEY is, or no payment is ever noticed in time",
        );
        reader.require(
            forms::is_origin(&self.stripe_url),
            names::STRIPE_URL,
            "an http or https address without a path",
        );
        let is_sender = mail::is_mailbox(&self.mail_from);
        reader.require(is_sender, names::MAIL_FROM, "an address such as `Name <name@example.org>`");
        // The sender is judged already, and a fault of the address may quote its password.
        let smtp = self
            .smtp_url
            .as_ref()
            .map(|url| Smtp::new(url, names::MAIL_FROM.default, self.smtp_authority.as_deref()));
        let fault = smtp.and_then(Result::err);
        reader.require(
            !matches!(fault, Some(BadSetting::Url(_))),
            names::SMTP_URL,
            "`smtp://`, `smtps://` or `smtp+plain://` with a host",
        );
        reader.require(
            !matches!(fault, Some(BadSetting::Authority)),
            names::SMTP_CA_FILE,
            "certificates in PEM form, for an encrypted SMTP_URL",
        );
    }

    /// Lets links follow the port that is listened on, where `BASE_URL` was left at its default.
    pub fn follow_port(&mut self, port: u16) {
        if self.base_url == names::BASE_URL.default {
            self.base_url = format!("http://localhost:{port}");
        }
    }

    /// Whether people reach the product by https, so that cookies are `Secure`.
    #[must_use]
    pub fn https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

fn default_data_dir(lookup: &impl Fn(&str) -> Option<String>) -> PathBuf {
    let home = lookup("HOME").unwrap_or_default();
    if home.is_empty() || home == "/root" {
        return PathBuf::from("/var/lib/appointed");
    }
    lookup("XDG_DATA_HOME")
        .filter(|folder| !folder.is_empty())
        .map_or_else(|| PathBuf::from(home).join(".local/share"), PathBuf::from)
        .join("appointed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_environment_is_a_working_configuration() {
        let config = Config::read(|_| None).unwrap();
        assert_eq!(config.base_url, "http://localhost:8080");
        assert!(!config.production && config.database_url.is_none());
    }

    #[test]
    fn all_faults_come_together() {
        let faults = Config::read(|name| match name {
            "PRODUCTION" => Some("true".into()),
            "WORKERS" => Some("many".into()),
            _ => None,
        })
        .unwrap_err();
        let text = faults.to_string();
        for name in ["WORKERS", "BASE_URL", "SECRET_KEY", "SMTP_URL"] {
            assert!(text.contains(name), "{name} is not in: {text}");
        }
    }

    #[test]
    fn what_has_a_wrong_form_is_told_before_anything_starts() {
        let wrong = [
            ("REQUEST_TIMEOUT_SECONDS", "0"),
            ("LISTEN", "everywhere"),
            ("DEMO_PAYMENTS_LISTEN", "4242"),
            ("SMTP_URL", "http://user:s3cret@mail.example.org"),
            ("MAIL_FROM", "nobody"),
            ("ALLOWED_ORIGINS", "https://good.example.org, app.example.org/"),
            ("BASE_URL", "https://example.org/booking"),
            ("DATABASE_URL", "mysql://ada:s3cret@x"),
        ];
        let of =
            |name: &str| wrong.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into());
        let Faults(faults) = Config::read(of).unwrap_err();
        assert_eq!(faults.len(), wrong.len(), "{faults:?}");
        for (name, _) in wrong {
            assert!(faults.iter().any(|fault| fault.starts_with(name)), "{name} is not in: {faults:?}");
            let alone = Config::read(|asked| (asked == name).then(|| of(name)).flatten());
            assert_eq!(alone.unwrap_err().0.len(), 1, "{name}");
        }
        assert!(!faults.join(" ").contains("s3cret"), "{faults:?}");
    }

    #[test]
    fn production_takes_real_money_over_an_encrypted_way() {
        let faults = |settings: &[(&str, &str)]| {
            let of = |name: &str| settings.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
            let Faults(faults) = Config::read(|name| match name {
                "PRODUCTION" => Some("true".into()),
                name => of(name).map(str::to_owned),
            })
            .unwrap_err();
            faults.into_iter().filter(|fault| fault.starts_with("STRIPE_")).collect::<Vec<_>>()
        };
        let secrets = ("STRIPE_WEBHOOK_SECRETS", "whsec_1");
        assert!(faults(&[]).is_empty());
        assert!(faults(&[("STRIPE_SECRET_KEY", "sk_live_1"), secrets]).is_empty());
        for none in ["pk_live_s3cret", "sk_live_", "whsec_s3cret", "sk_live_s3cret 2"] {
            let told = faults(&[("STRIPE_SECRET_KEY", none), secrets]);
            assert_eq!(told.len(), 1, "{none}");
            assert!(told[0].contains("begins with sk_live_") && !told[0].contains("s3cret"), "{told:?}");
        }
        let test = ("STRIPE_SECRET_KEY", "sk_test_1");
        assert!(faults(&[test, secrets])[0].starts_with("STRIPE_SECRET_KEY"));
        assert!(faults(&[test, secrets, ("STRIPE_TEST_MODE", "true")]).is_empty());
        assert!(faults(&[("STRIPE_URL", "http://stripe.example.org")])[0].starts_with("STRIPE_URL"));
    }

    #[test]
    fn secrets_do_not_print() {
        let config = Config::read(|name| (name == "SECRET_KEY").then(|| "s3cret-".repeat(8))).unwrap();
        assert!(!format!("{config:?}").contains("s3cret"));
    }

    #[test]
    fn the_example_file_is_current() {
        let committed = include_str!("../../../.env.example");
        assert_eq!(committed, env_example(), "run `make env` to write it anew");
    }
}
