//! yeji-store
