//! yeji-intake
