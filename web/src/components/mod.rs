//! What pages are made of.

mod avatar;
mod badge;
mod button;
mod dialog;
mod empty;
mod failure;
mod field;
mod form_message;
mod heading;
mod icon;
mod language;
mod month_grid;
mod password;
mod place_field;
mod select;
mod shell;
mod skeleton;
mod stepper;
#[allow(dead_code)]
mod table;
mod tabs;
mod theme;
mod time_list;
mod toast;
mod zone_select;

pub use avatar::Avatar;
pub use badge::{StatusBadge, status_class};
pub use button::{Button, Kind};
pub use dialog::Dialog;
pub use empty::Empty;
pub use failure::{NotFound, failure};
pub use field::{Check, Field, FieldNotes};
pub use form_message::FormMessage;
pub use heading::{FocusTurn, Heading};
pub use icon::Icon;
pub use language::{forget_account, heed_account, speak};
pub use month_grid::{Marks, MonthGrid, first_of, last_of, months_on, same_month};
pub use password::PasswordField;
pub use place_field::PlaceField;
pub use select::{Choice, Select};
pub use shell::Shell;
pub use skeleton::{Bone, skeleton_lines, skeleton_rows};
pub use stepper::{StepState, StepView, Stepper};
#[allow(unused_imports)]
pub use table::{Column, Columns, Sort, Table};
pub use tabs::Tabs;
pub use time_list::TimeList;
pub use toast::Toasts;
pub use zone_select::ZoneSelect;
