//! Administration: people, pages and categories as admins see them, and the log of what admins did.
//!
//! Admins see what it takes to help and to keep order: no passwords, no bookings of others, no money.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;
#[cfg(feature = "server")]
use validator::Validate;

/// Plain counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AdminOverview {
    /// Accounts.
    pub users: i64,
    /// Accounts opened in the last seven days.
    pub users_new: i64,
    /// Accounts that are suspended.
    pub users_suspended: i64,
    /// Accounts that administer the platform and are not suspended.
    pub admins: i64,
    /// Pages.
    pub providers: i64,
    /// Pages that customers can see.
    pub providers_published: i64,
    /// Pages that are suspended.
    pub providers_suspended: i64,
    /// Bookings that stand and lie ahead.
    pub bookings_coming: i64,
    /// Bookings made in the last seven days.
    pub bookings_new: i64,
    /// Jobs that were given up after their last attempt.
    pub jobs_dead: i64,
}

/// Why and since when somebody or something is suspended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Suspension {
    /// Told to those it concerns.
    pub reason: String,
    /// When it began.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
}

/// An account in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AdminUserRow {
    /// Never changes.
    pub id: Uuid,
    /// How the person is called.
    pub name: String,
    /// Where mails go.
    pub email: String,
    /// Whether the person administers the platform.
    pub is_admin: bool,
    /// Whether the account is suspended.
    pub suspended: bool,
    /// When it was opened.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// Pages that the person acts for.
    pub providers: i64,
    /// Bookings that the person made as a client.
    pub bookings: i64,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AdminUser {
    /// Never changes.
    pub id: Uuid,
    /// How the person is called.
    pub name: String,
    /// Where mails go.
    pub email: String,
    /// Whether the address was proven.
    pub email_verified: bool,
    /// Language of mails.
    pub locale: String,
    /// IANA zone of the person.
    pub time_zone: String,
    /// Whether the person administers the platform.
    pub is_admin: bool,
    /// Set while the account is suspended.
    pub suspension: Option<Suspension>,
    /// When it was opened.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// Bookings that the person made as a client.
    pub bookings: i64,
    /// Sessions that are open.
    pub sessions: i64,
    /// When a session was last refreshed.
    #[serde(with = "time::serde::rfc3339::option")]
    pub last_seen_at: Option<OffsetDateTime>,
    /// Pages that the person acts for.
    pub providers: Vec<AdminUserProvider>,
    /// Also the `ETag`.
    pub version: i32,
}

/// A page that an account acts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AdminUserProvider {
    /// The page.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// `owner` or `member`.
    pub role: String,
    /// Whether customers can see it.
    pub state: PageState,
}

/// What customers can see of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum PageState {
    /// They see it and can book.
    Published,
    /// Its owner has not published it, or an admin has hidden it.
    Hidden,
    /// An admin has taken it away.
    Suspended,
}

/// A page in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AdminProviderRow {
    /// Never changes.
    pub id: Uuid,
    /// The page's address: `/p/{slug}`.
    pub slug: String,
    /// What the provider is called.
    pub name: String,
    /// Slug of its category.
    pub category: String,
    /// City.
    pub city: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// What customers can see of it.
    pub state: PageState,
    /// When it was made.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// Bookings that stand and lie ahead.
    pub bookings_coming: i64,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AdminProvider {
    /// Never changes.
    pub id: Uuid,
    /// The page's address: `/p/{slug}`.
    pub slug: String,
    /// What the provider is called.
    pub name: String,
    /// One line below the name.
    pub headline: String,
    /// Slug of its category.
    pub category: String,
    /// City.
    pub city: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// IANA zone of the provider.
    pub time_zone: String,
    /// What customers can see of it.
    pub state: PageState,
    /// Whether it is published, or will be again when it is no longer suspended.
    pub published: bool,
    /// Set while the page is suspended.
    pub suspension: Option<Suspension>,
    /// When it was made.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// Services that are offered.
    pub services: i64,
    /// Bookings that stand and lie ahead.
    pub bookings_coming: i64,
    /// All bookings that were ever made.
    pub bookings: i64,
    /// Who acts for it.
    pub members: Vec<AdminProviderMember>,
    /// Also the `ETag`.
    pub version: i32,
}

/// Somebody who acts for a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AdminProviderMember {
    /// The account.
    pub user_id: Uuid,
    /// How the person is called.
    pub name: String,
    /// Where mails go.
    pub email: String,
    /// `owner` or `member`.
    pub role: String,
}

/// A category, with what admins need to keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AdminCategory {
    /// Stable name.
    pub slug: String,
    /// Its name in each language, by BCP 47 tag.
    pub names: BTreeMap<String, String>,
    /// Its place in the platform's order, from 1.
    pub position: i64,
    /// Whether no further page can choose it.
    pub retired: bool,
    /// All pages in it.
    pub providers: i64,
    /// Those that customers can see.
    pub providers_published: i64,
    /// Also the `ETag`.
    pub version: i32,
}

/// All categories, in the platform's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AdminCategories {
    /// The categories.
    pub items: Vec<AdminCategory>,
}

/// Why something is taken away.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct Suspend {
    /// Told to those it concerns.
    #[serde(deserialize_with = "crate::text::trimmed")]
    #[cfg_attr(feature = "server", validate(length(min = 3, max = 500)))]
    pub reason: String,
}

