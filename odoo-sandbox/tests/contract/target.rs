//! The Odoo under test.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::env;
use std::panic;
use std::process;
use std::rc::Rc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use odoo_rpc::{Client, Credentials, Error, Fault, Model, Password, ServerUrl, Session};
use odoo_sandbox::Sandbox;
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;
use tokio::task::LocalSet;

pub(crate) const PARTNER: &str = "res.partner";
pub(crate) const TAG: &str = "res.partner.category";
pub(crate) const ORDER: &str = "sale.order";
pub(crate) const LINE: &str = "sale.order.line";

/// An administrator's session, and a mark that tells this test's records from all others.
#[derive(Clone)]
pub(crate) struct Odoo {
    pub(crate) session: Session,
    /// 14, 19, …
    pub(crate) series: u32,
    mark: String,
    /// The models that the test named, and so may have made records of.
    touched: Rc<RefCell<BTreeSet<String>>>,
    server: &'static Server,
}

/// Runs a test against the Odoo of the environment, then removes the test's records, whatever became of it.
pub(crate) fn on_odoo<F: Future<Output = ()> + 'static>(test: impl FnOnce(Odoo) -> F) {
    // One runtime and one login serve all tests: to check a password is slow on purpose.
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    static SERVER: OnceCell<Server> = OnceCell::const_new();
    RUNTIME.block_on(async {
        let odoo = Odoo::new(SERVER.get_or_init(Server::connect).await);
        let tasks = LocalSet::new();
        let outcome = tasks.run_until(tasks.spawn_local(test(odoo.clone()))).await;
        odoo.remove_records().await;
        if let Err(failure) = outcome {
            panic::resume_unwind(failure.into_panic());
        }
    });
}

/// The Odoo of the environment, or a sandbox.
struct Server {
    series: u32,
    admin: Session,
    demo: OnceCell<Session>,
    _sandbox: Option<Sandbox>,
}

impl Server {
    async fn connect() -> Self {
        let (credentials, sandbox) = match env::var("ODOO_URL") {
            Ok(url) => (credentials(&url), None),
            Err(_) => {
                let databases = Sandbox::builder().database("odoo").database("other");
                let sandbox = databases.start().await.unwrap();
                (sandbox.admin(), Some(sandbox))
            }
        };
        let client = Client::new().unwrap();
        Self {
            series: client.version(credentials.url()).await.unwrap().major(),
            admin: client.login(&credentials).await.unwrap(),
            demo: OnceCell::new(),
            _sandbox: sandbox,
        }
    }

    async fn demo(&self) -> Session {
        let own = self.admin.credentials();
        let demo = Credentials::new(
            own.url().clone(),
            own.database(),
            "demo",
            Password::new("demo"),
        );
        let session = async || self.admin.client().login(&demo).await.unwrap();
        self.demo.get_or_init(session).await.clone()
    }
}

impl Odoo {
    fn new(server: &'static Server) -> Self {
        static TESTS: AtomicU32 = AtomicU32::new(0);
        let number = TESTS.fetch_add(1, Ordering::Relaxed);
        Self {
            session: server.admin.clone(),
            series: server.series,
            mark: format!("Contract {}-{number}", process::id()),
            touched: Rc::default(),
            server,
        }
    }

    /// Returns a name that no other test's record has.
    pub(crate) fn name(&self, name: &str) -> String {
        format!("{} {name}", self.mark)
    }

    /// Signs in as the ordinary user.
    pub(crate) async fn demo(&self) -> Self {
        Self {
            session: self.server.demo().await,
            ..self.clone()
        }
    }

    pub(crate) fn model<'o>(&'o self, model: &'o str) -> Model<'o> {
        self.touched.borrow_mut().insert(model.to_owned());
        self.session.model(model)
    }

    /// Makes a contact whose name is marked.
    pub(crate) async fn partner(&self, name: &str, values: Value) -> i64 {
        self.model(PARTNER)
            .create(&self.named(name, values))
            .await
            .unwrap()
    }

    /// Adds a marked name to some values.
    pub(crate) fn named(&self, name: &str, mut values: Value) -> Value {
        values["name"] = self.name(name).into();
        values
    }

