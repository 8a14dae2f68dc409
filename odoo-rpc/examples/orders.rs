//! Creates a partner and an order with two lines, reads the order back, and takes both away again.
//!
//! ```text
//! cargo run -p odoo-rpc --example orders
//! ```
//!
//! runs against the sandbox. With `ODOO_URL`, `ODOO_DB`, `ODOO_USERNAME` and `ODOO_PASSWORD` in the
//! environment, it runs against that Odoo.

use odoo_rpc::{Client, Domain, Error, Json, Outcome, Page};
use serde_json::json;

mod connect;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "an example shows what it found")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let target = connect::target().await?;
    let session = Client::new()?.login(&target.credentials).await?;
    let (partners, orders) = (session.model("res.partner"), session.model("sale.order"));

    let product = session.model("product.product");
    let product = product
        .search(&Domain::all(), &Page::all().limit(1))
        .await?;
    let product = product.first().ok_or("this database has no product")?;

    let partner = partners.create(&json!({"name": "Example partner"})).await?;
    let line = |quantity| json!([0, 0, {"product_id": product, "product_uom_qty": quantity}]);
    let order = json!({"partner_id": partner, "order_line": [line(2), line(3)]});
    let order = match orders.create(&order).await {
        Ok(order) => order,
        // A write is sent once. When no word comes back, nobody but Odoo knows whether it was done.
        Err(error) if error.outcome() == Outcome::Unknown => return Err(unknown(&error).into()),
        Err(error) => return Err(error.into()),
    };

    let fields = ["name", "amount_total", "order_line"];
    let read: Json = orders.read(&[order], &fields).await?;
    println!("{}", read.as_str());

    orders.unlink(&[order]).await?;
    partners.unlink(&[partner]).await?;
    Ok(())
}

fn unknown(error: &Error) -> String {
    format!("{error}: look whether the order is there before sending it again")
}
