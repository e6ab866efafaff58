//! BLT files, also called OpenElection or OpaVote files.
//!
//! The format of Hill, Wichmann and Woodall (*Algorithm 123*, 3.1): `candidates seats`, withdrawn
//! candidates as negative numbers, ballots as `count preferences… 0`, a `0` alone, the names and
//! the title in quotation marks. Also taken, as OpenSTV and others write them: `#` comments, a ballot's
//! `(mark)` before its count, `-` for a rank left out (the later ones move up, and it is noted), `\"`
//! within a name, names without quotation marks if all are one word and on
//! lines of their own.
//!
//! Refused, since each would silently be read as something else: equal ranks; a ballot that does not
//! end on its line; numbers behind the 0 that ends the ballots (a ballot without a preference is
//! `count 0`); more texts than a name for each candidate and a title, or fewer than the names.

use super::super::election::{Candidate, Election, Gather, check_shape};
use super::{ReadError, Reason};
use crate::text::plain;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    /// Anything up to white space.
    Word(&'a str),
    /// What stands between quotation marks.
    Quoted(&'a str),
}

/// Words with the lines they are on.
struct Tokens<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Tokens<'a> {
    /// The next token with its line; nothing at the end.
    fn next(&mut self) -> Result<Option<(usize, Token<'a>)>, ReadError> {
        loop {
            let trimmed = self.rest.trim_start();
            let skipped = self.rest.len() - trimmed.len();
            self.pass(skipped);
            if !self.rest.starts_with('#') {
                break;
            }
            self.pass(self.rest.find('\n').unwrap_or(self.rest.len()));
        }
        let line = self.line;
        if self.rest.is_empty() {
            return Ok(None);
        }
        if let Some(body) = self.rest.strip_prefix('"') {
            let mut escaped = false;
            let end = body.find(|letter: char| {
                let closes = letter == '"' && !escaped;
                escaped = letter == '\\' && !escaped;
                closes || letter == '\n'
            });
            let text = end.and_then(|end| body.split_at_checked(end));
            let Some((text, after)) = text.filter(|(_, after)| after.starts_with('"')) else {
                return Err(ReadError::at(line, Reason::BadName));
            };
            let closed = after.get(1..).unwrap_or_default();
            if closed.starts_with(|next: char| !next.is_whitespace() && next != '#') {
                return Err(ReadError::at(line, Reason::BadName));
            }
            self.pass(text.len() + 2);
            return Ok(Some((line, Token::Quoted(text))));
        }
        let end = self
            .rest
            .find(char::is_whitespace)
            .unwrap_or(self.rest.len());
        let word = self.rest.get(..end).unwrap_or_default();
        self.pass(end);
        Ok(Some((line, Token::Word(word))))
    }

    fn pass(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        self.rest = rest;
    }
}

/// Reads a BLT file.
///
/// # Errors
/// [`ReadError`] with the line and the reason.
pub fn blt(text: &str) -> Result<Election, ReadError> {
    let text = plain(text);
    let mut tokens = Tokens {
        rest: &text,
        line: 1,
    };
    let (line, candidates) = header(&mut tokens)?.ok_or(ReadError::at(1, Reason::Empty))?;
    let (_, seats) = header(&mut tokens)?.ok_or(ReadError::at(line, Reason::BadHeader))?;
    let count = candidates as usize;
    check_shape(count, seats).map_err(|refused| ReadError::at(line, refused.into()))?;
    let mut withdrawn = vec![false; count];
    let read = ballots(&mut tokens, &mut withdrawn)?;
    let (names, title) = names(&mut tokens, withdrawn, &read)?;
    let end = tokens.line;
    read.gather
        .finish(title, seats, names)
        .map_err(|refused| ReadError::at(end, refused.into()))
}

fn header(tokens: &mut Tokens) -> Result<Option<(usize, u32)>, ReadError> {
    match tokens.next()? {
        None => Ok(None),
        Some((line, Token::Word(word))) => match word.parse() {
            Ok(number) => Ok(Some((line, number))),
            Err(_) => Err(ReadError::at(line, Reason::BadHeader)),
        },
        Some((line, Token::Quoted(_))) => Err(ReadError::at(line, Reason::BadHeader)),
    }
}

/// The ballots of a file.
struct Ballots {
    gather: Gather,
    /// The line of the 0 that ends them.
    ended: usize,
    /// Whether the last candidate is on one of them, or withdrawn.
    last_is_known: bool,
}

