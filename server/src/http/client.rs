//! The address a request comes from; used for rate limits only, never stored or logged.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;

/// A client's address. IPv6 clients are taken by their /64 network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// Reads it from the connection, or from `X-Forwarded-For` behind that many trusted proxies.
    pub fn of(parts: &Parts, trusted_proxies: usize) -> Self {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
        if trusted_proxies == 0 {
            return Self(network(peer));
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
        Self(network(
            place
                .and_then(|at| forwarded.get(at))
                .copied()
                .unwrap_or(peer),
        ))
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => {
                let mut bits = v6.segments();
                for part in bits.iter_mut().skip(4) {
                    *part = 0;
                }
                IpAddr::V6(bits.into())
            }
        },
    }
}
