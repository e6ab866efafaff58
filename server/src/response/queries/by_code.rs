//! The response of a receipt code.

use domain::code::Code;
use sea_orm::{ConnectionTrait, DbErr};

use crate::consultation::rows::brief;
use crate::response::rows::stored::{self, StoredResponse};

/// A response found by its receipt code.
#[derive(Clone, Debug)]
pub struct ResponseByCode {
    /// The response.
    pub response: StoredResponse,
    /// Name of its consultation in addresses.
    pub slug: String,
}

/// The response of this receipt code.
pub async fn response_by_code(
    db: &impl ConnectionTrait,
    code: &Code,
) -> Result<Option<ResponseByCode>, DbErr> {
    let Some(response) = stored::by_receipt(db, code).await? else {
        return Ok(None);
    };
    let slug = brief::slug(db, response.consultation).await?;
    Ok(slug.map(|slug| ResponseByCode { response, slug }))
}
