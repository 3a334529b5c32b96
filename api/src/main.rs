//! The `appointed` binary: one program, a subcommand for each job.

mod commands;

use clap::Parser;

#[actix_web::main]
async fn main() -> std::process::ExitCode {
    let _ = rustls::crypto::ring::default_provider().install_default();
    match commands::Cli::parse().run().await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("appointed: {}", api::telemetry::chain(&*error));
            std::process::ExitCode::FAILURE
        }
    }
}
