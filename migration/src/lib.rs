//! The schema of Soundings, one step a file. Every step has a `down`.
//!
//! Steps do not use `entity`: an old step must keep meaning what it meant. Invariant: a step is done
//! as a whole or not at all, on SQLite too.

pub use sea_orm_migration::prelude::*;

mod m20261123_0001_create_council;
mod m20261123_0002_create_account;
mod m20261123_0003_create_record;
mod m20261123_0004_create_consultation;
mod m20261123_0005_create_response;
mod m20261123_0006_create_vote;
mod m20261123_0007_create_moderation;
mod m20261123_0008_create_insight;
mod m20261123_0009_create_neighbourhood;
mod m20261123_0010_create_search;
mod m20261123_0011_index_audit_subject;
mod m20261124_0012_create_poll;
mod m20261124_0013_answer_concerns_once;
mod m20261124_0020_create_opinion;
mod m20261124_0021_tally_texts;
mod m20261124_0022_create_voter_source;
mod m20261126_0023_create_revision;
mod m20261126_0024_create_demonstration_person;
mod m20261126_0025_create_release;
mod m20261126_0026_create_record_head;
mod m20261126_0027_forget_order_of_votes;
mod m20261126_0028_add_statement_meta;

/// All steps in their order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let steps: Vec<Box<dyn MigrationTrait>> = vec![
            Box::new(m20261123_0001_create_council::Migration),
            Box::new(m20261123_0002_create_account::Migration),
            Box::new(m20261123_0003_create_record::Migration),
            Box::new(m20261123_0004_create_consultation::Migration),
            Box::new(m20261123_0005_create_response::Migration),
            Box::new(m20261123_0006_create_vote::Migration),
            Box::new(m20261123_0007_create_moderation::Migration),
            Box::new(m20261123_0008_create_insight::Migration),
            Box::new(m20261123_0009_create_neighbourhood::Migration),
            Box::new(m20261123_0010_create_search::Migration),
            Box::new(m20261123_0011_index_audit_subject::Migration),
            Box::new(m20261124_0012_create_poll::Migration),
            Box::new(m20261124_0013_answer_concerns_once::Migration),
            Box::new(m20261124_0020_create_opinion::Migration),
            Box::new(m20261124_0021_tally_texts::Migration),
            Box::new(m20261124_0022_create_voter_source::Migration),
            Box::new(m20261126_0023_create_revision::Migration),
            Box::new(m20261126_0024_create_demonstration_person::Migration),
            Box::new(m20261126_0025_create_release::Migration),
            Box::new(m20261126_0026_create_record_head::Migration),
            Box::new(m20261126_0027_forget_order_of_votes::Migration),
            Box::new(m20261126_0028_add_statement_meta::Migration),
        ];
        steps
            .into_iter()
            .map(|step| Box::new(AsOne(step)) as Box<dyn MigrationTrait>)
            .collect()
    }
}

/// A step in one transaction, with the row that says that it was done. By itself sea-orm does that on
/// PostgreSQL only: on SQLite a step that was stopped in the middle would stay half done.
struct AsOne(Box<dyn MigrationTrait>);

impl MigrationName for AsOne {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AsOne {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        self.0.up(m).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        self.0.down(m).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
