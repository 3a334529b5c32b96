//! The people of the demo: three who can log in, owners who cannot, and clients.

use super::{id, store};
use crate::accounts;
use crate::http::ApiResult;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

/// An account that visitors of a demo can use.
#[derive(Debug, Clone, Copy)]
pub struct Login {
    /// What it is for.
    pub role: &'static str,
    /// What its person is called.
    pub name: &'static str,
    /// How to log in.
    pub email: &'static str,
    /// How to log in.
    pub password: &'static str,
}

const CUSTOMER: Login = Login {
    role: "customer",
    name: "Alex Morgan",
    email: "customer@appointed.example",
    password: "calm-lantern-42",
};
const PROVIDER: Login = Login {
    role: "provider",
    name: "Lena Brandt",
    email: "provider@appointed.example",
    password: "calm-lantern-42",
};
const ADMIN: Login = Login {
    role: "admin",
    name: "Sam Okafor",
    email: "admin@appointed.example",
    password: "calm-lantern-42",
};

/// Who can log in to the demo.
pub const LOGINS: &[Login] = &[CUSTOMER, PROVIDER, ADMIN];

/// Where all of them live.
const HOME_ZONE: &str = "Europe/Berlin";

/// The accounts of those who can log in.
pub(super) struct Accounts {
    /// Books.
    pub customer: Uuid,
    /// Owns the provider of the same name.
    pub provider: Uuid,
    admin: Uuid,
}

/// The accounts of those who can log in.
pub(super) fn accounts() -> Accounts {
    let account = |login: Login| id(&format!("user {}", login.email));
    Accounts { customer: account(CUSTOMER), provider: account(PROVIDER), admin: account(ADMIN) }
}

/// Writes those who can log in.
pub(super) async fn write(tx: &mut PgConnection, accounts: &Accounts) -> ApiResult<()> {
    let ids = [accounts.customer, accounts.provider, accounts.admin];
    for (login, id) in LOGINS.iter().zip(ids) {
        let row = json!({
            "id": id,
            "email": login.email,
            "name": login.name,
            "password_hash": accounts::hash_password(login.password.to_owned()).await?,
            "time_zone": HOME_ZONE,
            "is_admin": id == accounts.admin,
        });
        store::add_user(tx, row).await?;
    }
    Ok(())
}

/// Writes the owner of a provider, or takes the one who can log in.
pub(super) async fn owner(
    tx: &mut PgConnection,
    name: &str,
    slug: &str,
    zone: &str,
    accounts: &Accounts,
) -> ApiResult<Uuid> {
    if name == PROVIDER.name {
        return Ok(accounts.provider);
    }
    let email = format!("{slug}@appointed.example");
    let id = id(&format!("user {email}"));
    // Nothing hashes to an empty text, so nobody can log in.
    let row = json!({ "id": id, "email": email, "name": name, "password_hash": "", "time_zone": zone, "is_admin": false });
    store::add_user(tx, row).await?;
    Ok(id)
}

/// Clients who book as guests.
pub(super) const CLIENTS: &[&str] = &[
    "Amara Nwosu",
    "Anders Holm",
    "Anna Kowalska",
    "Beatriz Lima",
    "Ben Carter",
    "Camille Roux",
    "Carlos Medina",
    "Chloe Martin",
    "Daniel Novak",
    "Deepa Iyer",
    "Diego Fuentes",
    "Elena Petrova",
    "Eva Lindqvist",
    "Fatima Zahra",
    "Finn Becker",
    "Giulia Conti",
    "Grace Kim",
    "Hannah Vogel",
    "Hiroshi Tanaka",
    "Ines Ferreira",
    "Ivan Horvat",
    "Jack Doyle",
    "Julia Weiss",
    "Kofi Mensah",
    "Laila Haddad",
    "Leo Bernard",
    "Lucia Romano",
    "Magnus Dahl",
    "Maria Silva",
    "Mateo Cruz",
    "Mei Lin",
    "Mikko Virtanen",
    "Nadia Rahman",
    "Noah Fischer",
    "Nora Byrne",
    "Oliver Grant",
    "Paula Jensen",
    "Rafael Costa",
    "Rosa Navarro",
    "Ruth Cohen",
    "Sara Lund",
    "Sophie Lambert",
    "Tariq Aziz",
    "Tomas Dvorak",
    "Vera Popescu",
    "Yuki Sato",
    "Yusuf Demir",
    "Zoe Papadaki",
];

/// What clients write when they book.
pub(super) const NOTES: &[&str] = &[
    "First time here. I may be a few minutes early.",
    "Please ring twice, the bell is quiet.",
    "Same as last time, please.",
    "Could we keep it short today?",
    "I will come by train and may need five minutes.",
    "Thank you for fitting me in.",
    "Happy to come earlier if something frees up.",
];

/// Why clients and providers call things off.
pub(super) const REASONS: &[&str] = &[
    "Something came up at work.",
    "I am not feeling well.",
    "Travel plans have changed.",
    "I need to move this to next month.",
];

/// The name and address of the customer who can log in.
pub(super) const REGULAR: (&str, &str) = (CUSTOMER.name, CUSTOMER.email);
