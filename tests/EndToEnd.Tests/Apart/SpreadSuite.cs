using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Roles;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Apart;

/// <summary>A suite of four processes, each with other services, whose callers need keys; and one warning of it.</summary>
public sealed class SpreadSuite : IAsyncLifetime
{
    public const string Recipient = "recipients/focal-point-ken";

    private static readonly string[] s_services = ["indicators,risk", "scoring", "notification,escalation", "ledger,board"];
    private readonly TemporaryFolder _folder = new();

    /// <summary>Gets the suite.</summary>
    public ApartSuite Suite { get; private set; } = null!;

    /// <summary>Gets a key with every role, for the whole world.</summary>
    public Metadata Full { get; private set; } = [];

    /// <summary>Gets a key of a focal point of Kenya.</summary>
    public Metadata Bound { get; private set; } = [];

    /// <summary>Gets the case that the warning has led to.</summary>
    public Case Case { get; private set; } = new();

    /// <summary>Gets a channel to each process: what it runs itself, it answers itself.</summary>
    public IReadOnlyList<GrpcChannel> Channels => [.. Suite.Processes.Select(process => process.Channel)];

    public async ValueTask InitializeAsync()
    {
        KeyFile keys = new(_folder.In("keys.json"), TimeProvider.System);
        var (_, full) = await keys.AddAsync("full", [.. Roles().Select(role => new Grant(role, [], "", []))], null, CancellationToken.None);
        var (_, bound) = await keys.AddAsync(
            "focal",
            [new Grant(AccessRole.FocalPoint, ["KEN"], "", [Recipient])],
            null,
            CancellationToken.None
        );
        (Full, Bound) = (With(full), With(bound));
        var directory = _folder.Write(
            "people.yaml",
            """
            recipients:
              - { id: desk, name: Watch desk, role: operator, channels: [inbox] }
              - { id: focal-point-ken, name: Focal point, role: focal-point, countries: [KEN], channels: [inbox] }
            """
        );
        Suite = await ApartSuite.StartAsync(s_services, "--keys", _folder.In("keys.json"), "--directory", directory);

        // Each call goes to a process that does not run what it asks for, but for the last.
        await Definitions.DefineOneAsync(Channels[3], Full);
        await new ObservationService.ObservationServiceClient(Channels[2]).RecordObservationAsync(
            new() { Observation = Definitions.Attacks("KEN", 88, "apart-1") },
            Full
        );
        await Eventually.HoldsAsync(
            async () =>
            {
                Case = (
                    await new CaseService.CaseServiceClient(Channels[1]).ListCasesAsync(new() { Countries = { "KEN" } }, Full)
                ).Cases.FirstOrDefault() ?? Case;
                return Case.Entries.Any(entry => entry.Kind == CaseEntry.Types.Kind.Told);
            },
            "a case is open and records who was told",
            seen: () => $"{Case}\n{Suite.Output}"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await (Suite?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    private static Metadata With(string key) => new() { { "authorization", $"Bearer {key}" } };

    private static IEnumerable<AccessRole> Roles() => Enum.GetValues<AccessRole>().Where(role => role != AccessRole.Unspecified);
}
