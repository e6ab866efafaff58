//! Markdown to HTML through a closed set of tags.
//!
//! Officers write it, residents read it. Raw HTML is shown as text, pictures become their
//! description, headings start below the page's own, links go to http, https, mailto or a page
//! of this site. What the renderer emits passes a sanitiser with the same closed set, so one
//! fault is not enough. Deliberately not here: Markdown from residents, which is plain text.

use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

/// Every tag that Markdown may become.
pub const TAGS: [&str; 22] = [
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "ul",
    "ol",
    "li",
    "a",
    "strong",
    "em",
    "del",
    "blockquote",
    "code",
    "pre",
    "br",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
];

static NET: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut net = Builder::empty();
    net.tags(TAGS.into_iter().chain(["td"]).collect())
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("ol", ["start"])
        .url_schemes(["http", "https", "mailto"].into_iter().collect())
        .link_rel(Some("nofollow noopener"))
        .clean_content_tags(["script", "style"].into_iter().collect());
    net
});

/// HTML for `inner_html`: safe whatever `source` holds. Headings start at `h2`.
pub fn render(source: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let top = Parser::new_ext(source, options)
        .filter_map(level_of)
        .min()
        .unwrap_or(1);
    let mut links = Vec::new();
    let mut pictures = 0_usize;
    let events = Parser::new_ext(source, options).filter_map(move |event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
            level: placed(level, top),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(placed(level, top)))),
        Event::Start(Tag::Image { .. }) => {
            pictures += 1;
            None
        }
        Event::End(TagEnd::Image) => {
            pictures = pictures.saturating_sub(1);
            None
        }
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            ..
        }) => {
            let kept = target(link_type, &dest_url);
            links.push(kept.is_some());
            kept.map(|dest_url| {
                Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url,
                    title: "".into(),
                    id: "".into(),
                })
            })
        }
        Event::End(TagEnd::Link) => links
            .pop()
            .unwrap_or(false)
            .then_some(Event::End(TagEnd::Link)),
        other => Some(other),
    });
    let mut out = String::with_capacity(source.len() * 3 / 2);
    html::push_html(&mut out, events);
    NET.clean(&out).to_string()
}

/// What it says without its form: one line, for where nothing but text can stand.
pub fn words(source: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(
        source,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
    ) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                out.push_str(&text);
            }
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell,
            ) => out.push(' '),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a text, up to so many characters: whole words, and a sign that there is more.
pub fn beginning(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let kept = text.get(..end).unwrap_or_default();
    let kept = kept.rsplit_once(' ').map_or(kept, |(whole, _)| whole);
    format!("{} …", kept.trim_end_matches([',', ';', ':', '.', ' ']))
}

fn level_of(event: Event<'_>) -> Option<usize> {
    match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
        _ => None,
    }
}

/// The highest level that is used becomes `h2`, whichever the writer began with.
fn placed(level: HeadingLevel, top: usize) -> HeadingLevel {
    match (level as usize).saturating_sub(top) {
        0 => HeadingLevel::H2,
        1 => HeadingLevel::H3,
        2 => HeadingLevel::H4,
        _ => HeadingLevel::H5,
    }
}

/// Where a link may go: http, https, mailto, or a path or fragment of this site.
fn target<'a>(kind: LinkType, url: &str) -> Option<CowStr<'a>> {
    if kind == LinkType::Email {
        return Some(format!("mailto:{}", url.trim_start_matches("mailto:")).into());
    }
    let lower = url.trim().to_ascii_lowercase();
    let web = ["http://", "https://", "mailto:"]
        .iter()
        .any(|start| lower.starts_with(start));
    let here = lower.starts_with('#') || (lower.starts_with('/') && !lower.starts_with("//"));
    (web || (here && !lower.contains('\\'))).then(|| url.trim().to_owned().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_start_below_the_heading_of_the_page() {
        assert_eq!(render("# One\n\n## Two"), "<h2>One</h2>\n<h3>Two</h3>\n");
        assert_eq!(
            render("### Begins low\n\n#### Next\n\n###### Last"),
            "<h2>Begins low</h2>\n<h3>Next</h3>\n<h5>Last</h5>\n"
        );
    }

    #[test]
    fn words_are_what_is_left_without_form_and_a_beginning_ends_with_a_word() {
        assert_eq!(
            words("## Why\n\n- **Six** of *eleven*\nplaces stay\n- See [the plan](/x)"),
            "Why Six of eleven places stay See the plan"
        );
        assert_eq!(beginning("Six places stay", 15), "Six places stay");
        assert_eq!(beginning("Six places, stay", 13), "Six places …");
        assert_eq!(beginning("é é é", 3), "é …");
    }

    #[test]
    fn plain_writing_keeps_its_lists_tables_and_emphasis() {
        let html = render("A **bold** point\n\n* one\n* two\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        for part in [
            "<strong>bold</strong>",
            "<li>one</li>",
            "<th>a</th>",
            "<td>2</td>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn links_to_the_web_say_nofollow_and_links_elsewhere_become_text() {
        let html = render("[ours](https://example.org/a?b=1&c=2)");
        assert!(html.contains(r#"rel="nofollow noopener""#), "{html}");
        assert!(
            html.contains(r#"href="https://example.org/a?b=1&amp;c=2""#),
            "{html}"
        );
        assert_eq!(render("[x](ftp://example.org)"), "<p>x</p>\n");
        assert!(render("<someone@example.org>").contains("mailto:someone@example.org"));
        assert!(render("[here](/consultations)").contains(r#"href="/consultations""#));
        assert_eq!(render("[there](//evil.example)"), "<p>there</p>\n");
    }

    #[test]
    fn no_payload_becomes_a_script_an_attribute_or_a_foreign_tag() {
        let payloads = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](javascript:alert(1))",
            "![x\" onerror=\"alert(1)](https://example.org/a.png)",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](  javascript:alert(1))",
            "[x](java\tscript:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:msgbox)",
            "<javascript:alert(1)>",
            "[x]: javascript:alert(1)\n\n[x]",
            "<svg><script>alert(1)</script></svg>",
            "<a href='https://example.org' onclick='alert(1)'>x</a>",
            "<iframe src=https://example.org></iframe>",
            "<style>body{display:none}</style>",
            "# a {onclick=alert(1)}",
            "```\"><script>alert(1)</script>\n```",
            "``` html onload=alert(1)\n<b>\n```",
            "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
            "[x](https://example.org \"onmouseover=alert(1)\")",
            "[x](https://example.org/\"onmouseover=alert(1))",
        ];
        for payload in payloads {
            assert_closed(&render(payload), payload);
        }
    }

    /// Every tag is of the closed set and carries at most href, rel and start.
    fn assert_closed(html: &str, payload: &str) {
        for piece in html.split('<').skip(1) {
            let inside = piece.split('>').next().unwrap_or("");
            let mut words = inside
                .trim_start_matches('/')
                .trim_end_matches('/')
                .split(' ');
            let tag = words.next().unwrap_or("");
            assert!(
                TAGS.contains(&tag) || tag == "td",
                "{tag} from {payload}: {html}"
            );
            if let Some(at) = inside.find(' ') {
                let rest = inside.get(at..).unwrap_or("");
                let stripped = rest.replace(r#" rel="nofollow noopener""#, "");
                let plain = stripped.trim();
                assert!(
                    plain.is_empty()
                        || plain == "/"
                        || (plain.starts_with(r#"href=""#) && plain.matches('"').count() == 2),
                    "{plain} from {payload}: {html}"
                );
                assert!(
                    !plain.to_lowercase().contains("script:"),
                    "{payload}: {html}"
                );
            }
        }
    }
}
