//! Instants, ranges and zones. Refuses reversed ranges; knows no clock.
