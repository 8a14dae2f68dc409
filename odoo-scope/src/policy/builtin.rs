//! The rules which come with the gateway: what gives code or rights in Odoo is
//! not written, and what gives access is not read, unless a scope names the
//! model exactly.
//!
//! Gone through model by model in Odoo 14 and 19; a model that one of them does
//! not have costs nothing.

use super::rule::Rule;

pub(super) fn rules() -> Vec<Rule> {
    let models = MODELS
        .iter()
        .map(|(model, reason)| Rule::builtin(model, &[], "WD", reason));
    let fields = FIELDS
        .iter()
        .map(|(model, fields, letters, reason)| Rule::builtin(model, fields, letters, reason));
    let unread = UNREAD
        .iter()
        .map(|(model, reason)| Rule::builtin(model, &[], "R", reason));
    models.chain(fields).chain(unread).collect()
}

/// Models which are not written: (model, reason).
const MODELS: &[(&str, &str)] = &[
    // Code which Odoo runs.
    ("ir.actions.actions", "actions run code and open any model"),
    ("ir.actions.act_url", "actions send users to any address"),
    (
        "ir.actions.act_window",
        "actions run code and open any model",
    ),
    ("ir.actions.client", "actions run code in users' browsers"),
    ("ir.actions.report", "reports evaluate Python expressions"),
    ("ir.actions.server", "server actions run Python code"),
    ("ir.actions.todo", "actions to do are run at the next setup"),
    ("ir.embedded.actions", "embedded actions call any method"),
    (
        "ir.actions.server.history",
        "earlier code of server actions can be brought back",
    ),
    (
        "ir.actions.act_window.view",
        "views of actions belong to actions",
    ),
    (
        "ir.server.object.lines",
        "lines of server actions evaluate Python expressions",
    ),
    ("ir.cron", "scheduled actions run Python code"),
    ("ir.cron.trigger", "triggers start scheduled actions"),
    ("base.automation", "automation rules run Python code"),
    (
        "ir.ui.view",
        "views run expressions on the server and scripts in browsers",
    ),
    ("ir.ui.view.custom", "views run scripts in users' browsers"),
    (
        "ir.asset",
        "assets are scripts which every user's browser runs",
    ),
    ("theme.ir.ui.view", "themes become views"),
    ("theme.ir.asset", "themes become assets"),
    ("ir.translation", "translations of views are views"),
    ("ir.model", "models decide what tables and rules there are"),
    ("ir.model.fields", "custom fields compute with Python code"),
    (
        "ir.model.fields.selection",
        "selections belong to fields' definitions",
    ),
    (
        "ir.model.constraint",
        "constraints are what keeps data sound",
    ),
    (
        "ir.model.relation",
        "relations belong to fields' definitions",
    ),
    (
        "ir.model.inherit",
        "inheritance belongs to models' definitions",
    ),
    (
        "ir.model.data",
        "external ids decide which records Odoo takes for its own",
    ),
    ("ir.module.module", "modules are code"),
    ("ir.module.module.dependency", "modules are code"),
    ("ir.module.module.exclusion", "modules are code"),
    ("base.module.update", "the wizard brings in modules"),
    ("base.module.upgrade", "the wizard installs modules"),
    (
        "base.module.uninstall",
        "the wizard removes modules and their data",
    ),
    ("base.module.install.request", "the wizard asks for modules"),
    ("base.module.install.review", "the wizard installs modules"),
    (
        "base.import.module",
        "the wizard brings in modules as files",
    ),
    ("base_import.import", "imports write any model"),
    ("base.language.import", "imported translations change views"),
    ("mail.template", "templates of mails evaluate expressions"),
    ("sms.template", "templates of messages evaluate expressions"),
    (
        "mail.compose.message",
        "mails are rendered as templates and sent",
    ),
    (
        "gamification.goal.definition",
        "goals compute with Python code",
    ),
    ("hr.salary.rule", "salary rules compute with Python code"),
    // Rights.
    ("ir.model.access", "access rights decide who may do what"),
    ("ir.rule", "record rules decide who sees what"),
    ("res.groups", "groups decide who may do what"),
    ("res.groups.privilege", "privileges order groups"),
    ("res.users.role", "roles decide who may do what"),
    ("res.users.apikeys", "API keys let in as the user"),
    ("res.users.apikeys.description", "the wizard makes API keys"),
    ("res.users.apikeys.show", "the wizard shows API keys"),
    (
        "res.users.identitycheck",
        "the wizard confirms who a user is",
    ),
    ("res.users.deletion", "the queue deletes users"),
    ("change.password.wizard", "the wizard changes passwords"),
    ("change.password.user", "the wizard changes passwords"),
    ("change.password.own", "the wizard changes passwords"),
    ("auth_totp.device", "trusted devices skip the second factor"),
    ("auth_totp.wizard", "the wizard sets the second factor"),
    ("auth.passkey.key", "passkeys let in as the user"),
    ("auth.passkey.key.create", "the wizard makes passkeys"),
    ("auth.oauth.provider", "providers decide who is let in"),
    ("res.company.ldap", "directories decide who is let in"),
    ("portal.wizard", "the wizard makes users"),
    ("portal.wizard.user", "the wizard makes users"),
    // Settings which open one or the other.
    (
        "ir.config_parameter",
        "system parameters hold secrets and switches",
    ),
    (
        "res.config.settings",
        "settings change companies, groups and modules",
    ),
    ("ir.default", "defaults go into every user's records"),
    ("ir.property", "properties change fields of other models"),
    ("ir.mail_server", "mail servers see every mail that is sent"),
    ("fetchmail.server", "incoming mail servers create records"),
    (
        "payment.acquirer",
        "payment providers decide where money goes",
    ),
    (
        "payment.provider",
        "payment providers decide where money goes",
    ),
];

