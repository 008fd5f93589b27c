//! Lines of comma-separated values. Knows what a field must not do to a spreadsheet; not what any column is.

/// As many fields as the head has; those that are missing are empty.
pub fn push_line(text: &mut String, head: &str, fields: &[String]) {
    for place in 0..head.split(',').count() {
        if place > 0 {
            text.push(',');
        }
        push_field(text, fields.get(place).map_or("", String::as_str));
    }
    text.push_str("\r\n");
}

/// Names come from whoever named the server: one that a spreadsheet would run as a formula gets an apostrophe.
fn push_field(text: &mut String, field: &str) {
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let needs_quotes = field.contains([',', '"', '\r', '\n']) || is_formula;
    if !needs_quotes {
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
