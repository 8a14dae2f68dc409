//! Which Odoo servers a key may name: anyone can make a key, and the gateway calls where it says.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use odoo_rpc::ServerUrl;

use crate::error::Error;

/// The hosts that the operator lists. Without a list, any: an Odoo in the house has a private address.
#[derive(Debug, Clone)]
pub(crate) struct Hosts {
    allowed: Vec<Pattern>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    Exactly(String),
    /// Any host under this domain; kept with its dot in front.
    Under(String),
}

/// Where clouds hand out their machines' secrets, besides the link-local addresses.
const METADATA: [IpAddr; 4] = [
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 0, 192)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
];

impl Hosts {
    pub(crate) fn new(patterns: &[String]) -> Hosts {
        let allowed = patterns
            .iter()
            .map(|pattern| pattern.trim().to_ascii_lowercase())
            .filter(|pattern| !pattern.is_empty())
            .map(|pattern| match pattern.strip_prefix('*') {
                Some(domain) if domain.starts_with('.') => Pattern::Under(domain.to_owned()),
                _ => Pattern::Exactly(pattern),
            })
            .collect();
        Hosts { allowed }
    }

    /// Refuses a server that is not listed.
    pub(crate) fn check(&self, url: &ServerUrl) -> Result<(), Error> {
        if self.allowed.is_empty() {
            return Ok(());
        }
        let host = url.host();
        if self.lists(&host) {
            Ok(())
        } else {
            Err(Error::invalid(format!(
                "`url`: this gateway does not serve the host `{host}`"
            )))
        }
    }

    /// Whether to connect to an address that `host` has, asked just before it is done.
    pub(crate) fn permits(&self, host: &str, address: IpAddr) -> bool {
        self.lists(host) || !(is_link_local(address) || METADATA.contains(&address.to_canonical()))
    }

    /// Whether the host, with or without its port, is on the list.
    fn lists(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => &host,
        };
        self.allowed.iter().any(|pattern| match pattern {
            Pattern::Exactly(exact) => host == *exact || name == exact,
            Pattern::Under(domain) => name.ends_with(domain),
        })
    }
}

fn is_link_local(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(patterns: &[&str]) -> Hosts {
        let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        Hosts::new(&patterns)
    }

    #[track_caller]
    fn assert_serves(patterns: &[&str], url: &str, expected: bool) {
        let url = ServerUrl::parse(url).unwrap();
        assert_eq!(
            hosts(patterns).check(&url).is_ok(),
            expected,
            "{patterns:?} {url}"
        );
    }

    #[test]
    fn without_a_list_any_host_will_do() {
        assert_serves(&[], "https://odoo.example.com", true);
        assert_serves(&[""], "http://192.168.1.20:8069", true);
    }

    #[test]
    fn with_a_list_only_what_is_on_it() {
        let list = &["odoo.example.com", "*.Odoo.com", "inside:8069", "[::1]"];
        for (url, expected) in [
            ("https://odoo.example.com", true),
            ("https://ODOO.example.com:8443/erp", true),
            ("https://company.odoo.com", true),
            ("https://a.b.odoo.com", true),
            ("http://inside:8069", true),
            ("http://inside:8070", false),
            ("http://[::1]:8069", true),
            ("https://odoo.com", false),
            ("https://evilodoo.com", false),
            ("https://odoo.example.com.evil.com", false),
        ] {
            assert_serves(list, url, expected);
        }
    }

    #[track_caller]
    fn assert_permits(list: &[&str], address: &str, expected: bool) {
        let permits = hosts(list).permits("odoo", address.parse().unwrap());
        assert_eq!(permits, expected, "{list:?} {address}");
    }

    #[test]
    fn a_clouds_metadata_cannot_be_reached_by_a_name_that_points_there() {
        for address in [
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "fe80::1",
            "fd00:ec2::254",
            "100.100.100.200",
            "::ffff:168.63.129.16",
        ] {
            assert_permits(&[], address, false);
            assert_permits(&["elsewhere"], address, false);
            assert_permits(&["odoo"], address, true);
        }
        for address in [
            "10.0.0.7",
            "192.168.1.20",
            "127.0.0.1",
            "::1",
            "fd12::1",
            "1.1.1.1",
        ] {
            assert_permits(&[], address, true);
        }
    }
}
