//! Base64 as Python's `urlsafe_b64decode` reads it.
//!
//! Tokens travel through forms, mails and variables of other programs, and
//! Python is lenient with what happens to them there. What it opens must open
//! here, and what it refuses must not.

/// Returns the one canonical writing of the text, without padding, or nothing
/// when Python would not read it.
///
/// Python takes both alphabets, skips every other ASCII character, stops at the
/// padding which completes a group of four, wants that padding, and does not
/// care about the bits of the last character that no byte uses.
pub(crate) fn canonical(text: &str) -> Option<String> {
    if !text.is_ascii() {
        return None;
    }
    let mut canonical = String::with_capacity(text.len());
    let mut pads = 0;
    for character in text.chars() {
        let in_group = canonical.len() % 4;
        let plain = match character {
            '+' => '-',
            '/' => '_',
            '-' | '_' | '0'..='9' | 'A'..='Z' | 'a'..='z' => character,
            '=' if in_group >= 2 => {
                pads += 1;
                if in_group + pads >= 4 {
                    return Some(without_unused_bits(canonical));
                }
                continue;
            }
            _ => continue,
        };
        canonical.push(plain);
        pads = 0;
    }
    canonical.len().is_multiple_of(4).then_some(canonical)
}

/// Clears the bits of the last character that belong to no whole byte.
fn without_unused_bits(mut text: String) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mask = match text.len() % 4 {
        2 => 0b11_0000,
        3 => 0b11_1100,
        _ => return text,
    };
    let last = text.pop().and_then(|last| ALPHABET.find(last));
    let cleared = last.and_then(|value| ALPHABET.chars().nth(value & mask));
    text.extend(cleared);
    text
}
