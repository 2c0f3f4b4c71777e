using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using EarlyWarning.Benchmarks.Scoring;
using EarlyWarning.Catalogue;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.States;
using EarlyWarning.Risk.Thresholds;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.V1;

namespace EarlyWarning.Benchmarks.Deciding;

/// <summary>
/// A country receives 20,000 values of one series at once, as many as an entry of its journal holds, and decides upon each moment. 149
/// other indicators stay as they are; each value errs.
/// </summary>
[MemoryDiagnoser]
public class SequenceBenchmark
{
    private const int Rows = 20_000;
    private static readonly long s_start = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private readonly ScoringSubject _subject = new(geometric: false);
    private CatalogueSnapshot _alone = null!;
    private CatalogueSnapshot _sure = null!;
    private double[] _values = null!;

    /// <summary>How the series goes.</summary>
    public enum Course
    {
        /// <summary>
        /// At random, so that the score is past the line at every moment, and how sure that is lies open at each and never suffices.
        /// </summary>
        Unsure,

        /// <summary>Up and down twenty times, so that a breach fires and is resolved each time.</summary>
        Crossing,
    }

    /// <summary>Gets or sets how the series goes.</summary>
    [Params(Course.Unsure, Course.Crossing)]
    public Course Series { get; set; }

    /// <summary>Makes the series and a threshold that it stands at.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var (random, isUnsure) = (new Random(1), Series == Course.Unsure);
        _values =
        [
            .. Enumerable.Range(0, Rows).Select(i => isUnsure ? 10 * random.NextDouble() : 5 + (5 * Math.Sin(Math.Tau * i * 20 / Rows))),
        ];
        var line = ScoreAt(isUnsure ? 0 : 4);
        _alone = Catalogue(new Threshold { Value = line });
        _sure = Catalogue(new Threshold { Value = line, MinimumProbability = isUnsure ? 0.95 : 0.6 });
    }

    /// <summary>The score alone decides.</summary>
    /// <returns>The number of transitions.</returns>
    [Benchmark(Baseline = true)]
    public int ByTheScore() => Decide(_alone);

    /// <summary>A probability decides.</summary>
    /// <returns>The number of transitions.</returns>
    [Benchmark]
    public int ByAProbability() => Decide(_sure);

    private int Decide(CatalogueSnapshot catalogue)
    {
        var state = new CountryState("XAA", _ => catalogue, new BreachAuthor(true, static () => "0LOAD000", static () => false));
        state.ApplyCatalogue(1, s_start, 1);
        state.Apply(2, s_start, backfill: true, [.. Enumerable.Range(0, ScoringSubject.LeafCount).Select(leaf => Row(leaf, 5, 0))]);
        state.Apply(3, s_start + TimeSpan.FromDays(1).Ticks, backfill: false, [.. _values.Select((value, i) => Row(0, value, i + 1))]);
        var transitions = 0;
        while (state.Undecided)
            transitions += state.Decide().Transitions.Count;
        return transitions;
    }

    private double ScoreAt(double value)
    {
        var state = new ScoreState(_subject.Framework);
        for (var leaf = 0; leaf < ScoringSubject.LeafCount; leaf++)
            state.Set(leaf, leaf == 0 ? value : 5, 1);
        state.Update();
        return state.Score!.Value;
    }

    private ObservationRow Row(int leaf, double value, int second) =>
        new()
        {
            Id = $"{leaf}/{second}",
            Indicator = _subject.Framework.Leaves[leaf].Indicator,
            Source = "source",
            Observed = s_start + TimeSpan.FromSeconds(second).Ticks,
            Value = value,
            PrecisionKind = PrecisionKind.StandardError,
            Precision = 1,
        };

    private CatalogueSnapshot Catalogue(Threshold threshold)
    {
        (threshold.Name, threshold.DisplayName, threshold.Framework, threshold.Condition) = (
            "thresholds/line",
            "Line",
            "frameworks/benchmark",
            Condition.Above
        );
        return CatalogueSnapshot.Empty with
        {
            Revision = 1,
            Frameworks = Table(
                "benchmark",
                new ActiveFramework("benchmark", 1, new Framework { DisplayName = "Benchmark" }, _subject.Framework)
            ),
            Thresholds = Table("line", threshold),
        };
    }

    private static FrozenDictionary<string, T> Table<T>(string key, T value) =>
        new Dictionary<string, T> { [key] = value }.ToFrozenDictionary();
}
