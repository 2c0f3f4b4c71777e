using EarlyWarning.Scoring.Engine.Construction.Imputing;
using EarlyWarning.Scoring.Engine.Construction.Nodes;
using EarlyWarning.Scoring.Engine.Construction.Stages;
using EarlyWarning.Scoring.Engine.Construction.Transforms;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.Validation;

namespace EarlyWarning.Scoring.Engine.Construction;

/// <summary>
/// A framework built over its reference set, bottom-up: screening, denominators, imputation, treatment, direction and normalisation of each
/// leaf; then weights and aggregation of each node.
/// </summary>
internal sealed partial class SetConstruction
{
    private readonly CompositeFramework _model;
    private readonly ReferenceSet _set;
    private readonly ErrorList _errors;
    private readonly PositiveMeans _positiveMeans;

    private SetConstruction(CompositeFramework model, TreeOutline outline, ReferenceSet set, ErrorList errors)
    {
        (_model, _set, _errors, Outline) = (model, set, errors, outline);
        _positiveMeans = new PositiveMeans(model, outline, errors);
        (Denominated, Imputed, Normalised) = (new SetColumn[LeafCount], new SetColumn[LeafCount], new SetColumn[LeafCount]);
        (Treated, Transforms) = (new TreatedColumn[LeafCount], new Transform[LeafCount]);
        (Nodes, Weights, Copelands) = (
            new NodeColumns[outline.Nodes.Count],
            new double[outline.Nodes.Count][],
            new CopelandTable?[outline.Nodes.Count]
        );
    }

    public TreeOutline Outline { get; }

    /// <summary>Gets the rows of the set that stay, in its order.</summary>
    public int[] Rows { get; private set; } = [];

    /// <summary>Gets the units of those rows.</summary>
    public ReferenceUnit[] Units { get; private set; } = [];

    /// <summary>Gets the units that were screened out.</summary>
    public List<ScreenedUnit> ScreenedOut { get; } = [];

    /// <summary>Gets, by leaf, the values after the denominator.</summary>
    public SetColumn[] Denominated { get; }

    /// <summary>Gets, by leaf, those with gaps filled.</summary>
    public SetColumn[] Imputed { get; }

    /// <summary>Gets, by leaf, those with outliers treated.</summary>
    public TreatedColumn[] Treated { get; }

    /// <summary>Gets, by leaf, those on the scale of the node.</summary>
    public SetColumn[] Normalised { get; }

    /// <summary>Gets, by leaf, the function from the denominated value to the node's scale.</summary>
    public Transform[] Transforms { get; }

    /// <summary>Gets what fills gaps; null for nothing.</summary>
    public RowImputer? Imputer { get; private set; }

    /// <summary>Gets each node's scores on its own scale.</summary>
    public NodeColumns[] Nodes { get; }

    /// <summary>Gets the weights of each node's children.</summary>
    public double[][] Weights { get; }

    /// <summary>Gets what the nodes of Copeland's method compare with.</summary>
    public CopelandTable?[] Copelands { get; }

    private int LeafCount => Outline.Leaves.Count;

    /// <summary>Builds a framework over a set.</summary>
    /// <param name="model">A framework whose tree is sound and whose parameters make sense.</param>
    /// <param name="outline">Its tree.</param>
    /// <param name="set">The set.</param>
    /// <param name="errors">Takes what makes a method impossible on the set.</param>
    /// <returns>What was built, or null after an error.</returns>
    public static SetConstruction? Over(CompositeFramework model, TreeOutline outline, ReferenceSet set, ErrorList errors)
    {
        var construction = new SetConstruction(model, outline, set, errors);
        construction.FindColumns();
        if (!errors.IsEmpty)
            return null;
        construction.Denominate();
        if (!errors.IsEmpty)
            return null;
        construction.Impute();
        construction.Normalise();
        if (!errors.IsEmpty)
            return null;
        construction.Aggregate();
        return errors.IsEmpty ? construction : null;
    }

    /// <summary>Tells what the set lacks.</summary>
    private void FindColumns()
    {
        foreach (var leaf in Outline.Leaves)
        {
            var asked = MethodThatLooks(leaf.Leaf);
            if (asked is null && !IsAskedAbove(leaf))
                continue;
            if (!_set.Has(leaf.Leaf.Indicator))
                _errors.Add(
                    $"{leaf.Path}.{asked ?? "normalisation"}",
                    $"The reference set has no column \"{leaf.Leaf.Indicator}\", and {(asked is null ? "a node above" : "this method")} "
                        + $"looks at it.",
                    "Add the indicator to the set."
                );
            if (leaf.Leaf.Denominator is { Indicator: var divisor } && !_set.Has(divisor))
                _errors.Add(
                    $"{leaf.Path}.denominator",
                    $"The reference set has no column \"{divisor}\" to divide by.",
                    "Add the denominator to the set."
                );
        }
    }

    private static string? MethodThatLooks(Leaf leaf) =>
        leaf.Normalisation.NeedsReference ? "normalisation"
        : leaf.Treatment is not null ? "treatment"
        : ReferenceNeeds.IsLearned(leaf.Imputation) ? "imputation"
        : null;

    private bool IsAskedAbove(OutlinedLeaf leaf)
    {
        for (var node = leaf.Parent; node >= 0; node = Outline.Nodes[node].Parent)
            if (ReferenceNeeds.IsAsked(Outline.Nodes[node].Node))
                return true;
        return false;
    }

    /// <summary>Denominates every unit, and then leaves those that are screened out.</summary>
    private void Denominate()
    {
        int[] all = [.. Enumerable.Range(0, _set.Units.Length)];
        var columns = Outline.Leaves.Select(leaf => Denominating.Column(leaf.Leaf, _set, all)).ToArray();
        Rows = [.. all.Where(row => Stays(row, columns))];
        Units = Array.ConvertAll(Rows, row => _set.Units[row]);
        for (var leaf = 0; leaf < columns.Length; leaf++)
            Denominated[leaf] = new SetColumn(
                Rows.Length == all.Length ? columns[leaf] : Array.ConvertAll(Rows, row => columns[leaf][row])
            );
        if (Rows.Length == 0)
            _errors.Add(
                all.Length == 0 ? "reference" : "screening",
                all.Length == 0 ? "The reference set is empty." : "Every unit of the reference set is screened out.",
                "Give a set with units that have data."
            );
    }

    private bool Stays(int row, double[][] columns)
    {
        if (_model.Screening is not { } screening)
            return true;
        var (present, nonZero) = (0, 0);
        foreach (var column in columns)
        {
            if (double.IsNaN(column[row]))
                continue;
            present++;
            if (column[row] != 0)
                nonZero++;
        }

        if (UnitScreening.Objection(screening, columns.Length, present, nonZero) is not { } reason)
            return true;
        ScreenedOut.Add(new ScreenedUnit(_set.Units[row], reason));
        return false;
    }
}
