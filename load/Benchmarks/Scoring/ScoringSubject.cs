using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Benchmarks.Scoring;

/// <summary>A framework of a usual size, 3 dimensions of 5 factors of 10 indicators each, and values for it.</summary>
internal sealed class ScoringSubject
{
    public const int Dimensions = 3;
    public const int Factors = 5;
    public const int Indicators = 10;
    public const int LeafCount = Dimensions * Factors * Indicators;
    public const int Countries = 195;

    public ScoringSubject(bool geometric)
    {
        var random = new Random(1);
        Geometric = geometric;
        Framework = CompiledFramework.Compile(
            new CompositeFramework
            {
                Id = "benchmark",
                Version = 1,
                ScaleFloor = 1,
                Bands = [new Band("low", 0), new Band("high", 60)],
                Root = Branch("index", Dimensions, d => Branch($"d{d}", Factors, f => Branch($"d{d}f{f}", Indicators, i => new Leaf
                        {
                            Code = $"d{d}f{f}i{i}",
                            Weight = 1 + (i % 3),
                            Normalisation = new Goalposts(0, 10),
                        }))),
            }
        );
        Values = new double[Countries][];
        for (var country = 0; country < Countries; country++)
        {
            Values[country] = new double[LeafCount];
            for (var leaf = 0; leaf < LeafCount; leaf++)
                Values[country][leaf] = 10 * random.NextDouble();
        }

        Node Branch(string code, int count, Func<int, Element> child) =>
            new()
            {
                Code = code,
                Aggregation = geometric ? Aggregation.Geometric : Aggregation.Arithmetic,
                Missing = new RenormaliseWeights(0.5),
                Children = [.. Enumerable.Range(0, count).Select(child)],
            };
    }

    public bool Geometric { get; }

    public CompiledFramework Framework { get; }

    public double[][] Values { get; }
}
