//! The configuration: one declaration for flags, environment, `--help` and `docs/configuration.md`.

use std::ffi::OsString;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

mod values;

pub use values::{ErrorCodes, LogLevel, RelatedNames, Secret};

/// A gateway between Odoo databases and n8n, AI agents and scripts: REST and MCP, with scoped keys.
///
/// Every option can also be set by the environment variable named with it; an empty variable is as good as
/// none, and a flag wins.
///
/// First steps, without an Odoo of your own: `odoo-mcp-server --sandbox`.
#[derive(Debug, Clone, Parser)]
#[command(name = "odoo-mcp-server", version, max_term_width = 100)]
pub struct Config {
    /// What to do instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Start a built-in Odoo with sample data as well, and print a key and calls to paste
    #[arg(long)]
    pub sandbox: bool,

    /// Address to listen on; 0.0.0.0 for all interfaces
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    pub host: String,

    /// Port to listen on; 0 for any free one
    #[arg(long, env = "PORT", default_value_t = 3000)]
    pub port: u16,

    /// Encryption keys of the API keys, separated by commas: the first seals, all open. Without one, a
    /// temporary key is made, and the API keys end with the process. `generate-key` prints a new one
    #[arg(
        long,
        env = "ENCRYPTION_KEY",
        hide_env_values = true,
        value_name = "KEYS"
    )]
    pub encryption_key: Option<Secret>,

    /// How much to log: DEBUG, INFO, WARNING, ERROR or CRITICAL. `RUST_LOG` wins, and can tell modules apart
    #[arg(
        long,
        env = "LOG_LEVEL",
        default_value = "INFO",
        ignore_case = true,
        value_name = "LEVEL"
    )]
    pub log_level: LogLevel,

    /// Threads that serve requests [default: one a core]
    #[arg(long, env = "WORKERS", value_name = "N")]
    pub workers: Option<NonZeroUsize>,

    /// How long calls in flight may take to finish when the gateway is told to stop
    #[arg(
        long,
        env = "SHUTDOWN_TIMEOUT_SECONDS",
        default_value_t = 30,
        value_name = "SECONDS"
    )]
    pub shutdown_timeout_seconds: u64,

    /// Most records that one call may ask for
    #[arg(long, env = "MAX_LIMIT", default_value = "5000", value_name = "N")]
    pub max_limit: NonZeroU32,

    /// Largest request body
    #[arg(
        long,
        env = "MAX_REQUEST_BYTES",
        default_value = "16777216",
        value_name = "BYTES"
    )]
    pub max_request_bytes: NonZeroUsize,

    /// Largest answer that is read from Odoo
    #[arg(
        long,
        env = "MAX_RESPONSE_BYTES",
        default_value = "67108864",
        value_name = "BYTES"
    )]
    pub max_response_bytes: NonZeroUsize,

    /// HTTP codes of failed tool calls: `real` ones, or `always-200` for workflows that were written for the
    /// Python project and look at `status` in the body
    #[arg(
        long,
        env = "HTTP_ERROR_STATUS",
        default_value = "real",
        value_name = "CODES"
    )]
    pub http_error_status: ErrorCodes,

    /// Web origins that may use the gateway from a browser, separated by commas, such as
    /// `https://app.example:443`. Requests without an `Origin` are always served
    #[arg(
        long,
        env = "ALLOWED_ORIGINS",
        value_delimiter = ',',
        value_name = "ORIGINS"
    )]
    pub allowed_origins: Vec<String>,

    /// Values of the `Host` header that are served, separated by commas [default: loopback names when
    /// listening on loopback, else any]
    #[arg(
        long,
        env = "ALLOWED_HOSTS",
        value_delimiter = ',',
        value_name = "HOSTS"
    )]
    pub allowed_hosts: Vec<String>,

    /// Odoo hosts that keys may name, separated by commas, such as `odoo.example.com` or `*.odoo.com`
    /// [default: any but link-local addresses]
    #[arg(
        long,
        env = "ODOO_ALLOWED_HOSTS",
        value_delimiter = ',',
        value_name = "HOSTS"
    )]
    pub odoo_allowed_hosts: Vec<String>,

    /// File with certificates (PEM) to trust besides the public ones, for an Odoo behind a private authority
    #[arg(long, env = "ODOO_CA_FILE", value_name = "FILE")]
    pub odoo_ca_file: Option<PathBuf>,

    /// How long to wait for a connection to Odoo
    #[arg(
        long,
        env = "ODOO_CONNECT_TIMEOUT_SECONDS",
        default_value_t = 10,
        value_name = "SECONDS"
    )]
    pub odoo_connect_timeout_seconds: u64,

    /// How long Odoo may be silent
    #[arg(
        long,
        env = "ODOO_READ_TIMEOUT_SECONDS",
        default_value_t = 120,
        value_name = "SECONDS"
    )]
    pub odoo_read_timeout_seconds: u64,

    /// How long a call to Odoo may take in all
    #[arg(
        long,
        env = "ODOO_TOTAL_TIMEOUT_SECONDS",
        default_value_t = 240,
        value_name = "SECONDS"
    )]
    pub odoo_total_timeout_seconds: u64,

    /// How long a login to Odoo is kept
    #[arg(
        long,
        env = "CONNECTION_POOL_TTL_MINUTES",
        default_value = "60",
        value_name = "MINUTES"
    )]
    pub connection_pool_ttl_minutes: NonZeroU32,

    /// Most logins that are kept; past it, the one used longest ago goes
    #[arg(long, env = "POOL_CAPACITY", default_value = "1000", value_name = "N")]
    pub pool_capacity: NonZeroUsize,

    /// Most calls in flight to one Odoo database; the others wait their turn
    #[arg(
        long,
        env = "MAX_CALLS_PER_DATABASE",
        default_value = "16",
        value_name = "N"
    )]
    pub max_calls_per_database: NonZeroUsize,

    /// Most calls that wait for one Odoo database; the next is refused
    #[arg(
        long,
        env = "MAX_WAITING_CALLS",
        default_value_t = 1000,
        value_name = "N"
    )]
    pub max_waiting_calls: usize,

    /// How long a call waits its turn before it is refused
    #[arg(
        long,
        env = "MAX_WAIT_SECONDS",
        default_value_t = 60,
        value_name = "SECONDS"
    )]
    pub max_wait_seconds: u64,

    /// File with the operator's policy (TOML), above all keys; read again on SIGHUP [default: built-in rules]
    #[arg(long, env = "POLICY_FILE", value_name = "FILE")]
    pub policy_file: Option<PathBuf>,

    /// Names of records that a key may not read, but that others point to: `show` them as Odoo does, or
    /// `withhold` them, which leaves the id
    #[arg(
        long,
        env = "RELATED_NAMES",
        default_value = "show",
        value_name = "NAMES"
    )]
    pub related_names: RelatedNames,

    /// How long the fields of a model are remembered
    #[arg(
        long,
        env = "SCHEMA_TTL_MINUTES",
        default_value = "60",
        value_name = "MINUTES"
    )]
    pub schema_ttl_minutes: NonZeroU32,

    /// Most models whose fields are remembered, of all databases together
    #[arg(long, env = "SCHEMA_CAPACITY", default_value = "500", value_name = "N")]
    pub schema_capacity: NonZeroUsize,

    /// MCP over standard input and output.
    #[command(flatten)]
    pub stdio: Stdio,
}

