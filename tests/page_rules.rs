//! Rules of the page that no compiler holds: what the security policy would refuse without a sound, and that the policy
//! given to hosts is the one that is tested.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

#[test]
fn no_view_writes_a_style_attribute_or_raw_markup() {
    // The policy drops `style="…"` silently; `style:width=…` goes through the CSSOM and works.
    let refused = [
        " style=\"",
        " style=format",
        " style=move",
        "inner_html",
        "set_inner_html",
        "insert_adjacent_html",
    ];
    let mut complaints = Vec::new();
    let mut n_files = 0;
    each_file("src/app".as_ref(), "rs", &mut |path, text| {
        n_files += 1;
        for (number, line) in (1..).zip(text.lines()) {
            for found in refused.iter().filter(|r| line.contains(*r)) {
                complaints.push(format!("{}:{number}: {found}", path.display()));
            }
        }
    });
    assert!(n_files > 0);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn hosts_are_given_the_policy_that_is_tested() {
    let policy = policy_of_the_page();
    assert!(policy.contains("require-trusted-types-for 'script'"));
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    let nginx = read("deploy/nginx.conf");
    let sent: Vec<&str> = nginx
        .lines()
        .filter(|l| l.contains("Content-Security-Policy"))
        .collect();
    assert!(!sent.is_empty());
    for line in sent {
        assert!(
            line.contains(&format!("\"{policy}\"")),
            "deploy/nginx.conf sends another policy: {line}"
        );
    }
}

#[test]
fn style_sheets_ask_for_nothing_from_elsewhere() {
    each_file("style".as_ref(), "css", &mut |path, text| {
        assert!(
            !text.contains("@import"),
            "{}: sheets are joined by name",
            path.display()
        );
        assert!(
            !text.contains("http:") && !text.contains("https:"),
            "{}",
            path.display()
        );
    });
}

#[test]
fn the_dark_theme_is_the_same_by_the_system_and_by_choice() {
    let sheet = read("style/tokens.css");
    let values = |selector: &str| -> Vec<String> {
        let from = sheet.find(selector).expect("the theme's rule") + selector.len();
        let block = &sheet[from..from + sheet[from..].find('}').expect("its end")];
        let lines = block
            .lines()
            .map(str::trim)
            .filter(|line| line.ends_with(';'));
        lines.map(str::to_owned).collect()
    };
    let by_system = values(":root:not([data-theme=\"light\"]) {");
    let by_choice = values(":root[data-theme=\"dark\"] {");
    assert!(by_system.len() > 40, "{by_system:?}");
    assert_eq!(by_system, by_choice);
}

fn policy_of_the_page() -> String {
    let page = read("index.html");
    let (_, rest) = page
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .unwrap();
    rest.split_once('"').unwrap().0.to_string()
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn each_file(folder: &Path, ending: &str, see: &mut dyn FnMut(&Path, &str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            each_file(&path, ending, see);
        } else if path.extension().is_some_and(|e| e == ending) {
            see(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
