//! The contacts of a new sandbox: eight companies, their people, and the users' own.

use serde_json::{Value, json};

/// Id, name, city, state, country, the first part of the mail address, tags.
type Company = (
    i64,
    &'static str,
    &'static str,
    Option<i64>,
    i64,
    &'static str,
    &'static [i64],
);

const COMPANIES: [Company; 9] = [
    (
        1,
        "My Company (San Francisco)",
        "San Francisco",
        Some(1),
        233,
        "info",
        &[],
    ),
    (
        9,
        "Acme Corporation",
        "Pleasant Hill",
        Some(1),
        233,
        "acme",
        &[2, 5],
    ),
    (10, "Azure Interior", "Fremont", Some(1), 233, "azure", &[5]),
    (
        11,
        "Deco Addict",
        "Pleasant Hill",
        Some(1),
        233,
        "deco",
        &[2],
    ),
    (
        12,
        "Gemini Furniture",
        "Fairfield",
        Some(1),
        233,
        "gemini",
        &[3],
    ),
    (13, "Lumber Inc", "Stockton", Some(1), 233, "lumber", &[1]),
    (14, "Ready Mat", "Waterloo", None, 20, "readymat", &[1, 4]),
    (15, "Wood Corner", "Gent", None, 20, "woodcorner", &[1]),
    (
        16,
        "The Jackson Group",
        "Austin",
        Some(4),
        233,
        "jackson",
        &[],
    ),
];

/// Id, company, name, position, the first part of the mail address, country, time zone.
type Contact = (
    i64,
    i64,
    &'static str,
    &'static str,
    &'static str,
    i64,
    Option<&'static str>,
);

const CONTACTS: [Contact; 13] = [
    (
        3,
        1,
        "Mitchell Admin",
        "Manager",
        "admin",
        233,
        Some("Europe/Brussels"),
    ),
    (
        6,
        1,
        "Marc Demo",
        "Salesperson",
        "demo",
        233,
        Some("Europe/Brussels"),
    ),
    (
        20,
        10,
        "Brandon Freeman",
        "Creative Director",
        "brandon",
        233,
        None,
    ),
    (
        21,
        10,
        "Colleen Diaz",
        "Business Executive",
        "colleen",
        233,
        None,
    ),
    (22, 10, "Nicole Ford", "Director", "nicole", 233, None),
    (
        23,
        11,
        "Addison Olson",
        "Sales Representative",
        "addison",
        233,
        None,
    ),
    (
        24,
        11,
        "Douglas Fletcher",
        "Functional Consultant",
        "douglas",
        233,
        None,
    ),
    (
        25,
        12,
        "Edwin Hansen",
        "Marketing Manager",
        "edwin",
        233,
        None,
    ),
    (
        26,
        12,
        "Soham Palmer",
        "Administrative Assistant",
        "soham",
        233,
        None,
    ),
    (
        27,
        13,
        "Lorraine Douglas",
        "Functional Consultant",
        "lorraine",
        233,
        None,
    ),
    (
        28,
        14,
        "Julie Richards",
        "Financial Manager",
        "julie",
        20,
        None,
    ),
    (29, 15, "Ron Gibson", "Store Manager", "ron", 20, None),
    (30, 16, "Toni Rhodes", "Managing Partner", "toni", 233, None),
];

pub(super) fn partners() -> Vec<Value> {
    let companies = COMPANIES.iter().map(|(id, name, city, state, country, mail, tags)| {
        json!({
            "id": id, "name": name, "is_company": true, "city": city, "country_id": country,
            "state_id": state.map_or(json!(false), Value::from), "category_id": tags,
            "email": format!("{mail}@example.com"), "phone": format!("+1 555-01{id:02}"),
            "website": format!("https://{mail}.example.com"), "street": format!("{} Main Street", id * 11),
            "zip": format!("{:05}", 10_000 + id * 37),
        })
    });
    let contacts = CONTACTS.iter().map(|(id, company, name, position, mail, country, zone)| {
        json!({
            "id": id, "name": name, "parent_id": company, "function": position, "country_id": country,
            "email": format!("{mail}@example.com"), "phone": format!("+1 555-02{id:02}"),
            "tz": zone.map_or(json!(false), Value::from),
        })
    });
    let hidden = [
        json!({ "id": 2, "name": "OdooBot", "active": false, "email": "odoobot@example.com" }),
        json!({ "id": 4, "name": "Public user", "active": false }),
    ];
    companies.chain(contacts).chain(hidden).collect()
}
