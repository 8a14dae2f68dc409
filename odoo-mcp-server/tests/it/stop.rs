//! Stopping finishes what is in flight.

use std::time::Duration;

use odoo_sandbox::Trouble;
use serde_json::json;

use crate::support::Bench;

#[tokio::test]
async fn a_call_in_flight_is_answered_before_the_gateway_stops() {
    let bench = Bench::start().await;
    bench
        .sandbox
        .trouble(Trouble::delay(Duration::from_millis(300)).on("search_count"));
    let stop = async {
        // The call has reached Odoo once it is on its list.
        while !bench.methods().contains(&"search_count".to_owned()) {
            tokio::task::yield_now().await;
        }
        bench.stopper.finish().await;
    };
    let call = bench.call("search_count", json!({"model": "res.partner"}));
    let (reply, ()) = tokio::join!(call, stop);
    assert_eq!(reply.code, 200, "{reply:?}");
    assert!(bench.request("GET", "/health").send().await.is_err());
    bench.stopped().await;
}
