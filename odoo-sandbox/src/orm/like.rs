//! SQL's `LIKE`.

/// A pattern of `LIKE`: `%` is any text, `_` any character, a backslash takes the next as it is.
pub(crate) struct Pattern {
    parts: Vec<Part>,
    folds_case: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    AnyText,
    AnyOne,
    Exactly(char),
}

impl Pattern {
    /// Returns a pattern that a text must match from end to end.
    pub(crate) fn whole(pattern: &str, folds_case: bool) -> Self {
        let pattern = if folds_case {
            pattern.to_lowercase()
        } else {
            pattern.to_owned()
        };
        let mut characters = pattern.chars();
        let mut parts = Vec::new();
        while let Some(character) = characters.next() {
            parts.push(match character {
                '%' => Part::AnyText,
                '_' => Part::AnyOne,
                '\\' => Part::Exactly(characters.next().unwrap_or('\\')),
                other => Part::Exactly(other),
            });
        }
        Self { parts, folds_case }
    }

    /// Returns a pattern that may match anywhere in a text.
    pub(crate) fn anywhere(pattern: &str, folds_case: bool) -> Self {
        let mut pattern = Self::whole(pattern, folds_case);
        pattern.parts.insert(0, Part::AnyText);
        pattern.parts.push(Part::AnyText);
        pattern
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = if self.folds_case {
            text.to_lowercase().chars().collect()
        } else {
            text.chars().collect()
        };
        let (mut at, mut part) = (0, 0);
        // Where to go on if what follows the last `%` fails: let it swallow one character more.
        let mut retry = None;
        while let Some(&character) = text.get(at) {
            match self.parts.get(part) {
                Some(Part::AnyText) => {
                    retry = Some((at, part));
                    part += 1;
                    continue;
                }
                Some(Part::AnyOne) => (at, part) = (at + 1, part + 1),
                Some(Part::Exactly(wanted)) if *wanted == character => {
                    (at, part) = (at + 1, part + 1);
                }
                _ => {
                    let Some((from, any)) = retry else {
                        return false;
                    };
                    retry = Some((from + 1, any));
                    (at, part) = (from + 1, any + 1);
                }
            }
        }
        self.parts
            .iter()
            .skip(part)
            .all(|part| *part == Part::AnyText)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn patterns_match_as_in_sql() {
        for (pattern, text, expected) in [
            ("a%", "abc", true),
            ("a%", "bac", false),
            ("%b%", "abc", true),
            ("a_c", "abc", true),
            ("a_c", "ac", false),
            ("%a%b%c", "xaxbxbxc", true),
            ("%a%b%c", "xaxcxb", false),
            (r"100\%", "100%", true),
            (r"100\%", "1000", false),
            ("", "", true),
            ("", "a", false),
            ("%", "", true),
            ("É%", "École", true),
        ] {
            assert_eq!(
                Pattern::whole(pattern, false).matches(text),
                expected,
                "{text:?} like {pattern:?}"
            );
        }
        assert!(Pattern::whole("É%", true).matches("école"));
        assert!(Pattern::anywhere("B", true).matches("abc"));
    }
}
