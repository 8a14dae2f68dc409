//! From bytes to the few tokens that XML-RPC knows.
//!
//! Every server writes the tags of XML-RPC the same way, without attributes or inner white space.
//! Those, and text without entities, are recognised here by comparison; whatever looks different in
//! the least (attributes, comments, CDATA, entities, declarations, mistakes) is one event of
//! quick-xml's. A large answer thereby costs a fraction of a full XML scan, and an unusual one is
//! still read to the letter of the standard.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::events::{BytesDecl, BytesRef};

use super::error::{DecodeError, Problem};

/// Declares the elements of XML-RPC once: the type, its spelling, and the fast comparison, which
/// looks at the first letter and then at the whole.
macro_rules! tags {
    ($($first:literal: [$($tag:ident = $name:literal),+]),+ $(,)?) => {
        /// An element of XML-RPC.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag { $($($tag),+),+ }

        impl Tag {
            /// Returns the element's name as it is written.
            pub(super) const fn name(self) -> &'static str {
                match self { $($(Self::$tag => $name),+),+ }
            }

            fn from_name(name: &[u8]) -> Option<Self> {
                $($(if name == $name.as_bytes() { return Some(Self::$tag); })+)+
                None
            }

            /// Recognises a plain tag, `name>`, at the start of `rest`.
            #[inline]
            fn starting(rest: &[u8]) -> Option<(Self, usize)> {
                match rest.first()? {
                    $($first => {
                        $(if rest.starts_with(concat!($name, ">").as_bytes()) {
                            return Some((Self::$tag, $name.len() + 1));
                        })+
                        None
                    })+
                    _ => None,
                }
            }
        }
    };
}

tags! {
    b'v': [Value = "value"],
    b'm': [
        Member = "member",
        MethodName = "methodName",
        MethodCall = "methodCall",
        MethodResponse = "methodResponse"
    ],
    b'n': [Name = "name", Nil = "nil"],
    b's': [String = "string", Struct = "struct"],
    b'i': [Int = "int", I4 = "i4", I8 = "i8"],
    b'b': [Boolean = "boolean", Base64 = "base64"],
    b'd': [Double = "double", Data = "data", DateTime = "dateTime.iso8601"],
    b'a': [Array = "array"],
    b'p': [Param = "param", Params = "params"],
    b'f': [Fault = "fault"],
}

/// A piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// `<tag>`
    Open(Tag),
    /// `</tag>`
    Close(Tag),
    /// `<tag/>`
    Empty(Tag),
    /// The end of the document.
    End,
}

/// A cursor over a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexer<'a> {
    /// What is still to be read.
    rest: &'a str,
    /// How long the whole document is.
    length: usize,
}

/// One step of the slow way: what quick-xml saw.
enum Piece<'a> {
    Markup(Markup),
    Text(Cow<'a, str>),
    /// Comments and processing instructions: they separate nothing and mean nothing.
    Nothing,
}

