//! What a start says to the person at the terminal.

use crate::config::Config;
use crate::seed::Login;

/// Prints where the product is, and who can log in to the demo.
pub(super) fn print(config: &Config, logins: &[Login]) {
    let base = &config.base_url;
    println!("Appointed is ready at {base}");
    println!("  API     {base}/docs");
    if config.smtp_url.is_none() {
        println!("  Mail    {base}/dev/outbox (no SMTP_URL: mails are kept and shown here)");
    }
    match (&config.stripe_key, config.demo_payments) {
        (Some(_), _) => {}
        (None, true) => {
            println!("  Money   a simulator takes demo payments (no STRIPE_SECRET_KEY: no real money moves)")
        }
        (None, false) => println!("  Money   prepayment is off (no STRIPE_SECRET_KEY)"),
    }
    for Login { role, email, password, .. } in logins {
        println!("  Demo    {role}: {email}, password {password}");
    }
}
