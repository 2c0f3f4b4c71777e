using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Roles;
using EarlyWarning.EndToEnd.Tests.RealInput;
using EarlyWarning.Host.Composition;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>
/// A suite in this process whose machine's clocks a test sets, so that a night's hours pass at once: two steps of a ladder, a focal point
/// who can be told, one who cannot, and a country without any.
/// </summary>
public sealed class NightSuite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _keys = [];
    private readonly int _http = FreePort.Take();
    private readonly int _grpc = FreePort.Take();
    private readonly WebhookReceiver _receiver;
    private readonly MovedTime _machine;
    private SuiteHost _host = null!;

    private NightSuite(MovedTime machine, WebhookReceiver receiver)
    {
        (_machine, _receiver) = (machine, receiver);
        Channel = GrpcChannel.ForAddress(Grpc, new() { MaxReconnectBackoff = TimeSpan.FromSeconds(1) });
    }

    public GrpcChannel Channel { get; }

    public Uri Http => new($"http://127.0.0.1:{_http}");

    private Uri Grpc => new($"http://127.0.0.1:{_grpc}");

    /// <summary>Starts one in an empty folder, in which it defines what it watches.</summary>
    public static async Task<NightSuite> StartAsync()
    {
        NightSuite suite = new(new(TimeProvider.System), await WebhookReceiver.StartAsync());
        suite.ReachRwanda(false);
        suite._folder.Write(
            "directory.yaml",
            $$"""
            recipients:
              - { id: watch-desk, name: Watch desk, role: operator, channels: [inbox] }
              - { id: focal-point-ken, name: Focal point of Kenya, role: focal-point, countries: [KEN], channels: [inbox] }
              - id: focal-point-rwa
                name: Focal point of Rwanda
                role: focal-point
                countries: [RWA]
                channels:
                  - webhook:
                      url: {{suite._receiver.Address}}
                      secret: a-secret-of-at-least-32-characters!
              - { id: office, name: UN Office on Genocide Prevention, role: un-office, channels: [inbox] }
            """
        );
        suite._folder.Write(
            "ladder.yaml",
            """
            steps:
              - { name: National focal point, role: focal-point, acknowledge-within: 1h, decide-within: 24h }
              - { name: UN Office, role: un-office, acknowledge-within: 4h, decide-within: 24h }
            """
        );
        KeyFile file = new(suite._folder.In("keys.json"), TimeProvider.System);
        await suite.AddKeyAsync(file, "desk", AccessRole.Operator, AccessRole.Administrator, AccessRole.Partner);
        suite._keys["focal"] = (
            await file.AddAsync(
                "focal",
                [new Grant(AccessRole.FocalPoint, ["KEN"], "", ["recipients/focal-point-ken"])],
                null,
                CancellationToken.None
            )
        ).Key;
        await suite.OpenAsync(null);
        await NightFramework.DefineAsync(suite.Channel, suite.As("desk"));
        return suite;
    }

    /// <summary>Whether the focal point of Rwanda can be reached.</summary>
    public void ReachRwanda(bool reachable) =>
        _receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = reachable ? 200 : 503;
            return Task.CompletedTask;
        };

    /// <summary>Starts another one from a backup of this one, with its files and by the same clocks.</summary>
    public async Task<NightSuite> RestoreAsync(string backup)
    {
        NightSuite suite = new(_machine, await WebhookReceiver.StartAsync());
        foreach (var name in new[] { "directory.yaml", "ladder.yaml", "keys.json" })
        {
            File.Copy(_folder.In(name), suite._folder.In(name));
        }

        foreach (var (name, key) in _keys)
        {
            suite._keys[name] = key;
        }

        await suite.OpenAsync(backup);
        return suite;
    }

    /// <summary>Stops it, as a machine that is started anew would.</summary>
    public async ValueTask StopAsync()
    {
        await _host.DisposeAsync();
        _host = null!;
    }

    /// <summary>Starts it again, on its folder and its addresses.</summary>
    public Task StartAgainAsync() => OpenAsync(null);

    /// <summary>Whose key is shown.</summary>
    public Metadata As(string who) => new() { { "authorization", $"Bearer {Key(who)}" } };

    public string Key(string who) => _keys[who];

    /// <summary>Runs the real <c>ew</c> with the desk's key.</summary>
    public async Task<string> EwAsync(params string[] arguments)
    {
        var run = await EwProcess.RunAsync(Grpc, Key("desk"), arguments);
        Assert.True(run.Error.Length == 0, run.Error);
        return run.Out;
    }

    /// <summary>Lets hours pass at once, by every clock of the machine.</summary>
    public void Pass(TimeSpan time) => _machine.Passed += time;

    /// <summary>Somebody sets the machine's wall clock, and no other one, wrong by so much; 0 sets it right.</summary>
    public void SetWrong(TimeSpan by) => _machine.Moved = by;

    /// <summary>Figures of a country come in at once, each from a source; an error of 0 is not stated.</summary>
    /// <returns>What became of the first.</returns>
    public async Task<Outcome> ReportAsync(
        string country,
        params IReadOnlyList<(string Indicator, double Value, string Source, double Error)> figures
    )
    {
        RecordObservationsRequest request = new();
        foreach (var (indicator, value, source, error) in figures)
        {
            Observation one = new()
            {
                Country = country,
                Indicator = $"night.{indicator}",
                Value = value,
                ObservedAt = (_machine.GetUtcNow() - _machine.Moved).ToTimestamp(),
                Source = source,
            };
            if (error > 0)
            {
                one.StandardError = error;
            }

            request.Observations.Add(one);
        }

        var answer = await new ObservationService.ObservationServiceClient(Channel).RecordObservationsAsync(request, As("desk"));
        return answer.Outcomes[0];
    }

    /// <summary>The open case of a country, once somebody of the ladder's current step was asked.</summary>
    public async Task<Case> CaseAsync(string country)
    {
        var cases = new CaseService.CaseServiceClient(Channel);
        var one = await Eventually.GetAsync(
            async () => (await cases.ListCasesAsync(new() { Countries = { country }, OpenOnly = true }, As("desk"))).Cases.FirstOrDefault(),
            one => one?.Climbs.Any(climb => climb.Steps.Any(step => step.AskTime is not null)) == true,
            $"a case of {country} that asks somebody"
        );
        return one!;
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    private async Task OpenAsync(string? backup)
    {
        _host = await SuiteHost.StartAsync(
            new(false, _folder.Path, new(System.Net.IPAddress.Loopback, _http), new(System.Net.IPAddress.Loopback, _grpc), null, null, null)
            {
                RestoreFrom = backup,
            },
            _machine,
            TestContext.Current.CancellationToken
        );
        await _host.ReadyAsync(TestContext.Current.CancellationToken);
    }

    private async Task AddKeyAsync(KeyFile file, string name, params AccessRole[] roles) =>
        _keys[name] = (
            await file.AddAsync(
                name,
                [.. roles.Select(role => new Grant(role, [], "", role == AccessRole.Operator ? ["recipients/watch-desk"] : []))],
                null,
                CancellationToken.None
            )
        ).Key;
}
