//! Lines that are left out take nothing else with them.

use proptest::prelude::*;
use yeji_intake::{Field, Kind, Mapping, Row, SourceFile, plain_lines};

use crate::support::{file, read, table};

/// What a row says, or why it was not taken, by its line.
fn by_line(table: &SourceFile) -> Vec<(u32, String)> {
    let mut mapping = Mapping::new(Kind::People);
    mapping.columns.insert(Field::NAME, "name".to_owned());
    mapping.columns.insert(Field::TEAM, "team".to_owned());
    let rows = read(table, &mapping).into_iter();
    rows.map(|row| match row {
        Ok(Row::Person(person)) => (person.line, format!("{} {:?}", person.name, person.team)),
        Ok(other) => panic!("a person, not {other:?}"),
        Err(rejected) => (
            rejected.line,
            format!("{:?} {:?}", rejected.code, rejected.raw),
        ),
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever stands in a file, with marks where nobody expects them: the other rows stay as they are,
    /// and keep their lines.
    #[test]
    fn the_other_rows_stay_as_they_are(
        cells in proptest::collection::vec("[ab王, \"\n]{0,6}", 1..20),
        chosen in any::<u32>(),
        windows in any::<bool>(),
    ) {
        // A number of its own keeps rows from being refused as repeats of each other.
        let rows: Vec<String> = cells.iter().enumerate().map(|(n, cell)| format!("N{n}{cell},T")).collect();
        let text = format!("name,team\n{}\n", rows.join("\n"));
        let text = if windows { text.replace('\n', "\r\n") } else { text };
        let file = file("people.csv", &text);
        let mut table = table(&file.path);
        let all = by_line(&table);
        let mut gone = Vec::new();
        let left_out = plain_lines(&table, &mut |line, _| {
            let goes = chosen >> (line % 32) & 1 == 1;
            if goes {
                gone.push(line);
            }
            goes
        })
        .unwrap()
        .expect("a text file with usual line ends");
        prop_assert_eq!(left_out.lines() as usize, gone.len());
        table.left_out = Some(std::sync::Arc::new(left_out));
        // A row that was a repeat of one that is gone is one no longer: callers look for that.
        let repeats: Vec<u32> = all
            .iter()
            .filter(|(_, said)| said.starts_with("DuplicateIdInFile"))
            .map(|(line, _)| *line)
            .collect();
        let others = |rows: Vec<(u32, String)>| -> Vec<(u32, String)> {
            let stays = |line: &u32| !gone.contains(line) && !repeats.contains(line);
            rows.into_iter().filter(|(line, _)| stays(line)).collect()
        };
        prop_assert_eq!(others(by_line(&table)), others(all));
    }
}

#[test]
fn lines_of_one_text_have_one_print() {
    let file = file("p.csv", "name,team\nA,1\nB,2\nA,1\n\"C\",3\nA,1");
    let mut prints = Vec::new();
    plain_lines(&table(&file.path), &mut |line, print| {
        prints.push((line, print));
        false
    })
    .unwrap();
    let lines: Vec<u32> = prints.iter().map(|(line, _)| *line).collect();
    // Neither the header, nor a line with a mark, nor one that the file ends in.
    assert_eq!(lines, [2, 3, 4]);
    assert_eq!(prints[0].1, prints[2].1);
    assert_ne!(prints[0].1, prints[1].1);
}
