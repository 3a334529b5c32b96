//! The subcommands.

use api::config::{self, Config};
use api::http::openapi::openapi;
use api::runtime;
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
    /// Print the OpenAPI document.
    Openapi,
    /// Print the reference of all settings, as an example file.
    Env,
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
            Command::Work => runtime::work(Config::from_env()?).await?,
            Command::Migrate => runtime::migrate(Config::from_env()?).await?,
        }
        Ok(())
    }
}
