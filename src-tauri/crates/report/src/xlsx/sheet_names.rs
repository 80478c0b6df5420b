//! Names that Excel accepts for sheets, each once.

/// Excel's limit, in UTF-16 units.
const MAX_UNITS: usize = 31;

/// Hands out legal sheet names that differ in more than case.
pub struct SheetNames {
    taken: Vec<String>,
}

impl SheetNames {
    /// Names that also differ from `first`.
    pub fn after(first: &str) -> Self {
        Self {
            taken: vec![first.to_lowercase()],
        }
    }

    /// The nearest legal name that is still free.
    pub fn next(&mut self, wanted: &str) -> String {
        let legal: String = wanted
            .chars()
            .map(|c| {
                if c.is_control() || "[]:*?/\\'".contains(c) {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        let legal = legal.split_whitespace().collect::<Vec<_>>().join(" ");
        let stem = if legal.is_empty() {
            "Sheet".to_owned()
        } else {
            legal
        };
        let mut name = cut(&stem, MAX_UNITS);
        let mut number = 2;
        // "History" is reserved by Excel.
        while self.taken.contains(&name.to_lowercase()) || name.eq_ignore_ascii_case("history") {
            let suffix = format!(" ({number})");
            name = cut(&stem, MAX_UNITS - suffix.len()) + &suffix;
            number += 1;
        }
        self.taken.push(name.to_lowercase());
        name
    }
}

fn cut(text: &str, max_units: usize) -> String {
    let mut units = 0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= max_units
        })
        .collect();
    kept.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_and_unique() {
        let mut names = SheetNames::after("Dashboard");
        let mut check = |wanted: &str, expected: &str| assert_eq!(names.next(wanted), expected);
        check("dashboard", "dashboard (2)");
        check("1 Sales/week: [Q2] '17?", "1 Sales week Q2 17");
        check("", "Sheet");
        check("", "Sheet (2)");
        check("History", "History (2)");
        check(&"很".repeat(40), &"很".repeat(31));
        check(&"很".repeat(41), &format!("{} (2)", "很".repeat(27)));
        check(&"𠮷".repeat(20), &"𠮷".repeat(15));
    }
}
