//! The subcommands.

use api::accounts::admin;
use api::app::App;
use api::config::{self, Config};
use api::http::openapi::openapi;
use api::ledger;
use api::runtime;
use api::seed;
use clap::{Parser, Subcommand};
use std::error::Error;

/// An open booking platform: one binary and one PostgreSQL.
#[derive(Debug, Parser)]
#[command(name = "appointed", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, the app and the docs, and work off the jobs.
    Serve,
    /// Work off the jobs only.
    Work,
    /// Bring the schema up to date.
    Migrate,
    /// Write the demo data, unless it is there. Never in production.
    Seed,
    /// Who administers the platform.
    #[command(subcommand)]
    Admin(Admin),
    /// The book of all money.
    #[command(subcommand)]
    Ledger(Ledger),
    /// Ask the server on this machine whether it can serve; ends with 0 where it can.
    Health,
    /// Print the OpenAPI document.
    Openapi,
    /// Print the reference of all settings, as an example file.
    Env,
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// Make an admin: promote the account of this address, or open one and print its generated password.
    Create {
        /// The person's e-mail address.
        #[arg(long)]
        email: String,
        /// How a new account's person is called.
        #[arg(long, default_value = "Admin")]
        name: String,
        /// Take a new account's password from the first line of standard input instead.
        #[arg(long)]
        password_stdin: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Ledger {
    /// Compare the book with the payment processor's and print every difference; ends with 1 where there is one.
    Check {
        /// Compare payments, disputes and payouts of so many days.
        #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: u16,
    },
}

impl Cli {
    /// Runs the subcommand to its end.
    ///
    /// # Errors
    /// Whatever stops it, in words for the operator.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        match self.command {
            Command::Openapi => println!("{}", openapi().to_pretty_json()?),
            Command::Env => print!("{}", config::env_example()),
            Command::Serve => runtime::serve(Config::from_env()?).await?,
            Command::Health => runtime::health(&Config::from_env()?.listen)?,
            Command::Work => runtime::work(Config::from_env()?).await?,
            Command::Seed => {
                let config = Config::from_env()?;
                if config.production {
                    return Err("there is no demo data in production".into());
                }
                let task = async |app: &App| Ok(seed::run(app).await?);
                match runtime::with_app(config, task).await? {
                    seed::Outcome::Written => println!("The demo data is written."),
                    seed::Outcome::Present => println!("The demo data is there already."),
                }
            }
            Command::Ledger(Ledger::Check { days }) => {
                let task = async |app: &App| Ok(ledger::check(app, i64::from(days)).await?);
                let found = runtime::with_app(Config::from_env()?, task).await?;
                for difference in &found {
                    println!("{difference}");
                }
                if let Some(summary) = ledger::summary(&found) {
                    return Err(summary.into());
                }
                println!("The book agrees with the payment processor's.");
            }
            Command::Migrate => runtime::migrate(Config::from_env()?).await?,
            Command::Admin(Admin::Create { email, name, password_stdin }) => {
                let password = password_stdin.then(first_line).transpose()?;
                let config = Config::from_env()?;
                let task = async |app: &App| Ok(admin::create(app, &email, &name, password).await?);
                println!("{}", runtime::with_app(config, task).await?);
            }
        }
        Ok(())
    }
}

fn first_line() -> std::io::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
