using BenchmarkDotNet.Attributes;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Benchmarks.Uncertainty;

/// <summary>
/// What COINr calls a replication, as coinr.R beside this file has it: 51 countries scored and ranked again under weights that differ by up
/// to 25 % and one of two normalisations. Times are of one replication.
/// </summary>
[MemoryDiagnoser]
public class ReplicationBenchmark
{
    private const int Replications = 10_000;
    private const int Samples = 1_024;

    private readonly AsemSubject _subject = new(geometric: false, new MinMax());

    private readonly MonteCarloOptions _options = new()
    {
        Draws = Replications,
        Seed = 1,
        Threads = 1,
        ObservationErrors = false,
        Missing = MissingDraw.Policy,
        Weights = [new UniformWeightNoise(null, 0.25)],
        Choices =
        [
            new(
                "normalisation",
                [
                    MethodOption.AsIs(),
                    MethodOption.OfTree("z-score", tree =>
                        tree.Edit((element, _) => element is Leaf leaf ? leaf with { Normalisation = new ZScore() } : element)
                    ),
                ]
            ),
        ],
    };

    /// <summary>The uncertainty analysis, with intervals of scores and ranks.</summary>
    /// <returns>The first country's mean rank.</returns>
    [Benchmark(OperationsPerInvoke = Replications)]
    public double UncertaintyAnalysis() => MonteCarlo.Run(_subject.Framework, _subject.Values, _options).Countries[0].Rank!.Mean;

    /// <summary>
    /// The sensitivity analysis of the mean rank shift, by the normalisation and the weights of three levels, with its bootstrap.
    /// </summary>
    /// <returns>The first total index.</returns>
    [Benchmark(OperationsPerInvoke = Samples * 6)]
    public double SensitivityAnalysis()
    {
        var options = new SensitivityOptions
        {
            Uncertainties = _options,
            Factors = SensitivityFactor.AllOf(_subject.Framework, _options),
            Sobol = new SobolOptions { Samples = Samples },
        };
        return Sensitivity.Analyse(_subject.Framework, _subject.Values, options)[0].Analysis.Inputs[0].Total.Value;
    }
}
