//! Books that survive a restart.

use super::{KEY, get, paid, post, simulator};
use stripe_simulator::Settings;

#[actix_web::test]
async fn a_restart_loses_nothing() {
    let file = std::env::temp_dir().join(format!("stripe-simulator-{}.json", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let settings = || Settings { state: Some(file.clone()), ..Settings::new(KEY) };
    let sim = simulator(settings());
    let intent = paid(&sim).await;
    sim.control("clock", &[("advance", "3600")]).unwrap();
    let before = sim.control("books", &[]).unwrap();
    drop(sim);

    let sim = simulator(settings());
    let after = sim.control("books", &[]).unwrap();
    assert_eq!(before["charges"], after["charges"]);
    assert!(after["now"].as_i64() >= before["now"].as_i64());
    assert_eq!(post(&sim, "refunds", &format!("payment_intent={intent}")).await.status, 200);
    assert_eq!(
        get(&sim, "events?type=payment_intent.succeeded").await.body["data"].as_array().unwrap().len(),
        1
    );
    drop(sim);
    std::fs::write(&file, "not books").unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    assert!(stripe_simulator::start(listener, settings()).is_err(), "what cannot be read is not overwritten");
    std::fs::remove_file(&file).unwrap();
}
