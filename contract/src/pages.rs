//! Where the app's pages are: the app draws something at these addresses, and the server knows no others.

/// One pattern for each page; a segment that begins with a colon stands for any.
pub const PATTERNS: [&str; 36] = [
    "/",
    "/p/:slug",
    "/p/:slug/:service",
    "/booked/:booking",
    "/pay/:booking",
    "/manage",
    "/manage/:booking",
    "/bookings",
    "/bookings/:booking",
    "/login",
    "/register",
    "/forgot-password",
    "/reset-password",
    "/verify-email",
    "/account",
    "/dashboard/new",
    "/dashboard/:provider/welcome",
    "/dashboard/:provider/welcome/:step",
    "/dashboard/:provider/profile",
    "/dashboard/:provider/services",
    "/dashboard/:provider/services/new",
    "/dashboard/:provider/services/:service",
    "/dashboard/:provider/hours",
    "/dashboard/:provider/payments",
    "/dashboard",
    "/dashboard/:provider",
    "/dashboard/:provider/preview",
    "/dashboard/:provider/book",
    "/dev/components",
    "/admin",
    "/admin/users",
    "/admin/users/:user",
    "/admin/providers",
    "/admin/providers/:provider",
    "/admin/categories",
    "/admin/log",
];

/// Whether a path fits a pattern; a slash at its end makes no difference.
#[must_use]
pub fn fits(pattern: &str, path: &str) -> bool {
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    let (mut wanted, mut parts) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), parts.next()) {
            (None, None) => return true,
            (Some(wanted), Some(part)) if wanted == part || (wanted.starts_with(':') && !part.is_empty()) => {
            }
            _ => return false,
        }
    }
}

/// Whether there is a page at a path, as far as the path alone can tell.
#[must_use]
pub fn is_page(path: &str) -> bool {
    PATTERNS.iter().any(|pattern| fits(pattern, path))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_fit_whole_paths() {
        assert!(fits("/", "/"));
        assert!(fits("/p/:slug", "/p/terre-claire"));
        assert!(fits("/p/:slug", "/p/terre-claire/"));
        assert!(!fits("/p/:slug", "/p/"));
        assert!(!fits("/p/:slug", "/p/terre-claire/more"));
        assert!(!fits("/p/:slug/:service", "/p/terre-claire"));
        assert!(!fits("/", "/p"));
    }
}
