using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.States;

/// <summary>Imputed values and screening in a live state.</summary>
public class ImputationTests
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    private static readonly ImmutableArray<ReferenceUnit> _units =
    [
        Unit("A", "north"),
        Unit("B", "north"),
        Unit("C", "south"),
        Unit("D", "south"),
    ];

    private static readonly ReferenceSet _set = new(_units, ["a", "b"], [10, 20, 30, 40, 50, 60, 90, 80]);

    [Theory]
    [InlineData("north", 20)] // (10 + 30) / 2
    [InlineData("south", 70)] // (50 + 90) / 2
    public void Score_GroupMean_IsThatOfTheCountrysGroup(string region, double imputed)
    {
        var state = new ScoreState(Compiled(new CentralValue(Group: "region")), Unit("X", region));
        state.Set(1, 40);
        state.Update();

        // The error of an imputed value is held at the ends of the scale, so its mean moves a little to the middle.
        Assert.InRange(state.Score!.Value, (Math.Min(imputed, 50) / 2) + 20, (Math.Max(imputed, 50) / 2) + 20);
        Assert.Equal((imputed, null, true), (state.LeafInput(0), state.LeafValue(0), state.IsImputed(0)));
        Assert.Equal(0.5, state.Coverage);
    }

    [Fact]
    public void Score_GroupOfARowOfTheSet_IsKnownByItsCode()
    {
        var state = new ScoreState(Compiled(new CentralValue(Group: "region")), new ReferenceUnit("D"));
        state.Set(1, 40);
        state.Update();

        Assert.Equal(70, state.LeafInput(0));
    }

    [Fact]
    public void Score_CountryWithoutAGroup_StaysWithItsGap()
    {
        var state = new ScoreState(Compiled(new CentralValue(Group: "region")));
        state.Set(1, 40);
        state.Update();

        // (1·0.4 + ½) / 2 of a scale of 100 in its place.
        Assert.Equal((40 + 45) / 2.0, state.Score);
        Assert.Null(state.LeafInput(0));
    }

    [Fact]
    public void Set_ObservationForAnImputedValue_TakesItsPlace()
    {
        var state = new ScoreState(Compiled(new CentralValue()));
        Assert.Null(state.Score);
        state.Set(0, 15);
        state.Set(1, 25);
        state.Update();

        Assert.Equal((20.0, 1.0, false), (state.Score, state.Coverage, state.IsImputed(0)));
        state.Clear(0);
        state.Update();
        Assert.Equal((45.0, 0.5, true), (state.LeafInput(0), state.Coverage, state.IsImputed(0)));
        Assert.Equal((state.LeafScore(0)!.Value + 25) / 2, state.Score!.Value, 1e-12);
    }

    [Fact]
    public void CopyFrom_StateOfAnotherCountry_IsRefused()
    {
        var compiled = Compiled(new CentralValue(Group: "region"));

        Assert.Throws<ArgumentException>(() =>
            new ScoreState(compiled, Unit("X", "north")).CopyFrom(new ScoreState(compiled, new ReferenceUnit("D")))
        );
    }

    [Theory]
    [InlineData(0.5, 0, true)] // two of four are there
    [InlineData(0.6, 0, false)]
    [InlineData(0, 0.5, true)] // one of two is other than 0
    [InlineData(0, 0.6, false)]
    public void Score_ScreenedOut_IsNoneAndTheCoverageStays(double available, double nonZero, bool isScored)
    {
        var root = Node("index", _skip, Node("f", _skip, Leaf("a"), Leaf("b")), Leaf("c"), Leaf("d"));

        var state = State(Framework(root) with { Screening = new Screening(available, nonZero) }, ("a", 0), ("c", 40));

        Assert.Equal(isScored, state.Score is not null);
        Assert.Equal(isScored, state.NodeScore(0) is not null);
        Assert.Equal(isScored, Contributions(state).Sum() == 20);
        Assert.Equal(isScored ? 0 : -1, state.LevelIndex);
        Assert.Equal(0.5, state.Coverage, 1e-12);
    }

    private static CompiledFramework Compiled(Imputation imputation) =>
        CompiledFramework.Compile(
            Framework(Node("index", _skip, Leaf("a") with { Imputation = imputation }, Leaf("b"))) with
            {
                Reference = _set,
            }
        );

    private static ReferenceUnit Unit(string code, string region) =>
        new(code, Groups: ImmutableDictionary<string, string>.Empty.Add("region", region));
}
