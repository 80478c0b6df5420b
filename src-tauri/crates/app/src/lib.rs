//! yeji-app
