using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Scoring.Engine.Aggregating;

/// <summary>
/// One country under one compiled framework: its values, and of each node the aggregate of the means below it. Values go in by
/// <see cref="Set"/> and <see cref="Clear"/>; <see cref="Update"/> recomputes the nodes above what changed and allocates nothing. A node is
/// always computed afresh from its children in fixed order, never by adding differences, so the state is the same bits as one built from
/// its leaves alone in any order. Not safe for use by several threads at once.
/// </summary>
public abstract partial class AggregateState
{
    private protected readonly Layout _layout;

    /// <summary>The country's row in the reference set; −1 where it has none.</summary>
    private protected readonly int _row;

    /// <summary>By leaf: what was observed, NaN while it is missing.</summary>
    private readonly double[] _values;
    private readonly double[] _errors;

    /// <summary>By slot: the child's value on the scale of addition; NaN while it has none.</summary>
    private protected readonly double[] _terms;
    private readonly double[] _slotCoverage;
    private readonly double[] _slotBacking;

    private protected readonly double[] _scores;
    private readonly double[] _linears;
    private protected readonly double[] _coverage;
    private readonly double[] _backing;

    /// <summary>One bit a node; the numbers of nodes rise towards the root, so one sweep upwards settles all of them.</summary>
    private readonly ulong[] _dirty;

    /// <summary>There is too little data for any score.</summary>
    private bool _screenedOut;

    private protected AggregateState(CompiledFramework framework, ReferenceUnit? country)
    {
        ArgumentNullException.ThrowIfNull(framework);
        Framework = framework;
        _layout = framework.Layout;
        Country = country;
        _row = country is null ? -1 : framework.RowOf(country.Key);
        _groups = country?.Groups ?? (_row < 0 ? null : framework.Resolution!.Units[_row].Groups);
        _values = Missing(framework.LeafCount);
        _errors = new double[framework.LeafCount];
        _errorKinds = new ErrorKind[framework.LeafCount];
        _inputs = _layout.IsDirect ? _values : Missing(framework.LeafCount);
        _known = _layout.Imputer is null ? _inputs : Missing(framework.LeafCount);
        _imputedErrors = _layout.Imputer is null ? [] : new double[framework.LeafCount];
        _terms = Missing(_layout.SlotCount);
        _slotCoverage = new double[_layout.SlotCount];
        _slotBacking = new double[_layout.SlotCount];
        _scores = Missing(framework.Nodes.Length);
        _linears = Missing(framework.Nodes.Length);
        _coverage = new double[framework.Nodes.Length];
        _backing = new double[framework.Nodes.Length];
        _dirty = new ulong[(framework.Nodes.Length + 63) / 64];
        Recompute();
    }

    /// <summary>Gets the framework.</summary>
    public CompiledFramework Framework { get; }

    /// <summary>Gets who the country is to the reference set, as it was given.</summary>
    public ReferenceUnit? Country { get; }

    /// <summary>
    /// Gets the share of the weight, 0 to 1, that has valid data, whether or not it was enough for a score. Values that are held or imputed
    /// for missing ones are no data.
    /// </summary>
    public double Coverage => _coverage[Framework.Root];

    /// <summary>Recomputes every node above a leaf that changed since the last update, each once.</summary>
    public void Update()
    {
        if (_gapsOpen)
            FillGaps();
        for (var word = 0; word < _dirty.Length; word++)
        {
            while (_dirty[word] != 0)
            {
                var bit = System.Numerics.BitOperations.TrailingZeroCount(_dirty[word]);
                _dirty[word] &= _dirty[word] - 1;
                Evaluate((word * 64) + bit);
                HasMoved = true;
            }
        }

        if (_layout.Screening is { } screening)
            _screenedOut = IsScreenedOut(screening);
    }

    /// <summary>Recomputes every node. The outcome is the same bits as that of <see cref="Update"/>.</summary>
    public void Recompute()
    {
        _gapsOpen = _layout.Imputer is not null;
        for (var node = 0; node < _scores.Length; node++)
            Mark(node);
        Update();
    }

    /// <summary>Gets the share of a node's weight that has valid data, as of the last update.</summary>
    /// <param name="node">The node's number.</param>
    /// <returns>From 0 to 1.</returns>
    public double NodeCoverage(int node) => _coverage[node];

    /// <summary>Whether a value or a node has changed since the flag was taken down.</summary>
    private protected bool HasMoved { get; set; }

    /// <summary>Gets the country's row in the reference set; −1 where it has none.</summary>
    internal int Row => _row;

    /// <summary>A node's aggregate of the means below it, whether or not it counts as a score; NaN where its rules give none.</summary>
    internal double AggregateOf(int node) => _scores[node];

    /// <summary>
    /// Whether anything below a node was observed, and enough of the whole: where not there is no score, whatever is held or imputed.
    /// </summary>
    private protected bool IsObserved(int node) => !_screenedOut && _coverage[node] > 0;

    /// <summary>Takes over everything from a state of the same framework and country.</summary>
    private protected void Copy(AggregateState other)
    {
        RequireSameFramework(other);
        if (_row != other._row || !ReferenceEquals(_groups, other._groups))
            throw new ArgumentException("The states belong to two countries.", nameof(other));
        other._values.CopyTo(_values, 0);
        other._errors.CopyTo(_errors, 0);
        other._errorKinds.CopyTo(_errorKinds, 0);
        if (!_layout.IsDirect)
            other._inputs.CopyTo(_inputs, 0);
        if (_layout.Imputer is not null)
            other._known.CopyTo(_known, 0);
        other._imputedErrors.CopyTo(_imputedErrors, 0);

        other._terms.CopyTo(_terms, 0);
        other._slotCoverage.CopyTo(_slotCoverage, 0);
        other._slotBacking.CopyTo(_slotBacking, 0);
        other._scores.CopyTo(_scores, 0);
        other._linears.CopyTo(_linears, 0);
        other._coverage.CopyTo(_coverage, 0);
        other._backing.CopyTo(_backing, 0);
        other._dirty.CopyTo(_dirty, 0);
        (_gapsOpen, _screenedOut, HasMoved) = (other._gapsOpen, other._screenedOut, other.HasMoved);
    }

    private protected static double[] Missing(int count)
    {
        var array = new double[count];
        Array.Fill(array, double.NaN);
        return array;
    }

    private protected void RequireSameFramework(AggregateState other)
    {
        if (!ReferenceEquals(Framework, other.Framework))
            throw new ArgumentException("The states belong to two frameworks.", nameof(other));
    }
}
