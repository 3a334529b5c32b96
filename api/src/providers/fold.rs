//! Text without case and diacritics, so that what people type meets what is stored.

/// Lower case, Latin diacritics dropped, Cyrillic and Greek letters in Latin ones; other scripts stay. Apostrophes
/// go, and whatever else is neither letter nor digit becomes one space between words.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match latin(c) {
            Some(plain) => folded.push_str(plain),
            None if c.is_alphanumeric() => folded.push(c),
            None if is_silent(c) => {}
            None if folded.ends_with(' ') || folded.is_empty() => {}
            None => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Apostrophes, and diacritics that stand as characters of their own.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '\u{300}'..='\u{36f}')
}

/// The plain Latin spelling of a lower-case letter that has one.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ'
        | 'ậ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' | 'α' | 'ά' | 'а' => "a",
        'æ' => "ae",
        'β' | 'в' => "v",
        'б' => "b",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' | 'δ' | 'д' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ'
        | 'ệ' | 'ε' | 'έ' | 'е' | 'э' => "e",
        'ё' => "yo",
        'є' => "ye",
        'φ' | 'ф' => "f",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'γ' | 'г' | 'ґ' => "g",
        'ĥ' | 'ħ' => "h",
        'х' => "kh",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' | 'η' | 'ή' | 'ι' | 'ί' | 'ϊ'
        | 'ΐ' | 'и' | 'і' => "i",
        'ї' => "yi",
        'ĵ' | 'ј' => "j",
        'ķ' | 'κ' | 'к' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' | 'λ' | 'л' => "l",
        'љ' => "lj",
        'μ' | 'м' => "m",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ν' | 'н' => "n",
        'њ' => "nj",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ' | 'ỗ'
        | 'ộ' | 'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' | 'ο' | 'ό' | 'ω' | 'ώ' | 'о' => "o",
        'œ' => "oe",
        'π' | 'п' => "p",
        'ψ' => "ps",
        'ŕ' | 'ŗ' | 'ř' | 'ρ' | 'р' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'σ' | 'ς' | 'с' => "s",
        'ß' => "ss",
        'ш' => "sh",
        'щ' => "shch",
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'τ' | 'т' => "t",
        'θ' | 'þ' => "th",
        'ц' => "ts",
        'ч' => "ch",
        'џ' => "dz",
        'ћ' => "c",
        'ђ' => "dj",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ử'
        | 'ữ' | 'ự' | 'у' | 'ў' => "u",
        'ŵ' => "w",
        'χ' => "ch",
        'ξ' => "x",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' | 'υ' | 'ύ' | 'ϋ' | 'ΰ' | 'й' | 'ы' => "y",
        'ź' | 'ż' | 'ž' | 'ζ' | 'з' => "z",
        'ж' => "zh",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_and_diacritics_do_not_matter() {
        for (text, folded) in [
            ("München", "munchen"),
            ("ŁÓDŹ", "lodz"),
            ("İzmir", "izmir"),
            ("u\u{308}ber  St. John’s", "uber st johns"),
            ("Москва", "moskva"),
            ("Αθήνα", "athina"),
            ("Đà Nẵng", "da nang"),
            ("東京", "東京"),
            ("--", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }
}
