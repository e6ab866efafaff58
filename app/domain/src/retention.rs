//! How long we keep what says who somebody is. The privacy page shows these figures and a job
//! keeps to them.

/// Days after the last thing that happened to a concern that has ended, until the way to reach its
/// author is removed. What was raised stays.
pub const CONCERN_CONTACT_DAYS: i64 = 90;

/// Days after which a letter that could not be sent is removed; it was given up long before
/// ([`crate::letter::try_again`]). One that was sent is emptied at once.
pub const LETTER_DAYS: i64 = 30;

/// Days until it is forgotten which scrambled mark of a network a voter came from.
pub const VOTE_SOURCE_DAYS: i64 = 14;
