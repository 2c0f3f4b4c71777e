using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Construction.Weights;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <summary>Weights that the reference set decides.</summary>
public class WeightingTests
{
    private static readonly double[] _x = [1, 2, 3, 4, 5, 6, 7, 9];
    private static readonly double[] _y = [2, 1, 4, 3, 6, 5, 8, 7];
    private static readonly double[] _w = [1, 5, 2, 4, 3, 8, 6, 9];

    // Little correlated with x and with each other.
    private static readonly double[] _u = [4, 1, 7, 2, 6, 3, 8, 4];
    private static readonly double[] _v = [2, 6, 4, 1, 8, 7, 5, 3];

    [Fact]
    public void Resolve_PrincipalComponent_EqualsPrcomp()
    {
        // Computed by R's prcomp(scale = TRUE), as COINr's get_PCA calls it; loadings divided by their sum.
        double[] expected = [0.363763035694374, 0.323800347712743, 0.312436616592883];

        AssertNear(expected, Weights(new PrincipalComponentWeights(), _x, _y, _w));

        // The component is of correlations: another unit changes nothing. A unit with a gap is left out.
        AssertNear(
            expected,
            Weights(new PrincipalComponentWeights(), [.. _x.Select(value => (1000 * value) - 7), 4], [.. _y, NaN], [.. _w, 2])
        );
    }

