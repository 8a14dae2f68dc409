//! The codec, next to a plain scan of the same bytes by quick-xml and a parse by `dxr`.
//!
//! ```text
//! cargo bench -p odoo-rpc
//! ```
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first error")]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dxr::{TryToParams as _, TryToValue as _};
use odoo_rpc::{Rows, xml};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

criterion_group!(codec, decode, encode);
criterion_main!(codec);

/// 5,000 records of 12 fields, in the line breaks of Odoo's own marshaller.
fn large_answer() -> String {
    let mut answer = String::from(
        "<?xml version=\"1.0\"?>\n<methodResponse>\n<params>\n<param>\n<value><array><data>\n",
    );
    for id in 1..=5_000 {
        answer.push_str("<value><struct>\n");
        for (name, value) in record(id).as_object().unwrap() {
            write!(answer, "<member>\n<name>{name}</name>\n").unwrap();
            push_value(&mut answer, value);
            answer.push_str("</member>\n");
        }
        answer.push_str("</struct></value>\n");
    }
    answer.push_str("</data></array></value>\n</param>\n</params>\n</methodResponse>\n");
    answer
}

fn record(id: u32) -> Value {
    json!({
        "id": id,
        "name": format!("Azure Interior & Sons {id}"),
        "email": format!("partner{id}@example.com"),
        "phone": "(870)-931-0505",
        "is_company": id.is_multiple_of(3),
        "active": true,
        "country_id": [233, "United States"],
        "credit_limit": f64::from(id) * 1.25,
        "comment": false,
        "create_date": "2026-11-22 07:54:34",
        "category_id": [id % 7, id % 11],
        "color": id % 12,
    })
}

fn push_value(out: &mut String, value: &Value) {
    match value {
        Value::Bool(value) => writeln!(
            out,
            "<value><boolean>{}</boolean></value>",
            i32::from(*value)
        ),
        Value::Number(value) if value.is_f64() => {
            writeln!(out, "<value><double>{value}</double></value>")
        }
        Value::Number(value) => writeln!(out, "<value><int>{value}</int></value>"),
        Value::String(value) => {
            writeln!(
                out,
                "<value><string>{}</string></value>",
                value.replace('&', "&amp;")
            )
        }
        Value::Array(values) => {
            out.push_str("<value><array><data>\n");
            values.iter().for_each(|value| push_value(out, value));
            writeln!(out, "</data></array></value>")
        }
        Value::Null | Value::Object(_) => Ok(()),
    }
    .unwrap();
}

fn decode(criterion: &mut Criterion) {
    let answer = large_answer();
    let mut group = criterion.benchmark_group("decode 5,000 records of 12 fields");
    group.throughput(Throughput::Bytes(answer.len() as u64));
    group
        .sample_size(30)
        .measurement_time(Duration::from_secs(5));
    group.bench_function("odoo-rpc, to JSON in one pass", |bencher| {
        bencher.iter(|| xml::from_response::<Rows>(black_box(answer.as_bytes())).unwrap());
    });
    group.bench_function("odoo-rpc, to a tree, to JSON", |bencher| {
        bencher.iter(|| {
            let tree: Value = xml::from_response(black_box(answer.as_bytes())).unwrap();
            serde_json::to_vec(&tree).unwrap()
        });
    });
    group.bench_function("reference: quick-xml, a plain scan", |bencher| {
        bencher.iter(|| scan(black_box(&answer)));
    });
    group.bench_function("reference: dxr, to its own values", |bencher| {
        bencher.iter(|| dxr::MethodResponse::from_xml(black_box(&answer)).unwrap());
    });
    group.finish();
}

/// Reads every event and does nothing with it.
fn scan(document: &str) -> usize {
    let mut reader = Reader::from_str(document);
    let mut events = 0;
    while !matches!(black_box(reader.read_event().unwrap()), Event::Eof) {
        events += 1;
    }
    events
}

fn encode(criterion: &mut Criterion) {
    let ids: Vec<i64> = (1..=1_000).collect();
    let small_ids: Vec<i32> = (1..=1_000).collect();
    let values = json!({"name": "Azure & Sons", "active": true, "credit_limit": 12.5});
    let arguments = (
        "odoo",
        2,
        "secret",
        "res.partner",
        "write",
        (&ids, &values),
        json!({}),
    );
    let mut group = criterion.benchmark_group("encode a write of 1,000 ids");
    group.measurement_time(Duration::from_secs(3));
    group.bench_function("odoo-rpc", |bencher| {
        bencher.iter(|| xml::to_request("execute_kw", black_box(&arguments)).unwrap());
    });
    group.bench_function("reference: dxr", |bencher| {
        bencher.iter(|| {
            let values = HashMap::from([
                ("name", "Azure & Sons".try_to_value().unwrap()),
                ("active", true.try_to_value().unwrap()),
                ("credit_limit", 12.5.try_to_value().unwrap()),
            ]);
            let arguments = vec![
                black_box(&small_ids).try_to_value().unwrap(),
                values.try_to_value().unwrap(),
            ];
            let named = HashMap::<String, dxr::Value>::new();
            let parameters = (
                "odoo",
                2,
                "secret",
                "res.partner",
                "write",
                arguments,
                named,
            );
            dxr::MethodCall {
                name: "execute_kw".into(),
                params: parameters.try_to_params().unwrap(),
            }
            .to_xml()
            .unwrap()
        });
    });
    group.finish();
}
