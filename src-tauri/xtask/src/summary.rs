//! Counts from the outputs of the test runners, and the table at the end.

use std::time::Duration;

use anyhow::Context as _;

/// How many tests a suite ran.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Tests that held.
    pub passed: u64,
    /// Tests that did not.
    pub failed: u64,
    /// Tests that said they could not run here, or are marked as ignored.
    pub skipped: u64,
}

/// How much of a failed test's output is said again at the end, in lines.
const LINES_OF_A_FAILURE: usize = 12;
/// How many failed tests of a stage are said again at the end.
const MOST_FAILURES: usize = 20;

/// One stage of `cargo xtask test`.
#[derive(Debug)]
pub struct Stage {
    /// As the heading names it.
    pub name: &'static str,
    /// Whether it ended well.
    pub ok: bool,
    /// For stages that run tests.
    pub counts: Option<Counts>,
    /// What failed in it and with which words.
    pub failures: Vec<String>,
    /// How long it took.
    pub took: Duration,
}

/// Sums libtest's `test result:` lines.
///
/// A test that cannot run here passes and prints a line that begins with `skipped`; it is counted
/// as skipped and not as passed, so that the sum does not promise more than was tried.
pub fn from_libtest(output: &str) -> Counts {
    let mut counts = Counts::default();
    let mut said = 0;
    for line in output.lines() {
        let line = line.trim();
        if let Some(result) = line.strip_prefix("test result: ") {
            counts.passed += number_before(result, " passed");
            counts.failed += number_before(result, " failed");
            counts.skipped += number_before(result, " ignored");
        } else if line
            .get(..7)
            .is_some_and(|start| start.eq_ignore_ascii_case("skipped"))
        {
            said += 1;
        }
    }
    counts.passed = counts.passed.saturating_sub(said);
    counts.skipped += said;
    counts
}

