using EarlyWarning.EndToEnd.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.EndToEnd.Tests.Scoring;

/// <summary>One suite with a small history: ten countries over twelve years, as it was known at the time.</summary>
public sealed class ScoringSuite : IAsyncLifetime
{
    public const string Framework = "frameworks/small";
    public const int FirstYear = 2010;
    public const int LastYear = 2021;

    private readonly TemporaryFolder _folder = new();

    public static string[] Countries { get; } = ["BFA", "BEN", "CIV", "GHA", "KEN", "MLI", "NER", "SEN", "TGO", "UGA"];

    public SuiteProcess Suite { get; private set; } = null!;

    /// <summary>The revisions that the history was answered with.</summary>
    public IReadOnlyList<CountryRevision> Revisions { get; private set; } = [];

    public ScoringService.ScoringServiceClient Scoring => new(Suite.Channel);

    public RiskService.RiskServiceClient Risks => new(Suite.Channel);

    public static DateTimeOffset EndOf(int year) => new(year, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Rises through the list of countries and swings over the years.</summary>
    public static double Attacks(int country, int year) => (7 * country) + (15 * (1 + Math.Sin((3 * country) + year)));

    /// <summary>A coup follows a year of many attacks, and now and then comes without.</summary>
    public static bool Coup(int country, int year) => Attacks(country, year - 1) > 70 || ((5 * country) + year) % 17 == 0;

    public async ValueTask InitializeAsync()
    {
        Suite = SuiteProcess.In(_folder.Path);
        Assert.True(await Suite.StartAsync(), Suite.Output);
        await new CatalogueService.CatalogueServiceClient(Suite.Channel).CreateFrameworkAsync(
            new()
            {
                Framework = new()
                {
                    Name = Framework,
                    DisplayName = "Small",
                    Composite = new()
                    {
                        Root = new() { Code = "index", Children = { Leaf("small.attacks", 100), Leaf("small.mistrust", 1) } },
                    },
                    Bands =
                    {
                        new Band { Level = "low", LowerBound = 0 },
                        new Band { Level = "high", LowerBound = 60 },
                    },
                },
                Indicators = { Indicator("small.attacks", 100), Indicator("small.mistrust", 1), Indicator("small.coup", 1) },
            }
        );
        var history = new RecordObservationsRequest { Backfill = true };
        for (var country = 0; country < Countries.Length; country++)
        {
            for (var year = FirstYear; year <= LastYear; year++)
            {
                history.Observations.Add(Observation(country, "small.attacks", Attacks(country, year), EndOf(year)));
                history.Observations.Add(Observation(country, "small.mistrust", 0.05 * country, EndOf(year)));
                history.Observations.Add(Observation(country, "small.coup", Coup(country, year) ? 1 : 0, EndOf(year)));
            }
        }

        var answer = await new ObservationService.ObservationServiceClient(Suite.Channel).RecordObservationsAsync(history);
        Assert.Empty(answer.Problems);
        Revisions = [.. answer.Revisions];
    }

    public async ValueTask DisposeAsync()
    {
        await Suite.DisposeAsync();
        _folder.Dispose();
    }

    private static Observation Observation(int country, string indicator, double value, DateTimeOffset time) =>
        new()
        {
            Country = Countries[country],
            Indicator = indicator,
            Value = value,
            StandardError = indicator == "small.attacks" ? 3 : 0.02,
            ObservedAt = time.ToTimestamp(),
            KnownAt = time.ToTimestamp(),
            Source = "end-to-end",
        };

    private static Indicator Indicator(string code, double maximum) =>
        new()
        {
            Code = code,
            DisplayName = code,
            Unit = "units",
            Minimum = 0,
            Maximum = maximum,
        };

    private static Node Leaf(string indicator, double high) =>
        new()
        {
            Leaf = new()
            {
                Indicator = indicator,
                Direction = Direction.Increasing,
                Low = 0,
                High = high,
            },
        };
}
