//! The weights file of `yeji goal split --by FILE`: CSV with who (staff number, name or id) and a weight.

use std::collections::BTreeMap;
use std::path::Path;

use yeji_app::Error;
use yeji_core::Ratio;

/// Words that name the column of weights; a first row with one of them is the header.
const WEIGHT_HEADERS: [&str; 4] = ["weight", "weights", "权重", "比重"];

/// Reads a file in whatever encoding Excel saved it.
///
/// # Errors
/// What is no text, a line that is no weight, somebody named twice, or nobody named.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, String>, Error> {
    let file = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    let weights = match yeji_app::read_text(path) {
        Err(error) if error.code() == "file_empty" => BTreeMap::new(),
        text => parse(&text?, &file)?,
    };
    if weights.is_empty() {
        return Err(Error::WeightsEmpty { file });
    }
    Ok(weights)
}

fn parse(text: &str, file: &str) -> Result<BTreeMap<String, String>, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let bad = |line: u64, value: String| Error::WeightLine {
        file: file.to_owned(),
        line,
        value: value.chars().take(80).collect(),
    };
    let mut weights = BTreeMap::new();
    // Which column holds the weight; a header may turn them round.
    let mut weight_at = 1;
    for (number, row) in reader.records().enumerate() {
        let row = row.map_err(|error| {
            bad(
                error.position().map_or(0, csv::Position::line),
                error.to_string(),
            )
        })?;
        let line = row.position().map_or(0, |position| line_of(text, position));
        let shown = || row.iter().collect::<Vec<_>>().join(",");
        let header = (number == 0)
            .then(|| {
                row.iter()
                    .position(|cell| WEIGHT_HEADERS.contains(&cell.to_lowercase().as_str()))
            })
            .flatten();
        if let Some(at) = header {
            weight_at = at;
            continue;
        }
        let (Some(who), Some(weight), 2) =
            (row.get(1 - weight_at.min(1)), row.get(weight_at), row.len())
        else {
            return Err(bad(line, shown()));
        };
        if who.is_empty() || Ratio::parse_decimal(weight).is_err() {
            return Err(bad(line, shown()));
        }
        if weights.insert(who.to_owned(), weight.to_owned()).is_some() {
            return Err(Error::WeightTwice {
                file: file.to_owned(),
                line,
                name: who.to_owned(),
            });
        }
    }
    Ok(weights)
}

/// The line of a record's first letter: the reader's position is before the empty lines it skips.
fn line_of(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(text.len());
    let skipped = text.as_bytes().iter().skip(start);
    let skipped = skipped.take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let lines = skipped.filter(|byte| **byte == b'\n').count();
    position.line() + u64::try_from(lines).unwrap_or(0)
}

/// Comma, tab or semicolon, whichever the first line has.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    [b',', b'\t', b';']
        .into_iter()
        .find(|delimiter| first.contains(char::from(*delimiter)))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let expected: BTreeMap<_, _> = expected
                .iter()
                .map(|(who, weight)| ((*who).to_owned(), (*weight).to_owned()))
                .collect();
            assert_eq!(parse(text, "w.csv").unwrap(), expected, "{text}");
        };
        check("person,weight\nA1,2\n", &[("A1", "2")]);
        check("weight,person\n\"2\",A1\n", &[("A1", "2")]);
        check("A1,2\nA2, 0.5\n", &[("A1", "2"), ("A2", "0.5")]);
        check("\u{feff}姓名\t权重\r\n王伟\t1\r\n", &[("王伟", "1")]);
        check("工号;权重\n\nA1;3\n", &[("A1", "3")]);
        check("\"Li, Na\",1\n", &[("Li, Na", "1")]);
        check("", &[]);
    }

    #[test]
    fn what_cannot_be_a_weight_is_refused_with_its_line() {
        let check = |text: &str, line: u64, part: &str| {
            let error = parse(text, "w.csv").unwrap_err();
            let (said, params) = (error.to_string(), error.params());
            assert!(said.contains(part), "`{part}` is not in: {said}");
            assert_eq!(params["line"], line.to_string(), "{text}");
            assert_eq!(params["file"], "w.csv");
        };
        check("A1,1O\nA2,2\n", 1, "A1,1O");
        check("person,weight\nA1,\n", 2, "A1,");
        check("A1\n", 1, "A1");
        check("A1,2,3\n", 1, "A1,2,3");
        check("weight,person,note\n1,A1,x\n", 2, "1,A1,x");
        check("A1,2\n\nA1,3\n", 3, "A1");
    }
}
