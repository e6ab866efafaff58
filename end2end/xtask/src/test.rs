//! `cargo xtask test`: every set-up step, every test, one closing line.

use std::process::Stdio;

use crate::count::Count;
use crate::postgres::Cluster;
use crate::shell::{Steps, cargo, end2end, has, must, program, root};
use crate::{Outcome, assets, browser_target, journeys, packages};

/// Runs everything.
///
/// # Errors
/// Where a step fails, or any test does.
pub fn run() -> Outcome {
    let mut steps = Steps::new(7);
    steps.step(
        "Debian's packages: a database server, a browser",
        packages::debian,
    )?;
    steps.step("Front-end packages and browser target", || {
        packages::npm()?;
        browser_target::ensure()
    })?;
    steps.step("Layout of the code", || {
        must(cargo().args(["fmt", "--all", "--check"])).map_err(|_| {
            "The code is not laid out as rustfmt does. Run: cargo fmt --all".to_owned()
        })
    })?;
    steps.step("Styles, fonts and the browser part", || {
        assets::build(assets::Browser::Soon).map(drop)
    })?;
    let cluster = steps.step("A throw-away PostgreSQL", Cluster::start_in_memory)?;
    let rust = steps.step("Tests in Rust, on SQLite and PostgreSQL", || {
        rust(&cluster.url())
    })?;
    let browser = steps.step("Journeys in a browser, scripts off and on", || {
        // The tests in Rust have built the server's binary on their way.
        must(
            program("node")
                .arg(end2end().join("node_modules/typescript/bin/tsc"))
                .arg("-p")
                .arg(end2end()),
        )?;
        journeys::run(&[])
    })?;
    drop(cluster);
    steps.print();
    let all = rust + browser;
    println!(
        "\n{} passed, {} failed, {} skipped",
        all.passed, all.failed, all.skipped
    );
    if all.failed > 0 || all.passed == 0 {
        return Err("Not every test passed.".to_owned());
    }
    Ok(())
}

/// Runs the tests in Rust and counts them from what the runner prints.
fn rust(postgres: &str) -> Result<Count, String> {
    let nextest = has("cargo-nextest");
    let mut command = cargo();
    if nextest {
        command.args([
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--color=never",
        ]);
        command.args(["--status-level=fail", "--final-status-level=fail"]);
    } else {
        command.args(["test", "--workspace", "--no-fail-fast", "--quiet"]);
    }
    let out = command
        .env("SOUNDINGS_TEST_POSTGRES", postgres)
        .env("SOUNDINGS_REQUIRE_POSTGRES", "1")
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("The tests can't be started: {error}."))?;
    let (code, text) = follow(out)?;
    let count = if nextest {
        of_nextest(&text)
    } else {
        of_libtest(&text)
    };
    if count.passed + count.failed == 0 {
        return Err("The tests in Rust did not run: see above.".to_owned());
    }
    if !code && count.failed == 0 {
        return Ok(Count { failed: 1, ..count });
    }
    Ok(count)
}

/// Prints what a program prints while it runs, and keeps it.
fn follow(mut child: std::process::Child) -> Result<(bool, String), String> {
    use std::io::{BufRead, BufReader, Read};
    use std::sync::{Arc, Mutex};
    let kept = Arc::new(Mutex::new(String::new()));
    let mut readers = Vec::new();
    let streams: [Option<Box<dyn Read + Send>>; 2] = [
        child
            .stdout
            .take()
            .map(|s| Box::new(s) as Box<dyn Read + Send>),
        child
            .stderr
            .take()
            .map(|s| Box::new(s) as Box<dyn Read + Send>),
    ];
    for stream in streams.into_iter().flatten() {
        let kept = Arc::clone(&kept);
        readers.push(std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                // The one closing line of this kind is ours.
                if !line.trim_start().starts_with("Summary [") {
                    println!("{line}");
                }
                if let Ok(mut kept) = kept.lock() {
                    kept.push_str(&line);
                    kept.push('\n');
                }
            }
        }));
    }
    let status = child.wait().map_err(|error| format!("{error}."))?;
    for reader in readers {
        let _ = reader.join();
    }
    let text = kept.lock().map(|kept| kept.clone()).unwrap_or_default();
    Ok((status.success(), text))
}

/// `Summary [  1.2s] 120 tests run: 118 passed (1 slow), 2 failed, 3 skipped`
fn of_nextest(text: &str) -> Count {
    let line = text
        .lines()
        .rev()
        .find(|l| l.contains("tests run:") || l.contains("test run:"));
    let after = line
        .and_then(|l| l.split("run:").nth(1))
        .unwrap_or_default();
    let mut count = Count::default();
    for part in after.split(',') {
        let mut words = part.split_whitespace();
        let number: u64 = words.next().and_then(|n| n.parse().ok()).unwrap_or(0);
        match words.next() {
            Some("passed") => count.passed += number,
            Some("failed" | "timed" | "exec") => count.failed += number,
            Some("skipped") => count.skipped += number,
            _ => {}
        }
    }
    count
}

/// `test result: ok. 12 passed; 0 failed; 0 ignored; …`, once a test program.
fn of_libtest(text: &str) -> Count {
    let mut count = Count::default();
    for line in text.lines().filter(|line| line.starts_with("test result:")) {
        for part in line.split(['.', ';']) {
            let mut words = part.split_whitespace();
            let number: u64 = words.next().and_then(|n| n.parse().ok()).unwrap_or(0);
            match words.next() {
                Some("passed") => count.passed += number,
                Some("failed") => count.failed += number,
                Some("ignored") => count.skipped += number,
                _ => {}
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_both_runners_are_read() {
        let line = "     Summary [   0.2s] 120 tests run: 117 passed (1 slow), 3 failed, 2 skipped";
        let count = of_nextest(line);
        assert_eq!((count.passed, count.failed, count.skipped), (117, 3, 2));
        let count = of_libtest("test result: ok. 12 passed; 1 failed; 2 ignored; 0 measured");
        assert_eq!((count.passed, count.failed, count.skipped), (12, 1, 2));
    }
}
