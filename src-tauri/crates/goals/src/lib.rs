//! yeji-goals
