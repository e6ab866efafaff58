//! The result of a poll: what it says, who voted, how it was counted, how to count it again.
//!
//! Deliberately not here: the working of each kind of count (`result_ranked`, `result_points`,
//! `result_budget`), and whether the result may be shown, which the domain decides.

use domain::insight::disclosure::PUBLIC;
use domain::poll::policy::Hidden;
use domain::poll::read::{PublicTurnout, Published, ResultView, Turnout};
use domain::poll::{Counted, Electorate, Poll};
use leptos::prelude::*;

use super::{result_budget, result_points, result_ranked};
use crate::messages::poll::{result as words, voter};
use crate::paths;
use crate::ui::chart::{Caption, number_text, percent};
use crate::ui::parts::{self, SummaryRow, Tone};

/// The page.
pub fn result(shown: &ResultView) -> AnyView {
    let view = &shown.view;
    let poll = &view.poll;
    let picture = match &shown.counted {
        Some(counted) => picture(poll, counted, "result"),
        None => parts::empty(
            "Nobody’s ballot has a mark on it, so there is nothing to count.",
            None,
        ),
    };
    let working = shown
        .counted
        .as_ref()
        .map(|counted| working(shown, counted));
    view! {
        {head(shown)}
        {parts::page_with_facts(
            picture,
            facts(shown),
            with_and_without(shown),
        )}
        {working}
        {recount(shown)}
    }
    .into_any()
}

fn head(shown: &ResultView) -> AnyView {
    let view = &shown.view;
    let state = parts::tag(Tone::Done, "Result");
    let (weight, _) = words::weight(view.poll.binding);
    let invented = view.invented.then(|| {
        parts::inset("This poll and every ballot in it are invented, to show how Soundings works.")
    });
    view! {
        {parts::back_link(paths::consultation(&view.slug), "Back to the consultation")}
        <p class="app-tags">{state} " " {parts::tag(Tone::Neutral, weight)}</p>
        <span class="govuk-caption-xl">{view.title.clone()}</span>
        <h1 class="govuk-heading-xl">{view.poll.question.clone()}</h1>
        {invented}
    }
    .into_any()
}

/// The drawing with its sentence.
fn picture(poll: &Poll, counted: &Counted, id: &str) -> AnyView {
    let sentence = words::sentence(counted);
    let caption = Caption::new(id, sentence).second_level();
    match counted {
        Counted::Points(tally) => result_points::picture(caption, tally),
        Counted::Ranked(count) => result_ranked::picture(caption, count),
        Counted::Budget { count, wanted, .. } => {
            result_budget::picture(caption, poll, count, wanted)
        }
    }
}

fn working(shown: &ResultView, counted: &Counted) -> AnyView {
    let poll = &shown.view.poll;
    let (name, told) = words::rule(&poll.method);
    let inside = match counted {
        Counted::Points(tally) => result_points::working(tally),
        Counted::Ranked(count) => result_ranked::working(count),
        Counted::Budget {
            count, comparison, ..
        } => result_budget::working(&shown.view, count, comparison),
    };
    view! {
        <section class="app-working" aria-labelledby="working">
            <h2 class="govuk-heading-l" id="working">"The whole working"</h2>
            <p class="govuk-body"><strong>{name}</strong>". " {told}</p>
            {inside}
        </section>
    }
    .into_any()
}

