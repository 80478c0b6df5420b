//! The draft of an import: what each file is taken for, with the evidence.

use yeji_intake::{Evidence, Field, Format, Mapping, Proposal, TextEncoding, Warning, WarningCode};

use super::decide::{date_order_code, decide_tax};
use super::encoding::{Closed, encoding_of, said};
use super::evidence::evidence_message;
use super::remembered::headers_name;
use super::{Session, tax_of};
use crate::api::Message;
use crate::api::data::{
    DateReadings, FieldMapping, FileDecision, ImportDecisions, ImportDraft, ImportFile,
    RoleMapping, StageMapping,
};
use crate::error::Result;

impl Session {
    /// What the window or the command line shows.
    pub(crate) fn draft(&mut self, decisions: &ImportDecisions) -> Result<ImportDraft> {
        self.decided_source.clone_from(&decisions.source);
        if decisions.in_full {
            self.read_in_full();
        }
        self.read_closed(decisions);
        let mut files = Vec::new();
        for index in 0..self.tables.len() {
            let decision = decisions.files.get(&self.tables[index].number);
            let tax = decisions.tax_included.as_deref();
            files.push(self.describe(index, &decision.cloned().unwrap_or_default(), tax)?);
        }
        let closed = self.closed.iter().map(Closed::described);
        Ok(ImportDraft {
            session: self.token.clone(),
            source: self.source.clone(),
            files,
            unreadable: closed.chain(self.unreadable.iter().cloned()).collect(),
        })
    }

    fn describe(
        &mut self,
        index: usize,
        decision: &FileDecision,
        tax: Option<&str>,
    ) -> Result<ImportFile> {
        let unread = self.read_as(index, decision.encoding.as_deref()).err();
        let mut mapping = self.mapping(index, decision)?;
        let percent = |mapping: &Mapping| tax_of(mapping).map(|rate| rate.to_string());
        let tax_remembered = mapping.as_ref().and_then(percent);
        if let Some(mapping) = &mut mapping {
            decide_tax(mapping, tax)?;
        }
        let recognised = self.recognised().map_or(0, |known| known.rows);
        let table = &self.tables[index];
        let mut described = ImportFile {
            index: table.number,
            of_file: table.of_file,
            file: table.file.label(),
            format: format_words(&table.file.format),
            encoding: encoding_of(&table.file.format).map(TextEncoding::code),
            // Another choice must stay possible.
            encoding_refused: unread.as_ref().map(said),
            kind: mapping
                .as_ref()
                .map(|mapping| mapping.kind.code().to_owned()),
            mapped_by: "proposal".to_owned(),
            headers: table.file.headers.clone(),
            sample: table.file.sample.clone(),
            rows: u64::from(table.file.rows.unwrap_or_default()) + recognised,
            fields: Vec::new(),
            evidence: Vec::new(),
            stages: Vec::new(),
            roles: Vec::new(),
            tax_included: mapping.as_ref().and_then(percent),
            tax_remembered,
        };
        if let (Some(read), Some(other)) = (&described.encoding, self.tables[index].file.doubt) {
            let params = [
                ("encoding", read.to_uppercase()),
                ("other", other.code().to_uppercase()),
            ];
            let said = Message::new("encoding_doubted", &params);
            described.evidence.push(said);
        }
        let Some(mapping) = mapping else {
            return Ok(described);
        };
        let proposal = table.proposal(mapping.kind, &mapping.columns);
        let source = self.source_now();
        let headers = &table.file.headers;
        let found = self.remembered.find(mapping.kind, headers, source);
        if self
            .given
            .contains_key(&headers_name(mapping.kind, headers))
        {
            "given".clone_into(&mut described.mapped_by);
        } else if found.is_some() {
            "remembered".clone_into(&mut described.mapped_by);
        }
        described.fields = mapping
            .kind
            .fields()
            .iter()
            .map(|def| FieldMapping {
                field: def.field.code().to_owned(),
                required: def.required,
                column: mapping.columns.get(&def.field).cloned(),
                date_order: mapping
                    .date_order
                    .get(&def.field)
                    .map(|order| date_order_code(*order).to_owned()),
                readings: proposal.and_then(|proposal| readings(proposal, def.field)),
            })
            .collect();
        if let Some(proposal) = proposal {
            described.stages = stages(&mapping, proposal);
            described.roles = roles(&mapping, proposal);
            described.evidence.extend(evidence(&mapping, proposal));
        }
        if recognised > 0 {
            let said = Message::new("rows_known", &[("rows", recognised.to_string())]);
            described.evidence.insert(0, said);
        }
        if let Some(found) = found.filter(|_| described.mapped_by == "remembered") {
            let at = found.confirmed;
            let at = at.map_or_else(String::new, |at| at.to_string());
            let said = match found.of_other {
                None => Message::new("mapping_remembered", &[("at", at)]),
                Some(source) => {
                    Message::new("mapping_of_source", &[("at", at), ("source", source)])
                }
            };
            described.evidence.insert(0, said);
        }
        Ok(described)
    }
}

