using BenchmarkDotNet.Attributes;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Benchmarks.Uncertainty;

/// <summary>A million draw-scores on one thread: one country's whole tree from 49 leaves that are drawn anew. Times are of one.</summary>
[MemoryDiagnoser]
public class DrawScoreBenchmark
{
    private const int Draws = 1 << 20;

    private readonly double[] _bareScores = new double[Draws];
    private readonly double[][] _scores = [new double[Draws]];
    private BareDraws _bare = null!;
    private DrawRun _run = null!;
    private ScoreState _state = null!;

    /// <summary>Gets or sets a value indicating whether every node is a geometric mean instead of an arithmetic one.</summary>
    [Params(false, true)]
    public bool Geometric { get; set; }

    /// <summary>Compiles the framework and makes sure that both compute the same.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var subject = new AsemSubject(Geometric, new Goalposts(0, 10));
        _state = subject.Values[0].Under(subject.Framework);
        _bare = new BareDraws(
            Geometric,
            [.. Enumerable.Range(0, AsemSubject.LeafCount).Select(leaf => _state.LeafValue(leaf)!.Value)],
            0.5,
            Seed.Of(_state.Country!.Key)
        );
        _run = new DrawRun(new DrawModel(_state, new MonteCarloOptions()), 1, Draws, 1);
        BareLoop();
        Engine();
        for (var draw = 0; draw < Draws; draw++)
        {
            if (!(Math.Abs(_bareScores[draw] - _scores[0][draw]) < 1e-9))
                throw new InvalidOperationException($"The engine drew {_scores[0][draw]}, the bare loop {_bareScores[draw]}.");
        }
    }

    /// <summary>The bare loop.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Draws)]
    public void BareLoop() => _bare.Run(1, _bareScores);

    /// <summary>The engine's scores.</summary>
    [Benchmark(OperationsPerInvoke = Draws)]
    public void Engine() => _run.Run(null, new DrawnScores(_scores, null), CancellationToken.None);

    /// <summary>The scores and all that is made of them: moments, quantiles, levels.</summary>
    /// <returns>The mean.</returns>
    [Benchmark(OperationsPerInvoke = Draws)]
    public double Distribution() => StateDistribution.Of(_state, Draws).Range(_state.Framework.Root)?.Low ?? 0;

    /// <summary>
    /// The score after an observation, to be read beside 256 draws of the bare loop: the mean of so many for a geometric mean, and a closed
    /// form for an arithmetic one.
    /// </summary>
    /// <returns>The score.</returns>
    [Benchmark]
    public double Mean()
    {
        _state.Set(0, _state.LeafValue(0)!.Value, 0.5);
        _state.Update();
        return _state.Score ?? 0;
    }
}
