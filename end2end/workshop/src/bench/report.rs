//! What came out, as JSON (the fields here) and as a table.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::bench::load::Load;
use crate::bench::machine::Machine;
use crate::bench::pages::Page;
use crate::bench::responses::Durable;
use crate::bench::sizes::PageBytes;
use crate::bench::stored::Stored;

/// Everything that was measured. Names are stable: other programs read them.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub quick: bool,
    pub machine: Machine,
    pub consultation_page: Page,
    pub durable_sqlite: Durable,
    /// By 64 people at once, one process.
    pub votes_sqlite: Load,
    pub durable_postgresql: Option<Durable>,
    pub stored: Stored,
    pub memory: Memory,
    /// From starting the process until `/health/ready` answers 200.
    pub cold_start_ms: f64,
    pub bytes: BTreeMap<String, PageBytes>,
}

/// Resident memory of the server on SQLite, in MiB.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Memory {
    pub idle_mib: f64,
    pub after_load_mib: f64,
    pub peak_mib: f64,
}

impl Report {
    /// For people.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let machine = &self.machine;
        writeln!(
            out,
            "{} cores, {}, load {:.1} before and {:.1} after{}",
            machine.cores,
            machine.processor,
            machine.load_before,
            machine.load_after,
            if machine.optimised {
                ""
            } else {
                "; NOT an optimised build"
            }
        )?;
        let page = &self.consultation_page;
        writeln!(
            out,
            "\nConsultation page, {} bytes ({} brotli)",
            page.bytes, page.bytes_brotli
        )?;
        row(out, "page", &page.load)?;
        row(out, "bare handler", &page.bare)?;
        writeln!(
            out,
            "  {:.3} of the bare handler; {:.3} ms of processor a request (bare {:.3})",
            page.ratio, page.cpu_ms_per_request, page.bare_cpu_ms_per_request
        )?;
        writeln!(
            out,
            "  with a resident’s cookie {:.2} of its cost, signed in {:.1}",
            page.with_cookie_cost_ratio, page.signed_in_cost_ratio
        )?;
        durable(out, "Responses, durable, SQLite", &self.durable_sqlite)?;
        writeln!(out, "\nVotes on statements, durable, SQLite")?;
        row(out, "64 people", &self.votes_sqlite)?;
        if let Some(postgresql) = &self.durable_postgresql {
            durable(out, "Responses, durable, PostgreSQL", postgresql)?;
        }
        stored(out, &self.stored)?;
        writeln!(
            out,
            "\nMemory {:.1} MiB idle, {:.1} after load, {:.1} at most\nCold start {:.0} ms",
            self.memory.idle_mib,
            self.memory.after_load_mib,
            self.memory.peak_mib,
            self.cold_start_ms
        )?;
        writeln!(
            out,
            "\nBytes, brotli     html      css       js     wasm    total"
        )?;
        for (name, page) in &self.bytes {
            writeln!(
                out,
                "  {name:<13} {:>8} {:>8} {:>8} {:>8} {:>8}",
                page.html.brotli,
                page.css.brotli,
                page.js.brotli,
                page.wasm.brotli,
                page.total.brotli
            )?;
        }
        Ok(())
    }
}

fn durable(out: &mut String, title: &str, durable: &Durable) -> std::fmt::Result {
    writeln!(
        out,
        "\n{title}, server processes: {}",
        durable.server_processes
    )?;
    for load in &durable.by_clients {
        row(out, &format!("{} clients", load.clients), load)?;
    }
    row(out, "by hand, 1 a commit", &durable.raw_one_a_commit)?;
    if let Some(raw) = &durable.raw_128_a_commit {
        row(out, "by hand, 128 a commit", raw)?;
    }
    if let Some(raw) = &durable.raw_in_c {
        row(out, "the same in C", raw)?;
    }
    write!(
        out,
        "  at 64 clients {:.2} of one a commit",
        durable.ratio_to_one_a_commit
    )?;
    if let Some(ratio) = durable.ratio_to_128_a_commit {
        write!(out, ", {ratio:.3} of 128 a commit")?;
    }
    if let Some(ratio) = durable.ratio_to_raw_in_c {
        write!(out, ", {ratio:.3} of the same in C")?;
    }
    writeln!(
        out,
        "; {:.3} ms of processor a response",
        durable.cpu_ms_per_response
    )
}

fn stored(out: &mut String, stored: &Stored) -> std::fmt::Result {
    writeln!(
        out,
        "\nWith {} stored responses against {}",
        stored.many, stored.few
    )?;
    row(out, "page", &stored.page)?;
    row(out, "responses, 16 clients", &stored.responses)?;
    row(out, "dashboard, written to", &stored.dashboard)?;
    writeln!(
        out,
        "  cost of a page {:.2}, of a response {:.2}; cold start {:.0} ms; memory {:.1} MiB idle, \
         {:.1} at most; loaded in {:.0} s",
        stored.page_cost_ratio,
        stored.response_cost_ratio,
        stored.cold_start_ms,
        stored.idle_mib,
        stored.peak_mib,
        stored.load_seconds
    )?;
    writeln!(
        out,
        "  all as CSV, {:.0} MB: first byte after {:.0} ms, whole after {:.1} s; memory {:.0} MiB more",
        stored.csv.bytes as f64 / 1e6,
        stored.csv.first_byte_ms,
        stored.csv.seconds,
        stored.csv_growth_mib
    )
}

fn row(out: &mut String, name: &str, load: &Load) -> std::fmt::Result {
    writeln!(
        out,
        "  {name:<22} {:>9.0}/s  p50 {:>8.2} ms  p95 {:>8.2} ms  p99 {:>8.2} ms",
        load.per_second, load.p50_ms, load.p95_ms, load.p99_ms
    )
}
