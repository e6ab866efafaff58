//! Where a request comes from, as the connection or our own proxies say.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;

use crate::client::ClientAddress;

/// Reads it from the connection, or from `X-Forwarded-For` behind that many trusted proxies.
pub(super) fn address(parts: &Parts, trusted_proxies: usize) -> ClientAddress {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if trusted_proxies == 0 {
        return ClientAddress::new(peer);
    }
    let forwarded: Vec<IpAddr> = parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| part.trim().parse().ok())
        .collect();
    // The last entries were written by our own proxies; earlier ones by anybody.
    let place = forwarded.len().checked_sub(trusted_proxies);
    ClientAddress::new(
        place
            .and_then(|at| forwarded.get(at))
            .copied()
            .unwrap_or(peer),
    )
}
