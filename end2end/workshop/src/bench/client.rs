//! A small HTTP/1.1 client that keeps its connection: enough to load a server on loopback.
//!
//! Understands `Content-Length` and chunked bodies, nothing more. Not for use on the internet.
//! Invariant: an answer is returned whole or not at all, and each has a time limit.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde::Serialize;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than anything that is measured may take.
const LIMIT: Duration = Duration::from_secs(30);

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The first value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// Every cookie that is set, as a browser sends them back.
    pub fn cookies(&self) -> String {
        self.head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter(|(key, _)| key.eq_ignore_ascii_case("set-cookie"))
            .filter_map(|(_, value)| value.trim().split(';').next())
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A long file that was read and not kept.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Download {
    pub bytes: usize,
    pub first_byte_ms: f64,
    pub seconds: f64,
}

/// One connection.
pub struct Client {
    address: SocketAddr,
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    /// Connects.
    pub async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            address,
            stream,
            buffer: Vec::with_capacity(64 * 1024),
        })
    }

    /// `GET`, with further header lines, each ended by CR LF.
    pub async fn get(&mut self, path: &str, headers: &str) -> Result<Answer> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n",
            self.address
        );
        self.send(request.as_bytes()).await
    }

    /// `POST` of form fields, as a browser sends them from our own page.
    pub async fn post(&mut self, path: &str, body: &str, headers: &str) -> Result<Answer> {
        let request = post(self.address, path, body, headers);
        self.send(request.as_bytes()).await
    }

    /// Sends a request made before and reads the answer.
    pub async fn send(&mut self, request: &[u8]) -> Result<Answer> {
        timeout(LIMIT, async {
            self.stream.write_all(request).await?;
            self.answer().await
        })
        .await
        .map_err(|_| Error::from(ErrorKind::TimedOut))?
    }

    /// Sends a request whose answer is a long file in chunks, and counts its bytes instead of keeping
    /// them.
    pub async fn download(&mut self, request: &[u8]) -> Result<Download> {
        let sent = Instant::now();
        self.stream.write_all(request).await?;
        let end = loop {
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(&self.take(end).await?).to_lowercase();
        if !head.starts_with("http/1.1 200") || !head.contains("transfer-encoding: chunked") {
            return Err(Error::other(head));
        }
        let mut download = Download::default();
        loop {
            let size = self.chunk_size().await?;
            if download.bytes == 0 {
                download.first_byte_ms = sent.elapsed().as_secs_f64() * 1e3;
            }
            let mut left = size + 2;
            while left > 0 {
                if self.buffer.is_empty() {
                    self.more().await?;
                }
                let now = left.min(self.buffer.len());
                self.buffer.drain(..now);
                left -= now;
            }
            if size == 0 {
                download.seconds = sent.elapsed().as_secs_f64();
                return Ok(download);
            }
            download.bytes += size;
        }
    }

    async fn answer(&mut self) -> Result<Answer> {
        let end = loop {
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await?;
        };
        let head: Vec<u8> = self.buffer.drain(..end).collect();
        let head = String::from_utf8_lossy(&head).into_owned();
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .ok_or_else(|| Error::from(ErrorKind::InvalidData))?;
        let mut answer = Answer {
            status,
            head,
            body: Vec::new(),
        };
        let chunked = answer
            .header("transfer-encoding")
            .is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
        answer.body = if chunked {
            self.chunks().await?
        } else {
            let length = answer.header("content-length").unwrap_or("0");
            let length = length
                .parse()
                .map_err(|_| Error::from(ErrorKind::InvalidData))?;
            self.take(length).await?
        };
        Ok(answer)
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let size = self.chunk_size().await?;
            body.extend(self.take(size).await?);
            self.take(2).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn chunk_size(&mut self) -> Result<usize> {
        let end = loop {
            if let Some(at) = find(&self.buffer, b"\r\n") {
                break at;
            }
            self.more().await?;
        };
        let line = self.take(end + 2).await?;
        let line = String::from_utf8_lossy(&line);
        let size = line.trim().split(';').next().unwrap_or_default();
        usize::from_str_radix(size, 16).map_err(|_| Error::from(ErrorKind::InvalidData))
    }

    async fn take(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.buffer.len() < length {
            self.more().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn more(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(Error::from(ErrorKind::UnexpectedEof)),
            _ => Ok(()),
        }
    }
}

/// A `POST` as bytes to send.
pub fn post(address: SocketAddr, path: &str, body: &str, headers: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

/// Form fields as they are sent.
pub fn encoded(fields: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|at| at == needle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn answers_of_both_kinds_are_read_whole_on_one_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its number");
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a client");
            let mut request = [0_u8; 1024];
            for answer in [
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX-One: a\r\nSet-Cookie: b=1; Path=/\r\n\
                 set-cookie: c=2\r\n\r\nhello",
                "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
            ] {
                let _ = stream.read(&mut request).await.expect("a request");
                stream.write_all(answer.as_bytes()).await.expect("sent");
            }
        });
        let mut client = Client::connect(address).await.expect("connected");
        let first = client.get("/", "").await.expect("an answer");
        assert_eq!((first.status, first.text().as_str()), (200, "hello"));
        assert_eq!(first.header("x-one"), Some("a"));
        assert_eq!(first.cookies(), "b=1; c=2");
        let second = client.get("/", "").await.expect("an answer");
        assert_eq!((second.status, second.text().as_str()), (404, "abcde"));
    }
}
