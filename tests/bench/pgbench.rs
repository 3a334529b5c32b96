//! `pgbench` with the statements of a booking, taken from `.sqlx` where the server's own are described.

use crate::Result;
use crate::database::{FIRST_ROUND_THE_CLOCK, ROUND_THE_CLOCK};
use crate::table::Sample;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use std::time::Duration;
use tokio::process::Command;

/// As many as two workers of the server have.
const CLIENTS: usize = 20;

/// Runs it on a database.
///
/// # Errors
/// Where it is not there or fails, and where it wrote other rows than it should.
pub async fn run(database: &PgConnectOptions, monday: i64, answer: &str, time: Duration) -> Result<Sample> {
    let mut connection = database.connect().await?;
    let programs: String = sqlx::query_scalar("select setting from pg_config where name = 'BINDIR'")
        .fetch_one(&mut connection)
        .await?;
    let count = "select count(*) from booking_events e join jobs j on j.dedupe_key = 'booking:' || e.booking_id || ':settle'";
    let script = Path::new(env!("CARGO_TARGET_TMPDIR")).join("booking.pgbench");
    std::fs::write(&script, self::script(monday, answer)?)?;
    let output = Command::new(Path::new(&programs).join("pgbench"))
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", "--define=n=0"])
        .arg(format!("--client={CLIENTS}"))
        .arg(format!("--time={}", time.as_secs()))
        .arg(format!("--file={}", script.display()))
        .env("PGHOST", database.get_socket().ok_or("the cluster has no socket")?)
        .env("PGUSER", database.get_username())
        .env("PGDATABASE", database.get_database().unwrap_or_default())
        .output()
        .await?;
    let text = String::from_utf8_lossy(&output.stdout);
    let figure =
        |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.split(' ').next()?.parse().ok());
    let (transactions, per_second) =
        (figure("number of transactions actually processed: "), figure("tps = "));
    let (Some(transactions), Some(per_second)) = (transactions, per_second) else {
        return Err(format!("pgbench failed: {}", String::from_utf8_lossy(&output.stderr)).into());
    };
    let written: i64 = sqlx::query_scalar(count).fetch_one(&mut connection).await?;
    connection.close().await?;
    if written as f64 != transactions {
        return Err(format!("pgbench made {transactions} transactions and {written} bookings").into());
    }
    Ok(Sample { per_second, cpu: None })
}

/// What the server does for a guest with an idempotency key: counts address and mailbox, then books in one transaction.
fn script(monday: i64, answer: &str) -> Result<String> {
    let statements = Statements::read()?;
    let service = uuid(":provider");
    let start = "to_timestamp(:start::int8)";
    let end = "to_timestamp(:start::int8 + 3600)";
    let booking = uuid("(20000000 + :k)");
    let scope = "'guest:' || md5(:k::text)";
    let email = "'ada-' || :k::int8 || '@example.org'";
    let key = "'bench-' || :k::int8";
    let fingerprint = r"'\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'::bytea";
    let mail = |recipient| {
        format!(
            r#"jsonb_build_object('provider_id', {service}, 'booking_id', {booking}, 'notice', 'booked', 'recipient', '{recipient}', 'sequence', 0)"#
        )
    };
    let settle = format!("jsonb_build_object('provider_id', {service}, 'booking_id', {booking})");
    let ids: Vec<_> = (0..3).map(|i| uuid(&format!("(30000000 + :k * 3 + {i})"))).collect();

    let limits = ["address", "mailbox"].map(|of| {
        statements.bind(
            "insert into throttles",
            &[&format!("'guest-booking-{of}:' || md5(:k::text)"), "3600::float8"],
        )
    });
    let limits = limits.into_iter().collect::<Result<Vec<_>>>()?;
    let headers =
        format!(r#"jsonb_build_object('etag', '"1"', 'location', '/api/v1/bookings/' || {booking})"#);
    let answer = format!("'{}'::jsonb", answer.replace('\'', "''"));
    let steps = [
        statements.bind("insert into idempotency_keys", &[scope, key, fingerprint])?,
        statements.bind("cross join lateral lock_provider(", &[&service])?,
        statements.bind(
            ") z on true where s.id = $1",
            &[&service, ":start::int8", "(:start::int8 + 1)", "null::uuid", "0"],
        )?,
        statements.bind(
            "booking_events (provider_id, booking_id, id, kind, actor, actor_user_id) select $1, booked.id",
            &[
                &service,
                start,
                end,
                &service,
                &booking,
                start,
                end,
                "1",
                "1",
                &booking,
                "null::uuid",
                "'Ada'",
                email,
                "null",
                "''",
                "''",
                "'en'",
                "'UTC'",
                "'UTC'",
                "(to_timestamp(:start::int8) at time zone 'UTC')",
                "'confirmed'",
                "'Consultation'",
                "5000",
                "'EUR'",
                "null::timestamptz",
                "'guest'",
                "statement_timestamp()",
                &booking,
                "'booked'",
                "'guest'",
                "null::uuid",
                "'provider'",
                "'on_site'",
                "0",
                "null::int4",
                r#"'{"kind": "flexible"}'::jsonb"#,
                "0",
                start,
                "null::uuid",
                "0",
                "null",
                "false",
                "null",
            ],
        )?,
        statements.bind(
            "insert into jobs",
            &[
                &format!("array[{}]", ids.join(", ")),
                "array['notifications.booking_mail', 'notifications.booking_mail', 'bookings.complete']",
                &format!("array[{}, {}, {settle}]", mail("client"), mail("provider")),
                &format!("array[null, null, {end}]"),
                "array[0, 0, 0]",
                &format!("array[null, null, 'booking:' || {booking} || ':' || 'settle']"),
                "array[12, 12, 12]",
            ],
        )?,
        statements.bind("update idempotency_keys", &[scope, key, "201::int2", &headers, &answer])?,
    ];
    Ok(format!(
        "\\set n :n + 1
\\set k (:n - 1) * {CLIENTS} + :client_id
\\set provider {FIRST_ROUND_THE_CLOCK} + :k % {ROUND_THE_CLOCK}
\\set start {monday} + :k / {ROUND_THE_CLOCK} * 7200
{};
begin;
{};
commit;
",
        limits.join(";\n"),
        steps.join(";\n")
    ))
}

/// SQL for the id of the nth row.
fn uuid(n: &str) -> String {
    format!("lpad(to_hex({n}::int8), 32, '0')::uuid")
}

/// The server's statements.
struct Statements(Vec<String>);

impl Statements {
    fn read() -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.sqlx");
        let mut statements = Vec::new();
        for file in std::fs::read_dir(folder)? {
            let described: serde_json::Value = serde_json::from_slice(&std::fs::read(file?.path())?)?;
            statements.extend(described["query"].as_str().map(str::to_owned));
        }
        Ok(Self(statements))
    }

    /// The one statement with `part` in it, however its lines are broken, with these expressions for its parameters.
    fn bind(&self, part: &str, values: &[&str]) -> Result<String> {
        let mut found = self.0.iter().filter(|statement| words(statement).contains(part));
        let (Some(statement), None) = (found.next(), found.next()) else {
            return Err(format!("not one statement with {part:?} is in .sqlx").into());
        };
        // The last first: $1 is also the beginning of $10.
        let bound = values.iter().enumerate().rev().fold(statement.clone(), |statement, (i, value)| {
            statement.replace(&format!("${}", i + 1), &format!("({value})"))
        });
        Ok(bound)
    }
}

fn words(statement: &str) -> String {
    statement.split_whitespace().collect::<Vec<_>>().join(" ")
}