fn facts(shown: &ResultView) -> AnyView {
    let view = &shown.view;
    let poll = &view.poll;
    let wards: Vec<String> = match &poll.electorate {
        Electorate::Ward { areas } => areas.iter().map(|area| view.area_name(area.0)).collect(),
        _ => Vec::new(),
    };
    let (weight, weight_told) = words::weight(poll.binding);
    let (rule, _) = words::rule(&poll.method);
    let mut rows = vec![
        SummaryRow::text("Who voted", public_turnout(&shown.turnout)),
        SummaryRow::text(
            "Who could",
            voter::electorate(&poll.electorate, &words::listed(&wards)),
        ),
        SummaryRow::text("How sure", voter::strength(poll.electorate.strength())),
        SummaryRow::view(
            "Weight",
            view! { <strong>{weight}</strong>". " {weight_told} },
        ),
        SummaryRow::text("Counted by", rule),
        SummaryRow::text(
            if view.closed { "Closed" } else { "Closes" },
            view.closes.clone(),
        ),
    ];
    if shown.published.is_none() {
        rows.push(SummaryRow::text("Sealed", SEALED));
    }
    if let Some(published) = &shown.published {
        rows.push(SummaryRow::text("Published", published.at.clone()));
    }
    parts::summary_list(rows)
}

/// What everybody is told of a poll whose ballots are not published.
pub const SEALED: &str = "Nobody sees any result before voting has ended and paper ballots are in: not \
                          the public, not officers, not administrators.";

/// How many voted, as everybody may see it.
pub fn public_turnout(turnout: &PublicTurnout) -> String {
    let (voted, electors) = match turnout {
        PublicTurnout::Counted(turnout) => return self::turnout(turnout),
        PublicTurnout::Released { voted, electors } => (voted, electors),
    };
    let about = match voted.number() {
        Some(number) => format!("About {}", number_text(number)),
        None => format!("Fewer than {}, or not counted yet", PUBLIC.threshold),
    };
    match electors.map(|shown| shown.number()) {
        Some(Some(electors)) => {
            format!(
                "{about}, of about {} on the register",
                number_text(electors)
            )
        }
        Some(None) => format!(
            "{about}; fewer than {} are on the register",
            PUBLIC.threshold
        ),
        None => about,
    }
}

/// Everybody who voted as one number, of those who could where that is known.
pub fn turnout(turnout: &Turnout) -> String {
    let all = turnout.online + turnout.paper;
    let ballots = if all == 1 { "ballot" } else { "ballots" };
    let whole = match turnout.electors {
        Some(electors) => format!(
            "{} of {} on the register ({})",
            number_text(all),
            number_text(electors),
            percent(all, electors)
        ),
        None => format!("{} {ballots}", number_text(all)),
    };
    let ways = format!(
        "{} online, {} on paper",
        number_text(turnout.online),
        number_text(turnout.paper)
    );
    let aside = match turnout.set_aside {
        0 => String::new(),
        n => format!("; {} set aside", number_text(n)),
    };
    format!("{whole}: {ways}{aside}")
}

/// The result again with the ballots that were set aside.
fn with_and_without(shown: &ResultView) -> AnyView {
    let aside = match &shown.turnout {
        PublicTurnout::Counted(turnout) => turnout.set_aside,
        PublicTurnout::Released { .. } => 0,
    };
    let (Some(counted), Some(with_all)) = (&shown.counted, &shown.with_all) else {
        return ().into_any();
    };
    if aside == 0 {
        return ().into_any();
    }
    let (without, with) = (words::sentence(counted), words::sentence(with_all));
    let same = if outcome(counted) == outcome(with_all) {
        "The outcome is the same either way."
    } else {
        "The outcome is not the same, so read both."
    };
    let told = format!(
        "{} of the ballots came many at a time from one place, or look alike in a way that one \
         person’s would. They are set aside: kept, listed and marked, and not in the result \
         above. {same}",
        number_text(aside)
    );
    view! {
        <section class="app-aside-ballots" aria-labelledby="aside">
            <h2 class="govuk-heading-m" id="aside">"With and without the ballots set aside"</h2>
            <p class="govuk-body">{told}</p>
            {parts::summary_list(vec![
                SummaryRow::text("Without them", format!("{without}.")),
                SummaryRow::text("With them", format!("{with}.")),
            ])}
        </section>
    }
    .into_any()
}

fn outcome(counted: &Counted) -> Vec<String> {
    let mut names = match counted {
        Counted::Points(tally) => tally.elected.clone(),
        Counted::Ranked(count) => count.elected.clone(),
        Counted::Budget { count, .. } => count.funded.clone(),
    };
    names.sort_unstable();
    names
}

