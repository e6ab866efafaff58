//! Styles, fonts and islands, embedded in the binary. Their addresses carry a hash of their
//! content, so a browser may keep them for ever.

use std::sync::OnceLock;

use app::ui::shell::AssetPaths;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::Path;
use super::encoding::{Coding, chosen, is_known};

#[derive(RustEmbed)]
#[folder = "$SOUNDINGS_SITE_DIR"]
struct Site;

/// The addresses of the assets with their versions.
pub fn asset_paths() -> &'static AssetPaths {
    static PATHS: OnceLock<AssetPaths> = OnceLock::new();
    PATHS.get_or_init(|| {
        let version = |name: &str| {
            Site::get(name)
                .map(|file| crate::secret::hex(&file.metadata.sha256_hash()[..6]))
                .unwrap_or_default()
        };
        AssetPaths {
            css: format!("/assets/app.css?v={}", version("app.css")),
            loader: format!(
                "/assets/loader.js?v={}",
                version("islands/app.js") + &version("islands/app_bg.wasm") + &version("loader.js")
            ),
        }
    })
}

/// `GET /assets/{*path}`.
pub async fn serve_asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = Site::get(&path).filter(|_| !path.ends_with(".br") && !path.ends_with(".gz"))
    else {
        return super::Error::NotFound.into_response();
    };
    let packed: Vec<_> = [(Coding::Brotli, ".br"), (Coding::Gzip, ".gz")]
        .into_iter()
        .filter_map(|(coding, ending)| Some((coding, Site::get(&format!("{path}{ending}"))?)))
        .collect();
    let held: Vec<Coding> = packed.iter().map(|(coding, _)| *coding).collect();
    let coding = chosen(&headers, &held);
    let etag = coding.tag(&crate::secret::hex(&file.metadata.sha256_hash()[..8]));
    let unchanged = is_known(&headers, &etag);
    let packed = packed.into_iter().find(|(held, _)| *held == coding);
    let kind = match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let data = packed.map_or(file.data, |(_, packed)| packed.data);
        let mut response = Body::from(data.into_owned()).into_response();
        if let Some(name) = coding.name() {
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    out.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    if let Ok(value) = HeaderValue::from_str(&etag) {
        out.insert(header::ETAG, value);
    }
    response
}
