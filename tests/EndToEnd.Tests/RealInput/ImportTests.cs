using System.Text.Json;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.EndToEnd.Tests.RealInput;

/// <summary>Public files of events as they come, taken in by <c>ew import</c> into a suite that runs.</summary>
public sealed class ImportTests
{
    private const string Events = """
        country,year,month,district,deaths
        XAA,2025,1,A,10
        XAA,2025,1,B,90
        XAA,2025,1,C,10
        XAB,2025,1,A,4
        """;

    private const string Mapping = """
        layout: wide
        country: { column: country }
        time: { column: year, month: month }
        source: events
        indicators: { columns: [deaths], unit: deaths }
        """;

    private static readonly Timestamp s_later = new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero).ToTimestamp();

    [Fact]
    public async Task Import_EventsByDistrict_AreRefusedCheckedAndAddedUpAsTheMappingSays()
    {
        using var folder = new TemporaryFolder();
        var (file, bare) = (folder.Write("events.csv", Events), folder.Write("bare.yaml", Mapping));
        var summed = folder.Write("summed.yaml", $"{Mapping}\nrepeated: sum\n");
        await using var suite = SuiteProcess.In(Path.Combine(folder.Path, "data"), exercise: true);
        Assert.True(await suite.StartAsync(), suite.Output);

        var refused = await EwProcess.RunAsync(suite, "import", file, "--mapping", bare, "--create-indicators");
        Assert.Equal(2, refused.Code);
        Assert.Contains("XAA deaths, 2025-01-31, events: lines 2, 3, 4\n", refused.Error, StringComparison.Ordinal);
        Assert.Empty(await RecordedAsync(suite));

        var reading = await EwProcess.RunAsync(suite, "import", file, "--mapping", summed, "--create-indicators", "--dry-run", "--json");
        Assert.Equal((0, 2), (reading.Code, Recorded(reading)));
        Assert.Contains("1 indicator would be created (deaths)", reading.Error, StringComparison.Ordinal);

        Assert.Equal(0, (await EwProcess.RunAsync(suite, "import", file, "--mapping", summed, "--create-indicators")).Code);
        Assert.Equal([("XAA", 110.0), ("XAB", 4.0)], await RecordedAsync(suite));

        var later = folder.Write("later.csv", "country,year,month,district,deaths\nXAA,2025,2,A,7\nXAB,2025,2,A,Infinity\n");
        var checkedRun = await EwProcess.RunAsync(suite, "import", later, "--mapping", bare, "--dry-run", "--json");
        Assert.Equal((4, 1), (checkedRun.Code, Recorded(checkedRun)));
        Assert.Equal(2, (await RecordedAsync(suite)).Count);
    }

    private static int Recorded(EwProcess.Run run) => JsonDocument.Parse(run.Out).RootElement.GetProperty("recorded").GetInt32();

    private static async Task<List<(string, double)>> RecordedAsync(SuiteProcess suite)
    {
        var client = new ObservationService.ObservationServiceClient(suite.Channel);
        var recorded = new List<(string, double)>();
        foreach (var country in new[] { "XAA", "XAB" })
        {
            // Before what the exercise makes up, and without a source, which is not known before anything is recorded.
            var page = await client.ListObservationsAsync(new() { Country = country, ObservedBefore = s_later });
            recorded.AddRange(page.Observations.Where(one => one.Source == "events").Select(one => (one.Country, one.Value)));
        }

        return recorded;
    }
}
