//! The simulator alone: `stripe-simulator 127.0.0.1:4242 sk_test_key [webhook-url webhook-secret [state-file]]`.

use std::net::TcpListener;
use std::process::ExitCode;
use stripe_simulator::{Endpoint, Settings, start};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(key)) = (arguments.next(), arguments.next()) else {
        eprintln!("stripe-simulator ADDRESS KEY [WEBHOOK-URL WEBHOOK-SECRET [STATE-FILE]]");
        return ExitCode::FAILURE;
    };
    let webhook = arguments.next().zip(arguments.next()).map(|(url, secret)| Endpoint { url, secret });
    let state = arguments.next().map(Into::into);
    let settings = Settings { webhook, state, ..Settings::new(&key) };
    match TcpListener::bind(&address).and_then(|listener| start(listener, settings)) {
        Ok(handle) => {
            println!("{}", handle.url());
            handle.wait();
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{address}: {error}");
            ExitCode::FAILURE
        }
    }
}