/// The value of a field's column that an order of day, month and year changes most.
fn readings(proposal: &Proposal, field: Field) -> Option<DateReadings> {
    let read = proposal
        .evidence
        .iter()
        .find_map(|evidence| match evidence {
            Evidence::Dates(dates) if dates.field == field => dates.readings.clone(),
            _ => None,
        })?;
    let [day_first, month_first, year_first] = read.days;
    Some(DateReadings {
        value: read.value,
        day_first,
        month_first,
        year_first,
    })
}

/// What each stage of the file is taken for.
fn stages(mapping: &Mapping, proposal: &Proposal) -> Vec<StageMapping> {
    let found = proposal
        .evidence
        .iter()
        .filter_map(|evidence| match evidence {
            Evidence::Stage(stage) => Some(stage),
            Evidence::Dates(_) | Evidence::Amounts(_) | Evidence::Role(_) => None,
        });
    found
        .map(|found| StageMapping {
            value: found.value.clone(),
            stage: mapping
                .stage_of(&found.value)
                .map(|stage| stage.code().to_owned()),
            rows: u64::from(found.rows),
        })
        .collect()
}

/// What each role or job title of the file is taken for.
fn roles(mapping: &Mapping, proposal: &Proposal) -> Vec<RoleMapping> {
    let found = proposal
        .evidence
        .iter()
        .filter_map(|evidence| match evidence {
            Evidence::Role(role) => Some(role),
            Evidence::Dates(_) | Evidence::Amounts(_) | Evidence::Stage(_) => None,
        });
    found
        .map(|found| {
            let decided = mapping.roles.get(&found.value).copied();
            RoleMapping {
                value: found.value.clone(),
                role: decided.unwrap_or(found.rule).code().to_owned(),
                rows: u64::from(found.rows),
            }
        })
        .collect()
}

/// What speaks for the mapping, and what is missing in it.
fn evidence(mapping: &Mapping, proposal: &Proposal) -> Vec<Message> {
    let mut all: Vec<Message> = proposal
        .evidence
        .iter()
        .filter_map(|evidence| evidence_message(evidence, mapping))
        .collect();
    let missing = mapping.missing_required();
    let missing: Vec<&str> = missing.iter().map(|field| field.code()).collect();
    for (code, name, values) in [
        (
            "unmapped_columns",
            "headers",
            proposal.unmapped_headers.join(", "),
        ),
        ("missing_required", "fields", missing.join(", ")),
    ] {
        if !values.is_empty() {
            all.push(Message::new(code, &[(name, values)]));
        }
    }
    let warnings = proposal.warnings.iter();
    let open = warnings.filter(|warning| !is_settled(warning, mapping, proposal));
    all.extend(open.map(|warning| {
        let mut params = warning.params.clone();
        if warning.code == WarningCode::StagesUnmapped {
            let unknown = stages(mapping, proposal).into_iter();
            let unknown = unknown.filter(|found| found.stage.is_none());
            let values: Vec<String> = unknown.map(|found| found.value).collect();
            params.insert("values".to_owned(), values.join(", "));
        }
        Message {
            code: warning.code.code().to_owned(),
            params,
        }
    }));
    all
}

/// What the values leave open and the mapping (remembered, given or decided) says.
fn is_settled(warning: &Warning, mapping: &Mapping, proposal: &Proposal) -> bool {
    let of_field = |fields: Vec<&Field>| {
        let named = warning.params.get("field");
        named.is_some_and(|named| fields.iter().any(|field| field.code() == named))
    };
    match warning.code {
        WarningCode::DateOrderUndecided => of_field(mapping.date_order.keys().collect()),
        WarningCode::DecimalUndecided => of_field(mapping.decimal.keys().collect()),
        WarningCode::StagesUnmapped => stages(mapping, proposal)
            .iter()
            .all(|found| found.stage.is_some()),
        WarningCode::AmountWithTax => tax_of(mapping).is_some(),
        _ => false,
    }
}

fn format_words(format: &Format) -> String {
    match format {
        Format::Csv {
            encoding,
            delimiter,
            bom,
        } => {
            let name = encoding.code().to_uppercase();
            let delimiter = match delimiter {
                '\t' => "Tab".to_owned(),
                other => format!("“{other}”"),
            };
            format!(
                "CSV · {name}{} · {delimiter}",
                if *bom { " BOM" } else { "" }
            )
        }
        Format::Xlsx { .. } => "XLSX".to_owned(),
    }
}