impl<'a> Lexer<'a> {
    /// Starts at the beginning of `document`, which must be UTF-8.
    pub(super) fn new(document: &'a [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(document).map_err(|error| {
            // An answer that ends inside a character was cut off; anything else is not UTF-8.
            let problem = if error.error_len().is_none() {
                Problem::CutOff
            } else {
                Problem::NotUtf8
            };
            DecodeError::new(problem).at(error.valid_up_to())
        })?;
        Ok(Self {
            rest: text.strip_prefix('\u{feff}').unwrap_or(text),
            length: text.len(),
        })
    }

    /// Returns a decoding error at the current position.
    #[cold]
    pub(super) fn error(&self, problem: Problem) -> DecodeError {
        DecodeError::new(problem).at(self.length - self.rest.len())
    }

    /// Returns the next piece of markup, over white space, comments and instructions.
    #[inline]
    pub(super) fn markup(&mut self) -> Result<Markup, DecodeError> {
        loop {
            self.skip_white_space();
            if let Some(markup) = self.plain_tag() {
                return Ok(markup);
            }
            match self.piece()? {
                Piece::Markup(markup) => return Ok(markup),
                Piece::Text(text) if !is_blank(&text) => {
                    return Err(self.error(Problem::UnexpectedText));
                }
                Piece::Text(_) | Piece::Nothing => {}
            }
        }
    }

    /// Reads markup that has to be `expected`.
    #[inline]
    pub(super) fn expect(&mut self, expected: Markup) -> Result<(), DecodeError> {
        let found = self.markup()?;
        if found == expected {
            Ok(())
        } else {
            Err(self.unexpected(found, expected))
        }
    }

    /// Passes over `usual`, if that is what comes next: the text that every server writes where
    /// a certain piece of markup is due.
    #[inline]
    pub(super) fn passes(&mut self, usual: &'static str) -> bool {
        match self.rest.strip_prefix(usual) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Reads text without entities up to `usual`, and passes over that.
    ///
    /// `None` where the text is not that plain; nothing was read then.
    #[inline]
    pub(super) fn plain_text(&mut self, usual: &'static str) -> Option<&'a str> {
        let length = memchr::memchr2(b'<', b'&', self.rest.as_bytes())?;
        let (text, markup) = self.rest.split_at_checked(length)?;
        self.rest = markup.strip_prefix(usual)?;
        Some(text)
    }

    /// Reads character data up to and including `</tag>`; entities and CDATA are joined, nothing
    /// is trimmed.
    pub(super) fn text(&mut self, tag: Tag) -> Result<Cow<'a, str>, DecodeError> {
        if let Some(length) = memchr::memchr2(b'<', b'&', self.rest.as_bytes())
            && let Some((text, markup)) = self.rest.split_at_checked(length)
            && let Some(rest) = markup.strip_prefix("</")
            && let Some(rest) = rest.strip_prefix(tag.name())
            && let Some(rest) = rest.strip_prefix('>')
        {
            self.rest = rest;
            return Ok(Cow::Borrowed(text));
        }
        self.joined_text(tag)
    }

    /// Looks at what stands behind `<value>`: markup, or `None` where the value is plain text,
    /// which [`text`](Self::text) then reads.
    #[inline]
    pub(super) fn markup_unless_text(&mut self) -> Result<Option<Markup>, DecodeError> {
        let start = self.rest;
        if let Some(markup) = self.plain_tag() {
            return Ok(match markup {
                Markup::Close(Tag::Value) => {
                    self.rest = start;
                    None
                }
                markup => Some(markup),
            });
        }
        loop {
            match self.piece()? {
                Piece::Markup(Markup::Close(Tag::Value)) => break,
                Piece::Markup(markup) => return Ok(Some(markup)),
                Piece::Text(text) if !is_blank(&text) => break,
                Piece::Text(_) | Piece::Nothing => {}
            }
        }
        self.rest = start;
        Ok(None)
    }

    #[cold]
    pub(super) fn unexpected(&self, found: Markup, expected: Markup) -> DecodeError {
        if found == Markup::End {
            return self.error(Problem::CutOff);
        }
        self.error(Problem::Unexpected {
            found,
            expected: Some(expected),
        })
    }

    #[inline]
    fn skip_white_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    /// Recognises `<tag>` and `</tag>` as every server writes them.
    #[inline]
    fn plain_tag(&mut self) -> Option<Markup> {
        let inside = self.rest.strip_prefix('<')?;
        let (markup, inside, length) = match inside.strip_prefix('/') {
            Some(inside) => {
                let (tag, length) = Tag::starting(inside.as_bytes())?;
                (Markup::Close(tag), inside, length)
            }
            None => {
                let (tag, length) = Tag::starting(inside.as_bytes())?;
                (Markup::Open(tag), inside, length)
            }
        };
        self.rest = inside.get(length..)?;
        Some(markup)
    }

    /// Reads text with entities, CDATA or comments in it.
    fn joined_text(&mut self, tag: Tag) -> Result<Cow<'a, str>, DecodeError> {
        let mut joined = String::new();
        loop {
            let plain = memchr::memchr2(b'<', b'&', self.rest.as_bytes());
            if let Some((text, rest)) = self.rest.split_at_checked(plain.unwrap_or(0)) {
                joined.push_str(text);
                self.rest = rest;
            }
            if let Some(character) = self.usual_entity() {
                joined.push(character);
                continue;
            }
            let markup = match self.plain_tag() {
                Some(markup) => markup,
                None => match self.piece()? {
                    Piece::Text(text) => {
                        joined.push_str(&text);
                        continue;
                    }
                    Piece::Nothing => continue,
                    Piece::Markup(markup) => markup,
                },
            };
            return if markup == Markup::Close(tag) {
                Ok(Cow::Owned(joined))
            } else {
                Err(self.unexpected(markup, Markup::Close(tag)))
            };
        }
    }

    /// Passes over one of the three entities that every server writes.
    #[inline]
    fn usual_entity(&mut self) -> Option<char> {
        const USUAL: [(&str, char); 3] = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&')];
        USUAL
            .into_iter()
            .find_map(|(entity, character)| self.passes(entity).then_some(character))
    }

    /// Reads one event with quick-xml.
    #[cold]
    fn piece(&mut self) -> Result<Piece<'a>, DecodeError> {
        // A fresh reader would take a U+FEFF here for the mark at the start of a document.
        if self.passes("\u{feff}") {
            return Ok(Piece::Text(Cow::Borrowed("\u{feff}")));
        }
        let mut reader = Reader::from_str(self.rest);
        // Whether tags match is checked by what asks for them, and this reader sees only one.
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        let event = reader.read_event().map_err(|error| match error {
            quick_xml::Error::Syntax(_) => self.error(Problem::CutOff),
            _ => self.error(Problem::NotXml),
        })?;
        let length = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let piece = match event {
            Event::Start(start) => {
                Piece::Markup(Markup::Open(self.tag(start.name().as_ref().as_bytes())?))
            }
            Event::End(end) => {
                Piece::Markup(Markup::Close(self.tag(end.name().as_ref().as_bytes())?))
            }
            Event::Empty(empty) => {
                Piece::Markup(Markup::Empty(self.tag(empty.name().as_ref().as_bytes())?))
            }
            Event::Text(text) => Piece::Text(text.into_inner()),
            Event::CData(text) => Piece::Text(text.into_inner()),
            Event::GeneralRef(reference) => Piece::Text(self.resolve(&reference)?),
            Event::Decl(declaration) => {
                self.check_encoding(&declaration)?;
                Piece::Nothing
            }
            Event::Comment(_) | Event::PI(_) => Piece::Nothing,
            Event::DocType(_) => return Err(self.error(Problem::DocType)),
            Event::Eof => Piece::Markup(Markup::End),
        };
        self.rest = self.rest.get(length..).unwrap_or_default();
        Ok(piece)
    }

    fn tag(&self, name: &[u8]) -> Result<Tag, DecodeError> {
        // Apache's extensions come as `ex:nil` and `ex:i8`.
        let name = name.strip_prefix(b"ex:").unwrap_or(name);
        Tag::from_name(name).ok_or_else(|| self.error(Problem::UnknownElement))
    }

    fn resolve(&self, reference: &BytesRef<'a>) -> Result<Cow<'a, str>, DecodeError> {
        let unknown = || self.error(Problem::UnknownEntity);
        let text = match &**reference {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => {
                let character = reference
                    .resolve_char_ref()
                    .ok()
                    .flatten()
                    .ok_or_else(unknown)?;
                return Ok(Cow::Owned(character.to_string()));
            }
        };
        Ok(Cow::Borrowed(text))
    }

    fn check_encoding(&self, declaration: &BytesDecl<'_>) -> Result<(), DecodeError> {
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(name))
                if name.eq_ignore_ascii_case("utf-8")
                    || name.eq_ignore_ascii_case("utf8")
                    || name.eq_ignore_ascii_case("us-ascii") =>
            {
                Ok(())
            }
            Some(_) => Err(self.error(Problem::NotUtf8)),
        }
    }
}

fn is_blank(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}
