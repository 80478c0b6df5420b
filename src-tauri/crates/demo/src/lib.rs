//! yeji-demo
