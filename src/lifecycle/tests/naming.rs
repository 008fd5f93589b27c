//! `rules.md`, Name.

use super::picture::life;

#[test]
fn a_name_in_a_target_is_seen_whatever_the_outcome() {
    let life =
        life("10:00 power-off failure name=web-7 by=jane | 11:00 power-on pending name=web-7");
    assert_eq!(
        life.track("name"),
        "unknown -..10:00~ | web-7 10:00.. seen a"
    );
}

#[test]
fn what_is_no_name_is_not_seen() {
    let life = life("10:00 power-off ok name=- | 11:00 power-on ok name=*");
    assert_eq!(life.track("name"), "absent");
}

#[test]
fn a_born_server_s_name_is_seen_from_its_birth_and_unknown_before_it_is_seen() {
    assert_eq!(
        life("10:00 provision ok name=web-7").track("name"),
        "web-7 10:00.. seen a"
    );
    let late = life("10:00 provision ok by=jane | 11:00 reboot ok name=web-7");
    assert_eq!(
        late.track("name"),
        "unknown 10:00..11:00~ set a jane | web-7 11:00.. seen b"
    );
}

#[test]
fn a_rename_sets_its_own_target_s_name_where_it_differs_from_the_known_one() {
    let life = life("10:00 provision ok name=web-7 | 11:00 rename ok name=web-8 new=web-9 by=jane");
    assert_eq!(
        life.track("name"),
        "web-7 10:00..11:00 seen a | web-8 11:00.. set b jane"
    );
}

#[test]
fn a_rename_whose_target_has_the_old_name_sets_the_listed_one() {
    let life = life("10:00 provision ok name=web-7 | 11:00 rename ok name=web-7 new=web-8 by=jane");
    assert_eq!(
        life.track("name"),
        "web-7 10:00..11:00 seen a | web-8 11:00.. set b jane"
    );
}

#[test]
fn a_rename_without_a_known_earlier_name_takes_the_listed_one() {
    let life = life("11:00 rename ok name=web-7 new=web-8");
    assert_eq!(life.track("name"), "unknown -..11:00 | web-8 11:00.. set a");
}

#[test]
fn a_rename_that_says_nothing_takes_the_next_different_name_by_implication() {
    let life = life(
        "10:00 provision ok name=web-7 | 11:00 rename ok name=web-7 by=jane | 12:00 reboot failure name=web-8",
    );
    assert_eq!(
        life.track("name"),
        "web-7 10:00..11:00 seen a | web-8 11:00.. implied b jane"
    );
}

#[test]
fn the_next_name_counts_only_before_the_next_rename() {
    let life = life(
        "10:00 provision ok name=web-7 | 11:00 rename ok by=jane | 12:00 rename ok new=web-9 | 13:00 reboot ok name=web-9",
    );
    assert_eq!(
        life.track("name"),
        "web-7 10:00..11:00 seen a | unknown 11:00..12:00 set b jane | web-9 12:00.. set c"
    );
}

#[test]
fn a_rename_that_did_not_succeed_neither_shows_nor_ends_anything() {
    for outcome in ["failure", "pending", "unknown", "none"] {
        let life = life(&format!(
            "10:00 provision ok name=web-7 | 11:00 rename ok | 12:00 rename {outcome} name=web-x new=web-y \
             | 13:00 reboot ok name=web-8"
        ));
        assert_eq!(
            life.track("name"),
            "web-7 10:00..11:00 seen a | web-8 11:00.. implied b",
            "{outcome}"
        );
    }
}

#[test]
fn the_reclaim_still_shows_the_new_name_and_what_comes_after_it_does_not() {
    let shown =
        life("10:00 provision ok name=web-7 | 11:00 rename ok | 12:00 reclaim ok name=web-8");
    assert_eq!(
        shown.track("name"),
        "web-7 10:00..11:00 seen a | web-8 11:00.. implied b"
    );
    let reused = life(
        "10:00 provision ok name=web-7 | 11:00 rename ok | 12:00 reclaim ok | 13:00 provision ok name=db-1",
    );
    assert_eq!(
        reused.track("name"),
        "web-7 10:00..11:00 seen a | unknown 11:00..13:00~ set b | db-1 13:00.. seen d"
    );
}

#[test]
fn an_old_name_seen_after_a_rename_is_no_new_one() {
    let life = life("10:00 provision ok name=web-7 | 11:00 rename ok | 12:00 reboot ok name=web-7");
    assert_eq!(
        life.track("name"),
        "web-7 10:00..11:00 seen a | unknown 11:00..12:00~ set b | web-7 12:00.. seen c"
    );
}

#[test]
fn without_a_known_name_the_next_different_one_differs_from_the_rename_s_own() {
    let life = life(
        "11:00 rename ok name=web-7 | 12:00 reboot ok name=web-7 | 13:00 reboot ok name=web-8",
    );
    assert_eq!(
        life.track("name"),
        "unknown -..11:00 | web-8 11:00..12:00~ implied a | web-7 12:00..13:00~ seen b | web-8 13:00.. seen c"
    );
}

#[test]
fn a_classic_rename_is_implied() {
    let life = life("10:00 reboot ok name=web-7 | 11:00 rename classic new=web-8 by=jane");
    assert_eq!(
        life.track("name"),
        "unknown -..10:00~ | web-7 10:00..11:00 seen a | web-8 11:00.. implied b jane"
    );
}

#[test]
fn the_name_at_an_instant_is_none_where_it_is_unknown() {
    let life = life("10:00 provision ok name=web-7 | 11:00 rename ok");
    assert_eq!(
        (life.named_at("10:30"), life.named_at("11:30")),
        (Some("web-7"), None)
    );
    assert_eq!(life.history.name_now(), None);
}
