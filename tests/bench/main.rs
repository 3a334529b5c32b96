//! What listing slots and booking cost: `make bench`.
//!
//! Times differ from machine to machine, so each figure stands beside one of the same run that nothing of ours can
//! beat: the facts query alone for the list of slots, `pgbench` with the same statements for bookings. Runs of the two
//! alternate and the medians count. Name `slots` or `bookings` to measure only that.

mod bookings;
mod database;
mod load;
mod pgbench;
mod serve;
mod slots;
mod table;

use database::Database;
use std::error::Error;
use std::process::ExitCode;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["serve", name] => serve::run(name),
        _ => measure(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(wanted: &[&str]) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let is_wanted = |name| wanted.is_empty() || wanted.contains(&name);
    runtime.block_on(async {
        let database = Database::start().await?;
        let mut done = Ok(());
        if is_wanted("slots") {
            done = slots::measure(&database).await;
        }
        if done.is_ok() && is_wanted("bookings") {
            done = bookings::measure(&database).await;
        }
        database.stop().await?;
        done
    })
}
