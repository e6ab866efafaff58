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

    /// As a number, for a digest or a bound.
    pub fn ip(self) -> IpAddr {
        self.0
    }
}
