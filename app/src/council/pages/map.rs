//! The wards as a drawing. It says nothing that the list beside it does not, so it is hidden from
//! screen readers and takes no keyboard focus; with a pointer each ward is a link.

use domain::council::boundary::extent;
use domain::council::read::AreaLine;
use leptos::prelude::*;

use crate::paths;
use crate::ui::chart::Frame;

/// All wards; the one of code `here` stands out.
pub fn ward_map(areas: &[AreaLine], here: &str) -> AnyView {
    let points = || {
        areas
            .iter()
            .flat_map(|area| area.rings.iter().flatten().copied())
    };
    let Some(frame) = Frame::around(points()) else {
        return ().into_any();
    };
    let (width, height) = points()
        .map(|point| frame.point(point))
        .fold((0.0_f64, 0.0_f64), |(w, h), (x, y)| (w.max(x), h.max(y)));
    // What lies within another is drawn on top, and a hole is a hole however its ring is wound.
    let mut areas: Vec<&AreaLine> = areas.iter().collect();
    areas.sort_by(|a, b| extent(&b.rings).total_cmp(&extent(&a.rings)));
    let wards = areas
        .into_iter()
        .map(|area| {
            let class = if area.code == here {
                "app-map__ward app-map__ward--4"
            } else {
                "app-map__ward app-map__ward--1"
            };
            let path = frame.path(area.rings.iter().map(Vec::as_slice));
            view! {
                <a href=paths::area(&area.code) tabindex="-1">
                    <path class=class fill-rule="evenodd" d=path><title>{area.name.clone()}</title></path>
                </a>
            }
        })
        .collect_view();
    let view_box = format!("-2 -2 {:.0} {:.0}", width + 4.0, height + 4.0);
    view! {
        <svg class="app-chart__map" viewBox=view_box aria-hidden="true" focusable="false">
            {wards}
        </svg>
    }
    .into_any()
}