/// Add a category.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct CreateCategory {
    /// Stable name: words of a to z and 0 to 9, joined by hyphens. It never changes.
    #[serde(deserialize_with = "crate::text::trimmed")]
    #[cfg_attr(feature = "server", validate(length(min = 2, max = 40)))]
    pub slug: String,
    /// Its name in each language, by BCP 47 tag. English is needed: it stands in where another is missing.
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 40)))]
    pub names: BTreeMap<String, String>,
}

/// Change a category; absent fields stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema, Validate))]
pub struct PatchCategory {
    /// All its names, replaced as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(min = 1, max = 40)))]
    pub names: Option<BTreeMap<String, String>>,
    /// Its new place, from 1; the others close up and make room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 1000)))]
    pub position: Option<u32>,
}

/// What an admin did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum ActKind {
    /// An account was suspended and its sessions ended.
    UserSuspended,
    /// An account may be used again.
    UserRestored,
    /// An address counts as its account's, because the command line says so.
    AddressProven,
    /// Somebody administers the platform from now on.
    AdminGranted,
    /// Somebody no longer does.
    AdminRevoked,
    /// A page was taken away.
    ProviderSuspended,
    /// A page is as it was before.
    ProviderRestored,
    /// A page was published in its owner's stead.
    ProviderPublished,
    /// A page was hidden.
    ProviderHidden,
    /// A category was added.
    CategoryAdded,
    /// A category has another name or place.
    CategoryChanged,
    /// A category can no longer be chosen.
    CategoryRetired,
    /// A category can be chosen again.
    CategoryRestored,
}

impl ActKind {
    /// Every kind there is.
    pub const ALL: [Self; 13] = [
        Self::UserSuspended,
        Self::UserRestored,
        Self::AddressProven,
        Self::AdminGranted,
        Self::AdminRevoked,
        Self::ProviderSuspended,
        Self::ProviderRestored,
        Self::ProviderPublished,
        Self::ProviderHidden,
        Self::CategoryAdded,
        Self::CategoryChanged,
        Self::CategoryRetired,
        Self::CategoryRestored,
    ];

    /// As it stands on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UserSuspended => "user_suspended",
            Self::UserRestored => "user_restored",
            Self::AddressProven => "address_proven",
            Self::AdminGranted => "admin_granted",
            Self::AdminRevoked => "admin_revoked",
            Self::ProviderSuspended => "provider_suspended",
            Self::ProviderRestored => "provider_restored",
            Self::ProviderPublished => "provider_published",
            Self::ProviderHidden => "provider_hidden",
            Self::CategoryAdded => "category_added",
            Self::CategoryChanged => "category_changed",
            Self::CategoryRetired => "category_retired",
            Self::CategoryRestored => "category_restored",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What an act was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum TargetKind {
    /// An account.
    User,
    /// A page.
    Provider,
    /// A category.
    Category,
}

/// A line of the log: who did what, to whom, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AdminAct {
    /// Never changes.
    pub id: Uuid,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// Whose account did it; absent for the command line.
    pub actor_id: Option<Uuid>,
    /// What that person is called now; absent once the account is gone.
    pub actor_name: Option<String>,
    /// What was done.
    pub kind: ActKind,
    /// What it was done to.
    pub target_kind: TargetKind,
    /// Its id, or a category's slug.
    pub target_id: String,
    /// What it is called now; absent once it is gone.
    pub target_name: Option<String>,
    /// What changed, as it was.
    #[cfg_attr(feature = "server", schema(value_type = Object))]
    pub before: Value,
    /// What changed, as it became.
    #[cfg_attr(feature = "server", schema(value_type = Object))]
    pub after: Value,
    /// Leads to the server's log.
    pub request_id: Option<String>,
}

/// Narrow the list of accounts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct AdminUserQuery {
    /// Words in the name or the e-mail address, or an id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 120)))]
    pub q: Option<String>,
    /// Only those that are suspended, or only those that are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<bool>,
    /// Only admins, or only others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin: Option<bool>,
    /// Only those who act for a page, or only others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<bool>,
    /// The `next_cursor` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most, 1 to 100. Default 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 100)))]
    pub limit: Option<u32>,
}

/// Narrow the list of pages.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct AdminProviderQuery {
    /// Words in the name, the address or the city, or an id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 120)))]
    pub q: Option<String>,
    /// City, without regard to case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 120)))]
    pub city: Option<String>,
    /// Slug of a category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 40)))]
    pub category: Option<String>,
    /// Only pages in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(inline))]
    pub state: Option<PageState>,
    /// The `next_cursor` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most, 1 to 100. Default 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 100)))]
    pub limit: Option<u32>,
}

/// Narrow the log.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams, Validate))]
#[cfg_attr(feature = "server", into_params(parameter_in = Query))]
pub struct AdminActQuery {
    /// Only what this account did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Uuid>,
    /// Only acts of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(inline))]
    pub kind: Option<ActKind>,
    /// Only what was done to this: an id, or a category's slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(length(max = 60)))]
    pub target: Option<String>,
    /// Only from this instant on.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "time::serde::rfc3339::option")]
    pub from: Option<OffsetDateTime>,
    /// Only before this instant.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "time::serde::rfc3339::option")]
    pub to: Option<OffsetDateTime>,
    /// The `next_cursor` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many items at most, 1 to 100. Default 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", validate(range(min = 1, max = 100)))]
    pub limit: Option<u32>,
}
