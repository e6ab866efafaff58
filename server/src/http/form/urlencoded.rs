//! A form in one body of pairs, each byte of which may be an escape.

use axum::body::Body;
use futures::StreamExt;

use super::bounds::{BYTES_OF_AN_ESCAPE, Bounds, MOST_BYTES};
use super::reading::{MOST_KEPT, Reading};
use super::room::Room;
use crate::http::Error;
use crate::http::percent::unescaped;

/// Reads it. What goes beyond is taken and let go, so that whoever sends it reads the answer.
pub(super) async fn read(body: Body, bounds: Bounds, room: Room) -> Reading {
    let mut reading = Reading::begun(room);
    let mut body = body.into_data_stream();
    let (mut raw, mut sent) = (Vec::new(), 0);
    let mut most = bounds.sent().max(MOST_KEPT * BYTES_OF_AN_ESCAPE);
    while let Some(part) = body.next().await {
        let Ok(part) = part else {
            reading.refuse(Error::Malformed);
            break;
        };
        sent += part.len();
        if sent > bounds.sent() {
            reading.refuse_more();
        }
        if sent > MOST_BYTES {
            reading.cut = true;
            break;
        }
        let kept = reading.keeps(part.len(), most - raw.len()).await;
        raw.extend_from_slice(part.get(..kept).unwrap_or_default());
        reading.cut |= kept < part.len();
        if reading.refused.is_some() {
            most = MOST_KEPT * BYTES_OF_AN_ESCAPE;
            reading.cut |= raw.len() > most;
            raw.truncate(most);
            raw.shrink_to_fit();
        }
    }
    if reading.cut {
        end_before_half_an_escape(&mut raw);
    }
    parse(reading, &raw, bounds)
}

fn end_before_half_an_escape(raw: &mut Vec<u8>) {
    let last = raw.iter().rposition(|byte| *byte == b'%');
    if let Some(last) = last.filter(|last| last + BYTES_OF_AN_ESCAPE > raw.len()) {
        raw.truncate(last);
    }
}

fn parse(mut reading: Reading, raw: &[u8], bounds: Bounds) -> Reading {
    for part in raw.split(|b| *b == b'&').filter(|part| !part.is_empty()) {
        if reading.is_full(bounds) {
            break;
        }
        let (name, value) = match part.iter().position(|b| *b == b'=') {
            Some(at) => (&part[..at], &part[at + 1..]),
            None => (part, &part[..0]),
        };
        let (name, value) = (decode(name, &mut reading), decode(value, &mut reading));
        reading.push(name, value, bounds);
    }
    reading
}

/// What is written as `%XX` and `+`. A broken `%` refuses the form and stands for itself.
fn decode(raw: &[u8], reading: &mut Reading) -> String {
    let read = unescaped(raw, |byte| if byte == b'+' { b' ' } else { byte });
    if read.broken {
        reading.refuse(Error::Malformed);
    }
    reading.words(read.bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: Bounds = Bounds {
        text: 100,
        pairs: 5,
    };

    fn read(body: &[u8]) -> (Vec<(String, String)>, Option<Error>) {
        let reading = parse(Reading::default(), body, SOME);
        (reading.pairs, reading.refused)
    }

    /// As it comes, in parts of this size.
    async fn sent(body: &[u8], size: usize, bounds: Bounds) -> Reading {
        let parts: Vec<_> = body
            .chunks(size)
            .map(|part| Ok::<_, std::io::Error>(bytes::Bytes::copy_from_slice(part)))
            .collect();
        let body = Body::from_stream(futures::stream::iter(parts));
        super::read(body, bounds, Room::default()).await.shortened()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn pairs_keep_their_order_and_repeats() {
        let (pairs, refused) = read(b"a=1&b=two+words&a=%C3%A9&c");
        assert!(refused.is_none());
        let right = [("a", "1"), ("b", "two words"), ("a", "é"), ("c", "")];
        assert_eq!(pairs, right.map(|(name, value)| pair(name, value)));
    }

    #[test]
    fn what_is_pasted_from_elsewhere_is_taken_as_it_was_meant() {
        let (pairs, refused) = read(b"a=one%0Btwo%0D%0A%C2%92%00%03&b%07=%0C");
        assert!(refused.is_none());
        assert_eq!(pairs, [pair("a", "one\ntwo\n’"), pair("b", "\n")]);
    }

    #[test]
    fn wrong_encodings_are_refused_and_their_words_kept() {
        for (wrong, kept) in [
            (&b"a=100%"[..], "100%"),
            (b"a=%zz", "%zz"),
            (b"a=%e", "%e"),
            (b"a=caf%e9+%92s", "café ’s"),
        ] {
            let (pairs, refused) = read(wrong);
            assert!(matches!(refused, Some(Error::Malformed)), "{wrong:?}");
            assert_eq!(pairs, [pair("a", kept)]);
        }
    }

    #[tokio::test]
    async fn too_much_is_refused_and_what_was_read_of_it_is_kept() {
        let long = format!("a={}", "x".repeat(200));
        let reading = sent(long.as_bytes(), 7, SOME).await;
        assert!(matches!(reading.refused, Some(Error::TooLarge)));
        assert_eq!(reading.pairs, [pair("a", &"x".repeat(200))]);
        assert!(!reading.cut, "all of it is there");
        let reading = sent(b"a&a&a&a&a&a&a", 100, SOME).await;
        assert!(matches!(reading.refused, Some(Error::TooLarge)));
        assert_eq!(reading.pairs.len(), 5);
        assert!(reading.cut);
    }

    #[tokio::test]
    async fn of_what_is_much_too_large_the_beginning_is_kept_and_ends_with_a_whole_character() {
        let wide = Bounds {
            text: 500_000,
            pairs: 5,
        };
        for (written, times) in [
            ("x", 4_000_000),
            ("%C3%A9", 700_000),
            ("%F0%9F%8C%B3", 400_000),
        ] {
            let character = percent_decoded(written);
            let body = format!("a=1&b={}", written.repeat(times));
            for size in [1_000, 16_384] {
                let reading = sent(body.as_bytes(), size, wide).await;
                assert!(
                    matches!(reading.refused, Some(Error::TooLarge)),
                    "{written}"
                );
                assert!(reading.cut);
                let kept: usize = reading.pairs.iter().map(|(n, v)| n.len() + v.len()).sum();
                assert!(
                    (MOST_KEPT - 8..=MOST_KEPT).contains(&kept),
                    "{written}: {kept}"
                );
                let [first, (_, value)] = &reading.pairs[..] else {
                    panic!("two pairs");
                };
                assert_eq!(first, &pair("a", "1"));
                assert!(value.replace(&character, "").is_empty(), "{written}");
                let held: usize = reading.pairs.iter().map(|(_, v)| v.capacity()).sum();
                assert!(held < 2 * MOST_KEPT, "{held}");
            }
        }
    }

    fn percent_decoded(written: &str) -> String {
        String::from_utf8(unescaped(written.as_bytes(), |byte| byte).bytes).expect("UTF-8")
    }
}
