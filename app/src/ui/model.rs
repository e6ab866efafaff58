//! What the document around a page is made from: its title, its path, who looks at it.
//!
//! Deliberately not here: how any of it is drawn (`shell`, `frame`), and who may see what: the
//! caller passes the links that a person has.

/// Addresses of what a page loads, each with its version in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssetPaths {
    /// Style sheet.
    pub css: String,
    /// Module that loads the islands from beside itself, with the same version.
    pub loader: String,
}

/// Whose site it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteName {
    /// The service.
    pub service: String,
    /// The public body that runs it; empty when there is none to name.
    pub organisation: String,
}

impl Default for SiteName {
    fn default() -> Self {
        Self {
            service: "Soundings".to_owned(),
            organisation: String::new(),
        }
    }
}

/// Who looks at the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Viewer {
    /// Not signed in.
    #[default]
    Anonymous,
    /// Signed in.
    Staff {
        /// As shown on the bar.
        name: String,
        /// What this person may go to: `(label, path)`.
        links: Vec<(String, String)>,
    },
}

/// What the document needs besides the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shell {
    /// Of the page alone; the site's name is added.
    pub title: String,
    /// One sentence for search engines and previews; empty for none.
    pub description: String,
    /// Language of the page, `en-GB`.
    pub lang: String,
    /// Whose site it is.
    pub site: SiteName,
    /// Whether people and responses are invented, which every page then says.
    pub demonstration: bool,
    /// Who looks.
    pub viewer: Viewer,
    /// Whether the page holds an island: only then a script is loaded.
    pub islands: bool,
    /// Path of this page, which shows the current section.
    pub path: String,
    /// Address of the Atom feed of this page.
    pub feed: Option<String>,
    /// Whether the page shows errors: its title then starts with "Error:".
    pub refused: bool,
    /// Whether search engines may list the page.
    pub indexed: bool,
    /// Whether the page takes the full width (dashboards, queues) rather than the usual one.
    pub wide: bool,
    /// What it loads.
    pub assets: AssetPaths,
}

impl Default for Shell {
    fn default() -> Self {
        Self {
            title: String::new(),
            description: String::new(),
            lang: "en-GB".to_owned(),
            site: SiteName::default(),
            demonstration: false,
            viewer: Viewer::Anonymous,
            islands: false,
            path: "/".to_owned(),
            feed: None,
            refused: false,
            indexed: true,
            wide: false,
            assets: AssetPaths::default(),
        }
    }
}
