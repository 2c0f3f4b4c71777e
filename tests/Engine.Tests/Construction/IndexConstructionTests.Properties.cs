using CsCheck;
using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using static EarlyWarning.Engine.Tests.Infrastructure.Sets;

namespace EarlyWarning.Engine.Tests.Construction;

/// <content>What holds of any framework.</content>
public partial class IndexConstructionTests
{
    [Fact]
    public void Construct_AnyFramework_EqualsEachCountryLive() =>
        SetCases.Frameworks.Sample(
            framework =>
            {
                var built = IndexConstruction.Construct(framework);
                var compiled = CompiledFramework.Compile(framework);
                for (var unit = 0; unit < built.Units.Length; unit++)
                {
                    var state = new ScoreState(compiled, built.Units[unit]);
                    foreach (var leaf in compiled.Leaves)
                        if (
                            framework.Reference![framework.Reference.RowOf(built.Units[unit].Key), leaf.Indicator] is var value
                            && !double.IsNaN(value)
                        )
                            state.Set(leaf.Index, value);
                    state.Update();
                    foreach (var node in compiled.Nodes)
                    {
                        // Where something is missing a live country's score is the mean of its distribution.
                        if (compiled.Leaves.All(leaf => state.LeafValue(leaf.Index) is not null))
                            AssertNear([built.Nodes.At(unit, node.Index)], [state.NodeScore(node.Index) ?? NaN], 1e-9);
                        Assert.Equal(built.Coverage.At(unit, node.Index), state.NodeCoverage(node.Index), 1e-12);
                    }
                }
            },
            iter: 300
        );

    [Fact]
    public void Construct_UnitsInAnotherOrder_GivesTheSameScores() =>
        Gen.Select(SetCases.Frameworks, Gen.Int[0, 1000])
            .Sample(
                (framework, seed) =>
                {
                    // Copeland's method alone looks at the order, and only where something is missing.
                    if (Nodes(framework.Root).Any(node => node.Aggregation is Copeland))
                        return;
                    var set = framework.Reference!;
                    int[] order = [.. Enumerable.Range(0, set.Units.Length).OrderBy(_ => seed = (seed * 1103515245) + 12345)];
                    var shuffled = new ReferenceSet(
                        [.. order.Select(row => set.Units[row])],
                        set.Indicators,
                        [.. order.SelectMany(row => set.Indicators.Select(indicator => set[row, indicator]))]
                    );

                    var (one, other) = (
                        IndexConstruction.Construct(framework),
                        IndexConstruction.Construct(framework with { Reference = shuffled })
                    );

                    for (var unit = 0; unit < one.Units.Length; unit++)
                        AssertNear([one.Scores()[unit]], [other.Scores()[other.Nodes.Units.IndexOf(one.Units[unit].Key)]], 1e-9);
                },
                iter: 300
            );

    [Fact]
    public void Construct_Twice_GivesTheSameBits() =>
        SetCases.Frameworks.Sample(
            framework => Assert.Equal(IndexConstruction.Construct(framework).Scores(), IndexConstruction.Construct(framework).Scores()),
            iter: 50
        );
}
