using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using EarlyWarning.Benchmarks.Scoring;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Benchmarks.Uncertainty;

/// <summary>10,000 draws of 195 countries with 150 indicators each, to intervals, levels and rank intervals.</summary>
[MemoryDiagnoser]
public class CountriesBenchmark
{
    private ScoringSubject _subject = null!;
    private ImmutableArray<CountryValues> _countries;

    /// <summary>Gets or sets the number of threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes the countries.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _subject = new ScoringSubject(geometric: false);
        _countries =
        [
            .. _subject.Values.Select(
                (values, country) =>
                    new CountryValues(
                        $"C{country}",
                        values
                            .Select((value, leaf) => (_subject.Framework.Leaves[leaf].Indicator, new Reading(value, 0.3)))
                            .ToImmutableDictionary(pair => pair.Indicator, pair => pair.Item2)
                    )
            ),
        ];
    }

    /// <summary>Errors of observation alone.</summary>
    /// <returns>The first country's mean.</returns>
    [Benchmark]
    public double Errors() => Run(new MonteCarloOptions());

    /// <summary>Weights drawn too.</summary>
    /// <returns>The first country's mean.</returns>
    [Benchmark]
    public double ErrorsAndWeights() => Run(new MonteCarloOptions { Weights = [new UniformWeightNoise(null, 0.25)] });

    private double Run(MonteCarloOptions options) =>
        MonteCarlo.Run(_subject.Framework, _countries, options with { Draws = 10_000, Seed = 1, Threads = Threads }).Countries[0].Mean;
}