/// Models which are not read: (model, reason).
const UNREAD: &[(&str, &str)] = &[(
    "res.config.settings",
    "settings show system parameters, among them secrets",
)];

/// Fields which are not used: (model, fields, letters, reason).
const FIELDS: &[(&str, &[&str], &str, &str)] = &[
    (
        "res.users",
        &[
            "password",
            "new_password",
            "login",
            "active",
            "groups_id",
            "group_ids",
            "role",
            "all_group_ids",
            "sel_groups_*",
            "in_group_*",
            "share",
            "company_id",
            "company_ids",
            "partner_id",
            "api_key_ids",
            "totp_secret",
            "totp_enabled",
            "totp_trusted_device_ids",
            "auth_passkey_key_ids",
            "oauth_uid",
            "oauth_provider_id",
            "oauth_access_token",
            "action_id",
        ],
        "W",
        "it decides who a user is and what the user may do",
    ),
    (
        "res.users",
        &[
            "totp_secret",
            "oauth_access_token",
            "api_key_ids",
            "google_calendar_*",
            "microsoft_calendar_*",
        ],
        "R",
        "it lets in as the user",
    ),
    (
        "res.company",
        &["user_ids"],
        "W",
        "it decides which companies a user may work for",
    ),
    (
        "res.partner",
        &["signup_token", "signup_type", "signup_expiration"],
        "W",
        "it lets in as the partner's user",
    ),
    (
        "res.partner",
        &["signup_token", "signup_url"],
        "R",
        "it lets in as the partner's user",
    ),
    ("ir.config_parameter", &["value"], "R", "it may be a secret"),
    (
        "ir.mail_server",
        &[
            "smtp_pass",
            "smtp_ssl_private_key",
            "google_gmail_*",
            "microsoft_outlook_*",
        ],
        "R",
        "it is a secret",
    ),
    (
        "fetchmail.server",
        &["password", "google_gmail_*", "microsoft_outlook_*"],
        "R",
        "it is a secret",
    ),
    (
        "mail.alias",
        &[
            "alias_model_id",
            "alias_defaults",
            "alias_force_thread_id",
            "alias_contact",
            "alias_user_id",
        ],
        "W",
        "aliases create records of any model from mails",
    ),
    ("iap.account", &["account_token"], "R", "it is a secret"),
    (
        "mail.guest",
        &["access_token"],
        "R",
        "it lets in as the guest",
    ),
    (
        "account.tax",
        &["python_compute", "python_applicable", "formula"],
        "W",
        "taxes compute with Python code",
    ),
    (
        "ir.attachment",
        &["url"],
        "W",
        "attachments with an address are served as the site's own files",
    ),
    (
        "ir.filters",
        &["domain", "context"],
        "W",
        "filters evaluate Python expressions",
    ),
];
