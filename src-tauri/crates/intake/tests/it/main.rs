//! Files on disk to rows, through the public interface only.

mod crm;
mod encoding;
mod formulas;
mod guide;
mod hostile;
mod left_out;
mod support;
mod text;
mod untrusted;
mod workbook;
