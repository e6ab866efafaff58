//! The places and public bodies of the borough.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("organisation")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("name").text().not_null())
                .col(ColumnDef::new("slug").text().not_null().unique_key())
                .col(ColumnDef::new("kind").text().not_null())
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("team")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("organisation_id").big_integer().not_null())
                .col(ColumnDef::new("name").text().not_null())
                .col(ColumnDef::new("slug").text().not_null().unique_key())
                .col(ColumnDef::new("email").text().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_team_organisation_id")
                        .from("team", "organisation_id")
                        .to("organisation", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("area")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("code").text().not_null().unique_key())
                .col(ColumnDef::new("name").text().not_null())
                .col(ColumnDef::new("kind").text().not_null())
                .col(ColumnDef::new("boundary").text().not_null())
                .col(ColumnDef::new("residents").big_integer().not_null())
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("area_figure")
                .col(
                    ColumnDef::new("id")
                        .big_integer()
                        .not_null()
                        .auto_increment()
                        .primary_key(),
                )
                .col(ColumnDef::new("area_id").big_integer().not_null())
                .col(ColumnDef::new("measure").text().not_null())
                .col(ColumnDef::new("count").big_integer().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_area_figure_area_id")
                        .from("area_figure", "area_id")
                        .to("area", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("uq_area_figure_area_id_measure")
                .table("area_figure")
                .col("area_id")
                .col("measure")
                .unique()
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("postcode")
                .col(ColumnDef::new("postcode").text().not_null().primary_key())
                .col(ColumnDef::new("area_id").big_integer().not_null())
                .col(ColumnDef::new("locality").text().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_postcode_area_id")
                        .from("postcode", "area_id")
                        .to("area", "id"),
                )
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("team_area")
                .col(ColumnDef::new("team_id").big_integer().not_null())
                .col(ColumnDef::new("area_id").big_integer().not_null())
                .primary_key(Index::create().col("team_id").col("area_id"))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_team_area_team_id")
                        .from("team_area", "team_id")
                        .to("team", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_team_area_area_id")
                        .from("team_area", "area_id")
                        .to("area", "id"),
                )
                .to_owned(),
        )
        .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("team_area").to_owned())
            .await?;
        m.drop_table(Table::drop().table("postcode").to_owned())
            .await?;
        m.drop_table(Table::drop().table("area_figure").to_owned())
            .await?;
        m.drop_table(Table::drop().table("area").to_owned()).await?;
        m.drop_table(Table::drop().table("team").to_owned()).await?;
        m.drop_table(Table::drop().table("organisation").to_owned())
            .await?;
        Ok(())
    }
}
