using System.Collections.Immutable;
using CsCheck;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>Random reference sets and frameworks of every method over them.</summary>
internal static class SetCases
{
    /// <summary>Columns with gaps, ties and outliers; at least six different values each.</summary>
    public static Gen<double[]> Columns { get; } =
        Gen.Select(Gen.Int[8, 30], Gen.Int[0, 1_000_000], Gen.Int[0, 3])
            .Select(
                (units, seed, kind) =>
                {
                    var random = new Random(seed);
                    return Enumerable
                        .Range(0, units)
                        .Select(i => i > 5 && random.Next(8) == 0 ? double.NaN : Draw(random, i, kind))
                        .ToArray();
                }
            );

    public static Gen<CompositeFramework> Frameworks { get; } = Gen.Select(Gen.Int[8, 20], Gen.Int[0, 10_000_000]).Select(Build);

    /// <summary>Any method that fits a column of positive values.</summary>
    public static Normalisation Method(Random random, bool positive = false)
    {
        var own = random.Next(2) == 0;
        return random.Next(positive ? 4 : 12) switch
        {
            0 => new Ranking { OwnScale = true },
            1 => new MinMax(1, 100) { OwnScale = true },
            2 => new ZScore(60, 4),
            3 => new MinMax(5, 10) { OwnScale = true },
            4 => new MinMax { OwnScale = own },
            5 => new PercentileRank { OwnScale = own },
            6 => new BordaCount { OwnScale = own },
            7 => new DistanceToMaximum { OwnScale = own },
            8 => new FractionOfMaximum { OwnScale = own },
            9 => new Goalposts(2, 20, Capped: own),
            10 => new LogisticCurve(6, 0.3) { OwnScale = own },
            _ => new CategoricalBands([new(0, 10), new(4, 60), new(9, 35)]),
        };
    }

    private static double Draw(Random random, int unit, int kind) =>
        kind switch
        {
            // The first six differ whatever is drawn, so that no column is flat.
            0 => unit < 6 ? unit + 1 : random.Next(1, 7),
            1 => Math.Exp((unit < 6 ? unit : 1) + (random.NextDouble() * 3)),
            2 => 20 + (unit < 6 ? unit : 0) + random.NextDouble(),
            _ => -30 + (unit < 6 ? unit : 0) + (random.Next(5) == 0 ? 500 * random.NextDouble() : random.NextDouble()),
        };

    private static CompositeFramework Build(int units, int seed)
    {
        var random = new Random(seed);
        var count = 0;
        var codes = new List<string>();
        var positive = random.Next(3) == 0;
        Leaf Leaf()
        {
            var code = $"x{count++}";
            codes.Add(code);
            return new Leaf
            {
                Code = code,
                Weight = random.Next(6) == 0 ? 0 : 0.5 + random.NextDouble(),
                Direction = (Direction)random.Next(2),
                Normalisation = Method(random, positive),
                Denominator = random.Next(4) == 0 ? new Denominator("people", 10) : null,
                Treatment = random.Next(3) == 0 ? new SkewDriven { Test = new ShapeTest(0.5, 0.5), Combine = random.Next(2) == 0 } : null,
                Imputation = random.Next(5) switch
                {
                    0 => new CentralValue(CentralStatistic.Median, "region"),
                    1 => new SiblingValue(),
                    2 => new CentralValue(),
                    _ => null,
                },
            };
        }

        Node Node(string code, Element[] children) =>
            new()
            {
                Code = code,
                Weight = 0.5 + random.NextDouble(),
                Direction = positive || code == "index" ? Direction.Raises : (Direction)random.Next(2),
                Missing = random.Next(4) switch
                {
                    0 => new RenormaliseWeights(0.4) { PresenceFloor = 0.5 },
                    1 => new RefuseIncomplete(),
                    _ => new RenormaliseWeights(0),
                },
                Weighting = random.Next(3) == 0 ? Weighting.Equal : Weighting.Given,
                Aggregation = random.Next(positive ? 8 : 5) switch
                {
                    0 => new MedianChild(),
                    1 => new MinimumChild(),
                    2 => new MaximumChild(),
                    3 => positive ? Aggregation.Arithmetic : new Copeland(random.Next(2) == 0),
                    5 => Aggregation.Geometric,
                    6 => Aggregation.Harmonic,
                    7 => new GeneralisedMean(random.Next(2) == 0 ? 2 : -0.5),
                    _ => Aggregation.Arithmetic,
                },
                Children = [children[0] with { Weight = 1 }, .. children[1..]],
            };

        var groups = Enumerable.Range(0, random.Next(2, 4)).Select(i => (Element)Node($"n{i}", [Leaf(), Leaf(), Leaf()])).ToArray();
        var root = Node("index", [.. groups, Leaf() with { Imputation = null }]);
        codes.Add("people");
        var rows = Enumerable
            .Range(0, units)
            .Select(i => new ReferenceUnit(
                ((char)('A' + i)).ToString(),
                Groups: i == 3 ? null : ImmutableDictionary<string, string>.Empty.Add("region", i % 2 == 0 ? "north" : "south")
            ))
            .ToImmutableArray();
        var kinds = codes.ToDictionary(code => code, code => code == "people" ? 1 : random.Next(3), StringComparer.Ordinal);
        var values =
            from unit in Enumerable.Range(0, units)
            from code in codes
            select unit > 5 && code != "people" && random.Next(7) == 0 ? double.NaN : Draw(random, unit, kinds[code]);
        return Trees.Framework(root) with
        {
            Reference = new ReferenceSet(rows, [.. codes], [.. values]),
            Screening = random.Next(4) == 0 ? new Screening(0.8) : null,
        };
    }
}
