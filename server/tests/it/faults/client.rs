//! A client on one connection that is kept: as little HTTP/1.1 as these tests need.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// An answer.
pub struct Answer {
    pub status: u16,
    pub cookie: String,
    pub body: String,
}

impl Answer {
    /// The cookie that came with it, as a browser would send it back.
    pub fn crumb(&self) -> &str {
        self.cookie.split(';').next().unwrap_or_default()
    }

    /// What the first hidden field of this name carries.
    pub fn hidden(&self, name: &str) -> Option<String> {
        let before = format!("name=\"{name}\" value=\"");
        let (_, rest) = self.body.split_once(&before)?;
        rest.split('"').next().map(str::to_owned)
    }
}

/// A connection, and the cookie that goes with each request on it.
pub struct Client {
    stream: BufReader<TcpStream>,
    pub cookie: String,
}

impl Client {
    pub async fn connect(to: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            cookie: String::new(),
        })
    }

    /// Gets a page.
    pub async fn get(&mut self, path: &str) -> io::Result<Answer> {
        let cookie = self.cookie_line();
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{cookie}\r\n");
        self.exchange(&request).await
    }

    /// Sends a form and reads the whole answer.
    pub async fn post(&mut self, path: &str, fields: &[(String, String)]) -> io::Result<Answer> {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\n{}\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookie_line(),
            body.len()
        );
        self.exchange(&request).await
    }

    fn cookie_line(&self) -> String {
        if self.cookie.is_empty() {
            return String::new();
        }
        format!("cookie: {}\r\n", self.cookie)
    }

    async fn exchange(&mut self, request: &str) -> io::Result<Answer> {
        let work = async {
            self.stream.get_mut().write_all(request.as_bytes()).await?;
            self.read().await
        };
        tokio::time::timeout(Duration::from_secs(15), work)
            .await
            .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_owned())
    }

    async fn read(&mut self) -> io::Result<Answer> {
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or(io::ErrorKind::InvalidData)?;
        let (mut length, mut cookie) = (0, String::new());
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(": ").unwrap_or((&line, ""));
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "set-cookie" => cookie = value.to_owned(),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(Answer {
            status,
            cookie,
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}
