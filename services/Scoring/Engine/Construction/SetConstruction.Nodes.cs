using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <content>The nodes, children before parents.</content>
internal sealed partial class SetConstruction
{
    private NodeColumns[]? _leafColumns;

    /// <summary>Gets where the values of every element can lie, once the nodes are built.</summary>
    public ElementRanges? Reaches { get; private set; }

    /// <summary>Computes a node anew under other weights of its children.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="nodes">The scores of the nodes below it.</param>
    /// <returns>The node's scores.</returns>
    public NodeColumns Evaluate(int node, double[] weights, NodeColumns[] nodes) =>
        EvaluationOf(node).Over(ChildrenOf(node, nodes), weights);

    /// <summary>A node's children as they count in it.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="nodes">The scores of the nodes below it.</param>
    /// <returns>The columns, in the order of the children.</returns>
    public NodeColumns[] ChildrenOf(int node, NodeColumns[] nodes) => Array.ConvertAll(Outline.Nodes[node].Children, child =>
        {
            if (child < 0)
                return _leafColumns![~child];
            if (!Outline.Nodes[child].Lowers)
                return nodes[child];
            var mirror = Reaches![child].Mirror;
            return nodes[child] with { Values = Array.ConvertAll(nodes[child].Values, value => mirror - value) };
        });

    private void Aggregate()
    {
        Reaches = new ElementRanges(_model, Outline, Transforms);
        _leafColumns = [.. Enumerable.Range(0, LeafCount).Select(LeafColumns)];
        for (var node = 0; node < Nodes.Length; node++)
        {
            var outlined = Outline.Nodes[node];
            _positiveMeans.Check(outlined, Reaches);
            if (outlined.Node.Aggregation is Copeland && Units.Length < 2)
                _errors.Add($"{outlined.Path}.aggregation", "The reference set has no two units that could meet.", "Give a larger set.");
            if (!_errors.IsEmpty)
            {
                // Without values, but further errors of the same kind are worth telling.
                Reaches.Settle(node, Resolver.GivenWeights(outlined), Units.Length);
                continue;
            }

            var children = ChildrenOf(node, Nodes);
            Weights[node] = WeightsOf(node, children);
            Reaches.Settle(node, Weights[node], Units.Length);
            var evaluation = EvaluationOf(node);
            Nodes[node] = evaluation.Over(children, Weights[node]);
            if (outlined.Node.Aggregation is Copeland)
                Copelands[node] = evaluation.CopelandOf(children);
        }
    }

    private NodeEvaluation EvaluationOf(int node) => new(Outline.Nodes[node], Reaches![node], _model.ScaleFloor, _model.Ceiling);

    /// <summary>Imputed values count in the scores and back nothing.</summary>
    private NodeColumns LeafColumns(int leaf)
    {
        var coverage = Array.ConvertAll(Denominated[leaf].Values, value => double.IsNaN(value) ? 0.0 : 1);
        return new NodeColumns(Normalised[leaf].Values, coverage, coverage);
    }

    private double[] WeightsOf(int node, NodeColumns[] children)
    {
        var outlined = Outline.Nodes[node];
        var given = Resolver.GivenWeights(outlined);
        switch (outlined.Node.Weighting)
        {
            case PrincipalComponentWeights:
                var codes = outlined.Node.Children.Select(child => child.Code).ToArray();
                var (loadings, reason, fix) = PrincipalComponent.Weights(children, codes);
                if (loadings is null)
                    _errors.Add($"{outlined.Path}.weighting", reason, fix);
                return loadings ?? given;
            case CorrelationWeights rule:
                return Balanced(node, rule, children) ?? given;
            default:
                return given;
        }
    }

    private double[]? Balanced(int node, CorrelationWeights rule, NodeColumns[] children)
    {
        if (children.Length == 1)
            return [1];
        Reaches!.Settle(node, [.. children.Select(_ => 1.0)], Units.Length);
        var evaluation = EvaluationOf(node);
        var outcome = CorrelationSearch.Balance(
            weights =>
            {
                if (Array.Exists(weights, weight => weight < 0))
                    return Array.ConvertAll(weights, _ => double.NaN);
                var scores = evaluation.Over(children, weights).Values;
                return Array.ConvertAll(children, child => CorrelationSearch.Of(rule.Kind, child.Values, scores));
            },
            rule.Influences.IsDefaultOrEmpty ? [.. children.Select(_ => 1.0)] : [.. rule.Influences],
            rule.Tolerance,
            rule.MaximumEvaluations
        );
        var path = $"{Outline.Nodes[node].Path}.weighting";
        if (outcome is null)
            _errors.Add(
                path,
                "A child's correlation with the node has no value over the reference set.",
                "Give a set in which every child varies."
            );
        return outcome?.Weights;
    }
}
