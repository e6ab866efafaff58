//! Free texts are counted by how far they have come in moderation, as everything else a dashboard shows.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection()
            .execute_unprepared(
                "INSERT INTO tally (consultation_id, question_id, dimension, \"key\", \"count\") \
                 SELECT q.consultation_id, a.question_id, 'text', a.text_state, COUNT(*) \
                 FROM answer a JOIN question q ON q.id = a.question_id \
                 WHERE a.text IS NOT NULL \
                 GROUP BY q.consultation_id, a.question_id, a.text_state",
            )
            .await
            .map(drop)
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection()
            .execute_unprepared("DELETE FROM tally WHERE dimension = 'text'")
            .await
            .map(drop)
    }
}
