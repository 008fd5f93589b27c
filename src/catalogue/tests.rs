//! Holds the catalogue to the names that the sources list, one by one.

use super::*;

/// The 32 names of IBM's two pages and the login, written out by hand from `events.md` §2.
const AUDIT_LOG: [&str; 33] = [
    "audit-log.vsi.provision",
    "audit-log.vsi.power-on",
    "audit-log.vsi.power-off",
    "audit-log.vsi.soft-power-off",
    "audit-log.vsi.force-power-off",
    "audit-log.vsi.reboot",
    "audit-log.vsi.soft-reboot",
    "audit-log.vsi.hard-reboot",
    "audit-log.vsi.pause",
    "audit-log.vsi.rescue",
    "audit-log.vsi.reload",
    "audit-log.vsi.boot",
    "audit-log.vsi.rename",
    "audit-log.vsi-port.disable",
    "audit-log.vsi-port.enable",
    "audit-log.vsi-port-speed.update",
    "audit-log.vsi-security-group.add",
    "audit-log.vsi-security-group.remove",
    "audit-log.vsi-image-template.create",
    "audit-log.vsi.reclaim",
    "audit-log.bare-metal.provision",
    "audit-log.bare-metal.power-on",
    "audit-log.bare-metal.power-off",
    "audit-log.bare-metal.reboot",
    "audit-log.bare-metal.soft-reboot",
    "audit-log.bare-metal.hard-reboot",
    "audit-log.bare-metal.rescue",
    "audit-log.bare-metal.reload",
    "audit-log.bare-metal.rename",
    "audit-log.bare-metal-port.disable",
    "audit-log.bare-metal-port.enable",
    "audit-log.bare-metal-port-speed.update",
    "audit-log.user.login",
];

/// `events.md` §2, and the restart of an instance, which `rules.md` names among the acts of "the server itself".
const VPC: [&str; 21] = [
    "is.instance.instance.create",
    "is.instance.instance.delete",
    "is.instance.instance.update",
    "is.instance.instance.start",
    "is.instance.instance.stop",
    "is.instance.instance.restart",
    "is.instance.action.create",
    "is.instance.action.delete",
    "is.instance.action.*",
    "is.instance.network-interface.*",
    "is.instance.volume-attachment.*",
    "is.bare-metal-server.bare-metal-server.create",
    "is.bare-metal-server.bare-metal-server.delete",
    "is.bare-metal-server.bare-metal-server.update",
    "is.bare-metal-server.bare-metal-server.start",
    "is.bare-metal-server.bare-metal-server.stop",
    "is.bare-metal-server.bare-metal-server.restart",
    "is.bare-metal-server.initialization.update",
    "is.volume.volume.create",
    "is.volume.volume.update",
    "is.volume.volume.delete",
];

#[test]
fn the_tables_have_no_broken_row() {
    let (acts, broken) = table::read_actions(table::ACTIONS);
    assert_eq!(broken, Vec::<String>::new());
    assert_eq!(acts.len(), AUDIT_LOG.len() + VPC.len());
    let (classic, broken) = table::read_classic(table::CLASSIC);
    assert_eq!(broken, Vec::<String>::new());
    assert!(classic.len() > 10);
}

#[test]
fn a_broken_row_is_named_by_its_line() {
    let text = "columns\na\tA\tb\tc\tpower\tvsi\titself\texplodes\tyes\nshort\n";
    let (acts, broken) = table::read_actions(text);
    assert!(acts.is_empty());
    assert_eq!(
        broken,
        ["line 2: effect explodes", "line 3: 1 columns, expected 9"]
    );
}

#[test]
fn the_catalogue_has_exactly_the_actions_of_the_pages() {
    let catalogue = Catalogue::standard();
    let mut held: Vec<&str> = catalogue.acts().iter().map(|act| &*act.name).collect();
    let mut wanted: Vec<&str> = AUDIT_LOG.into_iter().chain(VPC).collect();
    held.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(held, wanted);
}

#[test]
fn twenty_actions_are_of_virtual_servers_and_twelve_of_bare_metal() {
    let catalogue = Catalogue::standard();
    let count = |kind| {
        let of_kind = |name: &&&str| catalogue.act(name).is_some_and(|act| act.kind == kind);
        AUDIT_LOG.iter().filter(of_kind).count()
    };
    assert_eq!((count(Kind::Vsi), count(Kind::BareMetal)), (20, 12));
}

