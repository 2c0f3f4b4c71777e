using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Aggregating;

/// <content>What is known of the errors of values: one that nobody states is not known, and never none.</content>
public abstract partial class AggregateState
{
    private readonly ErrorKind[] _errorKinds;

    private enum ErrorKind : byte
    {
        Unknown = 0,
        Stated,
        Default,
    }

    /// <summary>Gets the standard deviation of a leaf's error: what was stated, or else that of the default error.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>The deviation, 0 for an exact value; null while the leaf is missing, and where its error is not known.</returns>
    public double? LeafStandardError(int leaf) => _errorKinds[leaf] == ErrorKind.Unknown ? null : _errors[leaf];

    /// <summary>Tells whether a leaf's error is the default one.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>Whether it is.</returns>
    public bool LeafErrorIsDefault(int leaf) => _errorKinds[leaf] == ErrorKind.Default;

    /// <summary>Gets the share of a node's weight with values whose error is not known.</summary>
    /// <param name="node">The node's number.</param>
    /// <returns>From 0 to 1; null where nothing below the node has a value.</returns>
    public double? UnknownErrorShare(int node)
    {
        var (first, count) = (Framework.Nodes[node].FirstLeaf, Framework.Nodes[node].LeafCount);
        double unknown = 0,
            whole = 0;
        for (var leaf = first; leaf < first + count; leaf++)
        {
            if (double.IsNaN(_known[leaf]))
                continue;
            var weight = Framework.Leaves[leaf].EffectiveWeight;
            whole += weight;
            if (_errorKinds[leaf] == ErrorKind.Unknown)
                unknown += weight;
        }

        return whole > 0 ? unknown / whole : null;
    }

    /// <summary>Gets the probability that a leaf's true value is at or above a value in its own unit.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <param name="value">A value in the indicator's unit.</param>
    /// <returns>From 0 to 1; null while the leaf is missing, and where its error is not known.</returns>
    public double? LeafProbabilityAtLeast(int leaf, double value) =>
        double.IsNaN(_values[leaf]) || _errorKinds[leaf] == ErrorKind.Unknown ? null : UncertainOf(leaf).AtLeast(value);

    /// <summary>What is known of an observed leaf, in its own unit.</summary>
    internal UncertainValue UncertainOf(int leaf)
    {
        if (_errors[leaf] == 0)
            return UncertainValue.Point(_values[leaf]);
        var info = Framework.Leaves[leaf];
        return _errorKinds[leaf] == ErrorKind.Default && info.DefaultError is StepError step
            ? UncertainValue.Judgement(_values[leaf], step, info.ValidRange)
            : UncertainValue.Normal(_values[leaf], _errors[leaf], info.ValidRange);
    }

    /// <summary>What is known of an imputed leaf, in the unit of what goes into its function.</summary>
    internal UncertainValue ImputedOf(int leaf, double input)
    {
        var error = _imputedErrors[leaf];
        return error > 0
            ? UncertainValue.Normal(input, error, _layout.LeafPlans[leaf].Denominator < 0 ? Framework.Leaves[leaf].ValidRange : null)
            : UncertainValue.Point(input);
    }

    private void SetError(int leaf, double value, double? stated)
    {
        var info = Framework.Leaves[leaf];
        (_errors[leaf], _errorKinds[leaf]) =
            stated is { } error ? (error, ErrorKind.Stated)
            : info.DefaultError is { } usual ? (usual.DeviationAt(value, info.ValidRange), ErrorKind.Default)
            : (0, ErrorKind.Unknown);
    }

    private void ClearError(int leaf) => (_errors[leaf], _errorKinds[leaf]) = (0, ErrorKind.Unknown);
}
