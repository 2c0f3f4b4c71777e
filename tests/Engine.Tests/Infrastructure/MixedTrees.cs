using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>
/// Random trees of every method over a random reference set: on the framework's own scale from 1 to 100, where every mean is possible, or
/// on the methods' own scales.
/// </summary>
internal sealed class MixedTrees
{
    private const int Units = 7;

    private readonly Random _random;
    private readonly bool _onScale;
    private readonly List<string> _indicators = ["people", "area"];
    private int _count;

    private MixedTrees(int seed)
    {
        _random = new Random(seed);
        _onScale = _random.Next(3) > 0;
    }

    public static CompositeFramework Of(int seed) => new MixedTrees(seed).Framework();

    private CompositeFramework Framework()
    {
        var root = Branch(2) with { Weight = 1, Direction = Direction.Raises };
        return Trees.Framework(root, _onScale ? 1 : 0) with
        {
            Reference = Set(),
            Screening = Chance(8) ? new Screening(0.3, Chance(2) ? 0.2 : 0) : null,
        };
    }

    private Node Branch(int depth)
    {
        var children = Enumerable
            .Range(0, _random.Next(1, 6))
            .Select(_ => depth > 0 && Chance(2) ? Branch(depth - 1) : (Element)Leaf())
            .ToArray();
        children[0] = children[0] with { Weight = children[0].Weight + 0.1 };
        return new Node
        {
            Code = $"n{_count++}",
            Weight = Weight(),
            Direction = Turn(),
            Weighting = Chance(5) ? Weighting.Equal : Weighting.Given,
            Aggregation = Aggregation(),
            Missing = Policy(),
            Children = [.. children],
        };
    }

    private Leaf Leaf()
    {
        var code = $"x{_count++}";
        _indicators.Add(code);
        return new Leaf
        {
            Code = code,
            Weight = Weight(),
            Direction = Turn(),
            Normalisation = _onScale ? Stretched() : Own(),
            Denominator = _random.Next(6) switch
            {
                0 => new Denominator("people", 10),
                1 => new Denominator("area"),
                _ => null,
            },
            Imputation = Chance(6) ? new CentralValue() : null,
        };
    }

    private Normalisation Stretched() =>
        _random.Next(7) switch
        {
            0 or 1 => new Goalposts(5, 60),
            2 => new MinMax(),
            3 => new LogisticCurve(30, 0.1),
            4 => new Ranking(),
            5 => new PercentileRank(),
            _ => new CategoricalBands([new CategoryStep(0, 5), new CategoryStep(20, 40), new CategoryStep(50, 90)]),
        };

    private Normalisation Own() =>
        _random.Next(7) switch
        {
            0 => new Goalposts(5, 60, Capped: false),
            1 => new MinMax(2, 7) { OwnScale = true },
            2 => new LogisticCurve(30, 0.1) { OwnScale = true },
            3 => new Ranking { OwnScale = true },
            4 => new AsIs(),
            5 => new Goalposts(5, 60) { OwnScale = true },
            _ => new ZScore(1, 2),
        };

    private Aggregation Aggregation() =>
        _random.Next(_onScale ? 11 : 6) switch
        {
            0 or 1 => Scoring.Engine.Models.Aggregation.Arithmetic,
            2 => new MedianChild(),
            3 => new MinimumChild(),
            4 => new MaximumChild(),
            5 => new Copeland(OwnScale: !_onScale),
            6 or 7 => Scoring.Engine.Models.Aggregation.Geometric,
            8 => Scoring.Engine.Models.Aggregation.Harmonic,
            9 => new GeneralisedMean(_random.Next(2) == 0 ? 2 : 0.5),
            _ => new GeneralisedMean(-1.5),
        };

    private MissingDataPolicy Policy() =>
        _random.Next(8) switch
        {
            0 or 1 => new RenormaliseWeights(_random.NextDouble()) { PresenceFloor = Chance(2) ? _random.NextDouble() : 0 },
            2 when _onScale => new HoldValue(1 + (99 * _random.NextDouble())),
            3 => new RefuseIncomplete(),
            _ => new RenormaliseWeights(0),
        };

    private ReferenceSet Set()
    {
        var values = new double[Units * _indicators.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (unit, divides) = (i / _indicators.Count, i % _indicators.Count < 2);
            values[i] =
                divides ? 0.5 + _random.NextDouble()
                : unit > 2 && Chance(7) ? double.NaN
                : 80 * _random.NextDouble();
        }

        return new ReferenceSet([.. Enumerable.Range(0, Units).Select(unit => new ReferenceUnit($"u{unit}"))], [.. _indicators], values);
    }

    private double Weight() => Chance(10) ? 0 : 0.1 + (5 * _random.NextDouble());

    private Direction Turn() => Chance(3) ? Direction.Lowers : Direction.Raises;

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;
}
