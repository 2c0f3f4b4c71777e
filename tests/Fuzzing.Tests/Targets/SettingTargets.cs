using System.Net;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Names;
using EarlyWarning.Fuzzing.Tests.Running;
using EarlyWarning.Host.Options;
using EarlyWarning.Notification.Directory;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Faults;
using EarlyWarning.Yaml;
using Microsoft.AspNetCore.Http;
using static EarlyWarning.Fuzzing.Tests.Running.BrokenPromiseException;

namespace EarlyWarning.Fuzzing.Tests.Targets;

/// <summary>Files of the data folder and of Dapr, settings, and the names by which the suite is called.</summary>
internal static class SettingTargets
{
    private const string Keys = """
        [{"id": "abc123", "name": "desk", "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "made": "2026-01-01T00:00:00Z", "expires": "2026-06-01T00:00:00Z", "roles": [{"role": "focal-point", "countries": ["KEN"], "organisation": "EAC", "recipients": ["recipients/focal-point-ken"]}]}]
        """;

    private const string Mark = """
        {"Identity":"i","Epoch":"AB12CD34","NextEpoch":"","Exercise":false,"Owner":"o","Beat":7,"Place":{"Path":"/d","Number":5,"Machine":"m"},"Server":"","Exact":true,"Process":"p"}
        """;

    private static readonly ServedNames s_names = new([IPAddress.Loopback], ["ew.example"], ["https://desk.example"]);

    public static IReadOnlyList<Target> All { get; } =
    [
        new(
            "keys-file",
            [
                "id",
                "name",
                "sha256",
                "made",
                "expires",
                "suite",
                "roles",
                "role",
                "countries",
                "organisation",
                "recipients",
                "operator",
                "focal-point",
            ],
            exception => exception is InvalidDataException,
            input =>
            {
                Unless(
                    new KeyFile("keys.json", TimeProvider.System)
                        .Parse(input.ToArray())
                        .All(key => key is { Id.Length: > 0, Name.Length: > 0, Sha256.Length: 64, Roles.Count: > 0 }),
                    "a key has an id, a name, a hash and a role"
                );
            }
        )
        {
            Seeds = Texts.Seeds(Keys, "[]", "null"),
        },
        new(
            "key-uses",
            ["since", "used"],
            static _ => false,
            input =>
            {
                KeyUses uses = new(Texts.File("key-uses", "keys.used.json", input), DateTimeOffset.UnixEpoch);
                uses.Load();
                uses.Write(["abc123"]);
            }
        )
        {
            Seeds = Texts.Seeds("""{"since": "2026-01-01T00:00:00Z", "used": {"abc123": "2026-01-02T00:00:00Z"}}"""),
        },
        new(
            "store-mark",
            ["Identity", "Epoch", "NextEpoch", "Owner", "Place", "Path", "Server", "Process"],
            exception => exception is StoreStartException,
            input =>
            {
                Texts.File("store-mark", StoreMark.FileName, input);
                Unless(
                    StoreMark.Read(Texts.Folder("store-mark"))
                        is {
                            Identity: not null,
                            Epoch: not null,
                            NextEpoch: not null,
                            Owner: not null,
                            Server: not null,
                            Process: not null,
                            Place: { Path: not null, Machine: not null }
                        },
                    "a mark that is there says all"
                );
            }
        )
        {
            Seeds = Texts.Seeds(Mark),
        },
        new(
            "dapr-manifest",
            [
                "apiVersion",
                "kind",
                "Component",
                "Resiliency",
                "metadata",
                "name",
                "spec",
                "type",
                "pubsub.redis",
                "value",
                "scopes",
                "policies",
                "timeouts",
                "retries",
                "targets",
                "components",
                "inbound",
                "timeout",
                "retry",
                "policy",
                "exponential",
                "duration",
                "maxRetries",
                "processingTimeout",
                "concurrency",
            ],
            exception => exception is DaprConfigurationException or FaultyFileException,
            input =>
            {
                Texts.File("dapr-manifest", "one.yaml", input);
                _ = DaprFolder.Load(Texts.Folder("dapr-manifest")).Policy("pubsub", "risk");
            }
        ),
        new(
            "go-duration",
            ["h", "m", "s", "ms", "us", "\u00B5s", "ns"],
            static _ => false,
            input => Unless(GoDuration.Parse(Texts.Of(input)) is not { Ticks: < 0 }, "a duration is not negative")
        )
        {
            Seeds = Texts.Seeds("500ms", "1m30s", "1500", "1.5h"),
        },
        new(
            "served-name",
            ["localhost", "127.0.0.1", "[::1]", "ew.example", "https://", "http://", "desk.example", ":5050", "null", "xn--"],
            static _ => false,
            input =>
            {
                var parts = Texts.Parts(input, 2);
                HostString host = new(parts[0]);
                if (s_names.Serves(host))
                {
                    _ = s_names.Takes(parts[1], host);
                }
            }
        )
        {
            Seeds = Texts.Seeds("localhost:5050\nhttp://localhost:5050", "ew.example.\nhttps://desk.example", "[::1]:5\nnull"),
        },
        new(
            "served-option",
            ["https://", "http://", ":443", "*", "xn--", "[::1]", "@"],
            static _ => false,
            input =>
            {
                var given = Texts.Of(input);
                Unless(ServedName.Host("--host", given) is { Text.Length: > 0 } or { Fault.Length: > 0 }, "it is a name or has a fault");
                _ = ServedName.Origin("--origin", given);
            }
        )
        {
            Seeds = Texts.Seeds("ew.example.org", "https://desk.example.org:8443", "[2001:db8::1]"),
        },
        new("webhook-secret", ["whsec_", "="], static _ => false, input => _ = WebhookSecret.TryParse(Texts.Of(input), out _))
        {
            Seeds = Texts.Seeds("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a secret of this size"),
        },
    ];
}