/// Withdrawn candidates, then ballots up to the 0 that ends them.
fn ballots(tokens: &mut Tokens, withdrawn: &mut [bool]) -> Result<Ballots, ReadError> {
    let mut gather = Gather::new(withdrawn.len());
    let mut last_is_known = false;
    let mut begun = false;
    let mut ranking = Vec::new();
    loop {
        let (line, word) = match tokens.next()? {
            Some((line, Token::Word(word))) => (line, word),
            Some((line, Token::Quoted(_))) => {
                return Err(ReadError::at(line, Reason::BallotsNotClosed));
            }
            None => return Err(ReadError::at(tokens.line, Reason::BallotsNotClosed)),
        };
        if word == "0" {
            let last_is_known = last_is_known || withdrawn.last() == Some(&true);
            return Ok(Ballots {
                gather,
                ended: line,
                last_is_known,
            });
        }
        if word.starts_with('(') && word.ends_with(')') {
            continue;
        }
        if !begun && let Some(number) = word.strip_prefix('-') {
            let place = number
                .parse::<usize>()
                .ok()
                .and_then(|number| number.checked_sub(1));
            let gone = place.and_then(|place| withdrawn.get_mut(place));
            *gone.ok_or(ReadError::at(line, Reason::WithdrawnUnknown))? = true;
            continue;
        }
        begun = true;
        let count: u64 = word
            .parse()
            .map_err(|_| ReadError::at(line, Reason::BadCount))?;
        if count == 0 {
            return Err(ReadError::at(line, Reason::BadCount));
        }
        if preferences(tokens, line, &mut ranking)? {
            gather.skipped += count;
        }
        last_is_known |= ranking
            .iter()
            .any(|place| usize::from(*place) + 1 == withdrawn.len());
        gather
            .push(count, &ranking)
            .map_err(|fault| ReadError::at(line, fault.into()))?;
    }
}

/// The preferences of one ballot up to its 0; whether a rank was left out.
fn preferences(
    tokens: &mut Tokens,
    line: usize,
    ranking: &mut Vec<u16>,
) -> Result<bool, ReadError> {
    ranking.clear();
    let mut gap = false;
    let mut skipped = false;
    loop {
        let word = match tokens.next()? {
            Some((at, Token::Word(word))) if at == line => word,
            _ => return Err(ReadError::at(line, Reason::BallotNotClosed)),
        };
        if word == "0" {
            return Ok(skipped);
        }
        if word == "-" {
            gap = true;
            continue;
        }
        if word.contains(['=', '(']) {
            return Err(ReadError::at(line, Reason::EqualRanking));
        }
        let number: u16 = word
            .parse()
            .map_err(|_| ReadError::at(line, Reason::BadPreference))?;
        let place = number
            .checked_sub(1)
            .ok_or(ReadError::at(line, Reason::BadPreference))?;
        ranking.push(place);
        skipped |= gap;
    }
}

/// A name for each candidate and the title: as many texts as that, and no others. The title may be
/// missing, but not where the last text may be either: where no ballot knows the last candidate.
fn names(
    tokens: &mut Tokens,
    withdrawn: Vec<bool>,
    ballots: &Ballots,
) -> Result<(Vec<Candidate>, Option<String>), ReadError> {
    let most = withdrawn.len() + 1;
    let ended = ballots.ended;
    let mut texts: Vec<(usize, Token)> = Vec::new();
    while let Some((line, token)) = tokens.next()? {
        if texts.len() == most {
            let reason = match token {
                Token::Word(_) => Reason::TrailingText,
                Token::Quoted(_) => Reason::TooManyNames,
            };
            return Err(ReadError::at(line, reason));
        }
        if let Token::Word(word) = token {
            if word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
            {
                return Err(ReadError::at(line, Reason::NumberAsName { ended }));
            }
            let alone = texts.last().is_none_or(|(last, _)| *last != line);
            let bare = |(_, token): &(usize, Token)| matches!(token, Token::Word(_));
            let is_title = texts.len() + 1 == most;
            if !alone || !(is_title || texts.iter().all(bare)) {
                return Err(ReadError::at(line, Reason::BareName));
            }
        } else if matches!(texts.last(), Some((_, Token::Word(_)))) && texts.len() < most - 1 {
            return Err(ReadError::at(line, Reason::BareName));
        }
        texts.push((line, token));
    }
    let least = if ballots.last_is_known {
        most - 1
    } else {
        most
    };
    if texts.len() < least {
        return Err(ReadError::at(tokens.line, Reason::MissingName));
    }
    let mut texts = texts.into_iter();
    let mut named = Vec::with_capacity(withdrawn.len());
    for (withdrawn, (line, token)) in withdrawn.into_iter().zip(texts.by_ref()) {
        let name = unescape(token);
        if name.trim().is_empty() {
            return Err(ReadError::at(line, Reason::BadName));
        }
        named.push(Candidate {
            name,
            party: None,
            withdrawn,
        });
    }
    let title = texts.next().map(|(_, token)| unescape(token));
    Ok((named, title.filter(|title| !title.trim().is_empty())))
}

fn unescape(token: Token) -> String {
    match token {
        Token::Word(text) => text.to_owned(),
        Token::Quoted(text) => text.replace("\\\"", "\"").replace("\\\\", "\\"),
    }
}
