use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;

use crate::tools::Answer;

/// A body that is handed over in slices.
///
/// A body handed over whole is copied whole into the connection's buffer: a large answer would be held twice
/// for as long as the client takes to read it.
pub(super) struct Sliced {
    parts: [Bytes; 3],
    length: u64,
}

/// Below this, one piece costs less than three.
const SMALL: usize = 16 * 1024;
const SLICE: usize = 64 * 1024;

impl Sliced {
    /// Puts an answer between `head` and `tail`.
    pub(super) fn new(head: &str, answer: Answer, tail: &str) -> Sliced {
        let [first, middle, last] = answer.into_parts();
        let length = head.len() + first.len() + middle.len() + last.len() + tail.len();
        let parts = if length <= SMALL {
            let whole = [head.as_bytes(), &first, &middle, &last, tail.as_bytes()].concat();
            [whole.into(), Bytes::new(), Bytes::new()]
        } else {
            [
                [head.as_bytes(), &first].concat().into(),
                middle.into(),
                [&last, tail.as_bytes()].concat().into(),
            ]
        };
        Sliced {
            parts,
            length: length as u64,
        }
    }

    fn next_slice(&mut self) -> Option<Bytes> {
        let part = self.parts.iter_mut().find(|part| !part.is_empty())?;
        let length = part.len().min(SLICE);
        Some(part.split_to(length))
    }
}

impl MessageBody for Sliced {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.length)
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        Poll::Ready(self.next_slice().map(Ok))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_whole(length: usize) {
        let text = "x".repeat(length);
        let answer = Answer::of(&text).unwrap();
        let mut body = Sliced::new("<", answer, ">");
        let mut read = Vec::new();
        while let Some(slice) = body.next_slice() {
            assert!(!slice.is_empty() && slice.len() <= SLICE);
            read.extend_from_slice(&slice);
        }
        assert_eq!(read, format!("<\"{text}\">").as_bytes());
        assert_eq!(body.size(), BodySize::Sized(read.len() as u64));
    }

    #[test]
    fn every_length_comes_out_whole() {
        for length in [0, 1, SMALL - 4, SMALL - 3, SLICE, SLICE + 1, 3 * SLICE + 7] {
            assert_whole(length);
        }
    }
}
