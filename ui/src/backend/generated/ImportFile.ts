// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { FieldMapping } from "./FieldMapping";
import type { Message } from "./Message";
import type { RoleMapping } from "./RoleMapping";
import type { StageMapping } from "./StageMapping";

/**
 * One table of the import.
 */
export type ImportFile = { 
/**
 * Position in the session; decisions name it.
 */
index: number, 
/**
 * Position of its file among all of the import: two files may have one name. The sheets of a workbook
 * have the same.
 */
of_file: number, 
/**
 * File name, with the sheet for workbooks.
 */
file: string, 
/**
 * `CSV, UTF-8, comma` or `XLSX`, for people.
 */
format: string, 
/**
 * Encoding that the text is read in (`gb18030`); None: a workbook.
 */
encoding: string | null, 
/**
 * Why it is not read in the encoding that was chosen last; it stays as it was.
 */
encoding_refused: Message | null, 
/**
 * Kind, proposed or chosen (`people`, `opportunities`, `invoices` ...); None: not recognised.
 */
kind: string | null, 
/**
 * Where the columns' fields come from: `proposal`, `remembered` from an earlier import of the same
 * headers, `given` for this import.
 */
mapped_by: string, 
/**
 * Headers in order.
 */
headers: Array<string>, 
/**
 * Up to 20 rows as they are.
 */
sample: Array<Array<string>>, 
/**
 * Data rows.
 */
rows: number, 
/**
 * The fields of the kind, each with its column.
 */
fields: Array<FieldMapping>, 
/**
 * What was concluded and why (date order, encoding, control totals), and warnings.
 */
evidence: Array<Message>, 
/**
 * Values of the stage column and what they are taken for.
 */
stages: Array<StageMapping>, 
/**
 * Values of the role column and what they are taken for.
 */
roles: Array<RoleMapping>, 
/**
 * Percent of the tax that is taken out of its amounts; None: they are net, or it has none.
 */
tax_included: string | null, 
/**
 * What an earlier import of such a file took out of the same column.
 */
tax_remembered: string | null, };
