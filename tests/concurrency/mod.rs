//! Races over real HTTP between several server processes on one database. Whatever happens, no time is given twice
//! and no seat is lost.

mod clients;
mod crash;
mod days;
mod races;
mod resizes;
mod seats;
mod shutdown;
