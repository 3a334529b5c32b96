//! Whether the server on this machine is well, for images without a shell.

use super::Result;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(2);

/// Asks the server at `listen` (an address and a port) whether it can serve.
///
/// # Errors
/// It cannot be reached, does not answer in two seconds, or says that it is not ready.
pub fn health(listen: &str) -> Result<()> {
    let address = listen.to_socket_addrs()?.next().ok_or("LISTEN names no address")?;
    let mut stream = TcpStream::connect_timeout(&address, LIMIT)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.write_all(b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
    let mut status = String::new();
    BufReader::new(stream).read_line(&mut status)?;
    if status.split(' ').nth(1) == Some("200") { Ok(()) } else { Err("it is not ready".into()) }
}
