//! Words as people type and paste them, at every kind of form: what comes from elsewhere is taken as it
//! was meant, what can't be seen is nothing, what is long is measured in characters, and no refusal
//! loses any of it.

mod dates;
mod forms;
mod letters;
mod letters_waiting;
mod places;
