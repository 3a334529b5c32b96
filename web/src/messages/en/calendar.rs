use crate::messages::Calendar;

pub const CALENDAR: Calendar =
    Calendar { or_in: "Or open it in", google: "Google Calendar", outlook: "Outlook" };
