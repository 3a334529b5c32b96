use crate::messages::Again;

pub const AGAIN: Again = Again {
    title: "Please log in again",
    text: "Your session has ended. Log in and go on.",
    kept: "What you typed is kept.",
    password: "Password",
    leave: "Go on without",
    unsaved_title: "Leave without saving?",
    unsaved_text: "Your changes on this page are not saved yet.",
    stay: "Stay here",
    discard: "Leave without saving",
};
