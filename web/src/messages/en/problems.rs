use crate::messages::Problems;
use crate::messages::bounds::{self, Limits, within};
use crate::messages::grammar::count;
use contract::problem::Code;

pub const PROBLEMS: Problems = Problems {
    title: "This could not be loaded",
    offline_title: "You are offline",
    offline: "You are offline. Nothing is lost: try again once you are connected.",
    unreachable: "The server did not answer. Nothing is lost: please try again.",
    unreadable: "The server gave an answer this page does not understand. Please try again.",
    of: |code| match code {
        Code::WrongCredentials => "E-mail or password is wrong.",
        Code::Unauthenticated | Code::SessionEnded => "Your session has ended. Please log in again.",
        Code::Forbidden => "You may not do this.",
        Code::AccountSuspended => "This account is suspended.",
        Code::NotFound => "This is not here, or not for you to see.",
        Code::SlotTaken => "That time was just taken.",
        Code::SlotUnavailable => "That time is not offered.",
        Code::EmailTaken => "An account with this address exists already. Please log in instead.",
        Code::SlugTaken => "This address is taken by another page.",
        Code::InvalidTransition => "The booking does not allow this any more.",
        Code::DoesNotFit => "Not everything fits there. Nothing was moved.",
        Code::SharedAppointment => "Others share this session, so it keeps its length.",
        Code::PaymentsOff => "This page cannot take payments right now.",
        Code::TooManyHolds => "Other bookings still wait to be paid. Please pay or cancel one of them first.",
        Code::NotPublishable => "The page is not ready to be published.",
        Code::SoleOwner => "A page still depends on this account.",
        Code::ProviderSuspended => "This page is suspended. It takes no bookings until that ends.",
        Code::LastAdmin => "Somebody must be left to administer the platform.",
        Code::VersionMismatch => {
            "It was changed elsewhere in the meantime. What you changed is still here, the rest is as it stands now: look at it, and try again."
        }
        Code::InvalidFields => "Some fields need attention.",
        Code::TokenInvalid => "This link is no longer valid.",
        Code::WrongPassword => "The present password is wrong.",
        Code::TooManyRequests => "Too many attempts. Please wait a little.",
        Code::BodyTooLarge => "That is too long.",
        Code::Unavailable => "This does not work just now. Please try again in a moment.",
        Code::MalformedBody
        | Code::MalformedQuery
        | Code::MalformedHeader
        | Code::BadRequest
        | Code::MethodNotAllowed
        | Code::RequestTimeout
        | Code::UnsupportedMediaType
        | Code::IdempotencyKeyReused
        | Code::PreconditionRequired
        | Code::Internal => "Something went wrong on our side. Nothing is lost: please try again.",
    },
    lacks: |pointer| match pointer {
        "/services" => "Offer at least one service.",
        "/hours" => "Say when you work.",
        _ => "The page is not ready to be published.",
    },
    reason: |reason| format!("Reason: {reason}"),
    not_found_title: "Nothing here",
    wait: |seconds| match seconds {
        ..=60 => format!("Too many attempts. Please try again in {}.", count(seconds, "second", "seconds")),
        _ => format!("Too many attempts. Please try again in {} minutes.", seconds.div_ceil(60)),
    },
    field: |code, message| match code {
        "required" => "Please fill this in.".to_owned(),
        "email" => "This does not look like an e-mail address.".to_owned(),
        "length" | "range" => {
            bounds::read(message).map_or_else(|| message.to_owned(), |bounds| within(&bounds, &LIMITS))
        }
        _ => message.to_owned(),
    },
    required: "Please fill this in.",
    choose_one: "Please choose one.",
    not_an_amount: "Please give an amount like 60 or 60.50.",
    not_a_number: "Please give a whole number.",
    not_a_date: "Please choose a date.",
    end_before_start: "The end must come after the start.",
};

const LIMITS: Limits = Limits {
    units: [
        ("character", "characters"),
        ("entry", "entries"),
        ("day", "days"),
        ("hour", "hours"),
        ("minute", "minutes"),
    ],
    required: "Please fill this in.",
    at_most: |most, is_written| match is_written {
        true => format!("Please use at most {most}."),
        false => format!("At most {most}."),
    },
    at_least: |least, is_written| match is_written {
        true => format!("Please use at least {least}."),
        false => format!("At least {least}."),
    },
    between: |least, most, is_written| match is_written {
        true => format!("Please use {least} to {most}."),
        false => format!("Between {least} and {most}."),
    },
    otherwise: "This is too much or too little.",
};
