//! Lines of CSV as a spreadsheet may open them: a text that it would run as a formula gets an apostrophe, since names come
//! from whoever gave them.

pub fn push_line(text: &mut String, fields: &[&str]) {
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        push_field(text, field);
    }
    text.push_str("\r\n");
}

fn push_field(text: &mut String, field: &str) {
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !is_formula && !field.contains([',', '"', '\r', '\n']) {
        text.push_str(field);
        return;
    }
    text.push('"');
    if is_formula {
        text.push('\'');
    }
    text.push_str(&field.replace('"', "\"\""));
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_or_take_apart_is_kept_from_it() {
        let mut text = String::new();
        push_line(&mut text, &["web-7", "=1+1", "a, \"b\"", "-x", ""]);
        assert_eq!(text, "web-7,\"'=1+1\",\"a, \"\"b\"\"\",\"'-x\",\r\n");
    }
}
