//! yeji-testkit
