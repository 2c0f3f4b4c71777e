using EarlyWarning.Scoring.Engine.Aggregating;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.States;

/// <summary>
/// One country under one compiled framework, with its scores and levels and with what each leaf adds to them. Not safe for use by several
/// threads at once.
/// </summary>
public sealed partial class ScoreState : AggregateState
{
    /// <summary>Initializes a new instance of the <see cref="ScoreState"/> class in which every value is missing.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="country">
    /// Who the country is to the framework's reference set: its code, by which Copeland's method knows it from the others, and its groups,
    /// from which gaps are filled. Groups that are not given are those of its row. Null where it does not matter.
    /// </param>
    public ScoreState(CompiledFramework framework, ReferenceUnit? country = null)
        : base(framework, country) => _means = _layout.IsLinear ? _scores : Missing(framework.Nodes.Length);

    /// <summary>Gets the score as of the last update: 0 to 100, or a probability; null where the framework's rules give none.</summary>
    public double? Score => NodeScore(Framework.Root);

    /// <summary>
    /// Gets the score of a node as of the last update, on the node's own scale: a resilience node's is high where resilience is.
    /// </summary>
    /// <param name="node">The node's number.</param>
    /// <returns>The score, or null.</returns>
    public double? NodeScore(int node) => Known(ScoreOf(node));

    /// <summary>
    /// Takes over everything from a state of the same framework and country, so that a later one can be compared with it.
    /// </summary>
    /// <param name="other">The state to copy.</param>
    public void CopyFrom(ScoreState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Copy(other);
        other._means.CopyTo(_means, 0);
    }

    /// <summary>A node's score, the mean of its distribution; NaN without one.</summary>
    private double ScoreOf(int node) => IsObserved(node) ? MeanOf(node) : double.NaN;
}