    /// Calls a method and returns what it answers.
    #[track_caller]
    pub(crate) fn call(
        &self,
        model: &str,
        method: &str,
        arguments: Value,
        named: Value,
    ) -> impl Future<Output = Value> {
        let location = panic::Location::caller();
        let call = self.try_call(model.to_owned(), method.to_owned(), arguments, named);
        async move {
            call.await
                .unwrap_or_else(|error| panic!("{location}: {error:?}"))
        }
    }

    /// Calls a method that must be refused, and returns the fault.
    #[track_caller]
    pub(crate) fn fault(
        &self,
        model: &str,
        method: &str,
        arguments: Value,
        named: Value,
    ) -> impl Future<Output = Fault> {
        let location = panic::Location::caller();
        let call = self.try_call(model.to_owned(), method.to_owned(), arguments, named);
        async move {
            match call.await {
                Err(Error::Fault(fault)) => fault,
                other => panic!("{location}: expected a fault, got {other:?}"),
            }
        }
    }

    fn try_call(
        &self,
        model: String,
        method: String,
        arguments: Value,
        named: Value,
    ) -> impl Future<Output = Result<Value, Error>> + use<> {
        self.touched.borrow_mut().insert(model.clone());
        let session = self.session.clone();
        async move { session.model(model).call(&method, &arguments, &named).await }
    }

    /// Reads one field of one record.
    pub(crate) async fn value(&self, model: &str, id: i64, field: &str) -> Value {
        let rows: Vec<Map<String, Value>> = self.model(model).read(&[id], &[field]).await.unwrap();
        rows[0][field].clone()
    }

    async fn remove_records(&self) {
        for (model, field) in [
            (ORDER, "partner_id.name"),
            ("res.users", "login"),
            (PARTNER, "parent_id.name"),
            (PARTNER, "name"),
            (TAG, "name"),
            ("product.product", "name"),
            ("product.template", "name"),
        ] {
            // A user's contact is made and left by Odoo.
            let touched = self.touched.borrow().clone();
            if touched.contains(model) || model == PARTNER && touched.contains("res.users") {
                self.remove_found(model, field).await;
            }
        }
    }

    async fn remove_found(&self, model: &str, field: &str) {
        let domain = json!([[[field, "=like", format!("{}%", self.mark)]]]);
        let archived_too = json!({"context": {"active_test": false}});
        let found = self.call(model, "search", domain, archived_too).await;
        if found == json!([]) {
            return;
        }
        if model == ORDER {
            let quiet = json!({"context": {"disable_cancel_warning": true}});
            self.call(ORDER, "action_cancel", json!([found]), quiet)
                .await;
        }
        self.call(model, "unlink", json!([found]), json!({})).await;
    }
}

fn credentials(url: &str) -> Credentials {
    let variable =
        |name| env::var(name).unwrap_or_else(|_| panic!("{name} is not set, but ODOO_URL is"));
    let password = Password::new(variable("ODOO_PASSWORD"));
    Credentials::new(
        ServerUrl::parse(url).unwrap(),
        variable("ODOO_DB"),
        variable("ODOO_USERNAME"),
        password,
    )
}

/// Holds the summary of a fault to how it must end, and its code.
#[track_caller]
pub(crate) fn assert_fault(fault: &Fault, code: i64, ending: &str) {
    assert_eq!(fault.code(), code, "{}", fault.summary());
    assert!(
        fault.summary().ends_with(ending),
        "{:?} does not end with {ending:?}",
        fault.summary()
    );
}

/// Holds a fault to its code and to words that it must say.
#[track_caller]
pub(crate) fn assert_says(fault: &Fault, code: i64, words: &str) {
    assert_eq!(fault.code(), code, "{}", fault.summary());
    assert!(
        fault.summary().contains(words),
        "{:?} does not say {words:?}",
        fault.summary()
    );
}

/// Returns the ids in an answer, sorted.
pub(crate) fn sorted(ids: &Value) -> Vec<i64> {
    let mut ids: Vec<i64> = ids
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_i64().unwrap())
        .collect();
    ids.sort_unstable();
    ids
}
