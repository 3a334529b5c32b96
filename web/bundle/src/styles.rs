//! Style sheets, without what only their authors read.

/// Leaves out comments, indentation and empty lines; strings stay as they are.
pub fn shorten(sheet: &str) -> String {
    let mut plain = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(next) = rest.find(['"', '\'', '/']) {
        let (before, from) = rest.split_at(next);
        plain.push_str(before);
        let length = match from.strip_prefix("/*") {
            Some(comment) => {
                rest = comment.split_once("*/").map_or("", |(_, after)| after);
                continue;
            }
            None if from.starts_with('/') => 1,
            None => string_length(from),
        };
        plain.push_str(&from[..length]);
        rest = &from[length..];
    }
    plain.push_str(rest);
    plain.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// How far the string reaches that `text` begins with, both quotes included.
fn string_length(text: &str) -> usize {
    let quote = text.chars().next();
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if Some(c) == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn comments_and_indentation_go() {
        let sheet = "/* why */\na {\n    color: red; /* what\n    else */\n\n    grid-area: 1 / 2;\n}\n";
        assert_eq!(shorten(sheet), "a {\ncolor: red;\ngrid-area: 1 / 2;\n}\n");
    }

    #[test]
    fn strings_stay() {
        let sheet = "a::before { content: \"/* é \\\" */\"; } b { content: '\"'; }\n";
        assert_eq!(shorten(sheet), sheet);
    }
}
