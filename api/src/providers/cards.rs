//! The public list in the database.

use super::photo::portrait_url;
use contract::providers::ProviderCard;
use sqlx::PgConnection;
use uuid::Uuid;

/// More than this are not counted.
const COUNTED: i64 = 1000;

/// Which published providers to list.
pub struct Wanted {
    /// Only this category.
    pub category: Option<String>,
    /// Only in a city of one of these names.
    pub cities: Option<Vec<String>>,
    /// Patterns that each must be found in the name, the headline or a service's name.
    pub words: Vec<String>,
    /// Only with a service that takes place there.
    pub location: Option<&'static str>,
    /// Only with a service that costs at most so much, in minor units.
    pub price_max: Option<i64>,
    /// Only with this currency.
    pub currency: Option<String>,
    /// Only who speaks it.
    pub language: Option<String>,
}

/// Where a provider stands in the list: what it is sorted by, its name and its id.
pub type Mark = (i64, String, Uuid);

struct Row {
    id: Uuid,
    slug: String,
    name: String,
    headline: String,
    category: String,
    city: String,
    country: Option<String>,
    time_zone: String,
    currency: String,
    price_from_minor: Option<i64>,
    services: Option<Vec<Uuid>>,
    service_names: Option<Vec<String>>,
    service_prices: Option<Vec<i64>>,
    photo: Option<Uuid>,
}

/// A service whose next times a card may offer.
pub struct Offered {
    /// Which one.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Its price, minor units.
    pub price_minor: i64,
}

/// A provider who may be listed.
pub struct Candidate {
    /// The card, without times.
    pub card: ProviderCard,
    /// The first eight services that were looked for, in the provider's order.
    pub services: Vec<Offered>,
}

impl From<Row> for Candidate {
    fn from(row: Row) -> Self {
        let ids = row.services.unwrap_or_default().into_iter();
        let told =
            row.service_names.unwrap_or_default().into_iter().zip(row.service_prices.unwrap_or_default());
        let services = ids.zip(told).map(|(id, (name, price_minor))| Offered { id, name, price_minor });
        let services = services.collect();
        let card = ProviderCard {
            portrait_url: portrait_url(row.id, row.photo),
            id: row.id,
            slug: row.slug,
            name: row.name,
            headline: row.headline,
            category: row.category,
            city: row.city,
            country: row.country,
            time_zone: row.time_zone,
            currency: row.currency,
            price_from_minor: row.price_from_minor,
            next_service_id: None,
            next_service_name: None,
            next_service_price_minor: None,
            next_slots: Vec::new(),
        };
        Self { card, services }
    }
}

struct Count {
    total: i64,
}

// What a provider is sorted by stands in the statement, so that the order by name can follow `providers_listed_all`, or with
// a category `providers_listed`.
macro_rules! wanted {
    ($row:ident, $select:literal, $rest:literal, $wanted:expr $(, $more:expr)*) => {
        sqlx::query_as!(
            $row,
            $select + r#"
            from providers p
            cross join lateral (
                -- Those whose name has the words; where none has, all.
                select min(price_minor) as price_from_minor,
                    -- The first eight: free times are computed for each.
                    (array_agg(id order by position, id) filter (where is_meant or not some_are))[1:8] as services,
                    (array_agg(name order by position, id) filter (where is_meant or not some_are))[1:8]
                        as service_names,
                    (array_agg(price_minor order by position, id) filter (where is_meant or not some_are))[1:8]
                        as service_prices
                from (
                    select id, name, price_minor, position, name ilike all($3::text[]) as is_meant,
                        bool_or(name ilike all($3::text[])) over () as some_are
                    from services
                    where provider_id = p.id and status = 'active'
                        and ($4::text is null or location = $4) and ($5::bigint is null or price_minor <= $5)
                ) o
            ) s
            where p.published_at is not null and p.suspended_at is null
                and ($1::text is null or p.category = $1)
                and ($2::text[] is null or lower(p.city) in (select lower(name) from unnest($2::text[]) name))
                and not exists (
                    select from unnest($3::text[]) word
                    where p.name not ilike word and p.headline not ilike word
                        -- a trade by the beginning of a word of its name, in whichever language
                        and not exists (select from category_names c
                            where c.category = p.category and ' ' || c.name ilike '% ' || substr(word, 2))
                        and not exists (select from services o
                            where o.provider_id = p.id and o.status = 'active' and o.name ilike word))
                and (s.services is not null or ($4::text is null and $5::bigint is null))
                and ($6::text is null or p.currency = $6)
                and ($7::text is null or exists (
                    select from unnest(p.languages) tag where tag = $7 or starts_with(tag, $7 || '-')))
            "# + $rest,
            $wanted.category,
            $wanted.cities.as_deref(),
            &$wanted.words,
            $wanted.location,
            $wanted.price_max,
            $wanted.currency,
            $wanted.language
            $(, $more)*
        )
    };
}

/// Whether a published provider is in a city of exactly this name.
pub async fn is_somebody_in(db: &mut PgConnection, city: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from providers
            where published_at is not null and suspended_at is null and lower(city) = lower($1)) as "found!""#,
        city
    )
    .fetch_one(db)
    .await
}

/// Published providers by name, without their next slots.
pub async fn by_name(
    db: &mut PgConnection,
    wanted: &Wanted,
    after: Option<&Mark>,
    limit: i64,
) -> Result<Vec<Candidate>, sqlx::Error> {
    let (name, id) = after.map(|(_, name, id)| (name.as_str(), *id)).unzip();
    let rows = wanted!(
        Row,
        "select p.id, p.slug, p.name, p.headline, p.category, p.city, p.country, p.time_zone, p.currency, p.photo,
            s.price_from_minor, s.services, s.service_names, s.service_prices",
        "and ($8::text is null or (p.name, p.id) > ($8, $9)) order by p.name, p.id limit $10",
        wanted,
        name,
        id,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The same by their lowest price, those without one last.
pub async fn by_price(
    db: &mut PgConnection,
    wanted: &Wanted,
    after: Option<&Mark>,
    limit: i64,
) -> Result<Vec<Candidate>, sqlx::Error> {
    let price = after.map(|(price, ..)| *price);
    let (name, id) = after.map(|(_, name, id)| (name.as_str(), *id)).unzip();
    let rows = wanted!(
        Row,
        "select p.id, p.slug, p.name, p.headline, p.category, p.city, p.country, p.time_zone, p.currency, p.photo,
            s.price_from_minor, s.services, s.service_names, s.service_prices",
        "and ($8::bigint is null
            or (coalesce(s.price_from_minor, 9223372036854775807), p.name, p.id) > ($8, $9, $10))
        order by s.price_from_minor nulls last, p.name, p.id limit $11",
        wanted,
        price,
        name,
        id,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// How many there are; `None` where they are too many to count.
pub async fn count(db: &mut PgConnection, wanted: &Wanted) -> Result<Option<u32>, sqlx::Error> {
    let found =
        wanted!(Count, r#"select count(*) as "total!" from (select"#, "limit $8) found", wanted, COUNTED + 1)
            .fetch_one(db)
            .await?;
    Ok(u32::try_from(found.total).ok().filter(|_| found.total <= COUNTED))
}