/// How anybody can count again.
fn recount(shown: &ResultView) -> AnyView {
    let view = &shown.view;
    let seed_hash = &view.poll.seed_hash;
    let inside = match &shown.published {
        Some(published) => published_list(shown, published),
        None => view! {
            <p class="govuk-body">
                "After the poll closes every ballot is published in a list without names, codes, \
                 times or order. Anyone can count it again, and every voter can find their own \
                 ballot in it."
            </p>
            {fingerprints(vec![("Fingerprint of the seed for draws by lot", seed_hash.clone())])}
        }
        .into_any(),
    };
    view! {
        <section class="app-recount" aria-labelledby="recount">
            <h2 class="govuk-heading-l" id="recount">"Check it yourself"</h2>
            {inside}
        </section>
    }
    .into_any()
}

fn published_list(shown: &ResultView, published: &Published) -> AnyView {
    let view = &shown.view;
    let base = paths::poll(&view.slug, view.poll.number);
    let list = format!("{base}/ballots.json");
    let json = format!("{base}/result.json");
    view! {
        <ol class="govuk-list govuk-list--number govuk-list--spaced">
            <li>
                <a class="govuk-link" href=list>"Download the list of ballots"</a>
                " (ballots.json). It holds every ballot, and nothing about who cast it."
            </li>
            <li>
                "Compare its fingerprint with the one below. It has been in our audit record \
                 since the list was published, so we can’t change the list unseen."
            </li>
            <li>
                "Count it on your own machine, without us: "
                <code class="app-hash">"soundings count ballots.json"</code>
            </li>
            <li>
                "Did you vote? Your receipt shows the commitment of your ballot. Find it in the \
                 list, and see that the marks beside it are yours."
            </li>
        </ol>
        {fingerprints(vec![
            ("SHA-256 of ballots.json", published.hash.clone()),
            ("Seed for draws by lot", published.seed.clone()),
            ("SHA-256 of the seed, shown since the poll opened", view.poll.seed_hash.clone()),
        ])}
        <p class="govuk-body">
            <a class="govuk-link" href=json>"The whole working as JSON"</a>
        </p>
    }
    .into_any()
}

fn fingerprints(rows: Vec<(&'static str, String)>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|(name, value)| {
            view! { <dt>{name}</dt> <dd><code class="app-hash">{value}</code></dd> }
        })
        .collect_view();
    view! { <dl class="app-fingerprints">{rows}</dl> }.into_any()
}

/// What is shown instead of a result that nobody may see yet.
pub fn sealed(shown: &ResultView, why: Hidden) -> AnyView {
    let view = &shown.view;
    let (title, text) = match why {
        Hidden::Voting => (
            format!("Sealed until {}", view.closes),
            "Nobody can see a result while people vote: not the public, not officers, not \
             administrators. Only about how many have voted is shown.",
        ),
        Hidden::NotOpen => (
            format!("Voting opens {}", view.opens),
            "There is no result before people have voted.",
        ),
        Hidden::BeingCounted => (
            "The ballots are being counted".to_owned(),
            "Voting has ended. The result appears here once every ballot on paper is in, together \
             with the list of all ballots. Until then nobody sees it.",
        ),
    };
    view! {
        {parts::back_link(paths::consultation(&view.slug), "Back to the consultation")}
        <span class="govuk-caption-xl">{view.title.clone()}</span>
        <h1 class="govuk-heading-xl">{view.poll.question.clone()}</h1>
        {parts::page_with_facts(
            view! {
                <h2 class="govuk-heading-l">{title}</h2>
                <p class="govuk-body-l">{text}</p>
                {view.open.then(|| crate::ui::form::link_button(
                    crate::ui::form::ButtonKind::Primary,
                    paths::poll(&view.slug, view.poll.number),
                    "Vote",
                ))}
            },
            facts(shown),
            (),
        )}
    }
    .into_any()
}