fn number_before(text: &str, word: &str) -> u64 {
    let Some(end) = text.find(word) else { return 0 };
    let digits = text[..end].rsplit(' ').next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

/// Names and words of the tests that libtest lists as failed, cut to what fits at the end of a log.
pub fn failures_from_libtest(output: &str) -> Vec<String> {
    let mut failures: Vec<Vec<&str>> = Vec::new();
    let mut listed = false;
    for line in output.lines() {
        match line.trim_end() {
            // `--show-output` gives the outputs of those that held in the same form.
            "failures:" => listed = true,
            "successes:" => listed = false,
            head if head.starts_with("test result: ") => listed = false,
            head if listed && head.starts_with("---- ") => failures.push(vec![head]),
            text if listed && !text.starts_with("    ") => {
                if let Some(failure) = failures.last_mut() {
                    failure.push(text);
                }
            }
            _ => {}
        }
    }
    failures.iter().map(|lines| shortened(lines)).collect()
}

/// Names and words of the failed tests of vitest's JSON report.
pub fn failures_from_vitest(report: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(report).unwrap_or_default();
    let list = |of: &serde_json::Value, key: &str| {
        let list = of.get(key).and_then(serde_json::Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let tests = list(&report, "testResults")
        .into_iter()
        .flat_map(|file| list(&file, "assertionResults"));
    tests
        .filter(|test| test["status"] == "failed")
        .map(|test| {
            let name = test["fullName"].as_str().unwrap_or_default();
            let words = test["failureMessages"][0].as_str().unwrap_or_default();
            let lines: Vec<&str> = std::iter::once(name).chain(words.lines()).collect();
            shortened(&lines)
        })
        .collect()
}

/// The panic and what follows it; all of a failure that did not panic.
fn shortened(lines: &[&str]) -> String {
    let panic = lines.iter().position(|line| line.contains("panicked at"));
    let from = panic.unwrap_or(1).max(1);
    let words = lines.iter().skip(from).filter(|line| !line.is_empty());
    lines
        .iter()
        .take(1)
        .chain(words.take(LINES_OF_A_FAILURE))
        .map(|line| line.chars().take(500).collect::<String>())
        .collect::<Vec<_>>()
        .join("\n  ")
}

/// Reads vitest's JSON report.
pub fn from_vitest(report: &str) -> anyhow::Result<Counts> {
    let report: serde_json::Value =
        serde_json::from_str(report).context("vitest's report is no JSON")?;
    let count = |key: &str| {
        report
            .get(key)
            .and_then(serde_json::Value::as_u64)
            .with_context(|| format!("vitest's report has no {key}"))
    };
    Ok(Counts {
        passed: count("numPassedTests")?,
        failed: count("numFailedTests")?,
        skipped: count("numPendingTests")? + count("numTodoTests")?,
    })
}

/// Prints what failed, the table and the verdict. True when everything held.
pub fn print(stages: &[Stage]) -> bool {
    for stage in stages {
        // A log of an hour is cut in its middle by those who keep it; its end stays.
        for failure in stage.failures.iter().take(MOST_FAILURES) {
            println!("\n{}: {failure}", stage.name);
        }
    }
    println!(
        "\n{:<14} {:<6} {:>8} {:>8} {:>8} {:>9}",
        "stage", "", "passed", "failed", "skipped", "time"
    );
    let mut sum = Counts::default();
    for stage in stages {
        let verdict = if stage.ok { "ok" } else { "FAILED" };
        let seconds = stage.took.as_secs_f64();
        let [passed, failed, skipped] = match stage.counts {
            Some(counts) => {
                sum.passed += counts.passed;
                sum.failed += counts.failed;
                sum.skipped += counts.skipped;
                [counts.passed, counts.failed, counts.skipped].map(|count| count.to_string())
            }
            None => [const { String::new() }; 3],
        };
        println!(
            "{:<14} {verdict:<6} {passed:>8} {failed:>8} {skipped:>8} {seconds:>8.1}s",
            stage.name
        );
    }
    let ok = stages.iter().all(|stage| stage.ok);
    println!(
        "\n{}: {} passed, {} failed, {} skipped",
        if ok { "PASS" } else { "FAIL" },
        sum.passed,
        sum.failed,
        sum.skipped
    );
    ok
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libtest_results_are_summed_over_binaries() {
        let output = "\
running 2 tests
test a ... ok
skipped: no ../shared/data here
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s
";
        // One ignored, and one of the twelve only said that it could not run.
        assert_eq!(
            from_libtest(output),
            Counts {
                passed: 11,
                failed: 3,
                skipped: 2
            }
        );
    }

    #[test]
    fn what_failed_is_said_again_with_its_words() {
        let output = "\
running 3 tests
test a ... ok
test b ... FAILED

successes:

---- a stdout ----
thread 'a' panicked at src/a.rs:1:1:
and was caught

failures:

---- b stdout ----
first line
thread 'b' panicked at src/b.rs:7:9:
left is not right
stack backtrace:
    0: noise

failures:
    b

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out
";
        assert_eq!(
            failures_from_libtest(output),
            [
                "---- b stdout ----\n  thread 'b' panicked at src/b.rs:7:9:\n  left is not right\n  stack backtrace:"
            ]
        );
        let report = r#"{"testResults":[{"assertionResults":[
            {"status":"passed","fullName":"held"},
            {"status":"failed","fullName":"page shows","failureMessages":["Error: no row\n at x"]}]}]}"#;
        assert_eq!(
            failures_from_vitest(report),
            ["page shows\n  Error: no row\n   at x"]
        );
    }

    #[test]
    fn vitest_results_are_read() {
        let report =
            r#"{"numPassedTests":5,"numFailedTests":1,"numPendingTests":2,"numTodoTests":0}"#;
        let counts = from_vitest(report).expect("a complete report");
        assert_eq!(
            counts,
            Counts {
                passed: 5,
                failed: 1,
                skipped: 2
            }
        );
        from_vitest("{}").expect_err("a report without counts must not read as zero failures");
    }
}
