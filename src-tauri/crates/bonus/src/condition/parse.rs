//! From a condition's text to its tree, within limits.

use yeji_core::Ratio;

use super::{Comparison, Expression, Operator, Trouble};

/// Longest condition, in characters; checked before anything else is done with it.
pub const MAX_CHARS: usize = 2_000;
/// Brackets, signs and `not` within each other.
pub const MAX_DEPTH: usize = 32;
/// Numbers, texts and names.
pub const MAX_TERMS: usize = 200;

type Result<T> = std::result::Result<T, Trouble>;

/// Reads a condition or expression.
///
/// # Errors
/// What is wrong with it, and at which character.
pub fn parse(text: &str) -> Result<Expression> {
    // Bytes first: counting the characters of a huge text would already be work.
    let chars = if text.len() > MAX_CHARS * 4 {
        text.len()
    } else {
        text.chars().count()
    };
    if chars > MAX_CHARS {
        let limit = MAX_CHARS;
        return Err(Trouble::TooLong { chars, limit });
    }
    let mut reader = Reader {
        chars: text.chars().collect(),
        at: 0,
        terms: 0,
    };
    let expression = reader.alternatives(0)?;
    match reader.peek() {
        None => Ok(expression),
        Some(_) => Err(reader.unexpected()),
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    terms: usize,
}

impl Reader {
    fn alternatives(&mut self, depth: usize) -> Result<Expression> {
        let mut left = self.conditions(depth)?;
        while self.word("or") {
            left = Expression::Or(left.into(), self.conditions(depth)?.into());
        }
        Ok(left)
    }

    fn conditions(&mut self, depth: usize) -> Result<Expression> {
        let mut left = self.condition(depth)?;
        while self.word("and") {
            left = Expression::And(left.into(), self.condition(depth)?.into());
        }
        Ok(left)
    }

    fn condition(&mut self, depth: usize) -> Result<Expression> {
        self.check_depth(depth)?;
        if self.word("not") {
            return Ok(Expression::Not(self.condition(depth + 1)?.into()));
        }
        let left = self.sum(depth)?;
        if self.word("in") {
            return self.list(left, depth);
        }
        let Some(how) = self.comparison() else {
            return Ok(left);
        };
        Ok(Expression::Compare(
            how,
            left.into(),
            self.sum(depth)?.into(),
        ))
    }

    fn list(&mut self, left: Expression, depth: usize) -> Result<Expression> {
        self.expect('(')?;
        let mut items = vec![self.sum(depth + 1)?];
        while self.take(',') {
            items.push(self.sum(depth + 1)?);
        }
        self.expect(')')?;
        Ok(Expression::In(left.into(), items))
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let first = self.peek()?;
        let second = self.chars.get(self.at + 1).copied();
        let (how, length) = match (first, second) {
            ('=', Some('=')) => (Comparison::Equal, 2),
            ('=', _) => (Comparison::Equal, 1),
            ('!', Some('=')) | ('<', Some('>')) => (Comparison::Unequal, 2),
            ('<', Some('=')) => (Comparison::AtMost, 2),
            ('>', Some('=')) => (Comparison::AtLeast, 2),
            ('<', _) => (Comparison::Less, 1),
            ('>', _) => (Comparison::More, 1),
            _ => return None,
        };
        self.at += length;
        Some(how)
    }

    fn sum(&mut self, depth: usize) -> Result<Expression> {
        let mut left = self.product(depth)?;
        loop {
            let operator = match self.peek() {
                Some('+') => Operator::Add,
                Some('-') => Operator::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Expression::Reckon(operator, left.into(), self.product(depth)?.into());
        }
    }

    fn product(&mut self, depth: usize) -> Result<Expression> {
        let mut left = self.term(depth)?;
        loop {
            let operator = match self.peek() {
                Some('*') => Operator::Multiply,
                Some('/') => Operator::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Expression::Reckon(operator, left.into(), self.term(depth)?.into());
        }
    }

    fn term(&mut self, depth: usize) -> Result<Expression> {
        self.check_depth(depth)?;
        match self.peek().ok_or(Trouble::Ends)? {
            '-' => {
                self.at += 1;
                Ok(Expression::Minus(self.term(depth + 1)?.into()))
            }
            '(' => {
                self.at += 1;
                let inner = self.alternatives(depth + 1)?;
                self.expect(')')?;
                Ok(inner)
            }
            quote @ ('\'' | '"') => self.text(quote),
            c if c.is_ascii_digit() || c == '.' => self.number(),
            c if c.is_ascii_alphabetic() || c == '_' => self.name(),
            _ => Err(self.unexpected()),
        }
    }

    fn text(&mut self, quote: char) -> Result<Expression> {
        self.count_term()?;
        self.at += 1;
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|c| *c == quote).ok_or(Trouble::Ends)?;
        let text = rest[..length].iter().collect();
        self.at += length + 1;
        Ok(Expression::Text(text))
    }

    fn number(&mut self) -> Result<Expression> {
        self.count_term()?;
        let start = self.at;
        let text = self.run(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
        let number = Ratio::parse_decimal(&text).map_err(|_| self.unexpected_at(start))?;
        if !self.take('%') {
            return Ok(Expression::Number(number));
        }
        number
            .checked_div(Ratio::from_int(100))
            .map(Expression::Number)
            .map_err(|_| self.unexpected_at(start))
    }

    fn name(&mut self) -> Result<Expression> {
        self.count_term()?;
        let start = self.at;
        let name = self.run(|c| c.is_ascii_alphanumeric() || c == '_');
        match name.as_str() {
            "missing" => {
                self.expect('(')?;
                self.peek();
                let name = self.run(|c| c.is_ascii_alphanumeric() || c == '_');
                if name.is_empty() {
                    return Err(self.unexpected());
                }
                self.expect(')')?;
                Ok(Expression::Missing(name))
            }
            "and" | "or" | "not" | "in" => Err(self.unexpected_at(start)),
            _ => Ok(Expression::Name(name)),
        }
    }

    /// The next character that is not white space.
    fn peek(&mut self) -> Option<char> {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.chars.get(self.at).copied()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: char) -> Result<()> {
        if self.take(wanted) {
            return Ok(());
        }
        Err(self.unexpected())
    }

    /// Takes a word if it comes next and ends there.
    fn word(&mut self, word: &str) -> bool {
        self.peek();
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let length = word.len();
        let same = rest.len() >= length && rest.iter().zip(word.chars()).all(|(a, b)| *a == b);
        let goes_on = rest
            .get(length)
            .is_some_and(|c| c.is_ascii_alphanumeric() || *c == '_');
        let found = same && !goes_on;
        if found {
            self.at += length;
        }
        found
    }

    fn run(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let text: String = rest.iter().copied().take_while(|c| belongs(*c)).collect();
        self.at += text.chars().count();
        text
    }

    fn check_depth(&self, depth: usize) -> Result<()> {
        if depth > MAX_DEPTH {
            return Err(Trouble::TooDeep {
                place: self.at + 1,
                limit: MAX_DEPTH,
            });
        }
        Ok(())
    }

    fn count_term(&mut self) -> Result<()> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(Trouble::TooManyTerms {
                place: self.at + 1,
                limit: MAX_TERMS,
            });
        }
        Ok(())
    }

    fn unexpected(&mut self) -> Trouble {
        match self.peek() {
            Some(_) => self.unexpected_at(self.at),
            None => Trouble::Ends,
        }
    }

    fn unexpected_at(&self, at: usize) -> Trouble {
        let rest = self.chars.get(at..).unwrap_or_default();
        let found: String = rest
            .iter()
            .take_while(|c| !c.is_whitespace())
            .take(20)
            .collect();
        Trouble::Unexpected {
            place: at + 1,
            found,
        }
    }
}
