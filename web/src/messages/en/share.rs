use crate::messages::Share;

pub const SHARE: Share = Share {
    share: "Share",
    title: "Share your page",
    hidden: "Customers cannot open the page yet. Publish it first.",
    link: "Link to your page",
    copy: "Copy",
    copied: "The link is copied.",
    copy_failed: "The browser does not allow copying. The link is selected; copy it with the keyboard.",
    send: "Send",
    code: "QR code",
    code_alt: |address| format!("QR code that leads to {address}"),
    code_hint: "For the door, the counter or a card. Whoever points a phone at it comes to your page.",
    svg: "SVG, to print",
    png: "PNG",
    preview: "Preview",
    preview_note: "This is how customers see it",
    preview_hidden: "This is how customers will see it. It is not published yet.",
    to_profile: "Change it",
};
