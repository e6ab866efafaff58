//! The address that a request comes from: used for rate limits and against stuffing, never logged.

use std::net::IpAddr;

/// A client's address. IPv6 clients are taken by their /64 network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

impl ClientAddress {
    /// The client at this address.
    pub fn new(address: IpAddr) -> Self {
        Self(match address {
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
        })
    }

    /// The network it is in: a block of 256 neighbouring IPv4 addresses, or an IPv6 site, which many
    /// share. None for one of our own: our own proxy, or everybody within one building, which tells
    /// nothing of anybody.
    pub fn network(self) -> Option<Vec<u8>> {
        match self.0 {
            IpAddr::V4(v4) => {
                let own = v4.is_loopback() || v4.is_private() || v4.is_link_local();
                (!own).then(|| v4.octets().into_iter().take(3).collect())
            }
            IpAddr::V6(v6) => {
                let own = v6.is_loopback() || v6.is_unique_local();
                (!own).then(|| v6.octets().into_iter().take(6).collect())
            }
        }
    }

    /// As a number, for a digest or a bound.
    pub fn ip(self) -> IpAddr {
        self.0
    }
}
