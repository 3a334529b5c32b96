//! The load: connections that ask again as soon as they are answered. Lean, for it shares the machine with the server.

use crate::Result;
use std::cell::Cell;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

/// Writes the nth request, head and body.
pub type Request = std::rc::Rc<dyn Fn(u64) -> String>;

/// Keeps `connections` busy for `time`. Answers how many requests were answered and how long that took.
///
/// # Errors
/// Any answer with another status than `status`.
pub async fn run(
    address: SocketAddr,
    connections: usize,
    time: Duration,
    next: &std::rc::Rc<Cell<u64>>,
    request: &Request,
    status: &'static str,
) -> Result<(u64, Duration)> {
    let first = next.get();
    let begin = Instant::now();
    LocalSet::new()
        .run_until(async {
            let tasks: Vec<_> = (0..connections)
                .map(|_| {
                    let (next, request) = (next.clone(), request.clone());
                    tokio::task::spawn_local(async move {
                        let mut connection =
                            Connection::open(address).await.map_err(|error| error.to_string())?;
                        while begin.elapsed() < time {
                            let n = next.replace(next.get() + 1);
                            connection.ask(&request(n), status).await.map_err(|error| error.to_string())?;
                        }
                        Ok::<_, String>(())
                    })
                })
                .collect();
            for task in tasks {
                task.await??;
            }
            Ok((next.get() - first, begin.elapsed()))
        })
        .await
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(65_536) })
    }

    /// Sends a request and reads the answer to its end.
    async fn ask(&mut self, request: &str, status: &str) -> Result<()> {
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        let body_at = loop {
            self.read().await?;
            if let Some(at) = self.buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break at + 4;
            }
        };
        let head = String::from_utf8_lossy(&self.buffer[..body_at]).to_ascii_lowercase();
        let length: usize = head
            .split("\r\n")
            .find_map(|line| line.strip_prefix("content-length:"))
            .ok_or("an answer without a length")?
            .trim()
            .parse()?;
        while self.buffer.len() < body_at + length {
            self.read().await?;
        }
        if head.split(' ').nth(1) == Some(status) {
            return Ok(());
        }
        Err(format!("unexpected answer: {}", String::from_utf8_lossy(&self.buffer)).into())
    }

    async fn read(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err("the server has hung up".into()),
            _ => Ok(()),
        }
    }
}
