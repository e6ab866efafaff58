//! Exporting the responses to a consultation.

use domain::consultation::policy::Permission;
use domain::response::ExportFormat;

use crate::App;
use crate::consultation::commands::grant;
use crate::error::Denied;
use crate::granted::Caller;
use crate::record::audit;
use crate::response::queries::export::Export;

/// Exports the responses to a consultation.
#[derive(Clone, Debug)]
pub struct ExportResponses {
    /// The consultation, by its name in addresses.
    pub on: String,
    /// The shape of the file.
    pub format: ExportFormat,
}

/// Notes in the record that the responses leave the site, each time they do, and only then begins to
/// read them.
///
/// # Errors
/// Why they may not leave.
pub async fn export_responses(
    app: &App,
    caller: &Caller,
    command: ExportResponses,
) -> Result<Export, Denied> {
    let tx = app.db.begin().await?;
    let granted = grant(&tx, caller, &command.on, Permission::Export).await?;
    let on = granted.root().clone();
    let subject = format!("consultation/{}", on.id);
    audit::append(&granted, "export", &subject, command.format.word()).await?;
    tx.commit().await?;
    Ok(Export::new(app.db.read(), on, command.format).await?)
}
