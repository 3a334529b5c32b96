//! The shape of a provider's page while it comes.

use crate::components::Bone;
use crate::messages::t;
use leptos::prelude::*;

/// A card beside rows of services.
pub fn skeleton() -> AnyView {
    let row = || {
        view! {
            <li class="offered-service">
                <div class="what"><Bone class="name" /><Bone class="long" /></div>
                <Bone class="money" />
                <div class="next-free"><Bone class="time" /></div>
            </li>
        }
    };
    view! {
        <div class="provider-layout skeleton-page" role="status" aria-label=t().common.loading>
            <div class="provider-card-large">
                <Bone class="portrait" />
                <div class="names"><Bone class="short" /><Bone class="title" /><Bone class="long" /></div>
                <div class="facts-list"><Bone class="long" /><Bone class="short" /><Bone class="short" /></div>
            </div>
            <div class="offers">
                <Bone class="heading" />
                <ul class="offers-list">{(0..4).map(|_| row()).collect_view()}</ul>
            </div>
        </div>
    }
    .into_any()
}
