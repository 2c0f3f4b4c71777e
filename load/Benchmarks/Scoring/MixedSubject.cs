using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Benchmarks.Scoring;

/// <summary>
/// A framework of the shape of the ASEM sustainable connectivity index, 49 indicators in 8 pillars in 2 sub-indexes over 51 countries, with
/// min-max on the set, denominators, and a method of its own for each pillar.
/// </summary>
internal sealed class MixedSubject
{
    public const int Countries = 51;
    public const int Divisors = 4;

    /// <summary>Two pillars of each method.</summary>
    public static readonly Aggregation[] Methods = [Aggregation.Arithmetic, Aggregation.Geometric, Aggregation.Harmonic, new MedianChild()];

    public static readonly int[] PillarSizes = [8, 5, 5, 6, 8, 4, 8, 5];

    public MixedSubject()
    {
        var random = new Random(3);
        var indicators = PillarSizes.SelectMany((size, pillar) => Enumerable.Range(0, size).Select(i => $"p{pillar}i{i}")).ToArray();
        var divisors = Enumerable.Range(0, Divisors).Select(i => $"d{i}").ToArray();
        var values = new double[Countries * (indicators.Length + Divisors)];
        for (var i = 0; i < values.Length; i++)
            values[i] = 1 + random.NextDouble();
        Set = new ReferenceSet(
            [.. Enumerable.Range(0, Countries).Select(i => new ReferenceUnit($"U{i}"))],
            [.. indicators, .. divisors],
            values
        );
        Framework = CompiledFramework.Compile(
            new CompositeFramework
            {
                Id = "mixed",
                Version = 1,
                ScaleFloor = 1,
                Bands = [new Band("low", 0), new Band("high", 60)],
                Reference = Set,
                Root = Branch("index", Aggregation.Arithmetic, SubIndex(0), SubIndex(1)),
            }
        );
    }

    public ReferenceSet Set { get; }

    public CompiledFramework Framework { get; }

    /// <summary>Whether an indicator is divided, and by which: every other one of the first pillar and the third.</summary>
    public static int DivisorOf(int pillar, int indicator) => pillar % 2 == 0 && indicator % 2 == 0 ? pillar / 2 : -1;

    public static double WeightOf(int indicator) => 1 + (indicator % 3);

    private static Node SubIndex(int half) =>
        Branch($"s{half}", Aggregation.Geometric, [.. Enumerable.Range(half * 4, 4).Select(pillar => Pillar(pillar))]);

    private static Node Pillar(int pillar) =>
        Branch(
            $"p{pillar}",
            Methods[pillar % Methods.Length],
            [
                .. Enumerable
                    .Range(0, PillarSizes[pillar])
                    .Select(i => new Leaf
                    {
                        Code = $"p{pillar}i{i}",
                        Weight = WeightOf(i),
                        Normalisation = new MinMax(),
                        Denominator = DivisorOf(pillar, i) is >= 0 and var divisor ? new Denominator($"d{divisor}") : null,
                    }),
            ]
        );

    private static Node Branch(string code, Aggregation aggregation, params Element[] children) =>
        new()
        {
            Code = code,
            Aggregation = aggregation,
            Missing = new RenormaliseWeights(0.5),
            Children = [.. children],
        };
}
