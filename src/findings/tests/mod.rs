//! Findings over small text pictures.