/// MCP over standard input and output, and the credentials for it.
#[derive(Debug, Clone, clap::Args)]
pub struct Stdio {
    /// Serve MCP on standard input and output, for the one who starts the process
    #[arg(long)]
    pub stdio: bool,

    /// With --stdio: one of the gateway's API keys, in place of the credentials below
    #[arg(long, env = "ODOO_MCP_KEY", hide_env_values = true, value_name = "KEY")]
    pub odoo_mcp_key: Option<Secret>,

    /// With --stdio: address of the Odoo server
    #[arg(long, env = "ODOO_URL", value_name = "URL")]
    pub odoo_url: Option<String>,

    /// With --stdio: database on it
    #[arg(long, env = "ODOO_DB", value_name = "NAME")]
    pub odoo_db: Option<String>,

    /// With --stdio: login of the Odoo user
    #[arg(long, env = "ODOO_USERNAME", value_name = "LOGIN")]
    pub odoo_username: Option<String>,

    /// With --stdio: the user's password, or an API key made in Odoo
    #[arg(
        long,
        env = "ODOO_PASSWORD",
        hide_env_values = true,
        value_name = "PASSWORD"
    )]
    pub odoo_password: Option<Secret>,

    /// With --stdio: what may be done, such as `res.partner:RW,*:R`
    #[arg(long, env = "ODOO_SCOPE", default_value = "*:R", value_name = "SCOPE")]
    pub odoo_scope: String,
}

/// What the binary does when it does not serve.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Print a new encryption key for ENCRYPTION_KEY
    GenerateKey,
    /// Tell about scopes
    #[command(subcommand)]
    Scope(ScopeCommand),
    /// Ask the gateway at HOST and PORT whether it is healthy; for containers without curl
    Healthcheck,
}

