use crate::messages::Lookup;

pub const LOOKUP: Lookup = Lookup {
    link_wrong_title: "Dieser Link führt zu keinem Termin",
    link_wrong_text: "Vielleicht ist er abgeschnitten oder veraltet. Neue Links zu allen Terminen kommen auf Wunsch per Mail.",
    link_wrong_action: "Links zuschicken",
    list_title: "Meine Termine",
    coming: "Kommende",
    past: "Vergangene",
    cancelled_tab: "Abgesagte",
    which: "Welche Termine",
    coming_empty_title: "Nichts steht an",
    coming_empty_text: "Gebuchte Termine stehen hier und lassen sich verschieben und absagen.",
    past_empty_title: "Noch nichts hier",
    past_empty_text: "Termine, die vorbei sind, stehen dann hier.",
    cancelled_empty_text: "Abgesagte Termine bleiben hier stehen.",
    find_provider: "Anbieter finden",
    lost_title: "Termin finden",
    lost_text: "Ohne Konto gebucht? Bitte die Adresse angeben, mit der gebucht wurde. Zu jedem kommenden Termin kommt ein Link per Mail.",
    lost_send: "Links zuschicken",
    lost_sent: |email| {
        format!(
            "Wenn es Termine für {email} gibt, sind die Links unterwegs. Bitte auch im Spam-Ordner nachsehen."
        )
    },
};
