//! The wards as a drawing. It says nothing that the list beside it does not, so it is hidden from
//! screen readers and takes no keyboard focus; with a pointer each ward is a link.

use domain::council::boundary::extent;
use domain::council::read::AreaLine;
use leptos::prelude::*;

use crate::paths;
use crate::ui::chart::Frame;

/// All wards; the one of code `here` stands out.
pub fn ward_map(areas: &[AreaLine], here: &str) -> AnyView {
    drawing(areas, here, "app-places", |_| ().into_any())
}

/// The whole borough, with the mark of the service over its middle: somebody speaks, and it is heard.
pub fn borough(areas: &[AreaLine]) -> AnyView {
    drawing(areas, "", "app-places app-places--picture", |(x, y)| {
        let arcs = [46.0, 92.0, 138.0]
            .into_iter()
            .map(|r: f64| {
                let d = format!("M{:.0} {y:.0}a{r} {r} 0 0 1 {:.0} 0", x - r, r * 2.0);
                view! { <path d=d /> }
            })
            .collect_view();
        view! {
            <g class="app-places__echo">{arcs}</g>
            <circle class="app-places__point" cx=format!("{x:.0}") cy=format!("{y:.0}") r="11" />
        }
        .into_any()
    })
}

fn drawing(
    areas: &[AreaLine],
    here: &str,
    class: &'static str,
    above: impl FnOnce((f64, f64)) -> AnyView,
) -> AnyView {
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
                "app-places__ward app-places__ward--here"
            } else {
                "app-places__ward"
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
        <svg class=class viewBox=view_box aria-hidden="true" focusable="false">
            {wards}
            {above((width / 2.0, height * 0.6))}
        </svg>
    }
    .into_any()
}
