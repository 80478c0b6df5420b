//! yeji-insight
