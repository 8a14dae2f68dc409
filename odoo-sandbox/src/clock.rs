//! Dates and times as Odoo writes them, in UTC.

use std::time::{SystemTime, UNIX_EPOCH};

/// Returns the present second, as `2026-11-22 07:54:34`.
pub(crate) fn now() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|elapsed| elapsed.as_secs())
        .unwrap_or_default();
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!(
        "{} {hour:02}:{minute:02}:{second:02}",
        date_of_day(seconds / 86_400)
    )
}

/// Returns the date that comes this many days after today, as `2026-11-22`.
pub(crate) fn days_from_now(days: u64) -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|elapsed| elapsed.as_secs())
        .unwrap_or_default();
    date_of_day(seconds / 86_400 + days)
}

/// Returns whether a text is a date as Odoo writes it, and one that the calendar has.
pub(crate) fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut part = |length: usize| {
        parts
            .next()
            .filter(|part| part.len() == length)
            .and_then(number)
    };
    let (Some(year), Some(month), Some(day)) = (part(4), part(2), part(2)) else {
        return false;
    };
    year >= 1 && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day)
}

/// Returns whether a text is a date and a time as Odoo writes them.
pub(crate) fn is_datetime(text: &str) -> bool {
    let Some((date, time)) = text.split_once(' ') else {
        return false;
    };
    let mut parts = time.splitn(3, ':');
    let mut below = |limit| {
        parts
            .next()
            .filter(|part| part.len() == 2)
            .and_then(number)
            .is_some_and(|part| part < limit)
    };
    is_date(date) && below(24) && below(60) && below(60)
}

fn number(digits: &str) -> Option<u64> {
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

const fn days_in_month(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

const fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Returns the date of a day counted from 1970-01-01.
fn date_of_day(mut day: u64) -> String {
    let mut year = 1970;
    while day >= 365 + u64::from(is_leap(year)) {
        day -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    while day >= days_in_month(year, month) {
        day -= days_in_month(year, month);
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", day + 1)
}

#[cfg(test)]
mod tests {
    use super::{date_of_day, is_date, is_datetime};

    #[test]
    fn days_become_dates() {
        assert_eq!(date_of_day(0), "1970-01-01");
        assert_eq!(date_of_day(59), "1970-03-01");
        assert_eq!(date_of_day(20_779), "2026-11-22");
        assert_eq!(date_of_day(11_016), "2000-02-29");
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for date in ["2026-11-22", "2024-02-29", "0001-01-01"] {
            assert!(is_date(date), "{date}");
        }
        for text in [
            "2026-13-01",
            "2026-02-29",
            "2026-1-1",
            "22/11/2026",
            "",
            "2026-11",
            "+026-11-22",
        ] {
            assert!(!is_date(text), "{text}");
        }
        assert!(is_datetime("2026-11-22 23:59:59"));
        assert!(!is_datetime("2026-11-22 24:00:00"));
        assert!(!is_datetime("2026-11-22"));
    }
}
