//! [`Keyring`]: the encryption keys, and what they seal and open.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use fernet::Fernet;

use crate::api_key::ApiKey;
use crate::base64;
use crate::claims::Claims;
use crate::error::{KeyringError, OpenError};

/// The most characters of a token which [`Keyring::open`] looks at.
pub const MAX_TOKEN_LENGTH: usize = 64 * 1024;

/// The encryption keys of a server: the first seals, all of them open.
///
/// To change the key, put the new one in front and keep the old one until the
/// API keys made under it are replaced.
#[derive(Clone)]
pub struct Keyring {
    first: Fernet,
    others: Vec<Fernet>,
}

impl Keyring {
    /// Reads one or more encryption keys, separated by commas.
    ///
    /// # Errors
    ///
    /// When one is empty or not 32 bytes in URL-safe base64.
    pub fn parse(keys: &str) -> Result<Self, KeyringError> {
        let mut keys = keys
            .split(',')
            .zip(1..)
            .map(|(key, place)| parse_key(key, place));
        let first = keys.next().unwrap_or(Err(KeyringError::Empty(1)))?;
        let others = keys.collect::<Result<_, _>>()?;
        Ok(Self { first, others })
    }

    /// Makes a keyring of one new key, which nobody learns: what it seals opens
    /// for as long as this keyring lives.
    pub fn generate() -> Self {
        loop {
            // A key fresh from the generator is always one; there is no second round.
            if let Some(first) = Fernet::new(&generate_key()) {
                let others = Vec::new();
                return Self { first, others };
            }
        }
    }

    /// Seals claims into an API key.
    ///
    /// Claims of 48 kilobytes and more make a token longer than
    /// [`MAX_TOKEN_LENGTH`], which does not open.
    pub fn seal(&self, claims: &Claims) -> ApiKey {
        // The token's own time is never looked at, so a clock before 1970 does
        // no harm; `Fernet::encrypt` would panic.
        let now = seconds(SystemTime::now());
        let token = self.first.encrypt_at_time(claims.to_json().as_bytes(), now);
        ApiKey::new(token)
    }

    /// Opens an API key, whichever of the keys sealed it.
    ///
    /// Only `exp` limits its time. The time which Fernet writes into each token
    /// is not looked at, as Python does not without a `ttl`, so that a key made
    /// by a server with a fast clock works at once.
    ///
    /// # Errors
    ///
    /// When the text is no token, when none of the keys sealed it, when it has
    /// expired, and when it does not hold credentials.
    pub fn open(&self, token: &str, now: SystemTime) -> Result<Claims, OpenError> {
        let json = self.decrypt(token).ok_or(OpenError::Invalid)?;
        let claims = Claims::from_json(&json).map_err(OpenError::Malformed)?;
        match claims.exp {
            Some(at) if seconds(now) >= at => Err(OpenError::Expired { at }),
            _ => Ok(claims),
        }
    }

    fn decrypt(&self, token: &str) -> Option<Vec<u8>> {
        // The latest time to which Fernet's 60 seconds of tolerance can be added:
        // no token is from its future.
        const END_OF_TIME: u64 = u64::MAX - 60;
        if token.len() > MAX_TOKEN_LENGTH {
            return None;
        }
        let token = base64::canonical(token)?;
        std::iter::once(&self.first)
            .chain(&self.others)
            .find_map(|key| key.decrypt_at_time(&token, None, END_OF_TIME).ok())
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({} keys)", 1 + self.others.len())
    }
}

/// Makes a new encryption key, as [`Keyring::parse`] reads it.
pub fn generate_key() -> String {
    Fernet::generate_key()
}

fn parse_key(key: &str, place: usize) -> Result<Fernet, KeyringError> {
    if key.trim().is_empty() {
        return Err(KeyringError::Empty(place));
    }
    base64::canonical(key)
        .and_then(|key| Fernet::new(&key))
        .ok_or(KeyringError::Invalid(place))
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
