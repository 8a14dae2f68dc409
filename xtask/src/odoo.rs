//! `cargo xtask odoo`

use std::fmt;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::{Subcommand, ValueEnum};

use crate::shell;

/// What tells a test where its Odoo is.
pub(crate) const VARIABLES: [&str; 5] = [
    "ODOO_URL",
    "ODOO_DB",
    "ODOO_DB2",
    "ODOO_USERNAME",
    "ODOO_PASSWORD",
];

const CHROOT: &str = concat!(include_str!("odoo/chroot.sh"), include_str!("odoo/rig.sh"));
const DOCKER: &str = concat!(include_str!("odoo/docker.sh"), include_str!("odoo/rig.sh"));

/// Installs, starts and stops a real Odoo with sample data, on loopback.
///
/// By Docker where an engine answers, else from Debian's packages in a chroot, which needs root and lives under
/// ODOO_RIG_ROOT (/var/tmp/odoo-rig when it is not set). Series 14 listens on port 8014, series 19 on 8019, and both
/// can run at once. Sample data: contacts, products, sales, stock, accounting, CRM. Logins: admin/admin (everything)
/// and demo/demo (an ordinary user).
#[derive(clap::Args)]
pub(crate) struct Odoo {
    #[command(subcommand)]
    verb: Verb,
    /// Which Odoo; may be given more than once.
    #[arg(long, global = true, default_value = "19")]
    series: Vec<Series>,
}

#[derive(Subcommand)]
enum Verb {
    /// Install it if need be (3 to 6 minutes, once), start it, wait until it answers, print its environment.
    Up,
    /// Stop the server and its PostgreSQL; the data stay.
    Down,
    /// Put both databases back as they were after the installation.
    Reset {
        /// Make or remake this database instead, as one of your own.
        #[arg(long, value_name = "NAME")]
        database: Option<String>,
    },
    /// Print ODOO_URL, ODOO_DB, ODOO_DB2, ODOO_USERNAME and ODOO_PASSWORD as shell assignments.
    Env,
    /// Print a new Odoo API key of the administrator.
    Apikey,
    /// Print the server's log.
    Logs,
    /// Stop it and delete the installation. Do not delete its folder by hand: /dev is mounted in it.
    Remove,
}

impl Odoo {
    pub(crate) fn run(self) -> Result<()> {
        for series in self.series {
            match &self.verb {
                Verb::Up => {
                    series.up()?;
                    print_environment(series);
                }
                Verb::Env => print_environment(series),
                Verb::Down => series.script(&["down"])?,
                Verb::Reset {
                    database: Some(name),
                } => series.script(&["reset", database_name(name)?])?,
                Verb::Reset { database: None } => {
                    series.script(&["reset", &series.database(), &series.second_database()])?;
                }
                Verb::Apikey => series.script(&["apikey"])?,
                Verb::Logs => series.script(&["logs"])?,
                Verb::Remove => series.script(&["remove"])?,
            }
        }
        Ok(())
    }
}

/// A series of Odoo that the contract is held to.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Series {
    /// Odoo 14.0
    #[value(name = "14")]
    Fourteen,
    /// Odoo 19.0
    #[value(name = "19")]
    Nineteen,
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number())
    }
}

impl Series {
    pub(crate) const ALL: [Self; 2] = [Self::Fourteen, Self::Nineteen];

    fn number(self) -> u16 {
        match self {
            Self::Fourteen => 14,
            Self::Nineteen => 19,
        }
    }

    fn http_port(self) -> u16 {
        8000 + self.number()
    }

    fn database(self) -> String {
        format!("odoo{self}")
    }

    fn second_database(self) -> String {
        format!("odoo{self}b")
    }

    /// Returns the values of [`VARIABLES`], in their order.
    pub(crate) fn environment(self) -> [(&'static str, String); 5] {
        let [url, first, second, username, password] = VARIABLES;
        [
            (url, format!("http://127.0.0.1:{}", self.http_port())),
            (first, self.database()),
            (second, self.second_database()),
            (username, "admin".into()),
            (password, "admin".into()),
        ]
    }

    /// Installs and starts this Odoo unless it is there, and waits until it signs the administrator in.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be installed, or does not answer within two minutes.
    pub(crate) fn up(self) -> Result<()> {
        if self.sign_in().is_ok() {
            return Ok(());
        }
        self.script(&["up"])?;
        let start = Instant::now();
        while let Err(error) = self.sign_in() {
            if start.elapsed() > Duration::from_secs(120) {
                let hint = format!(
                    "Odoo {self} cannot be used after two minutes; see `cargo xtask odoo logs --series {self}`"
                );
                return Err(error.context(hint));
            }
            thread::sleep(Duration::from_millis(500));
        }
        eprintln!("odoo {self}: answers on port {}", self.http_port());
        Ok(())
    }

    /// Runs one verb of the script.
    fn script(self, arguments: &[&str]) -> Result<()> {
        let docker = shell::succeeds(Command::new("docker").arg("version"));
        let (suite, postgres_image, demo_flag, live_port_flag) = match self {
            Self::Fourteen => ("bullseye", "postgres:13", "", "--longpolling-port"),
            Self::Nineteen => ("trixie", "postgres:17", "--with-demo", "--gevent-port"),
        };
        let root = std::env::var("ODOO_RIG_ROOT").unwrap_or_else(|_| "/var/tmp/odoo-rig".into());
        let mut bash = shell::command("bash");
        bash.args(["-c", if docker { DOCKER } else { CHROOT }, "rig"])
            .args(arguments)
            .env("SERIES", self.to_string())
            .env("DB", self.database())
            .env("DB2", self.second_database())
            .env("MODULES", "base,contacts,sale_management,stock,account,crm")
            .env("HTTP_PORT", self.http_port().to_string())
            .env("LIVE_PORT", (8100 + self.number()).to_string())
            .env("PG_PORT", (5500 + self.number()).to_string())
            .env("RIG_ROOT", root)
            .env("SUITE", suite)
            .env("PG_IMAGE", postgres_image)
            .env("DEMO_FLAG", demo_flag)
            .env("LIVE_PORT_FLAG", live_port_flag);
        shell::run(&mut bash)
    }

    /// Signs the administrator in, by hand: this crate knows none of the workspace's own.
    fn sign_in(self) -> Result<()> {
        let parameter = |value: &str| format!("<param><value>{value}</value></param>");
        let body = format!(
            "<?xml version='1.0'?><methodCall><methodName>authenticate</methodName><params>{}{}{}{}</params></methodCall>",
            parameter(&self.database()),
            parameter("admin"),
            parameter("admin"),
            parameter("<struct></struct>"),
        );
        // Odoo 19 fails without a Host.
        let request = format!(
            "POST /xmlrpc/2/common HTTP/1.0\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.http_port()));
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.take(1 << 20).read_to_string(&mut answer)?;
        if !answer.contains("<int>2</int>") {
            let status = answer.lines().next().unwrap_or("nothing");
            bail!(
                "port {} does not sign the administrator in: {status}",
                self.http_port()
            );
        }
        Ok(())
    }
}

fn print_environment(series: Series) {
    for (name, value) in series.environment() {
        println!("{name}={value}");
    }
}

/// Returns the name if it is one that can stand in SQL and in a path as it is.
fn database_name(name: &str) -> Result<&str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() || !name.chars().all(plain) || name.ends_with("_template") {
        bail!(
            "`{name}` cannot be a database's name here: lower case letters, digits and `_`, and not the template"
        );
    }
    Ok(name)
}
