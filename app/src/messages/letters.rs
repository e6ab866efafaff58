//! The text of letters that staff receive. Plain text, one link, no names of residents.

/// To set a new password.
pub fn reset(name: &str, link: &str) -> String {
    format!(
        "Hello {name},\n\nSomebody asked for a new password for your account. If it was you, \
         open this link within one hour. It works once.\n\n{link}\n\nIf it was not you, you \
         don’t need to do anything: your password stays the same.\n"
    )
}

/// To choose a first password.
pub fn invitation(name: &str, link: &str) -> String {
    format!(
        "Hello {name},\n\nYou have been invited to use Soundings, where residents have their say \
         and get an answer. Open this link within 7 days and choose your password. It works \
         once.\n\n{link}\n\nIf you did not expect this, you don’t need to do anything.\n"
    )
}

/// The subject of the letter with the head of the record.
pub const HEAD_SUBJECT: &str = "The signed head of the record";

/// What a head covers and what it does not, wherever heads are shown.
const HEAD_COVERS: &str = "A head says how many entries the record of what staff did had at a moment, \
     and the hash of the last of them. From two heads anybody can see how many entries staff made \
     between them; not what they did, nor who did it. Keep a head somewhere else. If entries before \
     it are changed, cut off or rebuilt later, this shows it:\n\n    soundings check record --heads FILE\n\nWhat \
     staff have done since the last head is covered by none yet: that part could still be changed \
     unseen until the next one is signed, at most an hour later.";

/// The head of the record, to be kept by an auditor.
pub fn head(name: &str, head: &str) -> String {
    format!(
        "Hello {name},\n\nThis is today’s signed head of the record. Keep this letter: what it says \
         can’t be changed from here.\n\n{head}\n{HEAD_COVERS}\n"
    )
}

/// The heads of the record, for everybody, the newest first.
pub fn heads(key: &str, heads: &[String]) -> String {
    let explained: String = HEAD_COVERS
        .lines()
        .map(|line| format!("# {line}").trim_end().to_owned() + "\n")
        .collect();
    let all = match heads {
        [] => "# Nothing has been signed yet.\n".to_owned(),
        some => some.join("\n"),
    };
    format!(
        "# The signed heads of the record (Ed25519).\n#\n{explained}#\n# The public key of this \
         server:\n# {key}\n\n{all}"
    )
}
