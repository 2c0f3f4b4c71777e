using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.States;

/// <summary>Denominators worked by hand.</summary>
public class DenominatorTests
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    /// <summary>Deaths per 100,000 people on 0 to 50, incidents per person on 0 to 1, and the number of people itself.</summary>
    private static readonly CompositeFramework _model = Framework(
        Node(
            "index",
            _skip,
            Leaf("deaths", 1, normalisation: new Goalposts(0, 50)) with
            {
                Denominator = new("people", 100_000),
            },
            Leaf("incidents", 1, normalisation: new Goalposts(0, 1)) with
            {
                Denominator = new("people", 1),
            },
            Leaf("area", 2)
        )
    );

    [Fact]
    public void Leaves_OfWhatOnlyDivides_StandAfterTheOthersWithoutWeight()
    {
        var compiled = CompiledFramework.Compile(_model);

        Assert.Equal(["deaths", "incidents", "area", "people"], compiled.Leaves.Select(leaf => leaf.Indicator));
        Assert.Equal((4, 3), (compiled.LeafCount, compiled.ScoredLeafCount));
        Assert.Equal((compiled.Root, 0.0), (compiled.Leaves[3].Node, compiled.Leaves[3].EffectiveWeight));
        Assert.Equal(4, compiled.Nodes[compiled.Root].LeafCount);
        Assert.True(compiled.Reads(compiled.Root, 3));
    }

    [Fact]
    public void Score_Quotients_AreScored()
    {
        // 40 deaths among 200,000 are 20 per 100,000: 40. 100,000 incidents are 0.5: 50. Area 10: (40 + 50 + 2·10) / 4 = 27.5.
        var state = State(_model, ("deaths", 40), ("incidents", 100_000), ("people", 200_000), ("area", 10));

        Assert.Equal(27.5, state.Score!.Value, 1e-12);
        Assert.Equal((20.0, 0.5, null), (state.LeafInput(0), state.LeafInput(1), state.LeafInput(3)));
        Assert.Equal((40.0, 40.0, null), (state.LeafValue(0), state.LeafScore(0), state.LeafScore(3)));
        Assert.Equal(1, state.Coverage);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.0)]
    public void Score_DenominatorMissingOrZero_LeavesItsQuotientsOut(double? people)
    {
        var state = State(_model, ("deaths", 40), ("incidents", 5), ("area", 10));
        if (people is { } value)
            state.Set(3, value);
        state.Update();

        // Area 10 with half the weight; the quotients at (n·0.1 + ½) / (n + 1) with n = 1.
        Assert.Equal((10 + 30) / 2, state.Score!.Value, 1e-12);
        Assert.Equal(0.5, state.Coverage);
    }

    [Fact]
    public void Score_DenominatorSetLast_MovesEveryQuotient()
    {
        var state = State(_model, ("deaths", 40), ("incidents", 100_000), ("people", 100_000), ("area", 10));
        state.Set(3, 200_000);
        state.Update();

        Assert.Equal(27.5, state.Score!.Value, 1e-12);
        state.Clear(3);
        state.Update();
        Assert.Equal((10 + 30) / 2, state.Score!.Value, 1e-12);
    }

    [Fact]
    public void Contributions_OfADenominator_AreItsQuotients()
    {
        var state = State(_model, ("deaths", 40), ("incidents", 100_000), ("people", 200_000), ("area", 10));

        Assert.Equal([10, 12.5, 5, 0], Contributions(state), (expected, actual) => Math.Abs(expected - actual) < 1e-12);
    }

    [Fact]
    public void Change_NumeratorAndDenominatorMove_ShareTheQuotient()
    {
        // Deaths from 10 to 40 while people go from 100,000 to 200,000: the score of the quotient from 20 to 40.
        // Deaths: half of (80 − 20) + (40 − 10) = 45; people: half of (10 − 20) + (40 − 80) = −25. With a weight of a quarter.
        var compiled = CompiledFramework.Compile(_model);
        var (earlier, later) = (Make(10, 100_000), Make(40, 200_000));
        var parts = new double[4];

        Assert.True(later.TryAttributeChange(earlier, parts));

        // Incidents per person from 1 to 0.5: nothing of incidents, all of people: −50 / 4.
        Assert.Equal([45.0 / 4, 0, 0, (-25.0 - 50) / 4], parts, (expected, actual) => Math.Abs(expected - actual) < 1e-9);

        ScoreState Make(double deaths, double people)
        {
            var state = new ScoreState(compiled);
            state.Set(0, deaths);
            state.Set(1, 100_000);
            state.Set(2, 10);
            state.Set(3, people);
            state.Update();
            return state;
        }
    }

    [Fact]
    public void Change_DenominatorComes_IsTheDenominators()
    {
        var compiled = CompiledFramework.Compile(_model);
        var (earlier, later) = (new ScoreState(compiled), new ScoreState(compiled));
        foreach (var state in new[] { earlier, later })
        {
            state.Set(0, 40);
            state.Set(2, 10);
        }

        later.Set(3, 200_000);
        earlier.Update();
        later.Update();
        var parts = new double[4];

        Assert.True(later.TryAttributeChange(earlier, parts));

        // From 10 to (40 + 2·10) / 3 = 20.
        Assert.Equal([0, 0, 0, 10], parts, (expected, actual) => Math.Abs(expected - actual) < 1e-9);
    }

    [Fact]
    public void Score_DenominatorInTheTree_HasAPlaceOfItsOwnToo()
    {
        var root = Node("index", _skip, Leaf("a") with { Denominator = new("b", 100) }, Leaf("b"));
        var state = State(Framework(root), ("a", 20), ("b", 50));

        Assert.Equal(2, state.Framework.LeafCount);
        Assert.Equal((40 + 50) / 2.0, state.Score);
        state.Set(1, 80);
        state.Update();
        Assert.Equal((25 + 80) / 2.0, state.Score);
    }
}
