//! HEAD: what GET answers, without its body.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};

/// Marks a request whose answer is wanted without its body. A body without end is best not begun.
#[derive(Debug, Clone, Copy)]
pub struct HeadOnly;

/// Lets routes see a HEAD as a GET. The connection knows what was asked, and sends the head of the answer only.
///
/// # Errors
/// Those of the service.
pub async fn as_get<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(HeadOnly);
    }
    next.call(request).await
}
