use crate::messages::Calendar;

pub const CALENDAR: Calendar =
    Calendar { or_in: "Oder öffnen in", google: "Google Kalender", outlook: "Outlook" };
