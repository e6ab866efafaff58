//! Who may do what with themes, answers and promises, beyond what every consultation asks.

use crate::account::{Actor, NotPermitted, Role};
use crate::consultation::Stage;
use crate::consultation::policy::{Context, Permission, may};

/// Whether somebody may read the answers at the desk: whoever writes them, and whoever watched it
/// once it is decided.
///
/// # Errors
/// Why not.
pub fn may_read_answers(actor: &Actor, on: &Context) -> Result<(), NotPermitted> {
    let permission = if on.stage == Stage::Decided {
        Permission::Watch
    } else {
        Permission::Answer
    };
    may(actor, permission, on)
}

/// Whether somebody may remove a theme: an officer of its teams, as long as nothing is published.
///
/// # Errors
/// Why not.
pub fn may_remove_theme(actor: &Actor, on: &Context) -> Result<(), NotPermitted> {
    may(actor, Permission::Answer, on)?;
    if on.stage == Stage::Closed {
        Ok(())
    } else {
        Err(NotPermitted::NotNow)
    }
}

/// Whether somebody may say that a promise is kept: an officer of its teams, once it is public.
///
/// # Errors
/// Why not.
pub fn may_keep_promise(actor: &Actor, on: &Context) -> Result<(), NotPermitted> {
    may(actor, Permission::Watch, on)?;
    if !actor.signed_in()?.holds_in(Role::Officer, &on.teams) {
        Err(NotPermitted::Forbidden)
    } else if on.stage.is_answered() {
        Ok(())
    } else {
        Err(NotPermitted::NotNow)
    }
}

/// Whether it is the recorded decision alone that stops this person: a moment ago they might have
/// changed a theme or decided themselves. Such a person sees what they typed again.
pub fn came_too_late(actor: &Actor, on: &Context) -> bool {
    on.stage == Stage::Decided && may(actor, Permission::Decide, on) == Err(NotPermitted::NotNow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TeamId;
    use crate::made_up::council;

    fn at(stage: Stage) -> Context {
        Context {
            teams: vec![TeamId(1)],
            stage,
            authors: Vec::new(),
        }
    }

    type Rule = fn(&Actor, &Context) -> Result<(), NotPermitted>;

    fn stages(rule: Rule, actor: &Actor) -> Vec<Stage> {
        Stage::ALL
            .into_iter()
            .filter(|stage| rule(actor, &at(*stage)).is_ok())
            .collect()
    }

    #[test]
    fn each_rule_holds_for_officers_of_its_teams_in_its_stages_and_for_nobody_else() {
        let officer = council(Role::Officer, 1);
        assert_eq!(stages(may_remove_theme, &officer), [Stage::Closed]);
        let published = [Stage::Answered, Stage::Decided];
        assert_eq!(stages(may_keep_promise, &officer), published);
        let late = |actor: &Actor| {
            let stages = Stage::ALL.into_iter();
            stages
                .filter(|stage| came_too_late(actor, &at(*stage)))
                .collect::<Vec<_>>()
        };
        assert_eq!(late(&officer), [Stage::Decided]);
        let answering = [Stage::Closed, Stage::Answered, Stage::Decided];
        assert_eq!(stages(may_read_answers, &officer), answering);
        let analyst = council(Role::Analyst, 1);
        assert_eq!(stages(may_read_answers, &analyst), [Stage::Decided]);
        let rules: [Rule; 2] = [may_remove_theme, may_keep_promise];
        for nobody in [&analyst, &council(Role::Officer, 2), &Actor::Anyone] {
            for rule in rules {
                assert_eq!(stages(rule, nobody), []);
            }
            assert_eq!(late(nobody), []);
        }
    }
}
