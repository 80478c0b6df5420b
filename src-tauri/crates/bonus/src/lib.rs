//! yeji-bonus
