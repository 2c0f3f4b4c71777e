using BenchmarkDotNet.Attributes;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Benchmarks.Scoring;

/// <summary>One observation arrives and the score is brought up to date.</summary>
[MemoryDiagnoser]
public class IncrementalBenchmark
{
    private const int Rounds = 1_500;

    private ScoringSubject _subject = null!;
    private ScoreState _state = null!;
    private BareLoop _bare = null!;
    private double[] _values = null!;
    private double[] _parts = null!;

    /// <summary>Gets or sets a value indicating whether every node is a geometric mean instead of an arithmetic one.</summary>
    [Params(false, true)]
    public bool Geometric { get; set; }

    /// <summary>Fills both states with the same values.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _subject = new ScoringSubject(Geometric);
        _state = new ScoreState(_subject.Framework);
        _bare = new BareLoop(Geometric);
        _values = _subject.Values[1];
        _parts = new double[ScoringSubject.LeafCount];
        for (var leaf = 0; leaf < ScoringSubject.LeafCount; leaf++)
            _state.Set(leaf, _subject.Values[0][leaf], 0);
        _state.Update();
        var expected = _bare.Full(_subject.Values[0]);
        if (Math.Abs(_state.Score!.Value - expected) > 1e-9)
            throw new InvalidOperationException($"The engine says {_state.Score}, the bare loop {expected}.");
        for (var leaf = 0; leaf < ScoringSubject.LeafCount; leaf++)
            _state.Set(leaf, _subject.Values[0][leaf], 0.1);
    }

    /// <summary>The bare loop over the path that changed.</summary>
    /// <returns>The last score.</returns>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rounds)]
    public double BareLoop()
    {
        var score = 0.0;
        for (var round = 0; round < Rounds; round++)
            score = _bare.Change(round % ScoringSubject.LeafCount, Next(round));
        return score;
    }

    /// <summary>
    /// The engine, with errors and coverage. The score of an arithmetic tree is there then; that of a geometric one, the mean of 256 draws,
    /// is made when it is asked for: see <see cref="MixedBenchmark.Mean"/>.
    /// </summary>
    /// <returns>The last score, or coverage.</returns>
    [Benchmark(OperationsPerInvoke = Rounds)]
    public double Engine()
    {
        var score = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            _state.Set(round % ScoringSubject.LeafCount, Next(round), 0.1);
            _state.Update();
            score = Geometric ? _state.Coverage : _state.Score ?? 0;
        }

        return score;
    }

    /// <summary>What an explanation costs on top: all 150 contributions.</summary>
    /// <returns>The first contribution.</returns>
    [Benchmark]
    public double Contributions()
    {
        _state.Contributions(_parts);
        return _parts[0];
    }

    /// <summary>What a range of 4,096 draws costs on top.</summary>
    /// <returns>Its lower end.</returns>
    [Benchmark]
    public double Range() => StateDistribution.Of(_state).Range(_state.Framework.Root)?.Low ?? 0;

    /// <summary>A value that differs from the one that stands there, so that nothing can be skipped.</summary>
    private double Next(int round) => _values[round % ScoringSubject.LeafCount] * (1 - (round * 1e-4));
}
