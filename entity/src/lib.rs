//! The rows of Soundings, one module a table, grouped as the slices are.
//!
//! Times are UTC milliseconds since 1970 in `…_at` columns, days are ISO dates in `…_on` columns.
//! Here is no behaviour: what a row means is said by `domain`.

// council
pub mod area;
pub mod area_figure;
pub mod organisation;
pub mod postcode;
pub mod team;
pub mod team_area;

// account
pub mod membership;
pub mod one_time_link;
pub mod person;
pub mod session;

// record
pub mod audit_entry;
pub mod creation;
pub mod demonstration_person;
pub mod outbox;
pub mod record_head;
pub mod revision;
pub mod site_state;

// consultation
pub mod consultation;
pub mod consultation_area;
pub mod consultation_team;
pub mod document;
pub mod option;
pub mod question;
pub mod regime;

// response
pub mod answer;
pub mod respondent;
pub mod response;
pub mod tally;

// vote
pub mod opinion;
pub mod statement;
pub mod statement_author;
pub mod statement_vote;
pub mod voter;
pub mod voter_flag;
pub mod voter_source;

// poll
pub mod poll;
pub mod poll_ballot;
pub mod poll_count;
pub mod poll_elector;
pub mod poll_option;

// moderation
pub mod moderation_decision;

// insight
pub mod release;
pub mod theme;

// neighbourhood
pub mod area_promise;
pub mod concern;
pub mod concern_contact;
pub mod concern_event;
