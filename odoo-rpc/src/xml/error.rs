//! What can be wrong with a value or a document, and where.

use std::fmt;

use super::lexer::Markup;
use crate::fault::Fault;

/// A value that has no XML-RPC form, found before anything was sent.
#[derive(Debug)]
pub struct EncodeError {
    path: Path,
    message: String,
}

impl EncodeError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            path: Path::default(),
            message: message.into(),
        }
    }

    /// Adds the step that led to the value, outermost last.
    pub(crate) fn within(mut self, step: Step) -> Self {
        self.path.0.push(step);
        self
    }

    /// Names positional arguments, so that a path starts with `values` and not with a number.
    pub(crate) fn name_arguments(mut self, names: &[&'static str]) -> Self {
        // A path of `execute_kw` starts with 5 (the arguments) or 6 (the named arguments).
        let steps = &mut self.path.0;
        match (steps.pop(), steps.pop()) {
            (Some(Step::Index(5)), Some(Step::Index(index))) => match names.get(index) {
                Some(name) => steps.push(Step::Key((*name).to_owned())),
                None => steps.extend([Step::Index(index), Step::Key("args".to_owned())]),
            },
            (Some(Step::Index(6)), Some(key)) => steps.push(key),
            (first, second) => steps.extend(second.into_iter().chain(first)),
        }
        self
    }

    /// Returns where the value stands, such as `values.order_line[0].name`.
    pub fn path(&self) -> String {
        self.path.to_string()
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.0.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "`{}` {}", self.path, self.message)
        }
    }
}

impl std::error::Error for EncodeError {}

impl serde::ser::Error for EncodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}

/// A document that is not XML-RPC, or holds something else than was asked for.
#[derive(Debug)]
pub struct DecodeError {
    // Boxed, so that the `Result`s of the hot path stay small.
    inner: Box<Inner>,
}

#[derive(Debug)]
struct Inner {
    problem: Problem,
    path: Path,
    offset: Option<usize>,
}

/// What is wrong with a document.
#[derive(Debug)]
pub(super) enum Problem {
    CutOff,
    NotUtf8,
    NotXml,
    DocType,
    TooDeep,
    UnknownEntity,
    UnexpectedText,
    UnknownElement,
    Unexpected {
        found: Markup,
        expected: Option<Markup>,
    },
    /// A number, a truth value or base64 that is none.
    BadValue {
        tag: &'static str,
    },
    /// Well-formed, but not what the caller's type takes.
    Mismatch(String),
}

impl DecodeError {
    #[cold]
    pub(super) fn new(problem: Problem) -> Self {
        Self {
            inner: Box::new(Inner {
                problem,
                path: Path::default(),
                offset: None,
            }),
        }
    }

    #[cold]
    pub(super) fn at(mut self, offset: usize) -> Self {
        self.inner.offset = Some(offset);
        self
    }

    #[cold]
    pub(crate) fn within(mut self, step: Step) -> Self {
        self.inner.path.0.push(step);
        self
    }

    /// Returns whether the document ends before it is complete.
    pub fn is_cut_off(&self) -> bool {
        matches!(self.inner.problem, Problem::CutOff)
    }

    /// Returns whether the document is XML-RPC, but its values are not of the type asked for.
    pub fn is_mismatch(&self) -> bool {
        matches!(self.inner.problem, Problem::Mismatch(_))
    }

    /// Returns where in the answer the value stands, such as `[3].partner_id`; empty at the top.
    pub fn path(&self) -> String {
        self.inner.path.to_string()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            problem,
            path,
            offset,
        } = &*self.inner;
        match problem {
            Problem::CutOff => f.write_str("the document ends too early"),
            Problem::NotUtf8 => f.write_str("the document is not UTF-8"),
            Problem::NotXml => f.write_str("the document is not well-formed XML"),
            Problem::DocType => f.write_str("a document type definition is not allowed"),
            Problem::TooDeep => {
                write!(
                    f,
                    "values are nested deeper than {} levels",
                    super::MAX_DEPTH
                )
            }
            Problem::UnknownEntity => f.write_str("an entity is not known"),
            Problem::UnexpectedText => f.write_str("text stands where an element has to"),
            Problem::UnknownElement => f.write_str("an element is not one of XML-RPC's"),
            Problem::Unexpected {
                found,
                expected: Some(expected),
            } => {
                write!(f, "{found} stands where {expected} has to")
            }
            Problem::Unexpected {
                found,
                expected: None,
            } => {
                write!(f, "{found} stands where a value has to")
            }
            Problem::BadValue { tag } => write!(f, "what <{tag}> holds is not one"),
            Problem::Mismatch(message) => f.write_str(message),
        }?;
        if !path.0.is_empty() {
            write!(f, " at `{path}`")?;
        }
        match offset {
            Some(offset) => write!(f, " (byte {offset})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DecodeError {}

impl serde::de::Error for DecodeError {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Problem::Mismatch(message.to_string()))
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(tag) => write!(f, "<{}>", tag.name()),
            Self::Close(tag) => write!(f, "</{}>", tag.name()),
            Self::Empty(tag) => write!(f, "<{}/>", tag.name()),
            Self::End => f.write_str("the end of the document"),
        }
    }
}

/// What a response holds instead of the value that was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResponseError {
    /// The server answered with a fault.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The response cannot be read as the type asked for.
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

/// A step on the way to a value.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Index(usize),
    Key(String),
}

/// The steps to a value, innermost first, as they are found when an error travels up.
#[derive(Debug, Default)]
struct Path(Vec<Step>);

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().rev().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) if position == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}
