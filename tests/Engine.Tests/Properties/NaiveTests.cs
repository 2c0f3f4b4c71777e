using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Engine.Tests.Properties;

/// <summary>The engine against the same mathematics written plainly.</summary>
public class NaiveTests
{
    [Fact]
    public void Score_AnyFramework_EqualsNaiveImplementation() => Generators.Cases(Generators.Any).Sample(
        play =>
        {
            var state = play.Play();
            var values = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var leaf in play.Compiled.Leaves)
                if (state.LeafValue(leaf.Index) is { } value) values[leaf.Indicator] = value;

            var expected = Naive.Evaluate(play.Model, values, play.Row);

            Assert.Equal(expected.Score is null, state.Score is null);
            if (expected.Score is { } score) Assert.Equal(score, state.Score!.Value, 1e-9 * play.Model.Ceiling);
            Assert.Equal(expected.Coverage, state.Coverage, 1e-12);
            if (play.Model is CompositeFramework composite) AssertNodes(play, new Naive(composite, values, play.Row), composite.Root, state);
        },
        iter: 2_000);

    private static void AssertNodes(Case play, Naive naive, Node node, ScoreState state)
    {
        Assert.True(play.Compiled.TryGetNode(node.Code, out var number));
        var expected = naive.Node(node);
        Assert.Equal(expected.Score is null, state.NodeScore(number) is null);
        if (expected.Score is { } score) Assert.Equal(score, state.NodeScore(number)!.Value, 1e-7);
        Assert.Equal(expected.Coverage, state.NodeCoverage(number), 1e-12);
        foreach (var child in node.Children.OfType<Node>()) AssertNodes(play, naive, child, state);
    }
}
