using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.States;

public class ScoreStateTests
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    [Fact]
    public void Score_NothingSet_IsNoneAtNoCoverage()
    {
        var state = State(Framework(Node("index", _skip, Leaf("a"))));

        Assert.Null(state.Score);
        Assert.Equal(-1, state.LevelIndex);
        Assert.Equal(0, state.Coverage);
        Assert.Null(state.LeafValue(0));
        Assert.Null(state.LeafScore(0));
    }

    [Fact]
    public void Score_GeometricMean_IsTheWeightedProduct()
    {
        // 16^(1/4) · 81^(3/4) = 2 · 27 = 54 on a scale from 1, where goalposts 1 to 100 leave the values as they are.
        var posts = new Goalposts(1, 100);
        var root = Node("index", _skip, Leaf("a", normalisation: posts), Leaf("b", 3, normalisation: posts)) with
        {
            Aggregation = Aggregation.Geometric,
        };

        Assert.Equal(54, State(Framework(root, scaleFloor: 1), ("a", 16), ("b", 81)).Score!.Value, 1e-9);
    }

    [Theory]
    [InlineData(true, 100)]
    [InlineData(false, 150)]
    public void Score_ValueBeyondTheGoalpost_IsCappedOrLeavesTheScale(bool capped, double expected)
    {
        var state = State(Framework(Node("index", _skip, Leaf("a", normalisation: new Goalposts(0, 10, capped)))), ("a", 15));

        Assert.Equal(expected, state.Score!.Value, 1e-12);
        Assert.Equal(2, state.LevelIndex);
    }

    [Fact]
    public void Score_MirroredOnAScaleFromOne_StaysOnIt()
    {
        // Resilience of 100 on a scale from 1 is risk 1 + 100 − 100 = 1.
        var root = Node("index", _skip, Node("r", _skip, Leaf("a")) with { Direction = Direction.Lowers });

        Assert.Equal(1, State(Framework(root, scaleFloor: 1), ("a", 100)).Score!.Value, 1e-12);
    }

    [Fact]
    public void Set_BeforeUpdate_DoesNotCountYet()
    {
        var state = State(Framework(Node("index", _skip, Leaf("a"))), ("a", 10));

        state.Set(0, 90, 2);

        Assert.Equal(10, state.Score);
        Assert.Equal((90.0, 2.0), (state.LeafValue(0), state.LeafStandardError(0)));
        state.Update();
        Assert.Equal(90, state.Score!.Value, 1e-6);
    }

    [Fact]
    public void LeafScore_LoweringIndicator_IsMirrored()
    {
        var state = State(Framework(Node("index", _skip, Leaf("a", 1, Direction.Lowers, new Goalposts(0, 50)))), ("a", 10));

        Assert.Equal(80, state.LeafScore(0)!.Value, 1e-12);
    }

    [Fact]
    public void Clear_LeafWithAnError_ForgetsBoth()
    {
        var state = State(Framework(Node("index", _skip, Leaf("a"), Leaf("b"))), ("a", 10), ("b", 30));
        state.Set(0, 50, 7);

        state.Clear(0);
        state.Update();

        Assert.Equal((30 + 40) / 2.0, state.Score);
        Assert.Equal((null, (double?)null), (state.LeafValue(0), state.LeafStandardError(0)));
    }

    [Fact]
    public void CopyFrom_ChangesStillToBeCounted_AreCountedByTheNextUpdate()
    {
        var state = State(Framework(Node("index", _skip, Leaf("a"))), ("a", 10));
        var copy = new ScoreState(state.Framework);
        state.Set(0, 90);

        copy.CopyFrom(state);

        Assert.Equal(10, copy.Score);
        copy.Update();
        Assert.Equal(90, copy.Score);
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(1, -1)]
    [InlineData(1, double.NaN)]
    public void Set_NoNumber_IsRefusedAndChangesNothing(double value, double error)
    {
        var state = State(Framework(Node("index", _skip, Leaf("a"))), ("a", 10));

        Assert.Throws<ArgumentOutOfRangeException>(() => state.Set(0, value, error));
        state.Update();
        Assert.Equal(10, state.Score);
    }

    [Fact]
    public void Update_AfterOneObservation_AllocatesNothing()
    {
        var state = State(Framework(Node("index", _skip, Node("f", _skip, Leaf("a"), Leaf("b")), Leaf("c"))), ("a", 1), ("b", 2), ("c", 3));
        var parts = new double[3];
        Work(0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
            Work(i % 100);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Work(double value)
        {
            state.Set(0, value, 1);
            state.Update();
            state.Contributions(parts);
            _ = state.Score;
        }
    }
}
