use leptos::prelude::*;

/// One value of a chart.
#[derive(Clone, PartialEq)]
pub struct Point {
    /// What it belongs to, such as a week.
    pub label: String,
    /// How much.
    pub value: u32,
}

impl Point {
    /// A value and what it belongs to.
    pub fn new(label: impl Into<String>, value: u32) -> Self {
        Self { label: label.into(), value }
    }
}

/// How a chart is drawn.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// Amounts side by side.
    #[default]
    Bars,
    /// A course over time.
    Line,
}

const HEIGHT: f64 = 100.0;
const STEP: f64 = 40.0;

/// A few values as a picture. Screen readers get them as a table; the picture is hidden from them.
#[component]
pub fn Chart(
    #[prop(into)] title: String,
    /// What is seen at a glance, in a sentence.
    #[prop(optional, into)]
    summary: String,
    points: Vec<Point>,
    #[prop(optional)] shape: Shape,
) -> impl IntoView {
    let top = points.iter().map(|point| point.value).max().unwrap_or(0).max(1);
    let width = STEP * points.len().max(1) as f64;
    let height_of = |value: u32| f64::from(value) / f64::from(top) * (HEIGHT - 4.0);
    let middle = |index: usize| STEP * (index as f64 + 0.5);
    let drawn = match shape {
        Shape::Bars => points
            .iter()
            .enumerate()
            .map(|(index, point)| {
                let height = height_of(point.value).max(1.0);
                let (x, y) = (middle(index) - STEP * 0.3, HEIGHT - height);
                view! { <rect class="bar" x=x.to_string() y=y.to_string() width=(STEP * 0.6).to_string() height=height.to_string() /> }
            })
            .collect_view()
            .into_any(),
        Shape::Line => {
            let line: Vec<String> = points
                .iter()
                .enumerate()
                .map(|(index, point)| format!("{},{}", middle(index), HEIGHT - 2.0 - height_of(point.value)))
                .collect();
            view! { <polyline class="course" points=line.join(" ") /> }.into_any()
        }
    };
    let labels = points
        .iter()
        .map(|point| view! { <span><b>{point.value}</b>{point.label.clone()}</span> })
        .collect_view();
    let rows = points
        .iter()
        .map(|point| view! { <tr><th scope="row">{point.label.clone()}</th><td>{point.value}</td></tr> })
        .collect_view();
    let caption = title.clone();
    view! {
        <figure class="chart">
            <figcaption><b>{title}</b>{(!summary.is_empty()).then(|| view! { <span class="muted">{summary}</span> })}</figcaption>
            <svg viewBox=format!("0 0 {width} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true" focusable="false">{drawn}</svg>
            <div class="chart-labels" aria-hidden="true">{labels}</div>
            <table class="hidden"><caption>{caption}</caption><tbody>{rows}</tbody></table>
        </figure>
    }
    .into_any()
}
