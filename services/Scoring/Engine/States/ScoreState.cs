using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Construction;

namespace EarlyWarning.Scoring.Engine.States;

/// <summary>
/// One country under one compiled framework. Values go in by <see cref="Set"/> and <see cref="Clear"/>; <see cref="Update"/> recomputes the
/// nodes above what changed and allocates nothing. A node is always computed afresh from its children in fixed order, never by adding
/// differences, so the state is the same bits as one built from its leaves alone in any order. Not safe for use by several threads at once.
/// </summary>
public sealed partial class ScoreState
{
    private readonly Layout _layout;

    /// <summary>The country's row in the reference set; −1 where it has none.</summary>
    private readonly int _row;

    /// <summary>By leaf: what was observed, NaN while it is missing.</summary>
    private readonly double[] _values;
    private readonly double[] _errors;

    /// <summary>By slot: the child's value on the scale of addition; NaN while it has none.</summary>
    private readonly double[] _terms;
    private readonly double[] _slotCoverage;
    private readonly double[] _slotBacking;

    private readonly double[] _scores;
    private readonly double[] _linears;
    private readonly double[] _coverage;
    private readonly double[] _backing;

    /// <summary>One bit a node; the numbers of nodes rise towards the root, so one sweep upwards settles all of them.</summary>
    private readonly ulong[] _dirty;

    /// <summary>There is too little data for any score.</summary>
    private bool _screenedOut;

    /// <summary>Initializes a new instance of the <see cref="ScoreState"/> class in which every value is missing.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="country">
    /// Who the country is to the framework's reference set: its code, by which Copeland's method knows it from the others, and its groups,
    /// from which gaps are filled. Groups that are not given are those of its row. Null where it does not matter.
    /// </param>
    public ScoreState(CompiledFramework framework, ReferenceUnit? country = null)
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
        _means = _layout.IsLinear ? _scores : Missing(framework.Nodes.Length);
        _coverage = new double[framework.Nodes.Length];
        _backing = new double[framework.Nodes.Length];
        _dirty = new ulong[(framework.Nodes.Length + 63) / 64];
        Recompute();
    }

    /// <summary>Gets the framework.</summary>
    public CompiledFramework Framework { get; }

    /// <summary>Gets who the country is to the reference set, as it was given.</summary>
    public ReferenceUnit? Country { get; }

    /// <summary>Gets the score as of the last update: 0 to 100, or a probability; null where the framework's rules give none.</summary>
    public double? Score => NodeScore(Framework.Root);

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
                _isSettled = false;
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

    /// <summary>
    /// Gets the score of a node as of the last update, on the node's own scale: a resilience node's is high where resilience is.
    /// </summary>
    /// <param name="node">The node's number.</param>
    /// <returns>The score, or null.</returns>
    public double? NodeScore(int node) => Known(ScoreOf(node));

    /// <summary>Gets the share of a node's weight that has valid data, as of the last update.</summary>
    /// <param name="node">The node's number.</param>
    /// <returns>From 0 to 1.</returns>
    public double NodeCoverage(int node) => _coverage[node];

    /// <summary>
    /// Takes over everything from a state of the same framework and country, so that a later one can be compared with it.
    /// </summary>
    /// <param name="other">The state to copy.</param>
    public void CopyFrom(ScoreState other)
    {
        ArgumentNullException.ThrowIfNull(other);
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
        other._means.CopyTo(_means, 0);
        other._coverage.CopyTo(_coverage, 0);
        other._backing.CopyTo(_backing, 0);
        other._dirty.CopyTo(_dirty, 0);
        (_gapsOpen, _screenedOut, _isSettled) = (other._gapsOpen, other._screenedOut, other._isSettled);
    }

    private static double[] Missing(int count)
    {
        var array = new double[count];
        Array.Fill(array, double.NaN);
        return array;
    }

    /// <summary>
    /// A node's score, the mean of its distribution; NaN without one. Where nothing below was observed there is none, whatever is held or
    /// imputed.
    /// </summary>
    private double ScoreOf(int node) => _screenedOut || !(_coverage[node] > 0) ? double.NaN : MeanOf(node);

    private void RequireSameFramework(ScoreState other)
    {
        if (!ReferenceEquals(Framework, other.Framework))
            throw new ArgumentException("The states belong to two frameworks.", nameof(other));
    }
}
