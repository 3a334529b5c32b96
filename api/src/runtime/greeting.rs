//! What a start says to the person at the terminal.

use crate::config::Config;

/// Prints where the product is.
pub(super) fn print(config: &Config) {
    let base = &config.base_url;
    println!("Appointed is ready at {base}");
    println!("  API     {base}/docs");
    if config.smtp_url.is_none() {
        println!("  Mail    {base}/dev/outbox (no SMTP_URL: mails are kept and shown here)");
    }
}
