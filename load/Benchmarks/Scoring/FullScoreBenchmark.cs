using BenchmarkDotNet.Attributes;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Benchmarks.Scoring;

/// <summary>Every value of 195 countries with 150 indicators each, from nothing to the scores.</summary>
[MemoryDiagnoser]
public class FullScoreBenchmark
{
    private ScoringSubject _subject = null!;
    private ScoreState[] _states = null!;
    private BareLoop _bare = null!;

    /// <summary>Gets or sets a value indicating whether every node is a geometric mean instead of an arithmetic one.</summary>
    [Params(false, true)]
    public bool Geometric { get; set; }

    /// <summary>Makes a state for each country.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _subject = new ScoringSubject(Geometric);
        _bare = new BareLoop(Geometric);
        _states = [.. _subject.Values.Select(_ => new ScoreState(_subject.Framework))];
        var (engine, bare) = (Full(0, state => state.Score), BareLoop());
        if (Math.Abs(engine - bare) > 1e-6)
            throw new InvalidOperationException($"The engine says {engine}, the bare loop {bare}.");
    }

    /// <summary>The bare loop over all values.</summary>
    /// <returns>The sum of the scores.</returns>
    [Benchmark(Baseline = true)]
    public double BareLoop()
    {
        var sum = 0.0;
        foreach (var values in _subject.Values)
            sum += _bare.Full(values);
        return sum;
    }

    /// <summary>
    /// The engine: every leaf set, with an error, and every node computed. Geometric scores are made when they are asked for.
    /// </summary>
    /// <returns>The sum of the scores, or of the coverages.</returns>
    [Benchmark]
    public double Engine() => Full(0.1, Geometric ? state => state.Coverage : state => state.Score);

    private double Full(double error, Func<ScoreState, double?> outcome)
    {
        var sum = 0.0;
        for (var country = 0; country < _states.Length; country++)
        {
            var (state, values) = (_states[country], _subject.Values[country]);
            for (var leaf = 0; leaf < values.Length; leaf++)
                state.Set(leaf, values[leaf], error);
            state.Recompute();
            sum += outcome(state) ?? 0;
        }

        return sum;
    }
}
