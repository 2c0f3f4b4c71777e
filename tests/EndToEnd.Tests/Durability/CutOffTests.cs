using System.Diagnostics;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.EndToEnd.Tests.RealInput;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.EndToEnd.Tests.Durability;

/// <summary>A real suite whose PostgreSQL is cut off without a word: nothing is refused, nothing is answered.</summary>
public sealed class CutOffTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_longestAnswer = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan s_longestStop = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Record_StoreIsCutOffSilently_IsToldWhyWithinSecondsAndGoesOnByItselfWithNothingLost()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var proxy = new SilentProxy(postgres.Port);
        using var folder = new TemporaryFolder();
        await using var suite = SuiteProcess.In(folder.Path, PostgresServer.ConnectionThrough(proxy.Port));
        Assert.True(await suite.StartAsync(), suite.Output);
        await Definitions.DefineOneAsync(suite.Channel);
        List<string> acknowledged = [];
        Assert.Equal(Outcome.Recorded, await TryRecordAsync(suite, acknowledged));

        proxy.Cut();
        for (var time = 0; time < 3; time++)
        {
            var clock = Stopwatch.StartNew();
            Assert.Equal(Outcome.Retry, await TryRecordAsync(suite, acknowledged));
            output.WriteLine($"answered after {clock.Elapsed.TotalSeconds:0.0} s");
            Assert.True(clock.Elapsed < s_longestAnswer, $"The answer came after {clock.Elapsed}.");
        }

        var status = await EwProcess.RunAsync(suite, "status");
        Assert.Equal(1, status.Code);
        Assert.Contains("did not answer", status.Out, StringComparison.Ordinal);
        using HttpClient http = new() { BaseAddress = suite.Http };
        using var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken);
        output.WriteLine(status.Out + await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(ready.IsSuccessStatusCode);

        proxy.Mend();
        await Eventually.HoldsAsync(
            async () => await TryRecordAsync(suite, acknowledged) == Outcome.Recorded,
            "observations are recorded again",
            seen: () => suite.Output
        );
        var found = await new ObservationService.ObservationServiceClient(suite.Channel).ListObservationsAsync(
            new()
            {
                Country = "KEN",
                IncludeRevisions = true,
                PageSize = 1000,
            }
        );
        Assert.Empty(acknowledged.Except(found.Observations.Select(observation => observation.ObservationId)));
        Assert.Equal(found.Observations.Count, found.Observations.Select(observation => observation.ObservationId).Distinct().Count());

        proxy.Cut();
        Assert.Equal(Outcome.Retry, await TryRecordAsync(suite, acknowledged));
        var stop = Stopwatch.StartNew();
        await suite.StopAsync();
        output.WriteLine($"stopped after {stop.Elapsed.TotalSeconds:0.0} s");
        Assert.True(stop.Elapsed < s_longestStop, $"The stop took {stop.Elapsed}.\n{suite.Output}");
    }

    private static async Task<Outcome> TryRecordAsync(SuiteProcess suite, List<string> acknowledged)
    {
        var id = Guid.NewGuid().ToString("N");
        try
        {
            var answer = await new ObservationService.ObservationServiceClient(suite.Channel).RecordObservationsAsync(
                new() { Observations = { Definitions.Attacks("KEN", 20 + (acknowledged.Count % 40), id) } }
            );
            if (answer.Outcomes.Single() == Outcome.Recorded)
            {
                acknowledged.Add(id);
            }

            return answer.Outcomes.Single();
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            return Outcome.Retry;
        }
    }
}
