using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Engine.Tests.Properties;

/// <summary>The engine against the same mathematics written plainly.</summary>
public class NaiveTests
{
    [Fact]
    public void Score_AnyFramework_EqualsNaiveImplementation() =>
        Generators
            .Cases(Generators.Any)
            .Sample(
                play =>
                {
                    play = play with { Steps = [.. play.Steps.Select(step => step with { ErrorShare = 0 })] };
                    var state = play.Play();

                    // An imputed value errs, so its mean on the scale is another.
                    if (play.Compiled.Leaves.Any(leaf => state.IsImputed(leaf.Index)))
                        return;
                    var values = new Dictionary<string, double>(StringComparer.Ordinal);
                    foreach (var leaf in play.Compiled.Leaves)
                        if (state.LeafValue(leaf.Index) is { } value)
                            values[leaf.Indicator] = value;

                    var expected = Naive.Evaluate(play.Model, values, play.Row, UnitOf);

                    Assert.Equal(expected.Score is null || expected.Coverage == 0, state.Score is null);
                    if (state.Score is not null)
                        Assert.Equal(expected.Score!.Value, state.AggregateOf(play.Compiled.Root), 1e-9 * play.Model.Ceiling);
                    Assert.Equal(expected.Coverage, state.Coverage, 1e-12);
                    if (play.Model is CompositeFramework composite)
                        AssertNodes(play, new Naive(composite, values, play.Row, UnitOf), composite.Root, state);

                    (double Low, double Span) UnitOf(string code) =>
                        play.Compiled.TryGetNode(code, out var node)
                            ? (play.Compiled.Layout.NodePlans[node].UnitLow, play.Compiled.Layout.NodePlans[node].UnitSpan)
                            : throw new ArgumentException(code);
                },
                iter: 2_000
            );

    private static void AssertNodes(Case play, Naive naive, Node node, ScoreState state)
    {
        Assert.True(play.Compiled.TryGetNode(node.Code, out var number));
        var expected = naive.Node(node);
        Assert.Equal(expected.Score is null, state.NodeScore(number) is null);
        if (expected.Score is { } score)
            Assert.Equal(score, state.AggregateOf(number), 1e-7);
        Assert.Equal(expected.Coverage, state.NodeCoverage(number), 1e-12);
        foreach (var child in node.Children.OfType<Node>())
            AssertNodes(play, naive, child, state);
    }
}