/// What can be told about scopes.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum ScopeCommand {
    /// Show what a call reaches, and what a scope and the policy say of it; the call is not made
    Explain {
        /// The scope to judge by [default: the key's]
        #[arg(long)]
        scope: Option<String>,
        /// An API key, to ask its Odoo for the fields of models; needs ENCRYPTION_KEY
        #[arg(long, env = "ODOO_MCP_KEY", hide_env_values = true)]
        key: Option<Secret>,
        /// The call, such as '{"name": "search", "arguments": {"model": "res.partner"}}'
        call: String,
    },
}

impl Config {
    /// Reads the process's arguments and environment; ends the process on `--help` and on mistakes.
    pub fn from_process() -> Config {
        Config::from_args(std::env::args_os()).unwrap_or_else(|error| error.exit())
    }

    /// Reads `args`, of which the first is the program's name, and the environment.
    ///
    /// # Errors
    ///
    /// When an argument or a variable does not fit; also for `--help` and `--version`, whose text is the error.
    pub fn from_args<T>(args: impl IntoIterator<Item = T>) -> Result<Config, clap::Error>
    where
        T: Into<OsString> + Clone,
    {
        let matches = command().try_get_matches_from(args)?;
        Config::from_arg_matches(&matches)
    }

    pub(crate) fn schema_ttl(&self) -> Duration {
        Duration::from_secs(60 * u64::from(self.schema_ttl_minutes.get()))
    }

    pub(crate) fn pool(&self) -> odoo_pool::Config {
        let mut pool = odoo_pool::Config::default();
        pool.capacity = self.pool_capacity;
        pool.ttl = Duration::from_secs(60 * u64::from(self.connection_pool_ttl_minutes.get()));
        pool.calls_per_database = self.max_calls_per_database;
        pool.queue_length = self.max_waiting_calls;
        pool.queue_timeout = Duration::from_secs(self.max_wait_seconds);
        pool
    }
}

/// The command, less the variables that are set to nothing: `PORT=` in a file means no port.
fn command() -> clap::Command {
    Config::command().mut_args(|arg| {
        let is_empty = arg
            .get_env()
            .and_then(std::env::var_os)
            .is_some_and(|value| value.is_empty());
        if is_empty {
            arg.env(None::<&'static str>)
        } else {
            arg
        }
    })
}

/// One option, for the documentation.
pub(crate) struct Setting {
    pub(crate) variable: String,
    pub(crate) flag: String,
    pub(crate) default: String,
    pub(crate) about: String,
}

/// Every option that the environment can set.
pub(crate) fn settings() -> Vec<Setting> {
    Config::command()
        .get_arguments()
        .filter_map(|arg| {
            let variable = arg.get_env()?.to_str()?.to_owned();
            let defaults = arg.get_default_values();
            Some(Setting {
                variable,
                flag: format!("--{}", arg.get_long()?),
                default: defaults
                    .iter()
                    .map(|value| value.to_string_lossy())
                    .collect::<Vec<_>>()
                    .join(","),
                about: arg.get_help()?.to_string(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<Config, clap::Error> {
        Config::from_args([&["odoo-mcp-server"], args].concat())
    }

    #[test]
    fn the_declaration_holds_together() {
        Config::command().debug_assert();
    }

    #[test]
    fn log_levels_are_taken_in_any_case() {
        for (word, level) in [
            ("debug", LogLevel::Debug),
            ("Info", LogLevel::Info),
            ("WARNING", LogLevel::Warning),
            ("warn", LogLevel::Warning),
            ("ERROR", LogLevel::Error),
            ("critical", LogLevel::Critical),
        ] {
            assert_eq!(
                read(&["--log-level", word]).unwrap().log_level,
                level,
                "{word}"
            );
        }
        assert!(read(&["--log-level", "loud"]).is_err());
    }

    #[test]
    fn what_cannot_work_is_refused_at_the_start() {
        for args in [
            ["--max-limit", "0"],
            ["--connection-pool-ttl-minutes", "0"],
            ["--pool-capacity", "0"],
            ["--max-calls-per-database", "0"],
            ["--port", "70000"],
            ["--http-error-status", "sometimes"],
        ] {
            assert!(read(&args).is_err(), "{args:?}");
        }
    }

    #[test]
    fn secrets_are_in_no_debug_output() {
        let config = read(&["--encryption-key", "sesame", "--odoo-password", "swordfish"]).unwrap();
        let printed = format!("{config:?}");
        assert!(!printed.contains("sesame") && !printed.contains("swordfish"));
    }
}
