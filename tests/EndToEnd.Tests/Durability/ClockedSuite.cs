using System.Net;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.Host.Composition;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>A suite in this process whose wall clock a test sets, while and before it runs, on a folder that it keeps.</summary>
internal sealed class ClockedSuite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IPEndPoint _http = new(IPAddress.Loopback, FreePort.Take());
    private readonly IPEndPoint _grpc = new(IPAddress.Loopback, FreePort.Take());
    private readonly string? _store;
    private SuiteHost? _host;

    private ClockedSuite(string? store)
    {
        _store = store;
        Channel = GrpcChannel.ForAddress($"http://{_grpc}", new() { MaxReconnectBackoff = TimeSpan.FromSeconds(1) });
        _folder.Write("directory.yaml", "recipients:\n  - { id: desk, name: Watch desk, role: operator, channels: [inbox] }\n");
    }

    public MovedTime Machine { get; } = new(TimeProvider.System);

    public GrpcChannel Channel { get; }

    /// <summary>Starts one that watches one indicator.</summary>
    /// <param name="store">A PostgreSQL; <see langword="null"/> for SQLite.</param>
    public static async Task<ClockedSuite> StartAsync(string? store)
    {
        ClockedSuite suite = new(store);
        await suite.StartAsync();
        await Definitions.DefineOneAsync(suite.Channel);
        return suite;
    }

    /// <summary>Starts it where it has stopped, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        using CancellationTokenSource patience = new(Eventually.Patience);
        _host = await SuiteHost.StartAsync(new(false, _folder.Path, _http, _grpc, _store, null, null), Machine, patience.Token);
        await _host.ReadyAsync(patience.Token);
    }

    public async Task StopAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        _host = null;
    }

    /// <summary>What a partner whose clock is right reports now.</summary>
    /// <returns>What became of it.</returns>
    public async Task<Outcome> ReportAsync(string country, double value) =>
        (
            await new ObservationService.ObservationServiceClient(Channel).RecordObservationsAsync(
                new()
                {
                    Observations =
                    {
                        new Observation
                        {
                            Country = country,
                            Indicator = "one.attacks",
                            Value = value,
                            ObservedAt = (DateTimeOffset.UtcNow + Machine.Passed).ToTimestamp(),
                            Source = "end-to-end",
                        },
                    },
                }
            )
        ).Outcomes[0];

    /// <summary>The line of the status that says how the clocks stand.</summary>
    public async Task<StatusLine> ClockAsync() =>
        (await new ServerService.ServerServiceClient(Channel).GetStatusAsync(new())).Lines.First(line => line.Subject == "clock");

    /// <summary>The open case of a country, once somebody was told.</summary>
    public Task<Case?> ToldAsync(string country) =>
        Eventually.GetAsync(
            async () =>
                (
                    await new CaseService.CaseServiceClient(Channel).ListCasesAsync(new() { Countries = { country }, OpenOnly = true })
                ).Cases.FirstOrDefault(),
            one => one?.Entries.Any(entry => entry.Kind == CaseEntry.Types.Kind.Told) == true,
            $"a case of {country} of which somebody was told"
        );

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Channel.Dispose();
        _folder.Dispose();
    }
}
