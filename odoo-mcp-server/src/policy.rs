//! The operator's policy: read at the start, and again when the process is told to.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use odoo_scope::policy::Policy;

use crate::start::StartError;

/// The policy in force, and the file that it comes from.
#[derive(Debug)]
pub(crate) struct CurrentPolicy {
    file: Option<PathBuf>,
    policy: RwLock<Arc<Policy>>,
}

impl CurrentPolicy {
    /// Reads the file; without one, the built-in rules hold.
    pub(crate) fn load(file: Option<&Path>) -> Result<CurrentPolicy, StartError> {
        let policy = match file {
            Some(file) => read(file)?,
            None => Policy::default(),
        };
        Ok(CurrentPolicy {
            file: file.map(Path::to_owned),
            policy: RwLock::new(Arc::new(policy)),
        })
    }

    /// Returns the policy in force.
    pub(crate) fn get(&self) -> Arc<Policy> {
        // Nothing that holds this lock can panic half-way.
        let policy = self.policy.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&policy)
    }

    /// Reads the file again. A file that does not fit changes nothing.
    pub(crate) fn reload(&self) {
        let Some(file) = &self.file else {
            log::info!("policy: there is no POLICY_FILE to read again");
            return;
        };
        match read(file) {
            Ok(policy) => {
                let policy = Arc::new(policy);
                *self.policy.write().unwrap_or_else(PoisonError::into_inner) = policy;
                log::info!("policy: read again from {}", file.display());
            }
            Err(error) => log::error!("policy: the one in force stays: {error}"),
        }
    }
}

fn read(file: &Path) -> Result<Policy, StartError> {
    let text = std::fs::read_to_string(file).map_err(|source| StartError::PolicyFile {
        path: file.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|error| StartError::Policy {
        path: file.to_owned(),
        message: error.to_string(),
    })
}