#[test]
fn each_action_has_the_category_and_effect_of_the_page() {
    let catalogue = Catalogue::standard();
    let rows = [
        (".provision", "create", "live on"),
        (".power-on", "power", "on"),
        (".power-off", "power", "off"),
        (".soft-power-off", "power", "off"),
        (".force-power-off", "power", "off"),
        (".reboot", "power", "on"),
        (".soft-reboot", "power", "on"),
        (".hard-reboot", "power", "on"),
        (".pause", "power", "suspended"),
        (".rescue", "system", "rescue"),
        (".reload", "system", "on image"),
        (".boot", "system", "on image"),
        (".rename", "change", "name"),
        ("-port.disable", "network", "port-disabled"),
        ("-port.enable", "network", "port-enabled"),
        ("-port-speed.update", "network", "port-speed"),
        ("-security-group.add", "network", "group-member"),
        ("-security-group.remove", "network", "group-not-member"),
        ("-image-template.create", "system", "-"),
        (".reclaim", "delete", "ended"),
    ];
    let mut checked = 0;
    for kind in [Kind::Vsi, Kind::BareMetal] {
        for (suffix, category, effect) in rows {
            let Some(act) = catalogue.act(&format!("audit-log.{}{suffix}", kind.name())) else {
                continue;
            };
            checked += 1;
            assert_eq!(act.kind, kind, "{}", act.name);
            assert_eq!(act.category.name(), category, "{}", act.name);
            assert_eq!(Ok(act.effect), Effect::parse(effect), "{}", act.name);
            assert_eq!(act.is_sub_object, suffix.starts_with('-'), "{}", act.name);
            assert_eq!(act.proves_life, suffix != ".reclaim", "{}", act.name);
        }
    }
    assert_eq!(checked, 32);
}

#[test]
fn vpc_actions_have_the_effects_of_the_rules() {
    let catalogue = Catalogue::standard();
    for (action, kind, effect) in [
        (
            "is.instance.instance.create",
            Kind::Instance,
            "live power-unknown",
        ),
        ("is.instance.instance.delete", Kind::Instance, "ended"),
        ("is.instance.instance.update", Kind::Instance, "-"),
        ("is.instance.instance.start", Kind::Instance, "on"),
        ("is.instance.instance.stop", Kind::Instance, "off"),
        ("is.instance.action.create", Kind::Instance, "-"),
        ("is.instance.network-interface.create", Kind::Instance, "-"),
        ("is.instance.volume-attachment.delete", Kind::Instance, "-"),
        (
            "is.bare-metal-server.bare-metal-server.restart",
            Kind::BareMetalServer,
            "on",
        ),
        (
            "is.bare-metal-server.initialization.update",
            Kind::BareMetalServer,
            "image",
        ),
        ("is.volume.volume.create", Kind::Volume, "live"),
        ("is.volume.volume.delete", Kind::Volume, "ended"),
    ] {
        let act = catalogue.act(action).expect(action);
        assert_eq!(
            (act.kind, Ok(act.effect)),
            (kind, Effect::parse(effect)),
            "{action}"
        );
    }
}

#[test]
fn every_row_with_a_name_of_its_own_has_words() {
    for act in Catalogue::standard().acts() {
        let is_pattern = act.name.ends_with('*');
        assert_eq!(act.label.is_empty(), is_pattern, "{}", act.name);
        assert_eq!(act.asked.is_empty(), is_pattern, "{}", act.name);
        assert_eq!(act.done.is_empty(), is_pattern, "{}", act.name);
    }
}

#[test]
fn a_pattern_takes_any_verb_of_its_object_and_nothing_deeper() {
    let catalogue = Catalogue::standard();
    let kind = |action| catalogue.act(action).map(|act| act.kind);
    assert_eq!(
        kind("is.instance.network-interface.update"),
        Some(Kind::Instance)
    );
    assert_eq!(kind("is.instance.network-interface."), None);
    assert_eq!(
        kind("is.instance.network-interface.floating-ip.create"),
        None
    );
    assert_eq!(
        catalogue.label("is.instance.network-interface.update"),
        "Network interface update"
    );
}

#[test]
fn an_action_without_a_row_has_words_and_a_category_and_no_effect() {
    let catalogue = Catalogue::standard();
    assert!(catalogue.act("kms.secrets.rotate").is_none());
    assert_eq!(catalogue.label("kms.secrets.rotate"), "Secrets rotate");
    assert_eq!(catalogue.category("kms.secrets.list"), Category::Read);
    assert_eq!(
        catalogue.category("create/role_assignment"),
        Category::Create
    );
    assert_eq!(catalogue.category("audit-log.vsi.pause"), Category::Power);
    assert_eq!(catalogue.category("Disable Port"), Category::Network);
}

#[test]
fn the_classic_log_s_names_map_to_the_kind_s_own_acts() {
    let catalogue = Catalogue::standard();
    let name = |object, event| catalogue.classic(object, event).map(|act| &*act.name);
    assert_eq!(name("CCI", "Power Off"), Some("audit-log.vsi.power-off"));
    assert_eq!(
        name("Server", "Reboot"),
        Some("audit-log.bare-metal.reboot")
    );
    assert_eq!(
        name("CCI", "Disable Port"),
        Some("audit-log.vsi-port.disable")
    );
    assert_eq!(name("Server", "Security Group Added"), None);
    assert_eq!(name("CCI", "Security Group Rule Added"), None);
    assert_eq!(name("Security Group", "Power Off"), None);
    assert_eq!(classic_kind("Security Group"), Kind::Other);
}

#[test]
fn a_planted_effect_changes_one_action_only() {
    let planted = Catalogue::standard().with_effect(
        "audit-log.vsi.power-off",
        Effect::parse("on").expect("an effect"),
    );
    let power = |action| planted.act(action).and_then(|act| act.effect.power);
    assert_eq!(power("audit-log.vsi.power-off"), Some(Power::On));
    assert_eq!(power("audit-log.bare-metal.power-off"), Some(Power::Off));
}
