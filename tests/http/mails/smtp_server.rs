//! A small SMTP server that does as it is told.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// How the server treats the next mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Takes it.
    Accepts,
    /// Answers the recipient with this code, quoting the address as servers do.
    Refuses(u16),
    /// Answers the log-in with this code.
    RefusesLogin(u16),
    /// Never answers the mail.
    Hangs,
    /// Closes the connection in the middle of the mail.
    HangsUp,
}

/// What reached the server.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// `MAIL FROM`.
    pub from: String,
    /// `RCPT TO`.
    pub to: Vec<String>,
    /// The message.
    pub data: Vec<u8>,
}

/// When the server encrypts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Never.
    None,
    /// Once it is asked to, and it insists on being asked.
    StartTls,
    /// From the first byte.
    Wrapped,
}

/// A server on a free port, which ends with the test.
pub struct SmtpServer {
    /// Where it listens.
    pub port: u16,
    /// The certificate (PEM) of the authority that vouches for it.
    pub authority: Vec<u8>,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    moods: Mutex<VecDeque<Mood>>,
    mails: Mutex<Vec<Received>>,
    connections: Mutex<usize>,
    /// Mails under way: now, and at most.
    busy: Mutex<(usize, usize)>,
}

impl SmtpServer {
    /// Starts with these moods, one for each mail; after them it accepts.
    pub async fn start(moods: &[Mood]) -> Self {
        Self::encrypted(Encryption::None, moods).await
    }

    /// The same, encrypted. It calls itself `localhost`.
    pub async fn encrypted(encryption: Encryption, moods: &[Mood]) -> Self {
        let (acceptor, authority) = vouched_for("localhost");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state =
            Arc::new(State { moods: Mutex::new(moods.iter().copied().collect()), ..State::default() });
        let shared = state.clone();
        actix_web::rt::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *shared.connections.lock().unwrap() += 1;
                let (state, acceptor) = (shared.clone(), acceptor.clone());
                actix_web::rt::spawn(async move {
                    let _ = welcome(stream, encryption, &acceptor, &state).await;
                });
            }
        });
        Self { port, authority, state }
    }

    /// The mails it took.
    pub fn mails(&self) -> Vec<Received> {
        self.state.mails.lock().unwrap().clone()
    }

    /// How many mails were under way at the same time, at most.
    pub fn most_at_once(&self) -> usize {
        self.state.busy.lock().unwrap().1
    }

    /// How many connections it was asked for.
    pub fn connections(&self) -> usize {
        *self.state.connections.lock().unwrap()
    }
}

impl State {
    fn begin(&self) {
        let mut busy = self.busy.lock().unwrap();
        busy.0 += 1;
        busy.1 = busy.1.max(busy.0);
    }

    fn end(&self) {
        self.busy.lock().unwrap().0 -= 1;
    }

    fn next_mood(&self) -> Mood {
        self.moods.lock().unwrap().pop_front().unwrap_or(Mood::Accepts)
    }

    fn refused_login(&self) -> Option<u16> {
        let mut moods = self.moods.lock().unwrap();
        match moods.front() {
            Some(&Mood::RefusesLogin(code)) => {
                moods.pop_front();
                Some(code)
            }
            _ => None,
        }
    }
}

/// A certificate for `host` from an authority made for it.
fn vouched_for(host: &str) -> (TlsAcceptor, Vec<u8>) {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new([host.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    (Arc::new(config).into(), authority.pem().into_bytes())
}

async fn welcome(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    encryption: Encryption,
    acceptor: &TlsAcceptor,
    state: &State,
) -> std::io::Result<()> {
    match encryption {
        Encryption::None => converse(stream, true, state).await,
        Encryption::Wrapped => converse(acceptor.accept(stream).await?, true, state).await,
        Encryption::StartTls => {
            stream.write_all(b"220 test ready\r\n").await?;
            let mut lines = BufReader::new(stream);
            loop {
                let mut line = String::new();
                if lines.read_line(&mut line).await? == 0 {
                    return Ok(());
                }
                let answer = match line.trim_end().split(' ').next() {
                    Some("EHLO") => "250-test\r\n250 STARTTLS",
                    Some("STARTTLS") => "220 go on",
                    _ => "530 5.7.0 Must issue a STARTTLS command first",
                };
                lines.write_all(format!("{answer}\r\n").as_bytes()).await?;
                if answer == "220 go on" {
                    let secret = acceptor.accept(lines.into_inner()).await?;
                    return converse(secret, false, state).await;
                }
            }
        }
    }
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    greet: bool,
    state: &State,
) -> std::io::Result<()> {
    let (read, mut write) = tokio::io::split(stream);
    let mut read = BufReader::new(read);
    let (mut mail, mut mood) = (Received::default(), Mood::Accepts);
    if greet {
        write.write_all(b"220 test ready\r\n").await?;
    }
    loop {
        let mut line = String::new();
        if read.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN".to_owned(),
            "AUTH" => match state.refused_login() {
                Some(code) => format!("{code} no"),
                None => "235 welcome".to_owned(),
            },
            "MAIL" => {
                mood = state.next_mood();
                mail = Received { from: line.to_owned(), ..Received::default() };
                match mood {
                    Mood::Hangs => std::future::pending().await,
                    Mood::HangsUp => return Ok(()),
                    _ => "250 ok".to_owned(),
                }
            }
            "RCPT" => match mood {
                Mood::Refuses(code) => format!("{code} 5.1.1 no mailbox for {line}"),
                _ => {
                    mail.to.push(line.to_owned());
                    "250 ok".to_owned()
                }
            },
            "DATA" => {
                state.begin();
                write.write_all(b"354 go on\r\n").await?;
                loop {
                    let mut line = Vec::new();
                    read.read_until(b'\n', &mut line).await?;
                    if line == b".\r\n" || line.is_empty() {
                        break;
                    }
                    mail.data.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
                }
                state.end();
                state.mails.lock().unwrap().push(std::mem::take(&mut mail));
                "250 taken".to_owned()
            }
            "RSET" | "NOOP" => "250 ok".to_owned(),
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "502 what".to_owned(),
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}
