using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Benchmarks.Uncertainty;

/// <summary>
/// A framework of the shape of the ASEM index, COINr's example: 49 indicators, 8 pillars, 2 sub-indexes, 1 index; 51 countries with made-up
/// values.
/// </summary>
internal sealed class AsemSubject
{
    public const int LeafCount = 49;
    public const int Countries = 51;

    /// <summary>The indicators of each pillar; the first five pillars make one sub-index, the others the second.</summary>
    public static readonly int[] Pillars = [8, 4, 5, 6, 7, 6, 7, 6];

    public AsemSubject(bool geometric, Normalisation normalisation)
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, Countries * LeafCount).Select(_ => 10 * random.NextDouble()).ToArray();
        var leaf = 0;
        var index = Branch(
            "index",
            [
                Branch("connectivity", [.. Enumerable.Range(0, 5).Select(Pillar)]),
                Branch("sustainability", [.. Enumerable.Range(5, 3).Select(Pillar)]),
            ]
        );
        Framework = CompiledFramework.Compile(
            new CompositeFramework
            {
                Id = "asem",
                Version = 1,
                ScaleFloor = 1,
                Bands = [new Band("low", 0), new Band("middle", 40), new Band("high", 60)],
                Root = index,
                Reference = new ReferenceSet(
                    [.. Enumerable.Range(0, Countries).Select(country => new ReferenceUnit($"C{country}"))],
                    [.. Enumerable.Range(0, LeafCount).Select(Code)],
                    values
                ),
            }
        );
        Values =
        [
            .. Enumerable
                .Range(0, Countries)
                .Select(country => new CountryValues(
                    $"C{country}",
                    Enumerable.Range(0, LeafCount).ToImmutableDictionary(Code, i => new Reading(values[(country * LeafCount) + i], 0.5))
                )),
        ];

        Element Pillar(int pillar) =>
            Branch(
                $"p{pillar}",
                [
                    .. Enumerable
                        .Range(0, Pillars[pillar])
                        .Select(_ => new Leaf
                        {
                            Code = Code(leaf),
                            Weight = WeightOf(leaf++),
                            Normalisation = normalisation,
                        }),
                ]
            );

        Node Branch(string code, ImmutableArray<Element> children) =>
            new()
            {
                Code = code,
                Aggregation = geometric ? Aggregation.Geometric : Aggregation.Arithmetic,
                Missing = new RenormaliseWeights(0.5),
                Children = children,
            };
    }

    public CompiledFramework Framework { get; }

    public ImmutableArray<CountryValues> Values { get; }

    public static double WeightOf(int leaf) => 1 + (leaf % 3);

    private static string Code(int leaf) => $"x{leaf}";
}
