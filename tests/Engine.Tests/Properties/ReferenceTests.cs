using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Construction;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Engine.Tests.Properties;

/// <summary>A live country and the construction over the whole set.</summary>
public class ReferenceTests
{
    [Fact]
    public void Score_UnitOfTheSet_IsTheConstructedOne() =>
        Generators.Mixed.Sample(
            model =>
            {
                var composite = (CompositeFramework)model;
                var built = IndexConstruction.Construct(composite);
                var compiled = CompiledFramework.Compile(model);
                for (var unit = 0; unit < built.Units.Length; unit++)
                {
                    var state = new ScoreState(compiled, built.Units[unit]);
                    foreach (var leaf in compiled.Leaves)
                    {
                        var value = composite.Reference![composite.Reference.RowOf(built.Units[unit].Key), leaf.Indicator];
                        if (!double.IsNaN(value))
                            state.Set(leaf.Index, value);
                    }

                    state.Update();
                    var isComplete = compiled.Leaves.All(leaf => state.LeafValue(leaf.Index) is not null);

                    foreach (var node in compiled.Nodes)
                    {
                        var expected = built.Nodes.At(unit, node.Index);
                        Assert.Equal(
                            double.IsNaN(expected) || built.Coverage.At(unit, node.Index) == 0,
                            state.NodeScore(node.Index) is null
                        );

                        // Where something is missing a live country's is the mean of its distribution.
                        if (!double.IsNaN(expected) && isComplete)
                            Assert.Equal(expected, state.NodeScore(node.Index)!.Value, 1e-9 * Math.Max(1, Math.Abs(expected)));
                        Assert.Equal(built.Coverage.At(unit, node.Index), state.NodeCoverage(node.Index), 1e-12);
                    }
                }
            },
            iter: 300
        );
}
