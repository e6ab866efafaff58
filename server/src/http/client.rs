//! Where a request comes from, as the connection or our own proxies say.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::client::ClientAddress;

/// Reads it from the connection, or from `X-Forwarded-For` behind that many trusted proxies.
pub(super) fn address(parts: &Parts, trusted_proxies: usize) -> ClientAddress {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    ClientAddress::new(forwarded(&parts.headers, trusted_proxies).unwrap_or(peer))
}

/// The entry that the outermost of our own proxies wrote: the last ones are theirs, earlier ones
/// anybody's. None where it is missing or names no address: then nothing but the connection is sure.
fn forwarded(headers: &HeaderMap, trusted_proxies: usize) -> Option<IpAddr> {
    // Counted before any is read, so that one which can't be read moves nobody else's into its place.
    let entries: Vec<&[u8]> = headers
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .collect();
    let place = entries.len().checked_sub(trusted_proxies)?;
    let own = std::str::from_utf8(entries.get(place)?).ok()?;
    read(own.trim())
}

/// An address as proxies write it: alone, in brackets, and with a port or without.
fn read(entry: &str) -> Option<IpAddr> {
    if let Ok(address) = entry.parse::<IpAddr>() {
        return Some(address);
    }
    if let Ok(with_port) = entry.parse::<SocketAddr>() {
        return Some(with_port.ip());
    }
    let bare = entry.strip_prefix('[')?.strip_suffix(']')?;
    bare.parse().ok().map(IpAddr::V6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn from(lines: &[&[u8]], proxies: usize) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            let value = HeaderValue::from_bytes(line).expect("a header");
            headers.append("x-forwarded-for", value);
        }
        forwarded(&headers, proxies).map(|address| address.to_string())
    }

    #[test]
    fn the_entry_of_our_own_proxy_counts_in_any_writing_and_no_other() {
        let own = Some("203.0.113.10".to_owned());
        for line in [
            "203.0.113.10",
            "203.0.113.10:4711",
            "1.2.3.4, 203.0.113.10",
            "1.2.3.4,203.0.113.10:4711",
            "unknown, , 1.2.3.4:99999 , 203.0.113.10 ",
        ] {
            assert_eq!(from(&[line.as_bytes()], 1), own, "{line}");
        }
        assert_eq!(from(&[b"1.2.3.4", b"203.0.113.10"], 1), own, "two lines");
        assert_eq!(from(&[b"\xff\xfe, 203.0.113.10"], 1), own);
        assert_eq!(from(&[b"9.9.9.9, 203.0.113.10, unknown"], 2), own);
        let six = Some("2001:db8::7".to_owned());
        for line in [
            "1.2.3.4, 2001:db8::7",
            "[2001:db8::7]",
            "x, [2001:db8::7]:4711",
        ] {
            assert_eq!(from(&[line.as_bytes()], 1), six, "{line}");
        }
        for line in [
            "1.2.3.4, unknown",
            "1.2.3.4, _hidden",
            "1.2.3.4, ",
            "1.2.3.4, 203.0.113.10:port",
            "1.2.3.4, [203.0.113.10]",
            "1.2.3.4, [2001:db8::7",
            "1.2.3.4, 300.0.0.1",
            "",
        ] {
            assert_eq!(from(&[line.as_bytes()], 1), None, "{line}");
        }
        assert_eq!(from(&[b"1.2.3.4"], 2), None, "one proxy was passed by");
        assert_eq!(from(&[], 1), None);
        assert_eq!(from(&[b"1.2.3.4"], 0), None, "no proxy is believed");
    }
}
