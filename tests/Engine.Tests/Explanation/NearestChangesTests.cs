using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Explanation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Explanation;

public class NearestChangesTests
{
    private static readonly MissingDataPolicy _skip = new RenormaliseWeights(0);

    [Fact]
    public void Find_LowerLevel_NamesWhatCouldDoItAlone()
    {
        // (2·80 + 40 + 60) / 4 = 65 is elevated, from 40 on. For 40 the sum must fall by 100: a by 50 of 100, to 30; b has 40 and c 60, too
        // little. All together: their ways to their best end are worth 65, of which 25 are needed.
        var state = State(
            Framework(Node("index", _skip, Leaf("a", 2), Leaf("b"), Leaf("c", 1, Direction.Lowers))),
            ("a", 80),
            ("b", 40),
            ("c", 40)
        );

        var change = NearestChanges.Find(state, LevelStep.Lower)!;

        Assert.Equal((1, 0), (change.Level, change.NextLevel));
        var move = Assert.Single(change.Alone);
        Assert.Equal(("a", 80.0), (move.Indicator, move.From));
        Assert.Equal(30, move.To, 1e-9);
        Assert.Equal(0.5, move.Share, 1e-9);
        Assert.Equal(25 / 65.0, change.Joint!.Fraction, 1e-9);
        Assert.Equal([80 * 40 / 65.0, 40 * 40 / 65.0, 40 + (60 * 25 / 65.0)], change.Joint.Moves.Select(one => one.To), (a, b) =>
            Math.Abs(a - b) < 1e-9
        );
    }

    [Fact]
    public void Find_HigherLevel_SortsByTheShareOfTheRange()
    {
        // (50 + 3·60) / 4 = 57.5; from 70 on it is high: 50 more: a has just 50 of it, b needs 16.67 of 100.
        var state = State(Framework(Node("index", _skip, Leaf("a"), Leaf("b", 3))), ("a", 50), ("b", 60));

        var change = NearestChanges.Find(state, LevelStep.Higher)!;

        Assert.Equal(["b", "a"], change.Alone.Select(move => move.Indicator));
        Assert.Equal([60 + (50 / 3.0), 100], change.Alone.Select(move => move.To), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Find_LowestLevelOrNoScore_IsNone()
    {
        var model = Framework(Node("index", _skip, Leaf("a")));

        Assert.Null(NearestChanges.Find(State(model, ("a", 10)), LevelStep.Lower));
        Assert.Null(NearestChanges.Find(State(model, ("a", 90)), LevelStep.Higher));
        Assert.Null(NearestChanges.Find(State(model), LevelStep.Higher));
    }

    [Fact]
    public void Find_GivenRange_TakesThePlaceOfTheGoalposts()
    {
        // Among 40 to 100 a can only fall to 40: (40 + 40) / 2 = 40 is still elevated.
        var state = State(Framework(Node("index", _skip, Leaf("a"), Leaf("b"))), ("a", 80), ("b", 40));
        var ranges = new Dictionary<string, ValueRange> { ["a"] = new(40, 100) };

        Assert.Equal(["a"], NearestChanges.Find(state, LevelStep.Lower)!.Alone.Select(move => move.Indicator));
        Assert.Empty(NearestChanges.Find(state, LevelStep.Lower, ranges)!.Alone);
    }

    [Fact]
    public void Find_SquareThatFallsAndRises_FindsTheNearerSide()
    {
        // −1 + a²: high from ½ on, so from |a| = 1 on. At a = 0.2 it is −0.96; on −3 to 3 the nearer end of the low part is 1.
        var model = Logistic(-1, new RefuseIncomplete(), new Predictor("a", 0) { Range = new(-3, 3) }) with
        {
            Interactions = [new(1, ["a", "a"])],
        };

        var move = Assert.Single(NearestChanges.Find(State(model, ("a", 0.2)), LevelStep.Higher)!.Alone);

        Assert.Equal(1, move.To, 1e-9);
        Assert.Equal(0.8 / 6, move.Share, 1e-9);
    }

    [Fact]
    public void Find_DividedIndicator_IsToldInItsOwnUnit()
    {
        // 80 per 100 people at 200 people are 160; 40 per 100 are 80.
        var leaf = Leaf("a") with { Denominator = new("people", 100) };
        var state = State(Framework(Node("index", _skip, leaf)), ("a", 120), ("people", 200));

        var change = NearestChanges.Find(state, LevelStep.Lower)!;

        Assert.Equal(["a"], change.Alone.Select(move => move.Indicator));
        Assert.Equal(80, change.Alone[0].To, 1e-9);
        Assert.Equal(0.2, change.Alone[0].Share, 1e-9);
    }

    [Fact]
    public void Find_LevelOfANodeBesideTheIndex_IsWhatWouldChange()
    {
        // The index stands at 0.1 · 80 = 8, low; intent at 80 makes it high, and is there no longer below 75.
        var state = State(Trees.WithIntent, ("i1", 80), ("i2", 80), ("rest", 0));

        var change = NearestChanges.Find(state, LevelStep.Lower)!;

        Assert.Equal((2, 1), (change.Level, change.NextLevel));
        Assert.Equal(["i1", "i2"], change.Alone.Select(move => move.Indicator).Order(StringComparer.Ordinal));
        Assert.All(change.Alone, move => Assert.Equal(70, move.To, 1e-9));
    }

    [Fact]
    public void Find_AnyFramework_LeadsToTheOtherLevelAndJustSo() =>
        Gen.Select(Generators.Cases(Generators.Any), Gen.Bool)
            .Sample(
                (play, lower) =>
                {
                    var state = play.Play();
                    var before = state.Score;
                    if (NearestChanges.Find(state, lower ? LevelStep.Lower : LevelStep.Higher) is not { } change)
                        return;

                    Assert.Equal(before, state.Score);
                    foreach (var move in change.Alone)
                        AssertPast([move]);
                    if (change.Joint is { } joint)
                        AssertPast([.. joint.Moves]);
                    Assert.Equal(change.Alone.OrderBy(move => move.Share), change.Alone);

                    void AssertPast(LeafMove[] moves)
                    {
                        var trial = new ScoreState(play.Compiled, play.Country);
                        trial.CopyFrom(state);
                        foreach (var move in moves)
                            trial.Set(move.Leaf, move.To, state.LeafStandardError(move.Leaf));
                        trial.Update();
                        Assert.True(lower ? trial.LevelIndex < change.Level : trial.LevelIndex > change.Level, $"{trial.Score:R} {change}");
                        foreach (var move in moves)
                        {
                            // A ten-thousandth of the way before the point the level is still the old one; a step may lie right beside the
                            // value.
                            if (moves.Length > 1 || Math.Abs(move.To - move.From) < 1e-9 * Math.Abs(move.To))
                                continue;
                            trial.Set(move.Leaf, move.To + ((move.From - move.To) * 1e-4), state.LeafStandardError(move.Leaf));
                            trial.Update();
                            var bound = play.Compiled.BandBounds[Math.Max(change.Level, change.NextLevel)];
                            Assert.False(lower ? trial.Score < bound - 1e-12 : trial.Score >= bound + 1e-12, $"{trial.Score:R} {change}");
                        }
                    }
                },
                iter: 200
            );
}
