//! Which addresses anyone may ask for, and which only the user.
//!
//! A page or feed can name any host, so a link could make this machine ask its own services, its
//! router or a cloud's metadata service. What is not plainly a public address is therefore refused
//! unless the user named the host. The check is on IP addresses, where a connection is made, since
//! a public name may lead to a private address, and to another one the next time.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Whether the address is on the public internet.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let reserved = matches!(
        ip.octets(),
        // This network, private, loopback, and from 224 on multicast, reserved, broadcast.
        [0 | 10 | 127 | 224.., ..]
            // Carrier-grade NAT, link-local (metadata services), private.
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [172, 16..=31, ..]
            | [192, 168, ..]
            // Protocol assignments, documentation (three times), 6to4 relays, benchmarks.
            | [192, 0, 0 | 2, _]
            | [198, 51, 100, _]
            | [203, 0, 113, _]
            | [192, 88, 99, _]
            | [198, 18 | 19, ..]
            // Azure's own services, on every virtual machine there.
            | [168, 63, 129, 16]
    );
    !reserved
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    match segments {
        // IPv4 in IPv6: mapped, and by NAT64.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let [a, b] = high.to_be_bytes();
            let [c, d] = low.to_be_bytes();
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        // Protocol assignments with Teredo, documentation (twice), 6to4.
        [0x2001, 0..0x200 | 0xdb8, ..] | [0x3fff, 0..0x1000, ..] | [0x2002, ..] => false,
        // Only 2000::/3 is global unicast; loopback, unique-local, link-local, multicast are not.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Whether a host that is written as an IP address is one that only the user may name. Names are
/// checked when they are resolved, but for those that always mean this machine.
pub(super) fn is_private_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => !is_public_v4(ip),
        Some(Host::Ipv6(ip)) => !is_public_v6(ip),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name == "localhost" || name.ends_with(".localhost")
        }
        None => true,
    }
}

/// Whether both are of one host and port. The usual ports of `http` and `https` are one, so that
/// a host stays the same where it leads from one to the other.
pub(super) fn same_host(one: &Url, other: &Url) -> bool {
    let port = |url: &Url| {
        url.port_or_known_default()
            .filter(|p| ![80, 443].contains(p))
    };
    one.host() == other.host() && port(one) == port(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        let check = |ip: &str, expected: bool| {
            assert_eq!(is_public(ip.parse().unwrap()), expected, "{ip}");
        };
        for ip in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.0.3.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "168.63.129.17",
            "2606:4700:4700::1111",
            "2a00:1450::1",
            "2001:200::1",
            "2001:4860::8888",
            "3ffe::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            check(ip, true);
        }
        for ip in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "169.254.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:0:4136::1",
            "2001:10::1",
            "2001:1ff::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "3fff:fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            check(ip, false);
        }
    }

    #[test]
    fn hosts_that_only_the_user_may_name() {
        let check = |url: &str, expected: bool| {
            let url = Url::parse(url).unwrap();
            assert_eq!(is_private_host(&url), expected, "{url}");
        };
        check("http://example.org/", false);
        check("http://8.8.8.8/", false);
        check("http://127.1/", true);
        check("http://127.0.0.1./", true);
        check("http://0x7f000001/", true);
        check("http://2130706433/", true);
        check("http://0177.0.0.1/", true);
        check("http://[::ffff:7f00:1]/", true);
        check("http://[fd00::1]:8080/", true);
        check("http://LOCALHOST./", true);
        check("http://a.localhost/", true);
        check("http://localhost.example.org/", false);
    }

    #[test]
    fn one_host_is_one_name_and_port() {
        let check = |one: &str, other: &str, expected: bool| {
            let (one, other) = (Url::parse(one).unwrap(), Url::parse(other).unwrap());
            assert_eq!(same_host(&one, &other), expected, "{one} {other}");
        };
        check("http://nas.example/a", "https://NAS.example/b", true);
        check(
            "http://nas.example:8080/",
            "http://nas.example:8080/b",
            true,
        );
        check("http://nas.example:8080/", "http://nas.example/", false);
        check("http://nas.example/", "http://www.nas.example/", false);
    }
}
