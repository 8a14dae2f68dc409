//! Text on its way into a document.

use super::error::EncodeError;

/// What a byte of a string needs.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Plain,
    /// `&`, `<`, `>`, and the carriage return, which a parser would turn into a line feed.
    Escaped,
    /// A control character: XML 1.0 has no way at all to write it.
    Forbidden,
    /// The first byte of U+F000 to U+FFFF, of which the last two are no characters of XML.
    Suspect,
}

const CLASSES: [Class; 256] = classes();

#[expect(
    clippy::indexing_slicing,
    reason = "constant indices below 256, checked when compiled"
)]
const fn classes() -> [Class; 256] {
    let mut classes = [Class::Plain; 256];
    let mut byte = 0;
    while byte < 0x20 {
        classes[byte] = Class::Forbidden;
        byte += 1;
    }
    classes[b'\t' as usize] = Class::Plain;
    classes[b'\n' as usize] = Class::Plain;
    classes[b'\r' as usize] = Class::Escaped;
    classes[b'&' as usize] = Class::Escaped;
    classes[b'<' as usize] = Class::Escaped;
    classes[b'>' as usize] = Class::Escaped;
    classes[0xEF] = Class::Suspect;
    classes
}

/// Appends `text` with what XML reserves escaped.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) -> Result<(), EncodeError> {
    let bytes = text.as_bytes();
    let mut written = 0;
    for (position, &byte) in bytes.iter().enumerate() {
        // The index is a byte, the table has 256 rows: the compiler drops the check.
        #[expect(clippy::indexing_slicing, reason = "a byte cannot be out of bounds")]
        let class = CLASSES[usize::from(byte)];
        match class {
            Class::Plain => {}
            Class::Escaped => {
                out.extend_from_slice(bytes.get(written..position).unwrap_or_default());
                out.extend_from_slice(match byte {
                    b'&' => b"&amp;",
                    b'<' => b"&lt;",
                    b'>' => b"&gt;",
                    _ => b"&#13;",
                });
                written = position + 1;
            }
            Class::Suspect => {
                let rest = bytes.get(position..).unwrap_or_default();
                if rest.starts_with("\u{fffe}".as_bytes())
                    || rest.starts_with("\u{ffff}".as_bytes())
                {
                    return Err(refuse("a character that XML does not have"));
                }
            }
            Class::Forbidden => {
                return Err(refuse(&format!("the control character U+{byte:04X}")));
            }
        }
    }
    out.extend_from_slice(bytes.get(written..).unwrap_or_default());
    Ok(())
}

#[cold]
fn refuse(what: &str) -> EncodeError {
    EncodeError::new(format!("holds {what}, which Odoo cannot take: remove it"))
}

/// Appends `text` with what XML does not have replaced by U+FFFD; for texts that must go out.
pub(super) fn push_text_lossy(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    if push_text(out, text).is_err() {
        out.truncate(start);
        let clean: String = text
            .chars()
            .map(|c| match c {
                '\t' | '\n' | '\r' => c,
                '\u{fffe}' | '\u{ffff}' | '\0'..'\u{20}' => char::REPLACEMENT_CHARACTER,
                c => c,
            })
            .collect();
        // Cannot fail any more: every refused character was replaced.
        let _ = push_text(out, &clean);
    }
}
