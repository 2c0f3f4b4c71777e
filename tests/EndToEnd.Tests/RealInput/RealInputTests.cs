using System.Text.Json;
using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.EndToEnd.Tests.RealInput;

/// <summary>
/// A published model and its published predictors, from the files to the served ranking, as a user takes them in with <c>ew</c>.
/// </summary>
public sealed class RealInputTests
{
    private static readonly Timestamp s_endOf2021 = Timestamp.FromDateTime(new(2021, 12, 31, 0, 0, 0, DateTimeKind.Utc));

    [Fact]
    public async Task PublishedModels_ImportedAsABackfill_AreRankedAsTheirFormulaSaysAndWarnOfNothing()
    {
        using var folder = new TemporaryFolder();
        var coefficients = folder.Write("coefficients.csv", SmallWorld.Coefficients);
        string[] import =
        [
            "import",
            folder.Write("predictors.csv", SmallWorld.Predictors),
            "--mapping",
            folder.Write("small.yaml", SmallWorld.Mapping),
            "--backfill",
            "--json",
        ];
        await using var suite = SuiteProcess.In(Path.Combine(folder.Path, "data"));
        Assert.True(await suite.StartAsync(), suite.Output);

        // The second model's values count without end, so that a threshold on it would fire now if a backfill could make it.
        Done(
            await EwProcess.RunAsync(
                suite,
                "framework",
                "load",
                "--coefficients",
                coefficients,
                "--column",
                "Weights.for.1.year.forecast",
                "--id",
                "small-1yr",
                "--validity",
                "400d"
            )
        );
        Done(
            await EwProcess.RunAsync(
                suite,
                "framework",
                "load",
                "--coefficients",
                coefficients,
                "--column",
                "Weights.for.2.year.forecast",
                "--id",
                "small-2yr"
            )
        );
        await new ThresholdService.ThresholdServiceClient(suite.Channel).CreateThresholdAsync(
            new()
            {
                Threshold = new()
                {
                    Name = "thresholds/small-any",
                    DisplayName = "Any probability",
                    Framework = "frameworks/small-2yr",
                    Condition = Condition.Above,
                    Value = 1e-6,
                    Severity = Severity.Warning,
                },
            }
        );

        var first = await EwProcess.RunAsync(suite, import);
        Assert.Equal((4, ""), (first.Code, first.Error));
        Assert.Equal((7, 20, 0, 8), Counts(first));
        var causes = JsonDocument
            .Parse(first.Out)
            .RootElement.GetProperty("causes")
            .EnumerateArray()
            .ToDictionary(cause => cause.GetProperty("reason").GetString()!, cause => cause.GetProperty("problem").GetString()!);
        Assert.Equal(["OUTSIDE_STATE_YEARS", "UNKNOWN_COUNTRY"], causes.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("In 2021 there was Germany (DEU)", causes["OUTSIDE_STATE_YEARS"], StringComparison.Ordinal);
        Assert.StartsWith("'9999' is not the Correlates of War number of a country", causes["UNKNOWN_COUNTRY"], StringComparison.Ordinal);

        var again = await EwProcess.RunAsync(suite, import);
        Assert.Equal((4, (7, 0, 20, 8)), (again.Code, Counts(again)));

        await IsRankedAsync(suite, "small-1yr", "Weights.for.1.year.forecast");
        await IsRankedAsync(suite, "small-2yr", "Weights.for.2.year.forecast");
        await IsKnownOnlySinceAsync(suite, "small-1yr", "Weights.for.1.year.forecast");
        await WarnsOfLiveNewsAloneAsync(suite);
    }

    private static async Task IsRankedAsync(SuiteProcess suite, string framework, string column)
    {
        var risks = (await Risks(suite).RankCountriesAsync(new() { Parent = $"frameworks/{framework}", At = s_endOf2021 })).Risks;
        var expected = SmallWorld.Expected(column);
        Assert.Equal(
            expected.Select((one, place) => (one.Country, (long)place + 1)),
            risks.Select(risk => (risk.Country, (long)risk.Rank))
        );
        Assert.All(expected.Zip(risks), pair => Assert.Equal(pair.First.Probability, pair.Second.Score, 1e-9));

        // What `ew` prints is what is served. A country's revision may move between the two calls, where it takes over a catalogue.
        var printed = await EwProcess.RunAsync(suite, "rank", "--framework", framework, "--at", "2021-12-31T00:00:00Z", "--json");
        Assert.Equal(
            risks.Select(WithoutRevision),
            Done(printed)
                .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => WithoutRevision(CountryRisk.Parser.ParseJson(line)))
        );
    }

    private static async Task IsKnownOnlySinceAsync(SuiteProcess suite, string framework, string column)
    {
        var request = new RankCountriesRequest { Parent = $"frameworks/{framework}", At = s_endOf2021 };
        var before = await Risks(suite)
            .RankCountriesAsync(new(request) { AsOf = Timestamp.FromDateTime(new(2022, 1, 14, 0, 0, 0, DateTimeKind.Utc)) });
        var after = await Risks(suite)
            .RankCountriesAsync(new(request) { AsOf = Timestamp.FromDateTime(new(2022, 1, 16, 0, 0, 0, DateTimeKind.Utc)) });
        Assert.DoesNotContain(before.Risks, risk => risk.HasScore);
        Assert.Equal(SmallWorld.Expected(column).Select(one => one.Country), after.Risks.Select(risk => risk.Country));
        Assert.All(after.Risks, risk => Assert.True(risk.HasScore));
    }

    private static async Task WarnsOfLiveNewsAloneAsync(SuiteProcess suite)
    {
        var breaches = new BreachService.BreachServiceClient(suite.Channel);
        var present = (await Risks(suite).GetCountryRiskAsync(new() { Name = "frameworks/small-2yr/risks/YEM" })).Risk;
        Assert.True(present.Score > 1e-6, present.ToString());
        Assert.Empty((await breaches.ListBreachesAsync(new())).Breaches);

        await new ObservationService.ObservationServiceClient(suite.Channel).RecordObservationAsync(
            new()
            {
                Observation = new()
                {
                    Country = "YEM",
                    Indicator = "unrest.ever",
                    Value = 1,
                    ObservedAt = DateTimeOffset.UtcNow.ToTimestamp(),
                    Source = "desk",
                },
            }
        );
        await Eventually.HoldsAsync(
            async () => (await breaches.ListBreachesAsync(new())).Breaches.Count > 0,
            "live news breaches the threshold"
        );
        Assert.Equal("YEM", Assert.Single((await breaches.ListBreachesAsync(new())).Breaches).Country);
    }

    private static CountryRisk WithoutRevision(CountryRisk risk) => new(risk) { Revision = 0 };

    private static RiskService.RiskServiceClient Risks(SuiteProcess suite) => new(suite.Channel);

    private static EwProcess.Run Done(EwProcess.Run run)
    {
        Assert.Equal((0, ""), (run.Code, run.Error));
        return run;
    }

    private static (int Rows, int Recorded, int Duplicates, int Rejected) Counts(EwProcess.Run run)
    {
        var summary = JsonDocument.Parse(run.Out).RootElement;
        return (Of("rows"), Of("recorded"), Of("duplicates"), Of("rejected"));

        int Of(string name) => summary.GetProperty(name).GetInt32();
    }
}
