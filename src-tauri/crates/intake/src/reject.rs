//! Why a row was not taken, or what is odd about one that was. Codes are closed; words are the UI's.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Money;

use crate::Field;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them; the UI's two languages must have words for each.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

codes! {
    /// Why a row was not taken. Parameters common to all: `line`, `field`, `header`, `value`.
    RejectCode {
        /// A required cell is empty.
        RequiredMissing = "required_missing",
        /// Not a date in any usual form, or a day that does not exist.
        DateUnreadable = "date_unreadable",
        /// A month without a day, as `2026年3月`.
        DayMissing = "day_missing",
        /// Could be two different days, and the mapping names no order.
        DateAmbiguous = "date_ambiguous",
        /// Before 1900 or after 2200 (`min`, `max`).
        DateOutOfRange = "date_out_of_range",
        /// Not an amount.
        AmountUnreadable = "amount_unreadable",
        /// `1.234` or the like: two readings, and the mapping names no decimal style.
        AmountAmbiguous = "amount_ambiguous",
        /// More decimals than the currency has (`currency`, `decimals`).
        AmountTooPrecise = "amount_too_precise",
        /// Too large to be kept exactly.
        AmountTooLarge = "amount_too_large",
        /// The cell names another currency than the mapping (`currency`).
        CurrencyMismatch = "currency_mismatch",
        /// Not a whole number.
        IntegerUnreadable = "integer_unreadable",
        /// A number of more than 15 digits in a number cell of Excel, which keeps no more.
        DigitsLost = "digits_lost",
        /// `2026.1` could be January, or October without its zero.
        MonthAmbiguous = "month_ambiguous",
        /// A whole number outside its bounds (`min`, `max`).
        NumberOutOfRange = "number_out_of_range",
        /// Not one of the words of a closed list.
        ChoiceUnknown = "choice_unknown",
        /// Not a decimal above zero, or one with more digits than are kept exactly.
        RateUnreadable = "rate_unreadable",
        /// Not a currency code.
        CurrencyUnknown = "currency_unknown",
        /// No list of people with shares.
        SharesUnreadable = "shares_unreadable",
        /// Shares that do not total exactly 100 %.
        SharesNotWhole = "shares_not_whole",
        /// A stage that is neither known nor mapped.
        StageUnknown = "stage_unknown",
        /// An earlier row has the same identity (`first_line`; `fields`, `values` where several columns tell rows
        /// apart).
        DuplicateIdInFile = "duplicate_id_in_file",
        /// More filled cells than the header has columns (`cells`, `columns`).
        RowTooLong = "row_too_long",
        /// A cell larger than the limit (`limit_bytes`).
        CellTooLong = "cell_too_long",
        /// A row larger than the limit (`limit_bytes`).
        RowTooLarge = "row_too_large",
        /// An Excel error such as `#N/A`.
        CellError = "cell_error",
        /// A formula of a workbook that no program has calculated: what it stands for is not known.
        FormulaNotCalculated = "formula_not_calculated",
        /// A quotation mark that is never closed.
        QuoteUnclosed = "quote_unclosed",
        /// The file could not be read beyond this line (`error`, its code; `reason`, and the
        /// error's own values); always fatal.
        FileUnreadable = "file_unreadable",
    }
}

codes! {
    /// What is odd, though it stops nothing.
    WarningCode {
        /// The closing day is before the opening day (`opened_on`, `closed_on`).
        ClosedBeforeOpened = "closed_before_opened",
        /// An open deal has a closing date (a forecast); it is not taken as the closing (`value`).
        OpenWithCloseDate = "open_with_close_date",
        /// The example of a template, taken as a row (`rows`).
        ExampleRow = "example_row",
        /// Won without an amount: counts in no sum.
        WonWithoutAmount = "won_without_amount",
        /// Won or lost without a date: counts in no period.
        ClosedWithoutDate = "closed_without_date",
        /// The leave date is before the hire date (`hired_on`, `left_on`).
        LeftBeforeHired = "left_before_hired",
        /// The order of day and month could not be decided (`field`, `header`).
        DateOrderUndecided = "date_order_undecided",
        /// A few values contradict the chosen order (`field`, `header`, `rows`).
        DateOrderContradicted = "date_order_contradicted",
        /// Dates disagree with the control column (`field`, `header`, `agree`, `of`).
        ControlDisagrees = "control_disagrees",
        /// The decimal style could not be decided (`field`, `header`).
        DecimalUndecided = "decimal_undecided",
        /// Stage values without a meaning yet (`values`).
        StagesUnmapped = "stages_unmapped",
        /// Two headers mean the same field; the first is proposed (`field`, `header`, `other`).
        HeaderAmbiguous = "header_ambiguous",
        /// The file seems to hold another kind than asked for (`kind`, `guess`).
        KindDoubtful = "kind_doubtful",
        /// The header of an amount says that tax is in it, and no tax is taken out (`field`, `header`).
        AmountWithTax = "amount_with_tax",
        /// Values that cannot be read, which will be rejected (`field`, `header`, `rows`).
        ValuesUnreadable = "values_unreadable",
        /// Cells of mapped columns with a formula that no program has calculated; their rows will be rejected
        /// (`cells`, `sheet`, `first`, the first one as `B2`, its `header`).
        FormulasNotCalculated = "formulas_not_calculated",
    }
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rejected {
    /// Physical line of the file on which the row starts, from 1.
    pub line: u32,
    /// Why.
    pub code: RejectCode,
    /// The field, where one is to blame.
    pub field: Option<Field>,
    /// The cell as it was, shortened to 200 characters.
    pub value: String,
    /// Values for the message (see [`RejectCode`]).
    pub params: BTreeMap<String, String>,
    /// The whole row as it was; the cells of a very large one are shortened.
    pub raw: Vec<String>,
    /// What it counts in the totals of its file; none where its kind has none, or the deal was not won.
    pub counted: Option<Counted>,
    /// Nothing after this row could be read: the import must not be taken as complete.
    pub fatal: bool,
}

/// What a row counts in the totals of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Counted {
    /// The day by which it is counted; none where that cannot be read.
    pub day: Option<NaiveDate>,
    /// Its amount, where it has one that can be read.
    pub amount: Option<Money>,
    /// A deal whose stage has no meaning yet: nobody knows whether it was won, so it is in no month.
    pub stage_undecided: bool,
}

/// Something odd, with values for the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Warning {
    /// What.
    pub code: WarningCode,
    /// Values for the message (see [`WarningCode`]).
    pub params: BTreeMap<String, String>,
}

impl Warning {
    /// A warning with its values.
    pub fn new<const N: usize>(code: WarningCode, params: [(&str, String); N]) -> Self {
        Self {
            code,
            params: params
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_serialised_names() {
        // The UI finds its words by the code that serde writes; the two must not drift apart.
        #[derive(Serialize)]
        struct Both {
            reject: Vec<RejectCode>,
            warning: Vec<WarningCode>,
        }
        let all = Both {
            reject: RejectCode::ALL.to_vec(),
            warning: WarningCode::ALL.to_vec(),
        };
        let written = toml::to_string(&all).unwrap();
        for code in RejectCode::ALL
            .iter()
            .map(|c| c.code())
            .chain(WarningCode::ALL.iter().map(|c| c.code()))
        {
            assert!(written.contains(&format!("\"{code}\"")), "{code}");
        }
    }
}
