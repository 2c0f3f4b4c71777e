using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.TestKit.Stories;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Warnings;

/// <summary>One warning on its whole way: from a partner's call to a person's answer, over the public API of a real process.</summary>
public sealed partial class WarningTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebhookReceiver _receiver = null!;
    private SuiteProcess _suite = null!;

    private ObservationService.ObservationServiceClient Observations => new(_suite.Channel);

    private BreachService.BreachServiceClient Breaches => new(_suite.Channel);

    private CaseService.CaseServiceClient Cases => new(_suite.Channel);

    private NotificationService.NotificationServiceClient Notifications => new(_suite.Channel);

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _folder.Write(
            "directory.yaml",
            $"""
            recipients:
              - id: desk
                name: Watch desk
                role: operator
                channels:
                  - inbox
                  - webhook:
                      url: {_receiver.Address}
                      secret: a-secret-of-at-least-32-characters!
              - id: focal-point-ken
                name: Focal point
                role: focal-point
                countries: [KEN]
                channels: [inbox]
            """
        );
        _suite = SuiteProcess.In(_folder.Path);
        Assert.True(await _suite.StartAsync(), _suite.Output);
        await Definitions.DefineOneAsync(_suite.Channel);
    }

    public async ValueTask DisposeAsync()
    {
        await _suite.DisposeAsync();
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Warning_FromObservationToDecision_IsOneChain()
    {
        var answer = await Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("KEN", 88, "obs-ken-1") });
        Assert.Equal(Outcome.Recorded, answer.Outcome);

        var risk = (
            await new RiskService.RiskServiceClient(_suite.Channel).GetCountryRiskAsync(
                new() { Name = $"{Definitions.Framework}/risks/KEN", MinimumRevision = answer.Revision }
            )
        ).Risk;
        Assert.Equal(88, risk.Score, 1e-9);

        Case opened = new();
        await Eventually.HoldsAsync(
            async () =>
            {
                opened = (await Cases.ListCasesAsync(new() { Countries = { "KEN" } })).Cases.FirstOrDefault() ?? opened;
                return opened.Entries.Any(entry => entry.Kind == CaseEntry.Types.Kind.Told);
            },
            "a case is open and records who was told",
            seen: () => opened.ToString()
        );
        var breach = (await Breaches.ListBreachesAsync(new() { Countries = { "KEN" } })).Breaches.Single();
        Assert.Contains("obs-ken-1", breach.Movements.SelectMany(m => m.ObservationIds));
        await Eventually.HoldsAsync(() => _receiver.Count > 0, "the webhook arrived");

        opened = (
            await Cases.AcknowledgeCaseAsync(
                new() { Name = opened.Name, Recipient = "recipients/focal-point-ken" },
                new Metadata { { "ew-actor", "A. Focal" } }
            )
        ).Case;
        Assert.Equal(Case.Types.State.AwaitingDecision, opened.State);
        var entry = opened.Entries.Last(e => e.Kind == CaseEntry.Types.Kind.Acknowledged);
        Assert.Equal("A. Focal", entry.Actor);
        Assert.False(entry.ActorVerified);
        opened = (
            await Cases.DecideCaseAsync(
                new()
                {
                    Name = opened.Name,
                    Recipient = "recipients/focal-point-ken",
                    Decision = Decision.PreventiveAction,
                    Rationale = "Mediators are on their way.",
                }
            )
        ).Case;
        Assert.Equal(
            (Case.Types.State.AwaitingDecision, Decision.PreventiveAction),
            (opened.State, opened.Climbs.Single().StateDecision.Decision)
        );

        var notification = (
            await Notifications.ListNotificationsAsync(new() { Recipient = "recipients/focal-point-ken" })
        ).Notifications.First();
        foreach (var id in new[] { "obs-ken-1", breach.Name, notification.Name, opened.Name, opened.Name["cases/".Length..] })
        {
            var trace = await new TraceService.TraceServiceClient(_suite.Channel).TraceAsync(new() { Id = id });
            Assert.Contains(trace.Observations, o => o.ObservationId == "obs-ken-1");
            Assert.Contains(trace.Breaches, b => b.Name == breach.Name);
            Assert.Contains(trace.Notifications, n => n.Name == notification.Name);
            Assert.Contains(trace.Cases, c => c.Name == opened.Name && c.Climbs.Single().StateDecision is not null);
        }
    }

    [Fact]
    public async Task Warning_WhileTheSuiteIsUnarmed_IsListedToldToNobodyAndSaidInEveryAnswer()
    {
        var server = new ServerService.ServerServiceClient(_suite.Channel);
        var refused = await Assert.ThrowsAsync<RpcException>(() => server.UnarmSuiteAsync(new() { Reason = " " }).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        await server.UnarmSuiteAsync(new() { Reason = "First load." });
        await Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("KEN", 88) });

        var listed = Breaches.ListBreachesAsync(new());
        Assert.True(Assert.Single((await listed).Breaches).Suppressed);
        Assert.StartsWith("unarmed since", (await listed.ResponseHeadersAsync).GetValue("ew-unarmed"), StringComparison.Ordinal);
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"{_suite.Http}/v1/breaches");
        Assert.True(answer.Headers.Contains("ew-unarmed"));
        var status = await server.GetStatusAsync(new());
        Assert.Contains(status.Lines, line => line is { Subject: "arming", Health: Health.Failing });

        Assert.Equal(1, (await server.ArmSuiteAsync(new())).SuppressedFiring);
        await Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("UGA", 88) });
        await Eventually.HoldsAsync(() => _receiver.Count > 0, "what fires after it was armed is told");
        Assert.All((await Cases.ListCasesAsync(new())).Cases, one => Assert.Equal("UGA", one.Country));
    }

    [Fact]
    public async Task FirstLoad_TakenInUnarmed_StaysQuietOverRestartsAndOnceArmedUntilANewBreachFires()
    {
        var server = new ServerService.ServerServiceClient(_suite.Channel);
        await server.UnarmSuiteAsync(new() { Reason = "First load." });

        await Told()
            .Push(0, Definitions.Attacks("KEN", 88))
            .At(0, "a kill", RestartAsync)
            .Push(0, Definitions.Attacks("UGA", 88))
            .At(0, "it is still unarmed", async () =>
                Assert.Contains((await server.GetStatusAsync(new())).Lines, line => line is { Subject: "arming", Health: Health.Failing })
            )
            .At(0, "it is armed", async () => Assert.Equal(2, (await server.ArmSuiteAsync(new())).SuppressedFiring))
            .At(0, "a kill", RestartAsync)
            .Push(1, Definitions.Attacks("GHA", 88))
            .ExpectDesk(1, 20, "GHA")
            .Push(2, Definitions.Attacks("KEN", 10), Definitions.Attacks("KEN", 95))
            .ExpectDesk(2, 20, "KEN")
            .Expect(2, 20, "KEN", "focal-point-ken")
            .RunAsync();

        await Eventually.HoldsAsync(
            async () => (await Cases.ListCasesAsync(new())).Cases.Select(one => one.Country).Order().SequenceEqual(["GHA", "KEN"]),
            "a case of each"
        );
    }

    [Fact]
    public async Task Warning_KilledBetweenAppendAndPublish_ArrivesAfterTheRestartWithoutFurtherTraffic()
    {
        await Told()
            .At(0, "a crash between append and publish", async () =>
            {
                await _suite.KillAsync();
                Assert.True(await _suite.StartAsync("after-decide:1"), _suite.Output);
                await Assert.ThrowsAsync<RpcException>(() =>
                    Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("UGA", 95) }).ResponseAsync
                );
                await _suite.ExitAsync(TimeSpan.FromSeconds(10));
                Assert.Empty(_receiver.Calls);
                Assert.True(await _suite.StartAsync(), _suite.Output);
            })
            .ExpectDesk(0, 5, "UGA")
            .RunAsync();
    }

    private Story Told() => new(_suite.Channel);

    private async Task RestartAsync()
    {
        await _suite.KillAsync();
        Assert.True(await _suite.StartAsync(), _suite.Output);
    }
}
