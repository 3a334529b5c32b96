//! What customers load.

fn main() {
    web::site();
}
