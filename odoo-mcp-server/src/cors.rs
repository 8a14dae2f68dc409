//! CORS: which web pages may read the answers. It stands outside the doors, since a browser asks without a key.

use actix_cors::Cors;
use actix_web::http::Method;

/// Headers that a page may read besides the usual ones.
const READABLE: [&str; 3] = ["mcp-session-id", "retry-after", "www-authenticate"];
/// How long a browser may keep what it was told, in seconds.
const KEPT: usize = 3600;

/// Lets pages of these origins use the gateway, such as `https://app.example:443` or `http://localhost:*`.
pub(crate) fn for_origins(origins: &[String]) -> Cors {
    let origins = origins.to_vec();
    Cors::default()
        .allowed_origin_fn(move |origin, _| {
            let origin = origin.to_str().unwrap_or_default();
            origins.iter().any(|entry| allows(entry, origin))
        })
        .allowed_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_any_header()
        .expose_headers(READABLE)
        .max_age(KEPT)
}

fn allows(entry: &str, origin: &str) -> bool {
    match entry.strip_suffix(":*") {
        Some(any_port) => origin
            .strip_prefix(any_port)
            .is_some_and(|port| port.is_empty() || port.starts_with(':')),
        None => without_default_port(entry).eq_ignore_ascii_case(without_default_port(origin)),
    }
}

/// Browsers leave out the port that goes without saying.
fn without_default_port(origin: &str) -> &str {
    let port = if origin.starts_with("https:") {
        ":443"
    } else {
        ":80"
    };
    origin.strip_suffix(port).unwrap_or(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_allows_its_own_origin_and_no_other() {
        for (entry, origin, allowed) in [
            ("https://app.example:443", "https://app.example", true),
            ("https://app.example", "https://app.example", true),
            ("https://app.example:443", "https://app.example:8443", false),
            ("https://app.example:443", "http://app.example", false),
            ("https://app.example", "https://app.example.evil", false),
            ("http://localhost:*", "http://localhost:6274", true),
            ("http://localhost:*", "http://localhost", true),
            ("http://localhost:*", "http://localhost.evil:80", false),
            ("https://app.example", "", false),
        ] {
            assert_eq!(allows(entry, origin), allowed, "{entry} {origin}");
        }
    }
}
