use crate::messages::Photo;

pub static PHOTO: Photo = Photo {
    title: "Foto",
    hint: "Ein Gesicht oder der Ort, bei gutem Licht. JPEG, PNG oder WebP; hierher ziehen oder auswählen.",
    choose: "Foto auswählen",
    change: "Foto ändern",
    remove: "Foto entfernen",
    saved: "Die Seite zeigt das Foto.",
    removed: "Das Foto ist entfernt.",
    reading: "Das Foto wird gelesen",
    unreadable: "Diese Datei ist kein Bild, das sich hier lesen lässt. Möglich sind JPEG, PNG und WebP.",
    too_small: "Dieses Bild ist zu klein. Es braucht 160 Pixel in jeder Richtung; gut sieht es ab 640 aus.",
    crop_title: "Was die Kundschaft sieht",
    crop_label: "Der gezeigte Ausschnitt",
    crop_hint: "Zum Verschieben ziehen. Mit Tasten: Pfeile verschieben, Plus und Minus zoomen.",
    zoom: "Zoom",
    take: "Foto verwenden",
};
