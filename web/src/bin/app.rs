//! The program that the browser loads.

fn main() {
    web::start();
}
