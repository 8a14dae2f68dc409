//! Lists the first companies of a database, into rows of one's own type.
//!
//! ```text
//! cargo run -p odoo-rpc --example partners
//! ```
//!
//! runs against the sandbox. With `ODOO_URL`, `ODOO_DB`, `ODOO_USERNAME` and `ODOO_PASSWORD` in the
//! environment, it runs against that Odoo.

use odoo_rpc::{Client, Domain, Many2one, Operator, Page};

mod connect;

#[derive(serde::Deserialize)]
struct Partner {
    id: i64,
    name: String,
    #[serde(deserialize_with = "odoo_rpc::optional")]
    email: Option<String>,
    #[serde(deserialize_with = "odoo_rpc::optional")]
    country_id: Option<Many2one>,
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "an example shows what it found")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let target = connect::target().await?;
    let session = Client::new()?.login(&target.credentials).await?;

    let companies = Domain::field("is_company", Operator::Equal, true);
    let page = Page::all().limit(10).order("name");
    let fields = ["name", "email", "country_id"];
    let partners: Vec<Partner> = session
        .model("res.partner")
        .search_read(&companies, &fields, &page)
        .await?;

    for Partner {
        id,
        name,
        email,
        country_id,
    } in partners
    {
        let country = country_id
            .and_then(|country| country.name)
            .unwrap_or_default();
        println!(
            "{id:>6}  {name:<32}  {:<32}  {country}",
            email.unwrap_or_default()
        );
    }
    Ok(())
}
