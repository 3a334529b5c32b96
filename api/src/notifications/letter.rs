//! A letter: what is said, and how it looks as text and as HTML.

use super::messages;
use std::fmt::Write;

/// What a mail says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) heading: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) button: Option<Link>,
    /// Said small, below the button.
    pub(super) note: String,
}

/// A fact with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) link: Option<Link>,
}

/// Something to click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) label: String,
    pub(super) url: String,
}

impl Letter {
    /// As plain text.
    pub(super) fn text(&self, base_url: &str) -> String {
        let mut text = format!("{}\n", self.heading);
        for paragraph in &self.paragraphs {
            let _ = write!(text, "\n{paragraph}\n");
        }
        if !self.rows.is_empty() {
            text.push('\n');
        }
        for row in &self.rows {
            let _ = writeln!(text, "{}: {}", row.label, row.value.replace('\n', "\n  "));
            if let Some(link) = &row.link {
                let _ = writeln!(text, "  {}: {}", link.label, link.url);
            }
        }
        if let Some(button) = &self.button {
            let _ = write!(text, "\n{}:\n{}\n", button.label, button.url);
        }
        if !self.note.is_empty() {
            let _ = write!(text, "\n{}\n", self.note);
        }
        let _ = write!(text, "\n-- \n{}\n", messages::footer(base_url));
        text
    }

    /// As a page of HTML. Mail programs know little CSS, so it is tables and inline styles.
    pub(super) fn html(&self, base_url: &str) -> String {
        let mut body = format!("<h1 style=\"{HEADING}\">{}</h1>", escape(&self.heading));
        for paragraph in &self.paragraphs {
            let _ = write!(body, "<p style=\"{PARAGRAPH}\">{}</p>", lines(paragraph));
        }
        if !self.rows.is_empty() {
            let _ = write!(body, "<table role=\"presentation\" cellspacing=\"0\" style=\"{TABLE}\">");
            for row in &self.rows {
                let link = row.link.as_ref().map_or_else(String::new, |link| {
                    format!(
                        "<br><a href=\"{}\" style=\"{LINK}\">{}</a>",
                        escape(&link.url),
                        escape(&link.label)
                    )
                });
                let (label, value) = (escape(&row.label), lines(&row.value));
                let _ = write!(
                    body,
                    "<tr><td style=\"{LABEL}\">{label}</td><td style=\"{VALUE}\">{value}{link}</td></tr>"
                );
            }
            body.push_str("</table>");
        }
        if let Some(button) = &self.button {
            let (url, label) = (escape(&button.url), escape(&button.label));
            let _ =
                write!(body, "<p style=\"{PARAGRAPH}\"><a href=\"{url}\" style=\"{BUTTON}\">{label}</a></p>");
        }
        if !self.note.is_empty() {
            let _ = write!(body, "<p style=\"{SMALL}\">{}</p>", lines(&self.note));
        }
        let (subject, footer) = (escape(&self.subject), escape(&messages::footer(base_url)));
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{subject}</title></head>\
             <body style=\"{PAGE}\"><table role=\"presentation\" width=\"100%\" cellspacing=\"0\"><tr>\
             <td align=\"center\" style=\"padding:24px 12px\"><table role=\"presentation\" cellspacing=\"0\" \
             style=\"{CARD}\"><tr><td style=\"padding:28px\">{body}</td></tr></table>\
             <p style=\"{SMALL};padding:16px 0\">{footer}</p></td></tr></table></body></html>\n"
        )
    }
}

impl Row {
    /// A fact in words.
    pub(super) fn new(label: &str, value: impl Into<String>) -> Self {
        Self { label: label.to_owned(), value: value.into(), link: None }
    }

    /// Adds something to click.
    pub(super) fn link(mut self, label: &str, url: impl Into<String>) -> Self {
        self.link = Some(Link::new(label, url));
        self
    }
}

impl Link {
    /// A link with its words.
    pub(super) fn new(label: &str, url: impl Into<String>) -> Self {
        Self { label: label.to_owned(), url: url.into() }
    }
}

const PAGE: &str = "margin:0;background:#f8f7f4;color:#23262d;font:16px/1.5 system-ui,-apple-system,'Segoe UI',\
    Roboto,sans-serif";
const CARD: &str = "width:100%;max-width:560px;background:#ffffff;border:1px solid #e6e3dc;border-radius:14px;\
    text-align:left";
const HEADING: &str = "margin:0 0 16px;font-size:22px;line-height:1.25;letter-spacing:-0.02em";
const PARAGRAPH: &str = "margin:0 0 16px";
const TABLE: &str = "width:100%;margin:0 0 20px;border-top:1px solid #e6e3dc";
const LABEL: &str = "padding:10px 16px 10px 0;border-bottom:1px solid #e6e3dc;color:#60646c;vertical-align:top;\
    white-space:nowrap";
const VALUE: &str = "padding:10px 0;border-bottom:1px solid #e6e3dc;vertical-align:top;width:100%;\
    overflow-wrap:anywhere";
const LINK: &str = "color:#0b6e4f";
const BUTTON: &str = "display:inline-block;padding:12px 20px;border-radius:8px;background:#0b6e4f;color:#ffffff;\
    font-weight:600;text-decoration:none";
const SMALL: &str = "margin:0;color:#60646c;font-size:14px";

/// Text as HTML text or as the value of an attribute.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn lines(text: &str) -> String {
    escape(text).replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_stays_text() {
        let typed = "<script>alert('1')</script> & \"x\"";
        let letter = Letter {
            subject: typed.to_owned(),
            heading: typed.to_owned(),
            paragraphs: vec![typed.to_owned()],
            rows: vec![Row::new("Note", typed).link("Go", "https://example.org/?a=\"&b='")],
            button: Some(Link::new(typed, "https://example.org/#\"")),
            note: typed.to_owned(),
        };
        let html = letter.html("https://example.org");
        assert!(!html.contains("<script") && html.contains("&lt;script&gt;"));
        assert!(html.contains("href=\"https://example.org/?a=&quot;&amp;b=&#39;\""));
        assert!(letter.text("https://example.org").contains(typed));
    }
}
