//! Boundaries as a file of GeoJSON brings them. Deliberately not here: where they are kept.
//!
//! Invariant: whatever is returned can be drawn and stored; a file with one thing wrong is refused
//! as a whole.

use domain::council::boundary::{self, BoundaryRefused};
use domain::council::read::Ring;
use domain::text::plain;
use geojson::{GeoJson, GeometryValue, JsonObject, JsonValue};

/// An area of a file, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct NewArea {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its boundary.
    pub rings: Vec<Ring>,
}

/// Why a file is not taken. Each is one sentence.
#[derive(Debug, thiserror::Error)]
pub enum BoundariesRefused {
    /// It can't be read as GeoJSON.
    #[error("The file is not GeoJSON: {0}.")]
    NotGeoJson(String),
    /// It holds no areas.
    #[error("The file holds no areas.")]
    Empty,
    /// A feature without code or name.
    #[error("Feature {0} has no {1}: name the property with --code and --name.")]
    NoProperty(usize, String),
    /// Two features with one code.
    #[error("The code {0} is in the file twice.")]
    Twice(String),
    /// A boundary that can't be used.
    #[error("The boundary of {0} can't be used: {1}.")]
    Boundary(String, BoundaryRefused),
    /// A shape that is no area.
    #[error("{0} is not a polygon.")]
    NotAPolygon(String),
}

/// Reads a GeoJSON feature collection. Without `code` and `name` the first properties that end in
/// `CD` and `NM` are taken, as the Office for National Statistics names them.
///
/// # Errors
/// The first thing that is wrong.
pub fn read_geojson(
    text: &str,
    code: Option<&str>,
    name: Option<&str>,
) -> Result<Vec<NewArea>, BoundariesRefused> {
    let parsed = plain(text)
        .parse::<GeoJson>()
        .map_err(|error| BoundariesRefused::NotGeoJson(error.to_string()))?;
    let GeoJson::FeatureCollection(collection) = parsed else {
        return Err(BoundariesRefused::NotGeoJson(
            "no feature collection".to_owned(),
        ));
    };
    let mut areas: Vec<NewArea> = Vec::with_capacity(collection.features.len());
    for (place, feature) in collection.features.into_iter().enumerate() {
        let properties = feature.properties.unwrap_or_default();
        let value = |given: Option<&str>, ending: &str| {
            property(&properties, given, ending).ok_or_else(|| {
                BoundariesRefused::NoProperty(place + 1, given.unwrap_or(ending).to_owned())
            })
        };
        let (code, name) = (value(code, "CD")?, value(name, "NM")?);
        let rings = match feature.geometry.map(|geometry| geometry.value) {
            Some(GeometryValue::Polygon { coordinates }) => rings(coordinates),
            Some(GeometryValue::MultiPolygon { coordinates }) => {
                coordinates.into_iter().flat_map(rings).collect()
            }
            _ => return Err(BoundariesRefused::NotAPolygon(name)),
        };
        boundary::check(&rings).map_err(|why| BoundariesRefused::Boundary(name.clone(), why))?;
        if areas.iter().any(|area| area.code == code) {
            return Err(BoundariesRefused::Twice(code));
        }
        areas.push(NewArea { code, name, rings });
    }
    if areas.is_empty() {
        return Err(BoundariesRefused::Empty);
    }
    Ok(areas)
}

fn property(properties: &JsonObject, given: Option<&str>, ending: &str) -> Option<String> {
    let found = match given {
        Some(given) => properties.get(given),
        // Properties come in alphabetical order: LAD25CD, the council, stands before WD25CD.
        None => properties
            .iter()
            .filter(|(key, _)| key.ends_with(ending) && !key.starts_with("LAD"))
            .map(|(_, value)| value)
            .next_back(),
    };
    let text = match found? {
        JsonValue::String(text) => text.trim().to_owned(),
        JsonValue::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn rings(coordinates: Vec<Vec<geojson::Position>>) -> Vec<Ring> {
    coordinates
        .into_iter()
        .map(|ring| {
            ring.iter()
                .map(|position| {
                    let at = |n: usize| position.as_slice().get(n).copied().unwrap_or(f64::NAN);
                    (at(0), at(1))
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]";

    fn file(features: &str) -> String {
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
    }

    fn feature(properties: &str, geometry: &str) -> String {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{geometry}}}}}"
        )
    }

    #[test]
    fn the_ward_is_taken_and_not_the_council_it_is_in() {
        let one = r#"{"LAD25CD":"E08","LAD25NM":"Dudley","WD25CD":"E05","WD25NM":"Amblecote","WD25NMW":" "}"#;
        let areas = read_geojson(&file(&feature(one, SQUARE)), None, None).expect("areas");
        assert_eq!(
            (areas[0].code.as_str(), areas[0].name.as_str()),
            ("E05", "Amblecote")
        );
        let named = read_geojson(
            &file(&feature(one, SQUARE)),
            Some("LAD25CD"),
            Some("LAD25NM"),
        );
        assert_eq!(named.expect("areas")[0].name, "Dudley");
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        let one = r#"{"WD25CD":" E05 ","WD25NM":"Amblecote"}"#;
        let text = format!("\u{feff}{}", file(&feature(one, SQUARE)));
        let areas = read_geojson(&text, None, None).expect("areas");
        assert_eq!(areas[0].code, "E05");
    }

    #[test]
    fn a_file_that_can_not_be_used_is_refused_with_the_reason() {
        let good = r#"{"WD25CD":"E05","WD25NM":"Amblecote"}"#;
        let twice = [feature(good, SQUARE), feature(good, SQUARE)].join(",");
        let metres = feature(
            good,
            "[[[390000,285000],[390001,285000],[390001,285001],[390000,285000]]]",
        );
        for (text, says) in [
            ("no".to_owned(), "not GeoJSON"),
            (file(""), "no areas"),
            (file(&feature("{}", SQUARE)), "--code"),
            (file(&twice), "twice"),
            (file(&metres), "longitude"),
        ] {
            let refused = read_geojson(&text, None, None)
                .expect_err("refused")
                .to_string();
            assert!(refused.contains(says), "{refused}");
        }
    }
}
