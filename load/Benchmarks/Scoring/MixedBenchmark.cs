using BenchmarkDotNet.Attributes;
using EarlyWarning.Scoring.Engine.Explanation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Benchmarks.Scoring;

/// <summary>One observation arrives under a framework of many methods, and what is asked of the score afterwards.</summary>
[MemoryDiagnoser]
public class MixedBenchmark
{
    private int _asked;
    private const int Rounds = 4_900;

    private readonly (int Pillar, int Indicator)[] _places =
    [
        .. MixedSubject.PillarSizes.SelectMany((size, pillar) => Enumerable.Range(0, size).Select(i => (pillar, i))),
    ];

    private ScoreState _state = null!;
    private ScoreState _earlier = null!;
    private BareMixed _bare = null!;
    private double[] _parts = null!;

    /// <summary>Fills both with the same values.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var subject = new MixedSubject();
        var divisors = Enumerable.Range(0, MixedSubject.Divisors).Select(i => 1.2 + (0.1 * i)).ToArray();
        _bare = new BareMixed(subject, divisors);
        _state = new ScoreState(subject.Framework);
        _parts = new double[subject.Framework.LeafCount];
        for (var i = 0; i < divisors.Length; i++)
            _state.Set(Leaf($"d{i}"), divisors[i], 0);
        var expected = 0.0;
        for (var i = 0; i < _places.Length; i++)
        {
            _state.Set(i, Next(i), 0);
            expected = _bare.Change(_places[i].Pillar, _places[i].Indicator, Next(i));
        }

        _state.Update();
        if (Math.Abs(_state.Score!.Value - expected) > 1e-9)
            throw new InvalidOperationException($"The engine says {_state.Score}, the bare loop {expected}.");
        for (var i = 0; i < divisors.Length; i++)
            _state.Set(Leaf($"d{i}"), divisors[i], 0.01);
        for (var i = 0; i < _places.Length; i++)
            _state.Set(i, Next(i), 0.05);
        _state.Update();
        _earlier = new ScoreState(subject.Framework);
        _earlier.CopyFrom(_state);
        for (var i = 0; i < 3; i++)
            _state.Set(i * 17, Next(i + 5), 0.05);
        _state.Update();
    }

    /// <summary>The bare loop over the path that changed.</summary>
    /// <returns>The last score.</returns>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rounds)]
    public double BareLoop()
    {
        var score = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var (pillar, indicator) = _places[round % _places.Length];
            score = _bare.Change(pillar, indicator, Next(round));
        }

        return score;
    }

    /// <summary>The engine, with denominators and coverage, until a score is asked for.</summary>
    /// <returns>The last coverage.</returns>
    [Benchmark(OperationsPerInvoke = Rounds)]
    public double Engine()
    {
        var score = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            _state.Set(round % _places.Length, Next(round), 0.05);
            _state.Update();
            score = _state.Coverage;
        }

        return score;
    }

    /// <summary>The Shapley values of all indicators, from the least risk.</summary>
    /// <returns>The first of them.</returns>
    [Benchmark]
    public double Contributions()
    {
        _state.Contributions(_parts);
        return _parts[0];
    }

    /// <summary>Who moved the score since an earlier state in which three indicators differed.</summary>
    /// <returns>The first part.</returns>
    [Benchmark]
    public double Change()
    {
        _state.TryAttributeChange(_earlier, _parts);
        return _parts[0];
    }

    /// <summary>How sure the score is, by 4,096 draws.</summary>
    /// <returns>The range's lower end.</returns>
    [Benchmark]
    public double Range() => StateDistribution.Of(_state).Range(_state.Framework.Root)?.Low ?? 0;

    /// <summary>A score that is asked for after an observation: the mean of 256 draws, because the tree is not linear.</summary>
    /// <returns>The score.</returns>
    [Benchmark]
    public double Mean()
    {
        _state.Set(0, Next(++_asked), 0.05);
        _state.Update();
        return _state.Score ?? 0;
    }

    /// <summary>The nearest change that would lower the level, or raise it.</summary>
    /// <returns>How many indicators could do it alone.</returns>
    [Benchmark]
    public int Nearest() => NearestChanges.Find(_state, _state.LevelIndex > 0 ? LevelStep.Lower : LevelStep.Higher)?.Alone.Length ?? 0;

    private static double Next(int round) => 1 + (round * 0.618033988749895 % 1);

    private int Leaf(string code) =>
        _state.Framework.TryGetLeaf(code, out var leaf) ? leaf : throw new InvalidOperationException($"No leaf {code}.");
}
