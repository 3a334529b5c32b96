//! What providers load when they go to work.

fn main() {
    web::desk();
}
