//! Words for voters: who may vote and how sure that is, why a ballot is not taken.

use domain::poll::{Electorate, Strength};

/// Who may vote, in a sentence.
pub fn electorate(electorate: &Electorate, wards: &str) -> String {
    match electorate {
        Electorate::Open => "Anybody can vote, once in each browser.".to_owned(),
        Electorate::Email => "Anybody with an e-mail address can vote once.".to_owned(),
        Electorate::Ward { .. } => {
            format!("People who live in {wards} can vote once, with an e-mail address.")
        }
        Electorate::Register => {
            "Everybody who was sent a letter with a code can vote once.".to_owned()
        }
    }
}

/// How sure one may be that each person voted once.
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Weak => {
            "Weak: it stops accidents, not somebody who clears their browser to vote again."
        }
        Strength::Fair => "Fair: somebody with several e-mail addresses could vote several times.",
        Strength::Strong => "Strong: each letter gives one ballot.",
    }
}
