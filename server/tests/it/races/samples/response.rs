//! Responses: two clicks of one form, receipts, exports.

use domain::response::{Answer, Channel, ExportFormat, Publication, Respondent};
use server::response::commands::{ExportResponses, MailReceipt, RecountTallies, SendResponse};

use super::{Sample, example};
use crate::races::world::OPEN;

pub const ALL: [Sample; 4] = [
    example!(
        response,
        OPEN,
        export_responses,
        |s| s.officer(),
        ExportResponses {
            on: s.on.clone(),
            format: ExportFormat::Csv,
        }
    ),
    example!(
        response,
        OPEN,
        mail_receipt,
        |s| s.anyone(),
        MailReceipt {
            on: s.on.clone(),
            code: s.facts.ready.receipt.clone(),
            to: "jo@example.org".to_owned(),
            key: s.key(),
        }
    ),
    Sample {
        // The counts were right before.
        only_answers: true,
        ..example!(
            response,
            OPEN,
            recount_tallies,
            |s| s.anyone(),
            RecountTallies
        )
    },
    example!(
        response,
        OPEN,
        send_response,
        |s| s.anyone(),
        SendResponse {
            on: s.on.clone(),
            // One form, sent by two clicks.
            key: s.facts.response_key.clone(),
            channel: Channel::Online,
            area: None,
            publication: Publication::Anonymous,
            respondent: Respondent::default(),
            answers: vec![(
                s.facts.ready.asks_for_words,
                Answer::Text("More trees".to_owned()),
            )],
            invented: true,
        }
    ),
];
