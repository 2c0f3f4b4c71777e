using EarlyWarning.Scoring.Engine.Construction.Imputing;
using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>
/// A framework's methods with everything worked out that the reference set decides: functions of one value, weights as numbers, the values
/// that Copeland's method compares with, and what fills gaps. Leaves and nodes are numbered as in the compiled framework: leaves in the
/// order of the model, nodes in post-order with the root last.
/// </summary>
internal sealed class Resolution
{
    /// <summary>Gets each leaf's function, from the denominated value on.</summary>
    public required Transform[] Transforms { get; init; }

    /// <summary>Gets the weights of each node's children, in their order; only their ratios count.</summary>
    public required double[][] Weights { get; init; }

    /// <summary>Gets, for each node that uses Copeland's method, what it compares with; null for the others.</summary>
    public required CopelandTable?[] Copelands { get; init; }

    /// <summary>
    /// Gets the units of the reference set that stay, in its order: the rows of the tables; none where no method looks at the set.
    /// </summary>
    public ReferenceUnit[] Units { get; init; } = [];

    /// <summary>Gets what fills gaps; null where no leaf asks for it.</summary>
    public IRowImputer? Imputer { get; init; }
}