    [Fact]
    public void Resolve_LoadingsOfBothSigns_AreRefusedWithAWayOut()
    {
        // R's prcomp gives −0.573, 0.523 and 0.631 here: the first would be a weight below 0.
        var framework = Three(
            new PrincipalComponentWeights(),
            [5, 3, 8, 4, 1, 5, 2, 9],
            [2, 2, 7, 4, 9, 5, 3, 1],
            [10, 20, 30, 40, 50, 60, 70, 15]
        );

        var error = Assert.Single(Assert.Throws<InvalidModelException>(() => Resolver.Resolve(framework)).Errors);

        Assert.Equal("root.weighting", error.Path);
        Assert.Contains("\"a\"", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_CorrelationWeights_BalanceTheCorrelations()
    {
        foreach (var kind in Enum.GetValues<CorrelationKind>())
        {
            var built = IndexConstruction.Construct(Three(new CorrelationWeights([]) { Kind = kind }, _x, _u, _v));
            var before = Spread(IndexConstruction.Construct(Three(Weighting.Equal, _x, _u, _v)), kind);

            Assert.Equal(1, built.Weights.Values.Sum(), 1e-12);
            Assert.InRange(Spread(built, kind), 0, kind == CorrelationKind.Pearson ? 1e-4 : before);
        }
    }

    [Fact]
    public void Resolve_Influences_SetTheProportions()
    {
        var built = IndexConstruction.Construct(Three(new CorrelationWeights([2, 1, 2]) { Tolerance = 1e-10 }, _x, _u, _v));

        var found = Correlations(built, CorrelationKind.Pearson);

        AssertNear([0.4, 0.2, 0.4], [.. found.Select(one => one / found.Sum())], 1e-4);
    }

    [Fact]
    public void Resolve_ProportionsOutOfReach_StayAtWeightsOfZeroOrMore()
    {
        // Three indicators that say nearly the same: only a weight below 0 would make one of them count for a third of another.
        var weights = Weights(new CorrelationWeights([1, 3, 3]), _x, _y, _w);

        Assert.All(weights, weight => Assert.InRange(weight, 0, 1));
        Assert.Equal(1, weights.Sum(), 1e-12);
    }

    [Fact]
    public void Resolve_GivenAndEqual_NeedNoSet()
    {
        var given = Resolver.Resolve(Trees.Framework(Fixed(Weighting.Given)));
        var equal = Resolver.Resolve(Trees.Framework(Fixed(Weighting.Equal)));

        Assert.Equal([1, 2, 3], given.Weights[0]);
        Assert.Equal([1, 1, 1], equal.Weights[0]);
    }

    [Fact]
    public void Balance_OneNode_FindsWhatItsCorrelationWeightsFind()
    {
        var framework = Three(new CorrelationWeights([]) { Tolerance = 0.1 }, _x, _y, _w);

        var found = WeightOptimisation.Balance(framework, ["a", "b", "c"]);

        AssertNear(Resolver.Resolve(framework).Weights[0], found.Weights);
        Assert.Equal(1, found.Weights.Sum(), 1e-12);
    }

    [Fact]
    public void Balance_LevelOfSeveralNodes_EqualsCoinr()
    {
        // Computed by COINr 1.1.14: get_opt_weights at level 1 with itarg "equal", and with optype "infomax" and toler 1e-6.
        var framework = Deep();

        var balance = WeightOptimisation.Balance(framework, ["a", "b", "c", "d"]);
        var most = WeightOptimisation.InfoMax(framework, ["a", "b", "c", "d"], tolerance: 1e-6);

        AssertNear([0.24390243902439, 0.24390243902439, 0.268292682926829, 0.24390243902439], balance.Weights);
        AssertNear([0.250253617933845, 0.250477894544573, 0.250948766660027, 0.248319720861555], most.Weights, 1e-9);
        Assert.Equal((5, 25), (balance.Evaluations, most.Evaluations));
        Assert.True(balance.Converged && most.Converged);
        Assert.True(most.Correlations.Sum() >= balance.Correlations.Sum());
    }

    [Fact]
    public void Search_Told_CountsItsTrialsAndStopsWhereItIsEnded()
    {
        var framework = Deep();
        string[] codes = ["a", "b", "c", "d"];
        using Told whole = new(),
            part = new(endAt: 0.03);

        var found = WeightOptimisation.InfoMax(framework, codes, tolerance: 1e-6, maximumEvaluations: 100, progress: whole);

        Assert.Equal(whole.Shares.Order(), whole.Shares);
        Assert.InRange(whole.Shares[^1], found.Evaluations / 100.0, (found.Evaluations + 2) / 100.0);
        Assert.Throws<OperationCanceledException>(() =>
            WeightOptimisation.Balance(
                framework,
                codes,
                tolerance: 1e-12,
                maximumEvaluations: 100,
                progress: part,
                cancellation: part.Ending
            )
        );
        Assert.Equal(3, part.Shares.Count);
    }

    [Fact]
    public void Balance_InfluencesOutOfReach_StaysAtWeightsOfZeroOrMoreAndSaysByHowMuchItMisses()
    {
        var framework = Three(Weighting.Equal, _x, _y, _w);

        var found = WeightOptimisation.Balance(framework, ["a", "b", "c"], [1, 3, 3], tolerance: 1e-6);

        Assert.All(found.Weights, weight => Assert.InRange(weight, 0, 1));
        Assert.Equal(1, found.Weights.Sum(), 1e-12);
        Assert.InRange(found.Shortfall, 0.02, 1);
        Assert.InRange(
            WeightOptimisation.Balance(Three(Weighting.Equal, _x, _u, _v), ["a", "b", "c"], [2, 1, 2], tolerance: 1e-10).Shortfall,
            0,
            1e-4
        );
    }

    [Fact]
    public void Balance_CodesThatAreNoWholeNodes_AreRefused()
    {
        var framework = Deep();

        Assert.Throws<ArgumentException>(() => WeightOptimisation.Balance(framework, ["a"]));
        Assert.Throws<ArgumentException>(() => WeightOptimisation.Balance(framework, ["nowhere"]));
        Assert.Throws<ArgumentException>(() => WeightOptimisation.Balance(framework, ["p", "q"], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => WeightOptimisation.Balance(framework, ["p", "q"], [1, -2]));
    }

    private static double[] Weights(Weighting weighting, params double[][] columns) =>
        Resolver.Resolve(Three(weighting, columns)).Weights[0];

    private static CompositeFramework Three(Weighting weighting, params double[][] columns)
    {
        var framework = Over(Of(("a", columns[0]), ("b", columns[1]), ("c", columns[2])), [Leaf("a"), Leaf("b"), Leaf("c")]);
        return framework with { Root = framework.Root with { Weighting = weighting } };
    }

    private static CompositeFramework Deep() =>
        Over(
            Of(("a", _x), ("b", _y), ("c", _w), ("d", [3, 1, 2, 6, 4, 5, 9, 8])),
            [
                Trees.Node("p", new RenormaliseWeights(0), Leaf("a"), Leaf("b")),
                Trees.Node("q", new RenormaliseWeights(0), Leaf("c"), Leaf("d")),
            ]
        );

    private static Leaf Leaf(string code) => new() { Code = code, Normalisation = new MinMax() };

    private static Node Fixed(Weighting weighting) =>
        Trees.Node("index", new RenormaliseWeights(0), Trees.Leaf("a", 1), Trees.Leaf("b", 2), Trees.Leaf("c", 3)) with
        {
            Weighting = weighting,
        };

    private static double[] Correlations(ConstructedIndex built, CorrelationKind kind) =>
        [
            .. ((string[])["a", "b", "c"]).Select(code =>
                CorrelationSearch.Of(kind, built.Normalised.Column(code), built.Nodes.Column("index"))
            ),
        ];

    private static double Spread(ConstructedIndex built, CorrelationKind kind)
    {
        var found = Correlations(built, kind);
        return found.Max() - found.Min();
    }
}
