//! Which Odoo hosts a key may name.

use odoo_rpc::ServerUrl;

use crate::error::Error;

/// The hosts that the operator lists; with none, any.
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
        if self.allows(url.host()) {
            Ok(())
        } else {
            Err(Error::invalid(format!(
                "`url`: this gateway does not serve the host `{}`",
                url.host()
            )))
        }
    }

    fn allows(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.allowed.is_empty()
            || self.allowed.iter().any(|pattern| match pattern {
                Pattern::Exactly(name) => host == *name,
                Pattern::Under(domain) => host.ends_with(domain),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_allows(patterns: &[&str], host: &str, expected: bool) {
        let patterns: Vec<String> = patterns.iter().map(|&p| p.to_owned()).collect();
        assert_eq!(Hosts::new(&patterns).allows(host), expected, "{patterns:?} {host}");
    }

    #[test]
    fn without_a_list_any_host_will_do() {
        assert_allows(&[], "odoo.example.com", true);
        assert_allows(&[""], "odoo.example.com", true);
    }

    #[test]
    fn with_a_list_only_what_is_on_it() {
        let list = &["odoo.example.com", "*.Odoo.com"];
        assert_allows(list, "odoo.example.com", true);
        assert_allows(list, "ODOO.example.com", true);
        assert_allows(list, "company.odoo.com", true);
        assert_allows(list, "a.b.odoo.com", true);
        assert_allows(list, "odoo.com", false);
        assert_allows(list, "evilodoo.com", false);
        assert_allows(list, "odoo.example.com.evil.com", false);
    }
}
