//! What a mail says of an account at the payment processor.

use super::greeting;
use crate::notifications::letter::{Letter, Link};

/// To an owner: the account cannot take payments any more, or can again. What that means depends on whether any service is paid
/// when booking.
pub(in crate::notifications) fn charges(
    name: &str,
    page: &str,
    can_charge: bool,
    prepays: bool,
    url: &str,
) -> Letter {
    let (heading, sentence) = match can_charge {
        false => {
            ("Payments are paused", format!("The payment processor lets {page} take no payments right now."))
        }
        true => ("Payments go on", format!("The payment processor lets {page} take payments again.")),
    };
    let means = match (can_charge, prepays) {
        (false, true) => {
            "Until it does, your services that are paid when booking cannot be booked online, and your page says so. You can see \
             what is missing, and let a service be paid on site."
        }
        (false, false) => {
            "None of your services is paid when booking, so clients book and pay on site as before."
        }
        (true, true) => "Your services that are paid when booking can be booked online again.",
        (true, false) => "None of your services is paid when booking, so nothing changes for your clients.",
    };
    Letter {
        subject: format!("{heading}: {page}"),
        heading: heading.to_owned(),
        paragraphs: vec![greeting(name), sentence, means.to_owned()],
        button: Some(Link::new("Open payments", url)),
        ..Letter::default()
    }
}
