use crate::messages::Share;

pub const SHARE: Share = Share {
    share: "Teilen",
    title: "Die Seite teilen",
    hidden: "Die Seite ist noch nicht veröffentlicht. Andere können sie noch nicht öffnen.",
    link: "Link zur Seite",
    copy: "Kopieren",
    copied: "Der Link ist kopiert.",
    copy_failed: "Der Browser erlaubt das Kopieren nicht. Der Link ist markiert und lässt sich mit der Tastatur kopieren.",
    send: "Senden",
    code: "QR-Code",
    code_alt: |address| format!("QR-Code, der zu {address} führt"),
    code_hint: "Für die Tür, den Tresen oder eine Karte. Wer das Telefon darauf richtet, kommt zur Seite.",
    svg: "SVG zum Drucken",
    png: "PNG",
    preview: "Vorschau",
    preview_note: "So sieht es die Kundschaft",
    preview_hidden: "So wird es die Kundschaft sehen. Die Seite ist noch nicht veröffentlicht.",
    to_profile: "Ändern",
};
