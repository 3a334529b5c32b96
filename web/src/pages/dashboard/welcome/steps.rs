use super::Progress;
use crate::components::{StepState, StepView};
use crate::messages::welcome;
use crate::pages::dashboard::frame::Own;
use contract::providers::Provider;
use uuid::Uuid;

/// A step on the way to a published page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Profile,
    Service,
    Hours,
    Preview,
    Done,
}

impl Step {
    const ALL: [Step; 5] = [Step::Profile, Step::Service, Step::Hours, Step::Preview, Step::Done];

    fn code(self) -> &'static str {
        match self {
            Step::Profile => "profile",
            Step::Service => "service",
            Step::Hours => "hours",
            Step::Preview => "preview",
            Step::Done => "done",
        }
    }

    /// The step that an address names.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Its address.
    pub fn path(self, provider: Uuid) -> String {
        format!("/dashboard/{provider}/welcome/{}", self.code())
    }

    /// The first step that is not done.
    pub fn open(provider: &Provider, known: &Progress) -> Self {
        if provider.published {
            Step::Done
        } else if known.services.is_empty() {
            Step::Service
        } else if !known.has_hours() {
            Step::Hours
        } else {
            Step::Preview
        }
    }

    fn is_done(self, provider: &Provider, known: &Progress) -> bool {
        match self {
            Step::Profile => true,
            Step::Service => !known.services.is_empty(),
            Step::Hours => known.has_hours(),
            Step::Preview | Step::Done => provider.published,
        }
    }

    /// All of them, as they stand. Until there is a page, none but the first can be gone to.
    pub fn shown(now: Step, known: Option<(&Own, &Progress)>) -> Vec<StepView> {
        let text = welcome();
        Self::ALL
            .into_iter()
            .map(|step| {
                let done = known.is_some_and(|(own, known)| step.is_done(&own.provider, known));
                let published = known.is_some_and(|(own, _)| own.provider.published);
                let open = known.filter(|_| step != Step::Done || published);
                StepView {
                    name: match step {
                        Step::Profile => text.step_profile,
                        Step::Service => text.step_service,
                        Step::Hours => text.step_hours,
                        Step::Preview => text.step_preview,
                        Step::Done => text.step_done,
                    },
                    href: open.map(|(own, _)| step.path(own.provider.id)),
                    state: match (step == now, done) {
                        (true, true) if step == Step::Done => StepState::Reached,
                        (true, _) => StepState::Now,
                        (false, true) => StepState::Done,
                        (false, false) => StepState::Open,
                    },
                }
            })
            .collect()
    }
}
