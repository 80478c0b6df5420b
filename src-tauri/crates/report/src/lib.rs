//! yeji-report
