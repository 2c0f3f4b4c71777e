using System.Net;
using System.Text;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Warnings;

/// <summary>One warning on its whole way: from a partner's call to a person's answer, over the public API of a real process.</summary>
public sealed class WarningTests : IAsyncLifetime
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
        Assert.True(Assert.Single((await listed).Breaches).Untold);
        Assert.StartsWith("unarmed since", (await listed.ResponseHeadersAsync).GetValue("ew-unarmed"), StringComparison.Ordinal);
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"{_suite.Http}/v1/breaches");
        Assert.True(answer.Headers.Contains("ew-unarmed"));
        var status = await server.GetStatusAsync(new());
        Assert.Contains(status.Lines, line => line is { Subject: "arming", Health: Health.Failing });

        Assert.Equal(1, (await server.ArmSuiteAsync(new())).UntoldFiring);
        await Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("UGA", 88) });
        await Eventually.HoldsAsync(() => _receiver.Count > 0, "what fires after it was armed is told");
        Assert.All((await Cases.ListCasesAsync(new())).Cases, one => Assert.Equal("UGA", one.Country));
    }

    [Fact]
    public async Task FirstLoad_TakenInUnarmed_StaysQuietOverRestartsAndOnceArmedUntilANewBreachFires()
    {
        var server = new ServerService.ServerServiceClient(_suite.Channel);
        await server.UnarmSuiteAsync(new() { Reason = "First load." });
        await Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("KEN", 88) });
        await _suite.KillAsync();
        Assert.True(await _suite.StartAsync(), _suite.Output);
        await Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("UGA", 88) });
        Assert.Contains((await server.GetStatusAsync(new())).Lines, line => line is { Subject: "arming", Health: Health.Failing });
        Assert.Equal(2, (await server.ArmSuiteAsync(new())).UntoldFiring);
        await _suite.KillAsync();
        Assert.True(await _suite.StartAsync(), _suite.Output);

        // What fires now is told, after all that went before.
        await Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("GHA", 88) });
        await ToldAsync("GHA");
        Assert.Equal(["GHA"], Told());
        await Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("KEN", 10) });
        await Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("KEN", 95) });
        await ToldAsync("KEN");
        Assert.Equal(["GHA", "KEN"], Told());
        await Eventually.HoldsAsync(
            async () => (await Cases.ListCasesAsync(new())).Cases.Select(one => one.Country).Order().SequenceEqual(["GHA", "KEN"]),
            "a case of each"
        );
        Assert.Equal(95, Assert.Single(_receiver.Calls, call => CountryOf(call) == "KEN").Breach.GetProperty("score").GetDouble());

        Task ToldAsync(string country) =>
            Eventually.HoldsAsync(() => _receiver.Calls.Any(call => CountryOf(call) == country), $"{country} is told");

        string[] Told() => [.. _receiver.Calls.Select(CountryOf).Distinct().Order(StringComparer.Ordinal)];

        static string CountryOf(WebhookCall call) => call.Breach.GetProperty("country").GetString()!;
    }

    [Fact]
    public async Task Warning_KilledBetweenAppendAndPublish_ArrivesAfterTheRestartWithoutFurtherTraffic()
    {
        await _suite.KillAsync();
        Assert.True(await _suite.StartAsync("after-decide:1"), _suite.Output);
        await Assert.ThrowsAsync<RpcException>(() =>
            Observations.RecordObservationAsync(new() { Observation = Definitions.Attacks("UGA", 95) }).ResponseAsync
        );
        await _suite.ExitAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(_receiver.Calls);

        Assert.True(await _suite.StartAsync(), _suite.Output);
        await Eventually.HoldsAsync(() => _receiver.Count > 0, "the webhook arrives", seconds: 5);
    }

    [Fact]
    public async Task ObservationAhead_OfOneSourceAlone_IsAskedForAgainAndNothingIsRecorded()
    {
        var observation = Definitions.Attacks("KEN", 10);
        observation.ObservedAt.Seconds += 3600;

        var asked = await Assert.ThrowsAsync<RpcException>(() =>
            Observations.RecordObservationAsync(new() { Observation = observation }).ResponseAsync
        );
        Assert.Equal((StatusCode.Unavailable, "CLOCK_DIFFERS"), (asked.StatusCode, asked.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
        Assert.Empty((await Observations.ListObservationsAsync(new() { Country = "KEN" })).Observations);
    }

    [Theory]
    [InlineData("country", "UNKNOWN_COUNTRY")]
    [InlineData("indicator", "UNKNOWN_INDICATOR")]
    [InlineData("value", "VALUE_OUT_OF_RANGE")]
    [InlineData("nan", "VALUE_NOT_FINITE")]
    [InlineData("no value", "FIELD_MISSING")]
    [InlineData("area", "AREA_NOT_SUPPORTED")]
    [InlineData("unit", "UNIT_MISMATCH")]
    public async Task BadObservation_IsRefused_WithReasonFieldAndFix(string fault, string reason)
    {
        var observation = Definitions.Attacks("KEN", 10);
        switch (fault)
        {
            case "country":
                observation.Country = "XXX";
                break;
            case "indicator":
                observation.Indicator = "no.such";
                break;
            case "value":
                observation.Value = 101;
                break;
            case "no value":
                observation.ClearValue();
                break;
            case "nan":
                observation.Value = double.NaN;
                break;
            case "area":
                observation.Area = "KE-30";
                break;
            case "unit":
                observation.Unit = "percent";
                break;
        }

        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            Observations.RecordObservationAsync(new() { Observation = observation }).ResponseAsync
        );
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(reason, refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.NotEmpty(refused.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
        var batch = await Observations.RecordObservationsAsync(new() { Observations = { observation, Definitions.Attacks("KEN", 11) } });
        Assert.Equal([Outcome.Rejected, Outcome.Recorded], batch.Outcomes);
        Assert.Equal(reason, batch.Problems.Single().Reason);
    }

    [Fact]
    public async Task Excess_IsRefusedByName()
    {
        var limits = (await new ServerService.ServerServiceClient(_suite.Channel).GetServerInfoAsync(new())).Limits;
        var tooMany = new RecordObservationsRequest();
        tooMany.Observations.AddRange(Enumerable.Range(0, limits.MaxBatchItems + 1).Select(_ => Definitions.Attacks("KEN", 1)));
        Assert.Equal("BATCH_TOO_LARGE", await ReasonAsync(tooMany));

        var tooLarge = new RecordObservationsRequest { Observations = { Definitions.Attacks("KEN", 1) } };
        tooLarge.Observations[0].Source = new string('x', limits.MaxMessageBytes);
        Assert.Equal("MESSAGE_TOO_LARGE", await ReasonAsync(tooLarge));

        async Task<string> ReasonAsync(RecordObservationsRequest request) =>
            (await Assert.ThrowsAsync<RpcException>(() => Observations.RecordObservationsAsync(request).ResponseAsync))
                .GetRpcStatus()!
                .GetDetail<ErrorInfo>()!
                .Reason;
    }

    [Fact]
    public async Task JsonApi_GivesTheSame_WithTheErrorInTheBody()
    {
        using var http = new HttpClient { BaseAddress = _suite.Http };
        using var good = await http.PostAsync(
            new Uri("/v1/observations", UriKind.Relative),
            Json(
                $$$"""{"observation":{"country":"GHA","indicator":"one.attacks","value":12,"observedAt":"{{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}}","source":"json"}}"""
            ),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Contains(
            "\"score\":12",
            await http.GetStringAsync(
                new Uri($"/v1/{Definitions.Framework}/risks/GHA", UriKind.Relative),
                TestContext.Current.CancellationToken
            ),
            StringComparison.Ordinal
        );

        using var bad = await http.PostAsync(
            new Uri("/v1/observations", UriKind.Relative),
            Json("""{"observation":{"country":"ghana"}}"""),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains(
            "UNKNOWN_COUNTRY",
            await bad.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Suite_WithKeys_LetsNobodyInWithoutOne()
    {
        using var folder = new TemporaryFolder();
        using var keys = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                SuiteProcess.HostExecutable,
                ["keys", "add", "partner-x", "--role", "partner", "--data", folder.Path]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var key = (await keys.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim();
        await using var suite = SuiteProcess.In(folder.Path);
        Assert.True(await suite.StartAsync(), suite.Output);

        var client = new RiskService.RiskServiceClient(suite.Channel);
        var refused = await Assert.ThrowsAsync<RpcException>(() => client.ListCountriesAsync(new()).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.NotEmpty((await client.ListCountriesAsync(new(), new Metadata { { "authorization", $"Bearer {key}" } })).Countries);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
