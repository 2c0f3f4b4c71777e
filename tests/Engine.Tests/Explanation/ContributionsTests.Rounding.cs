using CsCheck;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using static EarlyWarning.Engine.Tests.Infrastructure.Trees;

namespace EarlyWarning.Engine.Tests.Explanation;

/// <content>Leaves that hardly move, or that offset each other.</content>
public partial class ContributionsTests
{
    [Fact]
    public void Contributions_OffsettingLeavesUnderAChildThatStoodStill_AreNotLost()
    {
        // Between the states f stays at 50, because a rose by what b fell; the geometric mean's slope at f says what each is worth.
        var root = Node(
            "index",
            _skip,
            Node("f", _skip, Leaf("a", normalisation: _posts), Leaf("b", normalisation: _posts)),
            Leaf("c", normalisation: _posts)
        );
        foreach (var aggregation in new[] { Aggregation.Geometric, Aggregation.Harmonic })
        {
            var compiled = CompiledFramework.Compile(Framework(root with { Aggregation = aggregation }, scaleFloor: 1));
            var (earlier, later) = (Make(compiled, 40, 60), Make(compiled, 60, 40));
            var parts = new double[3];

            Assert.True(later.TryAttributeChange(earlier, parts));

            Assert.True(parts[0] > 1, $"{parts[0]}");
            Assert.Equal(-parts[0], parts[1], 1e-9);
            Assert.Equal(0, parts[2]);
        }

        static ScoreState Make(CompiledFramework compiled, double a, double b)
        {
            var state = new ScoreState(compiled);
            state.Set(0, a);
            state.Set(1, b);
            state.Set(2, 30);
            state.Update();
            return state;
        }
    }

    [Fact]
    public void Contributions_LeafThatHardlyMovedAGreaterSibling_AddUpAndLeaveItNothing()
    {
        // The greater of a mean at 90 and of one that is 1e-8 above its least risk is the first's alone.
        var small = Node("small", _skip, Leaf("a", normalisation: _posts), Leaf("b", normalisation: _posts));
        var large = Node("large", _skip, Leaf("c", normalisation: _posts));
        var root = Node("index", _skip, small, large) with { Aggregation = new MaximumChild() };
        var state = State(Framework(root, scaleFloor: 1), ("a", 1 + 1e-8), ("b", 1), ("c", 90));

        var parts = Contributions(state);

        Assert.Equal(state.Score!.Value - 1, parts.Sum(), 1e-12);
        Assert.InRange(parts[0], 0, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Change_ChildThatHardlyMoved_AddsUpAndHasTheOtherSignsTheOtherWayRound(string method)
    {
        // a and b move their mean by 2e-8 at most, alone or by offsetting each other; the other children go past it.
        var moving = Node("moving", _skip, Leaf("a", normalisation: _posts), Leaf("b", normalisation: _posts));
        var root = Node("index", _skip, moving, Leaf("c", normalisation: _posts), Leaf("d", normalisation: _posts)) with
        {
            Aggregation = Aggregations[method],
        };
        var compiled = CompiledFramework.Compile(Framework(root, scaleFloor: 1) with { Reference = Set(["a", "b", "c", "d"]) });
        foreach (var (a, b) in new[] { (40 + 2e-8, 60.0), (40 - 2e-8, 60.0), (60, 40.0), (60 + 2e-8, 40.0) })
        {
            var (earlier, later) = (Make(40, 60, 49, 55), Make(a, b, 52, 45));
            var (forth, back) = (new double[4], new double[4]);

            Assert.True(later.TryAttributeChange(earlier, forth));
            Assert.True(earlier.TryAttributeChange(later, back));

            Assert.Equal(later.Score!.Value - earlier.Score!.Value, forth.Sum(), 1e-11);
            Assert.Equal(forth, back.Select(part => -part), (one, other) => Math.Abs(one - other) < 1e-9);
        }

        ScoreState Make(params double[] values)
        {
            var state = new ScoreState(compiled);
            for (var leaf = 0; leaf < values.Length; leaf++)
                state.Set(leaf, values[leaf]);
            state.Update();
            return state;
        }
    }
}
