//! Any number of partners, for tests that need many.

use serde_json::{Map, Value, json};

use super::add;
use crate::orm::{Data, registry};

const FIRST: [&str; 10] = [
    "Amara", "Bruno", "Chloé", "Diego", "Eszter", "Farid", "Greta", "Hiro", "Ingrid", "Joaquín",
];
const LAST: [&str; 7] = [
    "Okafor",
    "Silva",
    "Dubois",
    "Novák",
    "Tanaka",
    "O'Brien",
    "García & Sons",
];
const CITIES: [(&str, i64); 5] = [
    ("Gent", 20),
    ("Berlin", 57),
    ("Lyon", 75),
    ("Austin", 233),
    ("London", 231),
];

/// Adds this many partners, each time the same ones: `Amara Okafor 00001`, `Bruno Silva 00002`, …
pub(crate) fn add_partners(data: &mut Data, count: usize) {
    let Some(model) = registry::model("res.partner") else {
        return;
    };
    for number in 1..=count {
        let columns = partner(number);
        if let Value::Object(columns) = columns {
            let id = data.next_id(model);
            add(data, model, id, &columns);
        }
    }
    data.commit();
}

fn partner(number: usize) -> Value {
    let pick = |from: usize| number.wrapping_mul(31).wrapping_add(number / from) % from;
    let (Some(first), Some(last), Some((city, country))) = (
        FIRST.get(pick(FIRST.len())),
        LAST.get(pick(LAST.len())),
        CITIES.get(pick(CITIES.len())),
    ) else {
        return Value::Object(Map::new());
    };
    json!({
        "name": format!("{first} {last} {number:05}"),
        "ref": format!("G{number:05}"),
        "email": format!("partner{number:05}@example.com"),
        "phone": format!("+32 9 {number:07}"),
        "street": format!("{number} Long Street"),
        "zip": format!("{:04}", 1000 + number % 9000),
        "city": city,
        "country_id": country,
        "is_company": number.is_multiple_of(5),
        "color": number % 12,
        "comment": format!("<p>Met at the fair, stand {number} &amp; later.</p>"),
    })
}
