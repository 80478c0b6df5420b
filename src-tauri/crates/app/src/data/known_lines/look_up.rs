//! Which of the known lines a line of a file is.

use yeji_intake::LinePrint;
use yeji_store::KnownLine;

/// Where the lines whose prints begin with the same bits stand. Prints are evenly spread, so that about one
/// line is looked at where halving a million lines would look at twenty. The lines themselves stay where
/// they are: to sort a million of them takes longer than to look all of them up.
#[derive(Debug)]
struct Directory {
    /// Where in `places` those of each beginning start.
    starts: Vec<u32>,
    /// Places of lines, those with the same beginning together.
    places: Vec<u32>,
    bits: u32,
}

impl Directory {
    /// Of fewer than 2³² lines.
    fn of(lines: &[(KnownLine, u32)]) -> Self {
        let bits = lines.len().max(2).ilog2().min(24);
        let mut directory = Self {
            starts: vec![0; (1 << bits) + 1],
            places: vec![0; lines.len()],
            bits,
        };
        for (line, _) in lines {
            let prefix = directory.prefix(line.print);
            directory.starts[prefix + 1] += 1;
        }
        for at in 1..directory.starts.len() {
            directory.starts[at] += directory.starts[at - 1];
        }
        let mut free = directory.starts.clone();
        for (place, (line, _)) in (0..).zip(lines) {
            let at = &mut free[directory.prefix(line.print)];
            directory.places[*at as usize] = place;
            *at += 1;
        }
        directory
    }

    fn prefix(&self, print: [u8; 16]) -> usize {
        let [a, b, c, d, ..] = print;
        (u32::from_be_bytes([a, b, c, d]) >> (32 - self.bits)) as usize
    }

    fn find(&self, lines: &[(KnownLine, u32)], print: LinePrint) -> Option<usize> {
        let prefix = self.prefix(print.0);
        let (start, end) = (
            self.starts[prefix] as usize,
            self.starts[prefix + 1] as usize,
        );
        let same = self.places.get(start..end)?;
        let mut places = same.iter().map(|place| *place as usize);
        places.find(|place| {
            let line = lines.get(*place);
            line.is_some_and(|(line, _)| line.print == print.0)
        })
    }
}

/// Looks lines up as a file has them. Most exports keep their order, so that the line behind the last one
/// that was found is mostly the next one: to look there first saves three jumps through 100 MB a line. A line
/// that two imports have kept may be found at either; if both are, they are of one deal, and the file is
/// read in full.
#[derive(Debug)]
pub(super) struct LookUp<'a> {
    lines: &'a [(KnownLine, u32)],
    /// Made when a line first stands somewhere else.
    directory: Option<Directory>,
    next: usize,
}

impl<'a> LookUp<'a> {
    pub(super) fn of(lines: &'a [(KnownLine, u32)]) -> Self {
        Self {
            lines,
            directory: None,
            next: 0,
        }
    }

    /// Where the line of this print stands.
    pub(super) fn place_of(&mut self, print: LinePrint) -> Option<usize> {
        let lines = self.lines;
        let expected = lines.get(self.next);
        let found = if expected.is_some_and(|(line, _)| line.print == print.0) {
            Some(self.next)
        } else {
            let directory = self.directory.get_or_insert_with(|| Directory::of(lines));
            directory.find(lines, print)
        };
        // An unknown line mostly stands in the place of one that was changed.
        self.next = found.unwrap_or(self.next) + 1;
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;
    use yeji_core::ids::{OpportunityId, PersonId};

    use super::*;

    fn line(print: [u8; 16]) -> (KnownLine, u32) {
        let line = KnownLine {
            print,
            deal: OpportunityId(Uuid::nil()),
            owner: PersonId(Uuid::nil()),
            won_on: None,
            won_minor: 0,
            without_customer: false,
        };
        (line, 0)
    }

    /// Prints of which many have the same beginning, or are the same.
    fn prints() -> impl Strategy<Value = Vec<[u8; 16]>> {
        let print = (any::<u8>(), 0_u8..3).prop_map(|(first, last)| {
            let mut print = [0; 16];
            (print[0], print[15]) = (first & 0xF0, last);
            print
        });
        proptest::collection::vec(print, 0..60)
    }

    proptest! {
        #[test]
        fn a_line_is_found_by_its_print_alone(known in prints(), asked in prints()) {
            let lines: Vec<_> = known.iter().copied().map(line).collect();
            let directory = Directory::of(&lines);
            let mut looked_up = LookUp::of(&lines);
            for print in known.iter().chain(&asked) {
                let first = known.iter().position(|one| one == print);
                prop_assert_eq!(directory.find(&lines, LinePrint(*print)), first);
                let found = looked_up.place_of(LinePrint(*print));
                prop_assert_eq!(found.is_some(), first.is_some());
                prop_assert!(found.is_none_or(|at| known.get(at) == Some(print)));
            }
        }
    }
}
