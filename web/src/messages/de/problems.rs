use crate::messages::Problems;
use crate::messages::bounds::{self, Limits, within};
use crate::messages::grammar::count;
use contract::problem::Code;

pub const PROBLEMS: Problems = Problems {
    title: "Das konnte nicht geladen werden",
    offline_title: "Keine Verbindung",
    offline: "Keine Verbindung. Nichts geht verloren: Bitte noch einmal versuchen, sobald sie wieder da ist.",
    unreachable: "Der Server hat nicht geantwortet. Nichts geht verloren: Bitte noch einmal versuchen.",
    unreadable: "Diese Seite versteht die Antwort des Servers nicht. Bitte noch einmal versuchen.",
    of: |code| match code {
        Code::WrongCredentials => "E-Mail oder Passwort stimmt nicht.",
        Code::Unauthenticated | Code::SessionEnded => "Die Anmeldung ist abgelaufen. Bitte neu anmelden.",
        Code::Forbidden => "Das ist mit diesem Konto nicht erlaubt.",
        Code::AccountSuspended => "Dieses Konto ist gesperrt.",
        Code::NotFound => "Das gibt es hier nicht, oder es ist nicht für dieses Konto bestimmt.",
        Code::SlotTaken => "Diese Zeit wurde gerade vergeben.",
        Code::SlotUnavailable => "Diese Zeit wird nicht angeboten.",
        Code::EmailTaken => "Zu dieser Adresse gibt es schon ein Konto. Bitte damit anmelden.",
        Code::SlugTaken => "Diese Adresse gehört schon zu einer anderen Seite.",
        Code::InvalidTransition => "Das geht bei diesem Termin nicht mehr.",
        Code::PaymentsOff => "Diese Seite kann gerade keine Zahlungen annehmen.",
        Code::TooManyHolds => {
            "Andere Termine warten noch auf ihre Zahlung. Bitte erst einen davon bezahlen oder absagen."
        }
        Code::NotPublishable => "Für die Veröffentlichung fehlt noch etwas.",
        Code::DoesNotFit => "Nicht alles passt dorthin. Verschoben wurde nichts.",
        Code::SharedAppointment => "Andere sind mit dabei, deshalb bleibt die Dauer.",
        Code::SoleOwner => "Eine Seite hängt noch an diesem Konto.",
        Code::ProviderSuspended => "Diese Seite ist gesperrt. Solange nimmt sie keine Buchungen an.",
        Code::LastAdmin => "Jemand muss die Plattform weiter verwalten können.",
        Code::VersionMismatch => {
            "Inzwischen wurde es anderswo geändert. Das hier Geänderte ist noch da, alles andere steht, wie es jetzt ist: bitte ansehen und noch einmal versuchen."
        }
        Code::InvalidFields => "Einige Angaben stimmen noch nicht.",
        Code::TokenInvalid => "Dieser Link gilt nicht mehr.",
        Code::WrongPassword => "Das jetzige Passwort stimmt nicht.",
        Code::TooManyRequests => "Zu viele Versuche. Bitte ein wenig warten.",
        Code::BodyTooLarge => "Das ist zu lang.",
        Code::Unavailable => "Das geht gerade nicht. Bitte gleich noch einmal versuchen.",
        Code::MalformedBody
        | Code::MalformedQuery
        | Code::MalformedHeader
        | Code::BadRequest
        | Code::MethodNotAllowed
        | Code::RequestTimeout
        | Code::UnsupportedMediaType
        | Code::IdempotencyKeyReused
        | Code::PreconditionRequired
        | Code::Internal => {
            "Bei uns ist etwas schiefgegangen. Nichts geht verloren: Bitte noch einmal versuchen."
        }
    },
    lacks: |pointer| match pointer {
        "/services" => "Es fehlt mindestens eine Leistung.",
        "/hours" => "Es fehlen die Zeiten.",
        _ => "Für die Veröffentlichung fehlt noch etwas.",
    },
    reason: |reason| format!("Grund: {reason}"),
    not_found_title: "Hier ist nichts",
    wait: |seconds| match seconds {
        ..=60 => {
            format!("Zu viele Versuche. Bitte in {} noch einmal.", count(seconds, "Sekunde", "Sekunden"))
        }
        _ => format!("Zu viele Versuche. Bitte in {} Minuten noch einmal.", seconds.div_ceil(60)),
    },
    field,
    required: "Bitte ausfüllen.",
    choose_one: "Bitte etwas auswählen.",
    not_an_amount: "Bitte einen Betrag wie 60 oder 60,50 angeben.",
    not_a_number: "Bitte eine ganze Zahl angeben.",
    not_a_date: "Bitte ein Datum wählen.",
    end_before_start: "Das Ende muss nach dem Anfang liegen.",
};

fn field(code: &str, message: &str) -> String {
    match code {
        "local" => message,
        "required" => "Bitte ausfüllen.",
        "email" => "Das sieht nicht nach einer E-Mail-Adresse aus.",
        "guessable" => "Dieses Passwort ist leicht zu erraten. Bitte ein anderes wählen.",
        "past" => "Das ist schon vorbei.",
        "order" => "Das Ende muss nach dem Anfang liegen.",
        "too_many" => "Es sind schon zu viele.",
        "overlap" => "Das überschneidet sich.",
        "control" => "Hier ist nur eine Zeile möglich.",
        "taken" => "Das ist schon vergeben.",
        "retired" => "Dieser Bereich ist nicht mehr wählbar.",
        "slug" => "Nur Kleinbuchstaben von a bis z und Ziffern, dazwischen Bindestriche.",
        "phone" => "Das sieht nicht nach einer Telefonnummer aus. Mit Landesvorwahl, etwa +49 30 123456.",
        "time_zone" => "Diese Zeitzone ist nicht bekannt.",
        "beyond_horizon" => {
            "Bei dieser Frist ließe sich nichts mehr buchen: So weit voraus reicht der Kalender nicht."
        }
        "repeated" => "Das steht hier zweimal.",
        "same" => "Dort steht es schon.",
        "unknown" => "Das ist nicht bekannt.",
        "payments_off" => "Zahlungen sind noch nicht eingerichtet; so lange wird vor Ort bezahlt.",
        "nothing_to_pay" => "Was nichts kostet, lässt sich nicht bei der Buchung bezahlen.",
        "not_chargeable" => "Karten können das nicht genau zahlen: Es muss auf 0 enden, bei Ariary auf 00.",
        "not_yet" => "Das gilt noch nicht.",
        "over" => "Das ist abgelaufen.",
        "used_up" => "Das ist aufgebraucht.",
        "used_by_you" => "Das ist schon eingelöst.",
        "price_too_low" => "Für diesen Preis gilt das nicht.",
        "length" | "range" => {
            let read = bounds::read(message);
            return read.map_or_else(|| LIMITS.otherwise.to_owned(), |bounds| within(&bounds, &LIMITS));
        }
        _ => "Das wird so nicht angenommen.",
    }
    .to_owned()
}

const LIMITS: Limits = Limits {
    units: [
        ("Zeichen", "Zeichen"),
        ("Eintrag", "Einträge"),
        ("Tag", "Tage"),
        ("Stunde", "Stunden"),
        ("Minute", "Minuten"),
    ],
    required: "Bitte ausfüllen.",
    at_most: |most, _| format!("Höchstens {most}."),
    at_least: |least, _| format!("Mindestens {least}."),
    between: |least, most, _| format!("Möglich: {least} bis {most}."),
    otherwise: "Das ist zu viel oder zu wenig.",
};
